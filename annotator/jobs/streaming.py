"""Suggesting outside of projects: from a file into a file, or line by line between two streams."""

import io
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annotator import paths
from annotator.domain.record import dumps
from annotator.domain.scheme import LabelScheme
from annotator.errors import AnnotatorError
from annotator.ingest import Foreign, Read, read_file
from annotator.jobs.opening import open_project
from annotator.jobs.progress import Progress
from annotator.jobs.suggesting import StreamReport, load_suggester, suggest_stream, teach

if TYPE_CHECKING:
    from annotator.suggest.suggester import Suggester

log = logging.getLogger(__name__)

SELDOM = 20  # a project is read again after so many times what reading it took
_SQLITE = b"SQLite format 3\0"
_LINES = (".jsonl", ".ndjson")  # everything else is read as an article


def make_suggester(pipeline: str | None = None) -> "Suggester":
    """A suggester with the program's own scheme. Raises AnnotatorError on an unknown pipeline."""
    from annotator.suggest.pipeline import DEFAULT
    from annotator.suggest.suggester import Suggester

    scheme = (paths.resources() / "scheme" / "diplomacy.toml").read_text(encoding="utf-8")
    return Suggester(pipeline or DEFAULT, scheme=LabelScheme.from_toml(scheme))


def suggest_between(
    source: BinaryIO,
    target: BinaryIO,
    *,
    project: Path | None = None,
    pipeline: str | None = None,
    replies: bool = False,
) -> StreamReport:
    """Answer every line of `source` on `target`, each as soon as it is there.

    With a project in its way: its scheme, its actors and their names, its pipeline unless one is given.
    It is only read, and read again when it has changed. Raises AnnotatorError when it cannot be opened.
    """

    def write(line: str) -> None:
        target.write(line.encode())
        target.flush()

    if project is None:
        return suggest_stream(source, write, suggester=make_suggester(pipeline), replies=replies)
    taught = _Taught(project, pipeline)
    return suggest_stream(taught.before_each(source), write, suggester=taught.suggester, replies=replies)


class _Taught:
    """A suggester that keeps up with what people decide in a project."""

    def __init__(self, path: Path, pipeline: str | None) -> None:
        self._path = path
        self._seen, self._read_at, self._took = self._stamp(), time.monotonic(), 0.0
        with open_project(path, read_only=True) as project:
            self.suggester = load_suggester(project, pipeline=pipeline)

    def before_each(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines as they are, the project read again before one when that costs little."""
        for line in lines:
            idle = time.monotonic() - self._read_at
            if idle >= SELDOM * self._took and self._stamp() != self._seen:
                self._read()
            yield line

    def _read(self) -> None:
        started = time.monotonic()
        self._seen = self._stamp()
        try:
            with open_project(self._path, read_only=True) as project:
                teach(self.suggester, project)
        except AnnotatorError as e:  # as when it is just being replaced: what was known still serves
            log.warning("the project could not be read again: %s", e)
        self._read_at = time.monotonic()
        self._took = self._read_at - started

    def _stamp(self) -> tuple[object, ...]:
        """Differs when something was written."""
        stamp: list[object] = []
        for file in (self._path, Path(f"{self._path}-wal")):
            try:
                status = file.stat()
            except OSError:
                continue
            stamp += [file.name, status.st_mtime_ns, status.st_size]
        return tuple(stamp)


def suggest_file(
    source: Path,
    target: Path,
    *,
    pipeline: str | None = None,
    complain: Callable[[str], None],
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> StreamReport:
    """Write the records of a file of lines, or of an article, to `target`.

    `target` appears only when it is complete, and not at all when every line was refused; each
    refusal goes to `complain`. Raises AnnotatorError when a file cannot be read or written.
    """
    if not source.is_file():
        raise AnnotatorError(f"There is no file {source}.")
    _refuse_target(target)
    partial = target.with_name(f".{target.name}.partial")
    refused: list[str] = []

    def refuse(why: str) -> None:
        refused.append(why)
        complain(why)

    try:
        suggester = make_suggester(pipeline)
        with partial.open("w", encoding="utf-8", newline="\n") as out:
            lines = _counted(_lines(source, refuse), _count(source), on_progress)
            answered = _answered(lines, out, suggester, refuse)
        if answered or not refused:
            partial.replace(target)
    except OSError as e:
        name = e.filename or target
        raise AnnotatorError(f"Cannot suggest into {target}: {name}: {e.strerror or e}.") from e
    finally:
        partial.unlink(missing_ok=True)
    return StreamReport(answered, tuple(refused))


def _refuse_target(target: Path) -> None:
    """Only a plain file of text may be written over: no device, no folder, no project."""
    way_out = "Give another name after --output."
    if not target.exists():
        return
    if not target.is_file() or target.is_symlink():
        raise AnnotatorError(f"{target} is no ordinary file and was left alone.", way_out)
    with target.open("rb") as f:
        if f.read(len(_SQLITE)) == _SQLITE:
            raise AnnotatorError(f"{target} is a project or another database and was left alone.", way_out)


def _answered(
    lines: Iterable[bytes | str], out: io.TextIOBase, suggester: "Suggester", refuse: Callable[[str], None]
) -> int:
    def write(line: str) -> None:
        out.write(line)

    return suggest_stream(lines, write, suggester=suggester, complain=refuse).answered


def _count(source: Path) -> int | None:
    if source.suffix.lower() not in _LINES:
        return None
    with source.open("rb") as f:
        return sum(1 for _ in f)


def _counted(
    lines: Iterable[bytes | str], total: int | None, on_progress: Callable[[Progress], None]
) -> Iterator[bytes | str]:
    for done, line in enumerate(lines):
        on_progress(Progress(done, total, "Suggesting"))
        yield line


def _lines(source: Path, complain: Callable[[str], None]) -> Iterator[bytes | str]:
    if source.suffix.lower() in _LINES:
        with source.open("rb") as f:
            yield from f
        return
    for found in read_file(source):
        if isinstance(found, Read | Foreign):
            article = found.article if isinstance(found, Read) else found.record.article
            yield dumps({"id": article.id, "text": article.text, "title": article.meta.title})
        else:
            complain(f"{found.where}: {found.why}".removeprefix(": "))
