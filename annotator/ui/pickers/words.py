"""A field to write a few words in, over the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.keycap import KeyHint
from annotator.ui.pickers.field import SearchField
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import FlowLayout, label


class WordsField(Overlay):
    """Enter keeps what was written, which may be nothing; Esc leaves what was there."""

    written = Signal(str)

    def __init__(
        self, title: str, words: str, theme: Theme, fonts: Fonts, *, parent: QWidget, placeholder: str = ""
    ) -> None:
        super().__init__(theme, fonts, parent, width=560)
        self.setAccessibleName(title)
        self.body.addWidget(label(title, "heading", parent=self.card))
        self.field = SearchField(title, placeholder, self.card)
        self.field.setText(words)
        self.field.entered.connect(lambda _: self._keep())
        self.body.addWidget(self.field)
        row = QWidget(self.card)
        flow = FlowLayout(row, spacing=fonts.px(12))
        for shortcut, text in (("Return", "keep"), ("Esc", "leave as it was")):
            flow.addWidget(KeyHint(shortcut, text, row))
        self.body.addWidget(row)

    def first_focus(self) -> QWidget:
        """The field."""
        return self.field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter as in the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        self.finish(self.written, " ".join(self.field.text().split()))
