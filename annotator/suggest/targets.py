"""Targets: whom the words are spoken to or about, with role. First from the frame (urged X, accused X of,
told X), then from actors the content is about, last the other side of the exchange.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.domain.statement import Role, Target
from annotator.suggest import offices
from annotator.suggest.actors_of import Resolver
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading
from annotator.suggest.speakers import span_of

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_NOBODY = frozenset(
    {"reporters", "reporter", "journalists", "press", "conference", "media", "news", "newspaper", "interview"}
    | {"television", "radio", "briefing", "audience", "crowd", "agency", "me", "us", "you"}
    | {"himself", "herself", "themselves"}
)
_ACTORS = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_PLACE_WORDS = frozenset(
    {"in", "at", "near", "from", "around", "across", "through", "via", "into", "outside", "throughout"}
)
_TOPIC_PLACES = frozenset({"state:TW", "state:HK", "state:GZ", "state:GI", "state:EH", "state:GL"})
_AGENTS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "poss",
        "pobj",
        "agent",
        "ROOT",
        "conj",
        "attr",
        "appos",
        "dative",
        "compound",
        "amod",
    }
)
_RECENT = 4  # statements
_LEAST = 0.5  # below this a mention is no more than a setting
LEADING = 0.4  # of all sides named: enough for a state's speaker
FAR_AHEAD = 0.6  # enough for anybody else
_RIVAL = 3  # mentions
_SIDES = frozenset({"sides", "parties", "countries", "nations", "capitals", "governments", "neighbours"})
_TWO = re.compile(
    rf"\b(?:both|the two|the|all|two) (?:{'|'.join(sorted(_SIDES - {'countries', 'nations'}))})\b"
    r"|\b(?:both|the two) (?:countries|nations)\b",
    re.IGNORECASE,
)
_REBUFFS = frozenset({"dismiss", "reject", "deny", "rebuff", "refute", "retort", "counter", "scoff"})
_JOINT_ACTS = frozenset({"commit"})


@dataclass(frozen=True)
class Found:
    """Targets of one statement, with the plain reason for the first."""

    targets: tuple[Target, ...]
    why: str
    implicit: bool = False


class Targets:
    """Finds targets for the statements of one article, in order; remembers who spoke to whom."""

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver) -> None:
        self._reading, self._chains, self._resolver = reading, chains, resolver
        self._salience = self._count()
        self._home = offices.home(reading.text)
        self._last: dict[str, tuple[tuple[str, ...], int]] = {}
        self._number = 0
        self._before: tuple[str, ...] = ()

    def _count(self) -> Counter[str]:
        """How often each side is named."""
        out: Counter[str] = Counter()
        for entity in self._reading.entities:
            if entity.label_ in _ACTORS and (id := self._chains.of_entity(entity)):
                side = self.side(id)
                out[side] += 1
        return out

    def side(self, id: str) -> str:
        """The state or body that an actor belongs to in the end; itself when nothing is known."""
        for _ in range(3):
            speaks_for = self._chains.actor(id).speaks_for
            if not speaks_for or id.startswith("state:"):
                break
            id = speaks_for
        return id

    def of(self, draft: Draft, speakers: tuple[str, ...], act: str) -> Found:
        """Whom a statement is spoken to or about."""
        own = {*speakers, *map(self.side, speakers), *self._of_phrase(draft)}
        if self._home and not any(self._official(s) for s in speakers):
            own.add(self._home)
        if draft.asked is not None and draft.asked.lower_ in _SIDES:
            both = self._both(draft, own)
            if both is not None:
                self._remember(speakers, both)
                return both
        found = self._framed(draft, own, official=any(self.side(s).startswith("state:") for s in speakers))
        if not found.targets:
            found = self._unframed(draft, speakers, own, act)
        self._remember(speakers, found)
        return found

    def _unframed(self, draft: Draft, speakers: tuple[str, ...], own: set[str], act: str) -> Found:
        if len(speakers) == 1 and (both := self._both(draft, own)) is not None:
            return both
        if len(speakers) > 1 and act in _JOINT_ACTS:
            return Found((), "a joint commitment")
        rebuffed = self._rebuffed(draft, speakers)
        if rebuffed is not None:
            return rebuffed
        about = self._about(draft.spans, own) or self._asked_about(draft, own)
        if about is None and act == "no_comment":
            return Found((), "nothing is said of anybody")
        return about or self._other_side(speakers, own)

    def _rebuffed(self, draft: Draft, speakers: tuple[str, ...]) -> Found | None:
        """ "dismissed the charge": whoever spoke last before, from another side."""
        verb = draft.verb.verb.lemma if draft.verb is not None else ""
        if verb not in _REBUFFS or not self._before:
            return None
        sides = {*speakers, *map(self.side, speakers)}
        if sides.intersection((*self._before, *map(self.side, self._before))):
            return None
        return self._implied(list(self._before), "who made the claim")

    def _of_phrase(self, draft: Draft) -> set[str]:
        """States that the speaker's own phrase names: Poland's prime minister."""
        if draft.speaker is None:
            return set()
        near = [
            t for t in draft.speaker.subtree if abs(t.i - draft.speaker.i) < 8 and not draft.covers(t.idx)
        ]
        return {str(t.ent_kb_id_) for t in near if str(t.ent_kb_id_).startswith("state:")}

    def _remember(self, speakers: tuple[str, ...], found: Found) -> None:
        ids = tuple(t.actor for t in found.targets if t.actor)
        for speaker in speakers:
            if ids:
                self._last[self.side(speaker)] = (ids, self._number)
        if speakers and not speakers[0].startswith("group:"):
            self._before = speakers
        self._number += 1

    # the frame -------------------------------------------------------------------------

    def _framed(self, draft: Draft, own: set[str], *, official: bool) -> Found:
        found: dict[str, Target] = {}
        why = ""
        for head, role, reason in (
            (draft.asked, Role.BOTH, "asked to act"),
            (draft.judged, Role.OBJECT, "judged"),
            (draft.hearer, Role.ADDRESSEE, "spoken to"),
        ):
            if head is None or head.lower_ in _NOBODY or (found and role is Role.ADDRESSEE):
                continue
            for id in self._frame_actors(head, role, official=official):
                if role is Role.ADDRESSEE and (self._chains.gazetteer.is_media(id) or not self._known(id)):
                    continue
                if id not in own and id not in found:
                    found[id] = Target(id, role, span_of(self._reading, head))
                    why = why or reason
        return Found(tuple(found.values()), why)

    def _frame_actors(self, head: "Token", role: Role, *, official: bool) -> tuple[str, ...]:
        """Actors of a frame's noun phrase; a minister in talks stands for the state."""
        ids = []
        if (
            role is Role.OBJECT
            and head.pos_ == "NOUN"
            and not (head.ent_type_ or head.lower_ in self._reading.words.sources)
        ):
            return self._possessors(head)
        for id in self._resolver.phrase(head):
            actor = self._chains.actor(id)
            if id.startswith("group:") and role is not Role.BOTH:
                continue
            state = actor.speaks_for if actor.speaks_for and actor.speaks_for.startswith("state:") else None
            talks = (
                state
                and official
                and role is not Role.OBJECT
                and actor.kind == "person"
                and head.pos_ != "PRON"
            )
            body = (
                state
                and actor.kind == "org"
                and head.lower_ in ("authorities", "government", "leadership", "administration")
            )
            ids.append(state if (talks or body) and state else id)
        return tuple(dict.fromkeys(ids))

    def _possessors(self, head: "Token") -> tuple[str, ...]:
        """ "condemned Iran's attack", "welcomed the French proposal": whose it is."""
        named = [e for e in self._entities_in(head.left_edge.i, head.right_edge.i) if not self._is_place(e)]
        ids = [self._chains.of_entity(e) for e in named if e.label_ in _ACTORS]
        return tuple(dict.fromkeys(i for i in ids if i and self._known(i)))[:2]

    def _entities_in(self, first: int, last: int) -> list["TokenSpan"]:
        return self._reading.entities_in(int(self._reading.doc[first].idx), self._reading.end(last))

    # the content -----------------------------------------------------------------------

    def _asked_about(self, draft: Draft, own: set[str]) -> Found | None:
        """In a transcript: whom the question was about."""
        if draft.question is None:
            return None
        found = self._about([draft.question], own)
        return (
            None
            if found is None
            else replace(
                found,
                why="named in the question",
                implicit=True,
                targets=tuple(replace(t, span=None) for t in found.targets[:1]),
            )
        )

    def _about(self, spans: list[Span], own: set[str]) -> Found | None:
        """Actors the content is about: named as one who acts, owns or is acted on."""
        weights: Counter[str] = Counter()
        places: dict[str, Span] = {}
        for span in spans:
            for entity in self._reading.entities_in(span.start, span.end):
                id = self._chains.of_entity(entity) if entity.label_ in _ACTORS else None
                if id is None or id in own or self.side(id) in own or not self._known(id):
                    continue
                weight = self._weight(entity, id)
                if weight > 0:
                    weights[id] += weight  # type: ignore[assignment]
                    places.setdefault(id, Span(entity.start_char, entity.end_char))
        if not weights or max(weights.values()) < _LEAST:
            return None
        best = weights.most_common()
        kept = [id for id, w in best if w >= 0.6 * best[0][1]][:2] if best[0][1] >= 1 else [best[0][0]]
        targets = tuple(
            Target(id, Role.OBJECT, places[id]) for id in sorted(kept, key=lambda i: places[i].start)
        )
        return Found(targets, "named in the content")

    def _known(self, id: str) -> bool:
        if id.startswith("group:"):
            return False
        if id.startswith("person:"):
            person = self._chains.people.get(id)
            return " " in self._chains.actor(id).name or bool(person and person.titles)
        if id.startswith("org:"):
            return (
                self._chains.gazetteer.actor(id) is not None
                or "ministry" in id
                or " of " in self._chains.actor(id).name
            )
        return True

    def _weight(self, entity: "TokenSpan", id: str) -> float:
        """How much a mention in the content speaks for being a target."""
        if self._is_place(entity) or self._chains.gazetteer.is_media(id):
            return 0.0
        base = 0.35 if id in _TOPIC_PLACES else 1.0
        root = entity.root
        if root.dep_ in ("nsubj", "nsubjpass"):
            base += 0.5
        if entity.label_ == "NORP" and root.dep_ in ("amod", "compound"):
            base -= 0.2
        if id.startswith("org:"):
            base -= (
                0.6
                if root.dep_ in ("compound", "nmod") or (root.dep_ == "pobj" and root.head.lower_ == "of")
                else 0.2
            )
        return base

    def _is_place(self, entity: "TokenSpan") -> bool:
        if entity.label_ != "GPE":
            return False
        if not entity.kb_id_:
            return True
        root = entity.root
        return root.dep_ == "pobj" and root.head.lower_ in _PLACE_WORDS

    # the exchange ----------------------------------------------------------------------

    def _other_side(self, speakers: tuple[str, ...], own: set[str]) -> Found:
        """Nobody named: whom this side spoke to just before, else the other of the two parties that the
        article is about.
        """
        for speaker in speakers:
            ids, number = self._last.get(self.side(speaker), ((), 0))
            before = [i for i in ids if i not in own and self.side(i) not in own]
            if before and self._number - number <= _RECENT:
                return self._implied(before, "same speaker, same target as before")
        parties = self._parties() if self._home is None else self._rivals
        other = [id for id in parties[:2] if id not in own]
        share = LEADING if any(self._official(s) for s in speakers) else FAR_AHEAD
        if len(other) == 1 and (len(parties) > 1 or self._leads(other[0], share)):
            return self._implied(other, "the article's other side")
        if other and self._leads(other[0], share):
            return self._implied(other[:1], "whom the article is about")
        return Found((), "nobody named")

    @cached_property
    def _rivals(self) -> list[str]:
        """In politics at home: the two persons named most."""
        named = Counter(
            id
            for e in self._reading.entities
            if e.label_ == "PERSON" and (id := self._chains.of_entity(e)) is not None and self._known(id)
        )
        return [id for id, n in named.most_common(2) if n >= _RIVAL]

    def _leads(self, id: str, share: float) -> bool:
        """Is an actor named far more often than others?"""
        named = sum(self._salience[p] for p in self._parties())
        return self._salience[id] >= 3 and self._salience[id] >= share * named

    def _official(self, speaker: str) -> bool:
        """Does a speaker stand for a state?"""
        return self.side(speaker).startswith("state:")

    def _both(self, draft: Draft, own: set[str]) -> Found | None:
        """ "both sides", "the two countries": the two parties of the article, or the speaker's other."""
        text = self._reading.text
        asked = draft.asked.lower_ if draft.asked is not None else ""
        said = any(_TWO.search(text, s.start, s.end) for s in draft.spans)
        if not said and asked not in _SIDES:
            return None
        parties = [id for id in self._parties()[:2] if id not in own]
        return self._implied(parties, "both sides") if parties else None

    def _parties(self) -> list[str]:
        """The two sides that the article names most."""
        return [
            id
            for id, n in self._salience.most_common()
            if n >= 2
            and id.startswith(("state:", "org:"))
            and self._known(id)
            and id not in _TOPIC_PLACES
            and not self._chains.gazetteer.is_media(id)
        ]

    def _implied(self, ids: list[str], why: str) -> Found:
        return Found(tuple(Target(id, Role.OBJECT) for id in ids[:2]), why, implicit=True)
