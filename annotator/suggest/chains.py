"""Chains: who is who in one article. Surnames go back to full names, titles say whom a person speaks
for, ministries and pronouns find their owners.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from annotator.domain.actors import Actor, Actors, slug
from annotator.suggest import gazetteer as gazetteer_
from annotator.suggest.entities import NAMED, TITLES
from annotator.suggest.gazetteer import Gazetteer, family_name
from annotator.suggest.lexicon import given_names, name_words
from annotator.suggest.short_names import ShortName

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_FEMALE, _MALE = name_words("female"), name_words("male")
NOBODY = Actors()
_OFFICES = frozenset({"counterpart", "negotiator", "commissioner", "ambassador", "leader", "adviser"})
_WITH_THE = frozenset(
    {"United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates"}
)
SAME_TITLE = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "prof": "professor",
    "chairwoman": "chairman",
    "justice": "judge",
}
_NEAR = 9  # tokens
_BACK = 60  # bodies named before
_INITIAL = re.compile(r"\b[A-Z]\.\s+|,? (?:Jr|Sr|II|III)\.?$")


@dataclass
class Person:
    """A person of the article: where named, with which titles, for which state or body."""

    actor: Actor
    places: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    gender: str = ""

    @property
    def vague(self) -> bool:
        """One word taken for a name, of which nothing else is known: perhaps a river or a storm."""
        return self.titles <= {"the"} and not self.gender and " " not in self.actor.name


class Chains:
    """The actors of one article; grows while it is read. Positions are code points."""

    def __init__(
        self, known: Actors = NOBODY, carried: "Chains | None" = None, *, gazetteer: Gazetteer | None = None
    ) -> None:
        self.gazetteer: Gazetteer = gazetteer or gazetteer_.load()
        self._known = known
        self.people: dict[str, Person] = {}
        self.made: dict[str, Actor] = {}
        self.by_name: dict[str, str] = {}
        self.bodies: list[tuple[int, str]] = []
        self.states: list[tuple[int, str]] = []
        self._words: dict[str, str] = {}
        self._counted = 0  # people whose words are there
        self._opening: dict[str, str] = {}  # of organisations: by the first word of their name
        self._text = ""
        self._opened = 0  # actors whose first words are there
        if carried is not None:
            self.people = {k: Person(p.actor, [], set(p.titles), p.gender) for k, p in carried.people.items()}
            self.made = dict(carried.made)
            self.by_name = dict(carried.by_name)
            self.bodies = [(-1, b) for _, b in carried.bodies[-1:]]
            self.states = [(-1, s) for _, s in carried.states[-3:]]
        for name, entry in self.gazetteer.linked.items():
            if entry.label == "PERSON":
                self.by_name.setdefault(name, entry.actor)
        for actor in known:
            if actor.kind == "person" and actor.merged_into is None:
                self.by_name.setdefault(family_name(actor.name), actor.id)
                self.by_name.setdefault(actor.name, actor.id)

    # what is known -----------------------------------------------------------------

    def names(self) -> list[str]:
        """Full names, for the entity repair of a later piece."""
        known = [a.name for a in self._known if a.kind == "person" and a.merged_into is None]
        return [*known, *(p.actor.name for p in self.people.values())]

    def actor(self, id: str) -> Actor:
        """The actor under an id, from the project, the article or the gazetteer."""
        known = self._known.get(id)
        if known is not None:
            return self._known.resolve(id)
        return (
            self.made.get(id)
            or self.gazetteer.actor(id)
            or Actor(id, id.partition(":")[2], id.partition(":")[0])
        )

    def make(self, name: str, kind: str, speaks_for: str | None = None, id: str | None = None) -> str:
        """Id of the actor with this name, made when it is new."""
        name = " ".join(name.split()).strip(" ,.;:")
        if kind != "person" and (entry := self.gazetteer.get(name)) is not None:
            return entry.actor
        actor = Actor(id or f"{kind}:{slug(name)}", name, kind, speaks_for)
        self.made.setdefault(actor.id, actor)
        return actor.id

    def put(self, actor: Actor) -> str:
        """Remember an actor made elsewhere."""
        self.made.setdefault(actor.id, actor)
        return actor.id

    def carried(self) -> "Chains":
        """Chains for the next piece of the same text: persons and the last bodies and states are kept."""
        return Chains(self._known, self, gazetteer=self.gazetteer)

    def country(self, state: str) -> str:
        """The name of a state as it stands after "of"."""
        name = self.actor(state).name
        return f"the {name}" if name in _WITH_THE else name

    # reading an article ------------------------------------------------------------

    def read(self, doc: "Doc", text: str = "") -> None:
        """Link the entities of a repaired doc; full names first. `text` is the doc's, if known."""
        self._text = text or doc.text
        people = [e for e in doc.ents if e.label_ == "PERSON"]
        for entity in people:
            if len(entity.text.split()) > 1:
                self._full(entity)
        for entity in people:
            self._link(entity)
        for entity in doc.ents:
            actor = self.of_entity(entity)
            if actor is None:
                continue
            if actor.startswith("state:"):
                self.states.append((entity.start_char, actor))
            elif actor.startswith(("mfa:", "org:")) and entity.label_ == "ORG":
                self.bodies.append((entity.start_char, actor))

        from annotator.suggest import offices

        offices.settle(self, doc, self._text)

    def _full(self, entity: "TokenSpan") -> None:
        name = self.full_name(entity.text)
        known = self.by_name.get(name)
        listed = self.gazetteer.get(entity.text) or self.gazetteer.get(name)
        if known is None and listed is not None and listed.label == "PERSON":
            known = listed.actor
            self.made[known] = self.actor(known)
        id = known or f"person:{slug(name)}"
        self.made.setdefault(id, self._known.get(id) or Actor(id, name, "person"))
        for form in (name, entity.text, family_name(name), name.split()[-1]):
            self.by_name[form] = id
        self.people.setdefault(id, Person(self.actor(id)))

    def full_name(self, name: str) -> str:
        """A name without initials, Jr. and handles."""
        short = _INITIAL.sub("", name.strip(" @")).strip()
        words = [w for w in short.split() if w.lower().rstrip(".") not in TITLES] or short.split()
        if len(words) == len("AB") and words[0].isupper() and len(words[0]) > 2 and words[1].istitle():
            words = [words[1], words[0].title()]  # MORITA Kenji
        fixed = " ".join(words) if len(words) > 1 else short
        return fixed.title() if fixed.isupper() and len(fixed) > 4 else fixed

    def _link(self, entity: "TokenSpan") -> None:
        id = self.person(entity.text)
        person = self.people.setdefault(id, Person(self.actor(id)))
        person.places.append(entity.start_char)
        titles, state, gender = _context(entity, self)
        person.titles |= titles | {SAME_TITLE[t] for t in titles if t in SAME_TITLE}
        person.gender = gender or person.gender or _told_by_name(person.actor.name)
        if state and person.actor.speaks_for is None:
            person.actor = Actor(person.actor.id, person.actor.name, "person", state)
            self.made[id] = person.actor

    def person(self, name: str) -> str:
        """Id for a person's name as the text has it."""
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        if name in self.by_name:
            return self.by_name[name]
        full = self.full_name(name)
        for form in (full, family_name(full)):
            if form in self.by_name:
                return self.by_name[form]
        listed = self.gazetteer.get(name)
        if listed is not None and listed.label == "PERSON":
            self.made[listed.actor] = self.actor(listed.actor)
            return listed.actor
        if " " not in full:
            if full in self._by_word():
                return self._words[full]
            if full in self.gazetteer.surnames:
                id = self.gazetteer.surnames[full]
                self.made[id] = self.gazetteer.actors.resolve(id)
                return id
        id = self.make(full, "person")
        self.people.setdefault(id, Person(self.actor(id)))
        return id

    def _by_word(self) -> dict[str, str]:
        """Whose name has a word, whoever was named first."""
        if self._counted < len(self.people):
            for person in islice(self.people.values(), self._counted, None):
                for word in person.actor.name.split():
                    self._words.setdefault(word, person.actor.id)
            self._counted = len(self.people)
        return self._words

    def of_entity(self, entity: "TokenSpan") -> str | None:
        """Id of the actor an entity stands for, None for those that are no actors."""
        if entity.label_ == "PERSON":
            return self.person(entity.text)
        if entity.kb_id_:
            return self._body(entity)
        if entity.label_ not in NAMED - {"FAC", "EVENT", "LAW", "LOC"}:
            return None
        if entity.label_ == "ORG":
            known = self._longer(entity.text) or self._shortened(entity)
            return known or self.make(entity.text, "org")
        return (
            self.make(entity.text, "group")
            if entity.label_ == "NORP"
            else self.make(entity.text, "org", id=f"org:{slug(entity.text)}")
        )

    def _longer(self, name: str) -> str | None:
        """ "Palisade" after "Palisade Systems": the organisation already named in full."""
        if " " in name or len(name) < 4:
            return None
        for actor in islice(self.made.values(), self._opened, None):
            if actor.kind == "org" and " " in actor.name:
                self._opening.setdefault(actor.name.partition(" ")[0], actor.id)
        self._opened = len(self.made)
        return self._opening.get(name)

    def _shortened(self, entity: "TokenSpan") -> str | None:
        """ "The Council" after "the Security Council", "CBI": the body named last that is so called."""
        before = (id for at, id in reversed(self.bodies) if at < entity.start_char)
        short = ShortName(entity.text)
        return next((id for id in islice(before, _BACK) if short.fits(self.actor(id).name)), None)

    def _body(self, entity: "TokenSpan") -> str:
        id: str = entity.kb_id_
        if self.gazetteer.actor(id) is None and id not in self.made:
            from annotator.suggest import ministries

            around = (self._text or entity.doc.text)[max(0, entity.start_char - 40) : entity.end_char + 1]
            for body in ministries.find(around, self.gazetteer):
                if body.actor is not None and body.actor.id == id:
                    self.made[id] = body.actor
        return id

    # looking back --------------------------------------------------------------------

    def by_title(self, title: str, state: str | None, before: int) -> str | None:
        """The person last named before a place with a title, of a state if one is given."""
        best: tuple[int, str] | None = None
        for id, person in self.people.items():
            if title not in person.titles or (state and person.actor.speaks_for not in (state, None)):
                continue
            place = max(
                (p for p in person.places if p < before), default=min(person.places, default=0) - 1_000_000
            )
            if best is None or place > best[0]:
                best = (place, id)
        return best[1] if best else None

    def first_titled(self, titles: frozenset[str]) -> str | None:
        """The person first named of those with some titles."""
        fit = [(min(p.places), id) for id, p in self.people.items() if p.places and titles <= p.titles]
        return min(fit)[1] if fit else None

    def of_state(self, state: str, before: int) -> str | None:
        """The person last named before a place who speaks for a state."""
        best: tuple[int, str] | None = None
        for id, person in self.people.items():
            if person.actor.speaks_for == state and person.places:
                place = max((p for p in person.places if p < before), default=min(person.places) - 1_000_000)
                if best is None or place > best[0]:
                    best = (place, id)
        return best[1] if best else None

    def last_person(self, before: int, gender: str = "") -> str | None:
        """The person last named before a place; one of the other gender is passed over."""
        best: tuple[int, str] | None = None
        told = gender and any(p.gender == gender for p in self.people.values())
        for id, person in self.people.items():
            if gender and person.gender and person.gender != gender:
                continue
            if told and person.vague:
                continue
            place = max((p for p in person.places if p < before), default=None)
            if place is not None and (best is None or place > best[0]):
                best = (place, id)
        return best[1] if best else None

    def last_body(self, before: int) -> str | None:
        """The institution last named before a place."""
        return next((b for at, b in reversed(self.bodies) if at < before), None)

    def last_state(self, before: int) -> str | None:
        """The state last named before a place."""
        return next((s for at, s in sorted(self.states, reverse=True) if at < before), None)

    def with_actors(self, ids: Iterable[str]) -> list[Actor]:
        """The actors under these ids and whom they speak for."""
        out: dict[str, Actor] = {}
        waiting = list(ids)
        while waiting:
            actor = self.actor(waiting.pop())
            if actor.id not in out:
                out[actor.id] = actor
                if actor.speaks_for:
                    waiting.append(actor.speaks_for)
        return list(out.values())


def _context(entity: "TokenSpan", chains: Chains) -> tuple[set[str], str | None, str]:
    """Titles beside a name, the state or body they belong to, and what they say of gender."""
    titles: set[str] = set()
    state, gender = None, ""
    before, after = _before(entity), _after(entity)
    for part in (before, after):
        words = [t.lower_.rstrip(".") for t in part]
        found = {w for w in words if w in TITLES or w in _OFFICES}
        gender = gender or _gender(words if found or part is before else [])
        if found:
            titles |= found
            state = state or _state_in(part, chains)
    return titles, state, gender


def _gender(words: list[str]) -> str:
    if _FEMALE.intersection(words):
        return "f"
    return "m" if _MALE.intersection(words) else ""


def _told_by_name(name: str) -> str:
    """What a given name tells of gender; the name stands alone or before another."""
    return (
        {"female": "f", "male": "m"}.get(given_names().get(name.split()[0], ""), "") if name.strip() else ""
    )


def _before(entity: "TokenSpan") -> list["Token"]:
    """The tokens of the phrase before a name: "Her Serbian counterpart, ", "Foreign Minister "."""
    doc, start = entity.doc, entity.start
    while start > 0 and entity.start - start < _NEAR:
        token = doc[start - 1]
        if token.text == "," and start == entity.start:
            start -= 1
            continue
        stops = token.is_space or token.pos_ in ("VERB", "AUX", "SCONJ")
        if stops or (token.is_punct and token.text not in ("'", "’", "-", "–")):
            break
        if token.pos_ == "ADP" and token.lower_ not in ("of", "for"):
            break
        start -= 1
    return list(doc[start : entity.start])


def _after(entity: "TokenSpan") -> list["Token"]:
    """The tokens of an apposition after a name: ", prime minister of Israel,"."""
    doc, out = entity.doc, []
    if entity.end >= len(doc) or doc[entity.end].text != ",":
        return []
    for token in doc[entity.end + 1 : entity.end + 14]:
        if token.text in (",", ".", ";", ":") or token.is_space or token.pos_ in ("VERB", "AUX"):
            break
        out.append(token)
    opens = bool(out) and out[0].lower_ in ("the", "a", "an", "one", "its", "his", "her")
    telling = any(t.ent_type_ in ("GPE", "NORP", "ORG") or t.lower_ in TITLES for t in out[:3])
    return out if opens or telling else []


def _state_in(tokens: list["Token"], chains: Chains) -> str | None:
    for token in tokens:
        if token.ent_kb_id_ and token.ent_kb_id_.startswith("state:"):
            return str(token.ent_kb_id_)
    for token in tokens:
        if token.ent_kb_id_:
            id = str(token.ent_kb_id_)
            if id.startswith(("mfa:", "org:")):
                actor = chains.actor(id)
                return actor.speaks_for or id
    return None
