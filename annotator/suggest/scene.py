"""Scene: who is named where in a text, in which place of the sentence, how often, and of which side."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import offices
from annotator.suggest.chains import Chains
from annotator.suggest.reading import Reading
from annotator.suggest.references import References, is_government

if TYPE_CHECKING:
    from spacy.tokens import Token

ACTORS = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_PLACES = frozenset(
    {"in", "at", "near", "from", "around", "across", "through", "via", "into", "outside", "throughout"}
)
SETTINGS = frozenset({"state:TW", "state:HK", "state:GZ", "state:GI", "state:EH", "state:GL"})
_HEADLINE = 300  # characters of the first paragraph
_TWICE = 2
_JOINED = 6  # names joined by "and" at most
_LEAD = 2  # namings that one in the lead is worth


@dataclass(frozen=True, slots=True)
class Named:
    """One naming of an actor: `how` is its place in the sentence in a plain word."""

    start: int
    end: int
    id: str
    side: str
    how: str
    by: str = "name"  # or "noun": "the president"
    deed: str = ""  # base form of what it is subject, owner or doer of

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Scene:
    """The actors of one text as its sentences name them."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self._reading, self._chains = reading, chains
        self.home = offices.home(reading.text)

    def side(self, id: str) -> str:
        """The state or body that an actor belongs to in the end; itself when nothing is known."""
        for _ in range(3):
            speaks_for = self._chains.actor(id).speaks_for
            if not speaks_for or id.startswith("state:") or is_government(id):
                break
            id = speaks_for
        return id

    @cached_property
    def named(self) -> list[Named]:
        """All namings of actors, by name or by a noun, in order."""
        named = list(self._by_name())
        return sorted([*named, *self._by_noun(named)], key=lambda n: n.start)

    def _by_name(self) -> Iterator[Named]:
        for entity in self._reading.entities:
            id = self._chains.of_entity(entity) if entity.label_ in ACTORS else None
            if id is not None:
                place = how(entity.root, entity.label_, self._reading.words.verbs)
                deed = deed_of(entity.root, place)
                yield Named(entity.start_char, entity.end_char, id, self.side(id), place, deed=deed)

    def _by_noun(self, named: list[Named]) -> Iterator[Named]:
        for head, id in References(self._reading, self._chains, named, self.home).all():
            place = how(head, "", self._reading.words.verbs)
            deed = deed_of(head, place)
            yield Named(head.idx, head.idx + len(head.text), id, self.side(id), place, "noun", deed)

    @cached_property
    def _starts(self) -> list[int]:
        return [n.start for n in self.named]

    def within(self, start: int, end: int) -> list[Named]:
        """Namings between two character positions."""
        found = self.named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [n for n in found if n.end <= end]

    def by_noun(self, head: "Token") -> list[str]:
        """Whom a noun stands for that names nobody itself."""
        return [n.id for n in self.within(head.idx, head.idx + len(head.text) + 1) if n.by == "noun"]

    @cached_property
    def _first(self) -> dict[str, Named]:
        return {n.id: n for n in reversed(self.named)}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each actor is named."""
        return Counter(n.id for n in self.named if n.by == "name")

    @cached_property
    def sides(self) -> Counter[str]:
        """How often each side is named, its people and bodies counted in."""
        return Counter(n.side for n in self.named if n.by == "name")

    @cached_property
    def parties(self) -> list[str]:
        """Sides named at least twice, those first that are named most and in the lead."""
        weight = {s: n + _LEAD * (s in self.headline) for s, n in self.sides.items()}
        order = sorted(weight, key=lambda s: -weight[s])
        return [s for s in order if self.sides[s] >= _TWICE and self.may_be_party(s)]

    @cached_property
    def _party_namings(self) -> int:
        return sum(self.sides[p] for p in self.parties) or 1

    def share(self, id: str) -> float:
        """How much of the naming of parties falls to one."""
        return min(1.0, self.sides[id] / self._party_namings)

    def perhaps_of(self, person: str) -> str | None:
        """The state that somebody without a known side may belong to: the last named before the name."""
        first = self._first.get(person)
        if first is None or first.side != person:
            return None
        a, _ = self._reading.paragraphs[self._reading.paragraph_of(first.start)]
        near = [n.side for n in self.within(a, first.start) if n.side.startswith("state:")]
        return near[-1] if near else None

    def may_be_party(self, id: str) -> bool:
        """States and bodies that act, no newspapers and no islands in dispute."""
        return (
            id.startswith(("state:", "org:"))
            and id not in SETTINGS
            and (self.home is not None or not is_government(id))
            and not self.is_media(id)
            and self.known(id)
        )

    def others(self, voice: frozenset[str]) -> list[str]:
        """Parties other than the speaker's; at home not the home state."""
        return [p for p in self.parties if p not in voice and p != self.home]

    def before(self, position: int) -> Iterator[Named]:
        """Namings before a place, the nearest first, settings and papers left out."""
        for i in range(bisect_left(self._starts, position) - 1, -1, -1):
            n = self.named[i]
            if n.how != "place" and not self.is_media(n.id) and n.id not in SETTINGS:
                yield n

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Last words of the names of bodies: council -> the Security Council."""
        out: dict[str, str] = {}
        for id in self.counts:
            words = self._chains.actor(id).name.lower().split()
            if id.startswith(("org:", "mfa:")) and len(words) > 1 and not self.is_media(id):
                out.setdefault(words[-1], id)
        return out

    def body(self, head: "Token") -> str | None:
        """ "The council", "the agency": the body of the article whose name ends so."""
        return self.bodies.get(head.lower_)

    @cached_property
    def headline(self) -> frozenset[str]:
        """Sides named in the first line."""
        if not self._reading.paragraphs:
            return frozenset()
        start, end = self._reading.paragraphs[0]
        return frozenset(n.side for n in self.within(start, min(end, start + _HEADLINE)))

    @cached_property
    def people(self) -> list[str]:
        """Persons named often, the most named first."""
        return [
            id
            for id, n in self.counts.most_common()
            if n >= _TWICE and id.startswith("person:") and self.known(id)
        ]

    def is_media(self, id: str) -> bool:
        """Newspapers, agencies, broadcasters."""
        return self._chains.gazetteer.is_media(id)

    def is_setting(self, id: str) -> bool:
        """Territories that are mostly spoken of as a place."""
        return id in SETTINGS

    def known(self, id: str) -> bool:
        """Is more known of an actor than a word or two of the text?"""
        if id.startswith("group:"):
            return False
        name = self._chains.actor(id).name
        if id.startswith("person:"):
            person = self._chains.people.get(id)
            return " " in name or bool(person and person.titles)
        if id.startswith("org:"):
            return self._chains.gazetteer.actor(id) is not None or "ministry" in id or " of " in name
        return True


def how(root: "Token", label: str, speaking: Container[str] = ()) -> str:
    """The place of a naming in its sentence: subject (of a verb of speech: voice), owner, place, after "by"
    or "of", or other.
    """
    root = _first_joined(root)
    if root.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return "voice" if root.head.lemma_.lower() in speaking else "subject"
    if root.dep_ == "poss" or (label in ("NORP", "GPE") and root.dep_ in ("amod", "compound", "nmod")):
        return "owner"
    if root.dep_ in ("pobj", "agent"):
        preposition = root.head.lower_
        if label == "GPE" and preposition in _PLACES:
            return "place"
        return preposition if preposition in ("by", "of") else "other"
    return "other"


def _first_joined(root: "Token") -> "Token":
    for _ in range(_JOINED):
        if root.dep_ != "conj" or root.head.i == root.i:
            break
        root = root.head
    return root


def deed_of(root: "Token", place: str) -> str:
    """What a naming is subject or owner of, or what is done by it."""
    root = _first_joined(root)
    if place in ("subject", "voice", "owner"):
        return str(root.head.lemma_).lower()
    return str(root.head.head.lemma_).lower() if place == "by" else ""
