"""Layer: an immutable snapshot of one annotator's work on one article, and the view over the
machine's suggestions.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from annotator.domain.spans import Span, likeness
from annotator.domain.statement import Decision, Mention, Statement

SAME_CONTENT = 0.9  # likeness from which a new suggestion counts as one already decided


class LayerKind(StrEnum):
    """Whose work a layer is."""

    HUMAN = "human"
    MACHINE = "machine"
    GOLD = "gold"


class State(StrEnum):
    """Where an annotator stands with an article."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    FLAGGED = "flagged"


@dataclass(frozen=True)
class Layer:
    """`annotator` is a person's name, or the suggester's for a machine layer.

    `outcome` is None, `not_relevant` or `nothing_here`: what a person said of the whole article.
    The mappings go from id to record and are never changed in place.
    """

    article: str
    annotator: str
    kind: LayerKind = LayerKind.HUMAN
    state: State = State.TODO
    outcome: str | None = None
    guideline: str | None = None
    mentions: Mapping[str, Mention] = field(default_factory=lambda: MappingProxyType({}))
    statements: Mapping[str, Statement] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def empty(self) -> bool:
        """True when nothing was ever decided here."""
        return not (self.mentions or self.statements or self.outcome) and self.state is State.TODO

    def ordered_statements(self) -> list[Statement]:
        """By place in the text; rejected ones included."""
        return sorted(self.statements.values(), key=lambda s: ([(x.start, x.end) for x in s.spans], s.id))

    def ordered_mentions(self) -> list[Mention]:
        """By place in the text; rejected ones included."""
        return sorted(self.mentions.values(), key=lambda m: (m.span.start, m.span.end, m.label, m.id))

    def undecided(self) -> list[Statement]:
        """Statements that still need a decision, by place in the text."""
        return [s for s in self.ordered_statements() if not s.decided]


def view(human: Layer, machine: Layer | None) -> Layer:
    """`human`'s decisions over the machine's suggestions not yet decided: what a person sees
    and what a record holds. Suggestions equal to something decided, rejected or changed by
    hand are not shown again.
    """
    if machine is None:
        return human
    mentions = dict(human.mentions)
    taken = {(m.span, m.label) for m in human.mentions.values()}
    placed = _Occupied([m.span for m in human.mentions.values() if m.decision is not Decision.REJECTED])
    for mention in machine.mentions.values():
        known = mention.id in mentions or (mention.span, mention.label) in taken
        if not known and not placed.overlaps(mention.span):
            mentions[mention.id] = mention
    statements = dict(human.statements)
    decided = _Contents(human.statements.values())
    for statement in machine.statements.values():
        if statement.id not in human.statements and not decided.hold(statement.spans):
            statements[statement.id] = statement
    return replace(human, mentions=MappingProxyType(mentions), statements=MappingProxyType(statements))


class _Contents:
    """Contents of statements by place; finds those alike without comparing all."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._contents = sorted(s.spans for s in statements)
        self._reach: list[int] = []
        for spans in self._contents:
            self._reach.append(max(spans[-1].end, self._reach[-1] if self._reach else 0))

    def hold(self, spans: tuple[Span, ...]) -> bool:
        """True when some content is like `spans`."""
        n = bisect_left(self._contents, spans[-1].end, key=lambda c: c[0].start)
        while n > 0 and self._reach[n - 1] > spans[0].start:
            n -= 1
            if likeness(spans, self._contents[n]) >= SAME_CONTENT:
                return True
        return False


class _Occupied:
    """Which positions spans of people already take; answers in logarithmic time."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)
        self._reach: list[int] = []
        for span in self._spans:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def overlaps(self, span: Span) -> bool:
        before = bisect_left(self._spans, Span(span.end, span.end + 1))
        return before > 0 and self._reach[before - 1] > span.start
