"""Connections to a project file: how they are opened, how they write, and what SQLite's complaints
mean in plain words.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from annotator.errors import AnnotatorError

APPLICATION_ID = 0x414E4E4F  # "ANNO"
SCHEMA_VERSION = 3  # of PRAGMA user_version; a test holds it to the migrations
BUSY_SECONDS = 15.0  # how long one connection waits for another of this program


def connect(path: Path, *, read_only: bool = False, frozen: bool = False) -> sqlite3.Connection:
    """A connection that begins and ends its transactions explicitly and may change threads.

    `frozen` reads a file in a folder where not even SQLite's side files can be written.
    """
    mode = "mode=ro&immutable=1" if frozen else "mode=ro" if read_only else "mode=rw"
    conn = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = FULL")
    if read_only:  # perhaps somebody else's file; writing needs trust, FTS5's triggers fail without
        conn.execute("PRAGMA trusted_schema = OFF")
    return conn


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """What is read inside belongs together, whatever other connections write meanwhile."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; inside another transaction a savepoint of it."""
    if conn.in_transaction:
        begin, commit, undo = "SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"
    else:
        begin, commit, undo = "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
    conn.execute(begin)
    try:
        yield
        _refuse_lost(conn)
        conn.execute(commit)
    except BaseException:
        if conn.in_transaction:  # SQLite itself may have rolled back, when the disk is full
            conn.execute(undo)
            if undo != "ROLLBACK":
                conn.execute(commit)
        raise


def _refuse_lost(conn: sqlite3.Connection) -> None:
    if not conn.in_transaction:
        raise AnnotatorError("The disk failed amid this, so nothing of it was saved.", "Try again.")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file into sentences; our own mistakes pass through."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except sqlite3.Error as e:
        explain(e, path)
    except UnicodeDecodeError as e:  # SQLite's complaint quotes bytes that are no words
        message, hint = _DAMAGED
        raise AnnotatorError(message.format(path.name), hint) from e
    except UnicodeEncodeError as e:
        message = "This holds half a character, which cannot be saved."
        raise AnnotatorError(message, "Remove it and try again.") from e


@contextmanager
def meaning(what: str) -> Iterator[None]:
    """Around the decoding of stored values: one that says nothing is damage to the file."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        hint = "`annotator check` says more; restore it from the newest file in the folder of its backups."
        raise AnnotatorError(f"{what} is damaged.", hint) from e


_DAMAGED = ("{} is damaged.", "Restore it from the newest file in the folder of its backups.")
_SIGNS_OF_DAMAGE = ("no such", "unsupported file format", "malformed")
_SENTENCES = {
    sqlite3.SQLITE_FULL: (
        "The disk is full, so {} was not changed.",
        "Free some space and do it again; all earlier work is safe.",
    ),
    sqlite3.SQLITE_READONLY: ("{} cannot be written.", "Check the rights of the file and its folder."),
    sqlite3.SQLITE_PERM: ("{} may not be opened.", "Check the rights of the file and its folder."),
    sqlite3.SQLITE_CANTOPEN: ("{} cannot be opened.", "Check that file and folder exist and may be read."),
    sqlite3.SQLITE_BUSY: ("Another program is writing {}.", "Close it there and try again."),
    sqlite3.SQLITE_LOCKED: ("Another program is writing {}.", "Close it there and try again."),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: (
        "The disk reported an error with {}.",
        "Check that the disk is connected and has space; all earlier work is safe.",
    ),
}


def explain(error: sqlite3.Error, path: Path) -> NoReturn:
    """Raise the AnnotatorError that says what `error` means; a code nobody expects is damage."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_ERROR and not any(sign in str(error) for sign in _SIGNS_OF_DAMAGE):
        raise error
    message, hint = _SENTENCES.get(code, _DAMAGED)
    raise AnnotatorError(message.format(path.name), hint) from error
