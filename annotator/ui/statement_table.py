"""The table of all statements: a model that reads a page of rows where someone looks, the delegate
that draws the decision, and the view with its keys.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.domain.scheme import LabelScheme
from annotator.domain.statement import NO_ACT
from annotator.errors import AnnotatorError
from annotator.storage.same_words import Key
from annotator.storage.statements import StatementRow
from annotator.ui.theme import Fonts, Theme
from annotator.ui.wording import short_topic, topic_name

Index = QModelIndex | QPersistentModelIndex
ReadRows = Callable[[Sequence[Key]], list[StatementRow | None]]

PAGE = 50  # rows read at once
PAGES_KEPT = 60
LEAST_WORDS = 210  # pixels at scale 1 for the content of a statement; beyond that, what is left
ROW_ROLE = Qt.ItemDataRole.UserRole
DIFFERS = "You decided the same words differently elsewhere."
# order of storage.statements.ORDERS, heading, width in pixels at scale 1 (0: what is left)
COLUMNS = (
    ("decision", "State", 50),
    ("speaker", "Speaker", 118),
    ("targets", "To or about", 118),
    ("content", "Words", 0),
    ("topic", "Topic", 142),
    ("act", "Act", 96),
    ("kind", "Kind", 64),
    ("published", "Date", 94),
    ("outlet", "Outlet", 76),
)
GOING = ("outlet", "kind", "published", "act", "topic")  # where room is short, these go first
LEAST_OF_ALL = 90  # for the words when all of these are gone
WISHES = {"topic": 170, "act": 160}  # widths where there is room, so that names are read whole


class StatementRows(QAbstractTableModel):
    """A model over the keys of statements; rows are read when they are shown, a page at a time."""

    def __init__(self, scheme: LabelScheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._keys: Sequence[Key] = ()
        self._differing: frozenset[Key] = frozenset()
        self._read: ReadRows = lambda keys: [None] * len(keys)
        self._pages: OrderedDict[int, list[StatementRow | None]] = OrderedDict()

    def put(
        self, keys: Sequence[Key], differing: frozenset[Key], scheme: LabelScheme, read: ReadRows
    ) -> None:
        """Show other statements; `read` gives the rows of some keys."""
        self.beginResetModel()
        self._keys, self._differing, self._scheme, self._read = keys, differing, scheme, read
        self._pages.clear()
        self.endResetModel()

    def statement(self, row: int) -> StatementRow | None:
        """What stands in a row; None where a statement has gone meanwhile or cannot be read."""
        if not 0 <= row < len(self._keys):
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(number)
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place]

    def differs(self, row: int) -> bool:
        """True when the same words were decided differently elsewhere."""
        return 0 <= row < len(self._keys) and self._keys[row] in self._differing

    def place(self, article: str, statement: str) -> int:
        """The row of a statement, -1 when it is not in the table."""
        for row, key in enumerate(self._keys):
            if key.statement == statement:
                found = self.statement(row)
                if found and found.article == article:
                    return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """All statements found."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """The columns of COLUMNS."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings of the columns."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(COLUMNS):
            return COLUMNS[section][1]
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell, tool tip, words for a screen reader, the row itself."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            ROW_ROLE,
        )
        if role not in wanted or not index.isValid():
            return None
        row = self.statement(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        order = COLUMNS[index.column()][0]
        if order == "topic" and role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(short_topic(self._scheme, t) for t in row.topics)
        words = self._words(row, order)
        if order == "decision" and self.differs(index.row()):
            return words if role == Qt.ItemDataRole.DisplayRole else f"{words}. {DIFFERS}"
        return words or ("not decided" if role == Qt.ItemDataRole.AccessibleTextRole else words)

    def _words(self, row: StatementRow, order: str) -> str:
        if order == "topic":
            names = [topic_name(self._scheme, t) for t in row.topics]
            return "; ".join(names) or ("none" if row.no_topic else "")
        if order == "act":
            return "none" if row.act == NO_ACT else self._scheme.act_name(row.act) if row.act else ""
        return str(getattr(row, order) or "")

    def _page(self, number: int) -> list[StatementRow | None]:
        keys = self._keys[number * PAGE : (number + 1) * PAGE]
        try:
            return self._read(keys)
        except AnnotatorError:
            return [None] * len(keys)


class _DecisionDelegate(QStyledItemDelegate):
    """Draws the decision as the lists do, hollow, full or crossed, corrected as a ring with a dot in
    it, and ≠ beside it.
    """

    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, dot, mark."""
        row, model = index.data(ROW_ROLE), index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & option.state.State_Selected:
            painter.fillRect(option.rect, QColor(self._theme.accent_soft))
        if row is not None:
            middle = QPointF(option.rect.left() + self._fonts.px(16), option.rect.center().y() + 0.5)
            self._dot(painter, middle, row.decision)
        if isinstance(model, StatementRows) and model.differs(index.row()):
            painter.setFont(self._fonts.sized(14, bold=True))
            painter.setPen(QColor(self._theme.suggested))
            room = option.rect.adjusted(self._fonts.px(30), 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "≠")
        painter.restore()

    def _dot(self, painter: QPainter, middle: QPointF, decision: str) -> None:
        colour, radius = QColor(self._theme.decision(decision)), 4.0 * self._fonts.scale
        painter.setPen(QPen(colour, 2 * self._fonts.scale))
        if decision == "rejected":
            painter.drawLine(middle + QPointF(-radius, -radius), middle + QPointF(radius, radius))
            painter.drawLine(middle + QPointF(-radius, radius), middle + QPointF(radius, -radius))
            return
        painter.setBrush(colour if decision == "confirmed" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        if decision == "corrected":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(middle, radius * 0.45, radius * 0.45)


class StatementTable(QTableView):
    """Enter, double click: `chosen`; `/`: `find_asked`; heads sort: `sorted_by` (order, descending)."""

    chosen = Signal(int)
    find_asked = Signal()
    sorted_by = Signal(str, bool)

    def __init__(self, scheme: LabelScheme, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = StatementRows(scheme, self)
        self.setModel(self.rows)
        self._fonts = fonts
        self.setItemDelegateForColumn(0, _DecisionDelegate(theme, fonts, self))
        self.setAccessibleName("Statements")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget(self))
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(fonts.px(32))
        self._head()
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def show_order(self, order: str, *, descending: bool) -> None:
        """Show by which head the rows are sorted; none for the order of the articles."""
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        column = next((n for n, c in enumerate(COLUMNS) if c[0] == order), -1)
        self.horizontalHeader().setSortIndicator(column, way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps, `/` searches; other letters are the window's."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if row >= 0:
                self.chosen.emit(row)
        elif event.text() == "/":
            self.find_asked.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words take the room that is left; where there is too little, columns go."""
        super().resizeEvent(event)
        room = self.viewport().width()
        shown = self._fitting(room)
        words = next(n for n, (_, _, width) in enumerate(COLUMNS) if not width)
        share = max(0, room - sum(self._fonts.px(w or LEAST_WORDS) for w in shown.values())) // 3
        for column, (order, _, width) in enumerate(COLUMNS):
            self.setColumnHidden(column, order not in shown)
            wish = min(self._fonts.px(WISHES.get(order, width)), self._fonts.px(width) + share)
            if width and order in shown:
                self.setColumnWidth(column, wish)
        others = sum(self.columnWidth(n) for n in range(len(COLUMNS)) if n != words)
        self.setColumnWidth(words, max(self._fonts.px(LEAST_OF_ALL), room - others))

    def _fitting(self, room: int) -> dict[str, int]:
        """The columns for which there is room, with their widths."""
        shown = {order: width for order, _, width in COLUMNS}
        for order in GOING:
            if sum(self._fonts.px(width or LEAST_WORDS) for width in shown.values()) <= room:
                break
            del shown[order]
        return shown

    def sizeHintForRow(self, _row: int) -> int:
        """The same for every row."""
        return self._fonts.px(32)

    def minimumSizeHint(self) -> QSize:
        """Some columns and rows; the rest scrolls."""
        return QSize(self._fonts.px(200), self._fonts.px(120))

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(self._fonts.px(48))
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSectionsClickable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, (_, _, width) in enumerate(COLUMNS):
            self.setColumnWidth(column, self._fonts.px(width or LEAST_WORDS))
        head.sectionClicked.connect(self._sorted)

    def _sorted(self, _column: int) -> None:
        head = self.horizontalHeader()
        column, way = head.sortIndicatorSection(), head.sortIndicatorOrder()
        order = COLUMNS[column][0] if 0 <= column < len(COLUMNS) else "file"
        self.sorted_by.emit(order, way == Qt.SortOrder.DescendingOrder)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
