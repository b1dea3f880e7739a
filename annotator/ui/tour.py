"""Two minutes through the window: a few steps, each beside the part of the window that it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QWidget

from annotator.ui.pickers.overlay import MARGIN, Overlay
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import button, label

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

GAP = 14  # pixels at scale 1 between a part and the card about it
DIM = 0.32
_ARROWS: dict[object, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


def nothing() -> None:
    """What a step does that only points."""


@dataclass(frozen=True)
class TourStep:
    """`part` gives what is pointed at; `enter` and `leave` show something meanwhile."""

    title: str
    words: str
    part: Callable[[], QWidget]
    enter: Callable[[], object] = nothing
    leave: Callable[[], object] = nothing


def steps(window: "MainWindow") -> list[TourStep]:
    """What a newcomer has to know, for the window as it stands."""
    page, key = window.page, window.key_of
    here = window.session.focused is not None
    text = TourStep(
        "The article",
        "The machine has read it before you. What it takes for a statement is numbered and underlined with "
        "dashes; the one in focus is tinted, its speaker and targets are labelled. Nothing counts until you "
        "say so.",
        lambda: window.article,
    )
    listed = TourStep(
        "All statements of the article",
        f"{key('next')} goes to the next, {key('previous')} to the one before. When all are decided, "
        f"{key('done')} says that the article is done and opens the next. Missed one? Select its words and "
        f"press {key('new_statement')}.",
        lambda: page.statements,
    )
    articles = TourStep(
        "Your articles",
        f"{key('find')} searches them. The chips show how many are to do and done, {key('queue')} assigns a "
        f"sample. Drop your own files on the window, or press {key('import_files')}.",
        lambda: page.list,
    )
    end = TourStep(
        "Whatever you forget",
        f"{key('keys')} shows all keys, {key('commands')} finds a command by its name, {key('guide')} opens "
        f"the help. {key('guidelines')} shows beside the text what counts as a statement. This tour waits "
        "in the Help menu.",
        lambda: window.footer,
    )
    return [text, *(_on_the_card(window) if here else ()), listed, articles, end]


def _on_the_card(window: "MainWindow") -> list[TourStep]:
    card, key = window.page.card, window.key_of
    return [
        TourStep(
            "The statement card",
            "One statement at a time: who says it, to or about whom, on which topic. Each row shows the "
            "words it was read from and how sure the machine is; rest the mouse on a row to see why.",
            lambda: card,
        ),
        TourStep(
            "One key for each role",
            f"Is the speaker wrong? {key('speaker')} puts a letter on every name in the text, as you see "
            "now. Press the letter of the right one. Tab says “not stated”, / searches, Esc keeps what was.",
            lambda: card.rows["speaker"],
            enter=lambda: _ask_speaker(window),
            leave=window.hints.cancel,
        ),
        TourStep(
            "Enter, and on",
            f"All right? {key('confirm')} confirms, saves and goes to the next statement that is not "
            f"decided. {key('reject')} says that it is no statement. {key('undo')} takes back the last "
            "step, even tomorrow.",
            lambda: card.confirm,
        ),
    ]


def _ask_speaker(window: "MainWindow") -> None:
    window.article.unselect()  # selected words are looked for in a list instead
    window.act("speaker")


class Tour(Overlay):
    """Enter and arrows go on and back, Esc ends it; the window takes no keys and clicks meanwhile."""

    def __init__(self, steps: Sequence[TourStep], theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(theme, fonts, parent, width=350)
        self._steps, self.at = list(steps), 0
        self._hole = QRect()
        self.setAccessibleName("A tour of the window")
        self._place = label("", "tiny", parent=self.card)
        self._title = label("", "heading", parent=self.card)
        self._text = label("", wrap=True, parent=self.card)
        for part in (self._place, self._title, self._text):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(8))
        self._end = button("End the tour", self.cancel, "quiet", parent=self.card)
        self._back = button("Back", lambda: self.go(-1), parent=self.card)
        self._on = button("Next", lambda: self.go(1), "primary", parent=self.card)
        for made in (self._end, self._back, self._on):
            made.installEventFilter(self)
        row.addWidget(self._end)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._on)
        self.body.addLayout(row)
        self.closed.connect(self._leave)

    @property
    def step(self) -> TourStep:
        """The step that is shown."""
        return self._steps[self.at]

    def open(self) -> None:
        """Begin."""
        super().open()
        self._enter()

    def go(self, by: int) -> None:
        """To another step; behind the last it ends."""
        if self.at + by >= len(self._steps):
            self.cancel()
        elif self.at + by >= 0:
            self.step.leave()
            self.at += by
            self._enter()

    def _leave(self) -> None:
        self.step.leave()

    def first_focus(self) -> QWidget:
        """The button that goes on."""
        return self._on

    def _enter(self) -> None:
        step, last = self.step, self.at == len(self._steps) - 1
        self._place.setText(f"{self.at + 1} of {len(self._steps)}")
        self._title.setText(step.title)
        self._text.setText(step.words)
        self._back.setEnabled(self.at > 0)
        self._on.setText("Done" if last else "Next")
        self._end.setVisible(not last)
        self.card.setAccessibleName(step.title)
        self._on.setAccessibleName(f"{step.title}. {step.words} {self._on.text()}")
        _bring_into_view(step.part())
        step.enter()
        self._on.setFocus(Qt.FocusReason.PopupFocusReason)
        self.body.invalidate()
        self._cover()
        self.update()

    # -- where things are

    def _cover(self) -> None:
        super()._cover()
        _settle(self.step.part())
        self._hole = self._rect_of(self.step.part())
        self.card.move(self._beside(self._hole))

    def _needed(self, width: int) -> int:
        return self.card.heightForWidth(width)  # with the frame, which takes room from the words

    def _rect_of(self, part: QWidget) -> QRect:
        """The part that can be seen, in the window's coordinates."""
        seen = part.visibleRegion().boundingRect()
        return QRect(part.mapTo(self._window, seen.topLeft()), seen.size()).intersected(self.rect())

    def _beside(self, hole: QRect) -> QPoint:
        """Where the card hides least of the part: right, left, below or above it, else in its middle."""
        card, gap, room = self.card.size(), self._fonts.px(GAP), self.rect()
        middle = hole.center() - QPoint(card.width() // 2, card.height() // 2)
        top = min(max(hole.top(), MARGIN), room.height() - card.height() - MARGIN)
        left = min(max(middle.x(), MARGIN), room.width() - card.width() - MARGIN)
        for x, y in (
            (hole.right() + gap, top),
            (hole.left() - gap - card.width(), top),
            (left, hole.bottom() + gap),
            (left, hole.top() - gap - card.height()),
        ):
            if room.contains(QRect(QPoint(x, y), card)):
                return QPoint(x, y)
        return QPoint(left, min(max(middle.y(), MARGIN), room.height() - card.height() - MARGIN))

    # -- Qt

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001  # Qt's signature
        """Tab goes round the buttons."""
        ring = [b for b in (self._on, self._end, self._back) if b.isVisible() and b.isEnabled()]
        if self._over or not ring:  # Qt asks while it hides us, too
            return False
        at = next((n for n, b in enumerate(ring) if b.hasFocus()), 0)
        ring[(at + (1 if next_ else -1)) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a button, Enter presses it; arrows go on and back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
            watched.click()
        elif key in _ARROWS:
            self.go(_ARROWS[key])
        else:
            return super().eventFilter(watched, event)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card does nothing."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything dimmed but the part, which gets a ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self._hole).adjusted(-3, -3, 3, 3)
        radius = self._fonts.px(8)
        dim, hole = QPainterPath(), QPainterPath()
        dim.addRect(QRectF(self.rect()))
        hole.addRoundedRect(ring, radius, radius)
        shade = QColor("black")
        shade.setAlphaF(DIM * (1.6 if self._theme.dark else 1))
        painter.fillPath(dim - hole, shade)
        painter.setPen(QPen(QColor(self._theme.accent), self._fonts.px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(hole)


def _settle(part: QWidget) -> None:
    """Place a part now where it belongs: a banner above it may just have gone."""
    if (above := part.parentWidget()) is not None:
        _settle(above)
    if (layout := part.layout()) is not None:
        layout.activate()


def _bring_into_view(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()
