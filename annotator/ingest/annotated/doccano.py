"""doccano's JSONL: entities with relations, or labels as `[start, end, label]`."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.domain.layer import LayerKind
from annotator.ingest.annotated.articles import article_from
from annotator.ingest.annotated.found import Document, results
from annotator.ingest.annotated.graph import Graph, Link, Mark, decision_of
from annotator.ingest.annotated.placing import Place, Unplaceable
from annotator.ingest.annotated.values import dict_of, name_of, offsets, value_in, words_of
from annotator.ingest.results import Result

_ENTITIES = ("entities", "label", "labels")


def is_doccano(data: Mapping[str, Any]) -> bool:
    """True for an object with a text and labels at offsets in it."""
    return isinstance(data.get("text"), str) and _key(data) is not None


def _key(data: Mapping[str, Any]) -> str | None:
    for key in _ENTITIES:
        value = data.get(key)
        if isinstance(value, list) and value and all(map(_is_entity, value[:20])):
            return key
    if data.get("entities") == [] and isinstance(data.get("relations"), list):
        return "entities"
    return None


def _is_entity(value: object) -> bool:
    if isinstance(value, dict):
        return "start_offset" in value and "end_offset" in value
    return isinstance(value, list) and len(value) == 3 and isinstance(value[2], str)


def read_doccano(data: Mapping[str, Any], file: str, where: str) -> Iterator[Result]:
    """The article with its layer. Raises UnfitError when it has no text."""
    row = {**dict_of(data.get("meta")), **data}
    article, text = article_from(row, data.get("text"), file=file, extractor="doccano 1")
    marks, unplaceable = _marks(data.get(_key(data) or "entities"))
    kind = value_in(LayerKind, data.get("layer_kind")) or LayerKind.HUMAN
    graph = Graph(marks, _links(data.get("relations")), decision_of(kind))
    document = Document(
        article,
        text,
        mentions=graph.mentions,
        statements=graph.statements,
        unplaceable=(*unplaceable, *graph.unplaceable),
        annotator=name_of(data.get("annotator")),
        kind=kind,
    )
    yield from results(document, file, where)


def _marks(entities: object) -> tuple[dict[str, Mark], list[Unplaceable]]:
    marks: dict[str, Mark] = {}
    unplaceable = []
    for n, entity in enumerate(entities if isinstance(entities, list) else (), 1):
        if isinstance(entity, list) and len(entity) == 3:
            entity = {"start_offset": entity[0], "end_offset": entity[1], "label": entity[2]}
        entity = dict_of(entity)
        key = name_of(entity.get("id")) or f"entity {n}"
        label = name_of(entity.get("label"))
        place = offsets(entity.get("start_offset"), entity.get("end_offset"))
        ref = f"{key} ({label})" if label else key
        if place is None or not label or key in marks:
            why = "its id stands twice" if key in marks else "it has no label or no offsets"
            unplaceable.append(Unplaceable(ref, None, why))
        else:
            marks[key] = Mark(Place((place,), words_of(entity.get("text")), ref), label)
    return marks, unplaceable


def _links(relations: object) -> Iterator[Link]:
    for relation in relations if isinstance(relations, list) else ():
        r = dict_of(relation)
        label = name_of(r.get("type")) or name_of(r.get("label"))
        ref = f"relation {name_of(r.get('id'))} ({label})"
        yield Link(label, name_of(r.get("from_id")), name_of(r.get("to_id")), ref)
