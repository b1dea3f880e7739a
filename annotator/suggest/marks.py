"""Quotation marks: pairs them by direction, paragraph by paragraph, without ever giving a text up.

Linear in the text's length. Positions are code points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FAMILY = {
    **dict.fromkeys(("“", "”", "„", '"', "＂", "``", "''"), "double"),
    **dict.fromkeys(("‘", "’", "'", "‚"), "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "single guillemet"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
}
_OPENS = frozenset("“„«‹‘‚「『") | {"``"}
_CLOSES = frozenset("”»›」』")
_MARK = re.compile("``|''|[\"＂“”„«»‹›‘’'‚「」『』]")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_CLIPPED = re.compile(r"(?:\d0s\b|(?:em|til|tis|twas|cause|n|bout|round)\b)", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{<—–-/:;,¿¡…")
_DEEPEST = 4  # marks nested deeper than this are not speech but noise
_SOFT_END = re.compile(r"[\w,;—–-]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one pair of marks holds. `start` and `end` include the marks, `inner_*` do not;
    `depth` is 1 outside any other quotation; `closed` is False when the closing mark is missing.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 1
    closed: bool = True

    def holds(self, position: int) -> bool:
        """True for a position inside the quotation, its marks included."""
        return self.start <= position < self.end


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int

    @property
    def family(self) -> str:
        return _FAMILY[self.mark]


@dataclass(slots=True)
class _Mark:
    mark: str
    start: int
    end: int
    can_open: bool
    can_close: bool
    possessive: bool  # looks like the apostrophe of a plural: "the ministers’ plan"


def quotations(text: str) -> list[Quotation]:
    """All quotations of a text, sorted, properly nested; never raises."""
    found: list[Quotation] = []
    carried: _Open | None = None
    spans = list(paragraphs(text))
    for number, (start, end) in enumerate(spans):
        scan = _Paragraph(text, start, end, carried)
        scan.run()
        found += scan.found
        following = spans[number + 1] if number + 1 < len(spans) else None
        carried = scan.carry_into(text, following)
        if carried is None:
            found += scan.leftovers()
    return _nested(found)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the paragraphs, white space at their ends left out; hard-wrapped lines are joined."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        if _is_soft(text, start, gap.start(), gap.end()):
            continue
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _is_soft(text: str, start: int, end: int, next_start: int) -> bool:
    """A single line break inside a running sentence: "… said the\\nminister"."""
    if next_start - end != 1 or end <= start or next_start >= len(text):
        return False
    return bool(_SOFT_END.search(text[end - 1])) and text[next_start].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


class _Paragraph:
    """Pairs the marks of one paragraph with a stack."""

    def __init__(self, text: str, start: int, end: int, carried: _Open | None) -> None:
        self._text, self._start, self._end = text, start, end
        self._carried = carried is not None
        self._stack: list[_Open] = [carried] if carried else []
        self.found: list[Quotation] = []

    def run(self) -> None:
        marks = _classified(self._text, self._start, self._end)
        closers = _closers_ahead(marks)
        for i, mark in enumerate(marks):
            if i == 0 and self._carried and mark.start == self._start:
                continue  # the opening mark that a further paragraph of one quotation repeats
            self._take(mark, possessive=mark.possessive and closers[i])

    def _take(self, mark: _Mark, *, possessive: bool) -> None:
        partner = self._partner(mark)
        if partner is not None and not possessive and self._should_close(mark, partner):
            self._close(mark, partner)
        elif mark.can_open and len(self._stack) < _DEEPEST:
            self._stack.append(_Open(mark.mark, mark.start, mark.end))

    def _partner(self, mark: _Mark) -> int | None:
        """Place in the stack of what this mark could close, innermost first."""
        if not mark.can_close:
            return None
        family = _FAMILY[mark.mark]
        for i in range(len(self._stack) - 1, -1, -1):
            if self._stack[i].family == family:
                return i
        return None

    def _should_close(self, mark: _Mark, partner: int) -> bool:
        if not mark.can_open:
            return True
        opened = self._stack[partner].mark
        if mark.mark in "“«":
            return opened in "„»"
        return opened in (mark.mark, "“", "„", "”")

    def _close(self, mark: _Mark, partner: int) -> None:
        opened = self._stack[partner]
        depth = partner + 1
        del self._stack[partner:]
        if opened.inner < mark.start:
            self.found.append(Quotation(opened.start, mark.end, opened.inner, mark.start, depth))

    def carry_into(self, text: str, following: tuple[int, int] | None) -> _Open | None:
        """The quotation that the next paragraph continues by repeating its opening mark."""
        if not self._stack or following is None:
            return None
        outer = self._stack[0]
        repeats = text.startswith(outer.mark, following[0])
        return outer if repeats and len(self._stack) == 1 else None

    def leftovers(self) -> list[Quotation]:
        """Quotations left open: they end with the paragraph, or before the next pair inside it."""
        out, ends = [], self._end
        for opened in reversed(self._stack):
            if opened.family in ("single", "single guillemet") or opened.inner >= ends:
                continue
            inside = [q.start for q in self.found if opened.inner < q.start < ends and q.depth > 1]
            end = self._before(min(inside), opened.inner) if inside and opened.mark != "“" else ends
            if end > opened.inner:
                out.append(Quotation(opened.start, end, opened.inner, end, closed=False))
            ends = opened.start
        return out

    def _before(self, position: int, least: int) -> int:
        while position > least and self._text[position - 1].isspace():
            position -= 1
        return position


def _classified(text: str, start: int, end: int) -> list[_Mark]:
    return [_classify(text, m, start, end) for m in _MARK.finditer(text, start, end)]


def _classify(text: str, match: re.Match[str], start: int, end: int) -> _Mark:
    mark, a, b = match.group(), match.start(), match.end()
    before = text[a - 1] if a > start else " "
    after = text[b] if b < end else " "
    starts_word = (
        before.isspace() or before in _BEFORE_OPENING or before in _OPENS or before in "\"'"
    ) and not after.isspace()
    ends_word = not before.isspace()
    if _FAMILY[mark] == "single":
        return _single(text, match, starts_word=starts_word, before=before, after=after)
    if mark in _OPENS:
        closes = mark == "“" or (mark == "«" and ends_word and not after.isalnum())
        return _Mark(mark, a, b, can_open=True, can_close=closes, possessive=False)
    if mark in _CLOSES:
        reverse = mark in "”»" and starts_word and after.isalnum()
        return _Mark(mark, a, b, can_open=reverse, can_close=True, possessive=False)
    loose = before.isspace() and after.isspace()
    opens = starts_word or loose
    closes = (ends_word or loose) and not (
        before in _BEFORE_OPENING and before not in "…-—–,;:" and after.isalnum()
    )
    return _Mark(mark, a, b, can_open=opens, can_close=closes, possessive=False)


def _single(text: str, match: re.Match[str], *, starts_word: bool, before: str, after: str) -> _Mark:
    """An apostrophe between letters is none; a curly ‘ only opens; ’ and ' may close."""
    mark, a, b = match.group(), match.start(), match.end()
    clipped = bool(_CLIPPED.match(text, b)) and mark != "‘"
    opens = starts_word and not clipped and mark != "’"
    closes = mark not in "‘‚" and not before.isspace() and not after.isalnum() and not opens
    possessive = closes and before in "szx" and after == " "
    return _Mark(mark, a, b, can_open=opens, can_close=closes, possessive=possessive)


def _closers_ahead(marks: list[_Mark]) -> list[bool]:
    """For each mark: does another single mark close later, before a single mark opens?"""
    out, ahead = [False] * len(marks), False
    for i in range(len(marks) - 1, -1, -1):
        out[i] = ahead
        if _FAMILY[marks[i].mark] == "single":
            if marks[i].can_close:
                ahead = True
            elif marks[i].can_open:
                ahead = False
    return out


def _nested(found: list[Quotation]) -> list[Quotation]:
    """Sorted, depths counted anew, a quotation that would cross another left out."""
    out: list[Quotation] = []
    stack: list[Quotation] = []
    for q in sorted(found, key=lambda q: (q.start, -q.end)):
        while stack and stack[-1].end <= q.start:
            stack.pop()
        if stack and q.end > stack[-1].end:
            continue
        placed = Quotation(q.start, q.end, q.inner_start, q.inner_end, len(stack) + 1, q.closed)
        stack.append(placed)
        out.append(placed)
    return out
