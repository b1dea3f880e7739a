"""What all dialogs share: a heading, a body, a row of buttons, errors said inside, a size that fits
the screen.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import button, label


class _Sheet(QScrollArea):
    """Holds a dialog's body; scrolls only where the screen is too low for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        page = QWidget(self)
        look(page, "window")
        self.body = QVBoxLayout(page)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setWidget(page)

    def heightForWidth(self, width: int) -> int:
        """What the body needs."""
        self.body.activate()
        if self.body.hasHeightForWidth():
            return self.body.heightForWidth(width)
        return self.body.sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """As wide as the body must be; any height."""
        return QSize(self.body.minimumSize().width(), 60)


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
        outer = self._outer = QVBoxLayout(self)
        pad = fonts.px(18)
        outer.setContentsMargins(pad, pad, pad, pad)
        outer.setSpacing(fonts.px(12))
        outer.addWidget(label(title, "heading", parent=self))
        self._sheet = sheet = _Sheet(self)
        self.body = sheet.body
        self.body.setSpacing(fonts.px(8))
        outer.addWidget(sheet, 1)
        self._error = label("", "error", wrap=True, parent=self)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._error.hide()
        outer.addWidget(self._error)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(fonts.px(8))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self._wish = (fonts.px(width), fonts.px(height))
        self._fitted = False

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
        if self.isVisible():
            room = self.screen().availableGeometry().height() - 60
            self.resize(self.width(), max(self.height(), min(self._needed(self.width()), room)))

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

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, take the size the words need, within the screen."""
        if not self._fitted:
            self._fitted = True
            self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Take the size that the words need, within the screen."""
        room = self.screen().availableGeometry()
        width = min(self._wish[0], room.width() - 40)
        self.resize(width, min(max(self._wish[1], self._needed(width)), room.height() - 60))

    def _needed(self, width: int) -> int:
        self._sheet.updateGeometry()  # it does not hear by itself of what came and went in it
        self._outer.activate()
        return self._outer.heightForWidth(width)
