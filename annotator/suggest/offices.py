"""Offices: the state that a titled person speaks for when the phrase around the name does not say it."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from annotator.domain.actors import Actor
from annotator.suggest.chains import Chains, Person

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NATIONAL = frozenset(
    {"minister", "president", "premier", "chancellor", "ambassador", "envoy", "secretary", "king", "queen"}
    | {"spokesperson", "spokesman", "spokeswoman", "negotiator", "general", "admiral", "speaker", "leader"}
)
_DIPLOMATS = frozenset(
    {"minister", "president", "premier", "ambassador", "envoy", "consul", "spokesman", "spokeswoman"}
)
_AMERICAN = frozenset({"rep", "sen", "congressman", "congresswoman"})
_AMERICAN_SECRETARY = frozenset(
    {"commerce", "treasury", "state", "homeland", "labor", "transportation", "veterans", "press"}
)
_AT_HOME = re.compile(
    r"\b(?:Sen\.|Rep\.|Gov\.|Republicans?|Democrats?|the (?:House|Senate)|White House|Capitol Hill|GOP)(?!\w)"
)
_LEAST_AT_HOME = 2
_UNITED_STATES = "state:US"


def settle(chains: Chains, doc: "Doc") -> None:
    """Give office holders without a state that of their sentence or paragraph; a spokesperson at last
    that which the text names most.
    """
    counts = Counter(s for _, s in chains.states)
    for id, person in chains.people.items():
        if not person.places or not _open(person):
            continue
        state = _of(chains, doc, person) or _american(doc, person) or _nearby(chains, doc, person)
        if state is None and person.titles & {"spokesperson", "spokesman", "spokeswoman"} and counts:
            state = counts.most_common(1)[0][0]
        if state is not None:
            person.actor = Actor(id, person.actor.name, "person", state)
            chains.made[id] = person.actor


def home(text: str) -> str | None:
    """The state at home in whose parties and houses a text moves, if it does."""
    return _UNITED_STATES if len(_AT_HOME.findall(text)) >= _LEAST_AT_HOME else None


def _open(person: Person) -> bool:
    """Nobody known, or a body that a minister cannot speak for."""
    known = person.actor.speaks_for
    return known is None or (known.startswith("org:") and "minister" in person.titles)


def _of(chains: Chains, doc: "Doc", person: Person) -> str | None:
    """ "Prime Minister X of Vietnam", "Washington has been careful. Its consul, X": what is said beside
    the name.
    """
    states = dict(chains.states)
    for entity in doc.ents:
        if entity.label_ != "PERSON" or entity.start_char not in person.places:
            continue
        if person.titles and doc.text.startswith(" of ", entity.end_char):
            state = states.get(entity.end_char + 4) or states.get(entity.end_char + 8)
            if state is not None:
                return state
        before = [t.lower_ for t in doc[max(0, entity.start - 7) : entity.start]]
        if "its" in before and _DIPLOMATS.intersection(before):
            return chains.last_state(doc[max(0, entity.start - 7)].idx + 1)
    return None


def _american(doc: "Doc", person: Person) -> str | None:
    """ "Sen.", "Rep.", "Commerce Secretary": offices of one state alone."""
    if person.titles & _AMERICAN:
        return _UNITED_STATES
    for place in person.places if "secretary" in person.titles else ():
        before = doc.text[max(0, place - 30) : place].lower().split()
        if _AMERICAN_SECRETARY.intersection(before[-3:-1]):
            return _UNITED_STATES
    return None


def _nearby(chains: Chains, doc: "Doc", person: Person) -> str | None:
    """The first state of the sentence that gives the title, else the last one before in its paragraph."""
    if not person.titles & _NATIONAL or "former" in person.titles:
        return None
    place = person.places[0]
    opens = max(doc.text.rfind("\n", 0, place), -1) + 1
    sentence = max(doc.text.rfind(". ", opens, max(opens, place - 12)) + 1, opens)
    within = sorted((at, s) for at, s in chains.states if opens <= at < place)
    said = [s for at, s in within if at >= sentence]
    if said:
        return said[0]
    return within[-1][1] if within else None
