"""What each decision of an annotator does to their layer, as steps for the journal. Nothing is
changed here: a `Decider` looks at one snapshot and says which edits a verb means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from annotator.domain.actors import Actor, Actors
from annotator.domain.edits import (
    Edit,
    LayerEdit,
    Placed,
    PutActor,
    SetState,
    Step,
    apply,
    put_mention,
    put_statement,
)
from annotator.domain.ids import fresh_id
from annotator.domain.layer import Layer, State
from annotator.domain.rules import Problem, unfinished
from annotator.domain.spans import Span, merged
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Statement,
    T,
    Target,
    accepted,
    rejected,
    revised,
)

OUTCOMES = {"not_relevant": "Article is not relevant", "nothing_here": "Nothing to mark in the article"}
IMPLICIT = "implicit_target"
_OPENING, _CLOSING = '“"«„「『‘‹', '”"»“」』’›'


def now() -> str:
    """This moment as decisions keep it: UTC, ISO 8601 with Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def kind_of(text: str, spans: Iterable[Span]) -> Kind:
    """Kind as the quotation marks of the content say it."""
    surfaces = [span.surface(text) for span in spans]
    if all(s[0] in _OPENING and s[-1] in _CLOSING and len(s) > 1 for s in surfaces):
        return Kind.DIRECT
    marks = set(_OPENING + _CLOSING) - {"‘", "’"}
    return Kind.MIXED if any(marks & set(s) for s in surfaces) else Kind.INDIRECT


@dataclass(frozen=True)
class Decider:
    """Steps of the annotator whose layer `human` is, with `shown` the view over the machine's
    suggestions, at time `at`; `numbers` of the statements by id, where they are known already.

    Every method that takes an id raises KeyError when the view does not hold it.
    """

    human: Layer
    shown: Layer
    actors: Actors
    guideline: str | None = None
    at: str = ""
    numbers: Mapping[str, int] | None = None

    def number(self, id: str) -> int:
        """The number a statement carries in text and list."""
        numbers = self.numbers or {s.id: n for n, s in enumerate(self.shown.ordered_statements(), 1)}
        return numbers[id]

    def confirm(self, id: str, *, seconds: float | None = None) -> Step | None:
        """Enter: confirmed, or corrected when it was changed before. None when it already is."""
        statement = self.shown.statements[id]
        if statement.decision in (Decision.CONFIRMED, Decision.CORRECTED):
            return None
        after = self._accepted(statement, seconds)
        return self._put("Confirm", after)

    def reject(self, id: str, *, seconds: float | None = None) -> Step | None:
        """Keep the statement as a rejection. None when it already is one."""
        statement = self.shown.statements[id]
        if statement.decision is Decision.REJECTED:
            return None
        return self._put("Reject", self._rejected(statement, seconds))

    def revise(self, id: str, what: str, *, new_actors: Iterable[Actor] = (), **fields: Any) -> Step | None:
        """Set fields of a statement by hand; `what` names the role for people. New actors come
        in the same step. None when nothing differs.
        """
        statement = self.shown.statements[id]
        if {"targets", "no_target"} & set(fields) and "flags" not in fields:
            fields |= _flags_that_hold(statement, fields.get("targets", statement.targets))
        after = revised(statement, self._by, self._at, **fields)
        return None if after is statement else self._put(f"Set {what} of", after, new_actors)

    def new_statement(self, text: str, spans: Iterable[Span]) -> tuple[Step, str]:
        """A statement made by hand over `spans`, still undecided, and its id."""
        content = merged(spans)
        statement = Statement(
            fresh_id("s"), content, kind_of(text, content), provenance=Provenance(by=self._by, at=self._at)
        )
        return self._step("Add a statement", [put_statement(self.human, statement)]), statement.id

    def fill(self, id: str, suggestion: Statement, actors: Iterable[Actor] = ()) -> Step | None:
        """Give a statement made by hand what the machine says of its content; what a person has
        set meanwhile stays. None when there is nothing left to fill.
        """
        statement = self.human.statements.get(id)
        if statement is None or statement.decided:
            return None
        fields = missing_fields(statement, suggestion)
        if not fields:
            return None
        machine = suggestion.provenance
        provenance = replace(statement.provenance, reasons=machine.reasons, score=machine.score)
        fresh = [a for a in actors if a.id not in self.actors]
        filled = replace(statement, provenance=provenance, **fields)
        return self._put("Fill the roles of", filled, fresh)

    def put_entity(
        self, span: Span, label: str, actor: str | None = None, *, new_actors: Iterable[Actor] = ()
    ) -> Step | None:
        """An entity over `span`: a new one, or the one already there under this label."""
        old = next((m for m in self.shown.mentions.values() if m.span == span), None)
        if old is None:
            by_hand = Provenance(by=self._by, at=self._at)
            mention = Mention(fresh_id("m"), span, label, actor, provenance=by_hand)
        else:
            mention = revised(old, self._by, self._at, label=label, actor=actor or old.actor)
        edit = put_mention(self.human, self._accepted(mention))
        return self._step("Mark an entity", [edit], new_actors)

    def reject_entity(self, id: str) -> Step:
        """Keep a mention as a rejection."""
        mention = self._rejected(self.shown.mentions[id])
        return self._step("Reject an entity", [put_mention(self.human, mention)])

    def missing(self) -> list[Problem]:
        """What still keeps the article from being done."""
        return unfinished(self.shown)

    def done(self) -> Step:
        """The article is done: the machine's entities become the person's, so that later
        suggesting cannot change it. Ask `missing` first.
        """
        return self._step("Article done", [*self._kept_mentions(), self._state(State.DONE)])

    def outcome(self, outcome: str) -> Step:
        """Done with a word on the whole article: `not_relevant` leaves suggestions undecided,
        `nothing_here` rejects those that are left.
        """
        edits: list[LayerEdit | None] = []
        if outcome == "nothing_here":
            left = self.shown.undecided()
            edits = [put_statement(self.human, self._rejected(s)) for s in left]
            edits += self._kept_mentions()
        return self._step(OUTCOMES[outcome], [*edits, self._state(State.DONE, outcome)])

    def set_state(self, state: State) -> Step | None:
        """Flag an article, or take it up again. None when it stands there already."""
        if state is self.human.state and not self.human.outcome:
            return None
        words = {State.FLAGGED: "Flag the article", State.DOING: "Take the article up again"}
        return self._step(words.get(state, f"Article {state.value}"), [self._state(state)])

    @property
    def _by(self) -> str:
        return self.human.annotator

    @property
    def _at(self) -> str:
        return self.at or now()

    def _accepted(self, item: T, seconds: float | None = None) -> T:
        return accepted(item, self._by, self._at, seconds=seconds, guideline=self.guideline)

    def _rejected(self, item: T, seconds: float | None = None) -> T:
        return rejected(item, self._by, self._at, seconds=seconds, guideline=self.guideline)

    def _state(self, state: State, outcome: str | None = None) -> SetState:
        return SetState(state, outcome, self.guideline)

    def _kept_mentions(self) -> list[LayerEdit | None]:
        shown = self.shown.ordered_mentions()
        undecided = [m for m in shown if m.decision is Decision.SUGGESTED]
        return [put_mention(self.human, self._accepted(m)) for m in undecided]

    def _put(self, verb: str, statement: Statement, new_actors: Iterable[Actor] = ()) -> Step:
        edit = put_statement(self.human, statement)
        return self._step(f"{verb} statement {self.number(statement.id)}", [edit], new_actors)

    def _step(self, label: str, edits: Iterable[LayerEdit | None], new_actors: Iterable[Actor] = ()) -> Step:
        of_layer = [e for e in edits if e is not None]
        of_layer += self._moved_on(of_layer)
        shared: list[Edit] = [PutActor(a) for a in new_actors]
        placed = [Placed(e, self.human.article, self._by) for e in of_layer]
        return Step(label, (*(Placed(e) for e in shared), *placed))

    def _moved_on(self, edits: list[LayerEdit]) -> list[LayerEdit]:
        """The article's own move: taken up by the first decision, or again by something open."""
        if any(isinstance(e, SetState) for e in edits):
            return []
        state = self.human.state
        if state is State.TODO:
            return [self._state(State.DOING)]
        if state is not State.DONE or self.human.outcome == "not_relevant":
            return []
        after = self.human
        for edit in edits:
            after, _ = apply(after, edit)
        return [self._state(State.DOING)] if after.undecided() else []


def _flags_that_hold(statement: Statement, targets: tuple[Target, ...]) -> dict[str, Any]:
    """A target is implicit as long as one stands there without words."""
    if IMPLICIT not in statement.flags or any(t.span is None for t in targets):
        return {}
    return {"flags": tuple(f for f in statement.flags if f != IMPLICIT)}


def missing_fields(statement: Statement, suggestion: Statement) -> dict[str, Any]:
    """Fields of `suggestion` that `statement` has neither a value nor an explicit none for."""
    by_hand = set(statement.provenance.changed)
    fields: dict[str, Any] = {}
    if not statement.speaker.decided and "speaker" not in by_hand:
        fields |= {"speaker": suggestion.speaker, "via": statement.via or suggestion.via}
    if "targets" in statement.undecided_roles():
        fields |= {"targets": suggestion.targets, "no_target": suggestion.no_target}
    if "topics" in statement.undecided_roles():
        fields |= {"topics": suggestion.topics, "no_topic": suggestion.no_topic}
    if statement.act is None and "act" not in by_hand:
        fields["act"] = suggestion.act
    if "kind" not in by_hand:
        fields["kind"] = suggestion.kind
    fields["cue"] = statement.cue or suggestion.cue
    return {k: v for k, v in fields.items() if getattr(statement, k) != v}
