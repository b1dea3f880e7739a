"""The list of all statements of the article: number, decision, who speaks to or about whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.statement import Decision
from annotator.ui.theme import Fonts, Theme

LINE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """What a row shows."""

    id: str
    number: int
    words: str
    decision: Decision
    score: str
    spoken: str
    tip: str


class StatementRows(QAbstractListModel):
    """A model over ids; the words of a row are made when it is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._describe: Callable[[int], Line] | None = None
        self._lines: dict[int, Line] = {}

    def put(self, ids: Sequence[str], describe: Callable[[int], Line]) -> None:
        """Show the statements with these ids; `describe` tells of the one in a row."""
        same = self._ids == tuple(ids)
        if not same:
            self.beginResetModel()
        self._ids, self._describe = tuple(ids), describe
        self._lines.clear()
        if not same:
            self.endResetModel()
        elif ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))

    def row_of(self, id: str | None) -> int:
        """Row of a statement, -1 when it is not there."""
        return self._ids.index(id) if id in self._ids else -1

    def line(self, row: int) -> Line | None:
        """The line in a row."""
        if self._describe is None or not 0 <= row < len(self._ids):
            return None
        if row not in self._lines:
            self._lines[row] = self._describe(row)
        return self._lines[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many statements there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, tool tip, and the line itself for the delegate."""
        line = self.line(index.row())
        if line is None:
            return None
        shown: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: line.words,
            Qt.ItemDataRole.ToolTipRole: line.tip,
            Qt.ItemDataRole.AccessibleTextRole: line.spoken,
            LINE_ROLE: line,
        }
        return shown.get(role)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._fonts.px(120), self._fonts.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & option.state.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.statement_soft))
            painter.drawRoundedRect(box, self._fonts.px(6), self._fonts.px(6))
        self._number(painter, box, line)
        self._dot(painter, QPointF(box.left() + self._fonts.px(34), box.center().y()), line.decision)
        self._words(painter, box, line)
        painter.restore()

    def _number(self, painter: QPainter, box: QRectF, line: Line) -> None:
        undecided = line.decision is Decision.SUGGESTED
        colour = self._theme.statement if undecided else self._theme.decision(line.decision)
        painter.setFont(self._fonts.sized(10, bold=True))
        painter.setPen(QColor(colour))
        room = QRectF(box.left(), box.top(), self._fonts.px(22), box.height())
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(line.number)
        )

    def _dot(self, painter: QPainter, centre: QPointF, decision: Decision) -> None:
        colour, radius = QColor(self._theme.decision(decision)), self._fonts.scale * 4
        if decision is Decision.SUGGESTED:
            painter.setPen(QPen(colour, 2 * self._fonts.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        elif decision is Decision.REJECTED:
            painter.setPen(QPen(colour, 2 * self._fonts.scale))
            reach = radius * 0.8
            painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach))
            painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))
            return
        else:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(colour)
        painter.drawEllipse(centre, radius, radius)

    def _words(self, painter: QPainter, box: QRectF, line: Line) -> None:
        right = {Decision.CONFIRMED: "✓", Decision.CORRECTED: "✓ corrected", Decision.REJECTED: "rejected"}
        tail = right.get(line.decision, line.score)
        small = self._fonts.sized(11)
        width = QFontMetrics(small).horizontalAdvance(tail)
        painter.setFont(small)
        painter.setPen(QColor(self._theme.muted))
        inner = box.adjusted(self._fonts.px(48), 0, -self._fonts.px(8), 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), tail)
        font = self._fonts.sized(13, bold=line.decision is not Decision.REJECTED)
        font.setStrikeOut(line.decision is Decision.REJECTED)
        painter.setFont(font)
        rejected = line.decision is Decision.REJECTED
        painter.setPen(QColor(self._theme.muted if rejected else self._theme.text))
        inner.setRight(inner.right() - width - self._fonts.px(8))
        room = int(inner.width())
        words = QFontMetrics(font).elidedText(line.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)


class StatementList(QListView):
    """A click focuses a statement; the keys are the verbs' own."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = StatementRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_LineDelegate(theme, fonts, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Statements of the article")
        self.clicked.connect(self._choose)

    def put(self, ids: Sequence[str], describe: Callable[[int], Line], focus: str | None) -> None:
        """Show statements, one of them focused."""
        self.rows.put(ids, describe)
        self.focus_on(focus)

    def focus_on(self, id: str | None) -> None:
        """Show which statement has the focus."""
        row = self.rows.row_of(id)
        index = self.rows.index(row) if row >= 0 else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The focused row stays in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if line := self.rows.line(index.row()):
            self.chosen.emit(line.id)
