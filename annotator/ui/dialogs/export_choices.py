"""What goes into a dataset: chips for articles, whose work, filters, what of people goes out, and the
options of the format.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QHBoxLayout, QWidget

from annotator.domain.layer import State
from annotator.export.filters import Filters
from annotator.export.formats import Format
from annotator.export.masking import Masking
from annotator.storage.project import Project
from annotator.ui.dialogs.export_filters import FilterRow
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import Chip, ElidedLabel, FlowLayout, button, label

_ONLY = (("done", "Done"), ("decided", "Decided statements"), ("all", "All"))
STACKED_FROM = 1.5  # with larger fonts the chips stand below their name
_OPTION_WORDS = {"entities": "Entities", "roles": "Statement roles", "jsonl": "JSON lines"}
_ROW_WORDS = {"shape": "Mapping file"}
_REJECTED = (
    ("usual", "As usual"),
    ("kept", "Kept, marked"),
    ("out", "Left out"),
    ("more", "With non-answers"),
)
_REJECTED_NOTE = (
    "As usual: an export keeps rejected suggestions, marked as such; a release leaves them out. With "
    "non-answers: a release also lists, for each statement, who is not its speaker or target."
)
_NEGATIVES = {"kept": ("rejected",), "out": (), "more": ("rejected", "candidates")}
_PEOPLE = (("keep", "Their names"), ("pseudonyms", "Pseudonyms"), ("drop", "Left out"))
_NOTES = (("yes", "Kept"), ("no", "Left out"))


class ChipRow(QWidget):
    """Chips of which exactly one is on."""

    changed = Signal()

    def __init__(
        self, name: str, choices: Iterable[tuple[str | None, str]], fonts: Fonts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.chips: dict[str | None, Chip] = {}
        flow = FlowLayout(self, spacing=fonts.px(6))
        for value, words in choices:
            chip = self.chips[value] = Chip(words, checked=not self.chips, parent=self)
            chip.setAccessibleDescription(name)
            self._group.addButton(chip)
            flow.addWidget(chip)
        self._group.buttonClicked.connect(self.changed)

    @property
    def value(self) -> str | None:
        """The value of the chip that is on."""
        return next((v for v, c in self.chips.items() if c.isChecked()), None)

    def choose(self, value: str | None) -> None:
        """Switch the chip of a value on; an unknown value changes nothing."""
        if value in self.chips:
            self.chips[value].setChecked(True)


class FileRow(QWidget):
    """A file that a format needs, and a button to choose it."""

    changed = Signal()

    def __init__(self, name: str, note: str, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.value: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(8))
        self._shown = ElidedLabel("None chosen yet", Qt.TextElideMode.ElideMiddle, self)
        row.addWidget(self._shown, 1)
        row.addWidget(button("Choose…", self._ask, name=f"Choose the {name.lower()}", parent=self))
        self._shown.setToolTip(note)

    def choose(self, file: str) -> None:
        """Take this file."""
        self.value = file
        self._shown.setText(file)
        self.changed.emit()

    def _ask(self) -> None:
        start = str(Path(self.value).parent) if self.value else str(Path.home())
        ask = FileDialog(self, self.accessibleName(), start, "Mapping files (*.toml *.json);;All files (*)")
        ask.setFileMode(QFileDialog.FileMode.ExistingFile)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.fileSelected.connect(self.choose)
        ask.open()


class Choices(QWidget):
    """The rows Articles, Whose work, Only, Rejected, Annotators, Notes, and one for each option of the
    format.
    """

    changed = Signal()

    def __init__(
        self, project: Project, annotators: Sequence[str], theme: Theme, fonts: Fonts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(fonts.px(16))
        self._grid.setVerticalSpacing(fonts.px(9))
        self._stacked = fonts.scale >= STACKED_FROM
        self._grid.setColumnStretch(1, 1)
        if not self._stacked:
            self._grid.setColumnMinimumWidth(0, fonts.px(110))
        self.only = self._chips("Articles", _ONLY)
        self.only.choose("all")
        people: list[tuple[str | None, str]] = [(None, "Whoever worked on it"), *((a, a) for a in annotators)]
        people += [("machine", "Machine"), ("gold", "Gold"), ("all", "Each layer a line")]
        self.layer = self._chips("Whose work", people)
        self.asked = FilterRow(project, theme, fonts, self)
        self._place("Only", self.asked)
        self.rejected = self._chips("Rejected", _REJECTED)
        self.rejected.setToolTip(_REJECTED_NOTE)
        self.people = self._chips("Annotators", _PEOPLE)
        self.notes = self._chips("Personal notes", _NOTES)
        self.options: dict[str, ChipRow | FileRow] = {}
        self._labels: list[QWidget] = []

    def show_format(self, format: Format) -> None:
        """Offer the options of a format."""
        for made in (*self.options.values(), *self._labels):
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.options, self._labels = {}, []
        for option in format.options:
            name = _ROW_WORDS.get(option.name, option.name.capitalize())
            row: ChipRow | FileRow
            if option.choices:
                words = [(c, _OPTION_WORDS.get(c, c.replace("_", " ").capitalize())) for c in option.choices]
                row = self._chips(name, words)
                row.setToolTip(option.note)
            else:
                row = FileRow(name, option.note, self._fonts, self)
                self._place(name, row)
            self.options[option.name] = row
            self._labels.append(self._last_label)

    def show_counts(self, counts: Mapping[State, int]) -> None:
        """Put the numbers of articles on the chips."""
        self.only.chips["done"].set_count(counts.get(State.DONE, 0))
        self.only.chips["all"].set_count(sum(counts.values()))

    def chosen_options(self) -> dict[str, str]:
        """Option names and their values."""
        return {name: row.value for name, row in self.options.items() if row.value is not None}

    def filters(self, *, usual: tuple[str, ...]) -> Filters:
        """All filters; `usual` is what becomes of rejected suggestions unless it is said."""
        negatives = _NEGATIVES.get(self.rejected.value or "", usual)
        base = Filters(layer=self.layer.value, only=self.only.value or "all")
        return replace(self.asked.filters(base), negatives=negatives)

    def masking(self) -> Masking:
        """What of people goes out."""
        return Masking(self.people.value or "keep", notes=self.notes.value != "no")

    def _chips(self, name: str, choices: Iterable[tuple[str | None, str]]) -> ChipRow:
        row = ChipRow(name, choices, self._fonts, self)
        self._place(name, row)
        return row

    def _place(self, name: str, row: "ChipRow | FileRow | FilterRow") -> None:
        at = self._grid.rowCount()
        self._last_label = label(name, parent=self)
        self._grid.addWidget(self._last_label, at, 0)
        row.changed.connect(self.changed)
        self._grid.addWidget(row, *((at + 1, 0, 1, 2) if self._stacked else (at, 1, 1, 1)))
