"""What a stranger's file says of one article, and how that becomes an article with a layer: every place
is found in the text first, what has none is listed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article
from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.record import Record, actor_from_dict, to_record
from annotator.domain.spans import Span
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Role,
    Speaker,
    Statement,
    Target,
    Via,
)
from annotator.ingest.annotated.marks import kind_by_marks
from annotator.ingest.annotated.placing import CODE_POINTS, Place, Placing, Unplaceable
from annotator.ingest.results import Foreign, Result, Unplaced

_LINE_ENDS = frozenset("\n\u2028\u2029")
_MOST_LISTED = 1_000  # lines of the report for one article


@dataclass(frozen=True)
class FoundMention:
    """An entity; `id` only when the file has one that is ours."""

    place: Place
    label: str
    id: str | None = None
    actor: str | None = None
    flags: tuple[str, ...] = ()
    decision: Decision = Decision.CONFIRMED


@dataclass(frozen=True)
class FoundTarget:
    """A target by words, by actor, or both."""

    place: Place | None = None
    actor: str | None = None
    role: Role | None = None
    stance: str | None = None


@dataclass(frozen=True)
class FoundStatement:
    """A statement; `kind` None when the file does not say it."""

    content: tuple[Place, ...]
    id: str | None = None
    kind: Kind | None = None
    cue: Place | None = None
    speaker: Place | None = None
    speaker_actors: tuple[str, ...] = ()
    not_stated: bool = False
    via: Place | None = None
    via_actor: str | None = None
    targets: tuple[FoundTarget, ...] = ()
    no_target: bool = False
    topics: tuple[str, ...] = ()
    no_topic: bool = False
    act: str | None = None
    flags: tuple[str, ...] = ()
    note: str | None = None
    decision: Decision = Decision.CONFIRMED

    def places(self) -> Iterator[Place]:
        """All places it names."""
        yield from self.content
        yield from (p for p in (self.cue, self.speaker, self.via) if p)
        yield from (t.place for t in self.targets if t.place)


@dataclass(frozen=True)
class Document:
    """One article of a file. `text` is the file's own, which places count in; `article` is finished.
    `annotator` is empty when the file does not say who. `unit` is what the format counts in, `evidence`
    more places whose words tell how the file counts.
    """

    article: Article
    text: str
    mentions: tuple[FoundMention, ...] = ()
    statements: tuple[FoundStatement, ...] = ()
    unplaceable: tuple[Unplaceable, ...] = ()
    annotator: str = ""
    kind: LayerKind = LayerKind.HUMAN
    score: float | None = None
    notes: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    evidence: tuple[Place, ...] = ()
    unit: str = CODE_POINTS


def results(document: Document, file: str, where: str = "") -> Iterator[Result]:
    """The article with its layer, then a line for each thing that has no place in it."""
    built = _Building(document)
    yield Foreign(built.record(), where, own=False, notes=built.notes)
    lines = [*document.unplaceable, *built.unplaceable]
    for line in lines[:_MOST_LISTED]:
        yield Unplaced(file, where, str(line))
    if len(lines) > _MOST_LISTED:
        yield Unplaced(file, where, f"{len(lines) - _MOST_LISTED:,} more are not placed")


class _Building:
    """From places to spans, from found things to things of ours."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._article = document.article
        self._placing = Placing(document.text, _places(document), document.unit)
        self.unplaceable: list[Unplaceable] = []
        self._kinds_told = 0
        self._ids: set[str] = set()
        mentions = [m for found in document.mentions if (m := self._mention(found))]
        statements = [s for found in document.statements if (s := self._statement(found))]
        told = f"kinds of statements told by quotation marks ×{self._kinds_told}"
        notes = (self._placing.note, told if self._kinds_told else None, *document.notes)
        self.notes = tuple(note for note in notes if note)
        begun = document.kind is not LayerKind.MACHINE and (mentions or statements)
        self._layer = Layer(
            self._article.id,
            document.annotator,
            document.kind,
            State.DOING if begun else State.TODO,
            mentions=MappingProxyType({m.id: m for m in mentions}),
            statements=MappingProxyType({s.id: s for s in statements}),
        )

    def record(self) -> Record:
        """The article, which remembers what was converted, and its layer."""
        meta = self._article.meta
        article = replace(self._article, meta=replace(meta, changed=(*meta.changed, *self.notes)))
        known = Actors(self._document.actors)
        actors = map(actor_from_dict, to_record(article, self._layer, known)["actors"])
        return Record(article, self._layer, tuple(actors))

    def _mention(self, found: FoundMention) -> Mention | None:
        span = self._whole(found.place)
        if span is None:
            return None
        id = self._id(found.id, "m", (span,), found.label)
        provenance = self._provenance(found.decision)
        return Mention(id, span, found.label, found.actor, found.flags, found.decision, provenance)

    def _statement(self, found: FoundStatement) -> Statement | None:
        pieces = [self._spans(place) for place in found.content]
        if not all(pieces):
            for place in found.content:
                self._refuse(place, "another part of its statement has no place")
            return None
        content = tuple(sorted({span for spans in pieces for span in spans}))
        kind = found.kind
        if kind is None:
            kind = kind_by_marks(self._article.text, content)
            self._kinds_told += 1
        via_span = self._whole(found.via)
        return Statement(
            self._id(found.id, "s", content),
            content,
            kind,
            cue=self._whole(found.cue),
            speaker=Speaker(self._whole(found.speaker), found.speaker_actors, found.not_stated),
            via=Via(via_span, found.via_actor) if via_span or found.via_actor else None,
            targets=tuple(t for x in found.targets if (t := self._target(x))),
            no_target=found.no_target,
            topics=found.topics,
            no_topic=found.no_topic,
            act=found.act,
            flags=found.flags,
            note=found.note,
            decision=found.decision,
            provenance=self._provenance(found.decision),
        )

    def _target(self, found: FoundTarget) -> Target | None:
        span = self._whole(found.place)
        if span is None and not found.actor:
            return None
        return Target(found.actor, found.role, span, found.stance)

    def _provenance(self, decision: Decision) -> Provenance:
        document = self._document
        if document.kind is LayerKind.MACHINE:
            return Provenance(suggester=document.annotator or None, score=document.score)
        return Provenance(by=None if decision is Decision.SUGGESTED else document.annotator or None)

    def _id(self, given: str | None, prefix: str, spans: tuple[Span, ...], extra: str = "") -> str:
        """The file's own, else one that the same content always gets; none twice."""
        base = given or suggestion_id(prefix, self._article.id, spans, extra)
        id, n = base, 2
        while id in self._ids:
            id, n = f"{base}-{n}", n + 1
        self._ids.add(id)
        return id

    def _spans(self, place: Place) -> tuple[Span, ...]:
        """Spans of content; pieces that only white space with a line end parts are one."""
        found = self._placing.spans(place)
        if isinstance(found, str):
            return ()
        text, out = self._article.text, list(found[:1])
        for span in found[1:]:
            gap = text[out[-1].end : span.start]
            if span.start >= out[-1].end and not gap.strip() and not _LINE_ENDS.isdisjoint(gap):
                out[-1] = out[-1].cover(span)
            else:
                out.append(span)
        return tuple(out)

    def _whole(self, place: Place | None) -> Span | None:
        """One span; a place that has none, or several, is listed."""
        if place is None:
            return None
        spans = self._spans(place)
        if len(spans) == 1:
            return spans[0]
        self._refuse(place, "it is in pieces, here it must be one span" if spans else None)
        return None

    def _refuse(self, place: Place, why: str | None) -> None:
        found = self._placing.spans(place)
        reason = found if isinstance(found, str) else why
        if reason:
            self.unplaceable.append(Unplaceable(place.ref, place.words, reason))


def _places(document: Document) -> Iterable[Place]:
    yield from (m.place for m in document.mentions)
    for statement in document.statements:
        yield from statement.places()
    yield from document.evidence
