"""Releases in the file: what each was made with, and of every record in it enough to say later
what changed.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from annotator.storage import settings
from annotator.storage.clock import now

Connecting = Callable[[], AbstractContextManager[sqlite3.Connection]]
_NEVER_AGAIN = "last_release"  # so that not even a number of a row removed by hand comes back


@dataclass(frozen=True)
class Release:
    """A frozen release. `sha256` is of its SHA256SUMS, so of all its files; `options` make it again;
    `made_at` is when its row was written and stands in none of its files.
    """

    number: int
    name: str
    sha256: str
    articles: int
    options: Mapping[str, Any] = field(compare=False)
    program: str = ""
    note: str | None = None
    made_at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Entry:
    """One record of a release: `sha256` of its canonical line, and of each of its statements."""

    article: str
    layer: str
    split: str
    sha256: str
    statements: Mapping[str, str]


class Releases:
    """The releases of an open project. What it raises, the project's methods raise."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading = reading
        self._writing = writing

    def all(self) -> list[Release]:
        """By number."""
        with self._reading() as conn:
            return _read(conn)

    def next_number(self) -> int:
        """The number that the next release gets; numbers are never given twice."""
        with self._reading() as conn:
            return _next_number(conn)

    def add(self, release: Release, entries: Iterable[Entry]) -> None:
        """Write down a release and its records. Raises ValueError when its number is not the next."""
        with self._writing() as conn:
            if release.number != _next_number(conn):
                raise ValueError(f"release {release.number} is not the next")
            _add(conn, release, entries)

    def entries(self, number: int) -> list[Entry]:
        """The records of a release, by article and layer; none for a number that is not there."""
        with self._reading() as conn:
            return list(_entries(conn, number))


def _next_number(conn: sqlite3.Connection) -> int:
    highest = conn.execute("SELECT COALESCE(MAX(id), 0) FROM release").fetchone()[0]
    return int(max(highest, settings.read(conn, _NEVER_AGAIN, 0))) + 1


def _add(conn: sqlite3.Connection, release: Release, entries: Iterable[Entry]) -> None:
    conn.execute(
        "INSERT INTO release (id, name, made_at, sha256, articles, note, options, program) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            release.number, release.name, release.made_at or now(), release.sha256, release.articles,
            release.note, json.dumps(release.options, ensure_ascii=False), release.program,
        ),
    )  # fmt: skip
    conn.executemany(
        "INSERT INTO release_record (release, article, layer, split, sha256, statements) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            (release.number, e.article, e.layer, e.split, e.sha256, json.dumps(dict(e.statements)))
            for e in entries
        ),
    )
    settings.write(conn, _NEVER_AGAIN, release.number)


def _read(conn: sqlite3.Connection) -> list[Release]:
    sql = "SELECT id, name, sha256, articles, options, program, note, made_at FROM release ORDER BY id"
    return [
        Release(number, name, sha256, articles, json.loads(options or "{}"), program or "", note, made_at)
        for number, name, sha256, articles, options, program, note, made_at in conn.execute(sql)
    ]


def _entries(conn: sqlite3.Connection, number: int) -> Iterator[Entry]:
    sql = (
        "SELECT article, layer, split, sha256, statements FROM release_record "
        "WHERE release = ? ORDER BY article, layer"
    )
    for article, layer, split, sha256, statements in conn.execute(sql, (number,)):
        yield Entry(article, layer, split, sha256, json.loads(statements))
