"""JSON lines in a shape of one's own, given by a small mapping file: which rows there are, and for
each field the path in the record that it is taken from.

    rows = "statements"                       # or "mentions" or "articles"
    decisions = ["confirmed", "corrected"]    # without it all but rejected
    [fields]
    sentence = "statement.spans[].text"
    "who.name" = "statement.speaker.actors[0].name"
    source = { value = "ours" }
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export.formats import Format, Job, Option, Record, Writer

_ROWS = {"articles": "article", "statements": "statement", "mentions": "mention"}
_STEP = re.compile(r"(\w+)|\[(\d*)\]")
_PATH = re.compile(r"\w+(\[\d{0,9}\])*(\.\w+(\[\d{0,9}\])*)*")
_DECISIONS = ("suggested", "confirmed", "corrected", "rejected")
_KEYS = {"rows", "decisions", "fields"}
_MOST = 1_000_000  # bytes of a mapping file
Path_ = tuple[str | int | None, ...]  # None stands for every item of a list


@dataclass(frozen=True)
class Shape:
    """What a mapping file says. A field is a path, or a constant."""

    rows: str
    decisions: tuple[str, ...]
    fields: tuple[tuple[tuple[str, ...], Path_ | None, Any], ...]


class ShapeWriter(Writer):
    """Writes `STEM.shape.jsonl`, a line a row."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._shape = read_shape(Path(self.options["shape"]))
        self._path = self.folder / f"{self.stem}.shape.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._sizes: list[int] = []

    def add(self, record: Record) -> str:
        """Write the record's rows; a reader must find exactly them."""
        self.loss.add("what the shape does not name")
        lines = [json.dumps(row, ensure_ascii=False) for row in self._rows(record)]
        self._file.writelines(f"{line}\n" for line in lines)
        self._sizes.append(len(lines))
        return "\n".join(lines)

    def _rows(self, record: Record) -> Iterator[dict[str, Any]]:
        if self._shape.rows == "articles":
            yield row_of(self._shape, {"article": record})
            return
        name = _ROWS[self._shape.rows]
        for item in record[self._shape.rows]:
            if item["decision"] in self._shape.decisions:
                yield row_of(self._shape, {"article": record, name: item})
            else:
                self.loss.leave_out(f"{item['decision']} {self._shape.rows}")

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """The lines of each record, parsed and said again."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            for size in self._sizes:
                lines = [json.dumps(json.loads(line), ensure_ascii=False) for line in islice(f, size)]
                yield "\n".join(lines)


def read_shape(file: Path) -> Shape:
    """Read a mapping file, TOML or JSON. Raises AnnotatorError saying what is wrong with it."""
    if not file.name:
        raise AnnotatorError("The format shape needs a mapping file.", "Name it with --shape FILE.")
    try:
        if file.exists() and not file.is_file():
            raise AnnotatorError(f"{file} is no file that a mapping could be read from.")
        if file.stat().st_size > _MOST:
            raise AnnotatorError(f"{file} is too large for a mapping file, which has a few lines.")
        source = file.read_text(encoding="utf-8")
        data = json.loads(source) if file.suffix.lower() == ".json" else tomllib.loads(source)
        return _shape(data)
    except OSError as e:
        raise AnnotatorError(f"Cannot read the mapping file {file}: {e.strerror}.") from e
    except RecursionError as e:
        raise AnnotatorError(f"The mapping file {file.name} cannot be used: it is nested too deep.") from e
    except ValueError as e:
        raise AnnotatorError(f"The mapping file {file.name} cannot be used: {e}.") from e


def _shape(data: Any) -> Shape:
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict) or not data["fields"]:
        raise ValueError("it has no [fields]")
    if unknown := sorted(set(data) - _KEYS):
        raise ValueError(f"it knows no {', '.join(unknown)}")
    rows = data.get("rows", "statements")
    if rows not in tuple(_ROWS):
        raise ValueError(f"rows is one of {', '.join(_ROWS)}")
    decisions = data.get("decisions", _DECISIONS[:3])
    if not isinstance(decisions, list | tuple) or any(d not in _DECISIONS for d in decisions):
        raise ValueError(f"decisions are a list of some of {', '.join(_DECISIONS)}")
    fields = []
    for name, source in data["fields"].items():
        fields.append((tuple(name.split(".")), *_source(source, {"article", _ROWS[rows]})))
    _refuse_clashes({name for name, *_ in fields})
    return Shape(rows, tuple(decisions), tuple(fields))


def _refuse_clashes(names: set[tuple[str, ...]]) -> None:
    for name in sorted(names):
        if not all(name):
            raise ValueError(f"a field is called {'.'.join(name)!r}")
        for n in range(1, len(name)):
            if name[:n] in names:
                raise ValueError(f"{'.'.join(name[:n])} cannot be a value and hold {'.'.join(name)} too")


def _source(source: Any, roots: set[str]) -> tuple[Path_ | None, Any]:
    if isinstance(source, dict) and set(source) == {"value"}:
        try:
            return None, json.loads(json.dumps(source["value"], allow_nan=False))
        except TypeError:
            raise ValueError(f"{source['value']} is no value of JSON; write it as text") from None
    if not isinstance(source, str) or not _PATH.fullmatch(source):
        raise ValueError(f"{str(source)[:60]!r} is neither a path nor {{ value = ... }}")
    steps: list[str | int | None] = []
    for match in _STEP.finditer(source):
        name, index = match.groups()
        steps.append(name if name is not None else int(index) if index else None)
    if steps[0] not in roots:
        raise ValueError(f"{source!r} does not start with {' or '.join(sorted(roots))}")
    return tuple(steps), None


def row_of(shape: Shape, roots: Mapping[str, Any]) -> dict[str, Any]:
    """One row. Raises AnnotatorError when a path names a key that records do not have."""
    actors = {a["id"]: a for a in roots["article"]["actors"]}
    row: dict[str, Any] = {}
    for name, path, value in shape.fields:
        place = row
        for part in name[:-1]:
            place = place.setdefault(part, {})
        place[name[-1]] = value if path is None else _at(roots, path, actors)
    return row


def _at(value: Any, path: Path_, actors: Mapping[str, Any]) -> Any:
    """What lies at `path`; None where something on the way is not there. An actor's id opens up
    into the actor.
    """
    for n, step in enumerate(path):
        if value is None:
            return None
        if not isinstance(step, str):
            if not isinstance(value, list):
                raise AnnotatorError("The mapping file has [] behind what is no list in records.")
            if step is None:
                return [_at(item, path[n + 1 :], actors) for item in value]
            value = value[step] if step < len(value) else None
            continue
        if isinstance(value, str):
            value = actors.get(value, {})
        if not isinstance(value, Mapping) or (step not in value and value):
            raise AnnotatorError(f"The mapping file asks for {step!r}, which records do not have there.")
        value = value.get(step)
    return value


_SHAPE = Option("shape", (), "shape: a mapping file that says which rows and fields there are")

FORMAT = Format(
    name="shape",
    title="A shape of your own",
    note="JSON lines with the rows and fields that a mapping file names.",
    suffix=".jsonl",
    writer=ShapeWriter,
    options=(_SHAPE,),
)
