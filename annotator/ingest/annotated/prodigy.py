"""Prodigy's JSONL: spans with labels, tokens whose words tell how the file counts, and relations between
spans that name them by their last token.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.domain.layer import LayerKind
from annotator.ingest.annotated.articles import article_from
from annotator.ingest.annotated.found import Document, results
from annotator.ingest.annotated.graph import CONTENT, Graph, Link, Mark, decision_of
from annotator.ingest.annotated.placing import Place, Unplaceable
from annotator.ingest.annotated.values import dict_of, dicts_in, name_of, offsets, value_in, words_of
from annotator.ingest.results import Result, UnfitError

Json = Mapping[str, Any]
_TWIN = "again"  # ends the key of content that stands there already


def is_prodigy(data: Json) -> bool:
    """True for an object with a text and spans with labels in it, or an answer."""
    spans = data.get("spans")
    if not isinstance(data.get("text"), str) or not isinstance(spans, list):
        return False
    tasks = "answer" in data or "tokens" in data or "_task_hash" in data
    return tasks or (bool(spans) and all({"start", "end", "label"} <= set(dict_of(s)) for s in spans[:20]))


def read_prodigy(data: Json, file: str, where: str) -> Iterator[Result]:
    """The article with its layer. Raises UnfitError when it has no text."""
    meta = dict_of(data.get("meta"))
    article, text = article_from(meta, data.get("text"), file=file, extractor="prodigy 1")
    tokens = _Tokens(data.get("tokens"))
    marks, unplaceable = _marks(data.get("spans"), tokens)
    links, lost = _links(data.get("relations"), _Ends(data.get("spans"), marks))
    answer = data.get("answer", "accept")
    if answer != "accept" and marks:
        said = name_of(answer) or "strange"
        unplaceable, lost = [Unplaceable("the task", None, f"its answer is {said}")], []
        marks, links = {}, []
    kind = value_in(LayerKind, meta.get("layer_kind")) or LayerKind.HUMAN
    graph = Graph(marks, links, decision_of(kind))
    document = Document(
        article,
        text,
        mentions=graph.mentions,
        statements=graph.statements,
        unplaceable=(*unplaceable, *lost, *graph.unplaceable),
        annotator=name_of(data.get("_annotator_id")) or name_of(meta.get("annotator")),
        kind=kind,
        evidence=tuple(tokens.evidence()),
    )
    yield from results(document, file, where)


class _Tokens:
    """The tokens of a task, and which of them start or end where."""

    def __init__(self, value: object) -> None:
        self.all = dicts_in(value)
        self.first = {t.get("start"): n for n, t in enumerate(self.all) if type(t.get("start")) is int}
        self.last = {t.get("end"): n for n, t in enumerate(self.all) if type(t.get("end")) is int}

    def evidence(self) -> Iterator[Place]:
        """Their places, whose words tell how the file counts."""
        for token in self.all:
            place, words = offsets(token.get("start"), token.get("end")), words_of(token.get("text"))
            if place and words:
                yield Place((place,), words)


def _marks(spans: object, tokens: _Tokens) -> tuple[dict[str, Mark], list[Unplaceable]]:
    """Marks under keys that name start, end and label. Equal ones are one, but for content: that may
    begin two statements.
    """
    if not isinstance(spans, list):
        raise UnfitError("its spans are no list")
    marks: dict[str, Mark] = {}
    unplaceable = []
    for n, span in enumerate(spans, 1):
        span = dict_of(span)
        label = name_of(span.get("label"))
        place = offsets(span.get("start"), span.get("end"))
        ref = f"span {n} ({label})" if label else f"span {n}"
        words = words_of(span.get("text"))
        if place is None or not label:
            unplaceable.append(Unplaceable(ref, words, "it has no label or no offsets"))
            continue
        words = words or _words(span, place, tokens)
        key = _key(span)
        if key in marks and marks[key].part == CONTENT:
            key = f"{key} {_TWIN} {n}" if f"{key} {_TWIN}" in marks else f"{key} {_TWIN}"
        marks.setdefault(key, Mark(Place((place,), words, ref), label))
    return marks, unplaceable


def _key(span: Json) -> str:
    return f"{span.get('start')} {span.get('end')} {name_of(span.get('label'))}"


def _words(span: Json, place: tuple[int, int], tokens: _Tokens) -> str | None:
    """The words of a span's tokens, joined as they stand."""
    edges = offsets(span.get("token_start"), span.get("token_end"))
    edges = edges or offsets(tokens.first.get(place[0]), tokens.last.get(place[1]))
    if edges is None or not 0 <= edges[0] <= edges[1] < len(tokens.all):
        return None
    inside = tokens.all[edges[0] : edges[1] + 1]
    if not all(isinstance(t.get("text"), str) for t in inside):
        return None
    return "".join(t["text"] + (" " if t.get("ws", True) else "") for t in inside).rstrip()


class _Ends:
    """Finds the mark that a relation's end names, by its span or by its last token."""

    def __init__(self, spans: object, marks: Mapping[str, Mark]) -> None:
        self._marks = marks
        self._by_token: dict[int, set[str]] = {}
        for span in dicts_in(spans):
            if type(last := span.get("token_end")) is int:
                self._by_token.setdefault(last, set()).add(_key(span))

    def key(self, span: object, token: object) -> str | None:
        """The key of the one mark it can be; None when there are two, or none."""
        if isinstance(span, dict) and "start" in span:
            key: str | None = _key(span)
        else:
            found = self._by_token.get(token, set()) if type(token) is int else set()
            key = next(iter(found)) if len(found) == 1 else None
        return key if key in self._marks and f"{key} {_TWIN}" not in self._marks else None


def _links(relations: object, ends: _Ends) -> tuple[list[Link], list[Unplaceable]]:
    links, lost = [], []
    for n, relation in enumerate(relations if isinstance(relations, list) else (), 1):
        r = dict_of(relation)
        label = name_of(r.get("label"))
        ref = f"relation {n} ({label})"
        head = ends.key(r.get("head_span"), r.get("head"))
        child = ends.key(r.get("child_span"), r.get("child"))
        if head is None or child is None:
            lost.append(Unplaceable(ref, None, "which of the spans it joins cannot be told"))
        else:
            links.append(Link(label, head, child, ref))
    return links, lost
