import json
from collections import Counter
from dataclasses import replace

import pytest
from release_samples import copied, layer, made, news_project, story

from annotator.domain.layer import LayerKind, State
from annotator.domain.statement import Speaker
from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.negatives import candidates
from annotator.export.splits import SplitOptions
from annotator.jobs.choosing import choose, count
from annotator.jobs.progress import run
from annotator.storage.project import Project


@pytest.fixture
def project(tmp_path, news):
    with Project.open(copied(news, tmp_path)) as made:
        yield made


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return made(tmp_path_factory.mktemp("news") / "news.annot")


def chosen(project, masking=None, splits=None, **filters):
    return run(choose(project, Filters(**filters), splits or SplitOptions(), masking or Masking()))


def records(project, **choice):
    found = chosen(project, **choice)
    return [record for split in found.split_names() for record in found.records(split)]


def ids(project, **choice):
    return {r["id"] for r in records(project, **choice)}


def of(*stories):
    return {story(n).id for n in stories}


COPIES = {story(n, copy=copy).id for n in (3, 4) for copy in (1, 2)}
ALL = of(*range(20)) | COPIES
DONE = ALL - of(19)


def test_without_filters_everything_done_goes_in(project):
    assert ids(project) == DONE
    assert ids(project, only="all") == ALL
    assert chosen(project).left_out["articles not done"] == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"only": "all", "states": ("doing",)}, of(19)),
        ({"practice": False}, DONE - of(9)),
        ({"since": "2024-12-01"}, of(11)),
        ({"until": "2024-01-31"}, of(0, 12)),
        ({"since": "2024-02", "until": "2024-02"}, of(1, 13)),
        (
            {"outlets": ("Outlet 1",), "topics": ("territory",), "only": "decided"},
            of(1, 13) | {story(4, copy=1).id},
        ),
        ({"topics": ("territory.taiwan",), "near_copies": "one"}, of(1, 7, 10, 13, 16)),
        ({"topics": ("territory.tai",)}, None),
        ({"actors": ("state:CN",), "since": "2024-12"}, of(11)),  # whom Qin Gang speaks for
        ({"actors": ("org:NATO",)}, None),
        ({"decided_by": ("bob",)}, None),
        ({"decided_by": ("bob", "ann")}, DONE),
        ({"layer": "bob", "decided_by": ("bob",)}, of(0)),
    ],
    ids=str,
)
def test_each_filter_leaves_out_what_it_says(project, filters, expected):
    if expected is None:
        with pytest.raises(AnnotatorError, match="Nothing is left"):
            chosen(project, **filters)
    elif filters.get("near_copies") == "one":
        found = ids(project, **filters)
        assert found - COPIES == found & of(1, 4, 7, 10, 13, 16)
        assert len(found) == 6
    else:
        assert ids(project, **filters) == expected


def test_gold_goes_before_what_people_did(project):
    kinds = Counter(r["layer"]["kind"] for r in records(project))
    assert kinds == {"gold": 1, "human": len(DONE) - 1}


def test_an_article_of_two_people_without_gold_has_to_be_chosen(project):
    extra = story(1)
    project.put_layer(layer(extra, 1, "bob"))
    with pytest.raises(AnnotatorError, match="more than one annotator"):
        chosen(project)
    assert ids(project, layer="ann") == DONE


def test_rejected_and_weak_suggestions_go_in_when_asked_for(project):
    decisions = Counter(s["decision"] for r in records(project) for s in r["statements"])
    assert decisions == {"confirmed": len(DONE), "suggested": len(DONE)}
    with_rejected = records(project, negatives=("rejected",), least_score=0.5)
    decisions = Counter(s["decision"] for r in with_rejected for s in r["statements"])
    assert decisions == {"confirmed": len(DONE), "rejected": len(DONE)}
    left_out = chosen(project, least_score=0.5).left_out
    assert left_out["suggested statements"] == left_out["rejected statements"] == len(DONE)


def test_only_matching_statements_and_nobody_who_is_not_named(project):
    found = records(project, only="all", topics=("trade",), matching_only=True)
    assert {t for r in found for s in r["statements"] for t in s["topics"]} == {"trade.tariffs"}
    assert all(len(r["statements"]) == 1 for r in found)
    assert {a["id"] for r in found for a in r["actors"]} == {
        "person:qin-gang",
        "mfa:CN",
        "state:CN",
        "state:JP",
    }


def test_near_copies_stay_together_or_one_is_kept(project):
    both = chosen(project)
    assert (both.near_copies.groups, both.near_copies.articles, both.near_copies.left_out) == (2, 6, 0)
    for n in (3, 4):
        assert len({both.splits[story(n, copy=copy).id] for copy in (0, 1, 2)}) == 1
    one = chosen(project, near_copies="one")
    assert len(one.splits) == len(DONE) - 4
    assert one.near_copies.left_out == 4


def test_the_near_copy_that_is_furthest_on_is_kept(project, tmp_path):
    with news_project(tmp_path / "other.annot", stories=5) as made:
        found = ids(made, only="all", near_copies="one")
    assert story(4).id not in found  # only begun, its copies are done
    assert len(found & {story(4, copy=1).id, story(4, copy=2).id}) == 1


def test_people_who_disagree_can_be_left_out(project):
    assert ids(project, least_agreement=1.0) == DONE  # both found the same statement
    bob = layer(story(1), 1, "bob")
    project.put_layer(replace(bob, statements={}))
    left = chosen(project, layer="ann", least_agreement=0.5)
    assert story(1).id not in left.splits
    assert left.left_out["articles that people disagree on"] == 1


def test_agreement_is_told_for_every_two_people(project):
    (pair,) = chosen(project).agreement()
    assert pair["annotators"] == ["ann", "bob"]
    assert (pair["articles"], pair["f1_exact"], pair["f1_alike"]) == (1, 1.0, 1.0)
    assert (pair["same_speaker"], pair["same_topics"], pair["alpha_topics"]) == (1.0, 0.0, 0.0)


def test_names_become_pseudonyms_everywhere_and_notes_go(project):
    found = records(project, masking=Masking("pseudonyms", notes=False))
    text = json.dumps([{k: v for k, v in r.items() if k != "text"} for r in found])
    assert "ann is not sure" not in text
    assert {r["layer"]["annotator"] for r in found} == {"a1", "gold"}
    assert {s["provenance"]["by"] for r in found for s in r["statements"]} == {"a1", None}
    assert chosen(project, masking=Masking("pseudonyms")).agreement()[0]["annotators"] == ["a1", "a2"]


def test_names_can_be_dropped(project):
    found = records(project, masking=Masking("drop"))
    assert {r["layer"]["annotator"] for r in found} == {"", "gold"}
    assert {s["provenance"]["by"] for r in found for s in r["statements"]} == {None}
    assert found[0]["statements"][0]["note"]


def test_records_are_counted_by_split(project):
    found = chosen(project)
    tally = run(count(found))
    assert tally.total("articles") == len(DONE)
    assert tally.total("statements") == 2 * len(DONE)
    assert {name: n["articles"] for name, n in tally.splits.items()} == Counter(found.splits.values())
    assert tally.newest == "2026-03-19T10:00:00Z"
    assert set(tally.distribution("topics")) == {"trade.tariffs", "territory.taiwan", "undecided"}


def test_splits_by_date_reach_the_articles(project):
    found = chosen(project, splits=SplitOptions("date"))
    days = {s: {r["meta"]["published"] for r in found.records(s)} for s in found.split_names()}
    assert max(days["train"]) < min(days["dev"]) <= max(days["dev"]) < min(days["test"])


def test_candidates_that_are_no_answer_name_the_others(project):
    record = next(r for r in records(project) if r["id"] == story(0).id)
    lines = list(candidates(record))
    assert [(x["role"], x["candidate"]["text"]) for x in lines] == [
        ("speaker", "Tokyo"),
        ("target", "Qin Gang"),
    ]
    assert {x["statement"] for x in lines} == {"s1"}


def test_when_no_speaker_is_stated_nobody_is_the_answer(tmp_path):
    with news_project(tmp_path / "one.annot", stories=5) as project:
        done = layer(story(77), 77)
        silent = replace(done.statements["s1"], speaker=Speaker(not_stated=True), targets=())
        project.add_articles([story(77)])
        project.put_layer(replace(done, statements={"s1": silent}))
        record = next(r for r in records(project) if r["id"] == story(77).id)
    assert Counter(x["role"] for x in candidates(record)) == {"speaker": 2}  # targets: undecided


def test_machine_layers_can_be_chosen(project):
    article = story(2)
    machine = replace(layer(article, 2, state=State.TODO), annotator="rules 1", kind=LayerKind.MACHINE)
    project.put_machine_layer(article.id, machine)
    found = records(project, layer="machine", only="all")
    assert len(found) == len(ALL)
    assert sum(bool(r["statements"]) for r in found) == 1


@pytest.mark.parametrize(
    "wrong", [{"near_copies": "some"}, {"negatives": ("all",)}, {"states": ("x",)}, {"only": "x"}]
)
def test_a_filter_that_is_none_is_a_sentence(wrong):
    with pytest.raises(AnnotatorError):
        Filters(**wrong)


def test_filters_come_back_from_json():
    filters = Filters("ann", states=("done",), topics=("trade",), least_score=0.5, negatives=("rejected",))
    assert Filters.from_dict(json.loads(json.dumps(filters.as_dict()))) == filters
