"""What surrounds annotating: import, export, looks, failures, restarts, all through the window."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from window_samples import ARTICLE, SECOND, Desk, find, make_project

from annotator.domain.article import Article, Meta
from annotator.domain.statement import Decision
from annotator.storage.articles import ORDERS
from annotator.storage.project import Project
from annotator.ui.comfort import Comfort
from annotator.ui.dialogs.exporting import ExportPage
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.dialogs.releasing import ReleaseDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.program import Program
from annotator.ui.session import TO_LOOK
from annotator.ui.settings import Settings
from annotator.ui.suggest_process import SuggestProcess
from annotator.ui.verbs import VERBS

CHILD = (sys.executable, str(Path(__file__).parents[1] / "ui" / "fake_child.py"))


def test_dropped_files_are_imported_and_listed(qtbot, desk, tmp_path):
    file = tmp_path / "fresh.txt"
    file.write_text("A fresh article 🕊\n\nNobody said anything.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.window.dropEvent(event)
    dialog = desk.window.findChild(ImportDialog)
    with qtbot.waitSignal(dialog.imported, timeout=20_000) as caught:
        dialog.start()
    assert caught.args[0].added == 1
    dialog.accept()
    assert desk.window.list.rows.rowCount() == 3


def test_export_through_the_window_holds_the_decision(qtbot, desk, tmp_path):
    confirmed = desk.session.focus
    desk.press("Return", "Ctrl+E")
    page = desk.window.findChild(ExportPage)
    page.out = tmp_path / "out"
    with qtbot.waitSignal(page.exported, timeout=20_000):
        page.start()
    qtbot.waitUntil(lambda: not page.runner.running)
    records = [json.loads(x) for x in (tmp_path / "out" / "p.jsonl").read_text("utf-8").splitlines()]
    record = next(r for r in records if r["id"] == ARTICLE.id)
    decisions = {s["id"]: s["decision"] for s in record["statements"]}
    assert decisions[confirmed] == "confirmed"
    assert sorted(decisions.values()) == ["confirmed", "suggested", "suggested"]


def test_a_release_is_frozen_through_the_window(qtbot, desk, tmp_path):
    desk.press("Return", "Ctrl+E")
    page = desk.window.findChild(ExportPage)
    page.out = tmp_path / "out"
    page.ask_release()
    with qtbot.waitSignal(page.released, timeout=20_000):
        desk.window.findChild(ReleaseDialog).accept()
    qtbot.waitUntil(lambda: not page.runner.running and not page.splits.runner.running)
    assert desk.window.footer.note == "Release 1 frozen and read back"
    assert (tmp_path / "out-release-1" / "SHA256SUMS").is_file()


def test_letters_do_nothing_to_statements_on_the_export_page(desk):
    desk.press("Ctrl+E", "X", "Return")
    assert desk.stored().empty


def test_a_full_disk_is_told_and_nothing_is_lost(desk):
    desk.press("Return")
    conn = desk.project._conn
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages}")
    desk.session.decide(lambda d: d.revise(desk.session.focus, "note", note="x" * 500_000))
    assert "not saved" in desk.window.banner.text
    assert desk.session.focused.note is None
    conn.execute("PRAGMA max_page_count = 1000000")
    desk.press("X")
    assert desk.window.banner.text == ""
    assert desk.stored().statements[desk.session.snapshot.statements[0].id].decision is Decision.CONFIRMED


def test_themes_and_sizes_keep_article_focus_and_place(qtbot, desk):
    desk.press("J")
    focus = desk.session.focus
    for theme, scale in (("dark", 1.0), ("contrast", 2.0), ("light", 0.8)):
        desk.window.be_comfortable(Comfort(theme=theme, scale=scale))
        assert desk.session.focus == focus
        assert desk.article.hasFocus()
    desk.press("X")
    assert desk.stored().statements[focus].decision is Decision.REJECTED


def test_a_theme_changes_colours_and_no_sizes(desk):
    card, text = desk.window.page._scroll.height(), desk.article.viewport().size()
    desk.window.be_comfortable(Comfort(theme="dark"))
    assert desk.article.viewport().size() == text
    QApplication.processEvents()
    assert desk.window.page._scroll.height() == card


def test_the_card_gives_way_where_the_window_is_low(desk):
    desk.window.be_comfortable(Comfort(scale=2.0))
    desk.window.resize(1280, 600)
    QApplication.processEvents()
    page = desk.window.page
    assert desk.window.height() == 600
    assert 0 < page._scroll.height() < page.card.sizeHint().height()
    assert page.statements.height() >= page.statements.minimumHeight()


def test_an_empty_project_says_how_to_begin_in_every_theme(qtbot, tmp_path):
    with Project.create(tmp_path / "empty.annot", annotator="anna") as project:
        window = MainWindow(project)
        qtbot.addWidget(window)
        window.restore()
        said = window.article._empty
        window.be_comfortable(Comfort(theme="dark"))
        assert window.article._empty == said != ""
        window.close()


def test_every_verb_has_a_slot_and_no_key_means_two_things(desk):
    for verb in VERBS:
        room, _, method = verb.slot.partition(".")
        assert callable(getattr(desk.window._rooms[room], method)), verb.id
    keys = [key for verb in VERBS for key in verb.keys]
    assert len(keys) == len(set(keys))


def test_the_menu_holds_every_verb_with_its_key(desk):
    shown = [a.text() for part in desk.window.bar.menu_button.menu().actions() for a in part.menu().actions()]
    for verb in VERBS:
        assert any(verb.text in words for words in shown), verb.id


def test_everything_a_key_can_reach_has_a_name(desk):
    nameless = [
        w
        for w in desk.window.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and w.isVisible()
        and not w.accessibleName()
        and not getattr(w, "text", str)()
        and not w.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_scroll_position_comes_back(qtbot, tmp_path):
    long = Article(
        "\n\n".join(f"Paragraph {n} says nothing at all." for n in range(300)), "en", Meta(title="Long")
    )
    with Project.create(tmp_path / "long.annot", annotator="anna") as project:
        project.add_articles([long])
        desk = Desk(qtbot, project)
        wanted = long.text.index("Paragraph 150 ")
        desk.article.go_to(wanted)
        place = desk.article.place()
        desk.window.close()
        again = Desk(qtbot, project)
        assert abs(again.article.place() - place) < 80
        again.window.close()


def test_an_empty_project_says_what_to_do_next(qtbot, tmp_path):
    with Project.create(tmp_path / "empty.annot", annotator="anna") as project:
        window = MainWindow(project)
        qtbot.addWidget(window)
        window.restore()
        window.act("confirm")
        assert "No article is open" in window.footer.note
        window.close()


def with_suggester(qtbot, path):
    project = Project.open(path)
    suggester = SuggestProcess(project, CHILD)
    window = MainWindow(project, suggester=suggester)
    suggester.setParent(window)
    qtbot.addWidget(window)
    window.show()
    return project, suggester, window


def test_after_a_new_statement_the_machine_fills_its_roles(qtbot, project_path):
    project, suggester, window = with_suggester(qtbot, project_path)
    window.open_article(ARTICLE.id)
    suggester.begin()
    window.article.select(find("it was watching the crossings"))
    window.act("new_statement")
    made = window.session.focus
    qtbot.waitUntil(lambda: project.layer(ARTICLE.id).statements[made].act == "assert", timeout=20_000)
    filled = window.session.focused
    assert (filled.speaker.actors, filled.topics) == (("org:CHILD",), ("conflict.ceasefire",))
    arrived = window.session.clock()
    window.session.clock = lambda: arrived + TO_LOOK
    window.act("confirm")
    assert project.layer(ARTICLE.id).statements[made].decision is Decision.CONFIRMED
    assert project.actors().name("org:CHILD") == "Child"
    window.close()
    project.close()


def test_a_new_article_is_shown_at_once_and_its_suggestions_arrive(qtbot, project_path):
    project, suggester, window = with_suggester(qtbot, project_path)
    fresh = Article("Fresh words of nobody.", "en", Meta(title="Fresh"))
    project.add_articles([fresh])
    window.articles_came()
    window.open_article(fresh.id)
    assert window.session.snapshot.statements == []
    suggester.begin()
    qtbot.waitUntil(lambda: len(window.session.snapshot.statements) == 1, timeout=20_000)
    assert window.session.focus == window.session.snapshot.statements[0].id
    window.close()
    project.close()


def test_a_dead_suggester_is_told_and_work_goes_on(qtbot, project_path):
    project, suggester, window = with_suggester(qtbot, project_path)
    project.add_articles([Article("Words that die.")])
    window.open_article(ARTICLE.id)
    with qtbot.waitSignal(suggester.failed, timeout=20_000):
        suggester.begin()
    assert "suggester has stopped" in window.banner.text
    window.act("confirm")
    assert window.session.snapshot.decided == 1
    window.close()
    project.close()


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(Settings(tmp_path / "settings.ini"), command=None)
    yield made
    if made.window is not None:
        made.window.close()


def test_the_program_opens_the_last_project_again(program, tmp_path, qtbot):
    path = make_project(tmp_path / "p.annot")
    program.open(path)
    program.window.open_article(SECOND.id)
    program.window.close()
    again = Program(Settings(tmp_path / "settings.ini"), command=None)
    again.start()
    assert again.window.session.project.path == path
    assert again.window.session.snapshot.article.id == SECOND.id
    again.window.close()


def test_another_project_takes_the_windows_place(program, tmp_path):
    first = program.open(make_project(tmp_path / "p.annot"))
    first.new_wanted.emit(tmp_path / "q.annot")
    assert program.window is not first
    assert not first.isVisible()
    assert program.window.session.project.path == tmp_path / "q.annot"


def test_a_project_that_cannot_be_opened_is_told_and_the_window_stays(program, tmp_path):
    window = program.open(make_project(tmp_path / "p.annot"))
    (tmp_path / "no.annot").write_bytes(b"no project at all" * 50)
    window.open_wanted.emit(tmp_path / "no.annot")
    dialog = QApplication.activeModalWidget()
    assert "no.annot" in dialog.words.text()
    dialog.accept()
    assert program.window is window
    assert not isinstance(dialog, QMessageBox)


def test_the_name_is_asked_once_and_stands_in_decisions(qtbot, tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    program = Program(settings, command=None, greets=True)
    window = program.open(make_project(tmp_path / "p.annot"))
    asking = QApplication.activeModalWidget()
    asking.field.setText("Ben Adler")
    asking.accept()
    window.act("confirm")
    assert window.session.project.layer(ARTICLE.id, "Ben Adler").statements
    window.close()
    again = Program(settings, command=None, greets=True).open(tmp_path / "p.annot")
    assert QApplication.activeModalWidget() is None
    assert again.session.project.annotator == "Ben Adler"
    assert again.session.snapshot.decided == 1
    again.close()


def test_somebody_elses_project_is_worked_on_under_ones_own_name(tmp_path, qtbot):
    settings = Settings(tmp_path / "settings.ini")
    settings.put("annotator", "ben")
    window = Program(settings, command=None).open(make_project(tmp_path / "p.annot"))
    window.act("confirm")
    assert window.session.project.layer(ARTICLE.id, "ben").statements
    assert window.session.project.layer(ARTICLE.id, "anna").empty
    window.close()
    with Project.open(tmp_path / "p.annot") as project:
        assert project.annotator == "anna"


def test_a_pasted_article_is_opened(qtbot, desk):
    QApplication.clipboard().setText("Fresh words\n\nNobody 🕊 said anything.")
    desk.press("Ctrl+Shift+V")
    QApplication.activeModalWidget().accept()
    assert desk.session.snapshot.article.text.startswith("Fresh words")
    assert len(desk.window.list.rows) == 3


def test_a_look_is_kept_for_the_next_time(program, tmp_path):
    program.open(make_project(tmp_path / "p.annot"))
    program.window.act("theme")
    program.window.act("larger")
    program.settings.sync()
    again = Program(Settings(tmp_path / "settings.ini"), command=None)
    assert (again.comfort.theme, again.comfort.scale) == ("dark", 1.1)


LOCKER = """
import sys
from pathlib import Path
from annotator.storage.project import Project
with Project.open(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""


def test_a_project_locked_elsewhere_opens_for_reading(program, tmp_path):
    path = make_project(tmp_path / "p.annot")
    with subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "locked\n"
        window = program.open(path)
        assert "only reads" in window.banner.text
        window.act("confirm")
        assert window.session.snapshot.decided == 0
        other.stdin.close()


def test_without_a_display_opening_is_refused_in_one_sentence(tmp_path):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "open", str(make_project(tmp_path / "p.annot"))],
        env={**env, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert len(done.stderr.splitlines()) == 1


TOUR = """
import sys
from pathlib import Path
from annotator.ui.offscreen import tour
tour(Path(sys.argv[1]), "anna")
"""


def test_the_starter_is_worked_through_without_a_display(tmp_path):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", TOUR, str(tmp_path)], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 6
    for suffix in ("annot", "png", "jsonl", "conll"):
        assert len(list(tmp_path.glob(f"*.{suffix}"))) == 1, suffix
    records = [json.loads(x) for x in (tmp_path / "starter.jsonl").read_text("utf-8").splitlines()]
    assert len(records) >= 8
    assert all(r["statements"] for r in records)


def test_the_order_of_the_articles_is_chosen_and_kept(desk):
    def ids():
        rows = desk.window.list.rows
        return [rows.row(n).id for n in range(len(rows))]

    assert ids() == [ARTICLE.id, SECOND.id]
    chooser = desk.window.list.order
    assert {chooser.itemData(n) for n in range(chooser.count())} == set(ORDERS)
    chooser.setFocus()
    chooser.setCurrentIndex(chooser.findData("title"))
    chooser.activated.emit(chooser.currentIndex())
    assert ids() == [SECOND.id, ARTICLE.id]
    assert desk.article.hasFocus()
    desk.window.be_comfortable(Comfort(theme="dark"))
    assert ids() == [SECOND.id, ARTICLE.id]
