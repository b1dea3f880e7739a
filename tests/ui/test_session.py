import shutil

import pytest
from window_samples import ARTICLE, SECOND, find, machine_layer, make_project

from annotator.domain.article import Meta
from annotator.domain.edits import Placed, PutMeta, Step
from annotator.domain.layer import State
from annotator.domain.statement import Decision, Kind
from annotator.storage.project import Project
from annotator.ui.session import Session


@pytest.fixture
def session(qtbot, tmp_path):
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        session = Session(project)
        session.open(ARTICLE.id)
        yield session


def confirm(session):
    id = session.focus
    return session.decide(lambda d: d.confirm(id))


def test_a_step_changes_snapshot_and_file_alike(session):
    assert confirm(session)
    assert session.snapshot.human == session.project.layer(ARTICLE.id)
    assert session.snapshot.decided == 1


def test_a_change_names_what_has_to_be_refreshed(qtbot, session):
    with qtbot.waitSignal(session.changed) as caught:
        confirm(session)
    change = caught.args[0]
    assert (change.statements, change.state, change.mentions, change.opened, change.meta) == (
        True,
        True,
        False,
        False,
        False,
    )
    with qtbot.waitSignal(session.changed) as caught:
        session.do(Step("Change", (Placed(PutMeta(ARTICLE.id, Meta(title="Other"))),)))
    assert (caught.args[0].meta, caught.args[0].statements) == (True, False)


def test_when_saving_fails_everything_stays_and_the_reason_is_told(qtbot, session):
    full = session.project._conn
    (pages,) = full.execute("PRAGMA page_count").fetchone()
    full.execute(f"PRAGMA max_page_count = {pages}")
    before, focus = session.snapshot, session.focus
    with qtbot.waitSignal(session.save_failed) as caught, qtbot.assertNotEmitted(session.changed):
        assert not session.decide(lambda d: d.revise(focus, "note", note="x" * 500_000))
    assert "full" in caught.args[0].lower()
    assert session.snapshot is before
    assert session.focus == focus
    assert session.project.layer(ARTICLE.id).empty
    full.execute("PRAGMA max_page_count = 1000000")
    assert confirm(session)
    assert session.snapshot.decided == 1


def test_undo_and_redo_focus_what_they_changed(session):
    ids = [s.id for s in session.snapshot.statements]
    confirm(session)
    session.focus_on(ids[2])
    session.undo()
    assert session.focus == ids[0]
    session.focus_on(ids[2])
    session.redo()
    assert session.focus == ids[0]
    assert session.focused.decision is Decision.CONFIRMED


def test_undo_with_nothing_left_says_so(qtbot, session):
    with qtbot.waitSignal(session.said) as caught:
        session.undo()
    assert "Nothing to undo" in caught.args[0]


def test_undo_opens_the_article_it_changes(session):
    confirm(session)
    session.open(SECOND.id)
    session.undo()
    assert session.snapshot.article.id == ARTICLE.id
    assert session.snapshot.human.empty


def test_focus_goes_round_to_undecided_statements_and_ends(session):
    ids = [s.id for s in session.snapshot.statements]
    session.focus_on(ids[2])
    assert session.focus_undecided()
    assert session.focus == ids[0]
    for one in ids:
        session.decide(lambda d, one=one: d.reject(one))
    assert not session.focus_undecided()


def test_suggestions_made_anew_leave_decisions_alone(session):
    confirm(session)
    first = session.focus
    session.project.put_machine_layer(ARTICLE.id, machine_layer())
    session.machine_spoke(ARTICLE.id)
    assert session.snapshot.shown.statements[first].decision is Decision.CONFIRMED
    assert len(session.snapshot.statements) == 3


def test_a_new_statement_has_the_focus_and_its_number(session):
    id = session.new_statement([find("it was watching the crossings")])
    assert session.focus == id
    assert session.snapshot.numbers[id] == 4
    session.undo()
    assert id not in session.snapshot.numbers
    assert session.focus in session.snapshot.numbers


def test_a_missing_article_is_told_and_the_open_one_stays(qtbot, session):
    with qtbot.waitSignal(session.said):
        assert not session.open("0" * 16)
    assert session.snapshot.article.id == ARTICLE.id


def test_another_connection_sees_what_was_decided(session, tmp_path):
    session.decide(lambda d: d.revise(session.focus, "kind", kind=Kind.MIXED))
    session.decide(lambda d: d.set_state(State.FLAGGED))
    session.project.backup(tmp_path / "copy.annot")
    shutil.copy(tmp_path / "copy.annot", tmp_path / "other.annot")
    with Project.open(tmp_path / "other.annot", read_only=True) as other:
        assert other.layer(ARTICLE.id) == session.snapshot.human
