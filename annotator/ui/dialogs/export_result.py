"""What an export's format cannot carry: the note before, the counted losses after."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.export.formats import Format
from annotator.ui.dialogs.export_choices import STACKED_FROM
from annotator.ui.theme import Fonts, look
from annotator.ui.widgets import Pill, label, line

if TYPE_CHECKING:
    from annotator.export.loss import Tally
    from annotator.jobs.exporting import ExportReport


class LossView(QWidget):
    """A list of losses with counts and an example each, and the badge of the re-reading."""

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._page: QWidget | None = None

    def show_format(self, format: Format) -> None:
        """Before an export: what the format says of itself."""
        side = self._new_page()
        if format.lossless:
            side.addWidget(Pill("carries everything", "confirmed", self), 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(label(format.note, "muted", wrap=True, parent=self))
        if not format.lossless:
            words = "What it could not carry is counted here after the export."
            side.addWidget(label(words, "small", wrap=True, parent=self))

    def show_report(self, report: "ExportReport") -> None:
        """After it: every loss, and that the files were read back."""
        side = self._new_page()
        for what, tally in _most_first(report.loss.lost):
            self._add_row(side, what, tally)
        if not report.loss.lost:
            side.addWidget(label("Nothing was lost.", parent=self))
        if report.loss.left_out:
            side.addSpacing(self._fonts.px(8))
            side.addWidget(label("Left out as chosen", "strong", parent=self))
            for what, tally in _most_first(report.loss.left_out):
                self._add_row(side, what, tally)
        side.addSpacing(self._fonts.px(8))
        words = f"✓ read back, {report.records:,} of {report.records:,} the same"
        if self._fonts.scale < STACKED_FROM:
            side.addWidget(Pill(words, "confirmed", self), 0, Qt.AlignmentFlag.AlignLeft)
        else:  # a pill does not wrap
            side.addWidget(label(words, "strong", wrap=True, parent=self))
        held = f"{report.statements:,} statements, {report.mentions:,} mentions"
        side.addWidget(label(held, "small", wrap=True, parent=self))
        folder = report.loss_file.parent
        names = ", ".join(f.name for f in report.files)
        written = label(f"Written to {folder}: {names}. SHA-256 in LOSS.md.", "small", wrap=True, parent=self)
        written.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side.addWidget(written)

    def _add_row(self, side: QVBoxLayout, what: str, tally: "Tally") -> None:
        side.addWidget(line(self))
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(self._fonts.px(1))
        words.addWidget(label(_sentence(what), wrap=True, parent=self))
        if tally.examples:
            words.addWidget(label(tally.examples[0], "small", wrap=True, parent=self))
        row.addLayout(words, 1)
        count = label(f"{tally.count:,}", "strong", parent=self)
        count.setAccessibleName(f"{tally.count:,} {what}")
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        side.addLayout(row)

    def _new_page(self) -> QVBoxLayout:
        if self._page is not None:
            self._outer.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = QWidget(self)
        look(self._page, "")
        side = QVBoxLayout(self._page)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(self._fonts.px(6))
        self._outer.addWidget(self._page)
        self._page.show()
        return side


def _most_first(tallies: "dict[str, Tally]") -> "list[tuple[str, Tally]]":
    return sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
