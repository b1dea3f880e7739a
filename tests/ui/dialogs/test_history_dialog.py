from datetime import datetime, timedelta

import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_samples import ARTICLE, SECOND, machine_layer, make_project

from annotator.domain.actors import Actor
from annotator.domain.edits import AddStatement, Placed, PutActor, SetState, Step
from annotator.domain.layer import State
from annotator.domain.statement import accepted
from annotator.errors import AnnotatorError
from annotator.storage.project import JournalEntry, Project
from annotator.ui.dialogs.history import FIRST, HistoryDialog, moment


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        statement = accepted(machine_layer().ordered_statements()[0], "anna", "2026-03-10T08:00:00Z")
        opened.do(Step("Confirm statement 1", (Placed(AddStatement(statement), ARTICLE.id),)))
        opened.do(Step("Add an actor", (Placed(PutActor(Actor("org:UN", "UN", "org"))),)))
        both = tuple(Placed(SetState(State.FLAGGED), a.id) for a in (ARTICLE, SECOND))
        opened.do(Step("Flag 2 articles", both))
        opened.undo()
        yield opened


def show(host, read, qtbot, title=lambda _: "A title"):
    dialog = HistoryDialog(read, title, LIGHT, fonts(), host)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or host))
    return dialog


def rows(dialog):
    return [dialog.list.rows.choice(n) for n in range(dialog.list.rows.rowCount())]


def test_it_says_who_did_what_where_and_what_was_undone(host, project, qtbot):
    dialog = show(host, project.history, qtbot, lambda article: project.row(article).title)
    assert [r.label for r in rows(dialog)] == ["Flag 2 articles", "Add an actor", "Confirm statement 1"]
    assert [r.group for r in rows(dialog)] == ["undone", "", ""]
    assert rows(dialog)[0].detail.endswith("2 articles")
    assert rows(dialog)[2].detail.startswith("anna · ")
    assert rows(dialog)[2].detail.endswith("Talks resume 🕊 in the capital")
    assert nameless(dialog) == []
    dialog.close()


def test_enter_goes_to_the_article(host, project, qtbot):
    dialog = show(host, project.history, qtbot)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.isVisible()  # adding an actor happened in no article
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.jumped) as jumped:
        press(qtbot, Qt.Key.Key_Return)
    assert jumped.args == [ARTICLE.id, machine_layer().ordered_statements()[0].id]


def test_typing_narrows(host, project, qtbot):
    dialog = show(host, project.history, qtbot)
    dialog.field.setFocus()
    press(qtbot, "type:flag")
    assert [r.label for r in rows(dialog)] == ["Flag 2 articles"]
    press(qtbot, "type: nothing such")
    assert rows(dialog) == []
    dialog.close()


def test_older_steps_are_read_when_asked_for(host, qtbot):
    many = [
        JournalEntry(n, "2026-03-10T08:00:00Z", "anna", f"Step {n}", (), undone=False) for n in range(500)
    ]
    dialog = show(host, lambda limit: many[:limit], qtbot)
    assert len(rows(dialog)) == FIRST
    dialog.show_older()
    dialog.show_older()
    assert len(rows(dialog)) == 500
    assert not dialog._older.isVisible()
    dialog.close()


def test_an_unknown_article_and_a_damaged_journal_are_survived(host, qtbot):
    def title(id):
        raise KeyError(id)

    entry = JournalEntry(1, "long ago", "anna", "Step", ("gone",), undone=False)
    dialog = show(host, lambda _: [entry], qtbot, title)
    assert rows(dialog)[0].detail == "anna · long ago · article gone"
    dialog.close()

    def broken(_limit):
        raise AnnotatorError("news.annot is damaged.")

    dialog = show(host, broken, qtbot)
    assert dialog.said == "news.annot is damaged."
    dialog.close()


def test_moments_are_local_and_short():
    now = datetime(2026, 3, 10, 14, 5).astimezone()
    assert moment(now.isoformat(), now) == "today, 14:05"
    assert moment((now - timedelta(days=1)).isoformat(), now) == "9 March, 14:05"
    assert moment((now - timedelta(days=365)).isoformat(), now) == "10 March 2025, 14:05"
    assert moment("no time") == "no time"
