"""Backups of a project: which there are, and putting one of them in the project's place."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.errors import AnnotatorError
from annotator.storage import backup, opening
from annotator.storage.connection import connect, plain_errors
from annotator.storage.lock import WriterLock


class Backup(NamedTuple):
    """A backup in the project's folder of them: when it was made (UTC) and its size in bytes."""

    path: Path
    at: datetime
    size: int


def backups(project: Path) -> list[Backup]:
    """All there are, newest first; none when the folder cannot be read."""
    try:
        files = [p for p in backup.folder(project).iterdir() if p.suffix == project.suffix and p.is_file()]
        found = [Backup(p, _made(project, p), p.stat().st_size) for p in files]
    except OSError:
        return []
    return sorted(found, key=lambda b: (b.at, b.path.name), reverse=True)


def restore(project: Path, chosen: Path) -> Path:
    """Put the backup `chosen` in the place of `project`, which no window of this process may have
    open; the file as it was is kept among the backups and returned.

    All or nothing. Raises ProjectLocked when the project is open elsewhere, AnnotatorError when the
    backup is no sound project or cannot be put there.
    """
    project = project.resolve()
    if opening.is_open_here(project):
        raise AnnotatorError(f"{project.name} is still open.", "Close it first.")
    opening.inspect(chosen)
    lock = WriterLock.of(project)
    if lock is None:
        raise AnnotatorError(f"{project.name} cannot be written.", "Check the rights of its folder.")
    try:
        return _restored(project, chosen)
    except OSError as e:
        message = f"The backup cannot be put in place: {e.strerror or e}."
        raise AnnotatorError(message, "The project is as it was.") from None
    finally:
        lock.release()


def copy_beside(project: Path, chosen: Path) -> Path:
    """A copy of a backup beside the project, to look into while project and backup stay as they are."""
    opening.inspect(chosen)
    stamp = _made(project, chosen).astimezone().strftime("%Y-%m-%d %H.%M")
    names = (f"{project.stem} as of {stamp}{n}" for n in ("", *(f" ({i})" for i in range(2, 1000))))
    target = next(
        path for path in (project.with_name(n + project.suffix) for n in names) if not path.exists()
    )
    with plain_errors(chosen), closing(connect(chosen, read_only=True)) as conn:
        return backup.back_up(conn, project, target)


def _made(project: Path, path: Path) -> datetime:
    stamp = path.name.removeprefix(f"{project.stem}-").removesuffix(project.suffix)
    try:
        return datetime.strptime(stamp, "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _restored(project: Path, chosen: Path) -> Path:
    """With the lock held. The chosen one is copied first: the new backup may rotate it away."""
    waiting = project.with_name(f"{project.name}.restoring")
    try:
        with plain_errors(chosen):
            _copy_sound(chosen, waiting)
        kept = _kept(project)
        if kept is not None:
            _write_over(waiting, project)
            return kept
        aside = _put_aside(project)
        waiting.replace(project)
        return aside
    finally:
        waiting.unlink(missing_ok=True)


def _copy_sound(chosen: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    to.touch()
    with closing(connect(chosen, read_only=True)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise AnnotatorError(f"The backup {chosen.name} is damaged.", "Choose another one.")


def _kept(project: Path) -> Path | None:
    """A backup of the project as it is, or None when it is too damaged for that."""
    try:
        opening.inspect(project)
        with closing(connect(project)) as conn:
            conn.execute("SELECT key FROM setting LIMIT 1").fetchone()
            return backup.back_up(conn, project)
    except (AnnotatorError, sqlite3.DatabaseError):
        return None


def _write_over(source: Path, project: Path) -> None:
    # One transaction of SQLite's, which readers in other processes live with; a file put in the
    # place of an open one would meet their write-ahead log.
    with (
        plain_errors(project),
        closing(connect(source, read_only=True)) as copy,
        closing(connect(project)) as conn,
    ):
        copy.backup(conn)


def _put_aside(project: Path) -> Path:
    """Move what cannot even be read out of the way, with SQLite's files beside it."""
    folder = backup.folder(project)
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = folder / f"{project.stem}-damaged-{stamp}{project.suffix}"
    if project.exists():
        shutil.copy2(project, aside)
    for suffix in ("-wal", "-shm"):
        beside = opening.side_file(project, suffix)
        if beside.exists():
            beside.replace(opening.side_file(aside, suffix))
    return aside
