"""Institutions: whom a phrase without a name stands for: a spokeswoman, a ministry, "its embassy", "the
bloc", "Iranian officials", "a senior diplomat".
"""

import re
from typing import TYPE_CHECKING

from annotator.domain.actors import slug
from annotator.suggest import belonging, ministries
from annotator.suggest.chains import Chains
from annotator.suggest.entities import TITLES
from annotator.suggest.reading import Reading
from annotator.suggest.speakers import entity_of

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "press"})
_UNNAMED = frozenset(
    {"official", "officials", "diplomat", "diplomats", "source", "sources", "aide", "aides", "adviser"}
    | {"analyst", "expert", "experts"}
)
_OFFICIALS = frozenset({"official", "officials", "source", "sources", "diplomat", "diplomats"})
_OF_BODY = frozenset({"official", "officials"})
_OF_STATES = frozenset({"official", "source", "diplomat"})
_SEEN = frozenset(
    {"person", "people", "insider", "insiders", "protester", "protesters", "witness", "witnesses"}
    | {"resident", "residents", "engineer", "group", "magazine"}
)
_STATE_ITSELF = frozenset({"government", "authorities", "officials", "side"})
_LISTED = frozenset({"army", "navy", "military", "police", "opposition", "prosecutors"})  # "Army (Thailand)"
_OF_STATE = _LISTED | {"cabinet", "parliament", "embassy", "government", "authorities", "media", "presidency"}
_BODIES = frozenset(
    {"bloc", "alliance", "union", "organisation", "organization", "grouping", "body", "agency", "watchdog"}
    | {"commission", "court", "council", "fund", "bank", "committee"}
)
_OUTLETS = frozenset({"paper", "newspaper", "magazine", "network", "broadcaster", "daily", "outlet"})
_GROUPS = frozenset(
    {"group", "movement", "party", "company", "firm", "charity", "organisation", "organization"}
)
_INTERNATIONAL = frozenset({"bloc", "alliance", "union", "organisation", "organization", "grouping", "body"})
_SENT = frozenset(
    {"envoy", "ambassador", "representative", "coordinator", "minister", "commissioner", "rapporteur"}
)
_VAGUE = frozenset({"person", "people", "member", "members", "those"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "former", "some", "several"})

Spoken = list[tuple[int, tuple[str, ...]]]


def _is_destination(head: "Token", token: "Token") -> bool:
    """ "the envoy for Libya", "the ambassador to Japan" do not speak for it."""
    if head.lower_ not in _SENT:
        return False
    return any(
        a.lower_ in ("for", "to", "in", "on") and a.dep_ == "prep" for a in token.ancestors if a.i > head.i
    )


def is_ministry(id: str) -> bool:
    """Is this the id of a ministry?"""
    return "ministry-of" in id or "department-of" in id or id.startswith("mfa:")


def _of_a_body(head: "Token") -> bool:
    """ "The European Union urged Serbia …, its policy chief said": "its" is the main clause's subject."""
    subject = next((c for c in head.sent.root.children if c.dep_ == "nsubj" and c.i < head.i), None)
    return subject is not None and str(subject.ent_kb_id_).startswith("org:")


class Institutions:
    """Answers for one article; `spoken` is the resolver's list of speakers so far, by place."""

    def __init__(self, reading: Reading, chains: Chains, spoken: Spoken) -> None:
        self._reading, self._chains, self._spoken = reading, chains, spoken

    def of(self, head: "Token") -> str | None:
        """Id of the actor that a noun phrase stands for by its words, None when no rule knows it."""
        rules = (self._ministry, self._of_state, self._belongs, self._called, self._body, self._unnamed)
        return next((id for rule in rules if (id := rule(head))), None)

    def part_of(self, entity: "TokenSpan") -> str | None:
        """ "The AU's Peace and Security Council" -> African Union Peace and Security Council."""
        return belonging.part(self._chains, entity)

    def delegate(self, head: "Token") -> str | None:
        """The state or body that "the representative of X" speaks for."""
        return belonging.delegate(self._chains, head, named=False)

    def _belongs(self, head: "Token") -> str | None:
        return (
            self.delegate(head)
            or belonging.office(self._chains, head, self._earlier)
            or belonging.members(self._chains, head)
            or belonging.unnamed(self._chains, head)
        )

    def state(self, head: "Token") -> str | None:
        """The state that the phrase itself names: by adjective, possessive or "of"."""
        for token in self._tokens(head):
            id = str(token.ent_kb_id_)
            if id.startswith("state:") and not _is_destination(head, token):
                return id
            if token.dep_ == "poss" and token.lower_ in ("its", "his", "her", "their"):
                return None if token.lower_ == "its" and _of_a_body(head) else self.near_state(head)
        return None

    def near_state(self, head: "Token") -> str | None:
        """The state named last in the sentence, else that of the last speaker."""
        for token in reversed([t for t in head.sent if t.i < head.i]):
            if str(token.ent_kb_id_).startswith("state:"):
                return str(token.ent_kb_id_)
        for _, ids in reversed(self._spoken):
            actor = self._chains.actor(ids[0])
            if actor.kind == "state":
                return actor.id
            if actor.speaks_for and actor.speaks_for.startswith("state:"):
                return actor.speaks_for
        return self._chains.last_state(head.idx)

    def office(self, head: "Token", state: str) -> str:
        """ "The Colombian foreign minister", when nobody in the text is named so."""
        words = [t.text for t in head.lefts if t.dep_ in ("compound", "amod") and not t.ent_type_]
        title = " ".join(w[:1].upper() + w[1:] for w in [*words, head.text])
        return self._chains.make(f"{title} of {self._chains.country(state)}", "person", state)

    def by_words(self, head: "Token") -> str:
        """A group named by the words of the phrase; a person when they look like a name."""
        first = min([head.i, *(t.i for t in head.subtree if 0 < head.i - t.i < 7)])
        last = self._modified(head) if head.lower_ in _VAGUE or self._nobody(head) else head.i
        words = self._reading.text[self._reading.doc[first].idx : self._reading.end(last)]
        owner = belonging.state_owner(self._reading.words.sources, head)
        if owner is not None and first <= owner.i:
            bare = self._reading.text[self._reading.doc[owner.i + 2].idx : self._reading.end(head.i)]
            state = str(owner.ent_kb_id_)
            named = f"{bare[:1].upper()}{bare[1:]} ({self._chains.actor(state).name})"
            return self._chains.make(named, "org", state)
        words = re.sub(
            r"^(?:the|a|an|one|two|three|some|several|many|his|her|its|their)\s+",
            "",
            " ".join(words.split()),
            flags=re.IGNORECASE,
        )
        if (group := self._chains.gazetteer.groups.get(words.lower())) is not None:
            return self._chains.put(group)
        if words and self._nobody(head):
            return self._chains.make(f"Anonymous ({words})", "group")
        named = words[:1].upper() + words[1:] if words else head.text
        name_like = words.istitle() and 2 <= len(words.split()) <= 4
        if head.pos_ == "PROPN" and name_like and not TITLES.intersection(words.lower().split()):
            return self._chains.person(words)
        return self._chains.make(named, "group", id=f"group:{slug(words or head.text)}")

    def _nobody(self, head: "Token") -> bool:
        """ "A Western diplomat", "officials in Oslo": unnamed, and of no institution."""
        if head.pos_ != "NOUN" or head.lower_ not in _UNNAMED | _SEEN:
            return False
        if any(c.lower_ in ("the", "both", "these", "those") or c.dep_ == "poss" for c in head.children):
            return False
        return not any(t.ent_kb_id_ for t in head.lefts)

    # rules ---------------------------------------------------------------------------

    def spokes(self, head: "Token") -> str | None:
        """A spokeswoman without a name stands for her institution."""
        if head.lower_ not in _SPOKES:
            return None
        for token in self._tokens(head):
            if token.ent_type_ == "ORG" and (entity := entity_of(token)) is not None:
                return self._chains.of_entity(entity)
            if token.lower_ == "company" and token.i < head.i and (firm := self._group(head)):
                return firm
        words = " ".join(t.lower_ for t in self._tokens(head))
        state = self.state(head)
        if "president" in words and state in ("state:US", None):
            return self._chains.actor("org:whitehouse").id
        if "prime minister" in words and state in ("state:GB", None):
            return self._chains.actor("org:downing").id
        if "ministry" in words or "department" in words:
            return self._ministry(head)
        person = next((t for t in self._tokens(head) if t.ent_type_ == "PERSON"), None)
        owned = [t.dep_ for t in head.lefts if str(t.ent_kb_id_).startswith("state:")] == ["poss"]
        if person is not None and (entity := entity_of(person)) is not None:
            return self._for_person(head, person, self._chains.person(entity.text))
        owner = next((t for t in head.lefts if t.dep_ == "poss" and t.lower_ in ("his", "her")), None)
        if owner is not None and (theirs := belonging.person_of(self._chains, owner)) is not None:
            return belonging.office_of(self._chains, theirs)
        if person is None and owned and state is not None:
            return state
        return belonging.office_holder(self._chains, head)

    def _for_person(self, head: "Token", named: "Token", id: str) -> str:
        """ "A spokeswoman for Kova" -> Ana Kova (office); for the American president the White House."""
        if named.head.lower_ != "for" or named.head.head != head:
            return id
        person = self._chains.people.get(id)
        if person is not None and "president" in person.titles and person.actor.speaks_for == "state:US":
            return self._chains.actor("org:whitehouse").id
        return belonging.office_of(self._chains, id)

    def _ministry(self, head: "Token") -> str | None:
        low = head.lower_
        if low not in ("ministry", "department") and "ministry" not in (t.lower_ for t in head.children):
            return None
        entity = entity_of(head)
        if low in _UNNAMED:
            return None
        if entity is not None and entity.kb_id_:
            return self._chains.of_entity(entity)
        state = self.state(head)
        if state and entity is not None and "oreign" in entity.text:
            return self._chains.put(ministries.ministry("Foreign Affairs", state, self._chains.gazetteer))
        field = next((f for c in head.lefts if (f := ministries.field_named(c.lower_))), None)
        body = self._last_ministry(head.idx)
        if body and low == "ministry" and field is None:
            return body
        owner = self.near_state(head)
        if owner is None:
            return None
        return self._chains.put(
            ministries.ministry(field or "Foreign Affairs", owner, self._chains.gazetteer, low.capitalize())
        )

    def _last_ministry(self, before: int) -> str | None:
        bodies = [b for at, b in self._chains.bodies if at < before]
        return next((b for b in reversed(bodies) if "ministry-of" in b or b.startswith("mfa:")), None)

    def _of_state(self, head: "Token") -> str | None:
        """ "Japan's cabinet" -> Cabinet of Japan; "Iranian officials", "the Thai side" -> the state."""
        low = head.lower_
        if low in _STATE_ITSELF and (owner := self._adjective(head)) is not None:
            return owner
        if low not in _OF_STATE:
            return None
        entity = entity_of(head)
        if entity is not None and entity.kb_id_:
            return self._chains.of_entity(entity)
        owned = any(c.dep_ == "poss" or c.lower_ == "the" for c in head.children) or low in (
            "government",
            "prosecutors",
        )
        state = self.state(head) or (self.near_state(head) if owned else None)
        if state is None or low == "government":
            return state
        plain = self._chains.actor(state).name
        if low == "media":
            return self._chains.make(f"state media ({plain})", "org", state)
        if low in _LISTED and (known := belonging.known_force(self._chains, state, low)) is not None:
            return known
        if low in _LISTED:
            return self._chains.make(f"{low.capitalize()} ({plain})", "org", state)
        place = next(
            (t for c in head.children if c.lower_ == "in" for t in c.children if t.dep_ == "pobj"), None
        )
        where = f" in {place.text}" if place is not None and low == "embassy" else ""
        return self._chains.make(f"{low.capitalize()} of {self._chains.country(state)}{where}", "org", state)

    def _adjective(self, head: "Token") -> str | None:
        """The state of "Iranian officials", "the Swedish side": nothing else may stand with the noun."""
        left = [t for t in head.lefts if t.dep_ != "det" and t.pos_ != "NUM"]
        if len(left) != 1 or not str(left[0].ent_kb_id_).startswith("state:"):
            return None
        return str(left[0].ent_kb_id_) if self._people(left[0]) else None

    def _body(self, head: "Token") -> str | None:
        """ "The bloc", "the agency": the institution named before that is called so."""
        if head.lower_ == "watchdog" and any(c.lower_ == "nuclear" for c in head.children):
            return "org:iaea"
        if head.lower_ in _OUTLETS:
            return self._outlet(head)
        if head.lower_ in _BODIES:
            return self._earlier(head)
        if head.lower_ in _GROUPS and [c.lower_ for c in head.children if c.dep_ != "punct"] == ["the"]:
            return self._group(head)
        owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in _BODIES), None)
        plural = head.tag_ in ("NNS", "NNPS")
        return self._earlier(owner) if owner is not None and plural else None

    def _called(self, head: "Token") -> str | None:
        """ "The GNB union", "the Nordlys bloc": the name before a noun that says what it is."""
        if head.lower_ not in _GROUPS | _INTERNATIONAL or head.i == 0:
            return None
        entity = entity_of(head.doc[head.i - 1])
        return self._chains.of_entity(entity) if entity is not None and entity.label_ == "ORG" else None

    def _group(self, head: "Token") -> str | None:
        """ "The group", "the company": the organisation that spoke last, else the one named last."""
        spoken = [i for at, ids in self._spoken for i in ids if at < head.idx and i.startswith("org:")]
        named = [b for at, b in self._chains.bodies if at < head.idx and b.startswith("org:")]
        return next(reversed([*named, *spoken]), None)

    def _outlet(self, head: "Token") -> str | None:
        """ "The paper": the one named last."""
        if any(c.lower_ in _INDEFINITE for c in head.children):
            return None
        bodies = (b for at, b in reversed(self._chains.bodies) if at < head.idx)
        return next((b for b in bodies if self._chains.gazetteer.is_media(b)), None)

    def _earlier(self, head: "Token") -> str | None:
        """An institution of the text with this word in its name, else the last one between states."""
        if any(c.lower_ in _INDEFINITE for c in head.children):
            return None
        said = [(at, i) for at, ids in self._spoken for i in ids if i.startswith(("org:", "mfa:"))]
        bodies = [b for at, b in sorted([*self._chains.bodies, *said]) if at < head.idx]
        for id in reversed(bodies):
            if head.lower_ in self._chains.actor(id).name.lower().split():
                return id
        if head.lower_ not in _INTERNATIONAL:
            return None
        return next((b for b in reversed(bodies) if self._unites_states(b)), None)

    def _unites_states(self, body: str) -> bool:
        """A bloc or alliance, as far as its name tells: not a council, court, agency or bank."""
        actor = self._chains.actor(body)
        words = {w.strip(".,").lower() for w in actor.name.split()}
        own = {"council", "court", "agency", "bank", "fund", "nations", "commission", "times", "post"}
        listed = self._chains.gazetteer.actor(body) is not None
        return listed and actor.speaks_for is None and not words & own

    def _unnamed(self, head: "Token") -> str | None:
        """ "A senior EU diplomat" -> Senior EU diplomat; "one Spanish official" -> Anonymous (Spain)."""
        if head.lower_ not in _UNNAMED:
            return None
        if any(t.lower_ == "the" for t in head.children) and (earlier := self._same_words(head)):
            return earlier
        official = head.lower_ in _OFFICIALS
        if (whose := self._whose(head)) is not None and (official or is_ministry(whose)):
            return self._anonymous(whose)
        return self.by_words(head)

    def _whose(self, head: "Token") -> str | None:
        """The body or state that "a senior French official", "an official of the ministry" belongs to."""
        for token in head.lefts:
            id = str(token.ent_kb_id_)
            if id.startswith(("org:", "mfa:")) and (is_ministry(id) or head.lower_ in _OF_BODY):
                return id
            if token.lower_ == "ministry" and (ministry := self._last_ministry(head.idx)):
                return ministry
            if token.lower_ == "administration" and "state:US" in dict(self._chains.states).values():
                return "state:US"
            if id.startswith("state:") and self._people(token) and head.lower_ in _OF_STATES:
                return id
        for child in head.rights:
            if child.lower_ in ("of", "at", "in", "from"):
                inside = (c for c in child.children if c.dep_ == "pobj")
                return next(
                    (m for c in inside if (m := self._ministry(c)) and c.lower_ != "department"), None
                )
        return None

    def _people(self, token: "Token") -> bool:
        """An adjective or state's name, not a capital."""
        entry = self._chains.gazetteer.get(token.text)
        return token.ent_type_ in ("NORP", "GPE") and not (entry is not None and entry.metonym)

    def _anonymous(self, whose: str) -> str:
        actor = self._chains.actor(whose)
        inside = actor.name.replace(" (", ", ").rstrip(")")
        state = whose if whose.startswith("state:") else actor.speaks_for
        return self._chains.make(f"Anonymous ({inside})", "group", state)

    def _same_words(self, head: "Token") -> str | None:
        """ "the diplomat": the unnamed one who spoke before, else the person who did."""
        ids = [ids[0] for at, ids in reversed(self._spoken) if at < head.idx and len(ids) == 1]
        groups = (id for id in ids if id.startswith("group:"))
        earlier = next((id for id in groups if id.endswith(head.lower_) or "anonymous" in id), None)
        if earlier is not None or head.tag_ != "NN" or any(head.rights):
            return earlier
        return ids[0] if ids and ids[0].startswith("person:") else None

    # helpers --------------------------------------------------------------------------

    def _modified(self, head: "Token") -> int:
        """Last token of what follows a vague noun: "people familiar with the talks"."""
        last = head.i
        for child in head.rights:
            if (
                child.i != last + 1
                or child.is_punct
                or child.dep_ == "relcl"
                or child.right_edge.i - head.i > 8
            ):
                break
            last = child.right_edge.i
        return last

    def _tokens(self, head: "Token") -> list["Token"]:
        return [t for t in head.subtree if abs(t.i - head.i) < 9]
