"""Hint mode: every candidate on screen carries a letter, and pressing it picks. The likeliest get
the home row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from annotator.domain.spans import Span
from annotator.ui.candidates import Candidate

ALPHABET = "fjdkslaghrueiwopqtyvncmxbz"  # home row first, then by reach

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True)
class Hint:
    """A letter or two, over `span` or beside the text; `value` is what picking it means."""

    letters: str
    span: Span | None
    value: Candidate


@dataclass(frozen=True)
class Asking:
    """What is being asked: `title`, `words` and `keys` stand in the footer, `verb_key` picks nothing.
    `picked` is called with the candidate and whether to add; `none` is what Tab does, `search` what `/`.
    """

    title: str
    verb_key: str
    picked: Callable[[Candidate, bool], object]
    words: str = "press the letter of a mention"
    keys: tuple[tuple[str, str], ...] = (("Esc", "keep"),)
    none: Callable[[], object] | None = None
    search: Callable[[], object] | None = None
    role: str = ""


def codes(count: int, avoid: str = "") -> list[str]:
    """So many different codes, none the start of another: single letters while they last."""
    letters = [c for c in ALPHABET if c not in avoid.lower()]
    size = len(letters)
    pairs = 0
    while size - pairs + pairs * size < count and pairs < size:
        pairs += 1
    first = letters[: size - pairs]
    rest = [a + b for a in letters[size - pairs :] for b in letters]
    return (first + rest)[:count]


class HintMode(QObject):
    """Takes all keys while it is active, until something is picked or it is cancelled."""

    changed = Signal()  # other hints are to be shown, or none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asking: Asking | None = None
        self._hints: list[Hint] = []
        self._typed = ""

    @property
    def active(self) -> bool:
        """True while letters pick."""
        return self.asking is not None

    @property
    def shown(self) -> list[Hint]:
        """Hints that can still be meant."""
        return [h for h in self._hints if h.letters.startswith(self._typed)]

    def start(self, asking: Asking, candidates: Sequence[Candidate]) -> None:
        """Give the candidates their letters, the likeliest first; each has a span or stands aside."""
        self.asking, self._typed = asking, ""
        made = codes(len(candidates), asking.verb_key)
        pairs = zip(made, candidates, strict=False)
        self._hints = [Hint(c, None if x.aside else x.span, x) for c, x in pairs if x.span or x.aside]
        self.changed.emit()

    def pick(self, hint: Hint, *, add: bool = False) -> None:
        """As if its letters had been typed."""
        asking = self.asking
        self._end()
        if asking is not None:
            asking.picked(hint.value, add)

    def cancel(self) -> None:
        """Leave everything as it is."""
        if self.active:
            self._end()

    def handle(self, event: QKeyEvent) -> bool:
        """Take a key; keys that scroll are left to others, arrows and Ctrl end the mode besides."""
        asking = self.asking
        if asking is None:
            return False
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.key() in _ARROWS:
            self.cancel()
            return False
        self._press(event, asking)
        event.accept()
        return True

    def _press(self, event: QKeyEvent, asking: Asking) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() == Qt.Key.Key_Tab:
            self._leave_by(asking.none)
        elif event.text() == "/":
            self._leave_by(asking.search)
        elif event.key() == Qt.Key.Key_Backspace:
            self._typed = ""
            self.changed.emit()
        elif len(event.text()) == 1 and event.text().isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._type(event.text().lower(), add=shift)

    def _type(self, letter: str, *, add: bool) -> None:
        typed = self._typed + letter
        fitting = [h for h in self._hints if h.letters.startswith(typed)]
        if not fitting:
            return
        if fitting[0].letters == typed:
            self.pick(fitting[0], add=add)
            return
        self._typed = typed
        self.changed.emit()

    def _leave_by(self, way: Callable[[], object] | None) -> None:
        if way is not None:
            self._end()
            way()

    def _end(self) -> None:
        self.asking, self._hints, self._typed = None, [], ""
        self.changed.emit()
