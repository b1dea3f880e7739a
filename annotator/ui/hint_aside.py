"""Beside the text in hint mode: letters for actors that are not in view, or whom the words of the
speaker may stand for.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.ui.hints import Hint
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import label

LEFT_OPEN = 110  # pixels at scale 1 above it, where the card says what is asked


class HintAside(QFrame):
    """Lies over the lower end of `parent` while there is something to show; takes no keys."""

    picked = Signal(object)  # Hint

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self._fonts, self._hints = parent, fonts, list[Hint]()
        look(self, "popup")
        box = QVBoxLayout(self)
        pad = fonts.px(8)
        box.setContentsMargins(pad, pad, pad, pad)
        box.setSpacing(fonts.px(4))
        self._title = label("", "small", parent=self)
        box.addWidget(self._title)
        self.list = ChoiceList("Further actors", theme, fonts, self, detail=False, keys=True, wish=1)
        self.list.clicked.connect(self._click)
        box.addWidget(self.list, 1)
        parent.installEventFilter(self)
        self.hide()

    def put(self, hints: Sequence[Hint], title: str, describe: Callable[[Hint], Choice]) -> None:
        """Show these letters, or nothing."""
        self._hints = list(hints)
        self._title.setText(title)
        self.setAccessibleName(title)
        self.list.put([describe(h) for h in hints], -1)
        self.setVisible(bool(hints))
        if hints:
            self._place()
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if event.type() == QEvent.Type.Resize and self._hints:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self._over
        row = self.list.sizeHintForRow(0)
        pad = self._fonts.px(8)
        wish = row * len(self._hints) + self._title.sizeHint().height() + 4 * pad
        height = min(wish, parent.height() - self._fonts.px(LEFT_OPEN))
        self.setGeometry(pad, parent.height() - height - pad, parent.width() - 2 * pad, height)

    def _click(self, index: QModelIndex) -> None:
        self.picked.emit(self._hints[index.row()])
