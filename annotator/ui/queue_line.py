"""The line below the order of the list: that one works through a sample, that near-copies are hidden."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotator.domain.layer import State
from annotator.storage.queues import Queue
from annotator.ui.theme import Fonts, look
from annotator.ui.widgets import ShortLabel


def queue_words(queue: Queue, counts: Mapping[State, int], hidden: int) -> str:
    """`12 of 40 of the sample done · 3 near-copies hidden`; nothing when nothing is left out."""
    parts = []
    if queue.sample:
        parts.append(f"{counts.get(State.DONE, 0):,} of {sum(counts.values()):,} of the sample done")
    if hidden:
        parts.append(f"{hidden:,} near-cop{'y' if hidden == 1 else 'ies'} hidden")
    return " · ".join(parts)


class QueueLine(QWidget):
    """To be seen only while something is left out."""

    left = Signal()

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(6))
        self._words = ShortLabel(parent=self)
        look(self._words, "small")
        row.addWidget(self._words, 1)
        leave = QToolButton(self)
        leave.setText("✕")
        leave.setToolTip("Show all articles")
        leave.setAccessibleName("Show all articles")
        leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        leave.clicked.connect(self.left)
        row.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_queue(self, queue: Queue, counts: Mapping[State, int], hidden: int) -> None:
        """Say what the list holds."""
        self._words.setText(queue_words(queue, counts, hidden))
        self.setVisible(bool(self.words))

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()
