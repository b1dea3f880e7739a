"""Quotation marks: pairs them by direction, paragraph by paragraph, without ever giving a text up.

Linear in the text's length. Positions are code points.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
_MARK = re.compile("``|''|[\"＂“”„«»‹›‘‚「」『』]|['’](?!(?<=[^\\W_].)[^\\W_])")  # not in "don't"
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_CLIPPED = re.compile(r"(?:\d0s\b|(?:em|til|tis|twas|cause|n|bout|round)\b)", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{<—–-/:;,¿¡…")
_SINGLES = frozenset("‘’'‚")
_DEEPEST = 4  # marks nested deeper than this are not speech but noise
_SOFT_END = re.compile(r"[\w,;—–-]$")


class Quotation(NamedTuple):
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


class _Open(NamedTuple):
    mark: str
    start: int
    inner: int
    family: str


# mark, start, end, can open, can close, looks like the apostrophe of a plural ("the ministers’ plan");
# a plain tuple, for there may be hundreds of thousands
_Mark = tuple[str, int, int, bool, bool, bool]


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
        if self._carried and marks and marks[0][1] == self._start:
            del marks[0]  # the opening mark that a further paragraph of one quotation repeats
        plural = _plurals(marks)
        stack = self._stack
        for i, (mark, start, end, can_open, can_close, _) in enumerate(marks):
            family = _FAMILY[mark]
            if can_close and stack and i not in plural:
                partner = self._partner(family)
                if partner >= 0 and (not can_open or _pairs(stack[partner].mark, mark)):
                    self._close(start, end, partner)
                    continue
            if can_open and len(stack) < _DEEPEST:
                stack.append(_Open(mark, start, end, family))

    def _partner(self, family: str) -> int:
        """Place in the stack of what a mark could close, innermost first; -1 when nothing."""
        stack = self._stack
        for i in range(len(stack) - 1, -1, -1):
            if stack[i].family == family:
                return i
        return -1

    def _close(self, start: int, end: int, partner: int) -> None:
        opened = self._stack[partner]
        del self._stack[partner:]
        if opened.inner < start:
            self.found.append(Quotation(opened.start, end, opened.inner, start, partner + 1))

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


def _pairs(opened: str, mark: str) -> bool:
    """May a mark that could also open close one of its family?"""
    if mark in "“«":
        return opened in "„»"
    return opened in (mark, "“", "„", "”")


def _classified(text: str, start: int, end: int) -> list[_Mark]:
    out = []
    for match in _MARK.finditer(text, start, end):
        mark, (a, b) = match.group(), match.span()
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        opens, closes, possessive = _directions(mark, before, after)
        if opens and mark == "'" and _CLIPPED.match(text, b):
            opens = False  # '90s, 'em
        out.append((mark, a, b, opens, closes, possessive))
    return out


@lru_cache(maxsize=4096)
def _directions(mark: str, before: str, after: str) -> tuple[bool, bool, bool]:
    """Whether a mark between two characters can open, can close, looks like a plural's apostrophe."""
    starts_word = (
        before.isspace() or before in _BEFORE_OPENING or before in _OPENS or before in "\"'"
    ) and not after.isspace()
    ends_word = not before.isspace()
    if mark in _SINGLES:
        return _single(mark, starts_word=starts_word, before=before, after=after)
    if mark in _OPENS:
        return True, mark == "“" or (mark == "«" and ends_word and not after.isalnum()), False
    if mark in _CLOSES:
        return mark in "”»" and starts_word and after.isalnum(), True, False
    loose = before.isspace() and after.isspace()
    closes = (ends_word or loose) and not (
        before in _BEFORE_OPENING and before not in "…-—–,;:" and after.isalnum()
    )
    return starts_word or loose, closes, False


def _single(mark: str, *, starts_word: bool, before: str, after: str) -> tuple[bool, bool, bool]:
    """An apostrophe between letters is none; a curly ‘ only opens; ’ and ' may close."""
    opens = starts_word and mark != "’"
    closes = mark not in "‘‚" and not before.isspace() and not after.isalnum() and not opens
    return opens, closes, closes and before in "szx" and after == " "


def _plurals(marks: list[_Mark]) -> set[int]:
    """Marks that look like the apostrophe of a plural, and another single mark closes later, before
    one opens: they close nothing.
    """
    out: set[int] = set()
    ahead = False
    for i in range(len(marks) - 1, -1, -1):
        mark, _, _, can_open, can_close, possessive = marks[i]
        if possessive and ahead:
            out.add(i)
        if mark in _SINGLES:
            ahead = can_close or (ahead and not can_open)
    return out


def _nested(found: list[Quotation]) -> list[Quotation]:
    """Sorted, depths counted anew, a quotation that would cross another left out."""
    out: list[Quotation] = []
    ends: list[int] = []
    for q in sorted(found, key=lambda q: (q.start, -q.end)):
        while ends and ends[-1] <= q.start:
            ends.pop()
        if ends and q.end > ends[-1]:
            continue
        ends.append(q.end)
        if q.depth != len(ends):
            q = Quotation(q.start, q.end, q.inner_start, q.inner_end, len(ends), q.closed)
        out.append(q)
    return out
