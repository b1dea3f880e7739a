"""The hits of a search as rows: a box to tick, the words in their context, where they stand."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.storage.finding import Hit
from annotator.ui.find_filters import STATES
from annotator.ui.keycap import paint_cap
from annotator.ui.pickers.ticks import TICK
from annotator.ui.theme import Fonts, Theme
from annotator.ui.wording import first_words

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole
LEFT_SHARE = 0.42  # of the room for words: what stands before the hit
LEAST_WORDS = 320  # pixels at scale 1
LEAST_TITLE = 100  # of the article's title, where room is short
# name of what a hit holds, heading, width in pixels at scale 1 (0: what is left)
COLUMNS = (
    ("tick", "", 36),
    ("words", "Words in their context", 0),
    ("title", "Article", 190),
    ("outlet", "Outlet", 84),
    ("published", "Date", 96),
    ("state", "State", 76),
)


class FoundRows(QAbstractTableModel):
    """A model over hits; more are read when somebody looks further down. `ticks` after a change."""

    ticks = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self.known: set[str] = set()  # columns in which some hit has words
        self._ticked: set[int] = set()
        self._more: Callable[[], Sequence[Hit]] | None = None
        self._opening: Callable[[str], str] = lambda _: ""
        self._names: dict[str, str] = {}

    def name_by(self, opening: Callable[[str], str]) -> None:
        """How the text of an article begins, asked where an article without a title is looked at."""
        self._opening = opening

    def put(
        self, hits: Sequence[Hit], more: Callable[[], Sequence[Hit]] | None, *, ticks: bool = False
    ) -> None:
        """Show other hits, none ticked or, with `ticks`, those that were; `more` reads further ones,
        nothing when there are none.
        """
        kept = {(h.article, h.span) for h in self.ticked} if ticks else set()
        self.beginResetModel()
        self._hits, self._more = list(hits), more
        self._ticked = {n for n, h in enumerate(self._hits) if (h.article, h.span) in kept}
        self.known = _known(self._hits)
        self.endResetModel()
        self.ticks.emit()

    @property
    def all_read(self) -> bool:
        """True when no further hit is to come."""
        return self._more is None

    def hit(self, row: int) -> Hit | None:
        """The hit in a row."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    @property
    def ticked(self) -> list[Hit]:
        """The hits that are ticked, in their order."""
        return [self._hits[row] for row in sorted(self._ticked)]

    def tick(self, row: int) -> None:
        """Tick a hit, or take the tick away."""
        if self.hit(row) is not None:
            self._ticked ^= {row}
            self._touched(row, row)

    def tick_all(self) -> None:
        """Tick every hit that is listed, or none when all are."""
        every = set(range(len(self._hits)))
        self._ticked = set() if self._ticked == every else every
        self._touched(0, len(self._hits) - 1)

    def extend(self, hits: Sequence[Hit], more: Callable[[], Sequence[Hit]] | None) -> None:
        """List further hits; `more` reads those after them."""
        self._more = more
        if hits:
            at = len(self._hits)
            self.beginInsertRows(QModelIndex(), at, at + len(hits) - 1)
            self._hits += hits
            self.known |= _known(hits)
            self.endInsertRows()
        self.ticks.emit()

    def canFetchMore(self, parent: Index) -> bool:
        """True while articles are left."""
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index) -> None:
        """Read further hits."""
        if parent.isValid() or self._more is None:
            return
        found = self._more()
        self.extend(found, self._more if found else None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many hits are listed."""
        return 0 if parent.isValid() else len(self._hits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][1]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell, words for a screen reader, the hit with whether it is ticked."""
        hit = self.hit(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == HIT_ROLE:
            return hit, index.row() in self._ticked
        name = COLUMNS[index.column()][0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(hit, name, index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(hit, name)
        return None

    def _words(self, hit: Hit, name: str) -> str:
        if name == "tick":
            return ""
        if name == "words":
            return _line(f"{hit.before}{hit.match}{hit.after}")
        if name == "state":
            return STATES[hit.state]
        if name == "title" and not hit.title:
            return self._name(hit.article)
        return str(getattr(hit, name) or "")

    def _name(self, article: str) -> str:
        if article not in self._names:
            try:
                self._names[article] = first_words(self._opening(article))
            except (AnnotatorError, KeyError):
                return ""
        return self._names[article]

    def _spoken(self, hit: Hit, name: str, row: int) -> str:
        if name == "tick":
            return "ticked" if row in self._ticked else "not ticked"
        words = self._words(hit, name)
        if name == "words":
            return f"{'ticked, ' if row in self._ticked else ''}{words}"
        return words or "unknown"

    def _touched(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
        self.ticks.emit()


class _HitDelegate(QStyledItemDelegate):
    """Draws the box, or the words with the hit at the same place in every row."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then the box or the words."""
        found = index.data(HIT_ROLE)
        painter.save()
        if option.state & option.state.State_Selected:
            painter.fillRect(option.rect, QColor(self._theme.accent_soft))
        if found and COLUMNS[index.column()][0] == "tick":
            side = self._fonts.px(20)
            top = option.rect.top() + (option.rect.height() - side) // 2
            cap = QRectF(option.rect.left() + self._fonts.px(8), top, side, self._fonts.px(21))
            paint_cap(painter, cap, TICK if found[1] else " ", self._theme, self._fonts)
        elif found:
            self._context(
                painter, option.rect.adjusted(self._fonts.px(6), 0, -self._fonts.px(6), 0), found[0]
            )
        painter.restore()

    def _context(self, painter: QPainter, room: QRect, hit: Hit) -> None:
        plain, bold = self._fonts.sized(13), self._fonts.sized(13, bold=True)
        match = _line(hit.match).strip()
        share = int(room.width() * LEFT_SHARE) if hit.before else 0
        width = min(QFontMetrics(bold).horizontalAdvance(match), room.width() - share)
        left = QRect(room.left(), room.top(), share, room.height())
        middle = QRect(left.right() + 1, room.top(), width + 2, room.height())
        right = QRect(middle.right() + 1, room.top(), room.right() - middle.right(), room.height())
        before, after = _line(hit.before, keep=True), _line(hit.after, keep=True)
        metrics, elide = QFontMetrics(plain), Qt.TextElideMode
        painter.setFont(plain)
        painter.setPen(QColor(self._theme.text))
        along = Qt.AlignmentFlag.AlignVCenter
        said = metrics.elidedText(before, elide.ElideLeft, left.width())
        painter.drawText(left, along | Qt.AlignmentFlag.AlignRight, said)
        painter.drawText(right, along, metrics.elidedText(after, elide.ElideRight, right.width()))
        painter.fillRect(
            middle.adjusted(-1, self._fonts.px(6), 0, -self._fonts.px(6)), QColor(self._theme.hint_soft)
        )
        painter.setFont(bold)
        painter.drawText(
            middle, along, QFontMetrics(bold).elidedText(match, elide.ElideRight, middle.width())
        )


class FindTable(QTableView):
    """Enter, double click: `chosen`; `/`: `find_asked`; Space ticks; A: `all_asked`."""

    chosen = Signal(int)
    find_asked = Signal()
    all_asked = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = FoundRows(self)
        self.setModel(self.rows)
        self._fonts = fonts
        delegate = _HitDelegate(theme, fonts, self)
        for column in (0, 1):
            self.setItemDelegateForColumn(column, delegate)
        self.setAccessibleName("Hits")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget(self))
        down, head = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(fonts.px(32))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(fonts.px(30))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.rows.modelReset.connect(self._share_room)
        self.rows.rowsInserted.connect(self._share_room)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    @property
    def acted_on(self) -> list[Hit]:
        """The hits that are ticked, or that of the current row."""
        current = self.rows.hit(self.currentIndex().row())
        return self.rows.ticked or ([current] if current else [])

    def fill(self) -> None:
        """Fetch further hits where there is room for them: the view looks by itself only after a change."""
        self.updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the hits; other letters are the window's."""
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if row >= 0:
                self.chosen.emit(row)
        elif key == Qt.Key.Key_Space:
            self.rows.tick(row)
        elif event.text() in ("a", "A"):
            self.all_asked.emit()
        elif event.text() == "/" or key == Qt.Key.Key_Escape:
            self.find_asked.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words take the room that is left; the last columns go where there is none."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        px, width = self._fonts.px, self.viewport().width()
        room = width - sum(px(w) for _, _, w in COLUMNS)
        for column in reversed(range(2, len(COLUMNS))):
            self.setColumnHidden(column, False)  # noqa: FBT003  # Qt's own
        empty = [name for name in ("outlet", "published") if name not in self.rows.known]
        for name in (*empty, *(n for n in ("outlet", "state", "published") if n not in empty)):
            if name in empty or room < px(LEAST_WORDS):
                column = next(n for n, c in enumerate(COLUMNS) if c[0] == name)
                self.setColumnHidden(column, True)  # noqa: FBT003  # Qt's own
                room += px(COLUMNS[column][2])
        more = max(0, room - px(2 * LEAST_WORDS)) // 2
        short = max(0, min(px(LEAST_WORDS) - room, px(190 - LEAST_TITLE)))
        for column, (name, _, wish) in enumerate(COLUMNS):
            width = px(wish) + (more - short) * (name == "title")
            self.setColumnWidth(column, width if wish else max(px(200), room + short - more))

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.rows.tick(index.row())


def _known(hits: Sequence[Hit]) -> set[str]:
    return {name for name in ("outlet", "published") if any(getattr(h, name) for h in hits)}


def _line(words: str, *, keep: bool = False) -> str:
    """In one line; `keep` the spaces at the ends."""
    said = " ".join(words.split())
    if not keep or not words:
        return said
    return f"{' ' * words[0].isspace()}{said}{' ' * (words[-1].isspace() and bool(said))}"


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
