"""What goes into an export: chips for articles, whose work, and the options of the format."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from annotator.domain.layer import State
from annotator.export.formats import Format
from annotator.ui.theme import Fonts
from annotator.ui.widgets import Chip, FlowLayout, label

_ONLY = (("done", "Done"), ("decided", "Decided statements"), ("all", "All"))
STACKED_FROM = 1.5  # with larger fonts the chips stand below their name
_OPTION_WORDS = {"entities": "Entities", "roles": "Statement roles"}


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


class Choices(QWidget):
    """The rows Articles, Whose work, and one for each option of the format."""

    changed = Signal()

    def __init__(self, annotators: Sequence[str], fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(fonts.px(16))
        self._grid.setVerticalSpacing(fonts.px(9))
        self._stacked = fonts.scale >= STACKED_FROM
        self._grid.setColumnStretch(1, 1)
        self.only = self._row("Articles", _ONLY)
        self.only.choose("all")
        people: list[tuple[str | None, str]] = [(None, "Whoever worked on it"), *((a, a) for a in annotators)]
        people += [("machine", "Machine"), ("gold", "Gold"), ("all", "Each layer a line")]
        self.layer = self._row("Whose work", people)
        self.options: dict[str, ChipRow] = {}
        self._labels: list[QWidget] = []

    def show_format(self, format: Format) -> None:
        """Offer the options of a format."""
        for made in (*self.options.values(), *self._labels):
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.options, self._labels = {}, []
        for option in format.options:
            if not option.choices:
                continue
            words = [(c, _OPTION_WORDS.get(c, c.replace("_", " ").capitalize())) for c in option.choices]
            self.options[option.name] = self._row(option.name.capitalize(), words)
            self.options[option.name].setToolTip(option.note)
            self._labels.append(self._last_label)

    def show_counts(self, counts: Mapping[State, int]) -> None:
        """Put the numbers of articles on the chips."""
        self.only.chips["done"].set_count(counts.get(State.DONE, 0))
        self.only.chips["all"].set_count(sum(counts.values()))

    def chosen_options(self) -> dict[str, str]:
        """Option names and their values."""
        return {name: row.value for name, row in self.options.items() if row.value is not None}

    def _row(self, name: str, choices: Iterable[tuple[str | None, str]]) -> ChipRow:
        at = self._grid.rowCount()
        self._last_label = label(name, parent=self)
        self._grid.addWidget(self._last_label, at, 0)
        if not self._stacked:
            self._grid.setColumnMinimumWidth(0, self._fonts.px(110))
        row = ChipRow(name, choices, self._fonts, self)
        row.changed.connect(self.changed)
        place = (at + 1, 0, 1, 2) if self._stacked else (at, 1, 1, 1)
        self._grid.addWidget(row, *place)
        return row
