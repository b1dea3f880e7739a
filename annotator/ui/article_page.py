"""The page an article stands on: its column, its line heights, and the heading painted above the
text, so that the text itself holds nothing but the article.
"""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from annotator.ui.text_map import TextMap
from annotator.ui.theme import Fonts, Theme
from annotator.ui.wording import runs_right_to_left

WORD_SPACING = 0.09  # added, in font sizes: room for the numbers of statements
PARAGRAPH_GAP = 0.36  # of an empty line, and again after every paragraph
BYLINE_ROOM = 38  # pixels at scale 1 below the title
TOP, BOTTOM, SIDE = 28, 120, 24  # pixels at scale 1


class ArticlePage:
    """Formats a document and paints what surrounds it; `width` is the viewport's."""

    def __init__(self, document: QTextDocument, theme: Theme, fonts: Fonts) -> None:
        self._document, self._theme, self._fonts = document, theme, fonts
        self._title_font = QFont(fonts.sized(23, bold=True))
        self._title_font.setWeight(QFont.Weight.Bold)
        self._text_font = QFont(fonts.text)
        self._text_font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # true widths
        self._text_font.setWordSpacing(fonts.text.pixelSize() * WORD_SPACING)
        document.setDefaultFont(self._text_font)
        self.heading, self.byline, self._titled = "", "", False
        self._side = Qt.AlignmentFlag.AlignLeft
        self.byline_box = QRectF()  # where it was painted last

    @property
    def leading(self) -> float:
        """Height of a line in pixels."""
        return self._fonts.text.pixelSize() * self._fonts.leading

    def format(self, text: TextMap, heading: str, byline: str, width: int) -> None:
        """Line height for all, narrow gaps for empty lines, the title large where the text has it."""
        self.heading, self.byline = heading, byline
        away = runs_right_to_left(text.text)
        self._side = Qt.AlignmentFlag.AlignRight if away else Qt.AlignmentFlag.AlignLeft
        self._titled = bool(heading) and text.text.partition("\n")[0].strip() == heading
        gap = self._fonts.text.pixelSize() * PARAGRAPH_GAP
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(_lines(self.leading, below=gap))
        cursor.setCharFormat(QTextCharFormat())
        block = self._document.begin()
        while block.isValid():
            cut = block.blockNumber() + 1 in text.cut_before
            if block.length() == 1 or cut:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(_lines(self.leading if cut else gap))
            block = block.next()
        if self._titled:
            self._format_title(cursor, gap)
        cursor.endEditBlock()
        self.fit(width)

    def fit(self, width: int) -> None:
        """The column keeps its measure, the margins take the rest."""
        root = self._document.rootFrame()
        frame = root.frameFormat()
        title = self._title_box(width).bottom() + self._fonts.px(BYLINE_ROOM)
        frame.setTopMargin(self._fonts.px(TOP) if self._titled else title)
        frame.setLeftMargin(self._margin(width))
        frame.setRightMargin(self._margin(width))
        frame.setBottomMargin(self._fonts.px(BOTTOM))
        root.setFrameFormat(frame)

    def paint(self, painter: QPainter, scroll: int, width: int) -> None:
        """Title and byline, where they are scrolled to."""
        box = self._title_box(width).translated(0, -scroll)
        margin = self._margin(width)
        box.setLeft(margin)
        box.setRight(width - margin)
        if self._titled:
            title = self._document.documentLayout().blockBoundingRect(self._document.firstBlock())
            box.setBottom(title.bottom() - scroll)
        else:
            painter.setFont(self._title_font)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap | self._side), self.heading)
        painter.setFont(self._fonts.sized(13))
        painter.setPen(QColor(self._theme.muted))
        room = QRectF(box.left(), box.bottom() + self._fonts.px(8), box.width(), 100)
        self.byline_box = painter.drawText(room, int(self._side), self.byline)

    def paint_empty(self, painter: QPainter, room: QRectF, words: str) -> None:
        """What stands in the middle while no article is open."""
        painter.setFont(self._fonts.sized(14))
        painter.setPen(QColor(self._theme.muted))
        room = room.adjusted(40, 0, -40, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)

    def _margin(self, width: int) -> float:
        column = QFontMetricsF(self._text_font).averageCharWidth() * self._fonts.column
        return max(self._fonts.px(SIDE), (width - column) / 2)

    def _title_box(self, width: int) -> QRectF:
        margin = self._margin(width)
        room = QRectF(margin, self._fonts.px(TOP), width - 2 * margin, 10_000)
        if not self.heading:
            return QRectF(room.topLeft(), QSizeF(room.width(), 0))
        metrics = QFontMetricsF(self._title_font)
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.heading)

    def _format_title(self, cursor: QTextCursor, gap: float) -> None:
        first = QTextBlockFormat()
        first.setBottomMargin(self._fonts.px(BYLINE_ROOM) - gap)
        letters = QTextCharFormat()
        letters.setFont(self._title_font)
        cursor.setPosition(0)
        cursor.setBlockFormat(first)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)


def _lines(height: float, below: float = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    made.setBottomMargin(below)
    return made
