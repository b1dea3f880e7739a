"""Fitting what strangers marked to a project's label scheme: names are matched without regard to case
and spaces, and whatever the scheme lacks is listed, never mapped to something else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from annotator.domain.actors import Actors
from annotator.domain.layer import Layer
from annotator.domain.record import Record, actor_from_dict, to_record
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import NO_ACT, Mention, Statement
from annotator.ingest.annotated.placing import Unplaceable


@dataclass(frozen=True)
class Fitted:
    """A record that the scheme knows all of, and what was left out for that."""

    record: Record
    unplaceable: tuple[Unplaceable, ...]


def fitted(record: Record, scheme: LabelScheme, labels: Mapping[str, str] | None = None) -> Fitted:
    """`labels` says which of the file's labels stand for which of the scheme's."""
    return _Fitting(record, scheme, labels or {}).result()


class _Fitting:
    def __init__(self, record: Record, scheme: LabelScheme, labels: Mapping[str, str]) -> None:
        self._record = record
        self._text = record.article.text
        self._labels = _by_key(x.id for x in scheme.labels)
        self._labels |= {_key(k): self._labels.get(_key(v), v) for k, v in labels.items()}
        self._known = {x.id for x in scheme.labels}
        self._topics = _by_key(scheme.topics)
        self._acts = _by_key([NO_ACT, *(a.id for a in scheme.acts)])
        self._left_out: list[Unplaceable] = []

    def result(self) -> Fitted:
        layer = self._record.layer
        mentions = [m for old in layer.ordered_mentions() if (m := self._mention(old))]
        statements = [self._statement(s) for s in layer.ordered_statements()]
        fit: Layer = replace(
            layer,
            mentions=MappingProxyType({m.id: m for m in mentions}),
            statements=MappingProxyType({s.id: s for s in statements}),
        )
        article = self._record.article
        named = to_record(article, fit, Actors(self._record.actors))["actors"]
        return Fitted(Record(article, fit, tuple(map(actor_from_dict, named))), tuple(self._left_out))

    def _mention(self, mention: Mention) -> Mention | None:
        label = self._labels.get(_key(mention.label))
        if label in self._known:
            return replace(mention, label=label)
        self._leave_out(mention.label, mention.span, f"label {mention.label} is not in the scheme")
        return None

    def _statement(self, s: Statement) -> Statement:
        topics = [self._topics.get(_key(topic)) for topic in s.topics]
        for topic, known in zip(s.topics, topics, strict=True):
            if known is None:
                self._leave_out("a topic", s.spans[0], f"topic {topic} is not in the scheme")
        act = self._acts.get(_key(s.act)) if s.act else None
        if s.act and act is None:
            self._leave_out("an act", s.spans[0], f"act {s.act} is not in the scheme")
        return replace(s, topics=tuple(dict.fromkeys(t for t in topics if t)), act=act)

    def _leave_out(self, ref: str, span: Span, why: str) -> None:
        self._left_out.append(Unplaceable(ref, self._text[span.start : span.end], why))


def _by_key(ids: Iterable[str]) -> dict[str, str]:
    return {_key(id): id for id in ids}


def _key(name: str) -> str:
    return "_".join(name.split()).casefold()
