"""The starter project worked through where there is no display: suggestions, exports and a picture
of the real window.
"""

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.jobs.progress import run
from annotator.jobs.starter import offscreen_tour
from annotator.storage.project import Project

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

log = logging.getLogger(__name__)

SIZE = (1440, 900)
WELL_FILLED = 6  # statements from which an article makes a good picture


def tour(exports: Path, annotator: str) -> None:
    """Do the job, printing one line for each file. Raises AnnotatorError when it cannot be done."""
    exports.mkdir(parents=True, exist_ok=True)
    project = exports / "starter.annot"
    report = run(offscreen_tour(project, exports, annotator))
    print("There is no display, so the starter project is worked through without a window.")
    print(f"Project      {project} ({report.starter.articles} articles)")
    print(f"Suggestions  {report.suggested} articles suggested now")
    for export in report.exports:
        for file in export.files:
            print(f"Export       {file}")
    print(f"Screenshot   {picture(project, exports / 'starter.png')}", flush=True)


def picture(project: Path, to: Path) -> Path:
    """A picture of the window with one statement focused."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtGui import QCursor
    from PySide6.QtWidgets import QApplication

    from annotator.ui import theme as looks
    from annotator.ui.comfort import Comfort
    from annotator.ui.main_window import MainWindow

    qInstallMessageHandler(_quietly)
    app = QApplication.instance() or QApplication(["annotator"])
    assert isinstance(app, QApplication)  # noqa: S101
    comfort = Comfort()
    looks.apply(app, comfort.colours, comfort.fonts())
    with Project.open(project) as opened:
        window = MainWindow(opened, comfort)
        window.resize(*SIZE)
        QCursor.setPos(*SIZE)  # over nothing that would light up
        window.show()
        _focus_something(window)
        app.processEvents()
        half = to.with_suffix(".part.png")
        window.grab().save(str(half))
        half.replace(to)
        window.hide()
        window.deleteLater()
        app.processEvents()
    return to


def _quietly(kind: object, context: object, words: str) -> None:
    del kind, context
    if "propagateSizeHints" not in words:  # said by the offscreen platform whenever a window is shown
        log.warning("Qt: %s", words)


def _focus_something(window: "MainWindow") -> None:
    rows = list(filter(None, map(window.list.rows.row, range(len(window.list.rows)))))
    well_filled = next((r for r in rows if r.total >= WELL_FILLED), rows[0] if rows else None)
    if well_filled is None:
        return
    window.open_article(well_filled.id)
    window.session.step_focus(min(3, well_filled.total - 1))
