"""Import: choose files and folders, watch, and read what came of it."""

from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.ingest import SUFFIXES, Columns
from annotator.jobs.progress import Job, Progress
from annotator.storage.project import Project
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.columns import ColumnsForm, columns_of
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.dialogs.working import Working
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import button, label

if TYPE_CHECKING:
    from annotator.jobs.importing import ImportReport

_NOTES = 3  # on the line below the figures
MakeJob = Callable[[Sequence[Path], Columns | None], Job[Any]]


def dropped(data: QMimeData) -> list[Path]:
    """Files and folders that are dragged here from elsewhere."""
    return [Path(u.toLocalFile()) for u in data.urls() if u.isLocalFile()]


def import_job(project: Project) -> MakeJob:
    """The job of importing into `project`, over a connection of the thread it runs in."""

    def job(paths: Sequence[Path], columns: Columns | None) -> Generator[Progress, None, Any]:
        from annotator.jobs.importing import import_paths

        with project.sibling() as own:
            return (yield from import_paths(own, paths, columns=columns))

    return job


class ImportDialog(Dialog):
    """`imported` carries the report; `stopped` says that a part may have been imported."""

    imported = Signal(object)  # ImportReport
    stopped = Signal()

    def __init__(
        self,
        make_job: MakeJob,
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        paths: Iterable[Path] = (),
        start_folder: Path | None = None,
    ) -> None:
        super().__init__("Import articles", theme, fonts, parent, width=620, height=480)
        self._make_job, self._folder = make_job, start_folder or Path.home()
        self._paths: list[Path] = []
        self.report: ImportReport | None = None
        self.runner = JobRunner(self)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget(self)
        self.body.addWidget(self._stack, 1)
        self._stack.addWidget(self._choosing())
        self._stack.addWidget(self._running())
        self._stack.addWidget(self._reporting())
        self._close = self.add_button("Cancel", self.reject)
        self._go = self.add_button("Import", self.start, "primary", default=True)
        self.runner.progress.connect(self._working.show_progress)
        self.runner.finished.connect(self._show_report)
        self.runner.failed.connect(self._show_failure)
        self.runner.cancelled.connect(self._show_stopped)
        self.add_paths(paths)

    # choosing

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Put files and folders on the list, each once."""
        self._paths += [p for p in dict.fromkeys(paths) if p not in self._paths]
        self._show_paths()

    def remove_selected(self) -> None:
        """Take the selected rows off the list."""
        rows = {i.row() for i in self.list.selectionModel().selectedIndexes()}
        self._paths = [p for row, p in enumerate(self._paths) if row not in rows]
        self._show_paths()

    def start(self) -> None:
        """Import what is on the list."""
        paths, columns = tuple(self._paths), self.columns.columns()
        self.say("")
        self._stack.setCurrentIndex(1)
        self._go.hide()
        self._close.hide()
        self._working.begin("Reading…")
        self._working.cancel_button.setFocus()
        self.runner.start(lambda: self._make_job(paths, columns))

    def _show_paths(self) -> None:
        self.list.put([Choice(p, _shown(p), _kind(p)) for p in self._paths], -1)
        self._empty.setVisible(not self._paths)
        self.list.setVisible(bool(self._paths))
        self._remove.setEnabled(bool(self._paths))
        self._go.setEnabled(bool(self._paths))
        self.columns.show_table(next((p for p in self._paths if p.is_file() and columns_of(p)), None))

    def _choosing(self) -> QWidget:
        page = QWidget(self)
        side = QVBoxLayout(page)
        side.setContentsMargins(0, 0, 0, 0)
        self._empty = label(
            "Drop files or folders here, or add them below.\n\n"
            "Text, Markdown, HTML, Word, PDF, RTF, e-mail, EPUB, tables (CSV, TSV) and JSONL.",
            "muted",
            wrap=True,
            parent=self,
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side.addWidget(self._empty, 1)
        self.list = ChoiceList("Files and folders", self.theme, self.fonts, self, keys=False, wish=4)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        look(self.list, "boxed")
        side.addWidget(self.list, 1)
        self.columns = ColumnsForm(self.fonts, self)
        side.addWidget(self.columns)
        row = QHBoxLayout()
        row.addWidget(button("Add files…", self._ask_files, parent=self))
        row.addWidget(button("Add a folder…", self._ask_folder, parent=self))
        self._remove = button("Remove", self.remove_selected, name="Remove the selected", parent=self)
        row.addWidget(self._remove)
        row.addStretch(1)
        side.addLayout(row)
        return page

    def _ask_files(self) -> None:
        ask = FileDialog(self, "Files to import", self._folder)
        ask.setFileMode(QFileDialog.FileMode.ExistingFiles)
        known = " ".join(f"*{s}" for s in sorted(SUFFIXES))
        ask.setNameFilters([f"Articles and tables ({known})", "All files (*)"])
        self._open(ask)

    def _ask_folder(self) -> None:
        ask = FileDialog(self, "Folder to import", self._folder)
        ask.setFileMode(QFileDialog.FileMode.Directory)
        self._open(ask)

    def _open(self, ask: QFileDialog) -> None:
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.filesSelected.connect(self._chosen)
        ask.open()

    def _chosen(self, names: list[str]) -> None:
        self.add_paths(Path(n) for n in names)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders, while choosing."""
        if self._stack.currentIndex() == 0 and dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them on the list."""
        self.add_paths(dropped(event.mimeData()))
        event.acceptProposedAction()

    # running

    def _running(self) -> QWidget:
        page = QWidget(self)
        side = QVBoxLayout(page)
        side.setContentsMargins(0, 0, 0, 0)
        side.addStretch(1)
        self._working = Working(self.fonts, self)
        self._working.cancel_asked.connect(self.runner.cancel)
        side.addWidget(self._working)
        side.addStretch(2)
        return page

    def reject(self) -> None:
        """Esc and the close button stop a running import first."""
        if self.runner.running:
            self.runner.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never leave a thread behind."""
        self.runner.shutdown()
        super().closeEvent(event)

    # what came of it

    def _reporting(self) -> QWidget:
        page = QWidget(self)
        side = QVBoxLayout(page)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(self.fonts.px(10))
        figures = QHBoxLayout()
        self._figures = {}
        for key, words in (("added", "added"), ("already", "there already"), ("refused", "refused")):
            box = QVBoxLayout()
            self._figures[key] = label("0", "figure", parent=self)
            box.addWidget(self._figures[key])
            box.addWidget(label(words, "muted", parent=self))
            figures.addLayout(box, 1)
        side.addLayout(figures)
        self._notes = label("", "muted", wrap=True, parent=self)
        side.addWidget(self._notes)
        self.refusals = QPlainTextEdit(self)
        self.refusals.setReadOnly(True)
        self.refusals.setAccessibleName("Refused files and why")
        side.addWidget(self.refusals, 1)
        self._copy = button("Copy the list", self._copy_refusals, parent=self)
        side.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(0)
        return page

    def _copy_refusals(self) -> None:
        QGuiApplication.clipboard().setText(self.refusals.toPlainText())

    def _show_report(self, report: "ImportReport") -> None:
        self.report = report
        refused = [str(r) for r in report.refused]
        self._figures["added"].setText(f"{report.added:,}")
        self._figures["already"].setText(f"{report.already:,}")
        self._figures["refused"].setText(f"{len(refused):,}")
        notes = [f"{report.layers:,} layers of earlier work were taken over."] if report.layers else []
        notes += [f"{note}." for note in report.notes[:_NOTES]]
        if len(report.notes) > _NOTES:
            notes.append(f"And {len(report.notes) - _NOTES:,} more files were converted.")
        self._notes.setText(" ".join(notes))
        self._notes.setVisible(bool(notes))
        self.refusals.setPlainText("\n".join(refused))
        self.refusals.setVisible(bool(refused))
        self._copy.setVisible(bool(refused))
        self._end(2)
        self.imported.emit(report)

    def _show_failure(self, error: Exception) -> None:
        known = isinstance(error, AnnotatorError)
        self.say(error if known else f"The import stopped. {OUR_MISTAKE}")  # type: ignore[arg-type]
        self._end(0)
        self.stopped.emit()

    def _show_stopped(self) -> None:
        self.say("Stopped. What was imported until then stays; importing again adds only what is missing.")
        self._end(0)
        self.stopped.emit()

    def _end(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._go.setVisible(page == 0)
        self._close.setText("Close")
        self._close.setAccessibleName("Close")
        self._close.show()
        self._close.setDefault(page == 2)
        self._close.setFocus()


def _shown(path: Path) -> str:
    return path.name or str(path)


def _kind(path: Path) -> str:
    return f"folder in {path.parent}" if path.is_dir() else str(path.parent)
