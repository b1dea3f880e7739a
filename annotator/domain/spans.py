"""Half-open ranges of code points, and their algebra."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Half-open `[start, end)` in code points of the stored text; always 0 <= start < end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def surface(self, text: str) -> str:
        """The words the span covers. Raises ValueError when it reaches past the text."""
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) reaches past {len(text)}")
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """True when `other` lies wholly inside, equal ends included."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True when both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shared(self, other: "Span") -> int:
        """Number of code points in both."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def cover(self, other: "Span") -> "Span":
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` without white space at its ends, or None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same positions as sorted spans that neither overlap nor touch."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = out[-1].cover(span)
        else:
            out.append(span)
    return tuple(out)


def likeness(a: Iterable[Span], b: Iterable[Span]) -> float:
    """Shared positions over all positions of two sets of spans (intersection over union), 0..1."""
    ours, theirs = merged(a), merged(b)
    both = sum(x.shared(y) for x in ours for y in theirs)
    union = sum(map(len, ours)) + sum(map(len, theirs)) - both
    return both / union if union else 0.0


def snapped_to_words(text: str, span: Span) -> Span:
    """`span` trimmed, then widened so that no word is cut at either end."""
    inner = trimmed(text, span.start, span.end) or span
    start, end = inner.start, inner.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)
