import json
from dataclasses import replace
from itertools import count

import pytest
from domain_samples import edits, layers
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from annotator.domain.actors import Actor
from annotator.domain.article import Article, Meta
from annotator.domain.edits import (
    AddMention,
    AddStatement,
    ChangeStatement,
    Placed,
    PutActor,
    PutMeta,
    RemoveActor,
    RemoveStatement,
    SetState,
    Step,
    apply,
)
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Mention, Speaker, Statement
from annotator.errors import AnnotatorError
from annotator.storage.project import Project

ARTICLE = Article("Qin 😀 said no. Wang said yes.", meta=Meta(title="Two words"))
STATEMENT = Statement("s1", (Span(11, 13),), Kind.INDIRECT)
CHINA = Actor("state:CN", "China", "state")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("p") / "shared.annot", annotator="ann") as project:
        project.add_articles([ARTICLE])
        yield project
        assert project.check() == []


@pytest.fixture
def path(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles([ARTICLE])
    return tmp_path / "p.annot"


@pytest.fixture
def project(path):
    with Project.open(path) as project:
        yield project


def step(label, *some, annotator=None):
    """A step of edits; those of the project need no place."""
    project_wide = (PutActor, RemoveActor, PutMeta)
    return Step(
        label,
        tuple(Placed(e) if isinstance(e, project_wide) else Placed(e, ARTICLE.id, annotator) for e in some),
    )


names = (f"ann{n}" for n in count())


@given(st.data())
@hypothesis_settings(max_examples=40)
def test_random_work_is_kept_undone_and_redone(shared, data):
    name = next(names)
    shared.set_setting("annotator", name)
    shared.put_machine_layer(
        ARTICLE.id, data.draw(layers(ARTICLE.text, ARTICLE.id, "rules 1", LayerKind.MACHINE))
    )
    layer = Layer(ARTICLE.id, name)
    past = [layer]
    for edit in data.draw(st.lists(edits(ARTICLE.text), max_size=10)):
        try:
            layer, _ = apply(layer, edit)
        except ValueError:
            with pytest.raises(ValueError):
                shared.do(step("Wrong", edit))
        else:
            shared.do(step("Right", edit))
            past.append(layer)
        assert shared.layer(ARTICLE.id) == layer
        seen = shared.view(ARTICLE.id).statements.values()
        row = shared.row(ARTICLE.id)
        assert (row.total, row.decided) == (len(seen), sum(s.decided for s in seen))
    for before in reversed(past[:-1]):
        assert shared.undo() is not None
        assert shared.layer(ARTICLE.id) == before
    assert shared.undo() is None
    for after in past[1:]:
        assert shared.redo() is not None
        assert shared.layer(ARTICLE.id) == after
    assert shared.redo() is None


def test_undo_reaches_across_restarts(path):
    with Project.open(path) as project:
        project.do(step("Add", AddStatement(STATEMENT)))
        project.do(step("Warn", ChangeStatement("s1", (("act", "warn"),))))
    with Project.open(path) as project:
        assert project.undo().label == "Warn"
    with Project.open(path) as project:
        assert project.undo() == step("Add", RemoveStatement("s1"), annotator="ann")
        assert project.undo() is None
    with Project.open(path) as project:
        assert project.redo() == step("Add", AddStatement(STATEMENT), annotator="ann")
        assert project.redo().label == "Warn"
        assert project.redo() is None
        assert project.layer(ARTICLE.id).statements["s1"].act == "warn"
        assert project.check() == []


def test_a_step_is_undone_as_a_whole(project):
    mention = Mention("m", Span(0, 3), "PERSON")
    project.do(step("Done", AddStatement(STATEMENT), AddMention(mention), SetState(State.DONE, "x", "2")))
    before = project.layer(ARTICLE.id)
    assert (before.state, before.outcome, before.guideline) == (State.DONE, "x", "2")
    project.undo()
    assert project.layer(ARTICLE.id).empty
    assert project.counts()[State.TODO] == 1
    project.redo()
    assert project.layer(ARTICLE.id) == before
    assert project.counts()[State.DONE] == 1


def test_a_new_step_ends_what_could_be_redone(project):
    project.do(step("Add", AddStatement(STATEMENT)))
    project.undo()
    project.do(step("Other", AddStatement(replace(STATEMENT, id="s2"))))
    assert project.redo() is None
    assert project.undo().label == "Other"
    assert project.undo() is None


def test_each_annotator_undoes_their_own(path):
    with Project.open(path) as project:
        project.do(step("Hers", AddStatement(STATEMENT)))
    with Project.open(path, annotator="bob") as project:
        assert project.annotator == "bob"
        assert project.undo() is None
        project.do(step("His", AddStatement(STATEMENT)))
    with Project.open(path) as project:
        assert project.annotator == "ann"
        assert project.undo().label == "Hers"
        assert list(project.layer(ARTICLE.id, "bob").statements) == ["s1"]
        assert [layer.annotator for layer in project.human_layers(ARTICLE.id)] == ["bob"]


def test_actors_and_metadata_are_journalled_too(project):
    renamed = replace(CHINA, name="PRC", speaks_for="org:UN")
    meta = Meta(title="Better", changed=("line ends made LF ×2",))
    project.do(step("New actor", PutActor(CHINA)))
    project.do(step("Rename", PutActor(renamed), PutMeta(ARTICLE.id, meta)))
    project.do(step("Forget", RemoveActor("state:CN")))
    assert "state:CN" not in project.actors()
    project.undo()
    assert project.actors().get("state:CN") == renamed
    assert project.article(ARTICLE.id).meta == meta
    assert project.rows(query="better")
    project.undo()
    assert project.actors().get("state:CN") == CHINA
    assert project.article(ARTICLE.id).meta == ARTICLE.meta
    assert not project.rows(query="better")
    project.undo()
    assert len(project.actors()) == 0
    assert project.check() == []


def test_what_an_import_brought_is_not_undone(project):
    project.do(step("Mine", PutActor(CHINA)))
    imported = Layer(ARTICLE.id, "ann", statements={"s1": STATEMENT}, state=State.DONE)
    project.put_layer(imported)
    assert project.undo().label == "Mine"
    assert project.undo() is None
    assert project.layer(ARTICLE.id) == imported


def test_undoing_what_no_longer_fits_says_so_and_changes_nothing(path):
    with Project.open(path) as project:
        project.do(step("Rename", PutActor(CHINA)))
    with Project.open(path, annotator="bob") as project:
        project.do(step("Forget", RemoveActor("state:CN")))
    with Project.open(path) as project:
        with pytest.raises(AnnotatorError, match="“Rename” cannot be undone"):
            project.undo()
        assert project.check() == []


@pytest.mark.parametrize(
    "wrong",
    [
        AddStatement(STATEMENT),
        AddStatement(Statement("s9", (Span(20, 99),), Kind.DIRECT)),
        AddStatement(replace(STATEMENT, id="s9", speaker=Speaker(Span(90, 99)))),
        AddMention(Mention("m", Span(28, 99), "GPE")),
        ChangeStatement("s1", (("kind", "loud"),)),
        ChangeStatement("s1", (("spans", ()),)),
        ChangeStatement("s1", (("cue", Span(99, 100)),)),
        RemoveStatement("none"),
        PutMeta("0" * 16, Meta()),
        RemoveActor("nobody"),
    ],
    ids=str,
)
def test_a_step_that_does_not_fit_leaves_nothing(project, wrong):
    project.do(step("First", AddStatement(STATEMENT)))
    with pytest.raises(ValueError):
        project.do(step("Wrong", PutActor(CHINA), SetState(State.DONE), wrong))
    assert project.layer(ARTICLE.id).state is State.TODO
    assert len(project.actors()) == 0
    assert [e.label for e in project.history()] == ["First"]
    assert project.check() == []


def test_an_unknown_article_is_refused(project):
    with pytest.raises(ValueError, match="no article"):
        project.do(Step("Lost", (Placed(SetState(State.DONE), "0" * 16),)))


def test_the_machines_layer_cannot_be_edited(project):
    with pytest.raises(ValueError, match="replaced, not edited"):
        project.do(Step("No", (Placed(SetState(State.DONE), ARTICLE.id, "rules 1", LayerKind.MACHINE),)))


def test_half_a_character_is_refused_in_a_sentence(project):
    with pytest.raises(AnnotatorError, match="half a character"):
        project.do(step("Note", AddStatement(replace(STATEMENT, note="\ud800"))))
    assert project.layer(ARTICLE.id).empty


def test_history_tells_who_did_what_and_whether_it_holds(project):
    project.do(step("Add", AddStatement(STATEMENT)))
    project.do(step("Actor", PutActor(CHINA)))
    project.undo()
    latest, first = project.history()
    assert (latest.label, latest.articles, latest.undone) == ("Actor", (), True)
    assert (first.label, first.annotator, first.articles) == ("Add", "ann", (ARTICLE.id,))
    assert not first.undone
    assert first.at.endswith("Z")
    project.redo()
    assert not any(e.undone for e in project.history())
    assert len(project.history(limit=1)) == 1


def test_the_journal_only_grows_and_can_be_read(project):
    project.do(step("Reject", AddStatement(replace(STATEMENT, decision=Decision.REJECTED))))
    project.undo()
    rows = project._conn.execute(
        "SELECT how, annotator, label, edit, inverse FROM edit ORDER BY seq"
    ).fetchall()
    assert [(how, who, label) for how, who, label, *_ in rows] == [
        ("do", "ann", "Reject"),
        ("undo", "ann", "Reject"),
    ]
    edit, inverse = json.loads(rows[0][3]), json.loads(rows[0][4])
    assert edit["statement"]["spans"] == [{"start": 11, "end": 13, "text": "no"}]
    assert inverse == {"do": "remove_statement", "id": "s1"}


def test_steps_of_a_batch_are_saved_together_or_not_at_all(project):
    def stopped():
        with project.batch():
            project.do(step("One", AddStatement(STATEMENT)))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped()
    assert project.layer(ARTICLE.id).empty
    assert project.undo() is None
    with project.batch():
        project.do(step("One", AddStatement(STATEMENT)))
        with pytest.raises(ValueError):
            project.do(step("Again", PutActor(CHINA), AddStatement(STATEMENT)))
        project.do(step("Two", SetState(State.DOING)))
    assert [e.label for e in project.history()] == ["Two", "One"]
    assert project.undo().label == "Two"
    assert project.check() == []


def test_an_empty_step_leaves_no_trace(project):
    project.do(Step("Nothing", ()))
    assert project.history() == []


def test_a_joined_step_is_undone_and_redone_with_the_one_it_belongs_to(path):
    with Project.open(path) as project:
        project.do(step("Before", SetState(State.DOING)))
        project.do(step("Add", AddStatement(STATEMENT)))
        project.do(step("Fill", ChangeStatement("s1", (("no_target", True),))), joined=True)
    with Project.open(path) as project:
        taken = project.undo()
        assert taken.label == "Add"
        assert len(taken.edits) == 2
        assert not project.layer(ARTICLE.id).statements
        assert project.layer(ARTICLE.id).state is State.DOING
        assert [e.undone for e in project.history()] == [True, True, False]
        assert project.redo().label == "Add"
        assert project.layer(ARTICLE.id).statements["s1"].no_target
        assert project.redo() is None
        project.undo()
        assert project.undo().label == "Before"
        assert project.undo() is None
        assert project.check() == []
