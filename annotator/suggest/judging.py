"""Judgements: "described X as Y", "called X “Y”", "rejected the claim that …"."""

from typing import TYPE_CHECKING

from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.making import children_of, drafted, hearer_of, spanning
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEECH_NOUNS = frozenset(
    {"accusation", "allegation", "charge", "claim", "comment", "remark", "criticism", "statement"}
    | {"assertion", "complaint", "suggestion", "question"}
)


def as_phrase(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """described X as Y: from X to Y."""
    if "as" not in cue.verb.takes:
        return None
    judged = hearer_of(cue)
    if judged is None or judged.i <= cue.last:
        return None
    token = _as_after(reading, judged)
    if token is None:
        return None
    start = max(cue.last + 1, judged.left_edge.i)
    if judged.tag_ == "PRP" or bare_speech(judged):
        start = token.i + 1
    marked = reading.outer_at(token.i + 1)
    if marked is not None and not reading.inside(token.i):
        last = reading.token_at(marked.end - 1)
    else:
        last = max(bounds.clause_last(start, cue, to_end=False, head=token), token.right_edge.i)
    return drafted(reading, spanning(reading, start, last), cue, "described X as Y", judged=judged)


def _as_after(reading: Reading, judged: "Token") -> "Token | None":
    """The "as" that follows the one who is judged, no verb between."""
    for token in reading.doc[judged.i + 1 : judged.i + 18]:
        if token.text in ".;," or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
        if token.lower_ == "as" and token.dep_ in ("prep", "mark") and token.i + 1 < len(reading.doc):
            return token
    return None


def bare_speech(noun: "Token") -> bool:
    """ "the accusation", "these remarks": words that only point back at what was said."""
    if noun.lemma_.lower() not in _SPEECH_NOUNS:
        return False
    return all(c.dep_ in ("det", "predet") for c in noun.children if c.lower_ != "as")


def naming(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """called X “Y”: from X to Y; naming without judgement is no statement."""
    if "naming" not in cue.verb.takes or cue.last + 1 >= len(reading.doc):
        return None
    if any(c.lower_ == "what" for c in cue.token.children):
        return None  # "praised what she called “a new start”"
    last = bounds.sentence_last(cue.last + 1)
    quoted = next((i for i in range(cue.last + 1, min(last + 1, cue.last + 12)) if reading.inside(i)), None)
    small = next((c for c in children_of(cue) if c.dep_ in ("oprd", "ccomp") and c.i > cue.last + 1), None)
    if quoted is None and small is None:
        return None
    first = reading.doc[cue.last + 1]
    if first.pos_ in ("ADP", "PUNCT", "SPACE") or (
        quoted is None and small is not None and small.pos_ == "PROPN"
    ):
        return None
    begin = cue.last + 1
    if first.tag_ == "PRP":
        begin = quoted if quoted is not None else cue.last + 2
    if quoted is not None:
        q = reading.outer_at(quoted)
        last = _joined_marks(reading, reading.token_at(q.end - 1)) if q else last
        if any(t.pos_ in ("VERB", "AUX") for t in reading.doc[cue.last + 1 : quoted]):
            return None
    else:
        last = bounds.clause_last(begin, cue, to_end=False, head=small)
    return drafted(reading, spanning(reading, begin, last), cue, "called X Y", judged=hearer_of(cue))


def _joined_marks(reading: Reading, last: int) -> int:
    """ "absurd" and "false": last token of the second piece."""
    if last + 2 < len(reading.doc) and reading.doc[last + 1].lower_ in ("and", "or"):
        further = reading.outer_at(last + 2)
        if further is not None:
            return reading.token_at(further.end - 1)
    return last


def denied(cue: Cue, noun: "Token") -> int | None:
    """ "rejected the claim that …": what was claimed."""
    if noun.lemma_.lower() not in _SPEECH_NOUNS or cue.verb.act not in ("deny", "criticise"):
        return None
    that = noun.i + 1
    bare = all(c.dep_ == "det" for c in noun.children if c.i < noun.i)
    return that if bare and that < len(noun.doc) and noun.doc[that].lower_ == "that" else None
