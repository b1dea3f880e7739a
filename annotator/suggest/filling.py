"""Filling: the draft for content that a person marked by hand."""

from dataclasses import replace

from annotator.domain.spans import Span, likeness
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading

_SAME = 0.5


def draft_for(reading: Reading, drafts: list[Draft], spans: tuple[Span, ...]) -> Draft:
    """The rules' draft for these words with the person's spans, else one with the nearest speaker."""
    like = max(drafts, key=lambda d: likeness(d.spans, spans), default=None)
    if like is not None and likeness(like.spans, spans) >= _SAME:
        return replace(like, spans=list(spans))
    near = _beside(reading, drafts, spans)
    if near is not None:
        return replace(
            near,
            spans=list(spans),
            rule="marked by hand",
            why_speaker=near.why_speaker or "speaker of the statement beside",
        )
    return Draft(
        list(spans),
        "marked by hand",
        act="assert",
        speaker=_subject(reading, spans),
        why_speaker="subject of the sentence",
    )


def _beside(reading: Reading, drafts: list[Draft], spans: tuple[Span, ...]) -> Draft | None:
    """A draft of the same paragraph: one that holds the words, else the last before them."""
    start, end = spans[0].start, spans[-1].end
    paragraph = reading.paragraph_of(start)
    here = [
        d
        for d in drafts
        if reading.paragraph_of(d.start) == paragraph and (d.speaker is not None or d.speaker_span)
    ]
    holding = [d for d in here if d.start < end and d.end > start]
    if holding:
        return max(holding, key=lambda d: likeness(d.spans, spans))
    return next((d for d in reversed(here) if d.start <= start), None)


def _subject(reading: Reading, spans: tuple[Span, ...]):  # type: ignore[no-untyped-def]
    """The subject of the sentence around the words, outside them."""
    if not reading.parsed or not len(reading.doc):
        return None
    sentence = reading.doc[min(reading.token_at(spans[0].start), len(reading.doc) - 1)].sent
    outside = [t for t in sentence if t.dep_ == "nsubj" and not any(s.start <= t.idx < s.end for s in spans)]
    return outside[0] if outside else None
