"""Without a parse our grammar can read: marked quotations, with the name beside a verb of speech."""

import re

from annotator.domain.spans import Span
from annotator.suggest import lexicon
from annotator.suggest.draft import Draft
from annotator.suggest.marks import Quotation
from annotator.suggest.reading import Reading

_LEAST_WORDS = 4
_LEAST_ATTRIBUTED = 3  # with a verb of speech beside
_ROOM = 120  # code points beside a quotation in which its verb is looked for
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(
    r"(?<!\w)[^\W\d_a-z][\w'’.-]*(?:\s(?:(?:de|da|di|von|van|der|al|bin|del|la|le)\s)?[^\W\d_a-z][\w'’.-]*){0,3}"
)


def drafts(reading: Reading, made: list[Draft]) -> list[Draft]:
    """One statement for each outer quotation long enough to be speech, speaker by the words beside it."""
    out: list[Draft] = []
    for quotation in reading.outer:
        inner = reading.text[quotation.inner_start : quotation.inner_end]
        taken = any(d.start < quotation.end and quotation.start < d.end for d in made)
        words = len(_WORD.findall(inner)) + sum("\u3040" <= c <= "\u9fff" for c in inner) // 2
        if taken or words < _LEAST_ATTRIBUTED:
            continue
        draft = _draft(reading, quotation)
        if out and draft.cue is None and _goes_on(reading, out[-1], quotation):
            out[-1].spans = [*out[-1].spans, *draft.spans]
        elif words >= _LEAST_WORDS or draft.cue is not None:
            out.append(draft)
    return out


def _goes_on(reading: Reading, before: Draft, quotation: Quotation) -> bool:
    """« A », said X. « B »: a quotation of its own, after an attributed one of the same paragraph."""
    same = reading.paragraph_of(before.start) == reading.paragraph_of(quotation.start)
    between = reading.text[before.end : quotation.start].rstrip()
    return (
        same
        and before.cue is not None
        and before.cue.start >= before.end
        and between.endswith((".", "!", "?"))
    )


def _draft(reading: Reading, quotation: Quotation) -> Draft:
    paragraph = reading.paragraphs[reading.paragraph_of(quotation.start)]
    after = _sentence_end(reading.text, quotation.end, min(paragraph[1], quotation.end + _ROOM))
    before = _sentence_start(reading.text, max(paragraph[0], quotation.start - _ROOM), quotation.start)
    draft = Draft([Span(quotation.start, quotation.end)], "marked quotation", act="assert")
    for start, end, last in ((quotation.end, after, False), (before, quotation.start, True)):
        cue = _cue(reading, start, end, nearest_last=last)
        if cue is not None:
            draft.cue = cue
            verb = reading.words.verbs.get(lexicon.forms()[cue.surface(reading.text).lower()])
            draft.act = verb.act if verb else "assert"
            draft.speaker_span = _name(reading, cue, start, end)
            draft.why_speaker = f"name beside “{cue.surface(reading.text)}”" if draft.speaker_span else ""
            break
    return draft


def _sentence_end(text: str, start: int, limit: int) -> int:
    """End of the sentence that goes on after a quotation."""
    stop = re.compile(r"[.!?](?=\s|$)").search(text, start, limit)
    return stop.start() if stop else limit


def _sentence_start(text: str, limit: int, end: int) -> int:
    """Start of the sentence that leads a quotation in."""
    stops = [m.end() for m in re.finditer(r"[.!?][\"”’»)]*\s", text[limit:end])]
    return limit + stops[-1] if stops else limit


def _cue(reading: Reading, start: int, end: int, *, nearest_last: bool) -> Span | None:
    """The verb of speech between two positions, the nearest to the quotation."""
    found = [
        Span(m.start(), m.end())
        for m in _WORD.finditer(reading.text, start, end)
        if m.group().lower() in lexicon.forms()
    ]
    if not found:
        return None
    return found[-1] if nearest_last else found[0]


def _name(reading: Reading, cue: Span, start: int, end: int) -> Span | None:
    """The recogniser's person or the capitalised words nearest to the verb."""
    people = [
        Span(e.start_char, e.end_char)
        for e in reading.doc.ents
        if e.label_ in ("PERSON", "PER") and start <= e.start_char and e.end_char <= end
    ]
    named = people or [
        Span(m.start(), m.end()) for m in _NAME.finditer(reading.text, start, end) if m.group()[0].isupper()
    ]
    named = [s for s in named if not s.overlaps(cue)]
    return min(named, key=lambda s: min(abs(s.start - cue.end), abs(cue.start - s.end)), default=None)
