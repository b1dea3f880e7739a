"""What all dialogs share: a heading, a body, a row of buttons, errors said inside, a size that fits
the screen.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import button, label


class Dialog(QDialog):
    """A window-modal dialog; show it with `open()`, it deletes itself when closed."""

    def __init__(
        self, title: str, theme: Theme, fonts: Fonts, parent: QWidget | None, *, width: int, height: int = 0
    ) -> None:
        super().__init__(parent)
        self.theme, self.fonts = theme, fonts
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look(self, "window")
        outer = QVBoxLayout(self)
        pad = fonts.px(18)
        outer.setContentsMargins(pad, pad, pad, pad)
        outer.setSpacing(fonts.px(12))
        outer.addWidget(label(title, "heading", parent=self))
        self.body = QVBoxLayout()
        self.body.setSpacing(fonts.px(8))
        outer.addLayout(self.body, 1)
        self._error = label("", "error", wrap=True, parent=self)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._error.hide()
        outer.addWidget(self._error)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(fonts.px(8))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self._fit(width, height)

    def add_button(
        self,
        text: str,
        slot: Callable[[], object],
        kind: str = "",
        *,
        default: bool = False,
        left: bool = False,
    ) -> QPushButton:
        """A button in the last row; the `default` one is pressed by Enter."""
        made = button(text, slot, kind, parent=self)
        made.setDefault(default)
        if left:
            self._buttons.insertWidget(0, made)
        else:
            self._buttons.addWidget(made)
        return made

    def say(self, error: AnnotatorError | str) -> None:
        """Say below the body what is wrong; nothing takes the words away."""
        self._error.setText(str(error))
        self._error.setVisible(bool(str(error)))

    @property
    def said(self) -> str:
        """The words of `say` as they stand."""
        return self._error.text()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Call `act`; an AnnotatorError is said, and False returned."""
        try:
            act()
        except AnnotatorError as error:
            self.say(error)
            return False
        self.say("")
        return True

    def _fit(self, width: int, height: int) -> None:
        room = self.screen().availableGeometry()
        wide = min(self.fonts.px(width), room.width() - 40)
        high = min(self.fonts.px(height), room.height() - 60)
        self.setMinimumWidth(min(wide, self.fonts.px(320)))
        self.resize(wide, high or self.sizeHint().height())
