"""Candidates: whom a statement may be spoken to or about, each with the features that speak for and
against it. Their weights lie in resources/cues/target_weights.tsv.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.domain.statement import Role
from annotator.suggest.addressed import BOTH, SIDES, Addressed
from annotator.suggest.draft import Draft
from annotator.suggest.exchange import Exchange
from annotator.suggest.reading import Reading
from annotator.suggest.scene import Named, Scene
from annotator.suggest.speakers import span_of

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = "nobody"
FRAMED = "in the frame"
_REPLIES = frozenset(
    {
        "dismiss",
        "reject",
        "deny",
        "rebuff",
        "refute",
        "retort",
        "counter",
        "scoff",
        "reply",
        "respond",
        "answer",
    }
    | {"shoot", "hit", "fire", "snap"}
)
_YOU = re.compile(r"\b(?:you|your|yours|yourselves?)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_AT_HOME = {"person": "a person", "org": "an organisation"}
_NEAR = 250  # characters around a statement that still set its scene
_LEAST = 0.1  # share of a target before that makes it a candidate again


@dataclass
class Candidate:
    """An actor, or nobody, with what speaks for it."""

    id: str
    features: dict[str, float] = field(default_factory=dict)
    role: Role = Role.OBJECT
    span: Span | None = None
    frame: str = ""  # what the frame says of it in plain words

    def add(self, feature: str, value: float = 1.0) -> None:
        """Count a feature once."""
        self.features[feature] = max(value, self.features.get(feature, value))


@dataclass(frozen=True)
class Statement:
    """What is known of a statement when its targets are sought."""

    draft: Draft
    speakers: tuple[str, ...]
    act: str
    voice: frozenset[str]  # the speakers and their sides
    own: frozenset[str]  # these and the states of the speaker's phrase
    text: str

    @property
    def official(self) -> bool:
        """Does somebody speak for a state?"""
        return any(v.startswith("state:") for v in self.voice)


class Candidates:
    """Gathers the candidates of one statement."""

    def __init__(
        self, reading: Reading, scene: Scene, addressed: Addressed, exchange: Exchange, statement: Statement
    ) -> None:
        self._reading, self._scene, self._addressed = reading, scene, addressed
        self._exchange, self._statement, self._draft = exchange, statement, statement.draft
        self._found: dict[str, Candidate] = {}
        self._perhaps_own = {scene.perhaps_of(s) for s in statement.speakers if s.startswith("person:")}

    def all(self) -> list[Candidate]:
        """All candidates, nobody first."""
        self._framed()
        self._content()
        self._around()
        self._question()
        self._history()
        self._article()
        for candidate in self._found.values():
            candidate.add("share of the article", self._scene.share(candidate.id))
            self._nature(candidate)
        return [self._nobody(), *self._found.values()]

    def _at(self, id: str) -> Candidate:
        return self._found.setdefault(id, Candidate(id))

    # the frame -------------------------------------------------------------------------

    def _framed(self) -> None:
        draft, voice = self._draft, self._statement.voice
        for head, role, name in (
            (draft.asked, Role.BOTH, "asked"),
            (draft.judged, Role.OBJECT, "judged"),
            (draft.hearer, Role.ADDRESSEE, "spoken to"),
        ):
            if head is None or (name == "spoken to" and head is draft.asked):
                continue
            owned = name == "judged" and head.pos_ == "NOUN" and not self._speaks(head)
            span = span_of(self._reading, head)
            for id, manner in (
                self._addressed.owners(head, voice) if owned else self._addressed.of(head, voice)
            ):
                if name == "spoken to" and self._scene.is_media(id):
                    continue  # whoever is told something for the public merely listens
                candidate = self._at(id)
                candidate.add(FRAMED)
                candidate.frame = candidate.frame or ("asked to act" if name == "asked" else name)
                candidate.add(f"{name}: {manner}")
                if candidate.span is None and manner in ("named", "side", "owner"):
                    candidate.role, candidate.span = role, span

    def _speaks(self, head: "Token") -> bool:
        return bool(head.ent_type_) or head.lower_ in self._reading.words.sources

    # the content -----------------------------------------------------------------------

    def _content(self) -> None:
        named = [n for s in self._draft.spans for n in self._scene.within(s.start, s.end)]
        others = [n for n in named if not self._is_own(n)]
        for n in others:
            candidate = self._at(n.id)
            candidate.span = candidate.span or n.span
            candidate.add("a place in the content" if n.how == "place" else "in the content")
            if n.how in ("subject", "owner", "voice"):
                candidate.add(f"{n.how} in the content")
            if self._statement.act == "support" and n.how != "place":
                candidate.add("in the content of support")
        for span in self._draft.spans:
            for id, manner in self._addressed.meant(span.start, span.end, self._statement.voice):
                self._at(id).add(f"{manner} in the content")

    def _is_own(self, named: Named) -> bool:
        return named.id in self._statement.own or named.side in self._statement.own

    # the words around it ----------------------------------------------------------------

    def _around(self) -> None:
        """Actors of the sentence around the content, and of the words before and after it."""
        a, b = self._reading.paragraphs[self._reading.paragraph_of(self._draft.start)]
        first, last = self._sentence()
        for where, start, end in (
            ("beside", first, last),
            ("just before", max(a, first - _NEAR), first),
            ("just after", last, min(max(b, last), last + _NEAR)),
        ):
            for n in self._scene.within(start, end):
                if not self._draft.covers(n.start) and not self._is_own(n) and n.how != "place":
                    self._at(n.id).add("named " + where)
                    if n.side != n.id and where == "just after":
                        self._at(n.side).add("side of one " + where)

    def _sentence(self) -> tuple[int, int]:
        draft, reading = self._draft, self._reading
        start = min(draft.start, draft.cue.start if draft.cue else draft.start)
        end = max(draft.end, draft.cue.end if draft.cue else draft.end)
        if not reading.parsed:
            return start, end
        a = reading.doc[min(reading.token_from(start), len(reading.doc) - 1)].sent
        b = reading.doc[reading.token_at(end - 1)].sent
        return a.start_char, b.end_char

    def _question(self) -> None:
        """In a transcript: whom the question was about."""
        asked = self._draft.question
        if asked is None:
            return
        named = [n for n in self._scene.within(asked.start, asked.end) if not self._is_own(n)]
        for n in named:
            self._at(n.id).add("in the question")
            if n.side != n.id:
                self._at(n.side).add("side of one in the question")

    # the exchange -----------------------------------------------------------------------

    def _history(self) -> None:
        here, voice = self._reading.paragraph_of(self._draft.start), self._statement.voice
        earlier, ago = self._exchange.same_speaker(voice)
        if earlier is not None:
            for id, share in earlier.shares.items():
                self._likely(id, "same speaker's target before", share)
                if ago == 1:
                    self._likely(id, "same speaker's target just before", share)
        last = self._exchange.last
        if last is not None and not last.speakers & voice:
            near = "in this paragraph" if last.paragraph == here else "earlier"
            for id, share in last.shares.items():
                self._likely(id, f"target of the speaker before, {near}", share)
            for id in sorted(last.speakers):
                self._at(id).add(f"speaker before, {near}")
                if self._replies():
                    self._at(id).add("replied to")

    def _likely(self, id: str, feature: str, share: float) -> None:
        """Who was likely meant before; one who was hardly thought of is no candidate for that."""
        if (share >= _LEAST or id in self._found) and id != NOBODY:
            self._at(id).add(feature, share)

    def _replies(self) -> bool:
        return self._draft.verb is not None and self._draft.verb.verb.lemma.split()[0] in _REPLIES

    # the article ------------------------------------------------------------------------

    def _article(self) -> None:
        scene, own = self._scene, self._statement.own
        others = scene.others(own)
        self._parties(others)
        people = [p for p in scene.people if scene.side(p) not in own or scene.home is not None]
        people = [p for p in people if p not in own]
        for id in people[:1]:
            self._at(id).add("the leading person" + (" at home" if scene.home else ""))
        if self._both():
            for id in others[:2]:
                self._at(id).add("both sides")

    def _parties(self, others: list[str]) -> None:
        scene = self._scene
        if not others:
            return
        leading = [p for p in scene.parties if p != scene.home][:2]
        inside = any(p in self._statement.own for p in leading)
        self._at(others[0]).add("the other of two parties" if inside else "first of two parties")
        for id in others[1:3]:
            self._at(id).add("a further party")

    def _both(self) -> bool:
        asked = self._draft.asked
        return bool(BOTH.search(self._statement.text)) or (asked is not None and asked.lower_ in SIDES)

    # what it is -------------------------------------------------------------------------

    def _nature(self, candidate: Candidate) -> None:
        id, scene, statement = candidate.id, self._scene, self._statement
        kind = id.partition(":")[0]
        if scene.home and kind in _AT_HOME:
            candidate.add(f"{_AT_HOME[kind]} in politics at home")
        elif statement.official and kind == "person":
            candidate.add("a person where an official speaks")
        if id in statement.speakers:
            candidate.add("the speaker")
        elif id in statement.own:
            candidate.add("the speaker's side")
        elif id in self._perhaps_own:
            candidate.add("perhaps the speaker's side")
        elif scene.home and scene.side(id) in statement.own:
            candidate.add("of the speaker's side at home")
        if scene.is_media(id):
            candidate.add("a newspaper or agency")
        if scene.is_setting(id):
            candidate.add("a territory")
        if not scene.known(id):
            candidate.add("little known")

    def _nobody(self) -> Candidate:
        nobody, statement = Candidate(NOBODY), self._statement
        for feature in self._against(statement):
            nobody.add("nobody" + (f": {feature}" if feature else ""))
        return nobody

    def _against(self, statement: Statement) -> Iterable[str]:
        yield ""
        if statement.act not in ("deny", "commit", "warn"):
            yield statement.act
        if len(statement.speakers) > 1:
            yield "several speakers" + (" commit" if statement.act == "commit" else "")
        if not statement.official:
            yield "no official"
        for name, pattern in (("you", _YOU), ("we", _WE)):
            if pattern.search(statement.text):
                yield f"says {name}"
