"""Mentions and statements: what an annotator decides about, and who decided it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from annotator.domain.spans import Span

NO_ACT = "none"  # explicitly no act; None is "not decided"


class Decision(StrEnum):
    """Where a suggestion or a statement made by hand stands."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Kind(StrEnum):
    """direct: all inside marks; mixed: a reported clause with marked pieces; indirect: no marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Role(StrEnum):
    """What a target is to the words: spoken to, spoken about, or both."""

    ADDRESSEE = "addressee"
    OBJECT = "object"
    BOTH = "both"


@dataclass(frozen=True)
class Reason:
    """Why the machine chose one role: `score` 0..1, `why` a short plain phrase, rule or cue word."""

    score: float | None = None
    why: str | None = None


@dataclass(frozen=True)
class Provenance:
    """Who made and decided a record. `by` is the annotator, None while only the machine spoke;
    `at` is UTC, ISO 8601 with Z; `changed` names fields corrected by hand; `seconds` is the time
    spent on the decision; `reasons` holds (role, Reason) pairs of the machine.
    """

    by: str | None = None
    at: str | None = None
    suggester: str | None = None
    score: float | None = None
    changed: tuple[str, ...] = ()
    seconds: float | None = None
    reasons: tuple[tuple[str, Reason], ...] = ()
    guideline: str | None = None

    def reason(self, role: str) -> Reason | None:
        """The machine's reason for a role, if it gave one."""
        return dict(self.reasons).get(role)


@dataclass(frozen=True)
class Mention:
    """A span with an entity label and perhaps an actor."""

    id: str
    span: Span
    label: str
    actor: str | None = None
    flags: tuple[str, ...] = ()
    decision: Decision = Decision.SUGGESTED
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class Speaker:
    """Mention span as the text has it there, and actors; or explicitly not stated; or undecided."""

    span: Span | None = None
    actors: tuple[str, ...] = ()
    not_stated: bool = False

    @property
    def decided(self) -> bool:
        """True with a mention, an actor, or an explicit "not stated"."""
        return self.not_stated or self.span is not None or bool(self.actors)


@dataclass(frozen=True)
class Target:
    """Actor spoken to or about; `span` where the text names it. Actor or span must be there."""

    actor: str | None = None
    role: Role | None = None
    span: Span | None = None
    stance: str | None = None


@dataclass(frozen=True)
class Via:
    """Who relayed the words: a ministry, an agency, a document."""

    span: Span | None = None
    actor: str | None = None


@dataclass(frozen=True)
class Statement:
    """What one speaker says. `spans` is sorted and never empty; several when split by the cue.

    `no_target` / `no_topic` / `act == NO_ACT` are explicit; empty and None are undecided.
    """

    id: str
    spans: tuple[Span, ...]
    kind: Kind
    cue: Span | None = None
    speaker: Speaker = field(default_factory=Speaker)
    via: Via | None = None
    targets: tuple[Target, ...] = ()
    no_target: bool = False
    topics: tuple[str, ...] = ()
    no_topic: bool = False
    act: str | None = None
    flags: tuple[str, ...] = ()
    note: str | None = None
    confidence: str | None = None
    decision: Decision = Decision.SUGGESTED
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a statement needs content")
        if list(self.spans) != sorted(self.spans):
            object.__setattr__(self, "spans", tuple(sorted(self.spans)))

    @property
    def start(self) -> int:
        """First code point of the content; statements are shown in this order."""
        return self.spans[0].start

    @property
    def decided(self) -> bool:
        """True once a person confirmed, corrected or rejected it."""
        return self.decision is not Decision.SUGGESTED

    def undecided_roles(self) -> tuple[str, ...]:
        """Roles of speaker, targets and topics that hold neither a value nor an explicit none."""
        missing = []
        if not self.speaker.decided:
            missing.append("speaker")
        if not self.targets and not self.no_target:
            missing.append("targets")
        if not self.topics and not self.no_topic:
            missing.append("topics")
        return tuple(missing)


T = TypeVar("T", Mention, Statement)

# Which field a change counts under in `Provenance.changed`.
ROLE_OF_FIELD = {
    "spans": "content",
    "kind": "kind",
    "cue": "cue",
    "speaker": "speaker",
    "via": "via",
    "targets": "target",
    "no_target": "target",
    "topics": "topic",
    "no_topic": "topic",
    "act": "act",
}
FIELDS_OF_MENTION = {"span": "span", "label": "label", "actor": "actor"}


def revised(item: T, by: str, at: str, **fields: Any) -> T:
    """`item` with fields changed by hand: what was changed is noted, a decided suggestion becomes
    corrected. Returns `item` itself when nothing differs.
    """
    fields = {k: v for k, v in fields.items() if getattr(item, k) != v}
    if not fields:
        return item
    names = ROLE_OF_FIELD if isinstance(item, Statement) else FIELDS_OF_MENTION
    roles: list[str] = [names[k] for k in fields if k in names]
    changed = tuple(dict.fromkeys((*item.provenance.changed, *roles)))
    provenance = replace(item.provenance, by=by, at=at, changed=changed)
    decision = item.decision
    if roles and decision is Decision.CONFIRMED and item.provenance.suggester:
        decision = Decision.CORRECTED
    return replace(item, **{"provenance": provenance, "decision": decision, **fields})


def accepted(item: T, by: str, at: str, *, seconds: float | None = None, guideline: str | None = None) -> T:
    """`item` as Enter leaves it: confirmed, or corrected when a suggestion was changed before.
    `guideline` is the version of the scheme it was decided under.
    """
    corrected = item.provenance.suggester is not None and bool(item.provenance.changed)
    decision = Decision.CORRECTED if corrected else Decision.CONFIRMED
    return _decided(item, decision, by, at, seconds, guideline)


def rejected(item: T, by: str, at: str, *, seconds: float | None = None, guideline: str | None = None) -> T:
    """`item` kept as a rejection: it is training data."""
    return _decided(item, Decision.REJECTED, by, at, seconds, guideline)


def _decided(
    item: T, decision: Decision, by: str, at: str, seconds: float | None, guideline: str | None
) -> T:
    guideline = guideline or item.provenance.guideline
    provenance = replace(item.provenance, by=by, at=at, seconds=seconds, guideline=guideline)
    return replace(item, decision=decision, provenance=provenance)
