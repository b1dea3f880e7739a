"""Statements, history, backups, scheme and preferences through the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from window_samples import ARTICLE, SECOND, Desk, make_project

from annotator.domain.statement import Decision
from annotator.storage.project import Project
from annotator.ui.comfort import Comfort
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.dialogs.help import HelpDialog
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.dialogs.scheme_editor import SchemeDialog
from annotator.ui.keycap import KeyHint
from annotator.ui.program import Program
from annotator.ui.settings import Settings
from annotator.ui.statements_page import StatementsPage


def dialog(desk, kind):
    return desk.window.findChild(kind)


def test_from_the_table_of_statements_to_one_of_them(qtbot, desk):
    desk.press("Ctrl+F")
    page = desk.window.findChild(StatementsPage)
    assert page.isVisible()
    target = desk.session.snapshot.statements[2].id
    page.jump.emit(ARTICLE.id, target)
    assert desk.session.focus == target
    assert desk.article.hasFocus()
    desk.press("X")
    assert desk.statement(3).decision is Decision.REJECTED


def test_the_table_follows_what_is_undone(qtbot, desk):
    desk.press("Return", "Ctrl+F")
    table = desk.window.findChild(StatementsPage).table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 4)
    assert table.hasFocus()
    assert table.rows.statement(0).decision == "confirmed"
    desk.press("U")
    qtbot.waitUntil(lambda: table.rows.statement(0).decision == "suggested")
    desk.press("J")
    assert "no statement here" in desk.note.casefold()


def test_help_opens_at_the_start(desk):
    desk.press("Shift+F1")
    opened = dialog(desk, HelpDialog)
    assert "First steps" in opened.page.toPlainText()
    opened.accept()


def at_the_top(page):
    """The first line of a page that is in view."""
    return page.cursorForPosition(page.viewport().rect().topLeft()).block().text()


def test_guidelines_open_beside_the_text_and_go(desk):
    guide = desk.window.page.guide
    desk.press("F1")
    assert guide.isVisible()
    assert not desk.window.list.isVisible()
    assert guide.page.accessibleName().startswith("Guidelines: ")
    desk.press("Return")  # the keys go on meaning what they mean
    assert desk.session.snapshot.decided == 1
    assert desk.statement(1).provenance.guideline == desk.project.scheme.version
    desk.press("F1")
    assert desk.window.list.isVisible()
    desk.press("F1", "Escape")
    assert desk.window.list.isVisible()


def test_guidelines_open_at_what_is_asked_and_follow(desk):
    guide = desk.window.page.guide
    desk.press("S", "F1")
    assert guide.isVisible()
    assert desk.window.hints.asking is not None
    assert at_the_top(guide.page) == "Speaker"
    desk.press("Escape", "T")
    assert at_the_top(guide.page) == "Target"
    desk.press("Escape", "P")
    assert at_the_top(guide.page) == "Peace talks"
    desk.press("Down", "F1")
    assert at_the_top(guide.page) != "Peace talks"
    desk.press("Escape", "Escape")
    assert desk.window.list.isVisible()
    assert desk.stored().empty


def test_pickers_show_what_is_selected_beside_the_text(desk):
    guide = desk.window.page.guide
    desk.press("A", "F1")
    assert at_the_top(guide.page) == "Asks / urges / demands"
    desk.press("Down", "F1")
    assert at_the_top(guide.page) != "Asks / urges / demands"
    desk.press("Escape")
    desk.select("NATO").press("E", "F1")
    assert at_the_top(guide.page) == "Organisation"
    desk.press("Escape", "Escape")
    assert desk.stored().empty


def test_on_other_tabs_guidelines_are_a_page_of_help(desk):
    desk.press("Ctrl+F", "F1")
    opened = dialog(desk, HelpDialog)
    assert "what counts as a statement" in opened.page.toPlainText()
    opened.accept()


def test_history_leads_to_the_article_of_a_step(desk):
    confirmed = desk.session.focus
    desk.press("Return")
    desk.window.open_article(SECOND.id)
    desk.press("H")
    history = dialog(desk, HistoryDialog)
    assert "Confirm statement 1" in history.list.rows.choice(0).label
    history.accept()
    assert desk.session.snapshot.article.id == ARTICLE.id
    assert desk.session.focus == confirmed


def test_renaming_a_topic_shows_on_the_card(desk):
    desk.press("Ctrl+L")
    scheme = dialog(desk, SchemeDialog)
    area = next(a for a in scheme.draft.areas if a.id == "conflict")
    renamed = tuple(
        replace(t, name="Negotiations") if t.id == "conflict.peace_talks" else t for t in area.topics
    )
    areas = tuple(replace(a, topics=renamed) if a is area else a for a in scheme.draft.areas)
    scheme.draft = replace(scheme.draft, areas=areas)
    scheme.accept()
    assert desk.session.scheme.topics["conflict.peace_talks"].name == "Negotiations"
    assert "Negotiations" in desk.window.page.card.rows["topic"].accessibleName()
    desk.press("Return")
    assert desk.statement(1).topics == ("conflict.peace_talks",)


def test_own_keys_work_at_once_and_show_in_the_footer(qtbot, tmp_path):
    program = Program(Settings(tmp_path / "settings.ini"), command=None)
    window = program.open(make_project(tmp_path / "p.annot"))
    window.act("preferences")
    preferences = window.findChild(PreferencesDialog)
    preferences.changed.emit(Comfort(keys={"reject": ("D",)}))
    preferences.accept()
    first = window.session.focus
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert window.session.snapshot.decided == 0
    qtbot.keyClick(window, Qt.Key.Key_D)
    assert window.session.snapshot.shown.statements[first].decision is Decision.REJECTED
    assert Comfort.kept(program.settings).keys["reject"] == ("D",)
    window.close()


def test_the_window_fits_a_small_screen_with_the_largest_letters(desk):
    desk.window.be_comfortable(Comfort(scale=2.0))
    desk.window.resize(1280, 720)
    for tab in ("Statements", "Export", "Annotate"):
        desk.window.show_tab(tab)
        desk.window.footer.say("A long note about what was just done, " * 3)
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == (1280, 720)


def test_a_backup_takes_the_projects_place_and_what_was_is_kept(qtbot, tmp_path):
    program = Program(Settings(tmp_path / "settings.ini"), command=None)
    window = program.open(make_project(tmp_path / "p.annot"))
    window.act("backups")
    backups = window.findChild(BackupsDialog)
    backups.back_up()
    window.act("confirm")
    assert window.session.snapshot.decided == 1
    backups.list.select(0)
    backups.ask()
    backups.restore()
    again = program.window
    assert again is not window
    assert again.session.project.path == tmp_path / "p.annot"
    assert again.session.snapshot.decided == 0
    again.act("backups")
    assert again.findChild(BackupsDialog).list.rows.rowCount() == 2
    QApplication.activeModalWidget().reject()
    again.close()


def test_a_window_that_only_reads_offers_no_keys_that_change(qtbot, tmp_path):
    with Project.open(make_project(tmp_path / "p.annot"), read_only=True) as project:
        desk = Desk(qtbot, project)
        offered = [hint.accessibleName() for hint in desk.window.footer.findChildren(KeyHint)]
        assert any("next" in words for words in offered)
        assert not any("confirm" in words or "undo" in words for words in offered)
        desk.window.close()


def test_help_goes_from_the_first_steps_to_other_programs(desk):
    desk.press("Shift+F1")
    pages = dialog(desk, HelpDialog).list.rows
    names = [pages.choice(n).label for n in range(pages.rowCount())]
    assert names[:2] == ["First steps", "Guidelines: what counts as a statement"]
    assert names[-1] == "The project in Datasette"


def whole(widget):
    return widget.visibleRegion().boundingRect().height() == widget.height()


def test_the_largest_letters_leave_several_roles_in_view_and_the_chosen_one(desk):
    desk.window.be_comfortable(Comfort(scale=2.0))
    desk.window.resize(1280, 720)
    QApplication.processEvents()
    rows = desk.window.page.card.rows
    assert sum(whole(row) for row in rows.values()) >= 3
    desk.window.resize(1280, 560)
    QApplication.processEvents()
    assert not whole(rows["kind"])
    desk.press("K")
    assert whole(rows["kind"])
    desk.press("Escape", "S")
    assert whole(rows["speaker"])
    desk.press("Escape")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_table_of_statements_does_not_scroll_sideways(desk, scale):
    desk.window.be_comfortable(Comfort(scale=scale))
    desk.window.resize(1280, 720)
    desk.window.show_tab("Statements")
    table = desk.window.findChild(StatementsPage).table
    desk.qtbot.waitUntil(lambda: table.rows.rowCount() == 4)
    assert table.horizontalScrollBar().maximum() == 0
    assert not table.isColumnHidden(3)
    assert table.isColumnHidden(8) == (scale > 1)


def test_the_language_pipeline_is_chosen_for_the_project(qtbot, desk, tmp_path):
    from spacy import blank

    from annotator.ui.dialogs.pipeline import PipelineDialog

    blank("fr").to_disk(tmp_path / "french")
    desk.window.act("pipeline")
    chooser = dialog(desk, PipelineDialog)
    chooser.add_folder(tmp_path / "french")
    chooser.accept()
    assert desk.session.project.setting("pipeline") == str(tmp_path / "french")
    qtbot.waitUntil(lambda: not isValid(chooser))
    desk.window.act("pipeline")
    assert dialog(desk, PipelineDialog).pipeline.name == str(tmp_path / "french")
