"""The flat table: a row for each combination of statement, speaker, target and topic, as CSV for
people and spreadsheets and as JSON lines for programs.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, product
from pathlib import Path
from typing import Any

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.loss import Loss, quoted

Row = dict[str, Any]

TEXT_COLUMNS = (
    "article_id",
    "annotator",
    "layer",
    "state",
    "title",
    "outlet",
    "published",
    "url",
    "source_id",
    "lang",
    "statement_id",
    "decision",
    "kind",
    "content",
    "spans",
    "cue",
    "speaker",
    "speaker_actor",
    "speaker_name",
    "speaker_for",
    "via",
    "via_actor",
    "target",
    "target_actor",
    "target_name",
    "target_role",
    "target_stance",
    "topic",
    "act",
    "flags",
    "confidence",
    "note",
    "by",
    "at",
    "suggester",
    "changed",
    "context",
)
NUMBER_COLUMNS = (
    "start",
    "end",
    "cue_start",
    "cue_end",
    "speaker_start",
    "speaker_end",
    "target_start",
    "target_end",
    "context_start",
    "score",
)
FLAG_COLUMNS = ("practice", "not_stated", "no_target", "no_topic")
COLUMNS = (*TEXT_COLUMNS, *NUMBER_COLUMNS, *FLAG_COLUMNS)

GAP = " … "  # between the pieces of split content
_AROUND = 500  # code points of context at most before and after
_CELL = 32_767  # characters that a spreadsheet shows in a cell
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # what a spreadsheet would run, or a guarded cell


def rows(record: Record) -> Iterator[Row]:
    """The rows of one record. What is missing is "" in text columns and None in number columns."""
    names = {a["id"]: a for a in record["actors"]}
    article = _article(record)
    for s in record["statements"]:
        shared = {**article, **_statement(record, s)}
        speakers = [_speaker(names, id) for id in s["speaker"]["actors"] or [None]]
        targets = [_target(t, names) for t in s["targets"] or [None]]
        topics = [{"topic": topic} for topic in s["topics"] or [""]]
        for parts in product(speakers, targets, topics):
            row = shared.copy()
            for part in parts:
                row.update(part)
            yield {column: row[column] for column in COLUMNS}


def _article(record: Record) -> Row:
    meta, layer = record["meta"], record["layer"]
    words = {key: meta[key] or "" for key in ("title", "outlet", "published", "url", "source_id")}
    return {
        **words,
        "article_id": record["id"],
        "lang": record["lang"] or "",
        "practice": meta["practice"],
        "annotator": layer["annotator"],
        "layer": layer["kind"],
        "state": layer["state"],
    }


def _statement(record: Record, s: Mapping[str, Any]) -> Row:
    spans, via, provenance = s["spans"], s["via"] or {}, s["provenance"]
    start, end = _context(record["text"], s)
    return {
        "statement_id": s["id"],
        "decision": s["decision"],
        "kind": s["kind"],
        "content": GAP.join(x["text"] for x in spans),
        "spans": " ".join(f"{x['start']}-{x['end']}" for x in spans),
        "start": spans[0]["start"],
        "end": spans[-1]["end"],
        **_place("cue", s["cue"]),
        **_place("speaker", s["speaker"]["span"]),
        "not_stated": s["speaker"]["not_stated"],
        "via": (via.get("span") or {}).get("text", ""),
        "via_actor": via.get("actor") or "",
        "no_target": s["no_target"],
        "no_topic": s["no_topic"],
        "act": s["act"] or "",
        "flags": " ".join(s["flags"]),
        "confidence": s["confidence"] or "",
        "note": s["note"] or "",
        "by": provenance["by"] or "",
        "at": provenance["at"] or "",
        "suggester": provenance["suggester"] or "",
        "score": provenance["score"],
        "changed": " ".join(provenance["changed"]),
        "context": record["text"][start:end],
        "context_start": start,
    }


def _speaker(names: Mapping[str, Any], id: str | None) -> Row:
    actor = names.get(id or "", {})
    return {
        "speaker_actor": id or "",
        "speaker_name": actor.get("name", ""),
        "speaker_for": actor.get("speaks_for") or "",
    }


def _target(t: Mapping[str, Any] | None, names: Mapping[str, Any]) -> Row:
    t = t or {"span": None, "actor": None, "role": None, "stance": None}
    return {
        **_place("target", t["span"]),
        "target_actor": t["actor"] or "",
        "target_name": names.get(t["actor"] or "", {}).get("name", ""),
        "target_role": t["role"] or "",
        "target_stance": t["stance"] or "",
    }


def _place(name: str, span: Mapping[str, Any] | None) -> Row:
    span = span or {"text": "", "start": None, "end": None}
    return {name: span["text"], f"{name}_start": span["start"], f"{name}_end": span["end"]}


def _context(text: str, s: Mapping[str, Any]) -> tuple[int, int]:
    """The paragraphs that hold content, cue and speaker, cut off when they are very long."""
    spans = [x for x in (*s["spans"], s["cue"], s["speaker"]["span"]) if x]
    first, last = min(x["start"] for x in spans), max(x["end"] for x in spans)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return max(start, first - _AROUND), min(len(text) if end < 0 else end, last + _AROUND)


class TableWriter(Writer):
    """What both tables share: which rows there are, and what they lack."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}{self.ending}"
        self._file = self._path.open("w", encoding=self.encoding, newline="")
        self.begin()

    ending: str
    encoding = "utf-8"

    def begin(self) -> None:
        """Write what stands before the first row."""

    def put(self, row: Row) -> None:
        """Write one row."""
        raise NotImplementedError

    def read(self) -> Iterator[Row]:
        """The rows of the file."""
        raise NotImplementedError

    def add(self, record: Record) -> str | None:
        """Write the record's rows; a reader must find them with all their values."""
        _report(record, self.loss)
        written = list(rows(record))
        for row in written:
            self.put(row)
        return _found(written) if written else None

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """The rows of each record, record by record."""
        for _, group in groupby(self.read(), key=lambda r: (r["article_id"], r["layer"], r["annotator"])):
            yield _found(group)


class CsvWriter(TableWriter):
    """Writes `STEM.csv`: UTF-8 with a byte order mark, for spreadsheets; no cell is a formula."""

    ending = ".csv"
    encoding = "utf-8-sig"

    def begin(self) -> None:
        """The names of the columns."""
        self._csv = csv.DictWriter(self._file, COLUMNS)
        self._csv.writeheader()

    def put(self, row: Row) -> None:
        """One row; formulas guarded with an apostrophe."""
        cells = {column: cell(row[column]) for column in COLUMNS}
        for column, value in cells.items():
            where = f"{row['statement_id']} {column}"
            if value != _plain(row[column]):
                self.loss.add("cells with an apostrophe before = + - or @ (no formula may run)", where)
            if len(value) > _CELL:
                self.loss.add(f"cells that spreadsheets cut off after {_CELL} characters", where)
        self._csv.writerow(cells)

    def read(self) -> Iterator[Row]:
        """Rows with their values again as they were."""
        with self._path.open(encoding=self.encoding, newline="") as f:
            for values in _csv_rows(f):
                yield {column: value_of(column, values[column]) for column in COLUMNS}


def _csv_rows(file: io.TextIOBase) -> Iterator[dict[str, str]]:
    before = csv.field_size_limit(1 << 30)
    try:
        yield from csv.DictReader(file, strict=True)
    finally:
        csv.field_size_limit(before)


class JsonTableWriter(TableWriter):
    """Writes `STEM.table.jsonl`: a row a line."""

    ending = ".table.jsonl"

    def put(self, row: Row) -> None:
        """One object a row, its keys always the same."""
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def read(self) -> Iterator[Row]:
        """Every line parsed."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            yield from map(json.loads, f)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def cell(value: Any) -> str:
    """A value as a CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe."""
    plain = _plain(value)
    return f"'{plain}" if isinstance(value, str) and _FORMULA.match(plain) else plain


def value_of(column: str, cell: str) -> Any:
    """Inverse of `cell`."""
    if column in FLAG_COLUMNS:
        return cell == "true"
    if column in NUMBER_COLUMNS:
        return json.loads(cell) if cell else None
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _found(found: Iterable[Row]) -> str:
    return json.dumps(list(found), ensure_ascii=False)


def _report(record: Record, loss: Loss) -> None:
    loss.add("texts of articles (only the paragraphs of statements are here)")
    loss.add("articles without statements", record["id"], count=not record["statements"])
    for m in record["mentions"]:
        loss.add("entities", quoted(record, m["start"], m["end"]))
    reasons = sum(len(s["provenance"]["reasons"]) for s in record["statements"])
    loss.add("reasons of suggestions", count=reasons)


_NOTE = (
    "One row for each combination of statement, speaker, target and topic; a statement without target or "
    "topic has a row too. Rejected and undecided statements are there, the column decision tells them apart."
)

CSV = Format(name="table-csv", title="Flat table (CSV)", note=_NOTE, suffix=".csv", writer=CsvWriter)
JSONL = Format(
    name="table-jsonl", title="Flat table (JSON lines)", note=_NOTE, suffix=".jsonl", writer=JsonTableWriter
)
