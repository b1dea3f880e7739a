"""The Export page: format, what goes in, where to, and what came of it."""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator import paths
from annotator.domain.layer import State
from annotator.errors import AnnotatorError
from annotator.export.formats import Format
from annotator.export.registry import FORMATS
from annotator.jobs.progress import Progress
from annotator.storage.project import Project
from annotator.ui.dialogs.export_choices import STACKED_FROM, Choices
from annotator.ui.dialogs.export_result import LossView
from annotator.ui.dialogs.working import Working
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import ElidedLabel, button, label, line

FOLDER_SETTING = "export_folder"
_STATES = ((State.DONE, "done"), (State.DOING, "doing"), (State.FLAGGED, "flagged"), (State.TODO, "to do"))


@dataclass(frozen=True)
class Wish:
    """What is to be exported, and where to."""

    format: str
    out: Path
    layer: str | None
    only: str
    options: Mapping[str, str]


class ExportPage(QWidget):
    """Works on `project` through the export job alone. `exported` carries its report."""

    exported = Signal(object)  # ExportReport

    def __init__(
        self,
        project: Project,
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        annotators: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._project, self._theme, self._fonts = project, theme, fonts
        kept = None if project.read_only else project.setting(FOLDER_SETTING)
        self.out = Path(kept) if kept else paths.exports() / project.path.stem
        self.runner = JobRunner(self)
        look(self, "article")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._formats_side(), 6 if fonts.scale >= STACKED_FROM else 5)
        row.addWidget(look(QFrame(self), "vline"))
        row.addWidget(self._choices_side(annotators or (project.annotator,)), 11)
        row.addWidget(look(QFrame(self), "vline"))
        row.addWidget(self._result_side(), 8)
        self.runner.progress.connect(self._working.show_progress)
        self.runner.finished.connect(self._show_report)
        self.runner.failed.connect(self._show_failure)
        self.runner.cancelled.connect(self._show_stopped)
        self._format_chosen()

    @property
    def format(self) -> Format:
        """The format selected."""
        choice = self.formats.current()
        return choice.value if choice else next(iter(FORMATS.values()))

    def wish(self) -> Wish:
        """Everything chosen on the page."""
        options = self.choices.chosen_options()
        only = self.choices.only.value or "all"
        return Wish(self.format.name, self.out, self.choices.layer.value, only, options)

    def refresh(self) -> None:
        """Read the counts anew."""
        rows = self._project.rows()
        self.choices.show_counts(self._project.counts())
        for state, (articles, statements, decided) in self._cells.items():
            own = [r for r in rows if r.state is state]
            articles.setText(f"{len(own):,}")
            statements.setText(f"{sum(r.total for r in own):,}")
            decided.setText(f"{sum(r.decided for r in own):,}")

    def start(self) -> None:
        """Export as chosen."""
        if self.runner.running:
            return
        wish = self.wish()
        self._say("")
        self._set_running(running=True)
        self._working.begin("Writing…")
        self.runner.start(lambda: export_job(self._project, wish))

    def shutdown(self) -> None:
        """Stop a running export and wait for it."""
        self.runner.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """The counts are read whenever the page appears."""
        self.refresh()
        super().showEvent(event)

    # what happens

    def _format_chosen(self) -> None:
        self.choices.show_format(self.format)
        self.loss.show_format(self.format)
        self._open.hide()
        self._say("")

    def _show_report(self, report: Any) -> None:
        self._set_running(running=False)
        self.loss.show_report(report)
        self._open.show()
        if not self._project.read_only:
            self._project.set_setting(FOLDER_SETTING, str(self.out))
        self.exported.emit(report)

    def _show_failure(self, error: Exception) -> None:
        self._set_running(running=False)
        known = isinstance(error, AnnotatorError)
        self._say(str(error) if known else f"The export stopped. {OUR_MISTAKE}")

    def _show_stopped(self) -> None:
        self._set_running(running=False)
        self._say("Stopped. The folder is as it was.")

    def _set_running(self, *, running: bool) -> None:
        self._working.setVisible(running)
        self._go.setVisible(not running)
        for part in (self.formats, self.choices, self._change):
            part.setEnabled(not running)

    def _say(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _ask_folder(self) -> None:
        start = next((p for p in (self.out, *self.out.parents) if p.is_dir()), Path.home())
        ask = QFileDialog(self, "Folder to export to", str(start))
        ask.setFileMode(QFileDialog.FileMode.Directory)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.fileSelected.connect(self.set_folder)
        ask.open()

    def set_folder(self, folder: str) -> None:
        """Export to this folder from now on."""
        self.out = Path(folder)
        self._folder.setText(str(self.out))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.out)))

    def _clicked(self, _index: QModelIndex) -> None:
        self._format_chosen()

    # parts

    def _formats_side(self) -> QWidget:
        side, panel = self._panel("Format", "article", 230)
        self.formats = ChoiceList(
            "Format", self._theme, self._fonts, self, keys=False, bold=False, wish=len(FORMATS)
        )
        self.formats.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.formats.put([Choice(f, f.title, _short(f)) for f in FORMATS.values()])
        self.formats.selectionModel().currentChanged.connect(self._clicked)
        side.addWidget(self.formats, 1)
        return panel

    def _choices_side(self, annotators: Sequence[str]) -> QWidget:
        side, panel = self._panel("What goes in", "article", 420)
        self.choices = Choices(annotators, self._fonts, self)
        side.addWidget(self.choices)
        row = QHBoxLayout()
        row.setSpacing(self._fonts.px(16))
        words = label("Folder", parent=self)
        words.setMinimumWidth(0 if self._fonts.scale >= STACKED_FROM else self._fonts.px(110))
        row.addWidget(words)
        self._folder = ElidedLabel(str(self.out), Qt.TextElideMode.ElideMiddle, self)
        row.addWidget(self._folder, 1)
        self._change = button("Change…", self._ask_folder, name="Change the folder", parent=self)
        row.addWidget(self._change)
        side.addLayout(row)
        side.addSpacing(self._fonts.px(6))
        side.addLayout(self._table())
        side.addStretch(1)
        return panel

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self._fonts.px(7))
        right = Qt.AlignmentFlag.AlignRight
        for column, words in enumerate(("articles", "statements", "decided"), 1):
            grid.addWidget(label(words, "muted", parent=self), 0, column, right)
        self._cells = {}
        for row, (state, words) in enumerate(_STATES, 1):
            grid.addWidget(line(self), 2 * row - 1, 0, 1, 4)
            grid.addWidget(label(words, parent=self), 2 * row, 0)
            cells = [label("", parent=self) for _ in range(3)]
            for column, cell in enumerate(cells, 1):
                grid.addWidget(cell, 2 * row, column, right)
            self._cells[state] = cells
        for column in range(4):
            grid.setColumnStretch(column, 1)
        return grid

    def _result_side(self) -> QWidget:
        side, panel = self._panel("What this format cannot carry", "panel", 330)
        self.loss = LossView(self._fonts, self)
        side.addWidget(self.loss)
        self._error = label("", "error", wrap=True, parent=self)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side.addWidget(self._error)
        self._working = Working(self._fonts, self)
        self._working.cancel_asked.connect(self.runner.cancel)
        self._working.hide()
        side.addWidget(self._working)
        row = QHBoxLayout()
        row.setSpacing(self._fonts.px(8))
        self._go = button("Export", self.start, "primary", parent=self)
        self._open = button("Open folder", self._open_folder, parent=self)
        row.addWidget(self._go, 1)
        row.addWidget(self._open, 1)
        side.addLayout(row)
        side.addStretch(1)
        return panel

    def _panel(self, heading: str, kind: str, width: int) -> tuple[QVBoxLayout, QWidget]:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(min(self._fonts.px(width * 3 // 4), width))
        inner = QWidget(area)
        look(inner, kind)
        side = QVBoxLayout(inner)
        pad = 20
        side.setContentsMargins(pad, pad, pad, pad)
        side.setSpacing(self._fonts.px(9))
        side.addWidget(label(heading, "heading", wrap=True, parent=inner))
        area.setWidget(inner)
        return side, area


def export_job(project: Project, wish: Wish) -> Generator[Progress, None, Any]:
    """The job, over a connection of the thread it runs in."""
    from annotator.jobs.exporting import export_project

    with project.sibling() as own:
        return (
            yield from export_project(
                own, wish.format, wish.out, layer=wish.layer, only=wish.only, options=wish.options
            )
        )


def _short(format: Format) -> str:
    """The first clause of its note, without Markdown's marks."""
    return re.split(r"[:;.]\s", f"{format.note} ")[0].strip().replace("`", "")
