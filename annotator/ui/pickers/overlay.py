"""The sheet that pickers lie on: a card with a shadow over the window, which keeps the keyboard to
itself and gives the focus back when it goes.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from annotator.ui.theme import Fonts, Theme, look

SHADOW = 36  # pixels at scale 1
MARGIN = 24


class Overlay(QWidget):
    """Covers `parent` with a centred card. Esc or a click beside the card cancels.

    Make it, connect its signals, call `open()`. It removes itself before it emits anything, so that
    whoever listens finds the focus where it was.
    """

    cancelled = Signal()
    guideline_asked = Signal(str)  # F1: id of the label, topic or act in question, or nothing
    closed = Signal()  # after every other signal, however it ended

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget, *, width: int, height: int = 0) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self._theme, self._fonts = theme, fonts
        self._wish = (fonts.px(width), fonts.px(height))
        self._before: QWidget | None = None
        self._over = False
        self._top: int | None = None  # stays while the card grows and shrinks
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QFrame(self)
        look(self.card, "popup")
        self.body = QVBoxLayout(self.card)
        pad = fonts.px(14)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(fonts.px(8))
        self.hide()

    def open(self) -> None:
        """Lay the card over the window and take the keyboard."""
        self._before = QApplication.focusWidget()
        window = self._window
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def first_focus(self) -> QWidget:
        """What has the focus when the card appears."""
        return self

    def in_question(self) -> str:
        """What the scheme may define of what is selected."""
        return ""

    def cancel(self) -> None:
        """Close without a choice."""
        self.finish(self.cancelled)

    def finish(self, signal: object, *values: object) -> None:
        """Close, give the focus back, then emit `signal` with `values`. Only the first call counts."""
        if self._over:
            return
        self._over = True
        self._window.removeEventFilter(self)
        self.hide()
        self._give_back()
        signal.emit(*values)  # type: ignore[attr-defined]
        self.closed.emit()
        self.deleteLater()

    def _give_back(self) -> None:
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        except RuntimeError:  # the widget died meanwhile
            self._window.setFocus()

    def _cover(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        room_w, room_h = window.width() - 2 * MARGIN, window.height() - 2 * MARGIN
        width = min(room_w, self._wish[0])
        height = min(room_h, self._wish[1] or self._needed(width))
        x = (window.width() - width) // 2
        if self._top is None:
            self._top = max(MARGIN, (window.height() - height) * 2 // 5)
        self.card.setGeometry(x, min(self._top, window.height() - height - MARGIN), width, height)
        self.update()  # the shadow

    def _needed(self, width: int) -> int:
        return (
            self.body.heightForWidth(width)
            if self.body.hasHeightForWidth()
            else self.body.sizeHint().height()
        )

    def refit(self) -> None:
        """Fit the card again after its content changed."""
        if self.isVisible():
            self.body.activate()
            self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._top = None
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """The window's shortcuts sleep while the card is there."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001  # Qt's signature
        """Tab never leaves the card; what it does is for subclasses to say in `keyPressEvent`."""
        del next_
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels, F1 asks for the guideline; no other key goes through to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() == Qt.Key.Key_F1:
            self.guideline_asked.emit(self.in_question())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card cancels."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.cancel()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shadow around the card, ring by ring so that alphas need not add up."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        reach, radius, ring = self._fonts.px(SHADOW), self._fonts.px(12), 2
        card = QRectF(self.card.geometry()).translated(0, self._fonts.px(8))
        inner = QPainterPath()
        for grow in range(0, reach, ring):
            outer = QPainterPath()
            outer.addRoundedRect(card.adjusted(-grow, -grow, grow, grow), radius + grow, radius + grow)
            colour = QColor(self._theme.shadow)
            colour.setAlphaF((0.4 if self._theme.dark else 0.2) * (1 - grow / reach) ** 2)
            painter.fillPath(outer - inner, colour)
            inner = outer
