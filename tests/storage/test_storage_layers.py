import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import count
from types import MappingProxyType

import pytest
from domain_samples import layers, metas, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.actors import Actor
from annotator.domain.article import Article
from annotator.domain.edits import (
    AddStatement,
    ChangeStatement,
    Placed,
    PutActor,
    RemoveStatement,
    SetState,
    Step,
)
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Statement, accepted, rejected, revised
from annotator.errors import AnnotatorError
from annotator.storage.project import Project, view_of

AT = "2026-03-02T10:14:05Z"
ARTICLE = Article("Qin 😀 said no. Wang said yes.")
FIRST = Statement("s1", (Span(11, 13),), Kind.INDIRECT)
SECOND = Statement("s2", (Span(25, 28),), Kind.INDIRECT)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One project for many examples, which stay apart by article or annotator."""
    with Project.create(tmp_path_factory.mktemp("p") / "shared.annot", annotator="ann") as project:
        yield project
        assert project.check() == []


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles([ARTICLE])
        yield project


def suggestions(*items, article=ARTICLE, name="rules 1"):
    return Layer(
        article.id,
        name,
        LayerKind.MACHINE,
        statements=MappingProxyType({x.id: x for x in items if isinstance(x, Statement)}),
        mentions=MappingProxyType({x.id: x for x in items if isinstance(x, Mention)}),
    )


def do(project, *edits, article=ARTICLE):
    project.do(Step("Test", tuple(Placed(e, article.id, "ann") for e in edits)))


def seen(project):
    row = project.row(ARTICLE.id)
    return (row.total, row.decided, row.suggested)


names = (f"ann{n}" for n in count())


@given(st.data())
@settings(max_examples=50)
def test_what_was_saved_is_what_is_loaded(shared, data):
    text = data.draw(texts)
    article = Article(text, data.draw(st.sampled_from([None, "en"])), data.draw(metas))
    if shared.add_articles([article]) == [True]:
        assert shared.article(article.id) == article
    mine = data.draw(layers(text, article.id, next(names)))
    machine = data.draw(layers(text, article.id, "rules 1", LayerKind.MACHINE))
    shared.put_layer(mine)
    shared.put_machine_layer(article.id, machine)
    with shared.sibling() as other:
        assert other.layer(article.id, mine.annotator) == mine
        assert other.machine_layer(article.id) == machine


def test_a_layer_nobody_touched_is_empty(project):
    assert project.layer(ARTICLE.id) == Layer(ARTICLE.id, "ann")
    assert project.machine_layer(ARTICLE.id) is None
    assert project.gold_layer(ARTICLE.id) is None
    assert project.human_layers(ARTICLE.id) == []


def test_suggesting_anew_replaces_suggestions_and_nothing_else(project):
    project.put_machine_layer(ARTICLE.id, suggestions(FIRST, SECOND))
    do(project, AddStatement(accepted(FIRST, "ann", AT)))
    project.put_machine_layer(ARTICLE.id, suggestions(SECOND, name="rules 2"))
    assert list(project.machine_layer(ARTICLE.id).statements) == ["s2"]
    assert project.machine_layer(ARTICLE.id).annotator == "rules 2"
    assert list(project.layer(ARTICLE.id).statements) == ["s1"]
    assert sorted(view_of(project, ARTICLE.id).statements) == ["s1", "s2"]
    assert project.check() == []


def test_the_list_counts_what_the_annotator_sees(project):
    assert seen(project) == (0, 0, 0)
    project.put_machine_layer(ARTICLE.id, suggestions(FIRST, SECOND))
    assert seen(project) == (2, 0, 2)
    do(project, AddStatement(accepted(FIRST, "ann", AT)))
    assert seen(project) == (2, 1, 2)
    do(project, AddStatement(replace(SECOND, id="mine", spans=(Span(0, 3),))))
    assert seen(project) == (3, 1, 2)
    same_content = revised(project.layer(ARTICLE.id).statements["mine"], "ann", AT, spans=SECOND.spans)
    do(project, ChangeStatement("mine", (("spans", same_content.spans),)))
    assert seen(project) == (2, 1, 2)
    do(project, RemoveStatement("mine"), AddStatement(rejected(SECOND, "ann", AT)))
    assert seen(project) == (2, 2, 2)
    project.put_machine_layer(ARTICLE.id, suggestions())
    assert seen(project) == (2, 2, 0)
    assert project.check() == []


def test_a_suggestion_moved_away_by_hand_does_not_come_back(project):
    project.put_machine_layer(ARTICLE.id, suggestions(FIRST))
    do(project, AddStatement(replace(FIRST, spans=SECOND.spans)))
    assert seen(project) == (1, 0, 1)
    do(project, AddStatement(replace(FIRST, id="other")))
    assert seen(project) == (2, 0, 1)
    assert project.check() == []


def test_gold_and_other_people_stand_apart(project):
    gold = replace(suggestions(accepted(FIRST, "both", AT)), kind=LayerKind.GOLD, annotator="agreed")
    other = Layer(ARTICLE.id, "bob", statements={"s2": accepted(SECOND, "bob", AT)})
    project.put_layer(gold)
    project.put_layer(other, [Actor("state:CN", "China", "state")])
    assert project.gold_layer(ARTICLE.id) == gold
    assert project.human_layers(ARTICLE.id) == [other]
    assert project.layer(ARTICLE.id).empty
    assert "state:CN" in project.actors()
    assert project.check() == []


def test_one_name_may_have_a_layer_and_the_gold_one(project):
    gold = replace(suggestions(FIRST), kind=LayerKind.GOLD, annotator="ann")
    project.put_layer(gold)
    do(project, AddStatement(SECOND))
    assert project.gold_layer(ARTICLE.id) == gold
    assert list(project.layer(ARTICLE.id).statements) == ["s2"]
    assert project.check() == []


def test_importing_decisions_never_overwrites(project):
    theirs = Layer(ARTICLE.id, "bob", statements={"s2": SECOND})
    project.put_layer(theirs)
    project.put_layer(theirs)
    with pytest.raises(AnnotatorError, match="bob has already decided"):
        project.put_layer(replace(theirs, statements={}, state=State.DONE))
    assert project.layer(ARTICLE.id, "bob") == theirs
    assert len(project.history()) == 1


def test_what_people_made_of_an_actor_outlives_suggesting(project):
    china = Actor("state:CN", "China", "state")
    project.put_machine_layer(ARTICLE.id, suggestions(), [china])
    project.do(Step("Rename", (Placed(PutActor(replace(china, name="PRC"))),)))
    project.put_machine_layer(ARTICLE.id, suggestions(), [china])
    assert project.actors().name("state:CN") == "PRC"


@pytest.mark.parametrize(
    "layer",
    [
        suggestions(replace(FIRST, spans=(Span(11, 130),))),
        suggestions(Mention("m", Span(29, 30), "GPE")),
        replace(suggestions(FIRST), kind=LayerKind.HUMAN),
        replace(suggestions(FIRST), article="0" * 16),
    ],
)
def test_wrong_suggestions_are_refused_whole(project, layer):
    project.put_machine_layer(ARTICLE.id, suggestions(SECOND))
    with pytest.raises(ValueError):
        project.put_machine_layer(ARTICLE.id, layer)
    assert list(project.machine_layer(ARTICLE.id).statements) == ["s2"]
    with pytest.raises(ValueError):
        project.put_layer(suggestions(FIRST))
    assert project.check() == []


def test_a_change_rewrites_no_other_row(project):
    many = [replace(FIRST, id=f"s{n}", note="x" * 200) for n in range(2000)]
    project.put_layer(Layer(ARTICLE.id, "ann", statements={s.id: s for s in many}))
    project._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    do(project, ChangeStatement("s7", (("act", "warn"),)), SetState(State.DOING))
    written = project.path.with_name("p.annot-wal").stat().st_size
    assert written < 20 * 4096  # a handful of pages
    assert project.layer(ARTICLE.id).statements["s7"].act == "warn"


def test_any_sqlite_tool_reads_the_decisions(project):
    project.put_machine_layer(ARTICLE.id, suggestions(FIRST, Mention("m", Span(0, 3), "PERSON")))
    sql = """
        SELECT article.text, layer.annotator, span.text, mention.text
        FROM article JOIN layer ON layer.article = article.id
        JOIN statement_span AS span ON span.layer = layer.id JOIN mention ON mention.layer = layer.id
    """
    with closing(sqlite3.connect(project.path)) as conn:
        assert conn.execute(sql).fetchall() == [(ARTICLE.text, "rules 1", "no", "Qin")]
