"""How many statements an annotator sees in an article and how many are decided, kept in the layer's
row so that the list of articles needs no look at statements.

A person sees their own statements and the machine's suggestions that the view does not hide; one
edit can only hide or show suggestions that touch its words or bear its id.
"""

import sqlite3
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from annotator.domain.layer import Layer, LayerKind, view
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Statement
from annotator.storage.layers import Stored


class Counts(NamedTuple):
    """Statements, and how many of them are decided."""

    total: int
    decided: int

    def less(self, other: "Counts") -> "Counts":
        """The difference."""
        return Counts(self.total - other.total, self.decided - other.decided)


NONE = Counts(0, 0)


def set_all(conn: sqlite3.Connection, article: str) -> None:
    """Count anew for every layer of an article."""
    stored = conn.execute("SELECT id, annotator, kind FROM layer WHERE article = ?", (article,)).fetchall()
    light = {id: _light_layer(conn, article, id, annotator, kind) for id, annotator, kind in stored}
    machine = next((layer for layer in light.values() if layer.kind is LayerKind.MACHINE), None)
    for id, layer in light.items():
        seen = view(layer, machine) if layer.kind is LayerKind.HUMAN else layer
        sql = "UPDATE layer SET total = ?, decided = ? WHERE id = ?"
        conn.execute(sql, (*of(seen.statements.values()), id))


def suggested(conn: sqlite3.Connection, article: str) -> Counts:
    """What somebody sees who has not begun: the machine's layer."""
    row = conn.execute(
        "SELECT total, decided FROM layer WHERE article = ? AND kind = 'machine'", (article,)
    ).fetchone()
    return Counts(*row) if row else NONE


def of(statements: Iterable[Statement | None]) -> Counts:
    """Of statements at hand; None is none."""
    there = [s for s in statements if s]
    return Counts(len(there), sum(s.decided for s in there))


class Recount:
    """Adjusts a layer's counts by what one change of one statement does: looks before and after."""

    def __init__(self, conn: sqlite3.Connection, stored: Stored) -> None:
        self._conn = conn
        self._layer = stored.id
        machine = None
        if stored.kind == LayerKind.HUMAN:
            machine = conn.execute(
                "SELECT id FROM layer WHERE article = ? AND kind = 'machine'", (stored.article,)
            ).fetchone()
        self._machine: int | None = machine[0] if machine else None

    def shown(self, id: str, *versions: Statement | None) -> Counts:
        """Suggestions shown among those that the statement's versions could hide."""
        if self._machine is None:
            return NONE
        spans = [span for s in versions if s for span in s.spans]
        low, high = min(x.start for x in spans), max(x.end for x in spans)
        own = self._conn.execute(
            "SELECT start_cp, end_cp FROM statement WHERE layer = ? AND id = ?", (self._machine, id)
        ).fetchone()
        if own:
            low, high = min(low, own[0]), max(high, own[1])
        suggestions = _light(self._conn, self._machine, low, high, unless_in=self._layer)
        if not suggestions:
            return NONE
        places = [span for s in suggestions for span in s.spans]
        people = _light(self._conn, self._layer, min(x.start for x in places), max(x.end for x in places))
        return of(view(_layer(people), _layer(suggestions)).statements.values()).less(of(people))

    def add(self, *differences: Counts) -> None:
        """Write what has changed."""
        total, decided = sum(d.total for d in differences), sum(d.decided for d in differences)
        if total or decided:
            self._conn.execute(
                "UPDATE layer SET total = total + ?, decided = decided + ? WHERE id = ?",
                (total, decided, self._layer),
            )


_SPANS = """
    SELECT s.id, s.decision, p.start_cp, p.end_cp
    FROM statement s JOIN statement_span p ON p.layer = s.layer AND p.statement = s.id
    WHERE s.layer = ? AND s.start_cp < ? AND s.end_cp > ?
    AND NOT EXISTS (SELECT 1 FROM statement own WHERE own.layer = ? AND own.id = s.id)
"""
_EVERYWHERE = 1 << 60
_NO_LAYER = 0


def _light(
    conn: sqlite3.Connection, layer: int, low: int, high: int, *, unless_in: int = _NO_LAYER
) -> list[Statement]:
    found: dict[str, tuple[str, list[Span]]] = {}
    for id, decision, start, end in conn.execute(_SPANS, (layer, high, low, unless_in)):
        found.setdefault(id, (decision, []))[1].append(Span(start, end))
    return [
        Statement(id, tuple(spans), Kind.INDIRECT, decision=Decision(decision))
        for id, (decision, spans) in found.items()
    ]


def _layer(statements: Iterable[Statement]) -> Layer:
    return Layer("", "", statements=MappingProxyType({s.id: s for s in statements}))


def _light_layer(conn: sqlite3.Connection, article: str, id: int, annotator: str, kind: str) -> Layer:
    statements = _light(conn, id, 0, _EVERYWHERE)
    by_id = MappingProxyType({s.id: s for s in statements})
    return Layer(article, annotator, LayerKind(kind), statements=by_id)
