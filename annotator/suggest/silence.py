"""Silence: "declined to comment on X", "refrained from comment when asked whether …", "would not say"."""

from typing import TYPE_CHECKING

from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.making import drafted, infinitive_after, spanning
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = frozenset(
    {
        "say",
        "comment",
        "confirm",
        "discuss",
        "elaborate",
        "answer",
        "specify",
        "disclose",
        "reveal",
        "identify",
    }
    | {
        "name",
        "respond",
        "speculate",
        "address",
        "give",
        "repeat",
        "explain",
        "provide",
        "detail",
        "apologise",
    }
    | {"apologize", "clarify", "deny", "draw", "go", "rule"}
)
_WHOLE = frozenset({"speculate"})  # "refused to speculate" says what is refused
_BARE = frozenset(
    {"comment", "draw", "say", "discuss", "confirm", "elaborate", "speculate", "specify", "answer"}
)
_LEADS_IN = frozenset({"on", "about", "that", "upon"})


def declined(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """declined to give details: the infinitive; to comment on X: X; to say whether …: from whether."""
    if "to comment" not in cue.verb.takes:
        return None
    said = _not_said(reading, cue)
    if said is not None and said.lemma_.lower() in _WHOLE and _asked_about(reading, said.i + 1) is None:
        last = bounds.clause_last(cue.last + 1, cue, to_end=True, head=None)
        return drafted(reading, spanning(reading, cue.last + 1, last), cue, "declined to say")
    if said is None:
        return None
    first = said.i if said.dep_ == "pobj" else said.left_edge.i
    if said.lemma_.lower() in _BARE:
        opens = _asked_about(reading, said.i + 1)
        if opens is None:
            return None
        first = opens
    last = bounds.clause_last(first, cue, to_end=True, head=None)
    return drafted(reading, spanning(reading, first, last), cue, "declined to say")


def kept_quiet(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """would not comment on X, did not speculate about X: X."""
    if not cue.negated or cue.token.dep_ == "xcomp" or cue.verb.lemma not in _BARE:
        return None
    if cue.last + 1 >= len(reading.doc):
        return None
    if reading.doc[cue.last + 1].lower_ not in ("on", "about"):
        return None
    last = bounds.clause_last(cue.last + 2, cue, to_end=True, head=None)
    return (
        drafted(reading, spanning(reading, cue.last + 2, last), cue, "would not say")
        if last > cue.last + 1
        else None
    )


def _not_said(reading: Reading, cue: Cue) -> "Token | None":
    """The verb, or the noun "comment", right after the cue."""
    after = reading.doc[cue.last + 1] if cue.last + 1 < len(reading.doc) else None
    if (
        after is not None
        and after.lemma_.lower() in ("comment", "elaborate", "say", "speculate", "discuss")
        and cue.last > cue.token.i
    ):
        return after
    to = infinitive_after(reading, cue)
    if to is None or to.i != cue.last + 1 or to.head.lemma_.lower() not in _SAYING:
        return None
    return to.head


def _asked_about(reading: Reading, i: int) -> int | None:
    """First token of what is not said, after "comment on", "say" or "comment when asked about"."""
    doc = reading.doc
    if i < len(doc) and doc[i].text == "," and i + 1 < len(doc) and doc[i + 1].lower_ in ("when", "asked"):
        i += 1
    for word in ("when", "if", "asked"):
        if i + 1 < len(doc) and doc[i].lower_ == word and (word == "asked" or doc[i + 1].lower_ == "asked"):
            i += 1
    if i >= len(doc) or doc[i].is_punct or doc[i].is_space:
        return None
    return i + 1 if doc[i].lower_ in _LEADS_IN else i
