"""Whom a speaker's mention stands for: names, pronouns, offices, delegations, unnamed sources."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import belonging, documents
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.entities import TITLES
from annotator.suggest.institutions import Institutions
from annotator.suggest.reading import Reading
from annotator.suggest.scene import SETTINGS
from annotator.suggest.speakers import conjuncts, entity_of, name_at, owner_of_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE = frozenset({"he", "his", "him"})
_SHE = frozenset({"she", "her"})
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
_BODY_IDS = ("state:", "org:", "mfa:")
_ODD = frozenset({"WORK_OF_ART", "PRODUCT", "FAC"})  # labels of names that speak: persons after all
_COUNTED = frozenset(
    {"officials", "envoys", "diplomats", "negotiators", "ambassadors", "premiers", "foreign"}
)
_JOINT = re.compile(r"\bjoint (?:ministerial |press )?(?:statement|communiqu|declaration)", re.IGNORECASE)


class Resolver:
    """Answers whom a mention stands for, reading the statements of an article in order."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self._reading = reading
        self._chains = chains
        self._spoken: list[tuple[int, tuple[str, ...]]] = []
        self._bodies = Institutions(reading, chains, self._spoken)
        self._draft: Draft | None = None
        self._named: list[tuple[int, str]] = sorted(
            (place, id) for id, person in chains.people.items() for place in person.places
        )
        self._inside: frozenset[str] = frozenset()  # persons named in the content being resolved

    def speaker(self, draft: Draft, span: Span | None) -> tuple[str, ...]:
        """Actor ids of the speaker of a draft; remembered for the pronouns that follow."""
        self._draft = draft
        self._inside = frozenset(id for span in draft.spans for id in self._named_in(span))
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

    def _named_in(self, span: Span) -> Iterator[str]:
        first, last = (bisect_left(self._named, (at, "")) for at in (span.start, span.end))
        return (id for _, id in self._named[first:last])

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
            id = self._bodies.part_of(named) or self._chains.of_entity(named)
            if id is None and named.label_ in _ODD and head.pos_ == "PROPN" and named.text.istitle():
                id = self._chains.person(named.text)
            return (id,) if id else ()
        document = self._reading.words.sources.get(low) == "document"
        if document and (several := belonging.signatories(self._chains, head)):
            return (several,)
        if (
            document
            and low != "paper"
            and self._spoken
            and not any(c.dep_ == "poss" for c in head.children)
            and self._bodies.state(head) is None
        ):
            return self._issuer()
        each = low == "side" and any(c.lower_ in ("each", "either") for c in head.children)
        if (each or (low in _BOTH and not _bare(head)) or _counted(head)) and (found := self._several(head)):
            return found
        bodies = self._bodies
        if id := bodies.spokes(head) or bodies.delegate(head) or self._office(head) or bodies.of(head):
            return (id,)
        entity = entity_of(head)
        if entity is not None and (id := bodies.part_of(entity) or self._chains.of_entity(entity)):
            return (id,)
        state = self._bodies.state(head) if low in TITLES and _definite(head) else None
        return (self._bodies.office(head, state) if state else self._bodies.by_words(head),)

    def _issuer(self) -> tuple[str, ...]:
        """ "The statement": of the institution that spoke last, else of whoever did."""
        bodies = (ids for _, ids in reversed(self._spoken) if ids[0].startswith(("org:", "mfa:")))
        return next(bodies, self._spoken[-1][1])

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
            subject = self._lone_name(at) or self._subject_person(head, gender)
            if subject:
                return (subject,)
            for place, ids in reversed(recent):
                if ids[0] in self._inside:
                    continue
                person = self._chains.people[ids[0]]
                if person.gender in ("", gender) and at - place < 1500:
                    return ids
            id = self._chains.last_person(at, gender)
            if id is None and self._spoken and self._lone_group(self._spoken[-1][1][0]):
                return self._spoken[-1][1]  # "he" of "one official"
            return (id,) if id else ()
        if low in ("they", "we", "both", "all"):
            return self._plural(head)
        if low == "it":
            if near := self._subject_body(head):
                return near
            bodies = [ids for p, ids in self._spoken if p < at and ids[0].startswith(_BODY_IDS)]
            if bodies:
                return bodies[-1]
            id = self._chains.last_body(at) or self._chains.last_state(at)
            return (id,) if id else ()
        if low in ("who", "i", "one"):
            return self._spoken[-1][1] if self._spoken and low != "who" else ()
        return ()

    def _lone_group(self, id: str) -> bool:
        """Somebody without a name, not several."""
        last = self._chains.actor(id).name.rstrip(")").split()[-1]
        return id.startswith("group:") and not last.endswith("s")

    def _plural(self, head: "Token") -> tuple[str, ...]:
        """ "They", "both": two named just before, those who last spoke together, else who spoke last."""
        if head.lower_ == "they" and (pair := self._pair_before(head)):
            return pair
        several = [ids for p, ids in self._spoken if p < head.idx and len(ids) > 1]
        return several[-1] if several else self._spoken[-1][1] if self._spoken else ()

    def _pair_before(self, head: "Token") -> tuple[str, ...]:
        """ "It was asked for by Norway and Chile. They said": two joined by "and" just before, when the last
        to speak was one person.
        """
        if (
            not self._spoken
            or not self._spoken[-1][1][0].startswith("person:")
            or len(self._spoken[-1][1]) > 1
        ):
            return ()
        for token in reversed(head.doc[max(0, head.i - 30) : head.i]):
            if token.dep_ == "conj" and token.pos_ == token.head.pos_ == "PROPN":
                found = self.phrase(token.head)
                if len(found) > 1:
                    return found
        return ()

    def _lone_name(self, at: int) -> str | None:
        """ "Sanders blasted the bill. He vowed …": who spoke just before by one name, unknown so far."""
        if not self._spoken or not self._spoken[-1][1][0].startswith("group:"):
            return None
        place, ids = self._spoken[-1]
        name = self._chains.actor(ids[0]).name
        same = self._reading.paragraph_of(place) == self._reading.paragraph_of(at)
        said = self._reading.text.startswith(name, place)
        proper = self._reading.doc[self._reading.token_at(place)].tag_ == "NNP"
        return ids[0] if same and said and proper and name.istitle() and name.isalpha() else None

    def _subject_body(self, head: "Token") -> tuple[str, ...]:
        """The state or institution that is subject of the sentence which "it" stands in."""
        root = head.sent.root
        for child in root.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i < head.i and child.pos_ != "PRON":
                found = self._one(child)
                if len(found) == 1 and found[0].startswith(_BODY_IDS):
                    return found
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
            if self._draft is not None and self._draft.covers(token.idx):
                continue
            named = name_at(token)
            if named is not None and named.label_ == "PERSON":
                id: str | None = self._chains.person(named.text)
            else:
                id = self._someone(token) if token.pos_ in ("NOUN", "PROPN") else None
            if id is not None and id not in self._inside:
                person = self._chains.people.get(id)
                if self._nobody_yet(id):
                    continue
                if person is None or person.gender in ("", gender):
                    if person is not None:
                        person.gender = gender
                    return id
        return None

    def _nobody_yet(self, id: str) -> bool:
        """One word taken for a name, of which nothing else is known: a river, a storm."""
        person = self._chains.people.get(id)
        if person is None or not person.vague:
            return False
        return not any(id in ids for _, ids in self._spoken)

    def _someone(self, head: "Token") -> str | None:
        """A person by office, or the state whose delegate it is: "China's delegate … He said"."""
        return self._bodies.delegate(head) or self._office(head)

    def _several(self, head: "Token") -> tuple[str, ...]:
        """ "The two sides", "the ministers": the two last named, states or persons as the word says."""
        at = head.idx
        if (head.lower_ in _PERSONS or _counted(head)) and not self._joint():
            people: list[str] = []
            places = sorted(
                ((p, id) for id, person in self._chains.people.items() for p in person.places if p < at),
                reverse=True,
            )
            for _, id in places:
                if id not in people:
                    people.append(id)
            later = (id for _, id in self._named if id not in people and head.lower_ == "leaders")
            people = [*people[:2], *later][:2] if len(people) < 2 else people[:2]
            if len(set(people)) == 2:
                return tuple(reversed(people))
        joint = self._joint()
        if joint and len(signed := self._we(Span(at, at + 1))) > 2:
            return signed
        places = sorted(((p, s) for p, s in self._chains.states if p < at), reverse=not joint)
        states = [id for id in dict.fromkeys(id for _, id in places) if id not in SETTINGS][:2]
        if len(states) < 2:
            return ()
        return tuple(states if joint else reversed(states))

    def _joint(self) -> bool:
        """In a joint statement the ministers speak for their states."""
        return bool(_JOINT.search(self._reading.text, 0, 400))

    def _office(self, head: "Token") -> str | None:
        """ "The Iranian president", "Serbia's foreign minister", "the minister": who was named so."""
        low = head.lower_
        if low not in TITLES and low not in ("negotiator", "leader"):
            return None
        if any(t.lower_ in ("a", "an", "one", "another", "former") for t in head.children):
            return None
        state = self._bodies.state(head)
        if state is None and head.is_title and low in TITLES:
            titles = frozenset(t.lower_ for t in (*head.lefts, head) if t.lower_ in TITLES and t.is_title)
            if (own := self._chains.first_titled(titles)) is not None:
                return own
        return self._chains.by_title(low, state, head.idx) or (
            self._chains.of_state(state, head.idx) if state else None
        )

    # helpers --------------------------------------------------------------------------

    def _label(self, label: Span, span: Span | None) -> tuple[str, ...]:
        """A label of a turn: its person, else the institution, else the states it lists."""
        words = self._reading.text[label.start : label.end]
        inside = self._reading.entities_in(label.start, label.end)
        people = [e for e in inside if e.label_ == "PERSON"]
        if words == "We" or words == "I":
            return self._we(label)
        if words in ("A", "Answer"):
            return self._spoken[0][1] if self._spoken else ()
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


def _counted(head: "Token") -> bool:
    """ "The two officials": two who were named."""
    return (
        head.lower_ in _COUNTED
        and any(c.lower_ in ("two", "both") for c in head.children)
        and any(c.lower_ in ("the", "both", "these", "those") for c in head.children)
    )


def _bare(head: "Token") -> bool:
    """ "diplomats say": nobody in particular."""
    return head.tag_ == "NNS" and not any(
        c.dep_ in ("det", "poss", "nummod", "predet") or c.lower_ == "both" for c in head.children
    )


def _definite(head: "Token") -> bool:
    return not any(c.lower_ in ("a", "an", "one", "another", "former", "some") for c in head.children)
