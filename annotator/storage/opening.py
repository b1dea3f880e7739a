"""Is this file a project, and of a version we know? Answered before SQLite may touch a byte of it."""

import contextlib
import os
import sqlite3
import struct
import tempfile
from collections import Counter
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage import backup
from annotator.storage.connection import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes; offsets below from SQLite's description of its file format


# Closing a file drops all of a process's POSIX locks on it, SQLite's too (sqlite.org/howtocorrupt.html,
# 2.2): a file that this process has open must not be opened beside SQLite.
_OPEN_HERE: Counter[Path] = Counter()


def is_open_here(path: Path) -> bool:
    """True when this process has the project open, so that it was inspected before."""
    return _OPEN_HERE[path] > 0


def note_open(path: Path) -> None:
    """Count a connection of this process."""
    _OPEN_HERE[path] += 1


def note_closed(path: Path) -> None:
    """Take one off the count."""
    _OPEN_HERE[path] -= 1


def inspect(path: Path) -> None:
    """Raises AnnotatorError, one sentence and a way out, for everything that is not a whole project."""
    if path.exists() and not (path.is_file() or path.is_dir()):  # reading from a pipe would wait for ever
        raise AnnotatorError(f"{path.name} is not an ordinary file.", "Choose a file that ends in .annot.")
    head, size = _first_bytes(path)
    if not head:
        raise AnnotatorError(f"{path.name} is empty.", "Choose another file, or start a new project.")
    if not head.startswith(_MAGIC):
        raise AnnotatorError(f"{path.name} is not a project file.", "Projects end in .annot.")
    if len(head) < _HEADER:
        raise _cut_short(path)
    application, version = _number(head, 68), _number(head, 60)
    if application != APPLICATION_ID:
        raise AnnotatorError(
            f"{path.name} is a database of another program.", "Choose a project of this program."
        )
    refuse_newer(path, version)
    if size < _expected_size(head) and not _has_bytes(side_file(path, "-wal")):
        raise _cut_short(path)


def refuse_newer(path: Path, version: int) -> None:
    """Raises AnnotatorError when a later release of this program wrote the file."""
    if version > SCHEMA_VERSION:
        raise AnnotatorError(
            f"{path.name} was made by a newer version of this program.", "Update the program to open it."
        )


def bring_up_to_date(conn: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """See that an open file is sound at first sight, and migrate an older one after a backup.

    Raises AnnotatorError when the file may only be read and is of an older version.
    """
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    refuse_newer(path, version)
    if version < SCHEMA_VERSION:
        if read_only:
            raise AnnotatorError(
                f"{path.name} was made by an older version of this program.",
                "Open it once for writing to bring it up to date.",
            )
        from annotator.storage.migrations import migrate  # late: sqlite_utils takes long to import

        backup.back_up(conn, path)
        migrate(conn)
    conn.execute("SELECT key FROM setting LIMIT 1").fetchone()


def side_file(path: Path, suffix: str) -> Path:
    """SQLite's own files beside the project: `-wal`, `-shm`."""
    return path.with_name(path.name + suffix)


def writable(path: Path) -> bool:
    """True when file and folder can be written, as SQLite needs both."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(p, os.W_OK, effective_ids=effective) for p in (path, path.parent))


def needs_frozen(path: Path) -> bool:
    """True when the folder cannot hold SQLite's side files, not even for reading.

    Raises AnnotatorError when that hides work that was not yet folded into the file.
    """
    with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=path.parent):
        return False
    if _has_bytes(side_file(path, "-wal")):
        if side_file(path, "-shm").exists():
            return False
        raise AnnotatorError(
            f"{path.name} was not closed properly and its folder cannot be written.",
            f"Copy it and {path.name}-wal to another folder and open the copy.",
        )
    return True


def _first_bytes(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER), path.stat().st_size
    except FileNotFoundError:
        raise AnnotatorError(f"There is no file {path}.", "Check the name, or start a new project.") from None
    except IsADirectoryError:
        raise AnnotatorError(
            f"{path} is a folder, not a project.", "Choose a file that ends in .annot."
        ) from None
    except PermissionError:
        if path.is_dir():  # what Windows says of folders
            message = f"{path} is a folder, not a project."
            raise AnnotatorError(message, "Choose a file that ends in .annot.") from None
        raise AnnotatorError(f"{path.name} may not be read.", "Check the rights of the file.") from None
    except OSError as e:
        raise AnnotatorError(f"{path.name} cannot be read: {e.strerror}.", "Check the disk.") from None


def _expected_size(head: bytes) -> int:
    if head[24:28] != head[92:96]:  # an old writer left the page count untold
        return 0
    page = struct.unpack(">H", head[16:18])[0]
    return (65536 if page == 1 else page) * _number(head, 28)


def _cut_short(path: Path) -> AnnotatorError:
    return AnnotatorError(
        f"{path.name} is cut short.", f"Restore it from a backup in {path.stem}-backups, or copy it anew."
    )


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _number(head: bytes, at: int) -> int:
    return int(struct.unpack(">I", head[at : at + 4])[0])
