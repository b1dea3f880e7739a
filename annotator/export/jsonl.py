"""The canonical format: one record a line, everything carried, byte for byte repeatable."""

import json
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.record import dumps
from annotator.export.formats import Format, Job, Record, Writer


class JsonlWriter(Writer):
    """Writes `STEM.jsonl`."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")

    def add(self, record: Record) -> str:
        """Write the record as one line; a reader must find exactly that record."""
        line = dumps(record)
        self._file.write(f"{line}\n")
        return line

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Parse every line and say again what it held."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            for line in f:
                yield dumps(json.loads(line))


FORMAT = Format(
    name="jsonl",
    title="Canonical records",
    note="One JSON object an article and layer: text, metadata, mentions, actors, statements, decisions, "
    "provenance. Importing it gives the same project content back.",
    suffix=".jsonl",
    writer=JsonlWriter,
    lossless=True,
)
