from dataclasses import replace

import pytest

from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddStatement, Placed, SetState, Step
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Provenance, Statement
from annotator.errors import AnnotatorError
from annotator.storage.project import Project

NEWS = [
    Article(
        "Qin Gang warned Tokyo over Taiwan 😀.", "en", Meta("B title", "Daily", "2023-04-02", file="b.txt")
    ),
    Article("Le ministre a parlé à Genève. Zürich, too.", "fr", Meta("a title", None, "2023")),
    Article("外交部发言人毛宁表示，中方坚决反对。", "zh", Meta(None, "Agency", None, source_id="7")),
]
FIRST, SECOND, THIRD = (a.id for a in NEWS)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles(NEWS)
        yield project


def mark(project, article, state):
    project.do(Step("State", (Placed(SetState(state), article),)))


def ids(rows):
    return [row.id for row in rows]


def test_the_same_text_is_added_once_and_keeps_what_is_known(project):
    again = Article(NEWS[0].text, "de", Meta("Other"))
    new = Article("New.")
    assert project.add_articles([again, new, new]) == [False, True, False]
    assert project.article(FIRST) == NEWS[0]
    assert project.article_ids() == sorted([*ids(project.rows())])
    assert project.has_article(new.id)


def test_an_unknown_article(project):
    assert not project.has_article("0" * 16)
    for ask in (project.article, project.row):
        with pytest.raises(KeyError):
            ask("0" * 16)


def test_articles_that_cannot_be_added_add_nothing(project):
    with pytest.raises(AnnotatorError, match="half a character"):
        project.add_articles([Article("Good."), Article("Bad.", meta=Meta("\ud800"))])
    assert len(project.rows()) == 3


def test_the_list_shows_what_it_needs(project):
    row = project.rows()[0]
    assert row[:4] == (FIRST, "B title", "Daily", "2023-04-02")
    assert (row.state, row.total, row.decided, row.suggested, row.words) == (State.TODO, 0, 0, 0, 7)
    assert project.row(FIRST) == row


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("file", [FIRST, SECOND, THIRD]),
        ("title", [SECOND, FIRST, THIRD]),
        ("outlet", [THIRD, FIRST, SECOND]),
        ("oldest", [SECOND, FIRST, THIRD]),
        ("newest", [FIRST, SECOND, THIRD]),
        ("length", [THIRD, FIRST, SECOND]),
        ("open", [SECOND, FIRST, THIRD]),
        ("unsure", [SECOND, FIRST, THIRD]),
        ("random", sorted([FIRST, SECOND, THIRD])),
    ],
)
def test_the_list_has_orders(project, order, expected):
    suggestion = Statement("s", (Span(0, 3),), Kind.DIRECT, provenance=Provenance(score=0.5))
    layer = Layer(SECOND, "rules 1", LayerKind.MACHINE, statements={"s": suggestion})
    project.put_machine_layer(SECOND, layer)
    assert ids(project.rows(order=order)) == expected


def test_an_unknown_order_is_our_mistake(project):
    with pytest.raises(ValueError, match="no order"):
        project.rows(order="a.id; DROP TABLE article")


def test_states_are_counted_and_chosen(project):
    mark(project, FIRST, State.DONE)
    mark(project, SECOND, State.FLAGGED)
    assert project.counts() == {State.TODO: 1, State.DOING: 0, State.DONE: 1, State.FLAGGED: 1}
    assert ids(project.rows(state=State.DONE)) == [FIRST]
    assert ids(project.rows(state=State.TODO)) == [THIRD]
    assert ids(project.rows(state=State.TODO, query="Tokyo")) == []
    project.set_setting("annotator", "bob")
    assert project.counts()[State.TODO] == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [FIRST, SECOND, THIRD]),
        ("  ", [FIRST, SECOND, THIRD]),
        ("tokyo", [FIRST]),
        ("tai qin", []),
        ("qin tai", [FIRST]),
        ('"qin gang"', [FIRST]),
        ('"gang qin"', []),
        ("geneve", [SECOND]),
        ("ZURICH", [SECOND]),
        ("title", [FIRST, SECOND]),
        ("毛宁", [THIRD]),
        ("毛宁 反对", [THIRD]),
        ("毛宁 同意", []),
        ("tokyo OR geneve", []),
        ("!?", []),
        ('"', []),
        ("qin* NEAR(", []),
        ("col:x - ^ {", []),
        ("qin\0gang", [FIRST]),
    ],
)
def test_words_find_articles_whatever_is_typed(project, query, expected):
    assert ids(project.rows(query=query)) == expected


def test_words_are_found_with_what_stands_around_them(project):
    (hit,) = project.search("WARNED tok")
    assert (hit.article, hit.title) == (FIRST, "B title")
    assert (hit.before, hit.match, hit.after) == ("Qin Gang ", "warned Tokyo", " over Taiwan 😀.")
    assert hit.span.surface(NEWS[0].text) == "warned Tokyo"


def test_words_in_titles_are_found(project):
    assert [(h.article, h.match, h.span) for h in project.search("title")] == [
        (FIRST, "title", None),
        (SECOND, "title", None),
    ]


def test_words_of_scripts_without_spaces_are_found(project):
    (hit,) = project.search("中方")
    assert hit.span.surface(NEWS[2].text) == "中方"
    assert hit.before.endswith("表示，")


def test_every_place_is_a_hit_up_to_the_limit(project):
    many = Article("war " * 30)
    project.add_articles([many, Article("No more war.")])
    hits = project.search("war")
    assert [h.span.start for h in hits if h.article == many.id] == list(range(0, 120, 4))
    assert len(project.search("war", limit=7)) == 7


@pytest.mark.parametrize("query", ["", " ", '"', "!?", "absent", "absent\0", "NEAR(", '" OR "'])
def test_queries_that_find_nothing(project, query):
    assert project.search(query) == []


def test_articles_wait_for_suggestions_until_they_have_them_or_are_done(project):
    assert project.ids_without_suggestions() == [FIRST, SECOND, THIRD]
    project.put_machine_layer(SECOND, Layer(SECOND, "rules 1", LayerKind.MACHINE))
    mark(project, THIRD, State.DONE)
    assert project.ids_without_suggestions() == [FIRST]
    assert project.ids_without_suggestions("rules 1") == [FIRST]
    assert project.ids_without_suggestions("rules 2") == [FIRST, SECOND]


def test_a_text_of_five_megabytes_in_one_line(project):
    long = Article("Qin 😀 said no. " * 350_000)
    assert len(long.text) > 5_000_000
    project.add_articles([long])
    place = Span(len(long.text) - 4, len(long.text) - 2)
    edit = AddStatement(Statement("s", (place,), Kind.INDIRECT))
    project.do(Step("Add", (Placed(edit, long.id),)))
    assert project.article(long.id) == long
    assert project.layer(long.id).statements["s"].spans == (place,)
    assert project.check() == []


def test_settings_hold_json(project):
    assert project.setting("none") is None
    assert project.setting("none", 3) == 3
    value = {"a": [1, None, "ü😀"], "b": False}
    project.set_setting("x", value)
    assert project.setting("x") == value
    with pytest.raises(TypeError):
        project.set_setting("x", object())
    assert project.setting("x") == value


def test_the_project_has_its_own_scheme(project):
    smaller = replace(project.scheme, version="2", max_topics=1)
    with project.sibling() as sibling:
        assert sibling.scheme.version == "1"
        project.set_scheme(smaller)
        assert project.scheme == sibling.scheme == smaller
