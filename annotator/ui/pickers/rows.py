"""Rows of a picker: the values, the list model over a tuple of them, the delegate that draws them
with a key cap, and the matching of what was typed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.keycap import paint_cap
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import score_text

ROW_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    """One thing to pick. `detail` stands below the label, `group` at the right; `key` picks it in key
    mode; `score` is the machine's; `also` is searched but not shown; `marked` = chosen now; `tip` is
    shown where the mouse rests, else the detail, which may be cut off.
    """

    value: Any
    label: str
    detail: str = ""
    key: str = ""
    score: float | None = None
    group: str = ""
    also: str = ""
    marked: bool = False
    tip: str = ""

    @property
    def spoken(self) -> str:
        """All of it for a screen reader."""
        parts = [self.label, self.detail, self.group]
        if self.score is not None:
            parts.append(f"suggested {score_text(self.score)}")
        if self.marked:
            parts.append("chosen")
        if self.key:
            parts.append(f"key {self.key.upper()}")
        return ", ".join(p for p in parts if p)


def fold(text: str) -> str:
    """Lower case without accents: what is compared."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


class Finder:
    """Finds choices by what is typed: label first, then the start of any word, then anywhere."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = tuple(choices)
        self._folded: list[tuple[str, str]] | None = None

    def find(self, query: str) -> tuple[Choice, ...]:
        """Choices that hold every word of `query`; within a rank the given order stays."""
        words = fold(query).split()
        if not words:
            return self.choices
        ranked: tuple[list[Choice], ...] = ([], [], [])
        for choice, (label, rest) in zip(self.choices, self._texts(), strict=True):
            if all(w in label or w in rest for w in words):
                ranked[_rank(" ".join(words), words, label)].append(choice)
        return tuple(c for part in ranked for c in part)

    def _texts(self) -> list[tuple[str, str]]:
        if self._folded is None:
            self._folded = [(fold(c.label), fold(f"{c.detail} {c.also}")) for c in self.choices]
        return self._folded


def _rank(phrase: str, words: list[str], label: str) -> int:
    if label.startswith(phrase):
        return 0
    return 1 if all(f" {label}".find(f" {w}") >= 0 for w in words) else 2


class ChoiceModel(QAbstractListModel):
    """A list model over a tuple of choices; replaced as a whole."""

    def __init__(self, choices: Sequence[Choice] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)

    def put(self, choices: Sequence[Choice]) -> None:
        """Show other choices."""
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """The choice in `row`, None where there is none."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many choices; a choice has no children."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Label, words for a screen reader, tool tip, or the choice itself."""
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return choice.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return choice.tip or choice.detail
        return choice if role == ROW_ROLE else None


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice: cap, label, score, and the detail below."""

    def __init__(
        self, theme: Theme, fonts: Fonts, parent: QObject, *, detail: bool, keys: bool, bold: bool
    ) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts
        self._detail, self._keys, self._bold = detail, keys, bold

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The same height for every row."""
        small = QFontMetrics(self._fonts.sized(12)).height()
        height = QFontMetrics(self._fonts.ui).height() + self._fonts.px(14)
        return QSize(0, height + (small + self._fonts.px(2) if self._detail else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, cap, words."""
        choice = index.data(ROW_ROLE)
        if choice is None:
            return
        painter.save()
        self._ground(painter, option, marked=choice.marked)
        rect = option.rect.adjusted(self._fonts.px(8), 0, -self._fonts.px(8), 0)
        left = rect.left()
        if self._keys and choice.key:
            side = self._fonts.px(20)
            top = rect.top() + (self._fonts.px(7) if self._detail else (rect.height() - side) // 2)
            cap = QRectF(left, top, side, self._fonts.px(21))
            paint_cap(painter, cap, choice.key.upper(), self._theme, self._fonts)
            left += self._fonts.px(28)
        self._words(painter, QRect(left, rect.top(), rect.right() - left, rect.height()), choice, option)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, *, marked: bool) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._fonts.px(6)
        if selected or hovered:
            painter.setBrush(QColor(self._theme.accent_soft if selected else self._theme.hover))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if marked:
            painter.setBrush(QColor(self._theme.accent))
            bar = QRectF(option.rect.left(), option.rect.top() + radius, self._fonts.px(3), 0)
            bar.setHeight(option.rect.height() - 2 * radius)
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _words(self, painter: QPainter, room: QRect, choice: Choice, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        top = room.top() + self._fonts.px(7)
        height = QFontMetrics(self._fonts.ui).height()
        first = QRect(room.left(), top, room.width(), height)
        if not self._detail:
            first = room
        first = self._group(painter, first, choice.group)
        name_font = self._fonts.sized(13, bold=selected or self._bold)
        name_end = self._text(painter, first, choice.label, name_font, self._theme.text)
        if choice.score is not None:
            words = (
                f"suggested {score_text(choice.score)}" if choice.score >= 0.5 else score_text(choice.score)
            )
            after = QRect(name_end + self._fonts.px(5), first.top(), 0, first.height())
            after.setRight(first.right())
            self._text(painter, after, words, self._fonts.sized(12), self._theme.muted)
        if self._detail and choice.detail:
            below = QRect(room.left(), top + height + self._fonts.px(2), room.width(), room.height())
            below.setBottom(room.bottom() - self._fonts.px(3))
            self._text(painter, below, choice.detail, self._fonts.sized(12), self._theme.muted)

    def _group(self, painter: QPainter, room: QRect, group: str) -> QRect:
        if not group:
            return room
        font = self._fonts.sized(11)
        width = QFontMetrics(font).horizontalAdvance(group)
        if width > room.width() // 2:
            return room
        place = QRect(room.right() - width, room.top(), width, room.height())
        self._text(painter, place, group, font, self._theme.muted, elide=False)
        return room.adjusted(0, 0, -width - self._fonts.px(8), 0)

    def _text(
        self, painter: QPainter, room: QRect, text: str, font: Any, colour: str, *, elide: bool = True
    ) -> int:
        """Draw one line; returns where it ends."""
        metrics = QFontMetrics(font)
        if elide:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(room.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, text)
        return room.left() + metrics.horizontalAdvance(text)


class ChoiceList(QListView):
    """The list of a picker. It shows and is clicked; the picker holds the keyboard."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        fonts: Fonts,
        parent: QWidget,
        *,
        detail: bool = True,
        keys: bool = True,
        bold: bool | None = None,
        wish: int = 8,
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self.rows = ChoiceModel(parent=self)
        self.setModel(self.rows)
        bold = detail if bold is None else bold
        self.setItemDelegate(ChoiceDelegate(theme, fonts, self, detail=detail, keys=keys, bold=bold))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def sizeHint(self) -> QSize:
        """Room for as many rows as wished."""
        row = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        return QSize(200, row * self._wish + 2)

    def minimumSizeHint(self) -> QSize:
        """Two rows at least; the rest scrolls."""
        return QSize(80, self.sizeHint().height() * 2 // max(2, self._wish))

    def wish(self, rows: int) -> None:
        """Ask for room for so many rows."""
        self._wish = max(1, rows)
        self.updateGeometry()

    def put(self, choices: Sequence[Choice], current: int = 0) -> None:
        """Show `choices` with the row `current` selected; -1 selects none."""
        self.rows.put(choices)
        self.select(current)

    def select(self, row: int) -> None:
        """Select a row and bring it into view; a row that is not there selects none."""
        index = self.rows.index(row, 0) if 0 <= row < self.rows.rowCount() else QModelIndex()
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        else:
            self.clearSelection()

    def step(self, by: int) -> None:
        """Move the selection by rows, stopping at the ends."""
        if count := self.rows.rowCount():
            self.select(max(0, min(count - 1, self.currentIndex().row() + by)))

    def current(self) -> Choice | None:
        """The selected choice."""
        return self.rows.choice(self.currentIndex().row())

    def page(self) -> int:
        """How many rows a page key moves."""
        return max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)) - 1)
