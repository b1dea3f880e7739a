"""Joined verbs: where "and" in reported content goes back to the one who reports ("said it would wait and
urged others to …").
"""

from typing import TYPE_CHECKING

from annotator.suggest.cues import Cue
from annotator.suggest.lexicon import Verb
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LASTING = frozenset({"be", "have"})
_TELLING = frozenset(
    {"say", "comment", "elaborate", "confirm", "specify", "discuss", "identify", "disclose", "speculate"}
)
_SELF = frozenset({"he", "she", "it", "they"})


def to_cue(reading: Reading, start: int, i: int, cue: Cue) -> bool:
    """Does what follows the "and" or "but" at token `i` belong to the cue, not to content from `start`?"""
    return (
        _goes_on_speaking(reading, i, cue)
        or _second_noun(reading, i)
        or _urges(reading, i, cue)
        or _other_tense(reading, start, i, cue)
        or _keeps_silent(reading, i)
        or _another_beside(reading, i, cue)
    )


def _keeps_silent(reading: Reading, i: int) -> bool:
    """ "confirmed the loss but would not say who …", "and declined to name X": silence is the speaker's."""
    words = [t.lower_ for t in reading.doc[i + 1 : i + 4]]
    if words[:1] in (["declined"], ["refused"]):
        return True
    return words[:2] in (["would", "not"], ["could", "not"]) and words[-1] in _TELLING


def _another_beside(reading: Reading, i: int, cue: Cue) -> bool:
    """ "with X vowing that A and Y telling him to B": someone else's participle."""
    if cue.token.tag_ != "VBG" or cue.subject is None or cue.subject.head != cue.token:
        return False
    for token in reading.doc[i + 2 : i + 8]:
        if token.tag_ == "VBG" and token.lemma_.lower() in reading.words.verbs:
            return (
                any(c.dep_ == "nsubj" and c.i > i for c in token.children) or token.nbor(-1).pos_ == "PROPN"
            )
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "DET"):
            return False
    return False


def _goes_on_speaking(reading: Reading, i: int, cue: Cue) -> bool:
    """ "denied that A and blamed B": whoever denies goes on, not the one the denial is about."""
    if cue.verb.act != "deny" or i + 1 >= len(reading.doc):
        return False
    verb = reading.doc[i + 1]
    return verb.lemma_.lower() in reading.words.verbs and verb.tag_ == cue.token.tag_


def _second_noun(reading: Reading, i: int) -> bool:
    """ "its hope for A and its readiness to B": another noun of speech with its owner."""
    doc = reading.doc
    if i + 2 >= len(doc) or doc[i + 1].tag_ != "PRP$":
        return False
    return any(t.lemma_.lower() in reading.words.nouns for t in doc[i + 2 : i + 4])


def _urges(reading: Reading, i: int, cue: Cue) -> bool:
    """ "said the plan was dead and urged senators to …": what cannot speak does not urge."""
    doc = reading.doc
    verb = doc[i + 1] if i + 1 < len(doc) else None
    if verb is None or verb.dep_ != "conj" or verb.tag_ != cue.token.tag_:
        return False
    known = reading.words.verbs.get(verb.lemma_.lower())
    if known is not None and doc[min(i + 2, len(doc) - 1)].lower_ == "that":
        return True  # "demands that A and warns that B"
    if known is None or known.attitude or verb.head == cue.token:
        return False
    subject = next((c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ != "NOUN" or subject.ent_type_:
        return False
    return subject.lower_ not in reading.words.sources


def _other_tense(reading: Reading, start: int, i: int, cue: Cue) -> bool:
    """ "said it would wait and urged X to …", "insisted that he was ready and rejected …": a verb in the
    past cannot go on after "would"; after what merely is or has, a verb of speech goes on with the cue.
    """
    verb = _verb_after(reading, i)
    if verb is None or cue.token.tag_ not in ("VBD", "VBZ") or verb.tag_ != cue.token.tag_:
        return False
    known = reading.words.verbs.get(verb.lemma_.lower())
    speaks = known is not None and not known.attitude and known.lemma not in ("support", "back")
    finite = [
        t for t in reading.doc[start:i] if t.tag_ in _FINITE and not _aside(t) and not reading.inside(t.i)
    ]
    if not finite:
        return speaks  # "urged all sides to stay calm and thanked X for …"
    if _never_past(verb, known):
        return True
    if all(t.tag_ == "MD" for t in finite):
        passive = any(t.lower_ in ("be", "been") for t in reading.doc[finite[0].i : i])
        after_comma = reading.doc[i - 1].text == ","
        return after_comma or (not passive and speaks)
    himself = reading.doc[start].lower_ in _SELF and len(finite) == 1
    lasting = finite[0].lemma_ in _LASTING and finite[0].dep_ not in ("aux", "auxpass")
    return speaks and himself and lasting and verb.tag_ == "VBD"


def _never_past(verb: "Token", known: Verb | None) -> bool:
    """ "said Serbia was dragging it out and demanded …", "was owed an apology and offered to …": the past
    joined to what was going on or was done to somebody.
    """
    if known is None or known.attitude or verb.dep_ != "conj" or verb.tag_ != "VBD":
        return False
    if verb.head.tag_ == "VBG":
        return any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.head.children)
    passive = verb.head.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.head.children)
    own = "to" in known.takes and not known.object
    return passive and own and verb.i + 1 < len(verb.doc) and verb.nbor().tag_ == "TO"


def past_of_speaker(cue: Cue, previous: Cue) -> bool:
    """ "said Norway would wait and urged …", "insisted that he was ready and rejected …": what the parser
    joined to the verb reported, not to the one that reports.
    """
    head = cue.token.head
    past = cue.token.tag_ == "VBD" or (cue.token.tag_ == "VBN" and head.tag_ == "VB")
    if cue.token.dep_ != "conj" or not past or previous.token.tag_ != "VBD":
        return False
    if _never_past(cue.token, cue.verb):
        return True
    if head.tag_ in ("VB", "VBN"):
        return any(c.tag_ == "MD" for c in head.children)
    himself = cue.subject is not None and cue.subject.lower_ in _SELF
    return himself and head.tag_ == "VBD" and head.lemma_ in _LASTING


def _verb_after(reading: Reading, i: int) -> "Token | None":
    """The finite verb right after token `i`, an adverb between at most."""
    for token in reading.doc[i + 1 : i + 3]:
        if token.pos_ == "VERB":
            return None if reading.inside(token.i) else token
        if token.pos_ != "ADV":
            return None
    return None


def _aside(verb: "Token") -> bool:
    """The verb of a relative clause, or within one."""
    return verb.dep_ == "relcl" or any(a.dep_ == "relcl" for a in verb.ancestors)


def before_main_clause(verb: "Token") -> bool:
    """ "When she told him that …, there was silence", "after promising that …, it threw him out"."""
    head = verb.head
    if verb.dep_ == "pcomp":
        return head.head.pos_ in ("VERB", "AUX") and head.head.i > verb.right_edge.i
    return verb.dep_ == "advcl" and head.pos_ in ("VERB", "AUX") and head.i > verb.right_edge.i


def past_after_bare(verb: "Token", cue: "Token") -> bool:
    """ "warned that it would be …, and called": no participle, for "would" has its verb already."""
    return verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VB" and cue.tag_ == "VBD"


def new_clause(doc: "Doc", i: int) -> bool:
    """ "… would lose money: Norway buys most of it": a sentence of its own from token `i`."""
    subject = next((t for t in doc[i : i + 8] if t.dep_ in ("nsubj", "nsubjpass") and t.head.i > t.i), None)
    return subject is not None and subject.head.tag_ in ("VBZ", "VBP", "VBD")
