"""Quotation marks tell the kind of a statement when a file does not say it."""

from annotator.domain.spans import Span
from annotator.domain.statement import Kind

_OPENING = frozenset('“„«「『‟‘"')
_CLOSING = frozenset('”“»」』’"')
_INSIDE = frozenset('“”„«»「」『』"')
_BEFORE_CLOSING = ",.!?;:…，。！？ \u00a0"


def kind_by_marks(text: str, spans: tuple[Span, ...]) -> Kind:
    """direct when every piece stands in marks, mixed when marks stand in one, else indirect."""
    if all(_enclosed(text, span) for span in spans):
        return Kind.DIRECT
    if any(not _INSIDE.isdisjoint(text[s.start : s.end]) for s in spans):
        return Kind.MIXED
    return Kind.INDIRECT


def _enclosed(text: str, span: Span) -> bool:
    before, inner = text[max(0, span.start - 1) : span.start], text[span.start : span.end]
    after = text[span.end : span.end + 3].lstrip(_BEFORE_CLOSING)[:1]
    opened = before in _OPENING if before else False
    closed = after in _CLOSING if after else False
    return (opened or inner[0] in _OPENING) and (closed or inner[-1] in _CLOSING)
