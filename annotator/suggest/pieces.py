"""Pieces: long texts are cut at paragraph or sentence ends, suggested one by one, and joined again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Mention, Statement

LONGEST = 100_000
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s")


def cut(text: str, longest: int = LONGEST) -> list[Span]:
    """Ranges that cover the text, each at most `longest` code points; one for an empty text too."""
    if len(text) <= longest:
        return [Span(0, max(1, len(text)))]
    out, start = [], 0
    while len(text) - start > longest:
        end = _cut_before(text, start, start + longest)
        out.append(Span(start, end))
        start = end
    out.append(Span(start, len(text)))
    return out


def _cut_before(text: str, start: int, limit: int) -> int:
    """The last blank line, line end, sentence end, space before the limit, in this order."""
    least = start + (limit - start) // 2
    for sign in ("\n\n", "\n"):
        at = text.rfind(sign, least, limit)
        if at > 0:
            return at + len(sign)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, least, limit)]
    if ends:
        return ends[-1]
    at = text.rfind(" ", least, limit)
    return at + 1 if at > 0 else limit


def around(text: str, spans: tuple[Span, ...], room: int = 6_000) -> Span:
    """The text around spans that matters for their speaker: from the article's start when it is short,
    of content without end its beginning.
    """
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    if len(text) <= 4 * room:
        return Span(0, len(text))
    low = max(0, start - room)
    at = text.rfind("\n", 0, low) + 1
    low = at if low - at < room else low
    return Span(low, min(len(text), end + room, low + 6 * room))


def inside(window: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """What of some spans lies in a window, by places in it."""
    held = (s for s in spans if s.start < window.end)
    return tuple(Span(s.start - window.start, min(s.end, window.end) - window.start) for s in held)


@dataclass
class Joined:
    """Layers of pieces put together; ids are made anew from the places in the whole text."""

    article: str
    mentions: dict[str, Mention] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    actors: dict = field(default_factory=dict)  # type: ignore[type-arg]

    def add(self, layer: Layer, offset: int) -> None:
        """Add a piece's layer that starts at `offset` code points."""
        for mention in layer.mentions.values():
            span = _moved(mention.span, offset)
            id = suggestion_id("m", self.article, [span], mention.label)
            self.mentions[id] = replace(mention, id=id, span=span)
        for statement in layer.statements.values():
            moved = _moved_statement(statement, offset)
            id = suggestion_id("s", self.article, moved.spans)
            self.statements[id] = replace(moved, id=id)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _moved_statement(s: Statement, offset: int) -> Statement:
    def move(span: Span | None) -> Span | None:
        return None if span is None else _moved(span, offset)

    return replace(
        s,
        spans=tuple(_moved(x, offset) for x in s.spans),
        cue=move(s.cue),
        speaker=replace(s.speaker, span=move(s.speaker.span)),
        via=None if s.via is None else replace(s.via, span=move(s.via.span)),
        targets=tuple(replace(t, span=move(t.span)) for t in s.targets),
    )
