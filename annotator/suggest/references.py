"""References: nouns that stand for an actor named elsewhere in the text: "the president", "the Council",
"the army", "the government".
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from annotator.suggest import belonging, offices
from annotator.suggest.chains import SAME_TITLE, Chains
from annotator.suggest.entities import TITLES
from annotator.suggest.lexicon import name_words
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

OFFICES = name_words("office")
_CALLED = SAME_TITLE | dict.fromkeys(("lawmaker", "congressman", "congresswoman"), "representative")
GOVERNING = frozenset({"government", "administration", "regime", "authorities", "ministers", "cabinet"})
_FORCES = frozenset({"army", "military", "navy"})
_ADMINISTRATION = re.compile(r"\b([A-Z]\w+) administration\b")
_NOUNS = frozenset({"NOUN", "PROPN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "both"})
_APART = frozenset({"appos", "attr", "compound"})
_NEAR = 6  # tokens before a noun that may name its state


class Place(Protocol):
    """An actor named at a place."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def id(self) -> str:
        """The actor."""


class References:
    """The references of one text; `named` are the namings by name, in order."""

    def __init__(
        self, reading: Reading, chains: Chains, named: Sequence[Place], home: str | None = None
    ) -> None:
        self._reading, self._chains, self._home = reading, chains, home
        self._places: dict[str, list[int]] = {}
        for place in named:
            self._places.setdefault(place.id, []).append(place.start)
        self._bodies = _bodies(chains, self._places)
        self._leading = offices.governed(reading.text) or _leading([p.id for p in named])
        self._groups = _groups(chains)
        self._administration = self._named_administration()
        self._titles = {
            id: frozenset(_CALLED.get(t, t) for t in person.titles)
            for id, person in chains.people.items()
            if person.titles and person.places
        }

    def all(self) -> Iterator[tuple["Token", str]]:
        """The nouns, with the actors they stand for."""
        telling = {*OFFICES, *GOVERNING, *_FORCES, *self._bodies, *self._groups}
        columns = self._reading.columns
        for i, word in enumerate(columns.small):
            if word not in telling or columns.classes[i] not in _NOUNS or columns.relations[i] in _APART:
                continue
            head = columns.tokens[i]
            if head.ent_type or _apposed(head):
                continue
            for id in self._of(head, word):
                yield head, id

    def _of(self, head: "Token", word: str) -> Iterator[str]:
        if word in self._groups and (group := self._group(head, word)) is not None:
            yield group
        elif word in GOVERNING:
            yield from self._government(head)
        elif word in _FORCES and word not in self._bodies:
            yield from self._force(head, word)
        elif _definite(head):
            fit = self._holders(head, word) if word in OFFICES else self._bodies.get(word, set())
            if (id := self._last(fit, head.idx)) is not None:
                yield id

    def _group(self, head: "Token", word: str) -> str | None:
        """ "African states", "all parties": a group of the table, by all its words."""
        doc = head.doc
        for phrase in self._groups[word]:
            words = phrase.split()
            before = doc[max(0, head.i - len(words) + 1) : head.i + 1]
            if [t.lower_ for t in before] == words:
                return self._chains.put(self._chains.gazetteer.groups[phrase])
        return None

    def _holders(self, head: "Token", word: str) -> set[str]:
        """The persons named with this title."""
        words = [t.lower_ for t in head.lefts if t.lower_ in TITLES and t.lower_ != "the"]
        asked = {_CALLED.get(w, w) for w in (*words, word)}
        state = self._state(head)
        return {
            id
            for id, titles in self._titles.items()
            if asked <= titles and (state is None or self._chains.actor(id).speaks_for in (state, None))
        }

    def _last(self, ids: "set[str]", before: int) -> str | None:
        """Of some actors the one named last before a place, else the first after it."""
        best: tuple[int, str] | None = None
        for id in ids:
            places = self._places.get(id)
            if not places:
                continue
            n = bisect_left(places, before)
            key = (places[n - 1], id) if n else (-places[0] - 1, id)
            best = max(best, key) if best is not None else key
        return best[1] if best else None

    def _government(self, head: "Token") -> Iterator[str]:
        """ "The government": of the state its phrase names, else of the state the text is about; "the two
        ministers" are none.
        """
        if any(t.dep_ == "nummod" or t.lower_ == "both" for t in head.lefts):
            return
        state = self._state(head)
        leading = self._home or self._leading
        if state is not None:
            yield state
        elif any(t.ent_type_ == "PERSON" for t in head.lefts):
            if self._administration is not None:
                yield self._administration
        elif leading is not None and (_definite(head) or head.lower_ == "ministers"):
            at_home = self._home is not None
            yield (at_home and self._administration) or government(self._chains, leading)
            if not at_home:
                yield leading

    def _named_administration(self) -> str | None:
        """ "The Trump administration": as it is called when the text names it so."""
        match = _ADMINISTRATION.search(self._reading.text)
        if match is None or match[1] not in self._chains.by_name:
            return None
        state = self._chains.actor(self._chains.by_name[match[1]]).speaks_for
        return self._chains.make(match[0], "org", state)

    def _force(self, head: "Token", word: str) -> Iterator[str]:
        """ "Sudan's army", "the army": the forces known by name, else those of the state."""
        state = self._state(head) or (self._leading if _definite(head) else None)
        if state is not None:
            known = belonging.known_force(self._chains, state, word)
            name = f"{word.capitalize()} ({self._chains.actor(state).name})"
            yield known or self._chains.make(name, "org", state)

    def _state(self, head: "Token") -> str | None:
        near = (t for t in head.lefts if head.i - t.i <= _NEAR)
        return next((str(t.ent_kb_id_) for t in near if str(t.ent_kb_id_).startswith("state:")), None)


def government(chains: Chains, state: str) -> str:
    """The actor "Government of Norway", apart from the state itself."""
    return chains.make(f"Government of {chains.country(state)}", "org", state)


def is_government(id: str) -> bool:
    """Is this the id of a government apart from its state?"""
    return id.startswith("org:government-of-") or (id.count("-") == 1 and id.endswith("-administration"))


def _leading(named: list[str]) -> str | None:
    """The state that the text names most, the first it names preferred."""
    states = [id for id in named if id.startswith("state:")]
    counts = Counter([*states, *states[:1], *states[:1]])
    return counts.most_common(1)[0][0] if states else None


def _bodies(chains: Chains, named: Iterable[str]) -> dict[str, set[str]]:
    """Last words of the names of bodies: council -> the Security Council."""
    out: dict[str, set[str]] = {}
    for id in named:
        words = chains.actor(id).name.lower().split()
        if id.startswith(("org:", "mfa:")) and len(words) > 1 and not chains.gazetteer.is_media(id):
            out.setdefault(words[-1].strip("()"), set()).add(id)
    return out


def _groups(chains: Chains) -> dict[str, list[str]]:
    """Last words of the groups of the table, with the phrases that end so, the longest first."""
    out: dict[str, list[str]] = {}
    for phrase in sorted(chains.gazetteer.groups, key=len, reverse=True):
        words = phrase.split()
        if len(words) > 1 and words[0] not in _DEFINITE:
            out.setdefault(words[-1], []).append(phrase)
    return out


def _apposed(head: "Token") -> bool:
    """ "The envoy, Ana Kova,": the name itself stands beside it."""
    doc, after = head.doc, head.i + 1
    if after < len(doc) and doc[after].text == ",":
        after += 1
    named = after < len(doc) and doc[after].ent_type_ == "PERSON"
    return named or any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.rights)


def _definite(head: "Token") -> bool:
    return any(t.lower_ in _DEFINITE or t.tag_ == "POS" or t.dep_ == "poss" for t in head.lefts)
