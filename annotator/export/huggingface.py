"""A folder that Hugging Face `datasets` loads by its name: canonical records in splits, and a README.md
whose head declares the splits and the type of every column.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from annotator.domain.record import dumps
from annotator.export import features
from annotator.export.formats import Format, Job, Record, Writer

_SPLITS = {"train": "train", "dev": "validation", "test": "test"}  # ours -> theirs
_WHOLE_DAY = len("2024-01-31")
_TEXT = """
Articles with mentions and statements: who says what to or about whom, on which topic. One canonical
record a line; offsets are half-open ranges of Unicode code points of `text`. `decision` tells apart what
is only suggested, confirmed, corrected and rejected: leave the rejected ones out, or use them as negatives.

Near-copies of one text stand in one split. For a dataset that is cited make a release, which adds counts,
agreement, licences and checksums.
"""


class HuggingFaceWriter(Writer):
    """Writes `train.jsonl`, `validation.jsonl` and `test.jsonl`, those that hold something, and
    `README.md`. An article whose split nobody said is for training.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._split_of = job.splits
        self._order: list[str] = []  # the split of each record, as they came
        self._whole_days: bool | None = None
        self._open = ExitStack()
        self._files = {
            name: self._open.enter_context(self._path(name).open("w", encoding="utf-8", newline="\n"))
            for name in _SPLITS.values()
        }

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"

    def add(self, record: Record) -> str:
        """Write the record into its split; a reader must find exactly it."""
        name = _SPLITS[self._split_of.get(record["id"], "train")]
        line = dumps(record)
        self._files[name].write(f"{line}\n")
        self._order.append(name)
        if published := record["meta"]["published"]:
            self._whole_days = self._whole_days is not False and len(published) == _WHOLE_DAY
        return line

    def close(self) -> list[Path]:
        """Close the splits, remove empty ones, write the card."""
        self._open.close()
        used = [name for name in _SPLITS.values() if name in self._order]
        for name in _SPLITS.values():
            if name not in used:
                self._path(name).unlink()
        card = self.folder / "README.md"
        card.write_text("\n".join(self._card(used)) + _TEXT, encoding="utf-8", newline="\n")
        return [card, *map(self._path, used)]

    def _card(self, used: list[str]) -> Iterator[str]:
        yield "---"
        yield f"pretty_name: {features.quoted(self.stem)}"
        yield "configs:"
        yield "- config_name: default"
        yield "  data_files:"
        for name in used:
            yield f"  - split: {name}"
            yield f"    path: {name}.jsonl"
        yield "dataset_info:"
        yield "- config_name: default"
        yield "  features:"
        yield from features.yaml(features.record(whole_days=bool(self._whole_days)), "  ")
        yield "---"
        yield f"# {' '.join(self.stem.split())}"
        yield ""

    def reread(self) -> Iterator[str]:
        """The records in the order they came, each from its split."""
        with ExitStack() as stack:
            files = {
                name: stack.enter_context(self._path(name).open(encoding="utf-8", newline="\n"))
                for name in dict.fromkeys(self._order)
            }
            for name in self._order:
                yield dumps(json.loads(files[name].readline()))
            if any(file.readline() for file in files.values()):
                raise ValueError("more lines than records")


FORMAT = Format(
    name="hf",
    title="Hugging Face folder",
    note="Canonical records as `train.jsonl`, `validation.jsonl` and `test.jsonl` (80/10/10, near-copies "
    "together, always split alike) and a dataset card that declares every column's type.",
    suffix=".jsonl",
    writer=HuggingFaceWriter,
    lossless=True,
    splits=True,
)
