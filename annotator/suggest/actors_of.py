"""Whom a speaker's mention stands for: names, pronouns, offices, delegations, unnamed sources."""

import re
from typing import TYPE_CHECKING

from annotator.domain.actors import slug
from annotator.domain.spans import Span
from annotator.suggest import documents, ministries
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.entities import TITLES
from annotator.suggest.reading import Reading
from annotator.suggest.speakers import conjuncts, entity_of, name_at, owner_of_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE = frozenset({"he", "his", "him"})
_SHE = frozenset({"she", "her"})
_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "press"})
_BOTH = frozenset(
    {
        "sides",
        "two",
        "both",
        "delegations",
        "countries",
        "nations",
        "ministers",
        "leaders",
        "parties",
        "governments",
        "pair",
        "duo",
        "presidents",
        "diplomats",
        "neighbours",
        "neighbors",
    }
)
_PERSONS = frozenset({"ministers", "leaders", "presidents", "two", "pair", "duo", "both"})
_UNNAMED = frozenset(
    {
        "official",
        "officials",
        "diplomat",
        "diplomats",
        "source",
        "sources",
        "aide",
        "aides",
        "adviser",
        "analyst",
        "expert",
        "experts",
    }
)
_OF_STATE = frozenset(
    {
        "cabinet",
        "parliament",
        "embassy",
        "government",
        "authorities",
        "military",
        "army",
        "navy",
        "police",
        "media",
        "presidency",
    }
)


class Resolver:
    """Answers whom a mention stands for, reading the statements of an article in order."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self._reading = reading
        self._chains = chains
        self._spoken: list[tuple[int, tuple[str, ...]]] = []

    def speaker(self, draft: Draft, span: Span | None) -> tuple[str, ...]:
        """Actor ids of the speaker of a draft; remembered for the pronouns that follow."""
        if draft.rule == documents.RULE:
            found = documents.issuer(self._reading, self._chains, draft)
        elif draft.speaker_span is not None:
            found = self._label(draft.speaker_span, span)
        elif draft.speaker is not None:
            found = self.phrase(draft.speaker)
        else:
            found = ()
        if found:
            place = span.start if span is not None else draft.start
            self._spoken.append((place, found))
        return found

    def phrase(self, head: "Token") -> tuple[str, ...]:
        """Actor ids for a noun phrase, every conjunct's in order."""
        heads = [head, *conjuncts(head)]
        return tuple(dict.fromkeys(id for h in heads for id in self._one(h)))

    def _one(self, head: "Token") -> tuple[str, ...]:
        head = owner_of_words(self._reading, head)
        low = head.lower_
        if head.pos_ == "PRON" or (head.dep_ == "poss" and low in _HE | _SHE | {"its", "their"}):
            return self._pronoun(head)
        named = name_at(head)
        if named is not None:
            id = self._chains.of_entity(named)
            return (id,) if id else ()
        if (
            self._reading.words.sources.get(low) == "document"
            and self._spoken
            and not any(c.dep_ == "poss" for c in head.children)
            and self._state(head) is None
        ):
            return self._spoken[-1][1]
        if low in _BOTH and (found := self._several(head)):
            return found
        for rule in (self._spokes, self._office, self._ministry, self._institution, self._unnamed):
            if id := rule(head):
                return (id,)
        entity = entity_of(head)
        if entity is not None and (id := self._chains.of_entity(entity)):
            return (id,)
        return (self._by_words(head),)

    # rules ---------------------------------------------------------------------------

    def _pronoun(self, head: "Token") -> tuple[str, ...]:
        low, at = head.lower_, head.idx
        if low in _HE | _SHE:
            gender = "m" if low in _HE else "f"
            recent = [
                (p, ids)
                for p, ids in self._spoken
                if p < at and len(ids) == 1 and ids[0] in self._chains.people
            ]
            subject = self._subject_person(head, gender)
            if subject:
                return (subject,)
            for place, ids in reversed(recent):
                person = self._chains.people[ids[0]]
                if person.gender in ("", gender) and at - place < 1500:
                    return ids
            id = self._chains.last_person(at, gender)
            return (id,) if id else ()
        if low in ("they", "we", "both", "all"):
            several = [ids for p, ids in self._spoken if p < at and len(ids) > 1]
            return several[-1] if several else self._spoken[-1][1] if self._spoken else ()
        if low == "it":
            bodies = [ids for p, ids in self._spoken if p < at and not ids[0].startswith("person:")]
            if bodies:
                return bodies[-1]
            id = self._chains.last_body(at) or self._chains.last_state(at)
            return (id,) if id else ()
        if low in ("who", "i", "one"):
            return self._spoken[-1][1] if self._spoken and low != "who" else ()
        return ()

    def _subject_person(self, head: "Token", gender: str) -> str | None:
        """The person who is subject nearest before a pronoun, in its sentence or the one before."""
        doc = head.doc
        for i in range(head.i - 1, max(-1, head.i - 90), -1):
            token = doc[i]
            if token.dep_ not in ("nsubj", "nsubjpass") or self._reading.inside(i) != self._reading.inside(
                head.i
            ):
                continue
            named = name_at(token)
            if named is not None and named.label_ == "PERSON":
                id: str | None = self._chains.person(named.text)
            else:
                id = self._office(token) if token.pos_ in ("NOUN", "PROPN") else None
            if id is not None:
                person = self._chains.people.get(id)
                if person is None or person.gender in ("", gender):
                    if person is not None:
                        person.gender = gender
                    return id
        return None

    def _several(self, head: "Token") -> tuple[str, ...]:
        """ "The two sides", "the ministers": the two last named, states or persons as the word says."""
        at = head.idx
        if head.lower_ in _PERSONS:
            people: list[str] = []
            places = sorted(
                ((p, id) for id, person in self._chains.people.items() for p in person.places if p < at),
                reverse=True,
            )
            for _, id in places:
                if id not in people:
                    people.append(id)
            people = [p for p in people if self._chains.people[p].titles or True][:2]
            if len(people) == 2:
                return tuple(reversed(people))
        states: list[str] = []
        for _, id in sorted(((p, s) for p, s in self._chains.states if p < at), reverse=True):
            if id not in states:
                states.append(id)
        return tuple(reversed(states[:2])) if len(states) >= 2 else ()

    def _spokes(self, head: "Token") -> str | None:
        """A spokeswoman without a name stands for her institution."""
        if head.lower_ not in _SPOKES:
            return None
        for token in self._phrase_tokens(head):
            if token.ent_kb_id_ and token.ent_type_ == "ORG":
                return self._chains.of_entity(entity_of(token))  # type: ignore[arg-type]
        words = " ".join(t.lower_ for t in self._phrase_tokens(head))
        state = self._state(head)
        if "president" in words and (state in ("state:US", None)):
            return self._chains.actor("org:whitehouse").id
        if "prime minister" in words and state in ("state:GB", None):
            return self._chains.actor("org:downing").id
        if "ministry" in words or "department" in words:
            return self._ministry(head)
        person = next((t for t in self._phrase_tokens(head) if t.ent_type_ == "PERSON"), None)
        if person is not None and (entity := entity_of(person)) is not None:
            return self._chains.person(entity.text)
        return None

    def _office(self, head: "Token") -> str | None:
        """ "The Iranian president", "Serbia's foreign minister", "the minister": who was named so."""
        low = head.lower_
        if low not in TITLES and low not in ("negotiator", "leader"):
            return None
        if any(t.lower_ in ("a", "an", "one", "another", "former") for t in head.children):
            return None
        state = self._state(head)
        return self._chains.by_title(low, state, head.idx) or (
            self._chains.of_state(state, head.idx) if state else None
        )

    def _ministry(self, head: "Token") -> str | None:
        low = head.lower_
        if low in ("ministry", "department") or "ministry" in (t.lower_ for t in head.children):
            entity = entity_of(head)
            if entity is not None and entity.kb_id_:
                return self._chains.of_entity(entity)
            state = self._state(head)
            if state and entity is not None and "oreign" in entity.text:
                return self._chains.put(ministries.ministry("Foreign Affairs", state, self._chains.gazetteer))
            body = next(
                (
                    b
                    for at, b in reversed(self._chains.bodies)
                    if at < head.idx and ("ministry-of" in b or b.startswith("mfa:"))
                ),
                None,
            )
            if body and low == "ministry":
                return body
            owner = self._near_state(head)
            if owner:
                return self._chains.put(ministries.ministry("Foreign Affairs", owner, self._chains.gazetteer))
        return None

    def _institution(self, head: "Token") -> str | None:
        """ "Japan's cabinet" -> Cabinet of Japan; "its embassy in London" -> Embassy of China in London."""
        low = head.lower_
        if low not in _OF_STATE:
            return None
        entity = entity_of(head)
        if entity is not None and entity.kb_id_:
            return self._chains.of_entity(entity)
        state = self._state(head) or (
            self._near_state(head)
            if any(c.dep_ == "poss" for c in head.children) or low == "government"
            else None
        )
        if state is None:
            return None
        country = self._chains.actor(state).name
        country = (
            "the " + country
            if country
            in ("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates")
            else country
        )
        if low == "government":
            return state
        if low in ("media",):
            return self._chains.make(f"state media ({self._chains.actor(state).name})", "org", state)
        place = next(
            (t for c in head.children if c.lower_ == "in" for t in c.children if t.dep_ == "pobj"), None
        )
        where = f" in {place.text}" if place is not None and low == "embassy" else ""
        return self._chains.make(f"{low.capitalize()} of {country}{where}", "org", state)

    def _unnamed(self, head: "Token") -> str | None:
        """ "A senior EU diplomat" -> Senior EU diplomat."""
        if head.lower_ not in _UNNAMED:
            return None
        if any(t.lower_ == "the" for t in head.children) and self._spoken:
            earlier = next(
                (
                    ids[0]
                    for _, ids in reversed(self._spoken)
                    if ids[0].startswith("group:") and ids[0].endswith(head.lower_)
                ),
                None,
            )
            if earlier:
                return earlier
        return self._by_words(head)

    def _by_words(self, head: "Token") -> str:
        first = head.i
        for token in head.subtree:
            if token.i < head.i and head.i - token.i < 7:
                first = min(first, token.i)
        words = self._reading.text[self._reading.doc[first].idx : self._reading.end(head.i)]
        words = re.sub(
            r"^(?:the|a|an|one|some|several|many)\s+", "", " ".join(words.split()), flags=re.IGNORECASE
        )
        named = words[:1].upper() + words[1:] if words else head.text
        if (
            head.pos_ == "PROPN"
            and words.istitle()
            and 2 <= len(words.split()) <= 4
            and not TITLES.intersection(words.lower().split())
        ):
            return self._chains.person(words)
        return self._chains.make(named, "group", id=f"group:{slug(words or head.text)}")

    # helpers --------------------------------------------------------------------------

    def _phrase_tokens(self, head: "Token") -> list["Token"]:
        return [t for t in head.subtree if abs(t.i - head.i) < 9]

    def _state(self, head: "Token") -> str | None:
        """The state that the phrase itself names: by adjective, possessive or "of"."""
        for token in self._phrase_tokens(head):
            id = str(token.ent_kb_id_)
            if id.startswith("state:"):
                return id
            if token.dep_ == "poss" and token.lower_ in ("its", "his", "her", "their"):
                return self._near_state(head)
        return None

    def _near_state(self, head: "Token") -> str | None:
        sentence = head.sent
        for token in reversed([t for t in sentence if t.i < head.i]):
            if str(token.ent_kb_id_).startswith("state:"):
                return str(token.ent_kb_id_)
        for _, ids in reversed(self._spoken):
            actor = self._chains.actor(ids[0])
            if actor.kind == "state":
                return actor.id
            if actor.speaks_for and actor.speaks_for.startswith("state:"):
                return actor.speaks_for
        return self._chains.last_state(head.idx)

    def _label(self, label: Span, span: Span | None) -> tuple[str, ...]:
        """A label of a turn: its person, else the institution, else the states it lists."""
        words = self._reading.text[label.start : label.end]
        inside = self._reading.entities_in(label.start, label.end)
        people = [e for e in inside if e.label_ == "PERSON"]
        if words == "We" or words == "I":
            return self._we(label)
        if people:
            return (self._chains.person(people[-1].text),)
        others = [id for e in inside if (id := self._chains.of_entity(e))]
        if len(others) == 1 or (others and len(set(others)) == 1):
            return (others[0],)
        bare = re.sub(
            r"^(?:[A-Z][A-Z.]*\.?\s)?(?:(?:VICE|PRIME|FOREIGN)\s)?(?:PRESIDENT|MINISTER|SECRETARY|MR\.?|MS\.?|MRS\.?|DR\.?|AMBASSADOR|GENERAL|CHANCELLOR)\s",
            "",
            words,
        ).strip()
        if bare.isupper() and len(bare.split()) <= 2:
            return (self._chains.person(bare.title()),)
        if others and len(others) > 1:
            return tuple(dict.fromkeys(others))
        del span
        name = re.split(r",", words)[0]
        return (
            self._chains.make(name, "person" if len(name.split()) in (2, 3) and name.istitle() else "group"),
        )

    def _we(self, label: Span) -> tuple[str, ...]:
        """The signatories of a joint statement: states and unions listed together, nearest first "We,"."""
        best: list[str] = []
        for a, b in self._reading.paragraphs:
            if a > label.end:
                break
            ids = [
                e.kb_id_
                for e in self._reading.entities_in(a, min(b, a + 700))
                if ((e.kb_id_.startswith("state:") and e.label_ == "GPE") or e.kb_id_ in ("org:eu", "org:au"))
            ]
            ids = list(dict.fromkeys(ids))
            if len(ids) > len(best):
                best = ids
        return tuple(best)
