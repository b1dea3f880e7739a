"""Cues with which nothing is said: silence, what might be said, what is done rather than said."""

from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.suggest.cues import Cue, nor

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS = frozenset({"would", "could", "might", "may", "should", "can", "must"})
_SILENT = frozenset(
    {
        "confirm",
        "comment",
        "say",
        "elaborate",
        "speculate",
        "specify",
        "disclose",
        "reveal",
        "answer",
        "discuss",
        "draw",
        "draw on",
        "state",
        "explain",
    }
)
_TO_COME = frozenset({"brief", "discuss", "address"})
_ENVOYS = frozenset({"ambassador", "envoy", "consul", "attaché", "diplomat"})
_VOTED_ON = frozenset({"resolution", "bill", "motion", "amendment", "measure"})


def is_silent(cue: Cue) -> bool:
    """ "did not confirm", "would not be drawn on": the act is to say nothing."""
    if cue.verb.lemma == "say" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in cue.token.children):
        return False
    return cue.negated and (cue.verb.lemma in _SILENT or (cue.verb.lemma == "deny" and nor(cue.token)))


def is_hypothetical(cue: Cue) -> bool:
    """ "Beijing would say": speech that did not happen."""
    bare = cue.token.dep_ == "conj" and cue.token.tag_ == "VB"
    verbs = [cue.token, cue.token.head] if bare else [cue.token]
    if cue.token.lemma_ == "say" and any(c.lower_ in ("only", "just") for c in cue.token.children):
        return False  # "would only say that"
    if any(c.lower_ in ("if", "unless") and c.dep_ == "mark" for c in cue.token.children) or _each_time(cue):
        return not is_silent(cue)
    if cue.verb.lemma in _TO_COME and any(c.lower_ == "will" for c in cue.token.children):
        return True  # "will brief the Council on …"
    modals = [c for verb in verbs for c in verb.children if c.dep_ == "aux" and c.lower_ in _MODALS]
    return bool(modals) and not is_silent(cue)


def _each_time(cue: Cue) -> bool:
    """ "every time Oslo says": speech in general."""
    first = cue.token.left_edge.i
    words = [t.lower_ for t in cue.token.doc[max(0, first - 2) : first + 2]]
    return "whenever" in words or any(a in ("every", "each") and b == "time" for a, b in pairwise(words))


def is_deed(cue: Cue) -> bool:
    """ "declared three diplomats persona non grata", "begged to differ": done, or meant otherwise."""
    after = [t.lower_ for t in cue.token.doc[cue.last + 1 : cue.last + 9]]
    lemma = cue.verb.lemma
    if lemma == "declare":
        return "persona" in after
    if lemma == "beg":
        return "differ" in after
    if lemma == "rule":
        return "out" in after[:2]  # "ruled that out"
    if lemma == "recall":
        return any(c.lemma_.lower() in _ENVOYS for c in cue.token.children if c.dep_ == "dobj")
    if lemma == "thank" and after[:1] == ["you"]:
        return not any(c.dep_ == "nsubj" for c in cue.token.children)
    if lemma == "welcome":
        return _received(cue.token)
    if lemma in ("back", "support"):
        return cue.token.tag_ in ("VBZ", "VBP")  # "Turkey, which backs the plan"
    return lemma in ("reject", "endorse") and _voted(cue)


def _received(verb: "Token") -> bool:
    """ "welcomed the President to Oslo": met."""
    guest = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if guest is None:
        return False
    to = [t for t in guest.doc[guest.i + 1 : guest.right_edge.i + 3] if t.lower_ == "to" and t.tag_ != "TO"]
    place = any(c.ent_type_ in ("GPE", "FAC", "ORG", "LOC") for t in to for c in t.children)
    person = any(t.ent_type_ == "PERSON" for t in guest.subtree) or guest.text.istitle()
    return person and place


def _voted(cue: Cue) -> bool:
    """ "The Senate rejected a bill": voted, where nothing is said."""
    objects = [c for c in cue.token.children if c.dep_ == "dobj"]
    return any(o.lemma_.lower() in _VOTED_ON for o in objects)
