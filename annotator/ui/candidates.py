"""Who may be the speaker or target of a statement: its present value, the mentions of the article
with the nearest first, pronouns close by, and every actor the project knows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.actors import Actor, Actors
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Mention, Role, Statement
from annotator.ui.pickers.rows import Choice
from annotator.ui.snapshot import Snapshot

_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|we|I|the two sides|both sides|the two ministers)\b", re.IGNORECASE
)
PRONOUN_REACH = 300  # code points around the content
FAR = 20_000  # code points, further than anybody reads on for a name
INSIDE_PENALTY = 100_000  # speakers hardly ever stand inside their own words
OTHER_PENALTY = 150  # nationalities, places and events speak less often than people and bodies
SPEAKERS = ("PERSON", "ORG", "GPE")
OUTSIDE = ("speaker", "via")  # roles that hardly ever stand inside the content
KIND_WORDS = {
    "person": "Person",
    "state": "State",
    "mfa": "Ministry",
    "org": "Organisation",
    "group": "Group",
}


@dataclass(frozen=True)
class Candidate:
    """A mention, an actor, or both. A span without an actor still wants to be told who it is. `new` is
    an actor that the project does not hold yet; `aside` = shown beside the text, not over its span.
    """

    span: Span | None = None
    actor: str | None = None
    new: Actor | None = None
    aside: bool = False


def candidates(
    snapshot: Snapshot, statement: Statement, actors: Actors, role: str, selection: Span | None = None
) -> list[Choice]:
    """What S or T offers; a selection stands first, then what is chosen now."""
    made = _Maker(snapshot, statement, actors, role, marks_present=selection is None)
    found: list[Candidate] = []
    if selection:
        found.append(Candidate(selection, actor_of(selection, snapshot, actors)))
    found += made.chosen()
    found += made.mentions()
    found += made.pronouns()
    found += _unseen(_parties(snapshot, actors), found)
    choices, seen_actors = [], set()
    for candidate in dict.fromkeys(found):
        choices.append(made.choice(candidate))
        seen_actors.add(candidate.actor)
    rest = sorted((a for a in living(actors) if a.id not in seen_actors), key=lambda a: a.name.casefold())
    return choices + [made.choice(Candidate(None, a.id)) for a in rest]


def on_screen(
    snapshot: Snapshot, statement: Statement, actors: Actors, role: str, visible: Span
) -> list[Candidate]:
    """What hint mode puts letters on: every mention and pronoun in view, the likeliest first."""
    made = _Maker(snapshot, statement, actors, role, marks_present=True)
    found = [c for c in made.chosen() if c.span]
    there = [m for m in _mentions(snapshot.shown) if visible.contains(m.span)]
    found += [made.of_mention(m) for m in sorted(there, key=made.distance)]
    found += made.pronouns()
    found += _parties(snapshot, actors, visible)
    by_span: dict[Span, Candidate] = {}
    for candidate in found:
        if candidate.span and visible.contains(candidate.span):
            by_span.setdefault(candidate.span, candidate)
    return list(by_span.values())


def identities(span: Span, snapshot: Snapshot, statement: Statement | None, actors: Actors) -> list[Choice]:
    """Who the words of `span` may stand for: actors of the article, the nearest mention first; for a
    pronoun those who spoke before it.
    """
    near = nearest_actors(span, snapshot, actors, statement)
    ordered = [actors.resolve(id) for id in near]
    rest = sorted((a for a in living(actors) if a.id not in near), key=lambda a: a.name.casefold())
    return [Choice(a.id, a.name, group=KIND_WORDS.get(a.kind, "")) for a in [*ordered, *rest]]


def nearest_actors(
    span: Span, snapshot: Snapshot, actors: Actors, statement: Statement | None = None
) -> dict[str, None]:
    """Actors of the article as `span` may stand for them, the likeliest first."""
    near = spoke_before(span, snapshot, actors) if is_pronoun(span, snapshot) else {}
    low, high = span.start - FAR, span.end + FAR
    around = [m for m in snapshot.shown.mentions.values() if m.actor and low < m.span.start < high]
    around = [m for m in around if m.decision is not Decision.REJECTED]
    mentions = sorted(around, key=lambda m: _gap(m.span, (span,)))
    near |= dict.fromkeys(actors.resolve(a).id for a in dict.fromkeys(m.actor for m in mentions) if a)
    if statement:
        there = _near(snapshot, span, FAR)
        others = [t.actor for s in there for t in s.targets] + [a for s in there for a in s.speaker.actors]
        near |= dict.fromkeys(actors.resolve(a).id for a in dict.fromkeys(others) if a)
    return near


def spoke_before(span: Span, snapshot: Snapshot, actors: Actors) -> dict[str, None]:
    """Who spoke before some words, the last first."""
    there = _near(snapshot, span, FAR)
    spoke = [(s.speaker.span, a) for s in there for a in s.speaker.actors[:1]]
    before = sorted((span.start - x.end, actors.resolve(a).id) for x, a in spoke if x and x.end <= span.start)
    return dict.fromkeys(actor for _, actor in before)


def is_pronoun(span: Span, snapshot: Snapshot) -> bool:
    """True for words that say only within the article who is meant."""
    return _PRONOUN.fullmatch(span.surface(snapshot.article.text)) is not None


def actor_of(span: Span, snapshot: Snapshot, actors: Actors) -> str | None:
    """The actor that these words stand for elsewhere in the article, or whose name they are."""
    text = snapshot.article.text
    surface = " ".join(span.surface(text).split()).casefold()
    for mention in snapshot.shown.mentions.values():
        if mention.actor and mention.span.surface(text).casefold() == surface:
            return actors.resolve(mention.actor).id
    return next((a.id for a in living(actors) if a.name.casefold() == surface), None)


def likely_role(span: Span | None, statement: Statement) -> Role:
    """What a target is when nobody said: spoken about inside the content, else spoken to and about."""
    if span is None:
        return Role.OBJECT
    inside = any(s.contains(span) for s in statement.spans)
    return Role.OBJECT if inside else Role.BOTH


def living(actors: Actors) -> Iterator[Actor]:
    """Actors that were not merged into another."""
    return (a for a in actors if a.merged_into is None)


class _Maker:
    def __init__(
        self, snapshot: Snapshot, statement: Statement, actors: Actors, role: str, *, marks_present: bool
    ) -> None:
        self._snapshot, self._statement, self._actors, self._role = snapshot, statement, actors, role
        self._text = snapshot.article.text
        self._now = set(self.chosen())
        self._marks_present = marks_present  # else what is selected stands ready to be picked
        reasons = statement.provenance.reason(role) or statement.provenance.reason(f"{role}s")
        self._score = reasons.score if reasons else None

    def chosen(self) -> list[Candidate]:
        """The present value, as candidates."""
        if self._role == "speaker":
            speaker = self._statement.speaker
            actors = [self._actors.resolve(a).id for a in speaker.actors]
            if len(actors) < 2:
                only = Candidate(speaker.span, actors[0] if actors else None)
                return [only] if speaker.decided and not speaker.not_stated else []
            return [Candidate(None, a) for a in actors]
        if self._role == "via":
            via = self._statement.via
            return (
                [Candidate(via.span, self._actors.resolve(via.actor).id if via.actor else None)]
                if via
                else []
            )
        return [
            Candidate(t.span, self._actors.resolve(t.actor).id if t.actor else None)
            for t in self._statement.targets
        ]

    def mentions(self) -> list[Candidate]:
        """One candidate for each actor or name: its nearest mention."""
        near: dict[str, Candidate] = {}
        for mention in sorted(_mentions(self._snapshot.shown), key=self.distance):
            found = self.of_mention(mention)
            near.setdefault(found.actor or mention.span.surface(self._text).casefold(), found)
        taken = {c.actor for c in self._now if c.actor}
        return [c for c in near.values() if c.actor is None or c.actor not in taken]

    def of_mention(self, mention: Mention) -> Candidate:
        """A mention as a candidate, with whom it stands for."""
        actor = mention.actor or actor_of(mention.span, self._snapshot, self._actors)
        return Candidate(mention.span, self._actors.resolve(actor).id if actor else None)

    def pronouns(self) -> list[Candidate]:
        """Pronouns around the content; who they are is asked next."""
        spans = self._statement.spans
        start, end = max(0, spans[0].start - PRONOUN_REACH), spans[-1].end + PRONOUN_REACH
        found = [Span(m.start(), m.end()) for m in _PRONOUN.finditer(self._text, start, end)]
        outside = [s for s in found if not any(c.contains(s) for c in spans)]
        nearest = sorted(outside, key=lambda s: _gap(s, spans))[:4]
        there = _near(self._snapshot, spans[0].cover(spans[-1]), FAR)
        speakers = {s.speaker.span: s.speaker.actors[0] for s in there if s.speaker.actors}
        known = [(s, speakers.get(s)) for s in nearest]
        return [Candidate(s, self._actors.resolve(a).id if a else None) for s, a in known]

    def choice(self, candidate: Candidate) -> Choice:
        """A row of the list."""
        actor = self._actors.resolve(candidate.actor) if candidate.actor else None
        surface = " ".join(candidate.span.surface(self._text).split()) if candidate.span else ""
        now = candidate in self._now
        where = self._where(candidate.span) if candidate.span else "not in the article"
        quoted = f"“{surface}” · {where}" if surface else where
        return Choice(
            candidate,
            actor.name if actor else surface,
            detail=quoted,
            group=KIND_WORDS.get(actor.kind, "") if actor else "",
            score=self._score if now else None,
            also=surface,
            marked=now and self._marks_present,
        )

    def distance(self, mention: Mention) -> int:
        """How far a mention stands from the words that name the speaking; likelier is less."""
        anchor = (self._statement.cue,) if self._statement.cue else self._statement.spans
        gap = _gap(mention.span, anchor)
        inside = any(s.contains(mention.span) for s in self._statement.spans)
        if self._role in OUTSIDE:
            gap += INSIDE_PENALTY * inside + OTHER_PENALTY * (mention.label not in SPEAKERS)
        return gap

    def _where(self, span: Span) -> str:
        spans = self._statement.spans
        if any(s.contains(span) for s in spans):
            return "inside the statement"
        return "before it" if span.end <= spans[0].start else "after it"


def _mentions(layer: Layer) -> list[Mention]:
    return [m for m in layer.mentions.values() if m.decision is not Decision.REJECTED]


def _near(snapshot: Snapshot, span: Span, reach: int) -> list[Statement]:
    """Statements that start within `reach` code points of some words, in the order of the text."""
    statements = snapshot.statements
    first = bisect_left(statements, span.start - reach, key=lambda s: s.start)
    return statements[first : bisect_right(statements, span.end + reach, key=lambda s: s.start)]


def _parties(snapshot: Snapshot, actors: Actors, visible: Span | None = None) -> list[Candidate]:
    """Speakers and targets of the article's statements: names the machine did not take for entities."""
    found = []
    for s in _near(snapshot, visible, FAR) if visible else snapshot.statements:
        pairs = [(s.speaker.span, a) for a in s.speaker.actors[:1]] + [(t.span, t.actor) for t in s.targets]
        there = [(x, a) for x, a in pairs if x and a and (visible is None or visible.contains(x))]
        found += [Candidate(span, actors.resolve(actor).id) for span, actor in there]
    return list(dict.fromkeys(found))


def _unseen(more: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Those whose actor is not there yet, each actor once."""
    seen = {c.actor for c in found}
    return list({c.actor: c for c in reversed(more) if c.actor not in seen}.values())


def _gap(span: Span, anchors: tuple[Span, ...]) -> int:
    return min(max(a.start - span.end, span.start - a.end, 0) for a in anchors)
