"""A folder that Hugging Face `datasets` loads by its name: canonical records in splits, and a README.md
whose head declares the splits and the type of every column.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from annotator.export import features
from annotator.export.formats import Format, Job, Option, Record, Writer
from annotator.export.record_files import Lines, Parquet, RecordFile

_SPLITS = {"train": "train", "dev": "validation", "test": "test"}  # ours -> theirs
_FILES: dict[str, type[RecordFile]] = {"jsonl": Lines, "parquet": Parquet}
_WHOLE_DAY = len("2024-01-31")
_TEXT = """
Articles with mentions and statements: who says what to or about whom, on which topic. One canonical
record a row; offsets are half-open ranges of Unicode code points of `text`. `decision` tells apart what
is only suggested, confirmed, corrected and rejected: leave the rejected ones out, or use them as negatives.

Near-copies of one text stand in one split. For a dataset that is cited make a release, which adds counts,
agreement, licences and checksums.
"""


class HuggingFaceWriter(Writer):
    """Writes the splits `train`, `validation` and `test`, those that hold something, and `README.md`. An
    article whose split nobody said is for training.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._split_of = job.splits
        self._order: list[str] = []  # the split of each record, as they came
        self._whole_days: bool | None = None
        self._file = _FILES[self.options["files"]]
        self._files = {
            name: self._file(self.folder / f"{name}{self._file.suffix}") for name in _SPLITS.values()
        }

    def add(self, record: Record) -> str:
        """Write the record into its split; a reader must find exactly it."""
        name = _SPLITS[self._split_of.get(record["id"], "train")]
        found = self._files[name].put(record)
        self._order.append(name)
        if published := record["meta"]["published"]:
            self._whole_days = self._whole_days is not False and len(published) == _WHOLE_DAY
        return found

    def close(self) -> list[Path]:
        """Close the splits, remove empty ones, write the card."""
        with ExitStack() as stack:  # all of them, should one fail
            for file in self._files.values():
                stack.callback(file.close)
        used = [name for name in _SPLITS.values() if name in self._order]
        for name, file in self._files.items():
            if name not in used:
                file.path.unlink()
        card = self.folder / "README.md"
        card.write_text("\n".join(self._card(used)) + _TEXT, encoding="utf-8", newline="\n")
        return [card, *(self._files[name].path for name in used)]

    def _card(self, used: list[str]) -> Iterator[str]:
        yield "---"
        yield f"pretty_name: {features.quoted(self.stem)}"
        yield "configs:"
        yield "- config_name: default"
        yield "  data_files:"
        for name in used:
            yield f"  - split: {name}"
            yield f"    path: {self._files[name].path.name}"
        yield "dataset_info:"
        yield "- config_name: default"
        yield "  features:"
        times = self._file is Lines
        whole_days = bool(self._whole_days) and times
        yield from features.yaml(features.record(whole_days=whole_days, times=times), "  ")
        yield "---"
        yield f"# {' '.join(self.stem.split())}"
        yield ""

    def reread(self) -> Iterator[str]:
        """The records in the order they came, each from its split."""
        files = {name: self._files[name].read() for name in dict.fromkeys(self._order)}
        for name in self._order:
            yield next(files[name], "")
        if any(next(file, None) is not None for file in files.values()):
            raise ValueError("more rows than records")


FORMAT = Format(
    name="hf",
    title="Hugging Face folder",
    note="Canonical records as `train`, `validation` and `test` (80/10/10, near-copies together, always "
    "split alike) and a dataset card that declares every column's type.",
    suffix=".jsonl",
    writer=HuggingFaceWriter,
    options=(
        Option("files", tuple(_FILES), "hf: splits as jsonl (default), or parquet if its extra is installed"),
    ),
    lossless=True,
    splits=True,
)
