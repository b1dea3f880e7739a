from dataclasses import replace
from types import MappingProxyType

import pytest
from window_samples import ACTORS, ARTICLE, SECOND, find, machine_layer, make_project

from annotator.domain.actors import Actor
from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddStatement, Placed, PutActor, Step
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.statement import (
    Decision,
    Kind,
    Provenance,
    Speaker,
    Statement,
    Target,
    accepted,
    rejected,
)
from annotator.storage.project import Project
from annotator.storage.statements import Wanted

AT = "2026-03-10T08:00:00Z"


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


def decide(project, *statements, article=ARTICLE, annotator="anna"):
    project.do(Step("Decide", tuple(Placed(AddStatement(s), article.id, annotator) for s in statements)))


def suggestions():
    return machine_layer().ordered_statements()


def contents(project, *args, **options):
    return [row.content for row in project.statements.rows(project.statements.find(*args, **options))]


def test_the_table_holds_what_the_views_hold(project):
    confirmed = accepted(suggestions()[0], "anna", AT)
    decide(project, confirmed)
    listed = {(r.article, r.statement) for r in project.statements.rows(project.statements.find())}
    seen = {(a, s) for a in project.article_ids() for s in project.view(a).statements}
    assert listed == seen
    assert project.statements.counts() == {"confirmed": 1, "suggested": 3}


def test_a_row_is_told_by_names(project):
    row = project.statements.rows(project.statements.find())[0]
    assert (row.speaker, row.targets, row.topics) == ("Ilse Verhoeven", "Serbia", ("conflict.peace_talks",))
    assert (row.act, row.kind, row.decision) == ("request", "indirect", "suggested")
    assert (row.outlet, row.published, row.content) == ("Wire", "2026-03-10", "to return to the table")


def test_pieces_of_a_statement_are_one_row_and_none_is_said(project):
    rows = project.statements.rows(project.statements.find())
    assert rows[1].content == "“We expect an answer this week,” … “Silence is no answer.”"
    assert (rows[2].targets, rows[2].no_topic) == ("none", True)
    assert rows[3].speaker == "The ministry"  # its words, as nobody is named


def test_a_look_alike_decided_by_hand_hides_the_suggestion(project):
    alike = replace(suggestions()[0], id="s-by-hand", provenance=Provenance(by="anna"))
    decide(project, accepted(alike, "anna", AT))
    assert [k.statement for k in project.statements.find()].count("s-by-hand") == 1
    assert suggestions()[0].id not in {k.statement for k in project.statements.find()}
    assert project.statements.counts()["suggested"] == 3


def test_other_peoples_decisions_do_not_show(project):
    decide(project, rejected(suggestions()[0], "ben", AT), annotator="ben")
    assert project.statements.counts() == {"suggested": 4}


def test_filters_narrow(project):
    decide(project, rejected(suggestions()[0], "anna", AT))
    assert contents(project, Wanted(decisions=frozenset({"rejected"}))) == ["to return to the table"]
    assert len(contents(project, Wanted(kinds=frozenset({"direct", "mixed"})))) == 2
    assert contents(project, Wanted(acts=frozenset({"request"}))) == ["to return to the table"]
    assert len(contents(project, Wanted(areas=frozenset({"conflict"})))) == 2
    assert contents(project, Wanted(areas=frozenset({"confl"}))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("ilse", 2), ("serb", 1), ("silence", 1), ("ilse table", 1), ("100%", 0), ("_", 0), ("ministry", 1)],
)
def test_words_are_looked_for_in_content_speaker_and_targets(project, words, found):
    assert len(contents(project, Wanted(words=words))) == found


def test_orders(project):
    by_speaker = [r.speaker for r in project.statements.rows(project.statements.find(order="speaker"))]
    assert by_speaker == ["Goran Petric", "Ilse Verhoeven", "Ilse Verhoeven", "The ministry"]
    backwards = [
        r.speaker for r in project.statements.rows(project.statements.find(order="speaker", descending=True))
    ]
    assert backwards[0] == "The ministry"
    dates = [r.published for r in project.statements.rows(project.statements.find(order="published"))]
    assert dates == ["2026-03-10"] * 3 + [None]
    with pytest.raises(ValueError, match="no order"):
        project.statements.find(order="colour")


def test_merged_actors_go_by_the_one_that_stays(project):
    merged = replace(ACTORS[1], merged_into="person:goran-petric")
    project.do(Step("Merge", (Placed(PutActor(merged)),)))
    assert len(contents(project, Wanted(words="goran"))) == 3
    assert project.statements.rows(project.statements.find())[0].speaker == "Goran Petric"


def test_a_statement_that_has_gone_leaves_an_empty_place(project):
    keys = project.statements.find()
    project.put_machine_layer(SECOND.id, Layer(SECOND.id, "rules 2", LayerKind.MACHINE))
    assert [row is None for row in project.statements.rows(keys)] == [False, False, False, True]


def twins(project, **second):
    """One article that says the same words twice, and a statement on each."""
    text = "“The door is open,” Ilse said.\n\n“The door is OPEN”, Ilse said again."
    article = Article(text, "en", Meta(title="Twice"))
    project.add_articles([article])
    one = Statement(
        "t1",
        (find("The door is open", text),),
        Kind.DIRECT,
        speaker=Speaker(None, ("person:ilse-verhoeven",)),
        targets=(Target("state:RS"),),
        topics=("conflict.peace_talks",),
        decision=Decision.CONFIRMED,
    )
    other = replace(one, **{"id": "t2", "spans": (find("The door is OPEN", text),), **second})
    decide(project, one, other, article=article)
    return article


def marked(project):
    return {key.statement for key in project.statements.decided_differently()}


def test_the_same_words_decided_alike_are_not_marked(project):
    twins(project)
    assert marked(project) == set()


@pytest.mark.parametrize(
    "second",
    [
        {"speaker": Speaker(not_stated=True)},
        {"targets": (), "no_target": True},
        {"topics": ("conflict.ceasefire",)},
        {"targets": (Target("org:NATO"),)},
    ],
)
def test_the_same_words_decided_differently_are_marked(project, second):
    twins(project, **second)
    assert marked(project) == {"t1", "t2"}


@pytest.mark.parametrize(
    "second", [{"decision": Decision.REJECTED, "topics": ()}, {"act": "warn"}, {"topics": ()}]
)
def test_what_is_rejected_or_open_differs_from_nothing(project, second):
    twins(project, **second)
    assert marked(project) == set()


def test_two_names_of_one_actor_are_the_same_speaker(project):
    project.do(
        Step("A", (Placed(PutActor(Actor("person:i", "I.", "person", None, "person:ilse-verhoeven"))),))
    )
    twins(project, speaker=Speaker(None, ("person:i",)))
    assert marked(project) == set()


def test_nothing_is_listed_in_an_empty_project(tmp_path):
    with Project.create(tmp_path / "empty.annot", annotator="anna") as project:
        assert project.statements.find() == []
        assert project.statements.rows([]) == []
        assert project.statements.counts() == {}


def test_read_only_projects_can_be_listed(project):
    with Project.open(project.path, read_only=True) as reader:
        assert len(reader.statements.find(Wanted(words="ilse"), "speaker")) == 2
        assert MappingProxyType(reader.statements.counts()) == {"suggested": 4}
