"""JSONL: one object a line, either with a text among its keys or a canonical record."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from annotator.ingest.records import is_record, read_record
from annotator.ingest.results import Columns, Foreign, Read, Refused, Result, UnfitError
from annotator.ingest.streams import MOST_CHARACTERS, article_of, guess_columns, listed, longest, open_text

_MOST_LINE = 4 * MOST_CHARACTERS  # characters; escapes and a layer need room


def read_jsonl(path: Path, name: str, columns: Columns) -> Iterator[Result]:
    """Lines as articles or records; a bad line is refused by its number, the others go on."""
    file, notes = open_text(path, "lines of JSON")
    with file:
        lines = _lines(file)
        empty = True
        for number, line in lines:
            empty = False
            where = f"line {number}"
            try:
                yield _result(line, where, name, columns, notes)
            except RecursionError:
                yield Refused(name, where, "it is nested too deeply")
            except (UnfitError, ValueError) as e:
                yield Refused(name, where, str(e))
        if empty:
            raise UnfitError("there is no text in it")


def _result(line: str | None, where: str, name: str, columns: Columns, notes: tuple[str, ...]) -> Result:
    data = _object(line)
    if is_record(data):
        return Foreign(read_record(data, file=name), where)
    chosen = guess_columns(list(data), _present(columns, data))
    if chosen.text is None:
        chosen = Columns(**{**vars(chosen), "text": longest([data])})
    if chosen.text is None:
        raise UnfitError(f"no key looks like the text of an article; it has {listed(list(data))}")
    return Read(article_of(data, chosen, file=name, extractor="jsonl 1", notes=notes), where)


def _present(columns: Columns, data: dict[str, Any]) -> Columns:
    """Keys other than the text's may be missing in some lines."""
    kept = {k: (v if k == "text" or v in data else None) for k, v in vars(columns).items()}
    return Columns(**kept)


def _object(line: str | None) -> dict[str, Any]:
    if line is None:
        raise UnfitError("it is too long for one article")
    try:
        data = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as e:
        raise UnfitError(f"it is not JSON ({e.msg} at character {e.pos + 1})") from None
    if not isinstance(data, dict):
        raise UnfitError("it is not a JSON object")
    return data


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
