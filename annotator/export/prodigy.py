"""Prodigy's JSONL for spans and relations: tokens, spans on whole tokens, and relations that name
their ends by last token and by span.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.loss import quoted
from annotator.export.marks import (
    Mark,
    kept,
    kind_of_layer,
    links_of,
    marks_of_mentions,
    marks_of_statement,
    report_details,
)
from annotator.export.tokens import Tokeniser, Tokens

_META = ("title", "outlet", "published", "url", "source_id")
Span = dict[str, Any]


class ProdigyWriter(Writer):
    """Writes `STEM.prodigy.jsonl`, a task an article."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.prodigy.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._tokeniser = Tokeniser()

    def add(self, record: Record) -> str:
        """Write one task; a reader must find exactly it, every token and span with its words."""
        report_details(record, self.loss, besides=frozenset({"metadata"}))
        tokens = self._tokeniser.tokens(record["text"], record["lang"])
        spans: dict[str, Span] = {}
        relations = []
        self._put(spans, list(marks_of_mentions(record, self.loss)), tokens, record)
        for s in kept(record, "statements", self.loss):
            marks = marks_of_statement(s)
            self._put(spans, marks, tokens, record)
            links = [x for x in links_of(marks) if x.head in spans and x.child in spans]
            relations += [_relation(spans[x.head], spans[x.child], x.label) for x in links]
        self._report_collisions(record, relations, spans)
        line = json.dumps(_task(record, tokens, list(spans.values()), relations), ensure_ascii=False)
        self._file.write(f"{line}\n")
        return _found(json.loads(line))

    def _put(self, spans: dict[str, Span], marks: list[Mark], tokens: Tokens, record: Record) -> None:
        for mark in marks:
            place = f"{mark.label} {quoted(record, mark.start, mark.end)}"
            range_ = tokens.aligned(mark.start, mark.end)
            if range_ is None:
                self.loss.add("spans without a token", place)
                continue
            start, end = tokens.surface_range(range_)
            if (start, end) != (mark.start, mark.end):
                self.loss.add("spans widened to whole tokens", place)
            edges = {"token_start": range_[0], "token_end": range_[1] - 1}  # inclusive
            spans[mark.key] = {"start": start, "end": end, **edges, "label": mark.label}

    def _report_collisions(
        self, record: Record, relations: list[dict[str, Any]], spans: Mapping[str, Span]
    ) -> None:
        """Spans that end on one token cannot be told apart by `head` and `child` alone."""
        ends = Counter(
            token for token, *_ in {(s["token_end"], s["token_start"], s["label"]) for s in spans.values()}
        )
        for r in relations:
            if ends[r["head"]] > 1 or ends[r["child"]] > 1:
                place = quoted(record, r["child_span"]["start"], r["child_span"]["end"])
                self.loss.add(
                    "relations told apart by head_span and child_span alone", f"{r['label']} {place}"
                )

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Every task, with the words that its tokens and spans take from its text."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            yield from map(_found, map(json.loads, f))


def _task(
    record: Record, tokens: Tokens, spans: list[Span], relations: list[dict[str, Any]]
) -> dict[str, Any]:
    meta = {key: record["meta"][key] for key in _META if record["meta"][key]}
    starts = (*tokens.starts, -1)
    return {
        "text": record["text"],
        "tokens": [
            {"text": word, "start": a, "end": b, "id": i, "ws": b != starts[i + 1]}
            for i, (word, a, b) in enumerate(zip(tokens.words, tokens.starts, tokens.ends, strict=True))
        ],
        "spans": spans,
        "relations": relations,
        "answer": "accept",
        "meta": {
            "article_id": record["id"],
            "annotator": record["layer"]["annotator"],
            **kind_of_layer(record),
            **meta,
        },
    }


def _relation(head: Span, child: Span, label: str) -> dict[str, Any]:
    ends = {"head": head["token_end"], "child": child["token_end"]}
    return {**ends, "head_span": head, "child_span": child, "label": label}


def _found(task: Mapping[str, Any]) -> str:
    text = task["text"]
    if any(text[t["start"] : t["end"]] != t["text"] for t in task["tokens"]):
        raise ValueError("a token's words are not its text's")
    words = [text[s["start"] : s["end"]] for s in task["spans"]]
    return json.dumps([task, words], ensure_ascii=False)


FORMAT = Format(
    name="prodigy",
    title="Prodigy relations",
    note="One task an article: tokens, spans (entities, CONTENT, SPEAKER, CUE, TARGET, VIA) and relations "
    "from the first content span of a statement. Tokens of white space are left out.",
    suffix=".jsonl",
    writer=ProdigyWriter,
)
