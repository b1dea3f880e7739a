"""Layers written to the file: single mentions and statements, touching only rows that differ, and
whole layers at once. Transactions are the caller's.
"""

import sqlite3
from collections.abc import Callable, Iterable

from annotator.domain.edits import SetState
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.statement import Mention, Statement
from annotator.storage import rows
from annotator.storage.clock import now
from annotator.storage.layers import Stored


def _insert(table: str, columns: str) -> str:
    marks = ", ".join("?" * (columns.count(",") + 1))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})"


def _upsert(table: str, columns: str) -> str:
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns.split(", ")[1:])
    return f"{_insert(table, f'layer, {columns}')} ON CONFLICT (layer, id) DO UPDATE SET {changes}"


_PUT_MENTION = _upsert("mention", rows.MENTION_COLUMNS)
_PUT_STATEMENT = _upsert("statement", rows.STATEMENT_COLUMNS)
_ADD_MENTION = _insert("mention", f"layer, {rows.MENTION_COLUMNS}")
_ADD_STATEMENT = _insert("statement", f"layer, {rows.STATEMENT_COLUMNS}")
_ADD_SPAN = _insert("statement_span", f"layer, statement, n, {rows.SPAN_COLUMNS}")
_ADD_SPEAKER = _insert("speaker", f"layer, statement, {rows.SPEAKER_COLUMNS}")
_ADD_TARGET = _insert("target", f"layer, statement, n, {rows.TARGET_COLUMNS}")
_ADD_TOPIC = _insert("topic", "layer, statement, n, topic")


def _topic_rows(s: Statement, _text: str) -> list[rows.Row]:
    return [(t,) for t in s.topics]


def _numbered(make: Callable[[Statement, str], list[rows.Row]]) -> Callable[[Statement, str], list[rows.Row]]:
    return lambda s, text: [(n, *row) for n, row in enumerate(make(s, text))]


_PARTS = (
    ("DELETE FROM statement_span WHERE layer = ? AND statement = ?", _ADD_SPAN, _numbered(rows.span_rows)),
    ("DELETE FROM speaker WHERE layer = ? AND statement = ?", _ADD_SPEAKER, rows.speaker_rows),
    ("DELETE FROM target WHERE layer = ? AND statement = ?", _ADD_TARGET, _numbered(rows.target_rows)),
    ("DELETE FROM topic WHERE layer = ? AND statement = ?", _ADD_TOPIC, _numbered(_topic_rows)),
)


def add_annotator(conn: sqlite3.Connection, name: str) -> None:
    """Make a name known; nothing happens when it is."""
    conn.execute("INSERT INTO annotator (name, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, now()))


def add_layer(
    conn: sqlite3.Connection, article: str, annotator: str, kind: LayerKind, *, seen: tuple[int, int] = (0, 0)
) -> Stored:
    """A new empty layer; `seen` counts the suggestions that its annotator sees."""
    add_annotator(conn, annotator)
    cursor = conn.execute(
        "INSERT INTO layer (article, annotator, kind, state, total, decided) VALUES (?, ?, ?, ?, ?, ?)",
        (article, annotator, kind.value, State.TODO.value, *seen),
    )
    return Stored(cursor.lastrowid or 0, article, annotator, kind.value, State.TODO.value, None, None)


def put_state(conn: sqlite3.Connection, layer: int, to: SetState) -> None:
    """Write where the annotator stands."""
    conn.execute(
        "UPDATE layer SET state = ?, outcome = ?, guideline = ? WHERE id = ?",
        (to.state.value, to.outcome, to.guideline, layer),
    )


def put_mention(conn: sqlite3.Connection, layer: int, mention: Mention, text: str) -> None:
    """Write one mention, new or changed."""
    conn.execute(_PUT_MENTION, (layer, *rows.mention_to_row(mention, text)))


def remove_mention(conn: sqlite3.Connection, layer: int, id: str) -> None:
    """Delete one mention."""
    conn.execute("DELETE FROM mention WHERE layer = ? AND id = ?", (layer, id))


def put_statement(
    conn: sqlite3.Connection, layer: int, before: Statement | None, after: Statement, text: str
) -> None:
    """Write one statement; of its parts only those that `before` had otherwise."""
    conn.execute(_PUT_STATEMENT, (layer, *rows.statement_to_row(after, text)))
    for delete, insert, make in _PARTS:
        new = make(after, text)
        old = make(before, text) if before else []
        if new != old:
            if old:
                conn.execute(delete, (layer, after.id))
            conn.executemany(insert, ((layer, after.id, *row) for row in new))


def remove_statement(conn: sqlite3.Connection, layer: int, id: str) -> None:
    """Delete one statement; its parts go with it."""
    conn.execute("DELETE FROM statement WHERE layer = ? AND id = ?", (layer, id))


def add_items(conn: sqlite3.Connection, layer: int, items: Layer, text: str) -> None:
    """Write all mentions and statements of `items` into a layer that has none."""
    conn.executemany(_ADD_MENTION, ((layer, *rows.mention_to_row(m, text)) for m in items.mentions.values()))
    statements = items.statements.values()
    conn.executemany(_ADD_STATEMENT, ((layer, *rows.statement_to_row(s, text)) for s in statements))
    for _, insert, make in _PARTS:
        conn.executemany(insert, _part_rows(layer, statements, make, text))


def _part_rows(
    layer: int, statements: Iterable[Statement], make: Callable[[Statement, str], list[rows.Row]], text: str
) -> Iterable[rows.Row]:
    for s in statements:
        for row in make(s, text):
            yield (layer, s.id, *row)
