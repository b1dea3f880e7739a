"""Layers read from the file: whole ones, single mentions, single statements."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.statement import Mention, Statement
from annotator.storage import rows
from annotator.storage.connection import meaning


class Stored(NamedTuple):
    """A row of table layer."""

    id: int
    article: str
    annotator: str
    kind: str
    state: str
    outcome: str | None
    guideline: str | None


_LAYER = "SELECT id, article, annotator, kind, state, outcome, guideline FROM layer"


def find(conn: sqlite3.Connection, article: str, kind: LayerKind, annotator: str | None) -> Stored | None:
    """The layer of a person; `annotator` None finds the only machine or gold layer."""
    if annotator is None:
        row = conn.execute(f"{_LAYER} WHERE article = ? AND kind = ?", (article, kind.value)).fetchone()
    else:
        where = f"{_LAYER} WHERE article = ? AND kind = ? AND annotator = ?"
        row = conn.execute(where, (article, kind.value, annotator)).fetchone()
    return Stored(*row) if row else None


def of_article(conn: sqlite3.Connection, article: str) -> list[Stored]:
    """All layers of an article, by kind and annotator."""
    found = conn.execute(f"{_LAYER} WHERE article = ? ORDER BY kind, annotator", (article,))
    return [Stored(*row) for row in found]


def read(conn: sqlite3.Connection, stored: Stored) -> Layer:
    """The whole layer. Raises AnnotatorError when it is damaged."""
    with meaning(f"The layer of {stored.annotator} on article {stored.article}"):
        return Layer(
            article=stored.article,
            annotator=stored.annotator,
            kind=LayerKind(stored.kind),
            state=State(stored.state),
            outcome=stored.outcome,
            guideline=stored.guideline,
            mentions=MappingProxyType({m.id: m for m in _mentions(conn, stored.id)}),
            statements=MappingProxyType({s.id: s for s in _statements(conn, stored.id)}),
        )


def mention(conn: sqlite3.Connection, layer: int, id: str) -> Mention | None:
    """One mention of a layer."""
    with meaning(f"Mention {id}"):
        return next(_mentions(conn, layer, id), None)


def statement(conn: sqlite3.Connection, layer: int, id: str) -> Statement | None:
    """One statement of a layer."""
    with meaning(f"Statement {id}"):
        return next(_statements(conn, layer, id), None)


def _mentions(conn: sqlite3.Connection, layer: int, id: str | None = None) -> Iterator[Mention]:
    return map(rows.mention_from_row, _select(conn, rows.MENTION_COLUMNS, "mention", layer, "id", id))


def _statements(conn: sqlite3.Connection, layer: int, id: str | None = None) -> Iterator[Statement]:
    def parts(columns: str, table: str) -> dict[str, list[rows.Row]]:
        by_statement = defaultdict(list)
        for owner, *cells in _select(conn, f"statement, {columns}", table, layer, "statement", id):
            by_statement[owner].append(tuple(cells))
        return by_statement

    heads = _select(conn, rows.STATEMENT_COLUMNS, "statement", layer, "id", id)
    spans, speakers = parts(rows.SPAN_COLUMNS, "statement_span"), parts(rows.SPEAKER_COLUMNS, "speaker")
    targets, topics = parts(rows.TARGET_COLUMNS, "target"), parts("topic", "topic")
    for row in heads:
        key = row[0]
        yield rows.statement_from_rows(row, spans[key], speakers[key], targets[key], topics[key])


def _select(
    conn: sqlite3.Connection, columns: str, table: str, layer: int, key: str, id: str | None
) -> list[rows.Row]:
    # Rows come in the order of the primary key, and so do the parts of a statement.
    sql = f"SELECT {columns} FROM {table} WHERE layer = ?"
    if id is None:
        return conn.execute(sql, (layer,)).fetchall()
    return conn.execute(f"{sql} AND {key} = ?", (layer, id)).fetchall()
