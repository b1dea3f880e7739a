"""doccano's relation JSONL: entities and relations with running numbers, offsets in code points.

The doccano project must allow overlapping spans, else doccano drops them and refuses the relations.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.marks import (
    kept,
    kind_of_layer,
    links_of,
    marks_of_mentions,
    marks_of_statement,
    report_details,
)

_META = ("title", "outlet", "published", "url", "source_id")


class DoccanoWriter(Writer):
    """Writes `STEM.doccano.jsonl`, an article a line."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.doccano.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._number = 0

    def add(self, record: Record) -> str:
        """Write one line; a reader must find exactly it, every span with its words."""
        report_details(record, self.loss, besides=frozenset({"metadata"}))
        marks, links = list(marks_of_mentions(record, self.loss)), []
        for s in kept(record, "statements", self.loss):
            of_statement = marks_of_statement(s)
            marks += of_statement
            links += links_of(of_statement)
        numbers = {mark.key: self._next() for mark in marks}
        entities = [
            {"id": numbers[m.key], "label": m.label, "start_offset": m.start, "end_offset": m.end}
            for m in marks
        ]
        relations = [
            {"id": self._next(), "from_id": numbers[x.head], "to_id": numbers[x.child], "type": x.label}
            for x in links
        ]
        line = json.dumps(_line(record, entities, relations), ensure_ascii=False)
        self._file.write(f"{line}\n")
        return _found(json.loads(line))

    def _next(self) -> int:
        self._number += 1
        return self._number

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Every line, the words of its spans taken from its text."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            yield from map(_found, map(json.loads, f))


def _line(record: Record, entities: list[dict[str, Any]], relations: list[dict[str, Any]]) -> dict[str, Any]:
    meta = {key: record["meta"][key] for key in _META if record["meta"][key]}
    return {
        "text": record["text"],
        "entities": entities,
        "relations": relations,
        "article_id": record["id"],
        "annotator": record["layer"]["annotator"],
        **kind_of_layer(record),
        **meta,
    }


def _found(line: dict[str, Any]) -> str:
    words = [line["text"][e["start_offset"] : e["end_offset"]] for e in line["entities"]]
    return json.dumps([line, words], ensure_ascii=False)


FORMAT = Format(
    name="doccano",
    title="doccano relations",
    note="One JSON object an article: entities with labels, and CONTENT, SPEAKER, CUE, TARGET, VIA with "
    "relations from the first content span of a statement. Allow overlapping spans in the doccano project.",
    suffix=".jsonl",
    writer=DoccanoWriter,
)
