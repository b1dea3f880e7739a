"""The makings of content: a draft from a cue, its span, the phrases that hang on the cue."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

KEPT_PREPOSITIONS = frozenset({"against", "to", "with"})  # these belong to the content


def drafted(reading: Reading, spans: list[Span], cue: Cue, rule: str, **more: object) -> Draft:
    """A draft with what its cue says; `more` sets further fields."""
    draft = Draft(spans, rule, act=cue.verb.act, verb=cue, speaker=cue.subject, why_speaker=cue.why)
    draft.cue = reading.span(cue.token.i, max(cue.token.i, cue.last))
    draft.hearer = cue.hearer
    for key, value in more.items():
        setattr(draft, key, value)
    return draft


def spanning(reading: Reading, first: int, last: int) -> list[Span]:
    """Tokens as one span, widened where it would cut a quotation in two."""
    doc = reading.doc
    while first <= last and (doc[first].is_space or doc[first].text in (",", ":", ";")):
        first += 1
    span = reading.span(first, last)
    if span is None:
        return []
    start, end = span.start, span.end
    if (q := reading.outer_at(last)) is not None and q.start >= start:
        end = max(end, q.end)
    if (q := reading.outer_at(first)) is not None and end <= q.end and not reading.inside(max(0, first - 1)):
        start = q.start
    return [Span(start, end)]


def children_of(cue: Cue) -> list["Token"]:
    """What depends on the cue to its right, or on the preposition that belongs to it."""
    return [c for c in cue.token.children if c.i > cue.last] + (
        []
        if cue.last == cue.token.i
        else [
            c
            for c in cue.token.doc[cue.last].children
            if c.i > cue.last and cue.token.doc[cue.last].dep_ in ("prep", "prt", "dative")
        ]
    )


def hearer_of(cue: Cue) -> "Token | None":
    """The direct or indirect object between cue and content."""
    for child in children_of(cue):
        if child.dep_ in ("dobj", "dative", "pobj", "nmod", "npadvmod") and child.pos_ in (
            "NOUN",
            "PROPN",
            "PRON",
            "ADJ",
            "DET",
        ):
            if child.ent_type_ in ("DATE", "TIME"):
                continue
            return child
        if child.dep_ == "dative" or (child.dep_ == "prep" and child.lower_ == "to"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def infinitive_after(reading: Reading, cue: Cue) -> "Token | None":
    """The "to" of an infinitive that depends on the cue, at most an object phrase between."""
    doc = reading.doc
    inside = reading.outer_at(cue.token.i)
    relative = _relative(reading, cue)
    for i in range(cue.last + 1, min(len(doc), cue.last + 25)):
        token = doc[i]
        if reading.outer_at(i) is not inside:
            return None
        if i in relative:
            continue
        if token.tag_ == "IN" and i == cue.last + 1 and any(c.tag_ == "VBG" for c in token.children):
            return None  # "committed to working with X to …"
        if token.tag_ == "TO" and token.head.i > i and token.head.pos_ in ("VERB", "AUX"):
            return token if _may_hang(token, cue, i) else None
        if (
            token.text in ".;:?!"
            or token.lower_ in ("that", "whether")
            or token.tag_ in ("VBD", "VBZ", "MD", "VBP")
        ):
            return None
        if token.text == "," and (i == cue.last + 1 or (i + 1 < len(doc) and doc[i + 1].tag_ == "VBG")):
            return None
    return None


def _relative(reading: Reading, cue: Cue) -> range:
    """ "urged Chile, which hosts the talks, to …": the clause between commas after the one who is asked."""
    if cue.verb.object not in ("asked", "hearer"):
        return range(0)
    doc = reading.doc
    for i in range(cue.last + 2, min(len(doc), cue.last + 9)):
        if doc[i - 1].text == "," and doc[i].tag_ in ("WDT", "WP", "WRB"):
            end = next((t.i for t in doc[i : i + 16] if t.text in (",", ".", ";")), i)
            return range(i - 1, end + 1) if doc[end].text == "," else range(0)
        if doc[i].text in ".;" or doc[i].pos_ == "VERB":
            break
    return range(0)


def _may_hang(to: "Token", cue: Cue, i: int) -> bool:
    if i == cue.last + 1 or cue.verb.object in ("asked", "hearer"):
        return True
    node = to.head
    for _ in range(6):
        if node == cue.token:
            return True
        if node.head == node:
            return False
        node = node.head
        if node.pos_ == "NOUN" and node.i > cue.last:
            return False
    return False
