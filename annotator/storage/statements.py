"""All statements of a project as one annotator sees them: found, sorted and counted without reading
them whole, then read a page at a time for a table.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.layer import SAME_CONTENT
from annotator.domain.spans import Span, likeness
from annotator.storage import same_words
from annotator.storage.releases import Connecting
from annotator.storage.same_words import Key, name_of


@dataclass(frozen=True)
class Wanted:
    """Which statements to list; empty means all. `area` is the id of an area, `act` may be "none";
    every word of `words` occurs in content, speaker or targets, as written or in an actor's name.
    """

    decisions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    words: str = ""


EVERYTHING = Wanted()


class StatementRow(NamedTuple):
    """A statement as the table shows it; `speaker` and `targets` are names, `topics` ids."""

    article: str
    statement: str
    title: str | None
    outlet: str | None
    published: str | None
    speaker: str
    targets: str
    topics: tuple[str, ...]
    act: str | None
    kind: str
    decision: str
    no_topic: bool
    content: str


class Statements:
    """The statements of an open project as `annotator` sees them."""

    def __init__(self, reading: Connecting, annotator: str) -> None:
        self._reading = reading
        self._annotator = annotator

    def find(
        self, wanted: Wanted = EVERYTHING, order: str = "file", *, descending: bool = False
    ) -> list[Key]:
        """Where they are kept; `order` is one of ORDERS. Raises ValueError on another."""
        with self._reading() as conn:
            return _find(conn, self._annotator, wanted, order, descending=descending)

    def rows(self, keys: Sequence[Key]) -> list[StatementRow | None]:
        """What the table shows of each; None where a statement has gone since it was found."""
        with self._reading() as conn:
            return [_row(conn, key) for key in keys]

    def counts(self) -> dict[str, int]:
        """How many there are by decision."""
        with self._reading() as conn:
            return _counts(conn, self._annotator)

    def decided_differently(self) -> frozenset[Key]:
        """Those whose content has the same words, and that were given another
        speaker, other targets, topics or another act. What is open differs from nothing.
        """
        with self._reading() as conn:
            return same_words.decided_differently(conn, self._annotator)


_FIRST_SPEAKER = """(
    SELECT COALESCE(named.name, p.actor, p.text) FROM speaker p LEFT JOIN named ON named.id = p.actor
    WHERE p.layer = s.layer AND p.statement = s.id AND p.part = 'speaker' AND p.n = 0)"""
_FIRST_TARGET = """(
    SELECT COALESCE(named.name, t.actor, t.text) FROM target t LEFT JOIN named ON named.id = t.actor
    WHERE t.layer = s.layer AND t.statement = s.id AND t.n = 0)"""
_FIRST_TOPIC = "(SELECT topic FROM topic WHERE layer = s.layer AND statement = s.id AND n = 0)"
_WORDS = "(SELECT text FROM statement_span WHERE layer = s.layer AND statement = s.id AND n = 0)"

ORDERS = {
    "file": "",
    "speaker": _FIRST_SPEAKER,
    "targets": _FIRST_TARGET,
    "topic": _FIRST_TOPIC,
    "act": "s.act",
    "kind": "s.kind",
    "published": "a.published",
    "outlet": "a.outlet",
    "decision": "s.decision",
    "content": _WORDS,
}
"""Orders of the table; `file` is the order in which articles came and statements stand in them."""

# People's own statements, and the machine's that have no namesake among them.
_SEEN = """
    FROM layer l JOIN statement s ON s.layer = l.id JOIN article a ON a.id = l.article
    LEFT JOIN layer h INDEXED BY layer_one
        ON l.kind = 'machine' AND h.article = l.article AND h.kind = 'human' AND h.annotator = :annotator
    WHERE (l.kind = 'machine' OR (l.kind = 'human' AND l.annotator = :annotator))
    AND (h.id IS NULL OR NOT EXISTS (SELECT 1 FROM statement o WHERE o.layer = h.id AND o.id = s.id))
"""
_NAMED = "WITH named (id, name) AS MATERIALIZED (SELECT id, name FROM actor_name)"


def _find(
    conn: sqlite3.Connection, annotator: str, wanted: Wanted, order: str, *, descending: bool
) -> list[Key]:
    if order not in ORDERS:
        raise ValueError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    conditions, values = _conditions(wanted)
    way = "DESC" if descending else "ASC"
    by = f"a.number {way}, s.start_cp {way}, s.id"
    key = ORDERS[order]
    if key:
        by = f"by_key IS NULL, by_key COLLATE NOCASE {way}, a.number, s.start_cp, s.id"
    sql = f"{_NAMED} SELECT s.layer, s.id, {key or 'NULL'} AS by_key {_SEEN} {conditions} ORDER BY {by}"
    found = conn.execute(sql, {"annotator": annotator, **values})
    hidden = _hidden(conn, annotator)
    if not hidden:
        return [Key(layer, id) for layer, id, _ in found]
    return [Key(layer, id) for layer, id, _ in found if (layer, id) not in hidden]


def _counts(conn: sqlite3.Connection, annotator: str) -> dict[str, int]:
    sql = f"SELECT s.decision, COUNT(*) {_SEEN} GROUP BY s.decision"
    counted = dict(conn.execute(sql, {"annotator": annotator}).fetchall())
    if hidden := _hidden(conn, annotator):
        counted["suggested"] = counted.get("suggested", 0) - len(hidden)
    return counted


_HEAD = """
    SELECT a.id, s.id, a.title, a.outlet, a.published, s.not_stated, s.no_target,
        s.no_topic, s.act, s.kind, s.decision
    FROM statement s JOIN layer l ON l.id = s.layer JOIN article a ON a.id = l.article
    WHERE s.layer = ? AND s.id = ?
"""
_SPEAKERS = (
    "SELECT text, actor FROM speaker WHERE layer = ? AND statement = ? AND part = 'speaker' ORDER BY n"
)
_TARGETS = "SELECT text, actor FROM target WHERE layer = ? AND statement = ? ORDER BY n"
_TOPICS = "SELECT topic FROM topic WHERE layer = ? AND statement = ? ORDER BY n"
_CONTENT = "SELECT text FROM statement_span WHERE layer = ? AND statement = ? ORDER BY n"


def _row(conn: sqlite3.Connection, key: Key) -> StatementRow | None:
    head = conn.execute(_HEAD, key).fetchone()
    if head is None:
        return None
    article, statement, title, outlet, published, *head = head
    not_stated, no_target, no_topic, act, kind, decision = head
    speaker = "not stated" if not_stated else _names(conn, conn.execute(_SPEAKERS, key).fetchall())
    targets = "none" if no_target else _names(conn, conn.execute(_TARGETS, key).fetchall())
    topics = tuple(t for (t,) in conn.execute(_TOPICS, key))
    content = " … ".join(" ".join(text.split()) for (text,) in conn.execute(_CONTENT, key))
    return StatementRow(
        article, statement, title, outlet, published, speaker, targets, topics,
        act, kind, decision, bool(no_topic), content,
    )  # fmt: skip


def _names(conn: sqlite3.Connection, people: Iterable[tuple[str | None, str | None]]) -> str:
    names = (name_of(conn, actor) if actor else " ".join((text or "").split()) for text, actor in people)
    return ", ".join(dict.fromkeys(names))


# Filters


def _conditions(wanted: Wanted) -> tuple[str, dict[str, str]]:
    parts: list[str] = []
    values: dict[str, str] = {}

    def among(sql: str, chosen: Iterable[str], prefix: str) -> None:
        names = {f"{prefix}{n}": value for n, value in enumerate(sorted(chosen))}
        values.update(names)
        if names:
            parts.append(sql.format(", ".join(f":{name}" for name in names)))

    among("s.decision IN ({})", wanted.decisions, "decision")
    among("s.kind IN ({})", wanted.kinds, "kind")
    among("s.act IN ({})", wanted.acts, "act")
    areas = (
        "EXISTS (SELECT 1 FROM topic t WHERE t.layer = s.layer AND t.statement = s.id"
        " AND substr(t.topic, 1, instr(t.topic || '.', '.') - 1) IN ({}))"
    )
    among(areas, wanted.areas, "area")
    for n, word in enumerate(wanted.words.replace("\0", " ").split()):
        values[f"word{n}"] = f"%{_escaped(word)}%"
        parts.append(_HOLDS.format(f":word{n}"))
    return "".join(f" AND {part}" for part in parts), values


_HOLDS = """(
    EXISTS (SELECT 1 FROM statement_span p WHERE p.layer = s.layer AND p.statement = s.id
        AND p.text LIKE {0} ESCAPE '\\')
    OR EXISTS (SELECT 1 FROM speaker p LEFT JOIN named ON named.id = p.actor
        WHERE p.layer = s.layer AND p.statement = s.id AND p.part = 'speaker'
        AND (p.text LIKE {0} ESCAPE '\\' OR named.name LIKE {0} ESCAPE '\\'))
    OR EXISTS (SELECT 1 FROM target p LEFT JOIN named ON named.id = p.actor
        WHERE p.layer = s.layer AND p.statement = s.id
        AND (p.text LIKE {0} ESCAPE '\\' OR named.name LIKE {0} ESCAPE '\\')))"""


def _escaped(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


# What the view hides though no id says so: suggestions whose words were decided under another id.

_ALIKE = """
    SELECT m.id, ms.id, hs.id, h.id
    FROM layer h
    JOIN layer m INDEXED BY layer_one ON m.kind = 'machine' AND m.article = h.article
    JOIN statement hs ON hs.layer = h.id
    JOIN statement ms INDEXED BY statement_place
        ON ms.layer = m.id AND ms.start_cp < hs.end_cp AND ms.end_cp > hs.start_cp AND ms.id <> hs.id
    WHERE h.kind = 'human' AND h.annotator = :annotator
    AND NOT EXISTS (SELECT 1 FROM statement o WHERE o.layer = h.id AND o.id = ms.id)
"""


def _hidden(conn: sqlite3.Connection, annotator: str) -> set[tuple[int, str]]:
    hidden: set[tuple[int, str]] = set()
    pairs = conn.execute(_ALIKE, {"annotator": annotator}).fetchall()
    for layer, suggested, decided, own in pairs:
        ours, theirs = _spans(conn, own, decided), _spans(conn, layer, suggested)
        if likeness(ours, theirs) >= SAME_CONTENT:
            hidden.add((layer, suggested))
    return hidden


def _spans(conn: sqlite3.Connection, layer: int, statement: str) -> list[Span]:
    sql = "SELECT start_cp, end_cp FROM statement_span WHERE layer = ? AND statement = ?"
    return [Span(start, end) for start, end in conn.execute(sql, (layer, statement))]
