"""What a format could not carry: counted with a few examples, and the LOSS.md that says it.

One LOSS.md serves a whole folder: it has a section for each export that lies there.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "LOSS.md"
EXAMPLES = 5
_TITLE = "# Loss report"
_INTRO = (
    "What the exports in this folder could not carry over from the project, counted, with up to five "
    "examples each. The canonical format `jsonl` carries everything."
)
_FILE = re.compile(r"^- `([^`]+)` SHA-256 ", re.MULTILINE)


@dataclass
class Tally:
    """How often one kind of thing happened, and the first few cases."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str, count: int) -> None:
        """Count on; keep the example while there is room."""
        self.count += count
        if example and len(self.examples) < EXAMPLES:
            self.examples.append(" ".join(example.split()))


class Loss:
    """Everything one export did not write: `lost` because the format has no place for it,
    `left_out` because the user or a rule chose so.
    """

    def __init__(self) -> None:
        self.lost: dict[str, Tally] = {}
        self.left_out: dict[str, Tally] = {}

    def add(self, what: str, example: str = "", *, count: int = 1) -> None:
        """Note something that the format cannot hold; nothing happens for a count of 0."""
        _add(self.lost, what, example, count)

    def leave_out(self, what: str, example: str = "", *, count: int = 1) -> None:
        """Note something left out on purpose; nothing happens for a count of 0."""
        _add(self.left_out, what, example, count)

    def counts(self) -> dict[str, int]:
        """Lost things by kind, for scripts."""
        return {what: tally.count for what, tally in self.lost.items()}


def _add(tallies: dict[str, Tally], what: str, example: str, count: int) -> None:
    if count:
        tallies.setdefault(what, Tally()).add(example, count)


def quoted(record: Mapping[str, Any], start: int, end: int) -> str:
    """A place as examples name it: article, offsets, words (long ones shortened in the middle)."""
    words = record["text"][start:end]
    if len(words) > 60:
        words = f"{words[:40]} … {words[-15:]}"
    return f"{record['id']} {start}–{end} “{words}”"


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def section(heading: str, note: str, chosen: Mapping[str, object], files: Iterable[Path], loss: Loss) -> str:
    """One export's part of LOSS.md: what was chosen, the files with their hashes, what is missing."""
    lines = [f"## {heading}", "", note, ""]
    lines += [f"- {key}: {value}" for key, value in chosen.items()]
    named = [f"- `{path.name}` SHA-256 `{file_sha256(path)}`" for path in files]
    lines += ["", "Files:", "", *named] if named else []
    lines += ["", *_tallies("Could not be carried", loss.lost), "", *_tallies("Left out", loss.left_out), ""]
    return "\n".join(lines)


def _tallies(title: str, tallies: Mapping[str, Tally]) -> Iterable[str]:
    if not tallies:
        yield f"{title}: nothing."
        return
    yield f"{title}:"
    yield ""
    for what, tally in sorted(tallies.items()):
        yield f"- {what}: {tally.count}"
        yield from (f"  - {example}" for example in tally.examples)


def with_section(old: str, new: str, folder: Path) -> str:
    """LOSS.md after an export: its section replaced or added, sections whose files are gone dropped.

    A text that is no loss report of ours is replaced as a whole.
    """
    sections = _sections(old)
    kept = {h: s for h, s in sections.items() if _files_exist(s, folder)}
    kept.update(_sections(f"{_TITLE}\n\n{new}"))
    return "\n".join([_TITLE, "", _INTRO, "", *(kept[h] for h in sorted(kept))])


def files_of(report: str, heading: str) -> list[str]:
    """Names of the files that an older report lists under this heading."""
    return [Path(name).name for name in _FILE.findall(_sections(report).get(f"## {heading}", ""))]


def _sections(report: str) -> dict[str, str]:
    if not report.startswith(_TITLE):
        return {}
    _, *parts = re.split(r"^(?=## )", report, flags=re.MULTILINE)
    return {part.partition("\n")[0]: part.rstrip("\n") + "\n" for part in parts}


def _files_exist(section: str, folder: Path) -> bool:
    names = _FILE.findall(section)
    return bool(names) and all((folder / Path(name).name).is_file() for name in names)
