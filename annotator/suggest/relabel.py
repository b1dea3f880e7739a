"""Relabel: entities of the recogniser whose label the words around them correct: towns taken for
persons, laws and halls taken for organisations, labels of a transcript, organisations named short.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotator.suggest import gazetteer as gazetteer_
from annotator.suggest import lexicon, long_names
from annotator.suggest.columns import Columns
from annotator.suggest.gazetteer import Gazetteer
from annotator.suggest.lexicon import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_LOCATIVES = frozenset({"in", "near", "outside", "around"})
_MOVING = frozenset({"fly", "travel", "drive", "sail", "flee", "rush", "march", "relocate"})
_SETTLED = frozenset({"city", "town", "village", "port", "province", "provinces", "capital", "district"})
_NO_PERSONS = frozenset(
    {"party", "state", "country", "nation", "capital", "government", "ally", "partner"}
) | {"neighbour", "neighbor", "rival", "foe", "campaign", "delegation", "side", "opponent", "host"}
_LAWS = ("Treaty", "Act", "Convention", "Protocol", "Accord", "Accords", "Constitution", "Charter")
_HALLS = (
    *("Palace", "Airport", "Bridge", "Stadium", "Fairgrounds", "Capitol", "Lawn", "Arena"),
    "Air Force One",
)
_EVENTS = (
    *("Summit", "Olympics", "World Cup", "Christmas", "Ramadan", "Easter", "Thanksgiving"),
    *("World War I", "World War II"),
)
_NO_NAMES = frozenset(
    {"QUESTION", "MODERATOR", "REPORTER", "Q", "A", "MR", "MS", "MRS", "DR", "Madam", "Ret", "Sir"}
)
_OF_MINISTERS = frozenset({"Defense", "Defence", "State", "Commerce", "Interior", "Trade", "Finance"})
_LABELLED = re.compile(
    r"(?:^|\n)(?:MR|MS|MRS|DR|SEN|REP|AMB|GEN|PRESIDENT|SECRETARY|MINISTER)\.? [A-Z][A-Z’'-]+:"
)
_KINDS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


def mended(
    columns: Columns, own: list["TokenSpan"], gazetteer: Gazetteer, labels: set[int]
) -> list["TokenSpan"]:
    """The recogniser's entities with their labels set right, those that are no names left out. `labels` are
    `label_places`.
    """
    towns = _towns(columns, own, gazetteer)
    out = []
    for entity in own:
        if _is_no_name(columns.surface(entity), entity):
            continue
        cut = long_names.without_title(entity, gazetteer) or _whole_person(entity, gazetteer)
        cut = cut or _after_owner(columns, entity, gazetteer)
        held = str(cut.label_)
        label = _label(columns.surface(cut), cut, towns, labels) if held in _KINDS else held
        out.append(cut if label == held else _span(cut.doc, cut.start, cut.end, label))
    return out


def _label(text: str, entity: "TokenSpan", towns: set[str], labels: set[int]) -> str:
    if entity.start in labels:
        return "PERSON"
    if text in towns:
        return "GPE"
    if (apposed := _by_apposition(entity)) is not None:
        return apposed
    for endings, label in ((_LAWS, "LAW"), (_HALLS, "FAC"), (_EVENTS, "EVENT")):
        if text.endswith(endings) and (len(entity) > 1 or label == "EVENT"):
            return label
    return str(entity.label_)


def _by_apposition(entity: "TokenSpan") -> str | None:
    """ "Petrolia, the state oil company,", "Boon Hock, a maritime analyst": what stands beside the name tells
    what it names.
    """
    if entity.label_ not in ("PERSON", "ORG", "GPE", "PRODUCT") or entity.end >= len(entity.doc):
        return None
    if entity.doc[entity.end].text != "," or not all(t.text[0].isupper() for t in entity if t.is_alpha):
        return None
    noun = next((c for c in entity.root.children if c.dep_ == "appos" and c.i > entity.end), None)
    if noun is None or noun.pos_ not in ("NOUN", "ADJ") or noun.left_edge.i > entity.end + 1:
        return None
    kind = lexicon.load().sources.get(noun.lower_, "")
    if kind == "institution" and len(entity) == 1 and entity.label_ != "GPE":
        return "ORG"
    aged = noun.lower_ == "old" or noun.lower_.endswith("-old")
    person = aged or (kind == "person" and noun.tag_ == "NN" and noun.lower_ not in _NO_PERSONS)
    return (
        "PERSON"
        if person and entity.label_ != "PERSON" and gazetteer_.load().get(entity.text) is None
        else None
    )


def _is_no_name(text: str, entity: "TokenSpan") -> bool:
    """ "QUESTION", "MR", the "Defense" of "Defense Secretary"."""
    if text in _NO_NAMES:
        return True
    if text not in _OF_MINISTERS or entity.end >= len(entity.doc):
        return False
    before = entity.doc[entity.start - 1].lower_ if entity.start else ""
    return before in ("of", "for") or entity.doc[entity.end].lower_ in ("secretary", "minister", "ministers")


def _after_owner(columns: Columns, entity: "TokenSpan", gazetteer: Gazetteer) -> "TokenSpan":
    """ "South Korea's Joint Chiefs of Staff": the body without the state that owns it."""
    start, end = entity.start, entity.end
    for i in range(start + 1, end - 1):
        if columns.tags[i] == "POS" and gazetteer.state(entity.doc[start:i].text) is not None:
            return _span(entity.doc, i + 1, end, str(entity.label_))
    return entity


def _whole_person(entity: "TokenSpan", gazetteer: Gazetteer) -> "TokenSpan | None":
    """ "Ana [Kova] said", "its envoy, Ana [Kova]": the given name was missed, so the label was too."""
    if entity.label_ not in ("ORG", "GPE", "NORP", "LOC", "PRODUCT") or len(entity) != 1 or entity.start == 0:
        return None
    token, given = entity[0], entity[0].nbor(-1)
    plain = given.pos_ == "PROPN" and given.is_title and given.dep_ == "compound" and given.head == token
    titled = given.lower_.rstrip(".") in name_words("title")
    if not plain or titled or given.ent_type_ or gazetteer.get(given.text) or gazetteer.get(entity.text):
        return None
    speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon.load().verbs
    apposed = token.dep_ == "appos" and lexicon.load().sources.get(token.head.lower_) == "person"
    return _span(entity.doc, given.i, entity.end, "PERSON") if speaks or apposed else None


def _towns(columns: Columns, own: list["TokenSpan"], gazetteer: Gazetteer) -> set[str]:
    """Names of one or two words that stand after "in" or "city of" and never speak or bear a title."""
    places: set[str] = set()
    others: set[str] = set()
    families = {columns.surface(e).split()[-1] for e in own if e.label_ == "PERSON" and len(e) > 1}
    for entity in own:
        if entity.label_ not in ("PERSON", "ORG", "LOC") or len(entity) > 2:
            continue
        text = columns.surface(entity)
        if text in families or not text.istitle() or gazetteer.get(text):
            continue
        if entity.label_ == "LOC" and len(entity) > 1:
            continue
        (places if _stands_for_place(entity) else others if _acts(entity[-1]) else set()).add(text)
    return places - others


def _stands_for_place(entity: "TokenSpan") -> bool:
    if entity.start == 0:
        return False
    before = entity.doc[entity.start - 1]
    after = entity.doc[entity.end].text if entity.end < len(entity.doc) else ""
    if after in ("'s", "’s", "-", "'", "’") or _alone(entity) is False:
        return False
    if before.lower_ in _LOCATIVES or (before.lower_ == "to" and before.head.lemma_ in _MOVING):
        return True
    settled = entity.doc[entity.start - 2].lower_ if entity.start > 1 else ""
    return before.lower_ == "of" and settled in _SETTLED


def _alone(entity: "TokenSpan") -> bool:
    """Does the name end where the entity does?"""
    if entity.end >= len(entity.doc):
        return True
    following = entity.doc[entity.end]
    return not (
        following.pos_ in ("PROPN", "NOUN") and following.dep_ != "appos" and entity[-1].head == following
    )


def _acts(token: "Token") -> bool:
    before = token.nbor(-1) if token.i else token
    titled = before.lower_.rstrip(".") in name_words("title")
    return (
        titled
        or (token.dep_ in ("nsubj", "nsubjpass") and token.head.pos_ == "VERB")
        or token.dep_ == "appos"
    )


def label_places(doc: "Doc", text: str) -> set[int]:
    """Tokens that are the name in "MS. HOLLOWAY:"."""
    out = set()
    for match in _LABELLED.finditer(text):
        span = doc.char_span(match.end() - 2, match.end() - 1, alignment_mode="expand")
        if span is not None:
            out.add(span.start)
    return out


def labelled(doc: "Doc", labels: set[int]) -> Iterator["TokenSpan"]:
    """The names of "MS. HOLLOWAY:", whether the recogniser saw them or not."""
    yield from (_span(doc, i, i + 1, "PERSON") for i in sorted(labels))


def short_forms(
    doc: "Doc", columns: Columns, own: Iterable["TokenSpan"], gazetteer: Gazetteer
) -> Iterator["TokenSpan"]:
    """ "Palisade" after "Palisade Systems": the first word of an organisation, standing alone."""
    firsts = {columns.words[e.start] for e in own if e.label_ == "ORG" and len(e) > 1}
    short = {word for word in firsts if _distinctive(word) and gazetteer.get(word) is None}
    named, words = columns.classes, columns.words
    for i, word in enumerate(words):
        if word in short and columns.tags[i] == "NNP" and named[i] == "PROPN":
            joined = any(
                0 <= j < len(words) and named[j] == "PROPN" and words[j][0].isupper() for j in (i - 1, i + 1)
            )
            if not joined and doc[i].ent_type_ in ("", "GPE", "PERSON", "ORG"):
                yield _span(doc, i, i + 1, "ORG")


def _distinctive(word: str) -> bool:
    return len(word) > 3 and word.istitle() and word.isalpha() and word.lower() not in _ORDINARY


_ORDINARY = frozenset(
    {"national", "international", "united", "department", "ministry", "council", "committee", "house", "bank"}
    | {"university", "institute", "american", "european", "central", "federal", "supreme", "foreign", "human"}
    | {"world", "south", "north", "east", "west", "democratic", "republican", "security", "joint", "general"}
    | {"first", "civil", "public", "free", "green", "party", "board", "office", "center", "centre", "court"}
)


def _span(doc: "Doc", start: int, end: int, label: str) -> "TokenSpan":
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
