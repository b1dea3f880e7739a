"""Which files a choice of files and folders means."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.ingest.finishing import tidy
from annotator.ingest.results import Refused
from annotator.ingest.suffixes import ASKED_FOR, SUFFIXES

_LOSS = "LOSS.md"  # says what an export does not hold
_CARD = "README.md"  # tells of a dataset, beside the former
_SAMPLE = 4096
_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass
class Found:
    """`files` in order, each once; `skipped` counts files of folders that no reader knows;
    `labels` says for people where a file of a folder lies.
    """

    files: list[Path] = field(default_factory=list)
    labels: dict[Path, str] = field(default_factory=dict)
    skipped: int = 0
    refused: list[Refused] = field(default_factory=list)


def find(paths: Iterable[Path]) -> list[Path]:
    """Files to read: those named as they are, those of folders recursively and sorted."""
    return look(paths).files


def look(paths: Iterable[Path], *, format: str | None = None) -> Found:
    """Like `find`, with what was left out. Hidden files and projects in folders are passed over
    silently; links to folders are followed, each folder once. `format`, one of `ASKED_FOR`, leaves
    only files of its suffixes in folders; a JSON file there must be a list. A text that brat's
    annotations beside it speak of comes in with these.
    """
    found = Found()
    suffixes = frozenset(ASKED_FOR[format]) if format else SUFFIXES
    for path in paths:
        if path.is_dir():
            _look_in(path, path.absolute().parent, found, set(), suffixes)
        elif path not in found.labels:
            _add(found, path, path.name)
    spoken_of = {path.with_suffix(".txt") for path in found.files if path.suffix == ".ann"}
    found.files = [path for path in found.files if path not in spoken_of]
    return found


def _look_in(folder: Path, root: Path, found: Found, seen: set[str], suffixes: frozenset[str]) -> None:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    for path in _children(folder, found):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            _look_in(path, root, found, seen, suffixes)
        elif path.suffix.lower() in suffixes and path.is_file() and _may_be_meant(path):
            if path not in found.labels:
                _add(found, path, path.absolute().relative_to(root).as_posix())
        elif path.suffix.lower() != ".annot":
            found.skipped += 1


def _may_be_meant(path: Path) -> bool:
    """False for what stands beside articles: our reports and cards, and JSON that is no list."""
    if path.suffix.lower() != ".json":
        return path.name != _LOSS and not (path.name == _CARD and _in_dataset(path.parent))
    try:
        with path.open("rb") as file:
            return file.read(_SAMPLE).lstrip(_BLANK).startswith(b"[")
    except OSError:
        return True


def _in_dataset(folder: Path) -> bool:
    """Whether an export or a release lies there; in a release some formats have folders of their own."""
    return any((place / _LOSS).is_file() for place in (folder, folder.parent))


def _children(folder: Path, found: Found) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError as e:
        found.refused.append(
            Refused(tidy(folder.name) or "?", "", f"the folder cannot be read ({e.strerror})")
        )


def _add(found: Found, path: Path, label: str) -> None:
    found.files.append(path)
    found.labels[path] = tidy(label) or path.name
