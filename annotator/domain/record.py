"""The canonical record, `annotator/1`: one annotator's view of one article as plain JSON values,
written and read side by side. Offsets are code points, checked against the text both ways.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from annotator.domain.actors import Actor, Actors, kind_of
from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Reason,
    Role,
    Speaker,
    Statement,
    Target,
    Via,
)
from annotator.domain.text import sha256

SCHEMA = "annotator/1"
_PROVENANCE = frozenset(vars(Provenance()))


@dataclass(frozen=True)
class Record:
    """What one line holds."""

    article: Article
    layer: Layer
    actors: tuple[Actor, ...] = ()


def dumps(record: Mapping[str, Any]) -> str:
    """One line of JSONL without its end; equal records give equal bytes."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_record(article: Article, layer: Layer, actors: Actors) -> dict[str, Any]:
    """The record of `layer` (already merged with suggestions where wanted) over `article`.

    Ids of merged actors are replaced by whom they stand for. Raises ValueError when a span
    does not lie in the text.
    """
    write = _Writer(article.text, actors)
    mentions = [write.mention(m) for m in layer.ordered_mentions()]
    statements = [write.statement(s) for s in layer.ordered_statements()]
    return {
        "schema": SCHEMA,
        "id": article.id,
        "text": article.text,
        "text_sha256": sha256(article.text),
        "offset_unit": "codepoint",
        "lang": article.lang,
        "meta": meta_to_dict(article.meta),
        "layer": {
            "annotator": layer.annotator,
            "kind": layer.kind.value,
            "state": layer.state.value,
            "outcome": layer.outcome,
            "guideline": layer.guideline,
        },
        "mentions": mentions,
        "actors": list(map(write.actor, write.used_actors())),
        "statements": statements,
    }


def from_record(data: Mapping[str, Any]) -> Record:
    """Inverse of `to_record`; keys it does not know are ignored.

    Raises ValueError, naming the place, when a part is missing, of a wrong kind, or a span's
    words are not the text's.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise ValueError(f"not a record of schema {SCHEMA}")
    if data.get("offset_unit", "codepoint") != "codepoint":
        raise ValueError(f"offsets count {data['offset_unit']}, not code points")
    text = _str(data.get("text"), "text")
    if "text_sha256" in data and data["text_sha256"] != sha256(text):
        raise ValueError("the text is not the one its text_sha256 was made from")
    article = Article(text, data.get("lang"), meta_from_dict(data.get("meta") or {}))
    read = _Reader(text)
    head = data.get("layer") or {}
    try:
        layer = Layer(
            article=article.id,
            annotator=head.get("annotator") or "",
            kind=LayerKind(head.get("kind", "human")),
            state=State(head.get("state", "todo")),
            outcome=head.get("outcome"),
            guideline=head.get("guideline"),
            mentions=_by_id(map(read.mention, data.get("mentions") or ())),
            statements=_by_id(map(read.statement, data.get("statements") or ())),
        )
        actors = tuple(map(actor_from_dict, data.get("actors") or ()))
    except (TypeError, KeyError, AttributeError) as e:
        raise ValueError(f"not of the shape of a record ({e})") from None
    return Record(article, layer, actors)


def meta_to_dict(meta: Meta) -> dict[str, Any]:
    """Plain values, every key always there."""
    return {**vars(meta), "changed": list(meta.changed)}


def meta_from_dict(data: Mapping[str, Any]) -> Meta:
    """Inverse of `meta_to_dict`; a missing key is None."""
    known = {k: data[k] for k in vars(Meta()) if data.get(k) is not None}
    return Meta(**{**known, "changed": tuple(known.get("changed", ()))})


def actor_to_dict(actor: Actor) -> dict[str, Any]:
    """Plain values as records hold them; merges are not carried, ids are resolved instead."""
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "speaks_for": actor.speaks_for}


def actor_from_dict(data: Mapping[str, Any]) -> Actor:
    """Inverse of `actor_to_dict`; an actor without a name goes by its id."""
    id = _str(data["id"], "actor id")
    name = data.get("name") or id
    return Actor(
        id, name if str(name).strip() else id, data.get("kind") or kind_of(id), data.get("speaks_for")
    )


def span_to_dict(span: Span, text: str) -> dict[str, Any]:
    """`{"start", "end", "text"}`; raises ValueError outside the text."""
    return {"start": span.start, "end": span.end, "text": span.surface(text)}


def span_from_dict(data: Mapping[str, Any], text: str) -> Span:
    """Inverse of `span_to_dict`; raises ValueError when the words are not the text's."""
    start, end = data["start"], data["end"]
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"offsets are whole numbers, not {start!r} and {end!r}")
    span = Span(start, end)
    surface = span.surface(text)
    if data.get("text", surface) != surface:
        raise ValueError(f"at {start} to {end} the text says {surface[:60]!r}, not {data['text'][:60]!r}")
    return span


def provenance_to_dict(p: Provenance) -> dict[str, Any]:
    """Plain values, every key always there."""
    out = {**vars(p), "changed": list(p.changed)}
    out["reasons"] = [{"role": role, **vars(reason)} for role, reason in p.reasons]
    return out


def provenance_from_dict(data: Mapping[str, Any] | None) -> Provenance:
    """Inverse of `provenance_to_dict`."""
    known = {k: v for k, v in (data or {}).items() if k in _PROVENANCE}
    known["changed"] = tuple(known.get("changed") or ())
    reasons = known.get("reasons") or ()
    known["reasons"] = tuple((r["role"], Reason(r.get("score"), r.get("why"))) for r in reasons)
    return Provenance(**known)


def mention_to_dict(mention: Mention, text: str) -> dict[str, Any]:
    """One mention as records hold it, actors under the ids they have."""
    return _Writer(text, Actors()).mention(mention)


def mention_from_dict(data: Mapping[str, Any], text: str) -> Mention:
    """Inverse of `mention_to_dict`."""
    return _Reader(text).mention(data)


def statement_to_dict(statement: Statement, text: str) -> dict[str, Any]:
    """One statement as records hold it, actors under the ids they have."""
    return _Writer(text, Actors()).statement(statement)


def statement_from_dict(data: Mapping[str, Any], text: str) -> Statement:
    """Inverse of `statement_to_dict`."""
    return _Reader(text).statement(data)


class _Writer:
    """Domain -> plain values over one text; remembers which actors were named."""

    def __init__(self, text: str, actors: Actors) -> None:
        self._text = text
        self._actors = actors
        self._used: dict[str, Actor] = {}
        self._ids: dict[str, str] = {}  # of whom an id stands for

    def used_actors(self) -> Iterable[Actor]:
        """Actors named, and whom they speak for, by id."""
        waiting = list(self._used.values())
        while waiting:
            speaks_for = waiting.pop().speaks_for
            if speaks_for and (target := self._actors.resolve(speaks_for)).id not in self._used:
                self._used[target.id] = target
                waiting.append(target)
        return sorted(self._used.values(), key=lambda a: a.id)

    def actor(self, a: Actor) -> dict[str, Any]:
        spoken_for = a.speaks_for and self._actors.resolve(a.speaks_for).id
        return {**actor_to_dict(a), "speaks_for": spoken_for}

    def mention(self, m: Mention) -> dict[str, Any]:
        return {
            "id": m.id,
            **self._span(m.span),
            "label": m.label,
            "actor": self._actor(m.actor),
            "flags": list(m.flags),
            "decision": m.decision.value,
            "provenance": provenance_to_dict(m.provenance),
        }

    def statement(self, s: Statement) -> dict[str, Any]:
        return {
            "id": s.id,
            "kind": s.kind.value,
            "spans": [self._span(x) for x in s.spans],
            "cue": self._span_or_none(s.cue),
            "speaker": {
                "span": self._span_or_none(s.speaker.span),
                "actors": [self._actor(a) for a in s.speaker.actors],
                "not_stated": s.speaker.not_stated,
            },
            "via": s.via and {"span": self._span_or_none(s.via.span), "actor": self._actor(s.via.actor)},
            "targets": [self._target(t) for t in s.targets],
            "no_target": s.no_target,
            "topics": list(s.topics),
            "no_topic": s.no_topic,
            "act": s.act,
            "flags": list(s.flags),
            "note": s.note,
            "confidence": s.confidence,
            "decision": s.decision.value,
            "provenance": provenance_to_dict(s.provenance),
        }

    def _target(self, t: Target) -> dict[str, Any]:
        return {
            "span": self._span_or_none(t.span),
            "actor": self._actor(t.actor),
            "role": t.role.value if t.role else None,
            "stance": t.stance,
        }

    def _span(self, span: Span) -> dict[str, Any]:
        return span_to_dict(span, self._text)

    def _span_or_none(self, span: Span | None) -> dict[str, Any] | None:
        return None if span is None else self._span(span)

    def _actor(self, actor_id: str | None) -> str | None:
        if actor_id is None:
            return None
        if actor_id not in self._ids:
            actor = self._actors.resolve(actor_id)
            self._used[actor.id] = actor
            self._ids[actor_id] = actor.id
        return self._ids[actor_id]


class _Reader:
    """Plain values -> domain over one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def mention(self, d: Mapping[str, Any]) -> Mention:
        return Mention(
            id=_str(d["id"], "mention id"),
            span=self._span(d),
            label=_str(d["label"], "label"),
            actor=d.get("actor"),
            flags=tuple(d.get("flags") or ()),
            decision=Decision(d.get("decision", "suggested")),
            provenance=provenance_from_dict(d.get("provenance")),
        )

    def statement(self, d: Mapping[str, Any]) -> Statement:
        speaker, via = d.get("speaker") or {}, d.get("via")
        return Statement(
            id=_str(d["id"], "statement id"),
            spans=tuple(map(self._span, d["spans"])),
            kind=Kind(d["kind"]),
            cue=self._span_or_none(d.get("cue")),
            speaker=Speaker(
                self._span_or_none(speaker.get("span")),
                tuple(speaker.get("actors") or ()),
                bool(speaker.get("not_stated")),
            ),
            via=Via(self._span_or_none(via.get("span")), via.get("actor")) if via else None,
            targets=tuple(map(self._target, d.get("targets") or ())),
            no_target=bool(d.get("no_target")),
            topics=tuple(d.get("topics") or ()),
            no_topic=bool(d.get("no_topic")),
            act=d.get("act"),
            flags=tuple(d.get("flags") or ()),
            note=d.get("note"),
            confidence=d.get("confidence"),
            decision=Decision(d.get("decision", "suggested")),
            provenance=provenance_from_dict(d.get("provenance")),
        )

    def _target(self, d: Mapping[str, Any]) -> Target:
        role = d.get("role")
        return Target(
            d.get("actor"), Role(role) if role else None, self._span_or_none(d.get("span")), d.get("stance")
        )

    def _span(self, d: Mapping[str, Any]) -> Span:
        return span_from_dict(d, self._text)

    def _span_or_none(self, d: Mapping[str, Any] | None) -> Span | None:
        return None if d is None else self._span(d)


def _by_id(items: Iterable[Any]) -> Mapping[str, Any]:
    out: dict[str, Any] = {}
    for item in items:
        if item.id in out:
            raise ValueError(f"id {item.id} stands twice")
        out[item.id] = item
    return MappingProxyType(out)


def _str(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{what} is missing or not text")
    return value
