"""The open project file: how it is made, opened, shared between threads, read and written as a
whole, with what the project remembers about itself. `project.Project` adds what it holds.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.errors import AnnotatorError
from annotator.storage import creating, opening, settings
from annotator.storage.connection import connect, meaning, plain_errors, snapshot, transaction
from annotator.storage.journal import UndoStack
from annotator.storage.lock import WriterLock


class ProjectFile:
    """An open file; `with` closes it. Methods raise AnnotatorError when the file cannot do what was
    asked; nothing is ever half-written.
    """

    def __init__(
        self,
        path: Path,
        conn: sqlite3.Connection,
        lock: WriterLock | None,
        *,
        annotator: str | None,
        frozen: bool,
    ) -> None:
        """For `create`, `open` and `sibling` only."""
        self.path = path
        self.read_only = lock is None
        self._conn = conn
        self._lock = lock
        self._frozen = frozen
        self._closed = False
        self._in_snapshot = False
        self._as = annotator
        self._undo = UndoStack()
        self._texts: dict[str, str] = {}
        self._scheme: tuple[str, LabelScheme] | None = None
        opening.note_open(path)

    @classmethod
    def create(cls, path: Path, *, annotator: str) -> Self:
        """A new project, open for writing; refuses an existing file."""
        path = Path(path).absolute()
        path = path.parent.resolve() / path.name
        default = (paths.resources() / "scheme" / "diplomacy.toml").read_text(encoding="utf-8")
        lock = creating.create(path, annotator=annotator, scheme=LabelScheme.from_toml(default))
        return cls._connected(path, lock, annotator=None)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, annotator: str | None = None) -> Self:
        """An existing project. `annotator` works under this name without making it the project's.

        Opens read-only (see `read_only`) when file or folder cannot be written; raises
        ProjectLocked when another process writes it and read-only was not asked for.
        """
        path = Path(path).resolve()
        if not opening.is_open_here(path):
            opening.inspect(path)
        if read_only or not opening.writable(path):
            return cls._connected(path, None, annotator=annotator)
        lock = WriterLock.of(path)
        return cls._connected(path, lock, annotator=annotator)

    @classmethod
    def _connected(cls, path: Path, lock: WriterLock | None, *, annotator: str | None) -> Self:
        try:
            frozen = lock is None and opening.needs_frozen(path)
            with plain_errors(path):
                conn = connect(path, read_only=lock is None, frozen=frozen)
                try:
                    opening.bring_up_to_date(conn, path, read_only=lock is None)
                except BaseException:
                    conn.close()
                    raise
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, conn, lock, annotator=annotator, frozen=frozen)

    def sibling(self) -> Self:
        """A second connection, for a worker thread; shares the right to write and closes alone."""
        with plain_errors(self.path):
            conn = connect(self.path, read_only=self.read_only, frozen=self._frozen)
        lock = self._lock.share() if self._lock else None
        return type(self)(self.path, conn, lock, annotator=self._as, frozen=self._frozen)

    def close(self) -> None:
        """Closing twice is once."""
        if self._closed:
            return
        self._closed = True
        self._conn.close()
        opening.note_closed(self.path)
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        outer = self._in_snapshot
        self._in_snapshot = outer or not self._conn.in_transaction
        try:
            with plain_errors(self.path), snapshot(self._conn):
                yield self._conn
        finally:
            self._in_snapshot = outer

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise AnnotatorError(
                f"{self.path.name} is open for reading only.",
                "Close it elsewhere and open it again to write.",
            )
        if self._in_snapshot:  # it ends in a rollback: what was written would vanish after it was told
            raise RuntimeError("writing amid a snapshot; write through another sibling")
        try:
            with plain_errors(self.path), transaction(self._conn):
                yield self._conn
        except BaseException:
            self._undo.forget()
            raise

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything done inside is saved together at the end, or not at all: quick for thousands."""
        with self._writing():
            yield

    # Settings

    @property
    def annotator(self) -> str:
        """Under whose name decisions are made."""
        return self._as or str(self.setting("annotator", ""))

    def setting(self, key: str, default: Any = None) -> Any:
        """A JSON value of the whole project."""
        with self._reading() as conn:
            return settings.read(conn, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Set or replace; setting `annotator` also changes under whose name this project works."""
        with self._writing() as conn:
            settings.write(conn, key, value)
        if key == "annotator":
            self._as = None

    @property
    def scheme(self) -> LabelScheme:
        """The project's own copy of the label scheme."""
        with self._reading() as conn:
            source = settings.source(conn, "scheme") or "{}"
        if self._scheme is None or self._scheme[0] != source:
            with meaning("The label scheme of the project"):
                self._scheme = source, LabelScheme.from_dict(json.loads(source))
        return self._scheme[1]

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Replace the project's copy."""
        self.set_setting("scheme", scheme.as_dict())
