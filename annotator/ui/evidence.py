"""Which words may stand for a target that is chosen by its name: those of the statement itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.domain.spans import Span
from annotator.domain.statement import Statement
from annotator.ui.pickers.rows import Choice
from annotator.ui.snapshot import Snapshot

ELSEWHERE = "named elsewhere, taken without words"
_END = re.compile(r"[.!?][”\"’')]*\s|\n")


def with_own_words(
    choices: Sequence[Choice], statement: Statement, snapshot: Snapshot, kept: Iterable[Span | None]
) -> list[Choice]:
    """The same actors; those whose words belong to another statement or to none are taken without.
    Words that are `kept` may stand anywhere.
    """
    spans = set(kept)
    return [
        replace(c, value=replace(c.value, span=None), detail=ELSEWHERE)
        if c.value.actor
        and c.value.span
        and c.value.span not in spans
        and not own_words(c.value.span, statement, snapshot)
        else c
        for c in choices
    ]


def own_words(span: Span, statement: Statement, snapshot: Snapshot) -> bool:
    """True for words in the content, or beside the cue in its sentence and not another speaker's."""
    if any(s.contains(span) for s in statement.spans):
        return True
    cue = statement.cue
    if cue is None or not _sentence(cue, snapshot.article.text).contains(span):
        return False
    return not any(_takes(other, span, cue) for other in snapshot.statements if other.id != statement.id)


def _takes(other: Statement, span: Span, cue: Span) -> bool:
    """True where words are another statement's, unless the whole frame is quoted there."""
    if other.cue != cue and other.speaker.span and other.speaker.span.overlaps(span):
        return True
    return any(s.overlaps(span) and not s.contains(cue) for s in other.spans)


def _sentence(span: Span, text: str) -> Span:
    start = max((m.end() for m in _END.finditer(text, 0, span.start)), default=0)
    end = _END.search(text, span.end)
    return Span(start, end.start() if end else len(text))
