"""Belonging: whom a phrase stands for by the one it belongs to: "China's delegate", "Kova's campaign",
"his lawyer", "a spokeswoman for Kova", "allies of Kova", "the members of the Arctic Council", a
declaration "signed by 29 members of the African Union".
"""

from typing import TYPE_CHECKING

from annotator.suggest.chains import Chains
from annotator.suggest.speakers import entity_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_DELEGATES = frozenset({"representative", "delegate", "delegation", "observer"})
_OFFICES = frozenset({"office", "service", "secretariat", "team", "campaign"})
_HELPERS = frozenset({"lawyer", "attorney", "lawyers", "attorneys"})
_UNNAMED = frozenset(
    {"ally", "allies", "friend", "friends", "adviser", "advisor", "advisers", "advisors"}
) | {"aide", "aides", "supporters"}
_MEMBERS = frozenset({"members", "membership"})
_HIS = frozenset({"his", "her"})
_SIGN = frozenset({"sign", "endorse", "adopt", "back", "issue", "approve"})


def delegate(chains: Chains, head: "Token", *, named: bool) -> str | None:
    """ "The representative of Slovenia", "Rwanda's delegate": the state, unless a name follows."""
    if head.lower_ not in _DELEGATES or named or _indefinite(head):
        return None
    owner = _possessor(head) or _object(head, ("of", "for", "from"))
    if owner is not None and str(owner.ent_kb_id_).startswith(("state:", "org:")):
        return chains.of_entity(entity) if (entity := entity_of(owner)) is not None else None
    left = next((t for t in head.lefts if t.dep_ in ("amod", "compound") and t.ent_kb_id_), None)
    state = str(left.ent_kb_id_) if left is not None else ""
    return state if state.startswith("state:") else None


def office(chains: Chains, head: "Token", earlier: "Callable[[Token], str | None]") -> str | None:
    """ "The Fund's press office" -> the Fund; "Kova's office", "a spokeswoman for Kova" -> Ana Kova
    (office); `earlier` finds an institution by a common noun.
    """
    if head.lower_ not in _OFFICES | _HELPERS:
        return None
    owner = _possessor(head) or (_object(head, ("for",)) if head.lower_ in _HELPERS else None)
    if owner is None:
        return None
    theirs = person_of(chains, owner)
    if theirs is not None:
        word = "office" if head.lower_ in _OFFICES - {"campaign"} else head.lemma_.lower()
        return office_of(chains, theirs, word)
    if head.lower_ in _HELPERS:
        return None
    entity = entity_of(owner)
    return chains.of_entity(entity) if entity is not None and entity.kb_id_ else earlier(owner)


def office_of(chains: Chains, person: str, word: str = "office") -> str:
    """The actor "Ana Kova (office)"."""
    actor = chains.actor(person)
    return chains.make(f"{actor.name} ({word})", "org", actor.speaks_for)


def office_holder(chains: Chains, head: "Token") -> str | None:
    """ "A spokesman for the governor" -> Ana Kova (office)."""
    owner = _object(head, ("for", "of"))
    theirs = person_of(chains, owner) if owner is not None and owner.pos_ == "NOUN" else None
    return office_of(chains, theirs) if theirs is not None else None


def unnamed(chains: Chains, head: "Token") -> str | None:
    """ "A senior adviser to Kova", "the minister's allies" -> Anonymous (allies of Ana Kova)."""
    if head.lower_ not in _UNNAMED or (head.tag_ == "NN" and not _indefinite(head)):
        return None
    owner = _possessor(head) or _object(head, ("to", "of"))
    theirs = person_of(chains, owner) if owner is not None else None
    if theirs is None:
        return None
    words = [t.text for t in head.lefts if t.dep_ in ("amod", "compound") and not t.ent_type_]
    link = "to" if head.lemma_.lower() in ("adviser", "advisor", "aide") else "of"
    named = chains.actor(theirs).name
    return chains.make(f"Anonymous ({' '.join([*words, head.lower_])} {link} {named})", "group")


def members(chains: Chains, head: "Token") -> str | None:
    """ "The members of the Arctic Council", "the Council's members": the body itself."""
    if head.lower_ not in _MEMBERS or not any(c.lower_ == "the" or c.dep_ == "poss" for c in head.children):
        return None
    owner = _possessor(head) or _object(head, ("of",))
    if owner is None or owner.ent_type_ != "ORG":
        return None
    entity = entity_of(owner)
    return chains.of_entity(entity) if entity is not None else None


def signatories(chains: Chains, head: "Token") -> str | None:
    """ "A declaration signed by 29 members of the African Union" -> African Union (29 signatories)."""
    signed = next((c for c in head.rights if c.dep_ == "acl" and c.lemma_ in _SIGN), None)
    by = next((c for c in signed.rights if c.lower_ == "by"), None) if signed is not None else None
    if by is None:
        return None
    words = list(by.subtree)
    some = next((t for t in words[1:] if t.like_num and t.i - by.i < 4), None)
    body = next((t for t in words if t.ent_type_ == "ORG" and t.ent_kb_id_), None)
    if some is None or body is None or some.i > body.i:
        return None
    return chains.make(f"{chains.actor(str(body.ent_kb_id_)).name} ({some.text} signatories)", "group")


def part(chains: Chains, entity: "TokenSpan") -> str | None:
    """A council or committee by the name of the organisation that owns it, when it has no name of its own."""
    doc = entity.doc
    if entity.label_ != "ORG" or entity.kb_id_ or entity.start < 2 or doc[entity.start - 1].tag_ != "POS":
        return None
    owner = entity_of(doc[entity.start - 2])
    if owner is None or owner.label_ != "ORG" or not owner.kb_id_:
        return None
    actor = chains.actor(str(owner.kb_id_))
    return chains.make(f"{actor.name} {entity.text}", "org", actor.speaks_for)


def known_force(chains: Chains, state: str, word: str) -> str | None:
    """ "Its military": the armed forces of a state that are known by name."""
    names = chains.gazetteer.names.items()
    ids = (e.actor for name, e in names if e.actor.startswith("org:") and name.endswith(f" {word}"))
    return next((id for id in ids if chains.actor(id).speaks_for == state), None)


def state_owner(sources: dict[str, str], head: "Token") -> "Token | None":
    """The state of "China's customs authority"."""
    if sources.get(head.lower_) != "institution" or head.pos_ != "NOUN" or head.i < 2:
        return None
    owner = _possessor(head)
    fits = owner is not None and str(owner.ent_kb_id_).startswith("state:") and head.i - owner.i < 5
    return owner if fits and owner is not None and owner.i + 2 <= head.i else None


def person_of(chains: Chains, owner: "Token") -> str | None:
    """The person that a name, a pronoun or an office in the possessive stands for."""
    if owner.lower_ in _HIS:
        return chains.last_person(owner.idx, "m" if owner.lower_ == "his" else "f")
    entity = entity_of(owner)
    if entity is not None and entity.label_ == "PERSON":
        return chains.person(entity.text)
    if owner.pos_ == "NOUN" and any(c.lower_ == "the" for c in owner.children):
        return chains.by_title(owner.lower_, None, owner.idx)
    return None


def _possessor(head: "Token") -> "Token | None":
    return next((c for c in head.children if c.dep_ == "poss"), None)


def _object(head: "Token", prepositions: tuple[str, ...]) -> "Token | None":
    found = (c for p in head.rights if p.lower_ in prepositions for c in p.children if c.dep_ == "pobj")
    return next(found, None)


def _indefinite(head: "Token") -> bool:
    return any(c.lower_ in ("a", "an", "one", "another") for c in head.children)
