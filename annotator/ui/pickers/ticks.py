"""A list of which any number can be ticked, looked over before it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.keycap import KeyHint
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import FlowLayout, label

TICK = "✓"
MOST_ROWS = 12


@dataclass(frozen=True)
class Tick(Choice):
    """A choice whose key cap is a box to tick; `marked` = ticked."""

    @property
    def spoken(self) -> str:
        """The words and whether they are ticked."""
        parts = [self.label, self.detail, "ticked" if self.marked else "not ticked"]
        return ", ".join(p for p in parts if p)

    def ticked(self, *, on: bool) -> "Tick":
        """The same with its box filled or empty."""
        return replace(self, marked=on, key=TICK if on else " ")


class TickPicker(Overlay):
    """Space ticks, A ticks all or none, Enter takes what is ticked, in the order of the list."""

    taken = Signal(list)  # values

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        theme: Theme,
        fonts: Fonts,
        *,
        parent: QWidget,
        take: str = "take what is ticked",
    ) -> None:
        """`marked` choices are ticked from the start; `take` says what Enter does."""
        super().__init__(theme, fonts, parent, width=620)
        self._ticks = [Tick(c.value, c.label, c.detail).ticked(on=c.marked) for c in choices]
        self.setAccessibleName(title)
        self.body.addWidget(label(title, "heading", parent=self.card))
        rows, detail = max(2, min(len(choices), MOST_ROWS)), any(c.detail for c in choices)
        self.list = ChoiceList(title, theme, fonts, self.card, detail=detail, keys=True, wish=rows)
        self.list.clicked.connect(self._click)
        self.body.addWidget(self.list, 1)
        self._hints(take)
        self.list.put(self._ticks)

    @property
    def ticked(self) -> list[object]:
        """Values of the rows that are ticked."""
        return [t.value for t in self._ticks if t.marked]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows or J move, Space and A tick, Enter takes."""
        key, row = event.key(), self.list.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish(self.taken, self.ticked)
        elif key == Qt.Key.Key_Space:
            self._tick([row], on=not self._ticks[row].marked)
        elif key == Qt.Key.Key_A:
            self._tick(range(len(self._ticks)), on=not all(t.marked for t in self._ticks))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.list.step(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.list.step(-1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.list.step(self.list.page() * (1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        self._tick([index.row()], on=not self._ticks[index.row()].marked)

    def _tick(self, rows: Sequence[int], *, on: bool) -> None:
        for row in rows:
            self._ticks[row] = self._ticks[row].ticked(on=on)
        self.list.put(self._ticks, self.list.currentIndex().row())

    def _hints(self, take: str) -> None:
        row = QWidget(self.card)
        flow = FlowLayout(row, spacing=self._fonts.px(12))
        keys = ("Space", "tick or untick"), ("A", "all or none"), ("Return", take), ("Esc", "leave all")
        for shortcut, text in keys:
            flow.addWidget(KeyHint(shortcut, text, row))
        self.body.addWidget(row)
