"""Wishes: whom the words of a statement themselves ask, thank, blame or bind: "we urge all states to …",
"Norway thanks X", "X must …", "unless donors …".
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import name_words
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_MUST = frozenset({"must", "should", "ought"})
_NEED = frozenset({"need", "needs"})
_WHEN = frozenset({"unless", "until", "if"})
_MANNERS = {"request": "asked", "support": "thanked", "criticise": "blamed", "warn": "blamed"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_JOINING = frozenset({"on", "upon", "to", "against"})
MANY = name_words("many")


def of(reading: Reading, first: int, last: int) -> list[tuple["Token", str]]:
    """Heads of noun phrases among some tokens, and what is done to them: asked, thanked, blamed, bound."""
    return list(dict.fromkeys(_all(reading, first, last)))


def _all(reading: Reading, first: int, last: int) -> Iterator[tuple["Token", str]]:
    verbs, columns = reading.words.verbs, reading.columns
    for i in range(first, last + 1):
        word, relation = columns.small[i], columns.relations[i]
        if word in _MUST and relation == "aux":
            yield from _subjects(columns.tokens[i].head, "bound")
        elif word in _NEED and columns.classes[i] == "VERB":
            if any(c.dep_ == "xcomp" for c in columns.tokens[i].rights):
                yield from _subjects(columns.tokens[i], "bound")
        elif word in _WHEN and relation == "mark":
            yield from _subjects(columns.tokens[i].head, "a condition for")
        elif columns.classes[i] == "VERB" and columns.tags[i] in ("VBP", "VBZ"):
            token, lemma = columns.tokens[i], columns.lemmas[i]
            verb = verbs.get(f"{lemma} {_particle(token)}") or verbs.get(lemma.lower())
            if verb is not None and verb.act in _MANNERS:
                yield from _objects(token, _MANNERS[verb.act])
    yield from _told(reading, first, last)


def _particle(verb: "Token") -> str:
    return next((c.lower_ for c in verb.rights if c.dep_ in ("prep", "prt")), "")


def _told(reading: Reading, first: int, last: int) -> Iterator[tuple["Token", str]]:
    """ "demanded that X do …": the subject of a clause that is asked for."""
    if first > last:
        return
    root = reading.doc[first]
    while root.head.i != root.i and first <= root.head.i <= last:
        root = root.head
    if root.head.i == root.i:
        return
    asking = reading.words.verbs.get(root.head.lemma_.lower())
    if root.pos_ in ("VERB", "AUX") and asking is not None and asking.act == "request":
        yield from _subjects(root, "bound")


def _subjects(verb: "Token", manner: str) -> Iterator[tuple["Token", str]]:
    return ((c, manner) for c in verb.lefts if c.dep_ in _SUBJECTS)


def _objects(verb: "Token", manner: str) -> Iterator[tuple["Token", str]]:
    for child in verb.rights:
        if child.dep_ in _OBJECTS:
            yield child, manner
        elif child.dep_ == "prep" and child.lower_ in _JOINING:
            yield from ((c, manner) for c in child.rights if c.dep_ == "pobj")
        elif child.dep_ in ("ccomp", "xcomp"):
            yield from _subjects(child, manner)


def may_act(head: "Token") -> bool:
    """Can a plural noun stand for a group that acts: "polluters", "platforms"?"""
    return head.tag_ in ("NNS", "NNPS") and (
        head.lower_ in MANY or head.lower_.endswith(("ers", "ors", "ists", "ians", "ants"))
    )
