"""Small widgets that several views share: chips, score bars, banners, elided labels, rows that wrap."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.ui.theme import Fonts, look, restyle


def score_text(score: float | None) -> str:
    """`.93` for a score, nothing for none, `1` for certainty."""
    if score is None:
        return ""
    text = f"{max(0.0, min(1.0, score)):.2f}"
    return "1" if text == "1.00" else text.removeprefix("0")


class Chip(QPushButton):
    """A pill that is on or off; in an exclusive QButtonGroup one of several."""

    def __init__(
        self, text: str, *, count: int | None = None, checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = text
        look(self, "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)  # Enter is for a dialog's default button, Space for the chip
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def sizeHint(self) -> QSize:
        """Room for the bolder words of a chip that is on, so that rows do not jump."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        more = QFontMetrics(bold).horizontalAdvance(text) - QFontMetrics(self.font()).horizontalAdvance(text)
        return super().sizeHint() + QSize(max(0, more) + 2, 0)

    def set_count(self, count: int | None) -> None:
        """Show a number behind the name, or none."""
        words = self._name if count is None else f"{self._name} {count:,}"
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)


class Pill(QLabel):
    """A small word on a ground: suggested, confirmed, corrected, rejected, error, plain."""

    def __init__(self, text: str, kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_pill(text, kind)

    def show_pill(self, text: str, kind: str) -> None:
        """Show another word, in the look of `kind`."""
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, pill=kind)


class ScoreBar(QProgressBar):
    """How sure the machine is, 0 to 1; empty and silent without a score."""

    def __init__(self, fonts: Fonts, score: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look(self, "score")
        self.setTextVisible(False)
        self.setRange(0, 100)
        self.setFixedSize(fonts.px(40), fonts.px(4))
        self.set_score(score)

    def set_score(self, score: float | None) -> None:
        """Show a score; None hides the bar but keeps its place."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.setVisible(score is not None)
        self.setUpdatesEnabled(False)  # else Qt paints at once, 2 ms, instead of with everything else
        self.setValue(round(100 * (score or 0)))
        self.setUpdatesEnabled(True)
        self.setAccessibleName(f"Score {score_text(score)}" if score is not None else "No score")


class ElidedLabel(QLabel):
    """One line that ends in … where the room ends; the whole text is its tool tip and name."""

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, shortened as room is short."""
        super().setText(text)
        self.setAccessibleName(text)
        self._set_tip(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip is there only while something is cut off."""
        self._set_tip(event.size().width())
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, shortened to the width there is."""
        painter = QPainter(self)
        room = self.contentsRect()
        short = QFontMetrics(self.font()).elidedText(self.text(), self._mode, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), short)

    def _set_tip(self, width: int) -> None:
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > width
        self.setToolTip(self.text() if cut else "")


class ShortLabel(ElidedLabel):
    """At most two lines, the second of which ends in … where the room ends."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        self._broken: dict[int, list[str]] = {}  # lines by width: layouts ask some forty times for each text
        super().__init__(text, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Show other words."""
        self._broken.clear()
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Another font breaks the words elsewhere."""
        self._broken.clear()
        super().changeEvent(event)

    def hasHeightForWidth(self) -> bool:
        """A second line where one is too short."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its one or two lines."""
        return QFontMetrics(self.font()).height() * len(self._lines(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines, one below the other."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics, width = QFontMetrics(self.font()), self.width()
        top = max(0, (self.height() - self.heightForWidth(width)) // 2) + metrics.ascent()
        for number, words in enumerate(self._lines(width)):
            shown = metrics.elidedText(words, self._mode, width)
            painter.drawText(0, top + number * metrics.height(), shown)

    def _lines(self, width: int) -> list[str]:
        """Broken after the last word that fits, the rest in the second line."""
        if width not in self._broken:
            self._broken[width] = self._break(width)
        return self._broken[width]

    def _break(self, width: int) -> list[str]:
        metrics, words = QFontMetrics(self.font()), self.text().split(" ")
        fit = len(words)
        while fit > 1 and metrics.horizontalAdvance(" ".join(words[:fit])) > width:
            fit -= 1
        return [part for part in (" ".join(words[:fit]), " ".join(words[fit:])) if part] or [""]

    def _set_tip(self, width: int) -> None:
        metrics = QFontMetrics(self.font())
        cut = any(metrics.horizontalAdvance(x) > width for x in self._lines(width))
        self.setToolTip(self.text() if cut else "")


def line(parent: QWidget | None = None) -> QFrame:
    """A hairline across."""
    frame = QFrame(parent)
    look(frame, "line")
    return frame


def label(text: str, kind: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label in one of the style sheet's looks."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        look(made, kind)
    return made


class _Button(QPushButton):
    """Enter presses it while it has the focus, though it never is a dialog's default by accident."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    slot: Callable[[], object] | None = None,
    kind: str = "",
    *,
    name: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A push button that calls `slot`; never a dialog's default by accident."""
    made = _Button(text, parent)
    made.setAutoDefault(False)
    made.setAccessibleName(name or text.replace("…", "").strip())
    if kind:
        look(made, kind)
    if slot is not None:
        made.clicked.connect(lambda: slot())  # noqa: PLW0108  # `clicked` would pass its flag
    return made


class Banner(QFrame):
    """A calm line above the work: what happened and what can be done about it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 7, 8, 7)
        self._row.setSpacing(8)
        self._label = label("", wrap=True, parent=self)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row.addWidget(self._label, 1)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.clear)
        self._row.addWidget(self._close)
        self._buttons: list[QPushButton] = []
        self._again: Callable[[Banner], None] = lambda _: None
        self.about = ""
        self.hide()

    def show_message(
        self,
        text: str,
        kind: str = "info",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        about: str = "",
        closable: bool = True,
    ) -> None:
        """Show `text` as info, warning or error, with a button for each (words, what to call). `about`
        is for whoever takes it away again when it does not hold any more.
        """
        self._drop_buttons()
        self._again = lambda other: other.show_message(text, kind, actions, about=about, closable=closable)
        self.about = about
        self._label.setText(text)
        restyle(self, banner=kind)
        self.setAccessibleName(text)
        for words, slot in actions:
            made = button(words, slot, "quiet", parent=self)
            self._row.insertWidget(self._row.count() - 1, made)
            self._buttons.append(made)
        self._close.setVisible(closable)
        self.show()

    @property
    def text(self) -> str:
        """What is shown, or nothing."""
        return self._label.text() if not self.isHidden() else ""

    def hand_over(self, other: "Banner") -> None:
        """Let another one show the message, if there is one."""
        if not self.isHidden():
            self._again(other)

    def clear(self) -> None:
        """Take the message away."""
        if self.isHidden():
            return
        self.hide()
        self._drop_buttons()
        self.closed.emit()

    def _drop_buttons(self) -> None:
        for made in self._buttons:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._buttons.clear()


class FlowLayout(QLayout):
    """Places its items in rows that wrap like words."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`, None when there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at `index` out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It needs no more room than its items."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows at `width`."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items in `rect`."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All items in one row."""
        sizes = [i.sizeHint() for i in self._items if not i.isEmpty()]
        gaps = self.spacing() * max(0, len(sizes) - 1)
        return QSize(sum(s.width() for s in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            row = max(row, size.height())
        return y + row - rect.y()


def flowing(parent: QWidget, spacing: int) -> QWidget:
    """A widget in whose FlowLayout children wrap; its height follows its width."""
    made = QWidget(parent)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    FlowLayout(made, spacing=spacing)
    return made
