"""Files of canonical records, one split each: JSON lines, or Parquet where the extra is installed."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.domain.record import dumps
from annotator.errors import AnnotatorError
from annotator.export import features
from annotator.export.formats import Record

_GROUP = 200  # records of a row group, held until it is written


class RecordFile(ABC):
    """A file that records are put into one by one; after `close` it can be read."""

    suffix: str

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def put(self, record: Record) -> str:
        """Take one record; return what a reader must find of it."""

    @abstractmethod
    def close(self) -> None:
        """Write what is held and close."""

    @abstractmethod
    def read(self) -> Iterator[str]:
        """What a reader finds, record by record."""


class Lines(RecordFile):
    """A record a line."""

    suffix = ".jsonl"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def put(self, record: Record) -> str:
        """Write the line."""
        line = dumps(record)
        self._file.write(f"{line}\n")
        return line

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self) -> Iterator[str]:
        """Every line parsed and said again."""
        with self.path.open(encoding="utf-8", newline="\n") as f:
            for line in f:
                yield dumps(json.loads(line))


class Parquet(RecordFile):
    """A record a row, with the columns of `features`; times stay the strings that they are."""

    suffix = ".parquet"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as e:
            hint = "Install it where you have a network, beside the program: pip install pyarrow."
            raise AnnotatorError(
                "Parquet files need the extra `parquet`, which is not installed.", hint
            ) from e
        self._shape = features.record(whole_days=False, times=False)
        self._arrow, self._parquet = pyarrow, parquet
        self._schema = pyarrow.schema([(k, self._type(v)) for k, v in self._shape.items()])
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._waiting: list[Mapping[str, Any]] = []

    def put(self, record: Record) -> str:
        """Hold the record until a row group is full. Raises ValueError when a column has no place."""
        row = features.typed(record, self._shape)
        self._waiting.append(row)
        if len(self._waiting) >= _GROUP:
            self._flush()
        return dumps(row)

    def close(self) -> None:
        """Write the last row group."""
        try:
            self._flush()
        finally:
            self._writer.close()

    def read(self) -> Iterator[str]:
        """Every row as plain values."""
        with self._parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(_GROUP):
                yield from map(dumps, batch.to_pylist())

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            self._writer.write_table(self._arrow.Table.from_pylist(rows, schema=self._schema))

    def _type(self, kind: Any) -> Any:
        if isinstance(kind, list):
            return self._arrow.list_(self._type(kind[0]))
        if isinstance(kind, Mapping):
            return self._arrow.struct([(name, self._type(inner)) for name, inner in kind.items()])
        return self._arrow.type_for_alias(kind)
