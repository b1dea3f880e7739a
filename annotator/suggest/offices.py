"""Offices: the state that a titled person speaks for when the phrase around the name does not say it."""

import re
from bisect import bisect_left
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
_BRITISH = re.compile(
    r"\b(?:MPs?|Commons|Tor(?:y|ies)|Labour|Lib Dems?|Whitehall|backbenchers?|[Hh]ome [Ss]ecretary)\b"
    r"|\b[Ss]hadow (?:\w+ )?(?:secretary|minister|chancellor)|£\d"
)
_LEAST_AT_HOME = 2
_LEAST_BRITISH = 3
_BEFORE = 7  # tokens
_UNITED_STATES = "state:US"


def settle(chains: Chains, doc: "Doc", text: str) -> None:
    """Give office holders without a state that of their sentence or paragraph; a spokesperson at last
    that which the text names most.
    """
    counts = Counter(s for _, s in chains.states)
    article = _Article(chains, doc, text)
    for id, person in chains.people.items():
        if not person.places or not _open(person):
            continue
        state = article.beside(person) or article.american(person) or article.nearby(person)
        if state is None and person.titles & {"spokesperson", "spokesman", "spokeswoman"} and counts:
            state = counts.most_common(1)[0][0]
        if state is not None:
            person.actor = Actor(id, person.actor.name, "person", state)
            chains.made[id] = person.actor


def home(text: str) -> str | None:
    """The state at home in whose parties and houses a text moves, if it does."""
    return _UNITED_STATES if len(_AT_HOME.findall(text)) >= _LEAST_AT_HOME else None


def governed(text: str) -> str | None:
    """The state whose government "the government" is, by the offices and houses that a text speaks of."""
    found = len(_BRITISH.findall(text))
    return "state:GB" if found >= _LEAST_BRITISH else None


def _open(person: Person) -> bool:
    """Nobody known, or a body that a minister cannot speak for."""
    known = person.actor.speaks_for
    return known is None or (known.startswith("org:") and "minister" in person.titles)


class _Article:
    """A text with its states and persons by place, read once for all persons."""

    def __init__(self, chains: Chains, doc: "Doc", text: str) -> None:
        self._chains, self._doc = chains, doc
        self._text = text
        self._states = sorted(chains.states)
        self._state_at = dict(chains.states)
        self._names = {e.start_char: e for e in doc.ents if e.label_ == "PERSON"}

    def beside(self, person: Person) -> str | None:
        """ "Prime Minister X of Vietnam", "Washington has been careful. Its consul, X": what is said beside
        the name.
        """
        for place in sorted(set(person.places) & self._names.keys()):
            entity = self._names[place]
            if person.titles and self._text.startswith(" of ", entity.end_char):
                after = entity.end_char
                state = self._state_at.get(after + len(" of ")) or self._state_at.get(after + len(" of the "))
                if state is not None:
                    return state
            start = max(0, entity.start - _BEFORE)
            before = {t.lower_ for t in self._doc[start : entity.start]}
            if "its" in before and _DIPLOMATS & before:
                return self._chains.last_state(self._doc[start].idx + 1)
        return None

    def american(self, person: Person) -> str | None:
        """ "Sen.", "Rep.", "Commerce Secretary": offices of one state alone."""
        if person.titles & _AMERICAN:
            return _UNITED_STATES
        for place in person.places if "secretary" in person.titles else ():
            before = self._text[max(0, place - 30) : place].lower().split()
            if _AMERICAN_SECRETARY.intersection(before[-3:-1]):
                return _UNITED_STATES
        return None

    def nearby(self, person: Person) -> str | None:
        """The first state of the sentence that gives the title, else the last one before in its paragraph."""
        if not person.titles & _NATIONAL or "former" in person.titles:
            return None
        place = person.places[0]
        opens = self._text.rfind("\n", 0, place) + 1
        sentence = max(self._text.rfind(". ", opens, max(opens, place - 12)) + 1, opens)
        first, last = bisect_left(self._states, (opens, "")), bisect_left(self._states, (place, ""))
        within = self._states[first:last]
        said = [s for at, s in within if at >= sentence]
        if said:
            return said[0]
        return within[-1][1] if within else None
