"""JSONL and JSON lists: objects with a text among their keys, canonical records, or what another
annotation program writes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from annotator.ingest.annotated.converting import read_any_record
from annotator.ingest.annotated.jsonlists import items
from annotator.ingest.annotated.objects import kind_of_object, read_object
from annotator.ingest.records import is_record
from annotator.ingest.results import Columns, Read, Refused, Result, UnfitError
from annotator.ingest.streams import (
    MOST_CHARACTERS,
    article_of,
    guess_columns,
    listed,
    longest,
    open_text,
    refuse_statements,
)
from annotator.ingest.suffixes import JSONL

_MOST_LINE = 4 * MOST_CHARACTERS  # characters; escapes and a layer need room


def read_jsonl(path: Path, name: str, columns: Columns, kind: str | None = None) -> Iterator[Result]:
    """Lines as articles or records; a bad line is refused by its number, the others go on. `kind`
    names the annotation program that wrote them, when it is known.
    """
    file, notes = open_text(path, "lines of JSON")
    with file:
        empty = True
        for number, line in _lines(file):
            if empty:
                refuse_statements(_keys(line), columns)
            empty = False
            reading = _Reading(name, f"line {number}", columns, notes, kind)
            yield from reading.results(partial(_loaded, line))
        if empty:
            raise UnfitError("there is no text in it")


def read_json(path: Path, name: str, columns: Columns, kind: str | None = None) -> Iterator[Result]:
    """Like `read_jsonl`, for one list of objects, or one object."""
    file, notes = open_text(path, "JSON")
    with file:
        for number, item in items(file):
            reading = _Reading(name, f"item {number}", columns, notes, kind)
            yield from reading.results(partial(_checked, item))


@dataclass(frozen=True)
class _Reading:
    """How one object is read."""

    name: str
    where: str
    columns: Columns
    notes: tuple[str, ...]
    kind: str | None

    def results(self, load: Callable[[], dict[str, Any]]) -> Iterator[Result]:
        """What the object holds, or why it cannot be taken in."""
        try:
            yield from self._results(load())
        except RecursionError:
            yield Refused(self.name, self.where, "it is nested too deeply")
        except (UnfitError, ValueError) as e:
            yield Refused(self.name, self.where, str(e))

    def _results(self, data: dict[str, Any]) -> Iterator[Result]:
        if is_record(data):
            yield from read_any_record(data, self.name, self.where)
            return
        kind = self.kind or (kind_of_object(data) if self.columns.text is None else None)
        if kind not in (None, JSONL):
            yield from read_object(str(kind), data, self.name, self.where)
        else:
            yield self._article(data)

    def _article(self, data: dict[str, Any]) -> Read:
        chosen = guess_columns(list(data), _present(self.columns, data))
        if chosen.text is None:
            chosen = Columns(**{**vars(chosen), "text": longest([data])})
        if chosen.text is None:
            raise UnfitError(f"no key looks like the text of an article; it has {listed(list(data))}")
        article = article_of(data, chosen, file=self.name, extractor="jsonl 1", notes=self.notes)
        return Read(article, self.where)


def _keys(line: str | None) -> list[str]:
    """Keys of the object that a line is, none when it is no object."""
    try:
        value = json.loads(line or "")
    except (ValueError, RecursionError):
        return []
    return list(value) if isinstance(value, dict) else []


def _present(columns: Columns, data: dict[str, Any]) -> Columns:
    """Keys other than the text's may be missing in some lines."""
    kept = {k: (v if k == "text" or v in data else None) for k, v in vars(columns).items()}
    return Columns(**kept)


def _loaded(line: str | None) -> dict[str, Any]:
    if line is None:
        raise UnfitError("it is too long for one article")
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as e:
        raise UnfitError(f"it is not JSON ({e.msg} at character {e.pos + 1})") from None
    except ValueError:  # a number of thousands of digits
        raise UnfitError("a number in it is too long") from None
    return _checked(value)


def _checked(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnfitError("it is not a JSON object")
    return value


def _refuse_constant(name: str) -> None:
    raise UnfitError(f"it is not JSON ({name} is no number)")


def _lines(file: IO[str]) -> Iterator[tuple[int, str | None]]:
    """Lines that are not blank with their numbers; None for one too long to be kept."""
    number = 0
    while line := file.readline(_MOST_LINE):
        number += 1
        whole: str | None = line
        while line and not line.endswith(("\n", "\r")) and len(line) >= _MOST_LINE:
            whole, line = None, file.readline(_MOST_LINE)
        if whole is None or whole.strip(" \t\r\n\ufeff"):
            yield number, whole if whole is None else whole.strip("\r\n\ufeff")
