"""The Export page: format, what goes in, where to, what came of it, and freezing it as a release."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator import paths
from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.formats import Format
from annotator.export.masking import Masking
from annotator.export.registry import FORMATS
from annotator.jobs.progress import Job, Progress
from annotator.jobs.release_options import ReleaseOptions
from annotator.storage.project import Project
from annotator.ui.dialogs.export_choices import STACKED_FROM, Choices
from annotator.ui.dialogs.export_formats import FormatList
from annotator.ui.dialogs.export_result import LossView
from annotator.ui.dialogs.export_splits import SplitPanel
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.dialogs.releasing import Chosen, Released, ReleaseDialog, release_job
from annotator.ui.dialogs.working import Working
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import ElidedLabel, button, label

if TYPE_CHECKING:
    from annotator.jobs.releasing import ReleaseReport

FOLDER_SETTING = "export_folder"


@dataclass(frozen=True)
class Wish:
    """What is to be exported, and where to."""

    format: str
    out: Path
    options: Mapping[str, str]
    filters: Filters
    masking: Masking


class ExportPage(QWidget):
    """Works on `project` through jobs alone. `exported` and `released` carry their reports."""

    exported = Signal(object)  # ExportReport
    released = Signal(object)  # ReleaseReport

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
        self._written = self.out
        self.runner = JobRunner(self)
        look(self, "article")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._formats_side(), 6 if fonts.scale >= STACKED_FROM else 5)
        row.addWidget(look(QFrame(self), "vline"))
        row.addWidget(self._choices_side(annotators or _people(project)), 11)
        row.addWidget(look(QFrame(self), "vline"))
        row.addWidget(self._result_side(), 8)
        self.runner.progress.connect(self._working.show_progress)
        self.runner.finished.connect(self._finished)
        self.runner.failed.connect(self._show_failure)
        self.runner.cancelled.connect(self._show_stopped)
        self.choices.changed.connect(self._count)
        self.splits.changed.connect(self._count)
        self._format_chosen()

    @property
    def format(self) -> Format:
        """The format selected."""
        choice = self.formats.current()
        return choice.value if choice else next(iter(FORMATS.values()))

    def wish(self) -> Wish:
        """Everything chosen on the page, for an export."""
        options = self.choices.chosen_options()
        filters = self._filters(usual=("rejected",))
        return Wish(self.format.name, self.out, options, filters, self.choices.masking())

    def filters(self) -> Filters:
        """What a release of what is chosen is made of."""
        return self._filters(usual=())

    def _filters(self, *, usual: tuple[str, ...]) -> Filters:
        return replace(self.choices.filters(usual=usual), near_copies=self.splits.near_copies)

    def refresh(self) -> None:
        """Read the counts and the releases anew."""
        self.choices.show_counts(self._project.counts())
        self.came_out.show_releases(self._project.releases.all())
        self._freeze.setText(f"Freeze as release {self._project.releases.next_number()}…")
        self._freeze.setEnabled(not self._project.read_only)
        self._count()

    def ask_release(self) -> None:
        """Ask for the name of a release, then freeze it."""
        options, masking = self.choices.chosen_options(), self.choices.masking()
        chosen = Chosen(self.format.name, options, self.filters(), self.splits.splits, masking)
        number = self._project.releases.next_number()
        ask = ReleaseDialog(number, chosen, self.out, self._theme, self._fonts, self.window())
        ask.wanted.connect(self.freeze)
        ask.open()

    def freeze(self, options: ReleaseOptions, out: Path) -> None:
        """Make the release."""
        self._run("Freezing…", lambda: release_job(self._project, options, out), self._show_release)

    def start(self) -> None:
        """Export as chosen."""
        wish = self.wish()
        self._run("Writing…", lambda: export_job(self._project, wish), self._show_export)

    def _run(self, words: str, make_job: Callable[[], Job[Any]], then: Callable[[Any], None]) -> None:
        if self.runner.running:
            return
        self._say("")
        self.came_out.forget()
        self._set_running(running=True)
        self._working.begin(words)
        self._then = then
        self.runner.start(make_job)

    def shutdown(self) -> None:
        """Stop a running export and wait for it."""
        self.splits.shutdown()
        self.runner.shutdown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is counted for nobody."""
        self.splits.stop()
        super().hideEvent(event)

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

    def _count(self) -> None:
        if self.isVisible():
            self.splits.count(self.filters())

    def _finished(self, report: Any) -> None:
        self._set_running(running=False)
        self._open.show()
        self._then(report)

    def _show_release(self, report: "ReleaseReport") -> None:
        self._written = report.folder
        self.came_out.show_report(report)
        self.refresh()
        self.released.emit(report)

    def _show_export(self, report: Any) -> None:
        self._written = self.out
        self.loss.show_report(report)
        if not self._project.read_only:
            self._project.set_setting(FOLDER_SETTING, str(self.out))
        self.exported.emit(report)

    def _show_failure(self, error: Exception) -> None:
        self._set_running(running=False)
        known = isinstance(error, AnnotatorError)
        self._say(str(error) if known else f"It stopped. {OUR_MISTAKE}")

    def _show_stopped(self) -> None:
        self._set_running(running=False)
        self._say("Stopped. The folder is as it was.")

    def _set_running(self, *, running: bool) -> None:
        self._working.setVisible(running)
        self._go.setVisible(not running)
        for part in (self.formats, self.choices, self.splits, self._change):
            part.setEnabled(not running)
        self._freeze.setEnabled(not running and not self._project.read_only)

    def _say(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _ask_folder(self) -> None:
        start = next((p for p in (self.out, *self.out.parents) if p.is_dir()), Path.home())
        ask = FileDialog(self, "Folder to export to", start)
        ask.setFileMode(QFileDialog.FileMode.Directory)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.fileSelected.connect(self.set_folder)
        ask.open()

    def set_folder(self, folder: str) -> None:
        """Export to this folder from now on."""
        self.out = Path(folder)
        self._folder.setText(str(self.out))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _clicked(self, _index: QModelIndex) -> None:
        self._format_chosen()

    # parts

    def _formats_side(self) -> QWidget:
        side, panel = self._panel("Format", "article", 230)
        self.formats = FormatList(FORMATS.values(), self._theme, self._fonts, self)
        self.formats.selectionModel().currentChanged.connect(self._clicked)
        side.addWidget(self.formats, 1)
        return panel

    def _choices_side(self, annotators: Sequence[str]) -> QWidget:
        side, panel = self._panel("What goes in", "article", 420)
        self.choices = Choices(self._project, annotators, self._theme, self._fonts, self)
        self.choices.asked.refused.connect(lambda error: self._say(str(error)))
        side.addWidget(self.choices)
        self.splits = SplitPanel(self._project, self._fonts, self)
        side.addWidget(self.splits)
        side.addSpacing(self._fonts.px(6))
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
        side.addStretch(1)
        return panel

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
        self._freeze = button("Freeze as release…", self.ask_release, parent=self)
        side.addWidget(self._freeze)
        self.came_out = Released(self._fonts, self)
        side.addWidget(self.came_out)
        side.addStretch(1)
        return panel

    def _panel(self, heading: str, kind: str, width: int) -> tuple[QVBoxLayout, QWidget]:
        area = QScrollArea(self)
        look(area, kind)
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
                own,
                wish.format,
                wish.out,
                layer=wish.filters.layer,
                only=wish.filters.only,
                options=wish.options,
                filters=wish.filters,
                masking=wish.masking,
            )
        )


def _people(project: Project) -> list[str]:
    """Whoever works here, and whoever has worked in the project."""
    return sorted({project.annotator, *project.finding.annotators()}, key=str.casefold)
