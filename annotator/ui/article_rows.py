"""The rows of the article list: the model over them, their small print, and the delegate that draws them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.layer import State
from annotator.errors import AnnotatorError
from annotator.storage.articles import ArticleRow
from annotator.ui.theme import Fonts, Theme
from annotator.ui.wording import UNTITLED, first_words

ROW_ROLE = Qt.ItemDataRole.UserRole
STATE_NAMES = {State.TODO: "To do", State.DOING: "Doing", State.DONE: "Done", State.FLAGGED: "Flagged"}
BATCH = 300  # rows
Index = QModelIndex | QPersistentModelIndex


class ArticleRows(QAbstractListModel):
    """A model over a list of rows. The view is given them in batches as it is scrolled: it lays all it
    has out anew whenever one changes, 0.3 s for 100,000.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ArticleRow] = []
        self._shown = 0
        self._places: dict[str, int] = {}
        self._opening: Callable[[str], str] = lambda _: ""
        self._names: dict[str, str] = {}

    def name_by(self, opening: Callable[[str], str]) -> None:
        """How the text of an article begins, asked where an article without a title is looked at."""
        self._opening = opening

    def title(self, row: ArticleRow) -> str:
        """The title, or the first words of the text."""
        if row.title:
            return row.title
        if row.id not in self._names:
            try:
                self._names[row.id] = first_words(self._opening(row.id)) or UNTITLED
            except (AnnotatorError, KeyError):
                return UNTITLED
        return self._names[row.id]

    def put(self, rows: Sequence[ArticleRow]) -> None:
        """Show other articles."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: n for n, row in enumerate(self._rows)}
        self._shown = min(BATCH, len(self._rows))
        self.endResetModel()

    def complete(self, rows: Sequence[ArticleRow]) -> None:
        """The whole of the list whose beginning was put; what is shown stays as it is."""
        fresh = [row for row in rows if row.id not in self._places]
        self._places.update((row.id, n) for n, row in enumerate(fresh, len(self._rows)))
        self._rows.extend(fresh)

    def __len__(self) -> int:
        """How many articles there are, given to the view or not."""
        return len(self._rows)

    def reach(self, place: int) -> None:
        """Give the view the rows up to this one and some more."""
        more = min(place + BATCH, len(self._rows)) - self._shown
        if place >= self._shown and more > 0:
            self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
            self._shown += more
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        """True while the view has not been given all."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """The next batch."""
        del parent
        self.reach(self._shown)

    def change(self, row: ArticleRow) -> None:
        """Show one article anew, if it is in the list."""
        place = self._places.get(row.id)
        if place is not None and self._rows[place] != row:
            self._rows[place] = row
            if place >= self._shown:
                return
            self.dataChanged.emit(self.index(place), self.index(place))

    def place(self, id: str | None) -> int:
        """Row number of an article, -1 when it is not in the list."""
        return self._places.get(id or "", -1)

    def row(self, place: int) -> ArticleRow | None:
        """The article in a row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many articles the view has been given."""
        return 0 if parent.isValid() else self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, the words of a screen reader, and the row for the delegate."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title(row)}, {STATE_NAMES[row.state]}, {small_print(row)}"
        return row if role == ROW_ROLE else None


def small_print(row: ArticleRow) -> str:
    """Outlet, date and how far it is."""
    if row.state is State.DONE:
        how_far = "done"
    elif row.decided:
        how_far = f"{row.decided} / {row.total}"
    else:
        how_far = f"{row.total} suggested" if row.total else ""
    flag = "flagged" if row.state is State.FLAGGED else ""
    return "   ".join(p for p in (row.outlet, row.published, how_far, flag) if p)


class RowDelegate(QStyledItemDelegate):
    """Two lines of title, one of small print, a line that fills as statements are decided."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts
        self._bold, self._small = fonts.sized(13, bold=True), fonts.sized(11.5)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The same for every row."""
        return QSize(self._fonts.px(120), self._fonts.px(84))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, title, small print, line."""
        row: ArticleRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._ground(painter, box, option)
        inner = box.adjusted(self._fonts.px(14), self._fonts.px(11), -self._fonts.px(14), -self._fonts.px(11))
        bottom = self._title(painter, inner, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        words = QFontMetricsF(self._small).elidedText(
            small_print(row), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(QPointF(inner.left(), bottom + self._fonts.px(14)), words)
        self._progress(painter, inner, row)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        theme = self._theme
        if option.state & option.state.State_Selected:
            painter.fillRect(box, QColor(theme.accent_soft))
            painter.fillRect(
                QRectF(box.left(), box.top(), self._fonts.px(3), box.height()), QColor(theme.accent)
            )
        elif option.state & option.state.State_MouseOver:
            painter.fillRect(box, QColor(theme.hover))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(theme.line_soft))

    def _title(self, painter: QPainter, room: QRectF, words: str) -> float:
        """Paint at most two lines; returns where the last one ends."""
        layout = QTextLayout(words, self._bold)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(room.width())
        layout.endLayout()
        metrics = QFontMetricsF(self._bold)
        painter.setFont(self._bold)
        painter.setPen(QColor(self._theme.text))
        cut = first.textLength() if first.isValid() else len(words)
        y = room.top() + metrics.ascent()
        units = words.encode("utf-16-le")
        painter.drawText(QPointF(room.left(), y), units[: 2 * cut].decode("utf-16-le", "ignore").rstrip())
        rest = units[2 * cut :].decode("utf-16-le", "ignore")
        if rest:
            y += metrics.height() * 1.02
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QPointF(room.left(), y), shown)
        return y + metrics.descent()

    def _progress(self, painter: QPainter, room: QRectF, row: ArticleRow) -> None:
        line = QRectF(room.left(), room.bottom(), room.width(), self._fonts.px(3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.line_soft))
        painter.drawRoundedRect(line, 1.5, 1.5)
        part = 1.0 if row.state is State.DONE else row.decided / row.total if row.total else 0.0
        if part:
            line.setWidth(max(line.width() * part, self._fonts.px(4)))
            painter.setBrush(QColor(self._theme.confirmed))
            painter.drawRoundedRect(line, 1.5, 1.5)
