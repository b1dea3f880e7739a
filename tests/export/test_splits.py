from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import article_id
from annotator.errors import AnnotatorError
from annotator.export.splits import NAMES, WAYS, Item, SplitOptions, assign, crossing

TOPICS = ("trade.tariffs", "trade.sanctions", "territory.taiwan", "war.ceasefire")


def items_of(count, *, group_of=lambda n: n, seed=""):
    """Articles with ids as real ones have them; group_of says which share a group."""
    ids = [article_id(f"{seed} article {n}") for n in range(count)]
    leaders = {}
    for n, id in enumerate(ids):
        leaders[group_of(n)] = min(id, leaders.get(group_of(n), id))
    return [
        Item(
            id,
            leaders[group_of(n)],
            topics=(TOPICS[n % len(TOPICS)],) if n % 7 else (),
            published=f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}" if n % 5 else None,
            outlet=f"Outlet {n % 9}" if n % 11 else None,
        )
        for n, id in enumerate(ids)
    ]


_ITEMS = st.lists(
    st.builds(
        lambda n, group, topics, day, outlet: Item(f"{n:04}", f"g{group}", tuple(topics), day, outlet),
        st.integers(0, 9999),
        st.integers(0, 12),
        st.lists(st.sampled_from(TOPICS), max_size=3),
        st.one_of(st.none(), st.sampled_from(["2023", "2024-02", "2024-02-03", "2025-01-01"])),
        st.one_of(st.none(), st.sampled_from(["Daily", "Post", "Wire"])),
    ),
    unique_by=lambda item: item.id,
    max_size=40,
)
_OPTIONS = st.builds(
    SplitOptions,
    by=st.sampled_from(WAYS),
    ratios=st.sampled_from([(80, 10, 10), (50, 50, 0), (1, 1, 1), (100, 0, 0), (0.7, 0.2, 0.1)]),
    seed=st.sampled_from(["1", "2"]),
)


@given(_ITEMS, _OPTIONS)
def test_every_article_has_a_split_and_no_group_has_two(items, options):
    splits = assign(items, options)
    assert splits.keys() == {item.id for item in items}
    of_group = defaultdict(set)
    for item in items:
        of_group[item.group].add(splits[item.id])
    assert all(len(found) == 1 for found in of_group.values())
    asked = {name for name, part in zip(NAMES, options.ratios, strict=True) if part}
    assert set(splits.values()) <= asked


@given(_ITEMS, _OPTIONS, st.randoms())
def test_the_order_of_articles_does_not_matter(items, options, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert assign(shuffled, options) == assign(items, options)


@given(_ITEMS, _OPTIONS.filter(lambda o: o.by == "ratio"))
def test_no_split_stays_empty_while_there_are_enough_groups(items, options):
    asked = [name for name, part in zip(NAMES, options.ratios, strict=True) if part]
    if len({item.group for item in items}) >= len(asked):
        assert set(assign(items, options).values()) == set(asked)


@pytest.mark.parametrize("group_of", [lambda n: n, lambda n: n // 3 if n % 2 else n + 9999], ids=str)
@pytest.mark.parametrize("ratios", [(80, 10, 10), (60, 20, 20)])
def test_a_big_set_is_divided_as_asked_within_every_topic(group_of, ratios):
    items = items_of(3000, group_of=group_of)
    splits = assign(items, SplitOptions(ratios=ratios))
    sizes = Counter(splits.values())
    for name, part in zip(NAMES, ratios, strict=True):
        assert sizes[name] / len(items) == pytest.approx(part / 100, abs=0.01)
    for topic in TOPICS:
        inside = Counter(splits[i.id] for i in items if topic in i.topics)
        for name, part in zip(NAMES, ratios, strict=True):
            assert inside[name] / inside.total() == pytest.approx(part / 100, abs=0.02)


def test_ten_articles_are_eight_one_and_one():
    assert Counter(assign(items_of(10), SplitOptions()).values()) == {"train": 8, "dev": 1, "test": 1}


@pytest.mark.parametrize("n", range(20))
def test_a_new_article_moves_few_old_ones(n):
    items = items_of(500)
    before = assign(items, SplitOptions())
    after = assign(
        [*items, Item(article_id(f"new {n}"), article_id(f"new {n}"), (TOPICS[0],))], SplitOptions()
    )
    moved = [id for id, split in before.items() if after[id] != split]
    assert len(moved) <= 2


def test_another_seed_divides_otherwise():
    items = items_of(200)
    assert assign(items, SplitOptions(seed="1")) != assign(items, SplitOptions(seed="2"))


def test_by_date_the_newest_are_test_and_days_stay_whole():
    items = [
        Item(article_id(f"{n}"), article_id(f"{n}"), (), f"2024-01-{n // 10 + 1:02}") for n in range(280)
    ]
    splits = assign(items, SplitOptions("date"))
    days = {name: {i.published for i in items if splits[i.id] == name} for name in NAMES}
    assert max(days["train"]) < min(days["dev"])
    assert max(days["dev"]) < min(days["test"])
    assert len(days["test"]) == 3


def test_by_date_a_group_goes_with_its_earliest_and_what_has_no_date_is_train():
    items = [Item(f"{n}", f"{n}", (), f"2024-01-{n + 10}") for n in range(10)]
    items += [Item("copy", "0", (), "2024-12-01"), Item("undated", "undated")]
    splits = assign(items, SplitOptions("date"))
    assert splits["copy"] == splits["0"] == splits["undated"] == "train"
    assert splits["9"] == "test"


def test_dates_that_cut_are_the_first_days_of_dev_and_test():
    days = ("2023-12-31", "2024-01-01", "2024-05-31", "2024-06-01", None)
    items = [Item(str(n), str(n), (), day) for n, day in enumerate(days)]
    splits = assign(items, SplitOptions("date", cuts=("2024-01-01", "2024-06-01")))
    assert list(splits.values()) == ["train", "dev", "dev", "test", "train"]


def test_by_outlet_every_outlet_stays_whole_but_for_copies():
    items = [i for i in items_of(900) if i.outlet]
    splits = assign(items, SplitOptions("outlet"))
    of_outlet = defaultdict(set)
    for item in items:
        of_outlet[item.outlet].add(splits[item.id])
    assert all(len(found) == 1 for found in of_outlet.values())
    assert set(splits.values()) == set(NAMES)
    assert crossing(items, splits) == []
    copy = Item(
        "copy", items[0].group, (), None, next(i.outlet for i in items if splits[i.id] != splits[items[0].id])
    )
    pulled = assign([*items, copy], SplitOptions("outlet"))
    assert pulled["copy"] == pulled[items[0].id]
    assert crossing([*items, copy], pulled) == ["copy"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "moon"},
        {"ratios": (0, 1, 1)},
        {"ratios": (80, -1, 10)},
        {"ratios": (80, 20)},
        {"ratios": (float("nan"), 1, 1)},
        {"ratios": (1, float("inf"), 1)},
        {"cuts": ("2024", "2025")},
        {"by": "date", "cuts": ("2025", "2024")},
    ],
    ids=str,
)
def test_what_cannot_be_split_is_a_sentence(wrong):
    with pytest.raises(AnnotatorError):
        SplitOptions(**wrong)


@given(_OPTIONS)
def test_options_come_back_from_json(options):
    assert SplitOptions.from_dict(options.as_dict()) == options
