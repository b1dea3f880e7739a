"""Where code points of the stored text stand in the shown document: UTF-16 positions and blocks.

Very long lines are cut into several blocks by showing a line end for one space, so that no
position moves and Qt lays out only what is on screen.
"""

from bisect import bisect_right
from dataclasses import dataclass

from annotator.domain.spans import Span
from annotator.domain.text import CharMap

LONGEST_BLOCK = 20_000  # characters; Qt repaints a block of 5 million in 80 ms, of 20,000 in 2 ms
CUT_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that lies in one block; positions are UTF-16 units of the document."""

    block: int
    start: int
    end: int
    first: bool


class TextMap:
    """`shown` is what the widget is given: as long as `text`, unit by unit at the same places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chars = CharMap(text)
        self.shown, cuts = _cut_long_lines(text)
        starts_cp = [0, *(i + 1 for i, c in enumerate(self.shown) if c == "\n")]
        self._starts = [self.chars.to_u16(cp) for cp in starts_cp]
        first = {cp: n for n, cp in enumerate(starts_cp)}
        self.cut_before = frozenset(first[cp + 1] for cp in cuts)
        self._pieces: dict[Span, tuple[Piece, ...]] = {}

    @property
    def blocks(self) -> int:
        """How many blocks the document has."""
        return len(self._starts)

    def block_at(self, u16: int) -> int:
        """Number of the block that holds a position."""
        return bisect_right(self._starts, u16) - 1

    def pieces(self, span: Span) -> tuple[Piece, ...]:
        """The span cut at block ends; kept, because marks are painted again and again."""
        known = self._pieces.get(span)
        if known is None:
            known = self._pieces[span] = tuple(self._cut(span))
        return known

    def _cut(self, span: Span) -> list[Piece]:
        start, end = self.chars.to_u16(span.start), self.chars.to_u16(span.end)
        out: list[Piece] = []
        for block in range(self.block_at(start), self.block_at(end - 1) + 1):
            block_end = (
                self._starts[block + 1] - 1 if block + 1 < len(self._starts) else self.chars.length_u16
            )
            a, b = max(start, self._starts[block]), min(end, block_end)
            if a < b:
                out.append(Piece(block, a, b, first=not out))
        return out


def _cut_long_lines(text: str) -> tuple[str, list[int]]:
    cuts: list[int] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_BLOCK:
            cuts += _cuts_in(text, start, end)
        start = end + 1
    if not cuts:
        return text, cuts
    parts, at = [], 0
    for cut in cuts:
        parts += [text[at:cut], "\n"]
        at = cut + 1
    return "".join([*parts, text[at:]]), cuts


def _cuts_in(text: str, start: int, end: int) -> list[int]:
    cuts = []
    while end - start > CUT_BLOCK:
        cut = text.find(" ", start + CUT_BLOCK, end)
        if cut < 0:
            break
        cuts.append(cut)
        start = cut + 1
    return cuts
