"""CSV and TSV: one article a row, read as a stream."""

import csv
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from annotator.errors import AnnotatorError
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

_SAMPLE_ROWS = 50
_MOST_COLUMNS = 2_000
_MOST_LINE = 2 * MOST_CHARACTERS

Row = tuple[int, list[str] | UnfitError]


def table_columns(path: Path) -> list[str]:
    """Names of a table's columns. Raises AnnotatorError when the file is no table."""
    try:
        file, _ = open_text(path, "a table")
        with file:
            return _header(_rows(file))
    except (UnfitError, OSError) as e:
        raise AnnotatorError(f"{path.name} cannot be read as a table: {e}.") from None


def read_table(path: Path, name: str, columns: Columns) -> Iterator[Result]:
    """Rows of the table as articles; a bad row is refused by its line, the others go on."""
    file, notes = open_text(path, "a table")
    with file:
        rows = _rows(file)
        header = _header(rows)
        first = list(islice(rows, _SAMPLE_ROWS))
        if not first:
            raise UnfitError("it has no rows below its header")
        refuse_statements(header, columns)
        columns = guess_columns(header, columns)
        if columns.text is None:
            good = [dict(zip(header, row, strict=False)) for _, row in first if isinstance(row, list)]
            columns = guess_columns(header, Columns(**{**vars(columns), "text": longest(good)}))
        if columns.text is None:
            raise UnfitError(f"no column looks like the text of articles; it has {listed(header)}")
        for line, row in chain(first, rows):
            yield _result(name, line, row, header, columns, notes)


def _result(
    name: str,
    line: int,
    row: list[str] | UnfitError,
    header: list[str],
    columns: Columns,
    notes: tuple[str, ...],
) -> Result:
    where = f"line {line}"
    if isinstance(row, UnfitError):
        return Refused(name, where, str(row))
    if len(row) > len(header) and any(row[len(header) :]):
        return Refused(name, where, f"it has {len(row):,} cells where the header has {len(header):,}")
    cells = dict(zip(header, row, strict=False))
    try:
        return Read(article_of(cells, columns, file=name, extractor="csv 1", notes=notes), where)
    except UnfitError as e:
        return Refused(name, where, str(e))


def _rows(file: IO[str]) -> Iterator[Row]:
    """Rows that are not blank, each with the line it starts on, or why it cannot be read."""
    csv.field_size_limit(MOST_CHARACTERS)
    sample = file.read(65536)
    file.seek(0)
    reader = csv.reader(_physical(file), delimiter=_delimiter(sample), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            yield line, UnfitError(_csv_words(e))
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _physical(file: IO[str]) -> Iterator[str]:
    while line := file.readline(_MOST_LINE):
        if len(line) == _MOST_LINE:
            raise UnfitError("it holds a line too long for any table of articles")
        yield line


def _header(rows: Iterator[Row]) -> list[str]:
    for _, row in rows:
        if isinstance(row, UnfitError):
            raise row
        names = [cell.replace("\ufeff", "").strip() for cell in row]
        if len(names) > _MOST_COLUMNS:
            raise UnfitError(f"it has {len(names):,} columns, too many for a table of articles")
        return [name or f"column {n}" for n, name in enumerate(names, 1)]
    raise UnfitError("there is no text in it")


def _delimiter(sample: str) -> str:
    """The sign that parts the header's cells; a comma when none does."""
    head = next((line for line in sample.split("\n") if line.strip()), "")
    outside = "".join(head.split('"')[::2])
    return max(",\t;|", key=lambda sign: (outside.count(sign), sign == ","))


def _csv_words(error: csv.Error) -> str:
    words = str(error)
    if "field larger" in words:
        return "a cell is too large for one article"
    if "unexpected end" in words:
        return "a quotation mark is never closed"
    return f"its quotation marks are not those of a table ({words})"
