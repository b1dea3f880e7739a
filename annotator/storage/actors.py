"""Actors that the project knows, and other names they go by."""

import sqlite3
from collections.abc import Iterable

from annotator.domain.actors import Actor, Actors
from annotator.domain.edits import PutActor, RemoveActor, apply_to_actors

_COLUMNS = "id, name, kind, speaks_for, merged_into"


def read(conn: sqlite3.Connection) -> Actors:
    """All of them, merged ones included."""
    return Actors(Actor(*row) for row in conn.execute(f"SELECT {_COLUMNS} FROM actor"))


def add_unknown(conn: sqlite3.Connection, actors: Iterable[Actor]) -> None:
    """Add those whose id is new; what people made of the others stays."""
    conn.executemany(
        f"INSERT INTO actor ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        ((a.id, a.name, a.kind, a.speaks_for, a.merged_into) for a in actors),
    )


def used_by_others(conn: sqlite3.Connection, id: str, annotator: str) -> Actor | None:
    """The actor, when a layer of somebody else than `annotator` names it."""
    others = "l.kind <> 'machine' AND l.annotator <> :annotator"
    named = " UNION ALL ".join(
        f"SELECT 1 FROM layer l JOIN {table} x ON x.layer = l.id WHERE {others} AND x.actor = :id"
        for table in ("mention", "speaker", "target")
    )
    sql = f"SELECT {_COLUMNS} FROM actor WHERE id = :id AND EXISTS ({named})"
    row = conn.execute(sql, {"id": id, "annotator": annotator}).fetchone()
    return Actor(*row) if row else None


def change(conn: sqlite3.Connection, edit: PutActor | RemoveActor) -> PutActor | RemoveActor:
    """Apply an edit and return its inverse; ValueError when the actor to remove is not there."""
    id = edit.actor.id if isinstance(edit, PutActor) else edit.id
    row = conn.execute(f"SELECT {_COLUMNS} FROM actor WHERE id = ?", (id,)).fetchone()
    _, inverse = apply_to_actors(Actors([Actor(*row)] if row else []), edit)
    if isinstance(edit, RemoveActor):
        conn.execute("DELETE FROM actor WHERE id = ?", (id,))
    else:
        a = edit.actor
        conn.execute(
            f"INSERT INTO actor ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, kind = excluded.kind, speaks_for = excluded.speaks_for, "
            "merged_into = excluded.merged_into",
            (a.id, a.name, a.kind, a.speaks_for, a.merged_into),
        )
    return inverse
