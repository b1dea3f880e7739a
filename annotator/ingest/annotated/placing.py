"""Places that strangers' files give -> spans in our text. How a file counts (code points, UTF-16 units
or UTF-8 bytes; line ends as one or two; a byte order mark or none) is told by the words that it gives
for its places, never guessed.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from annotator.domain.spans import Span
from annotator.domain.text import CharMap, normalise
from annotator.ingest.shifts import Shifts

CODE_POINTS, UTF16, UTF8 = "code points", "UTF-16 units", "UTF-8 bytes"

_BOM = "\ufeff"
_SHOWN = 60  # characters of words in a line of the report
_ASKED = 2_000  # places by which the counting is told


@dataclass(frozen=True)
class Place:
    """Where a file says that something stands: half-open pieces in the file's own counting, their
    words when it gives them (pieces joined by spaces), and what it calls the thing (`ref`).
    """

    pieces: tuple[tuple[int, int], ...]
    words: str | None = None
    ref: str = ""


@dataclass(frozen=True)
class Unplaceable:
    """One line of the report: what has no place here, and why."""

    ref: str
    words: str | None
    why: str

    def __str__(self) -> str:
        parts = (self.ref, f"“{shown(self.words)}”" if self.words else "")
        return f"{' '.join(p for p in parts if p)} is not placed: {self.why}"


def shown(words: str) -> str:
    """Words on one line, long ones shortened in the middle."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 20]} … {line[-15:]}"


class Placing:
    """Finds places of one file in one text. `text` is what the file holds, not normalised; `unit` is
    what its format counts in.
    """

    def __init__(self, text: str, places: Iterable[Place], unit: str = CODE_POINTS) -> None:
        places = list(places)
        worded = [p for p in places if p.words]
        self._unit = unit
        self._checked = bool(worded) or not places or text.isascii() or unit != CODE_POINTS
        self._counting = _counting(text, worded[:: len(worded) // _ASKED + 1], unit)
        self._shifts = Shifts(self._counting.text)
        self._text = normalise(text).text

    @property
    def note(self) -> str | None:
        """How the file counts, when it is not as its format does or when nothing tells whether it is;
        a format that counts otherwise than we do needs no proof.
        """
        if self._counting.name:
            return f"offsets converted from {self._counting.name}"
        return None if self._checked else f"offsets taken as {self._unit}, no words beside them to check by"

    def spans(self, place: Place) -> tuple[Span, ...] | str:
        """Spans in the normalised text, sorted, a clause why not when there are none."""
        found = self._counting.slices(place)
        if found is None:
            return f"{_range(place)} lies outside the text or inside a character"
        if not _same(found, place.words):
            return f"at {_range(place)} the text says “{shown(' '.join(found))}”"
        spans = []
        for start, end in self._counting.ranges(place):
            a, b = self._shifts.moved(start), self._shifts.moved(end)
            if not self._text[a:b].strip():
                return f"there are no words at {start} to {end}"
            spans.append(Span(a, b))
        return tuple(sorted(spans))


def _range(place: Place) -> str:
    return ", ".join(f"{a} to {b}" for a, b in place.pieces[:3])


def _same(found: list[str], words: str | None) -> bool:
    """White space counts as one space: files write line ends in words as they can."""
    return words is None or " ".join(found) == words or _squeezed(" ".join(found)) == _squeezed(words)


def _squeezed(words: str) -> str:
    return " ".join(normalise(words).text.split())


class _Counting:
    """One way of counting over one variant of a text."""

    def __init__(self, name: str, text: str, unit: str) -> None:
        self.name = name
        self.text = text
        self._unit = unit

    @cached_property
    def _to_cp(self) -> Callable[[int], int | None]:
        if self._unit == CODE_POINTS or (self.text.isascii()):
            length = len(self.text)
            return lambda at: at if 0 <= at <= length else None
        return _from_u16(self.text) if self._unit == UTF16 else _from_bytes(self.text)

    def ranges(self, place: Place) -> list[tuple[int, int]]:
        """Code points of the variant; only for places that `slices` found."""
        return [(a, b) for a, b in self._ends(place) if a is not None and b is not None]

    def slices(self, place: Place) -> list[str] | None:
        """The words of every piece, or None when one lies outside, backwards or in a character."""
        found = self.ranges(place)
        if len(found) < max(1, len(place.pieces)) or any(a >= b for a, b in found):
            return None
        return [self.text[a:b] for a, b in found]

    def _ends(self, place: Place) -> Iterator[tuple[int | None, int | None]]:
        for start, end in place.pieces:
            yield self._to_cp(start), self._to_cp(end)

    def hits(self, places: Iterable[Place]) -> int:
        """How many places say their words."""
        return sum((found := self.slices(p)) is not None and _same(found, p.words) for p in places)


def _from_u16(text: str) -> Callable[[int], int | None]:
    chars = CharMap(text)

    def to_cp(at: int) -> int | None:
        if not 0 <= at <= chars.length_u16:
            return None
        cp = chars.to_cp(at)
        return cp if chars.to_u16(cp) == at else None

    return to_cp


def _from_bytes(text: str) -> Callable[[int], int | None]:
    ends = [0, *accumulate(len(c.encode("utf-8", "surrogatepass")) for c in text)]

    def to_cp(at: int) -> int | None:
        cp = bisect_left(ends, at)
        return cp if cp < len(ends) and ends[cp] == at else None

    return to_cp


_UNITS = (CODE_POINTS, UTF16, UTF8)


def _counting(text: str, places: list[Place], unit: str) -> _Counting:
    """The counting under which most places say their words; the format's unless another does better."""
    best = _Counting("", text, unit)
    most = best.hits(places)
    if most == len(places):
        return best
    for other in _others(text):
        hits = other.hits(places)
        if hits > most:
            best, most = other, hits
        if most == len(places):
            break
    return best


def _others(text: str) -> Iterator[_Counting]:
    for way, variant in _variants(text):
        for unit in _UNITS:
            if unit == CODE_POINTS or not variant.isascii():
                yield _Counting(f"{unit}{way}", variant, unit)


def _variants(text: str) -> Iterator[tuple[str, str]]:
    """The text as others may have counted in it; each normalises to the same."""
    lf = text.replace("\r\n", "\n")
    crlf = lf.replace("\n", "\r\n")
    lines = {text: ""}
    lines.setdefault(lf, " over LF line ends")
    lines.setdefault(crlf, " over CRLF line ends")
    for variant, way in lines.items():
        yield way, variant
    for variant, way in lines.items():
        if variant.startswith(_BOM):
            yield f"{way} without the byte order mark", variant.removeprefix(_BOM)
        else:
            yield f"{way} with a byte order mark", _BOM + variant
