"""Asides: an attribution that interrupts its own content ("The suspension, he said, was …")."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.making import spanning
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROOM = 18  # tokens an attribution may have after its verb
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONDITIONS = frozenset({"if", "unless", "because", "until", "provided", "whether"})


def split(reading: Reading, bounds: Bounds, cue: Cue, first: int) -> list[Span]:
    """The content before and after an attribution whose first token is `first`; empty when the
    sentence does not go on behind it.
    """
    if cue.token.dep_ == "conj" or reading.inside(cue.token.i) or reading.inside(first - 1):
        return []
    start, before = _opening(reading, bounds, first)
    if start > before or reading.doc[start].lower_ in ("but", "and", "when", "as", "if", "after"):
        return []
    resumed = _resumed(reading, cue, finite=_finite(reading, start, before))
    if resumed is None:
        return []
    verb = resumed + 2 if reading.doc[resumed].pos_ == "CCONJ" else resumed
    last = bounds.clause_last(verb, cue, to_end=True, head=None)
    opened = reading.span(start, before)
    return [] if opened is None else [opened, *spanning(reading, resumed, last)]


def _opening(reading: Reading, bounds: Bounds, first: int) -> tuple[int, int]:
    """First and last token of what stands before the attribution in its sentence."""
    doc, before = reading.doc, first - 1
    while before > 0 and (doc[before].is_space or doc[before].text in (",", "–", "—", "--")):
        before -= 1
    marked = reading.outer_at(before)
    start = bounds.sentence_first(before if marked is None else reading.token_from(marked.start))
    while start < before and (doc[start].is_space or doc[start].is_punct):
        start += 1
    return start, before


def _finite(reading: Reading, start: int, before: int) -> bool:
    return any(t.tag_ in _FINITE and t.dep_ != "relcl" for t in reading.doc[start : before + 1])


def _resumed(reading: Reading, cue: Cue, *, finite: bool) -> int | None:
    """First token after the comma that closes the attribution, when the clause goes on there."""
    doc = reading.doc
    for i in range(cue.last + 1, min(len(doc) - 2, cue.last + _ROOM)):
        token = doc[i]
        if token.is_space or token.text in ".;:?!" or reading.inside(i):
            return None
        if token.text in (",", "–", "—") and _goes_on(reading, cue, i + 1, finite=finite):
            return i + 1
        if token.tag_ in _FINITE or (token.tag_ == "VBG" and _speaks(reading, token)):
            return None
    return None


def _goes_on(reading: Reading, cue: Cue, i: int, *, finite: bool) -> bool:
    """Does the clause before the attribution go on at token `i`?"""
    doc = reading.doc
    while i < len(doc) - 1 and (reading.is_mark(doc[i]) or doc[i].pos_ == "ADV"):
        i += 1
    token = doc[i]
    if not finite:
        return token.tag_ in _FINITE and not _speaks(reading, token)
    if token.lower_ in ("and", "but", "or"):
        if token.lower_ == "and" and _own_clause(reading, i + 1):
            return True
        verb = next((t for t in doc[i + 1 : i + 4] if t.pos_ in ("VERB", "AUX")), None)
        own = any(t.dep_ in ("nsubj", "nsubjpass") or t.pos_ in ("NOUN", "PROPN") for t in doc[i + 1 : i + 3])
        return verb is not None and verb.tag_ in _FINITE and not own and not _speaks(reading, verb)
    if token.tag_ == "TO":
        return i + 1 < len(doc) and doc[i + 1].tag_ == "VB" and "to" not in cue.verb.takes
    return token.lower_ in _CONDITIONS and token.dep_ in ("mark", "prep", "pcomp")


def _own_clause(reading: Reading, i: int) -> bool:
    """ "A, he said, and B had begun it", ", and “C”": in marks, or with a subject that reports nothing."""
    doc = reading.doc
    if reading.inside(i):
        return True
    for token in doc[i : i + 9]:
        if token.text in ",.;:?!" or token.is_space or reading.inside(token.i):
            return False
        if token.tag_ in _FINITE and token.dep_ not in ("relcl", "acl"):
            return (
                token.i > i and not _speaks(reading, token) and token.head.lemma_ not in reading.words.verbs
            )
    return False


def _speaks(reading: Reading, verb: "Token") -> bool:
    return verb.lemma_.lower() in reading.words.verbs
