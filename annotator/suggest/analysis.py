"""Analysis: from a parsed text to a machine layer. Every statement goes through the same steps:
content, speaker, target, topic, act, score.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from annotator import paths
from annotator.domain.actors import Actor, Actors, LinkedName
from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Provenance, Speaker, Statement, Via
from annotator.suggest import basics, entities, filling, find, gazetteer, scores, speakers
from annotator.suggest.actors_of import Resolver
from annotator.suggest.acts import act_of, cue_act, manner
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.gazetteer import Gazetteer
from annotator.suggest.reading import Reading
from annotator.suggest.targets import Found, Targets
from annotator.suggest.topics import Ranking, Topics

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERSION = "1"
NOBODY = Actors()


@dataclass(frozen=True)
class Suggested:
    """A machine layer, and the actors it names."""

    layer: Layer
    actors: tuple[Actor, ...] = ()


@cache
def default_scheme() -> LabelScheme:
    """The label scheme the program ships."""
    return LabelScheme.from_toml(
        (paths.resources() / "scheme" / "diplomacy.toml").read_text(encoding="utf-8")
    )


def _bodies_of(known: Actors) -> Iterator[LinkedName]:
    """The names of a project's own organisations; single words could be any word."""
    for actor in known:
        if actor.kind == "org" and actor.merged_into is None and " " in actor.name:
            yield LinkedName(actor.name, "ORG", actor.id)


class Analyst:
    """Knows scheme and pipeline name; analyses any number of docs."""

    def __init__(
        self, scheme: LabelScheme, pipeline: str, known: Actors = NOBODY, names: Iterable[LinkedName] = ()
    ) -> None:
        """`known` are the project's actors, `names` what people linked to them."""
        self.name = f"rules {VERSION} + {pipeline}"
        self._scheme = scheme
        self._labels = frozenset(x.id for x in scheme.labels if not x.retired)
        self._acts = frozenset(a.id for a in scheme.acts if not a.retired)
        self._topics = Topics(scheme)
        self._known = known
        self._gazetteer = gazetteer.load().taught([*_bodies_of(known), *names])
        self._speaking: dict[str, Gazetteer] = {}

    def chains(self, language: str = "en") -> Chains:
        """Fresh chains that know the project's actors, and the names of a language."""
        return Chains(self._known, gazetteer=self._names(language))

    def _names(self, language: str) -> Gazetteer:
        if language not in self._speaking:
            self._speaking[language] = self._gazetteer.speaking(language)
        return self._speaking[language]

    def analyse(
        self, doc: "Doc", article: str, *, title: str | None = None, chains: Chains | None = None
    ) -> Suggested:
        """The machine's layer for a parsed text. `chains` carries actors over from earlier pieces."""
        basics.complete(doc)
        reading = Reading(doc)
        chains = chains or self.chains(doc.lang_)
        entities.repair(doc, chains.names(), self._names(doc.lang_), reading.columns)
        chains.read(doc, reading.text)
        drafts, _ = find.drafts(reading)
        return self._layer(reading, article, chains, drafts, title)

    def fill(self, doc: "Doc", spans: tuple[Span, ...]) -> Suggested:
        """Exactly one statement over given spans: the rules' own, else the nearest cue's."""
        basics.complete(doc)
        reading = Reading(doc)
        chains = self.chains(doc.lang_)
        entities.repair(doc, (), self._names(doc.lang_), reading.columns)
        chains.read(doc, reading.text)
        drafts, _ = find.drafts(reading)
        chosen = filling.draft_for(reading, drafts, spans)
        work = _Work(self, reading, "", chains, None)
        made = None
        for draft in [d for d in drafts if d is not chosen and d.end <= spans[0].start] + [chosen]:
            made = work.statement(draft) or made
        statements = {made.id: made} if made is not None and made.spans == spans else {}
        layer = Layer("", self.name, LayerKind.MACHINE, statements=MappingProxyType(statements))
        return Suggested(layer, tuple(chains.with_actors(_used(layer))))

    def _layer(
        self, reading: Reading, article: str, chains: Chains, drafts: list[Draft], title: str | None
    ) -> Suggested:
        work = _Work(self, reading, article, chains, title)
        statements = [s for d in drafts if (s := work.statement(d)) is not None]
        mentions = self._mentions(reading, article, chains)
        layer = Layer(
            article=article,
            annotator=self.name,
            kind=LayerKind.MACHINE,
            mentions=MappingProxyType({m.id: m for m in mentions}),
            statements=MappingProxyType({s.id: s for s in statements}),
        )
        return Suggested(layer, tuple(chains.with_actors(_used(layer))))

    def _mentions(self, reading: Reading, article: str, chains: Chains) -> list[Mention]:
        out = []
        for entity in reading.entities:
            if entity.label_ not in self._labels:
                continue
            span = Span(entity.start_char, entity.end_char)
            actor = chains.of_entity(entity) if entity.label_ in ("PERSON", "GPE", "ORG", "NORP") else None
            known = chains.gazetteer.get(entity.text)
            flags = ("metonym",) if known is not None and known.metonym else ()
            provenance = Provenance(
                suggester=self.name, score=scores.entity(entity.label_, linked=bool(entity.kb_id_))
            )
            out.append(
                Mention(
                    suggestion_id("m", article, [span], entity.label_),
                    span,
                    entity.label_,
                    actor,
                    flags,
                    provenance=provenance,
                )
            )
        return out

    @property
    def topics(self) -> Topics:
        """The topic scorer of the scheme."""
        return self._topics

    def act(self, act: str | None) -> str | None:
        """`act` when the scheme has it."""
        return act if act in self._acts else None


class _Work:
    """The statements of one text, made one after the other: each may lean on those before."""

    def __init__(
        self, analyst: Analyst, reading: Reading, article: str, chains: Chains, title: str | None
    ) -> None:
        self._analyst, self._reading, self._article, self._chains = analyst, reading, article, chains
        self._resolver = Resolver(reading, chains)
        self._targets = Targets(reading, chains, self._resolver)
        self._topics = Ranking(analyst.topics, reading.text, title or "")
        self._seen: set[tuple[Span, ...]] = set()

    def statement(self, draft: Draft) -> Statement | None:
        spans = tuple(sorted(set(draft.spans)))
        if not spans or spans in self._seen:
            return None
        self._seen.add(spans)
        reading = self._reading
        content = " ".join(reading.text[s.start : s.end] for s in spans)
        span = speakers.mention_of(reading, draft)
        actors = self._resolver.speaker(draft, span)
        ranked = self._topics.of(spans, draft.question)
        act = act_of(cue_act(draft, content), content, manner(reading, draft, actors))
        targets = self._targets.of(draft, actors, act.id)
        marks = scores.Marks(
            draft,
            has_span=span is not None,
            actors=actors,
            targets=targets,
            topics=ranked,
            act=act,
            cue_word=draft.cue.surface(reading.text) if draft.cue else "",
        )
        return Statement(
            id=suggestion_id("s", self._article, spans),
            spans=spans,
            kind=kind_of(reading, spans),
            cue=draft.cue,
            speaker=Speaker(span, actors, not_stated=span is None and not actors),
            via=self._via(draft),
            targets=targets.targets,
            no_target=not targets.targets,
            topics=tuple(t for t, _ in ranked.topics),
            no_topic=not ranked.topics,
            act=self._analyst.act(act.id),
            flags=_flags(draft, actors, targets),
            provenance=Provenance(
                suggester=self._analyst.name, score=marks.total(), reasons=tuple(marks.reasons())
            ),
        )

    def _via(self, draft: Draft) -> Via | None:
        if draft.via is None:
            return None
        ids = self._resolver.phrase(draft.via)
        return Via(speakers.span_of(self._reading, draft.via), ids[0] if ids else None)


def _flags(draft: Draft, actors: tuple[str, ...], targets: Found) -> tuple[str, ...]:
    several = ("multiple_speakers",) if len(actors) > 1 else ()
    implicit = ("implicit_target",) if targets.implicit else ()
    return tuple(dict.fromkeys((*draft.flags, *several, *implicit)))


def kind_of(reading: Reading, spans: tuple[Span, ...]) -> Kind:
    """direct: all inside marks; indirect: nothing; mixed: pieces."""
    letters = inside = 0
    for span in spans:
        for quotation in reading.outer_in(span.start, span.end):
            inside += sum(
                c.isalnum()
                for c in reading.text[max(span.start, quotation.start) : min(span.end, quotation.end)]
            )
        letters += sum(c.isalnum() for c in reading.text[span.start : span.end])
    if not letters or not inside:
        return Kind.INDIRECT
    return Kind.DIRECT if inside / letters >= 0.95 else Kind.MIXED


def _used(layer: Layer) -> list[str]:
    ids: dict[str, None] = {}
    for mention in layer.mentions.values():
        if mention.actor:
            ids[mention.actor] = None
    for statement in layer.statements.values():
        ids |= dict.fromkeys(statement.speaker.actors)
        ids |= dict.fromkeys(t.actor for t in statement.targets if t.actor)
        if statement.via and statement.via.actor:
            ids[statement.via.actor] = None
    return list(ids)
