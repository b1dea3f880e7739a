"""Label Studio's tasks: regions with labels, choices and text of each region, relations between regions;
predictions are the machine's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.layer import LayerKind
from annotator.domain.statement import Decision, Kind, Role
from annotator.ingest.annotated.articles import article_from
from annotator.ingest.annotated.found import Document, results
from annotator.ingest.annotated.graph import Graph, Link, Mark, decision_of
from annotator.ingest.annotated.placing import Place, Unplaceable
from annotator.ingest.annotated.values import (
    dict_of,
    dicts_in,
    name_of,
    names_in,
    offsets,
    value_in,
    words_of,
)
from annotator.ingest.results import Result, UnfitError, Unplaced

Json = Mapping[str, Any]
_NONES = {"not stated": "not_stated", "no target": "no_target", "no topic": "no_topic"}


def is_labelstudio(data: Json) -> bool:
    """True for a task, or its short form (JSON-MIN)."""
    results = {"annotations", "predictions", "completions"}
    whole = isinstance(data.get("data"), dict) and not results.isdisjoint(data)
    return whole or bool(_lists_of_regions(data))


def _lists_of_regions(data: Json) -> list[str]:
    """Keys of the short form that hold regions."""
    return [key for key, value in data.items() if any(map(_is_region, dicts_in(value)[:5]))]


def _is_region(value: Json) -> bool:
    labels = any(key.endswith("labels") and isinstance(v, list) for key, v in value.items())
    return labels and "start" in value and "end" in value


def _whole(data: Json) -> Json:
    """A task of the short form as one of the long form."""
    if isinstance(data.get("data"), dict):
        return data
    lists = _lists_of_regions(data)
    result = [_part(key, n, value) for key in lists for n, value in enumerate(dicts_in(data[key]), 1)]
    row = {key: value for key, value in data.items() if key not in lists}
    return {"data": row, "annotations": [{"result": result, "completed_by": data.get("annotator")}]}


def _part(key: str, n: int, value: Json) -> Json:
    type = next((k for k in value if k.endswith("labels")), "")
    return {"id": f"{key} {n}", "from_name": key, "type": type, "value": value}


def read_labelstudio(data: Json, file: str, where: str) -> Iterator[Result]:
    """The article once for each annotation and prediction. Raises UnfitError when it has no text."""
    data = _whole(data)
    row = dict_of(data.get("data"))
    done = [*dicts_in(data.get("annotations")), *dicts_in(data.get("completions"))]
    kept = [a for a in done if a.get("was_cancelled") is not True]
    guesses = dicts_in(data.get("predictions"))
    if len(kept) < len(done):
        yield Unplaced(file, where, f"{len(done) - len(kept)} cancelled annotations are left out")
    meta = dict_of(data.get("meta"))
    named = name_of(meta.get("annotator"))
    kind = value_in(LayerKind, meta.get("layer_kind")) or LayerKind.HUMAN
    for annotation in kept:
        who = named if named and len(kept) == 1 else _who(annotation.get("completed_by"))
        yield from results(_document(row, annotation, file, who, kind), file, where)
    for guess in guesses:
        who = name_of(guess.get("model_version")) or "Label Studio prediction"
        yield from results(_document(row, guess, file, who, LayerKind.MACHINE), file, where)
    if not kept and not guesses:
        yield from results(_document(row, {"result": []}, file, "", LayerKind.HUMAN), file, where)


def _who(completed_by: object) -> str:
    """The name of who did it; empty when the task does not say."""
    if isinstance(completed_by, dict):
        full = f"{name_of(completed_by.get('first_name'))} {name_of(completed_by.get('last_name'))}"
        return name_of(completed_by.get("email")) or full.strip()
    number = name_of(completed_by)
    return f"Label Studio user {number}" if number else ""


def _document(row: Json, done: Json, file: str, who: str, kind: LayerKind) -> Document:
    result = done.get("result")
    if not isinstance(result, list):
        raise UnfitError("its result is no list")
    text = row.get("text")
    if not isinstance(text, str):
        text = max((v for v in row.values() if isinstance(v, str)), key=len, default=None)
    article, text = article_from(row, text, file=file, extractor="labelstudio 1")
    regions = _Regions(result)
    graph = Graph(regions.marks(), regions.links, decision_of(kind))
    score = done.get("score")
    return Document(
        article,
        text,
        mentions=graph.mentions,
        statements=graph.statements,
        unplaceable=(*regions.unplaceable, *graph.unplaceable),
        annotator=who,
        kind=kind,
        score=float(score) if isinstance(score, int | float) and 0 <= score <= 1 else None,
    )


@dataclass
class _Region:
    """What the parts of one region say together."""

    place: Place | None = None
    labels: tuple[str, ...] = ()
    said: dict[str, list[str]] = field(default_factory=dict)


class _Regions:
    """The parts of a result, gathered by region."""

    def __init__(self, result: list[object]) -> None:
        self.unplaceable: list[Unplaceable] = []
        self.links: list[Link] = []
        self._regions: dict[str, _Region] = {}
        for n, part in enumerate(result, 1):
            self._take(dict_of(part), n)

    def _take(self, part: Json, n: int) -> None:
        if part.get("type") == "relation":
            self._relation(part, n)
            return
        value, id = dict_of(part.get("value")), name_of(part.get("id"))
        place = offsets(value.get("start"), value.get("end"))
        name, type_ = name_of(part.get("from_name")), name_of(part.get("type"))
        if not id or place is None:
            words = words_of(value.get("text"))
            self.unplaceable.append(Unplaceable(id or f"region {n}", words, "it has no id or no offsets"))
            return
        region = self._regions.setdefault(id, _Region())
        values = names_in(value.get(type_))
        if type_.endswith("labels"):
            region.place = Place((place,), words_of(value.get("text")), id)
            region.labels = values
        elif type_ == "textarea":
            region.said.setdefault(name, []).extend(names_in(value.get("text")))
        else:
            region.said.setdefault(name, []).extend(values)

    def _relation(self, part: Json, n: int) -> None:
        ends = name_of(part.get("from_id")), name_of(part.get("to_id"))
        if part.get("direction") == "left":
            ends = ends[1], ends[0]
        labels = names_in(part.get("labels"))
        label = labels[0] if labels else ""
        self.links.append(Link(label, *ends, f"relation {n} ({label})"))

    def marks(self) -> dict[str, Mark]:
        """A mark for each region with a label; what says more than is known here is listed."""
        out = {}
        for id, region in self._regions.items():
            if region.place is None or not region.labels:
                self.unplaceable.append(Unplaceable(id, None, "it has no label"))
                continue
            for extra in region.labels[1:]:
                self.unplaceable.append(Unplaceable(id, region.place.words, f"a second label, {extra}"))
            out[id] = self._mark(id, region, region.place)
        return out

    def _mark(self, id: str, region: _Region, place: Place) -> Mark:
        said = {name: values for name, values in region.said.items() if values}
        first = {name: values[0] for name, values in said.items()}
        known = {"kind", "topic", "act", "decision", "role", "none", "actor"}
        for name in sorted(set(said) - known):
            words = f"{name}: {', '.join(said[name])}"
            self.unplaceable.append(Unplaceable(id, words, "there is no such choice here"))
        return Mark(
            Place(place.pieces, place.words, f"{id} ({region.labels[0]})"),
            region.labels[0],
            id=_own(id),
            actors=tuple(said.get("actor", ())),
            decision=value_in(Decision, first.get("decision")),
            kind=value_in(Kind, first.get("kind")),
            role=value_in(Role, first.get("role")),
            topics=tuple(said.get("topic", ())),
            act=first.get("act"),
            nones=frozenset(_NONES[x] for x in said.get("none", ()) if x in _NONES),
        )


def _own(id: str) -> str | None:
    """The id that our export made the region's from: `m:ID` or `s:ID:NUMBER`."""
    kind, _, rest = id.partition(":")
    if kind == "m":
        return rest or None
    return rest.rpartition(":")[0] or None if kind == "s" else None
