"""Paints marks under and over the article's lines: tints, underlines, numbers, chips, labels.

Geometry comes from QTextLayout for the lines on screen alone; the text itself never changes, so
nothing moves when a mark does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextBlock,
    QTextDocument,
    QTextLayout,
    QTextLine,
)

from annotator.domain.statement import Decision
from annotator.ui.marks import Buckets, Mark, Placed
from annotator.ui.theme import Fonts, Theme

RUN_GAP = 8.0  # pixels; runs that stand closer have only a blank between them
ROLE_LABELS = {"speaker": "SPEAKER", "target": "TARGET"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A mark's part on one line: `x` to `right`, with the line's baseline, ascent and descent."""

    mark: Mark
    x: float
    right: float
    baseline: float
    ascent: float
    first: bool
    right_to_left: bool = False

    @property
    def ground(self) -> QRectF:
        """The rectangle a tint fills: from above the letters to the underline."""
        top = self.baseline - self.ascent * 1.02
        return QRectF(self.x, top, self.right - self.x, self.ascent * 1.42)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on screen, in viewport coordinates; positions are the document's."""

    block: int
    start: int
    end: int
    offset: int
    at: QPointF
    line: QTextLine
    right_to_left: bool = False

    def x_of(self, u16: int) -> float:
        """Where a character starts on this line."""
        x, _ = cast("tuple[float, int]", self.line.cursorToX(u16 - self.offset))
        return self.at.x() + x

    @property
    def bottom(self) -> float:
        """Where the line ends, in viewport coordinates."""
        return self.at.y() + self.line.y() + self.line.height()


@dataclass
class Scene:
    """Everything that is painted besides the text."""

    statements: Buckets = field(default_factory=dict)
    entities: Buckets = field(default_factory=dict)
    roles: Buckets = field(default_factory=dict)
    hints: Buckets = field(default_factory=dict)
    without: str | None = None
    focus: str | None = None
    right_to_left: bool = False


def visible_lines(
    document: QTextDocument, first: QTextBlock, offset: QPointF, height: float
) -> Iterator[Line]:
    """Lines from block `first` that lie in the viewport; `offset` moves document to viewport."""
    layouts = document.documentLayout()
    block = first
    while block.isValid():
        layouts.blockBoundingRect(block)  # lays the block out
        layout = block.layout()
        origin = layout.position() + offset
        if origin.y() > height:
            return
        number, position = block.blockNumber(), block.position()
        count = layout.lineCount()
        backwards = block.textDirection() is Qt.LayoutDirection.RightToLeft
        for i in range(_first_line(layout, count, -origin.y()), count):
            line = layout.lineAt(i)
            if origin.y() + line.y() > height:
                return
            start = position + line.textStart()
            yield Line(number, start, start + line.textLength(), position, origin, line, backwards)
        block = block.next()


def _first_line(layout: QTextLayout, count: int, top: float) -> int:
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        line = layout.lineAt(middle)
        if line.y() + line.height() < top:
            low = middle + 1
        else:
            high = middle
    return low


def stretches(lines: Iterable[Line], buckets: Buckets, *, right_to_left: bool = False) -> list[Stretch]:
    """The parts of all marks on the given lines."""
    out: list[Stretch] = []
    for line in lines:
        for placed in buckets.get(line.block, ()):
            piece = placed.piece
            if piece.start < line.end and line.start < piece.end:
                out += _on_line(line, placed, right_to_left=right_to_left)
    return out


def _on_line(line: Line, placed: Placed, *, right_to_left: bool) -> Iterator[Stretch]:
    piece = placed.piece
    start, end = max(piece.start, line.start), min(piece.end, line.end)
    first = piece.first and start == piece.start
    ascent = line.line.ascent()
    baseline = line.at.y() + line.line.y() + ascent
    for x, right in _reaches(line, start, end, right_to_left=right_to_left):
        yield Stretch(placed.mark, x, right, baseline, ascent, first, line.right_to_left)
        first = False


def _reaches(line: Line, start: int, end: int, *, right_to_left: bool) -> Iterator[tuple[float, float]]:
    """Left and right ends; several where directions mix within the stretch."""
    if not right_to_left:
        last = line.at.x() + line.line.naturalTextRect().right()  # spaces hang over the line's end
        yield line.x_of(start), min(line.x_of(end), last)
        return
    boxes = [run.boundingRect() for run in line.line.glyphRuns(start - line.offset, end - start)]
    sides = sorted((line.at.x() + b.left(), line.at.x() + b.right()) for b in boxes)
    joined: list[tuple[float, float]] = []
    for left, right in sides:
        if joined and left <= joined[-1][1] + RUN_GAP:
            joined[-1] = joined[-1][0], max(right, joined[-1][1])
        else:
            joined.append((left, right))
    yield from reversed(joined) if line.right_to_left else joined


class MarkPainter:
    """Paints a scene's stretches in a theme's colours."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self.theme, self.fonts = theme, fonts
        self._label = QFont(fonts.ui)
        self._label.setPixelSize(max(8, fonts.px(9)))
        self._label.setWeight(QFont.Weight.Bold)
        self._hint = QFont(fonts.mono)
        self._hint.setPixelSize(fonts.px(11))
        self._hint.setBold(True)
        self._number = QFont(self._label)
        self._number.setPixelSize(max(9, fonts.px(9.5)))

    def under(self, painter: QPainter, scene: Scene, lines: list[Line]) -> None:
        """What lies beneath the letters."""
        for s in self._statements(scene, lines):
            if s.mark.id == scene.focus:
                colour = self.theme.hover if _rejected(s) else self.theme.statement_soft
                painter.fillRect(s.ground, QColor(colour))
        tinted = scene.hints if scene.without else {}  # not when every word carries a letter
        for s in stretches(lines, tinted, right_to_left=scene.right_to_left):
            painter.fillRect(s.ground.adjusted(0, 0, 0, -s.ascent * 0.16), QColor(self.theme.hint_soft))
        for s in self._roles(scene, lines):
            if s.mark.look in ROLE_LABELS:
                self._chip(painter, s)

    def over(self, painter: QPainter, scene: Scene, lines: list[Line]) -> None:
        """What lies above the letters."""
        roles = self._roles(scene, lines)
        chips = {(s.x, s.baseline) for s in roles if s.mark.look in ROLE_LABELS}
        for s in stretches(lines, scene.entities, right_to_left=scene.right_to_left):
            if (s.x, s.baseline) not in chips:
                self._dotted(painter, s)
        numbered: dict[tuple[float, float], float] = {}
        for s in self._statements(scene, lines):
            self._underline(painter, s, focused=s.mark.id == scene.focus)
            if s.first:
                place = s.x, s.baseline
                numbered[place] = self._numeral(painter, s, numbered.get(place, s.x))
        for s in roles:
            self._role(painter, s)
        for s in stretches(lines, scene.hints, right_to_left=scene.right_to_left):
            if s.first:
                self._badge(painter, s)

    def _roles(self, scene: Scene, lines: list[Line]) -> list[Stretch]:
        found = stretches(lines, scene.roles, right_to_left=scene.right_to_left)
        return [s for s in found if s.mark.look != scene.without]

    def _badge(self, painter: QPainter, s: Stretch) -> None:
        letters = s.mark.id.upper()
        metrics = QFontMetricsF(self._hint)
        width = metrics.horizontalAdvance(letters) + self._px(8)
        height = self._px(15)
        box = QRectF(s.x - self._px(6), s.ground.top() - height + self._px(5), width, height)
        painter.setPen(QPen(QColor(self.theme.hint_line), 1.0))
        painter.setBrush(QColor(self.theme.hint))
        painter.drawRoundedRect(box, self._px(3), self._px(3))
        painter.setFont(self._hint)
        painter.setPen(QColor(self.theme.hint_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)

    def _statements(self, scene: Scene, lines: list[Line]) -> list[Stretch]:
        found = stretches(lines, scene.statements, right_to_left=scene.right_to_left)
        return [s for s in found if not _rejected(s) or s.mark.id == scene.focus]

    def _chip(self, painter: QPainter, s: Stretch) -> None:
        box = s.ground.adjusted(-self._px(3), 0, self._px(3), 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.role(s.mark.look)))
        painter.drawRoundedRect(box, self._px(4), self._px(4))
        painter.setBrush(QColor(getattr(self.theme, f"{s.mark.look}_soft")))
        painter.drawRoundedRect(box.adjusted(0, 0, 0, -self._px(2)), self._px(4), self._px(4))

    def _underline(self, painter: QPainter, s: Stretch, *, focused: bool) -> None:
        theme = self.theme
        if _rejected(s):
            y = s.baseline - s.ascent * 0.28
            painter.setPen(QPen(QColor(theme.rejected), 1.0))
            painter.drawLine(QPointF(s.x, y), QPointF(s.right, y))
            return
        y = self._line_y(s)
        pen = QPen(QColor(theme.statement if focused else theme.statement_line), self._px(2))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if s.mark.decision is Decision.SUGGESTED:
            pen.setDashPattern([3.0, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(s.x, y), QPointF(s.right, y))

    def _line_y(self, s: Stretch) -> float:
        return s.ground.bottom() - self._px(1) + s.mark.level * self._px(4)

    def _dotted(self, painter: QPainter, s: Stretch) -> None:
        y = s.baseline + s.ascent * 0.22
        pen = QPen(QColor(self.theme.entity_line), max(1.0, self._px(1)), Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.0, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(s.x, y), QPointF(s.right, y))

    def _numeral(self, painter: QPainter, s: Stretch, right: float) -> float:
        """The number, ending at `right`; returns where it starts, for one more at the same place."""
        colour = self.theme.statement
        if s.mark.decision is not Decision.SUGGESTED:
            colour = self.theme.decision(s.mark.decision)
        painter.setFont(self._number)
        painter.setPen(QColor(colour))
        words = str(s.mark.number)
        width = QFontMetricsF(self._number).horizontalAdvance(words)
        alone = len(words) == 1 and right == s.x
        rise = 0.42 if alone else 0.72  # one digit fits between words, more stand above them
        left = s.right + self._px(1) if s.right_to_left else right - width - self._px(1)
        painter.drawText(QPointF(left, s.baseline - s.ascent * rise), words)
        return left - self._px(2)

    def _role(self, painter: QPainter, s: Stretch) -> None:
        if s.mark.look == "cue":
            y = s.baseline + s.ascent * 0.22
            painter.setPen(QPen(QColor(self.theme.entity_line), 1.0))
            painter.drawLine(QPointF(s.x, y), QPointF(s.right, y))
        elif s.first:
            painter.setFont(self._label)
            painter.setPen(QColor(self.theme.role(s.mark.look)))
            painter.drawText(QPointF(s.x, s.ground.top() - self._px(2)), ROLE_LABELS[s.mark.look])

    def _px(self, length: float) -> float:
        return length * self.fonts.scale


def _rejected(s: Stretch) -> bool:
    return s.mark.decision is Decision.REJECTED
