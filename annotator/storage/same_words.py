"""Statements that say the same words but were decided differently: perhaps a slip, worth a look."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.domain.statement import NO_ACT

FEW_WORDS = 3  # shorter contents ("no comment") are often the same by chance
_WORD = re.compile(r"\w+")


class Key(NamedTuple):
    """Where a statement is kept: the layer's number and its id there."""

    layer: int
    statement: str


def decided_differently(conn: sqlite3.Connection, annotator: str) -> frozenset[Key]:
    """Statements of `annotator` whose content has the same words, at least FEW_WORDS, and that were
    given another speaker, other targets, topics or another act. What is open differs from nothing.
    """
    by_words: defaultdict[str, list[Key]] = defaultdict(list)
    for key, text in _decided_contents(conn, annotator):
        words = _WORD.findall(text.casefold())
        if len(words) >= FEW_WORDS:
            by_words[" ".join(words)].append(key)
    groups = (keys for keys in by_words.values() if len(keys) > 1)
    return frozenset(key for keys in groups if _differ(conn, keys) for key in keys)


def _decided_contents(conn: sqlite3.Connection, annotator: str) -> Iterator[tuple[Key, str]]:
    sql = """
        SELECT p.layer, p.statement, p.text FROM layer l
        JOIN statement s ON s.layer = l.id
        JOIN statement_span p ON p.layer = s.layer AND p.statement = s.id
        WHERE l.kind = 'human' AND l.annotator = ? AND s.decision IN ('confirmed', 'corrected')
        ORDER BY p.layer, p.statement, p.n
    """
    before, texts = None, list[str]()
    for layer, statement, text in conn.execute(sql, (annotator,)):
        key = Key(layer, statement)
        if before is not None and key != before:
            yield before, " ".join(texts)
            texts = []
        before = key
        texts.append(text)
    if before is not None:
        yield before, " ".join(texts)


_SPEAKING = "SELECT actor FROM speaker WHERE layer = ? AND statement = ? AND part = 'speaker'"
_SPOKEN_TO = "SELECT actor, role FROM target WHERE layer = ? AND statement = ?"
_ABOUT = "SELECT topic FROM topic WHERE layer = ? AND statement = ?"
_EXPLICIT = "SELECT not_stated, no_target, no_topic, act FROM statement WHERE layer = ? AND id = ?"


def _differ(conn: sqlite3.Connection, keys: Sequence[Key]) -> bool:
    """True when two of the statements hold different values for a role that both have decided."""
    of_each = (_roles(conn, key) for key in keys)
    return any(len({value for value in role if value}) > 1 for role in zip(*of_each, strict=True))


def _roles(conn: sqlite3.Connection, key: Key) -> list[frozenset[object]]:
    """Speaker, targets, topics and act; an empty set where there is nothing to compare."""
    not_stated, no_target, no_topic, act = conn.execute(_EXPLICIT, key).fetchone()
    speakers = {name_of(conn, actor) for (actor,) in conn.execute(_SPEAKING, key) if actor}
    targets = {(name_of(conn, actor), role) for actor, role in conn.execute(_SPOKEN_TO, key) if actor}
    topics = {topic for (topic,) in conn.execute(_ABOUT, key)}
    none = frozenset([NO_ACT])
    return [
        none if not_stated else frozenset(speakers),
        none if no_target else frozenset(targets),
        none if no_topic else frozenset(topics),
        frozenset([act] if act else ()),
    ]


def name_of(conn: sqlite3.Connection, actor: str) -> str:
    """Of whom an actor stands for today; one that is not known goes by its id."""
    name, seen = actor, set[str]()
    while actor and actor not in seen:
        seen.add(actor)
        found = conn.execute("SELECT name, merged_into FROM actor WHERE id = ?", (actor,)).fetchone()
        if found is None:
            break
        name, actor = found[0], found[1]
    return name
