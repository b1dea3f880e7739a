"""What fails is told in a banner with a way out; work goes on and nothing is lost."""

import sys
from pathlib import Path

import pytest

from annotator.domain.article import Article, Meta
from annotator.domain.statement import Decision
from annotator.storage.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.program import Program
from annotator.ui.settings import Settings
from annotator.ui.suggest_process import SuggestProcess

CHILD = Path(__file__).parent.parent / "ui" / "fake_child.py"
DIES_ONCE = """
import pathlib, runpy, sys
marker = pathlib.Path(sys.argv[1])
if not marker.exists():
    marker.touch()
    sys.stdin.readline()
    sys.exit(3)
runpy.run_path({child!r}, run_name="__main__")
"""
FRESH = Article("Fresh words of nobody.", "en", Meta(title="Fresh"))


@pytest.fixture
def opened(qtbot, project_path):
    """A window with a suggester that runs a command."""
    windows = []

    def open_(*command):
        project = Project.open(project_path)
        project.add_articles([FRESH])
        process = SuggestProcess(project, command)
        window = MainWindow(project, suggester=process)
        process.setParent(window)
        qtbot.addWidget(window)
        window.show()
        window.restore()
        windows.append(window)
        return window, process

    yield open_
    for window in windows:
        window.close()
        window.session.project.close()


def confirmed(window):
    window.act("confirm")
    return window.session.snapshot.decided == 1


def test_a_suggester_that_dies_once_comes_back_without_a_word(qtbot, opened, tmp_path):
    script = tmp_path / "dies_once.py"
    script.write_text(DIES_ONCE.format(child=str(CHILD)), "utf-8")
    window, process = opened(sys.executable, str(script), str(tmp_path / "died"))
    process.begin()
    qtbot.waitUntil(lambda: window.session.project.machine_layer(FRESH.id) is not None, timeout=20_000)
    assert (tmp_path / "died").exists()
    assert window.banner.text == ""
    assert confirmed(window)


def test_a_missing_pipeline_is_named_with_what_to_do(qtbot, opened):
    command = (sys.executable, "-m", "annotator", "suggest", "-", "--replies", "--pipeline", "no_such")
    window, process = opened(*command)
    with qtbot.waitSignal(process.failed, timeout=60_000):
        process.begin()
    for words in ("no new suggestions", "Your work is not affected", "no_such", "Install it"):
        assert words in window.banner.text
    assert confirmed(window)
    window.act("new_statement")  # without the machine one sets the roles oneself
    window.hints.cancel()


def test_a_suggester_given_up_can_be_started_from_the_banner(qtbot, opened, tmp_path):
    marker = tmp_path / "mended"
    script = tmp_path / "broken.py"
    script.write_text(
        f"import pathlib, runpy, sys\n"
        f"if not pathlib.Path({str(marker)!r}).exists(): sys.exit('The model is broken.')\n"
        f"runpy.run_path({str(CHILD)!r}, run_name='__main__')\n",
        "utf-8",
    )
    window, process = opened(sys.executable, str(script))
    with qtbot.waitSignal(process.failed, timeout=20_000):
        process.begin()
    assert "The model is broken." in window.banner.text
    marker.touch()
    window.be_comfortable(window.comfort)  # as after another theme was chosen
    window.banner._buttons[0].click()
    assert window.banner.text == ""
    qtbot.waitUntil(lambda: window.session.project.machine_layer(FRESH.id) is not None, timeout=20_000)


def test_a_full_disk_says_what_to_do_and_the_key_works_later(desk):
    conn = desk.project._conn
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages}")
    long = "x" * 500_000
    desk.session.decide(lambda d: d.revise(desk.session.focus, "note", note=long))
    assert "Free some space" in desk.window.banner.text
    assert desk.window.footer._saved.accessibleName() == "Not saved"
    assert desk.stored().empty
    conn.execute("PRAGMA max_page_count = 1000000")
    desk.press("Return")
    assert desk.window.banner.text == ""
    assert desk.window.footer._saved.accessibleName() == "Saved"
    assert desk.statement(1).decision is Decision.CONFIRMED


def test_a_queue_that_cannot_be_saved_leaves_the_list_as_it_is(desk):
    conn = desk.project._conn
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages}")
    conn.execute("PRAGMA query_only = 1")
    desk.window.act("whole_queue")
    assert desk.note
    assert len(desk.window.list.rows) == 2
    conn.execute("PRAGMA query_only = 0")


def test_a_window_that_cannot_be_made_keeps_nobody_out_of_the_project(tmp_path, monkeypatch):
    Project.create(tmp_path / "p.annot", annotator="anna").close()
    program = Program(Settings(tmp_path / "settings.ini"), command=None)

    def fails(*_, **__):
        raise RuntimeError("no screen")

    monkeypatch.setattr("annotator.ui.program.MainWindow", fails)
    with pytest.raises(RuntimeError, match="no screen"):
        program.open(tmp_path / "p.annot")
    with Project.open(tmp_path / "p.annot") as project:
        assert not project.read_only
