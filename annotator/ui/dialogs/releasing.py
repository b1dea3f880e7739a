"""Freezing a release from the Export page: the dialog that asks its name, the job, what came of it."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.actors import slug
from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.splits import SplitOptions
from annotator.jobs.progress import Progress
from annotator.jobs.release_options import ReleaseOptions
from annotator.storage.project import Project, Release
from annotator.ui.dialogs.base import Dialog
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import Pill, label

if TYPE_CHECKING:
    from annotator.jobs.releasing import ReleaseReport

WHOLE = "jsonl"  # goes into every release, for it carries everything
_PEOPLE = {
    "keep": "Annotators are named",
    "pseudonyms": "Annotators have pseudonyms",
    "drop": "Nobody is named",
}
_LISTED = 6  # releases


@dataclass(frozen=True)
class Chosen:
    """What the page says of a release."""

    format: str
    options: Mapping[str, str]
    filters: Filters
    splits: SplitOptions
    masking: Masking


class ReleaseDialog(Dialog):
    """Asks for a name; all else was chosen on the page. `wanted` carries the options and the folder."""

    wanted = Signal(object, object)  # ReleaseOptions, Path

    def __init__(
        self,
        number: int,
        chosen: Chosen,
        beside: Path,
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Freeze as release {number}", theme, fonts, parent, width=480)
        self._chosen = chosen
        self._formats = tuple(dict.fromkeys((WHOLE, chosen.format)))
        self._beside = beside
        words = (
            "A release is numbered and never changes: files in splits, a dataset card, what was lost, "
            f"and checksums. Formats: {', '.join(self._formats)}. {_PEOPLE[chosen.masking.names]}, personal "
            f"notes are {'kept' if chosen.masking.notes else 'left out'}."
        )
        self.body.addWidget(label(words, "muted", wrap=True, parent=self))
        self.field = QLineEdit(f"Release {number}", self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText("A sentence for the card, if you like")
        grid = QGridLayout()
        grid.setHorizontalSpacing(fonts.px(16))
        grid.setColumnStretch(1, 1)
        for at, (name, widget) in enumerate((("Name", self.field), ("Note", self.note))):
            widget.setAccessibleName(name)
            grid.addWidget(label(name, parent=self), at, 0)
            grid.addWidget(widget, at, 1)
        self.body.addLayout(grid)
        self._where = label("", "small", wrap=True, parent=self)
        self.body.addWidget(self._where)
        self.add_button("Cancel", self.reject)
        self.add_button("Freeze", self.accept, "primary", default=True)
        self.field.textChanged.connect(self._show_folder)
        self.field.selectAll()
        self.field.setFocus()
        self._show_folder()

    @property
    def folder(self) -> Path:
        """Beside the folder of exports, under the release's name."""
        return self._beside.with_name(f"{self._beside.name}-{slug(self.field.text())}")

    def accept(self) -> None:
        """Emit what was asked for, unless the name will not do."""
        try:
            options = ReleaseOptions(
                " ".join(self.field.text().split()),
                self._formats,
                self._chosen.filters,
                self._chosen.splits,
                self._chosen.masking,
                {self._chosen.format: self._chosen.options} if self._chosen.options else {},
                note=self.note.text().strip() or None,
            )
        except AnnotatorError as error:
            self.say(error)
            return
        self.wanted.emit(options, self.folder)
        super().accept()

    def _show_folder(self) -> None:
        self._where.setText(f"Into {self.folder}")


class Released(QWidget):
    """What a release came to, and all releases there are, the newest first."""

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(fonts.px(6))
        self._pill = Pill("", "confirmed", self)
        self._words = label("", "small", wrap=True, parent=self)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._list = label("", "small", wrap=True, parent=self)
        side.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._words)
        side.addWidget(self._list)
        self.forget()

    def forget(self) -> None:
        """Say nothing of a release just made."""
        self._pill.hide()
        self._words.hide()

    def show_report(self, report: "ReleaseReport") -> None:
        """Number, folder, sizes."""
        known = "the same" if report.already else "frozen"
        self._pill.show_pill(f"✓ release {report.number} {known}", "confirmed")
        sizes = [f"{split} {counts['articles']:,}" for split, counts in report.splits.items()]
        self._words.setText(
            f"“{report.name}”, {report.files:,} files in {report.folder}. Articles: {', '.join(sizes)}. "
            "Read back and the same. No story stands in two splits. Checksums in SHA256SUMS."
        )
        self._pill.show()
        self._words.show()

    def show_releases(self, releases: list[Release]) -> None:
        """One line a release."""
        lines = [
            f"Release {r.number} · {r.name} · {(r.made_at or '')[:10]} · {r.articles:,} articles"
            for r in reversed(releases)
        ]
        more = len(lines) - _LISTED
        shown = [*lines[:_LISTED], *([f"and {more:,} earlier"] if more > 0 else [])]
        self._list.setText("\n".join(shown))
        self._list.setVisible(bool(lines))


def release_job(project: Project, options: ReleaseOptions, out: Path) -> Generator[Progress, None, Any]:
    """The job, over a connection of the thread it runs in."""
    from annotator.jobs.releasing import release_project

    with project.sibling() as own:
        return (yield from release_project(own, options, out))
