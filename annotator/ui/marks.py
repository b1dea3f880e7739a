"""What is marked in the article on screen: statements, entities and the focused statement's roles,
sorted into the blocks they stand in. Plain values; painting is elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Statement
from annotator.ui.text_map import Piece, TextMap

LEVELS = 3  # underlines of overlapping statements stand below each other, so many at most


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing shown over the text; `look` is statement, entity, speaker, target or cue."""

    look: str
    id: str = ""
    number: int = 0
    decision: Decision = Decision.SUGGESTED
    level: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark over one piece of text."""

    mark: Mark
    piece: Piece


Buckets = dict[int, list[Placed]]


def statement_marks(statements: list[Statement], text: TextMap) -> Buckets:
    """All statements, rejected ones too, by block."""
    buckets: Buckets = defaultdict(list)
    levels = _levels(statements)
    for number, (statement, level) in enumerate(zip(statements, levels, strict=True), 1):
        mark = Mark("statement", statement.id, number, statement.decision, level)
        for n, span in enumerate(statement.spans):
            _put(buckets, text, mark, span, numbered=n == 0)
    return buckets


def update_statement_marks(
    buckets: Buckets, before: list[Statement], after: list[Statement], text: TextMap
) -> Buckets:
    """The marks of `after`, made from those of `before` where only decisions and roles changed."""
    if len(before) != len(after):
        return statement_marks(after, text)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
    if any(old.id != new.id or old.spans != new.spans for old, new in changed):
        return statement_marks(after, text)
    for _, new in changed:
        for block in {piece.block for span in new.spans for piece in text.pieces(span)}:
            buckets[block] = [_decided(placed, new) for placed in buckets[block]]
    return buckets


def _decided(placed: Placed, statement: Statement) -> Placed:
    if placed.mark.id != statement.id:
        return placed
    return Placed(replace(placed.mark, decision=statement.decision), placed.piece)


def entity_marks(layer: Layer, text: TextMap) -> Buckets:
    """Entities that were not rejected, by block."""
    buckets: Buckets = defaultdict(list)
    for mention in layer.mentions.values():
        if mention.decision is not Decision.REJECTED:
            _put(buckets, text, Mark("entity", mention.id), mention.span)
    return buckets


def role_marks(statement: Statement | None, text: TextMap) -> Buckets:
    """Speaker, targets and cue of the focused statement, by block."""
    buckets: Buckets = defaultdict(list)
    if statement is None:
        return buckets
    if statement.cue:
        _put(buckets, text, Mark("cue"), statement.cue)
    if statement.speaker.span:
        _put(buckets, text, Mark("speaker"), statement.speaker.span)
    for span in dict.fromkeys(t.span for t in statement.targets if t.span):
        _put(buckets, text, Mark("target"), span)
    return buckets


def hint_marks(hints: Iterable[tuple[str, Span]], text: TextMap) -> Buckets:
    """Letters over spans, by block; a mark's id is its letters."""
    buckets: Buckets = defaultdict(list)
    for letters, span in hints:
        _put(buckets, text, Mark("hint", letters), span)
    return buckets


def at(buckets: Buckets, text: TextMap, u16: int) -> Iterator[Mark]:
    """Marks over the character at a position, the shortest first."""
    here = [p for p in buckets.get(text.block_at(u16), ()) if p.piece.start <= u16 < p.piece.end]
    return (p.mark for p in sorted(here, key=lambda p: p.piece.end - p.piece.start))


def _put(buckets: Buckets, text: TextMap, mark: Mark, span: Span, *, numbered: bool = True) -> None:
    for piece in text.pieces(span):
        shown = (
            piece if numbered or not piece.first else Piece(piece.block, piece.start, piece.end, first=False)
        )
        buckets[piece.block].append(Placed(mark, shown))


def _levels(statements: Iterable[Statement]) -> list[int]:
    """A level for each, so that those which overlap get different ones while levels last."""
    levels, busy = [], []  # type: list[int], list[tuple[int, int]]
    for s in statements:
        while busy and busy[0][0] <= s.start:
            heappop(busy)
        taken = {level for _, level in busy}
        level = next((n for n in range(LEVELS) if n not in taken), LEVELS - 1)
        levels.append(level)
        heappush(busy, (s.spans[-1].end, level))
    return levels
