"""Stances: what is made known without a verb of speech ("was adamant that …", "made clear that …", "whose
answer was that …").
"""

from typing import TYPE_CHECKING

from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue, possessor, speaker_of
from annotator.suggest.draft import Draft
from annotator.suggest.lexicon import Verb
from annotator.suggest.making import spanning
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRM = frozenset(
    {"clear", "adamant", "unequivocal", "emphatic", "insistent", "categorical", "firm", "explicit"}
)
_OUTSPOKEN = _FIRM | {"plain", "known"}
_WORDS = frozenset(
    {"answer", "reply", "response", "message", "argument", "position", "line", "point", "verdict", "view"}
    | {"complaint", "excuse", "explanation", "retort", "conclusion", "advice", "warning", "promise", "demand"}
)
_NOT_SAID = frozenset({"it", "this", "that", "there", "what"})


def drafts(reading: Reading, bounds: Bounds) -> list[Draft]:
    """Statements that an adjective or a noun with "be" opens, or "make clear"."""
    out = []
    for token in reading.doc:
        low = token.lower_
        if low in _OUTSPOKEN:
            draft = _made_known(reading, bounds, token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _WORDS:
            draft = _whose(reading, bounds, token)
        else:
            continue
        if draft is not None:
            out.append(draft)
    return out


def _made_known(reading: Reading, bounds: Bounds, word: "Token") -> Draft | None:
    """ "X made (it) clear that …", "X was adamant that …"."""
    that = _that_after(reading, word.i)
    verb = word.head
    if that is None or verb.pos_ not in ("VERB", "AUX") or verb.i > word.i:
        return None
    made = verb.lemma_ == "make"
    if not made and not (verb.lemma_ in ("be", "remain") and word.lower_ in _FIRM):
        return None
    if any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children):
        return None
    subject, _ = speaker_of(verb)
    if subject is None or subject.lower_ in _NOT_SAID or not _speaks(reading, subject):
        return None
    return _draft(reading, bounds, verb, word, that, subject)


def _whose(reading: Reading, bounds: Bounds, noun: "Token") -> Draft | None:
    """ "Norway’s answer was that …"."""
    owner, verb = possessor(noun), noun.head
    if owner is None or noun.dep_ != "nsubj" or verb.lemma_ != "be" or verb.i < noun.i:
        return None
    that = _that_after(reading, verb.i)
    return None if that is None else _draft(reading, bounds, noun, verb, that, owner)


def _that_after(reading: Reading, i: int) -> int | None:
    doc = reading.doc
    return i + 1 if i + 2 < len(doc) and doc[i + 1].lower_ == "that" and doc[i + 1].pos_ == "SCONJ" else None


def _speaks(reading: Reading, subject: "Token") -> bool:
    """A name, a person's pronoun, or a noun that can speak: reports and figures make things clear too."""
    if subject.pos_ in ("PROPN", "PRON") or subject.ent_type_:
        return True
    return reading.words.sources.get(subject.lower_, "document") != "document"


def _draft(
    reading: Reading, bounds: Bounds, first: "Token", last: "Token", that: int, speaker: "Token"
) -> Draft | None:
    cue = Cue(first, Verb(last.lemma_, "assert", frozenset({"that"})), speaker, last=last.i)
    end = bounds.clause_last(that + 1, cue, to_end=True, head=None)
    spans = spanning(reading, that + 1, end)
    if not spans:
        return None
    why = f"who “{first.text} … {last.text}”"
    draft = Draft(spans, "stance", act="assert", verb=cue, speaker=speaker, why_speaker=why)
    draft.cue = reading.span(first.i, last.i)
    return draft
