"""A new project file: made whole under another name, then given its own, so that a crash leaves
nothing or a clean file.
"""

import contextlib
import glob
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.scheme import LabelScheme
from annotator.errors import AnnotatorError
from annotator.storage import settings, writing
from annotator.storage.connection import connect, plain_errors, transaction
from annotator.storage.lock import WriterLock
from annotator.storage.opening import side_file


def create(path: Path, *, annotator: str, scheme: LabelScheme) -> WriterLock:
    """Make the file and return the right to write it. Raises AnnotatorError when something of that
    name is there, or the folder is missing or cannot be written.
    """
    _refuse_existing(path)
    with _folder_errors(path):
        lock = WriterLock(path)
    try:
        with _folder_errors(path), plain_errors(path):
            _remove_leftovers(path)
            temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
            try:
                _fill(temporary, annotator, scheme)
                _give_name(temporary, path)
            finally:
                _remove(temporary)
    except BaseException:
        lock.release()
        raise
    return lock


def _refuse_existing(path: Path) -> None:
    if not path.parent.is_dir():  # the lock would make it
        raise AnnotatorError(f"There is no folder {path.parent}.", "Make it, or choose another.")
    if path.exists():
        raise AnnotatorError(f"{path.name} is already there.", "Open it, or choose another name.")
    left = side_file(path, "-wal")
    if left.exists():  # SQLite would take it for part of the new project
        raise AnnotatorError(
            f"{left.name} is left of another project of this name.", "Move it away, or choose another name."
        )


@contextlib.contextmanager
def _folder_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise AnnotatorError(f"{path.name} is already there.", "Open it, or choose another name.") from None
    except OSError as e:
        raise AnnotatorError(
            f"{path.name} cannot be made in {path.parent}: {e.strerror or e}.", "Choose another folder."
        ) from None


def _fill(temporary: Path, annotator: str, scheme: LabelScheme) -> None:
    from annotator.storage.migrations import migrate  # late: sqlite_utils takes long to import

    temporary.touch(exist_ok=False)
    conn = connect(temporary)
    try:
        conn.execute("PRAGMA synchronous = OFF")  # the whole file is synced before it gets its name
        conn.execute("PRAGMA journal_mode = MEMORY")
        migrate(conn)
        with transaction(conn):
            writing.add_annotator(conn, annotator)
            settings.write(conn, "annotator", annotator)
            settings.write(conn, "scheme", scheme.as_dict())
        conn.execute("PRAGMA journal_mode = WAL")
    finally:
        conn.close()


def _give_name(temporary: Path, path: Path) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)  # unlike renaming, never replaces a file that came meanwhile
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        _refuse_existing(path)
        temporary.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_leftovers(path: Path) -> None:
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        _remove(left)


def _remove(path: Path) -> None:
    for name in (path, side_file(path, "-wal"), side_file(path, "-shm"), side_file(path, "-journal")):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
