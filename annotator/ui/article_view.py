"""The article on screen: read-only serif text with marks painted over it, selected by mouse or
keyboard. Offsets leave and enter this widget as code points of the stored text.
"""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QTextEdit, QToolTip, QWidget

from annotator.domain.spans import Span, snapped_to_words, trimmed
from annotator.domain.statement import Decision
from annotator.ui.article_page import ArticlePage
from annotator.ui.article_paint import Line, MarkPainter, Scene, visible_lines
from annotator.ui.hints import Hint
from annotator.ui.marks import (
    at,
    entity_marks,
    hint_marks,
    role_marks,
    statement_marks,
    update_statement_marks,
)
from annotator.ui.snapshot import Snapshot
from annotator.ui.text_map import TextMap
from annotator.ui.theme import Fonts, Theme, look

MOST_TIP = 300
_MOVING = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_EDITING = (
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.SelectNextWord,
    QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfDocument,
    QKeySequence.StandardKey.MoveToEndOfDocument,
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class ArticleView(QTextEdit):
    """Shows one snapshot at a time; clicks give ids, selections give spans."""

    statement_clicked = Signal(str)
    hint_clicked = Signal(object)  # Hint
    byline_clicked = Signal()
    scrolled = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = TextMap("")
        self._scene = Scene()
        self._snapshot: Snapshot | None = None
        self._hints: list[Hint] = []
        self._empty = ""
        self._words = "", ""  # heading and byline
        self._tip: Callable[[str], str] = lambda _: ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("Article")
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        look(self, "article", article=True)
        self.dress(theme, fonts)

    # -- what is shown

    def dress(self, theme: Theme, fonts: Fonts) -> None:
        """Take colours and fonts; keeps the place in the text."""
        place = self.place()
        self._theme, self._fonts = theme, fonts
        self._painter = MarkPainter(theme, fonts)
        self._page = ArticlePage(self.document(), theme, fonts)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, QColor(theme.text))
        palette.setColor(palette.ColorRole.Highlight, QColor(theme.accent_soft))
        palette.setColor(palette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(palette)
        self.setCursorWidth(0)
        self._page.format(self._map, *self._words, self.viewport().width())
        self.go_to(place)

    def show_article(self, snapshot: Snapshot | None, heading: str = "", byline: str = "") -> None:
        """Another article, or none; starts at its top."""
        self._snapshot = None
        self._map = TextMap(snapshot.article.text if snapshot else "")
        self._words = heading, byline
        self.setPlainText(self._map.shown)
        if self.document().characterCount() - 1 != self._map.chars.length_u16:
            raise RuntimeError("the text on screen does not have the stored text's length")
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._scene = Scene(right_to_left=bool(_RIGHT_TO_LEFT.search(self._map.text)))
        self.setAccessibleName(f"Article: {heading}" if heading else "Article")
        self._page.format(self._map, *self._words, self.viewport().width())
        self.verticalScrollBar().setValue(0)
        self.show_marks(snapshot, None)

    def show_heading(self, heading: str, byline: str) -> None:
        """Other words over the same text."""
        before, self._words = self._words, (heading, byline)
        self._page.byline = byline
        if heading != before[0]:
            self._page.format(self._map, heading, byline, self.viewport().width())
        self.viewport().update()

    def show_empty(self, words: str) -> None:
        """What stands in the middle while no article is open."""
        self._empty = words
        self.viewport().update()

    def show_marks(self, snapshot: Snapshot | None, focus: str | None) -> None:
        """Paint what a snapshot of the shown article holds."""
        if snapshot is None:
            self._scene = Scene()
        elif snapshot is not self._snapshot:
            before = self._snapshot
            if before is None:
                self._scene.statements = statement_marks(snapshot.statements, self._map)
            else:
                self._scene.statements = update_statement_marks(
                    self._scene.statements, before.statements, snapshot.statements, self._map
                )
            if before is None or before.shown.mentions != snapshot.shown.mentions:
                self._scene.entities = entity_marks(snapshot.shown, self._map)
        self._snapshot = snapshot
        statement = snapshot.shown.statements.get(focus) if snapshot and focus else None
        self._scene.focus = focus
        self._scene.roles = role_marks(statement, self._map)
        self.viewport().update()

    def show_hints(self, hints: Sequence[Hint], without: str | None = None) -> None:
        """Put letters over spans, or take them away; the chip of role `without` makes room."""
        self._hints = list(hints)
        self._scene.hints = hint_marks([(h.letters, h.span) for h in hints if h.span], self._map)
        self._scene.without = without
        self.viewport().update()

    def on_screen(self) -> Span | None:
        """The stretch of text that is in view."""
        lines = self._lines()
        inside = [x for x in lines if x.at.y() + x.line.y() >= 0 and x.bottom <= self.viewport().height()]
        if not inside:
            return None
        start, end = self._map.chars.span_to_cp(inside[0].start, inside[-1].end)
        return Span(start, end) if start < end else None

    def tell(self, tip: Callable[[str], str]) -> None:
        """Ask `tip` for the words of a tool tip over a mention, by id."""
        self._tip = tip

    # -- places and selections, in code points

    def place(self) -> int:
        """First code point of the top line on screen; 0 while the heading is."""
        if self.verticalScrollBar().value() == 0:
            return 0
        line = next(iter(self._lines()), None)
        return self._map.chars.to_cp(min(line.start, self._map.chars.length_u16)) if line else 0

    def go_to(self, place_cp: int) -> None:
        """Scroll so that a place is the top line."""
        if place_cp <= 0 or place_cp > self._map.chars.length_cp:
            self.verticalScrollBar().setValue(0)
            return
        self._scroll_by(self._y_of(place_cp) - self._page.leading * 0.2)

    def reveal(self, span: Span) -> None:
        """Scroll only when a span is not comfortably on screen."""
        top, height = self._y_of(span.start), self.viewport().height()
        if self._page.leading <= top <= height * 0.8:
            return
        self._scroll_by(top - height * 0.3)

    def selected(self, *, whole_words: bool = True) -> Span | None:
        """The selection, snapped to words; None when there is none."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = self._map.chars.span_to_cp(cursor.selectionStart(), cursor.selectionEnd())
        span = trimmed(self._map.text, start, end)
        return snapped_to_words(self._map.text, span) if span and whole_words else span

    def select(self, span: Span) -> None:
        """Select a span, as if by hand."""
        cursor = self.textCursor()
        cursor.setPosition(self._map.chars.to_u16(span.start))
        cursor.setPosition(self._map.chars.to_u16(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def unselect(self, at_cp: int | None = None) -> None:
        """Drop the selection; the caret goes to a place or stays."""
        cursor = self.textCursor()
        position = cursor.position() if at_cp is None else self._map.chars.to_u16(at_cp)
        cursor.setPosition(position)
        self.setCursorWidth(0)
        bar = self.verticalScrollBar()
        value = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(value)

    def box_of(self, span: Span) -> QRectF:
        """Where a span's first line stands in the viewport."""
        y = self._y_of(span.start)
        x = self.cursorRect(self._cursor_at(span.start)).x()
        return QRectF(x, y, 1, self._page.leading)

    def copy_selection(self) -> None:
        """Put the selected words on the clipboard, in the stored text's own characters."""
        if span := self.selected(whole_words=False):
            QApplication.clipboard().setText(span.surface(self._map.text))

    # -- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks below, text, marks above."""
        lines = self._lines()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.under(painter, self._scene, lines)
        self._paint_around(painter)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.over(painter, self._scene, lines)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column keeps its measure, the margins take the rest."""
        place = self.place()
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._page.fit(event.size().width())
            self.go_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a statement focuses it, a further click the one around it."""
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        if self._page.byline_box.contains(event.position()):
            self.byline_clicked.emit()
            return
        unit = self._unit_at(event.position())
        hint = next((m.id for m in at(self._scene.hints, self._map, unit)), None)
        if hint is not None:
            self.hint_clicked.emit(next(h for h in self._hints if h.letters == hint))
            return
        marks = [m for m in at(self._scene.statements, self._map, unit) if m.id]
        shown = [m.id for m in marks if m.decision is not Decision.REJECTED or m.id == self._scene.focus]
        if shown:
            around = shown.index(self._scene.focus) + 1 if self._scene.focus in shown else 0
            self.statement_clicked.emit(shown[around % len(shown)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the caret and select; everything else belongs to the verbs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        taken = event.key() in _MOVING and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if taken or any(event.matches(k) for k in _EDITING):
            self.setCursorWidth(self._fonts.px(2))
            super().keyPressEvent(event)
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips tell who a mention is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            unit = self._unit_at(QPointF(event.pos()))
            mark = next(at(self._scene.entities, self._map, unit), None)
            words = self._tip(mark.id)[:MOST_TIP] if mark else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with selected words."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy")
        copy.setEnabled(self.textCursor().hasSelection())
        copy.triggered.connect(self.copy_selection)
        menu.addAction("Select all").triggered.connect(self.selectAll)
        menu.popup(event.globalPos())

    # -- inside

    def _lines(self) -> list[Line]:
        offset = QPointF(0, -self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        top = QPointF(self.viewport().width() / 2, self.verticalScrollBar().value() + 1)
        position = max(0, layout.hitTest(top, Qt.HitTestAccuracy.FuzzyHit))
        first = self.document().findBlock(position)
        if first.previous().isValid():
            first = first.previous()
        return list(visible_lines(self.document(), first, offset, self.viewport().height()))

    def _scroll_by(self, pixels: float) -> None:
        bar = self.verticalScrollBar()
        wanted = bar.value() + round(pixels)
        end = int(self.document().size().height()) - self.viewport().height()
        bar.setMaximum(max(bar.maximum(), end))  # Qt itself tells the bar of a longer layout too late
        bar.setValue(wanted)

    def _cursor_at(self, cp: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.chars.to_u16(cp))
        return cursor

    def _y_of(self, cp: int) -> float:
        return float(self.cursorRect(self._cursor_at(cp)).top())

    def _unit_at(self, point: QPointF) -> int:
        y = point.y() + self.verticalScrollBar().value()
        return self.document().documentLayout().hitTest(QPointF(point.x(), y), Qt.HitTestAccuracy.FuzzyHit)

    def _paint_around(self, painter: QPainter) -> None:
        if self._snapshot is None:
            self._page.paint_empty(painter, QRectF(self.viewport().rect()), self._empty)
        else:
            self._page.paint(painter, self.verticalScrollBar().value(), self.viewport().width())
