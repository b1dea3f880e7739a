"""How long the window is deaf at most while it suggests, imports, searches and exports: the longest
time between two turns of its event loop, in the real window with the real suggester.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.storage.project import Project
from annotator.ui import theme as looks
from annotator.ui.dialogs.exporting import ExportPage
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.program import SUGGEST
from annotator.ui.suggest_process import SuggestProcess
from annotator.ui.tidying import Tidying

FILES = 1_000
SUGGESTED = 100
PATIENCE = 600.0  # seconds after which something hangs


class Watch(QObject):
    """Feels the pulse of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def over(self, what: str, act: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do it, then turn the loop until it is over; print the longest gap of the meantime."""
        started = time.perf_counter()
        self.longest, self._last = 0.0, started
        act()
        while not until():
            if time.perf_counter() - started > PATIENCE:
                raise TimeoutError(what)
            QApplication.processEvents()
        took = time.perf_counter() - started
        print(f"  {what:44} longest gap {self.longest * 1000:6.1f} ms in {took:6.1f} s")


def main() -> None:
    """Print the longest gap of each."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    looks.apply(app, looks.THEMES["light"], looks.choose_fonts())
    tidying = Tidying(app)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_files(folder / "in")
        with Project.create(folder / "p.annot", annotator="bench") as project:
            process = SuggestProcess(project, (*SUGGEST, "--for", str(project.path)))
            window = MainWindow(project, suggester=process)
            window.show()
            _watch(window, process, folder)
            window.close()
    tidying.stop()


def _watch(window: MainWindow, process: SuggestProcess, folder: Path) -> None:
    watch, project = Watch(), window.session.project
    watch.over("nothing (what the machine itself does to us)", int, _after(3.0))
    QTest.keySequence(window, QKeySequence("Ctrl+I"))
    dialog = window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    dialog.add_paths([folder / "in"])
    watch.over(f"importing {FILES:,} files", dialog.start, lambda: dialog.report is not None)
    dialog.accept()
    answered: list[str] = []
    process.suggested.connect(lambda article, _: answered.append(article))
    watch.over(f"suggesting for {SUGGESTED} articles", process.begin, lambda: len(answered) >= SUGGESTED)
    process.stop()
    for end in range(1, len("minister") + 1):
        typed = "minister"[:end]
        watch.over(f"searching for {typed!r}", partial(window.list.field.setText, typed), _after(0.3))
    watch.over("opening the table of statements", lambda: window.act("statements"), _after(1.0))
    watch.over("opening the Export page", lambda: window.act("export"), _after(1.0))
    page = window.findChild(ExportPage)
    assert isinstance(page, ExportPage)
    page.out = folder / "out"
    ended: list[object] = []
    page.exported.connect(ended.append)
    watch.over(f"exporting {len(project.article_ids()):,} articles", page.start, lambda: bool(ended))


def _after(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


def _make_files(folder: Path) -> None:
    """Practice articles over and over, each with a last line of its own."""
    folder.mkdir()
    texts = [p.read_text(encoding="utf-8") for p in sorted(paths.seeds().glob("*.txt"))]
    for n in range(FILES):
        text = f"{texts[n % len(texts)]}\n\nThis is number {n}."
        (folder / f"{n:04}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
