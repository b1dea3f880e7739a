"""What an export format is: a writer that takes canonical records one by one, and reads its own
files back so that what was meant and what was written can be compared.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.export.loss import Loss

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """A choice a format offers; the first of `choices` is the default. No choices: any text."""

    name: str
    choices: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Job:
    """What a writer is told: the folder to write in, the files' stem, options, where to report loss;
    for formats that ask, the split (train, dev, test) of each article.
    """

    folder: Path
    stem: str
    options: Mapping[str, str]
    loss: Loss
    splits: Mapping[str, str] = field(default_factory=dict)


class Writer(ABC):
    """One export under way. Records arrive sorted; memory must not grow with their number."""

    def __init__(self, job: Job) -> None:
        self.folder = job.folder
        self.stem = job.stem
        self.options = job.options
        self.loss = job.loss

    @abstractmethod
    def add(self, record: Record) -> str | None:
        """Write one record; return what a reader must find of it, as one string, or None when the
        format has no place for such a record at all.
        """

    @abstractmethod
    def close(self) -> list[Path]:
        """Finish and close all files, and name them. Called also when the export is given up."""

    @abstractmethod
    def reread(self) -> Iterator[str]:
        """After `close`: what a reader finds in the files, a string for each that `add` gave."""


@dataclass(frozen=True)
class Format:
    """A format as the registry lists it. `note` says in one sentence what it carries; `lossless` that
    a record can be put together again from it; `splits` that it asks for the splits of articles.
    """

    name: str
    title: str
    note: str
    suffix: str
    writer: type[Writer]
    options: tuple[Option, ...] = ()
    lossless: bool = False
    splits: bool = False
