"""Words as places to start and end a span: for hint mode and for moving an end by a word."""

import re

from annotator.domain.spans import Span

_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = "“\"«„‘'", "”\"»’'"
_LEADS_IN = re.compile(r"(?:\bthat|\bto|\bof|\babout|\bover|\bfor|\bsaid|\bsays|:)\s+$", re.IGNORECASE)
_ENDS = '.!?”»"\n'


def words(text: str, within: Span) -> list[Span]:
    """Words that lie wholly in a stretch of text, marks and stops included."""
    found = (Span(m.start(), m.end()) for m in _WORD.finditer(text, within.start, within.end))
    return [w for w in found if _whole(text, w)]


def as_start(text: str, word: Span) -> Span:
    """A word as the first of a span: quotation marks belong to it, a bracket does not."""
    start = word.start + (text[word.start] == "(" and len(word) > 1)
    return Span(start, as_end(text, word).end)


def as_end(text: str, word: Span) -> Span:
    """A word as the last of a span: a stop belongs to it only inside quotation marks."""
    end = word.end
    while end > word.start + 1 and text[end - 1] in ".,;:!?)…" and text[end - 1] not in _CLOSING:
        end -= 1
    return Span(word.start, end)


def likely_starts(text: str, found: list[Span]) -> list[Span]:
    """Words in the order in which content starts with them: after a mark, a cue, a full stop."""
    return sorted(found, key=lambda w: (_start_rank(text, w), w.start))


def likely_ends(text: str, found: list[Span], start: int = 0) -> list[Span]:
    """Words in the order in which content that starts at `start` ends with them: in its paragraph, the
    closing mark if it opens with one, before a mark or a stop, near first.
    """
    paragraph = text.find("\n\n", start)
    marked = text[start : start + 1] in _OPENING

    def rank(word: Span) -> tuple[bool, bool, int]:
        closing = _CLOSING if marked else '.,;:!?”»"’'
        beyond = 0 <= paragraph < word.end
        return beyond, not any(c in closing for c in text[word.end - 1 : word.end + 1]), word.start

    return sorted(found, key=rank)


def likely_names(text: str, found: list[Span]) -> list[Span]:
    """Words with a capital first."""
    return sorted(found, key=lambda w: (not any(c.isupper() for c in text[w.start : w.start + 2]), w.start))


def moved_end(text: str, span: Span, by: int) -> Span:
    """`span` with its end one word further or back; unchanged where there is none."""
    if by > 0:
        rest = _WORD.search(text, span.end if _gap_follows(text, span.end) else _next_gap(text, span.end))
        return Span(span.start, as_end(text, Span(rest.start(), rest.end())).end) if rest else span
    inside = words_in(text, span)[:-1]
    return Span(span.start, as_end(text, inside[-1]).end) if inside else span


def moved_start(text: str, span: Span, by: int) -> Span:
    """`span` with its start one word back (`by` < 0) or further; unchanged where there is none."""
    if by > 0:
        inside = words_in(text, span)[1:]
        return Span(inside[0].start, span.end) if inside else span
    before = [m.start() for m in _WORD.finditer(text, max(0, span.start - 200), span.start)]
    return Span(before[-1], span.end) if before else span


def words_in(text: str, span: Span) -> list[Span]:
    """Words of a span, cut where the span is."""
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end)]


def _whole(text: str, word: Span) -> bool:
    before = word.start == 0 or text[word.start - 1].isspace()
    return before and (word.end == len(text) or text[word.end].isspace())


def _start_rank(text: str, word: Span) -> int:
    if text[word.start] in _OPENING:
        return 0
    before = text[max(0, word.start - 12) : word.start]
    if _LEADS_IN.search(before):
        return 1
    stripped = before.rstrip(" ")
    return 2 if not stripped or stripped[-1] in _ENDS else 3


def _gap_follows(text: str, at: int) -> bool:
    return at >= len(text) or text[at].isspace()


def _next_gap(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
