"""Words in their context over the whole project, narrowed by what is known of the articles. Articles are
found first, by number; their hits are read a few articles at a time, where somebody looks.
"""

import difflib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from annotator.domain.layer import State
from annotator.domain.spans import Span
from annotator.storage import search
from annotator.storage.releases import Connecting

OPENING = 120  # code points of an article that stand for it when no words are looked for
NEAR = 5  # words offered when nothing is found
ALIKE = 0.7  # how much of their letters they share
_TERMS = 4_000  # that begin like a word, among which the nearest are looked for


@dataclass(frozen=True)
class Sought:
    """What is looked for; empty means any. `words` stand together, the last may be unfinished. Dates
    are ISO and both included. `label`: an entity of this label lies over the hit. `topic` is a topic or
    an area. `annotator` has worked on the article. `disagreement`: two people decided it differently.
    `score_below`: it holds an undecided suggestion with a lower score.
    """

    words: str = ""
    states: frozenset[str] = frozenset()
    outlet: str = ""
    since: str = ""
    until: str = ""
    label: str = ""
    actor: str = ""
    topic: str = ""
    annotator: str = ""
    disagreement: bool = False
    score_below: float | None = None

    @property
    def narrowed(self) -> bool:
        """True when more than words is asked for."""
        return replace(self, words="") != Sought()


class Hit(NamedTuple):
    """Words found in an article. `span` is None in titles and where no words were looked for."""

    article: str
    title: str | None
    outlet: str | None
    published: str | None
    state: State
    before: str
    match: str
    after: str
    span: Span | None


ORDERS = {
    "file": "a.number",
    "newest": "a.published IS NULL, a.published DESC, a.number",
    "oldest": "a.published IS NULL, a.published, a.number",
    "outlet": "a.outlet IS NULL, a.outlet COLLATE NOCASE, a.number",
    "title": "a.title IS NULL, a.title COLLATE NOCASE, a.number",
    "unsure": "(SELECT MIN(s.score) FROM layer m JOIN statement s ON s.layer = m.id "
    "WHERE m.article = a.id AND m.kind = 'machine') ASC NULLS LAST, a.number",
}
"""Orders of the articles; `file` is the order in which they came, and the quickest, `unsure` that of their
least sure suggestions.
"""


class Finding:
    """Looks through an open project as `annotator` sees it."""

    def __init__(self, reading: Connecting, annotator: str) -> None:
        self._reading = reading
        self._annotator = annotator

    def articles(self, sought: Sought, order: str = "file", limit: int = -1) -> list[int]:
        """Numbers of the articles that fit, at most `limit`. Raises ValueError on an unknown order."""
        if order not in ORDERS:
            raise ValueError(f"no order {order!r}; there are {', '.join(ORDERS)}")
        with self._reading() as conn:
            tables, conditions, values = _conditions(conn, sought, self._annotator)
            where = " AND ".join(conditions) or "1"
            # the index of words is walked in its own order, by no other name: else all that fits is sorted
            by = "f.rowid" if order == "file" and "article_fts f" in tables else ORDERS[order]
            sql = f"SELECT a.number FROM {tables} WHERE {where} ORDER BY {by} LIMIT :limit"
            return [n for (n,) in conn.execute(sql, {**values, "limit": limit})]

    def hits(self, sought: Sought, numbers: Sequence[int]) -> list[Hit]:
        """All hits in these articles, in their order."""
        with self._reading() as conn:
            return [hit for number in numbers for hit in _hits(conn, self._annotator, sought, number)]

    def near_words(self, words: str) -> list[str]:
        """Words of the articles that are written much like the first of `words` that none holds."""
        with self._reading() as conn:
            for word in re.findall(r"\w+", words.casefold()):
                if not _holds(conn, word):
                    return _near(conn, word)
        return []

    def outlets(self) -> list[str]:
        """All outlets, by name."""
        sql = "SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL ORDER BY outlet COLLATE NOCASE"
        with self._reading() as conn:
            return [name for (name,) in conn.execute(sql)]

    def months(self) -> list[str]:
        """The months in which articles were published, "2024-06", and years where no month is known."""
        sql = "SELECT DISTINCT substr(published, 1, 7) FROM article WHERE published != '' ORDER BY 1"
        with self._reading() as conn:
            return [month for (month,) in conn.execute(sql)]

    def annotators(self) -> list[str]:
        """Whoever decided something, by name."""
        sql = "SELECT DISTINCT annotator FROM layer WHERE kind = 'human' ORDER BY annotator COLLATE NOCASE"
        with self._reading() as conn:
            return [name for (name,) in conn.execute(sql)]


# Which articles

_SEEN = """
    layer l WHERE l.article = a.id
    AND (l.kind = 'machine' OR (l.kind = 'human' AND l.annotator = :me))
"""
_STATE = """COALESCE((SELECT state FROM layer l INDEXED BY layer_one
    WHERE l.article = a.id AND l.kind = 'human' AND l.annotator = :me), 'todo')"""
_ACTOR = f"""EXISTS (SELECT 1 FROM {_SEEN} AND (
    EXISTS (SELECT 1 FROM mention x WHERE x.layer = l.id AND x.decision <> 'rejected' AND x.actor IN ({{0}}))
    OR EXISTS (SELECT 1 FROM speaker x WHERE x.layer = l.id AND x.actor IN ({{0}}))
    OR EXISTS (SELECT 1 FROM target x WHERE x.layer = l.id AND x.actor IN ({{0}}))))"""
_TOPIC = f"""EXISTS (SELECT 1 FROM {_SEEN} AND EXISTS (SELECT 1 FROM topic x WHERE x.layer = l.id
    AND (x.topic = :topic OR substr(x.topic, 1, length(:topic) + 1) = :topic || '.')))"""
_LABEL = f"""EXISTS (SELECT 1 FROM {_SEEN} AND EXISTS (SELECT 1 FROM mention x
    WHERE x.layer = l.id AND x.label = :label AND x.decision <> 'rejected'))"""
_WORKED = """EXISTS (SELECT 1 FROM layer l WHERE l.article = a.id AND l.kind = 'human'
    AND l.annotator = :by AND (l.decided > 0 OR l.state <> 'todo'))"""
_SCORE = """EXISTS (SELECT 1 FROM layer m JOIN statement s ON s.layer = m.id
    WHERE m.article = a.id AND m.kind = 'machine' AND s.score < :score AND NOT EXISTS (
        SELECT 1 FROM layer h JOIN statement o ON o.layer = h.id AND o.id = s.id
        WHERE h.article = a.id AND h.kind = 'human' AND h.annotator = :me))"""
_VALUES = """(SELECT group_concat(said, '|') FROM (
    SELECT s.start_cp || '-' || s.end_cp || '/' || COALESCE(s.act, '')
        || '/' || s.not_stated || COALESCE((SELECT group_concat(actor) FROM (SELECT actor FROM speaker
            WHERE layer = s.layer AND statement = s.id AND part = 'speaker' ORDER BY actor)), '')
        || '/' || s.no_target || COALESCE((SELECT group_concat(actor) FROM (SELECT actor FROM target
            WHERE layer = s.layer AND statement = s.id ORDER BY actor)), '')
        || '/' || s.no_topic || COALESCE((SELECT group_concat(topic) FROM (SELECT topic FROM topic
            WHERE layer = s.layer AND statement = s.id ORDER BY topic)), '') AS said
    FROM statement s WHERE s.layer = {0}.id AND s.decision IN ('confirmed', 'corrected')
    ORDER BY s.start_cp, s.end_cp, s.id))"""
_DIFFER = f"""EXISTS (SELECT 1 FROM layer x JOIN layer y ON y.article = x.article AND y.id > x.id
    WHERE x.article = a.id AND x.kind = 'human' AND y.kind = 'human' AND x.decided > 0 AND y.decided > 0
    AND COALESCE({_VALUES.format("x")}, '') <> COALESCE({_VALUES.format("y")}, ''))"""


def _conditions(
    conn: sqlite3.Connection, sought: Sought, annotator: str
) -> tuple[str, list[str], dict[str, Any]]:
    tables, conditions = "article a", list[str]()
    values: dict[str, Any] = {"me": annotator}
    if sought.words.strip():
        tables, found, words = search.where(sought.words)
        conditions.append(found)
        values |= words
    if sought.states:
        conditions.append(f"{_STATE} IN ({_listed(sought.states, 'state', values)})")
    if sought.actor:
        ids = [id for (id,) in conn.execute(_STANDING_FOR, (sought.actor,))]
        conditions.append(_ACTOR.format(_listed(ids or [sought.actor], "actor", values)))
    plain = {
        "a.outlet = :outlet": sought.outlet,
        "a.published >= :since": sought.since,
        "substr(a.published, 1, length(:until)) <= :until": sought.until,
        _TOPIC: sought.topic,
        _LABEL: sought.label,
        _WORKED: sought.annotator,
    }
    conditions += [sql for sql, value in plain.items() if value]
    names = ("outlet", "since", "until", "topic", "label", "by")
    values |= dict(zip(names, plain.values(), strict=True))
    if sought.score_below is not None:
        conditions.append(_SCORE)
        values["score"] = sought.score_below
    return tables, [*conditions, *([_DIFFER] if sought.disagreement else [])], values


_STANDING_FOR = "SELECT id FROM actor_name WHERE stands_for = ?"


def _listed(values: Iterable[str], name: str, into: dict[str, Any]) -> str:
    named = {f"{name}{n}": value for n, value in enumerate(sorted(values))}
    into |= named
    return ", ".join(f":{key}" for key in named)


# Hits of one article

_HEAD = f"""SELECT a.id, a.title, a.outlet, a.published, {_STATE},
    substr(a.text, 1, length(a.title)) = a.title FROM article a WHERE a.number = :number"""
_PLACES = f"""SELECT x.start_cp, x.end_cp FROM article a JOIN layer l ON l.article = a.id
    JOIN mention x ON x.layer = l.id
    WHERE a.number = :number AND x.label = :label AND x.decision <> 'rejected'
    AND l.id IN (SELECT l.id FROM {_SEEN})"""


def _hits(conn: sqlite3.Connection, annotator: str, sought: Sought, number: int) -> list[Hit]:
    head = conn.execute(_HEAD, {"me": annotator, "number": number}).fetchone()
    if head is None:
        return []
    id, title, outlet, published, state, opens = head
    about = (id, title, outlet, published, State(state))
    if not sought.words.strip():
        return [Hit(*about, "", *_opening(conn, number), None)]
    found = search.in_article(conn, sought.words, number)
    if opens:  # the text begins with the title, whose hits would be listed twice
        found = [f for f in found if f.span]
    if sought.label:
        asked = {"me": annotator, "number": number, "label": sought.label}
        places = [Span(*row) for row in conn.execute(_PLACES, asked)]
        found = [f for f in found if f.span and any(f.span.overlaps(p) for p in places)]
    return [Hit(*about, f.before, f.match, f.after, f.span) for f in found]


def _opening(conn: sqlite3.Connection, number: int) -> tuple[str, str]:
    sql = "SELECT COALESCE(title, ''), substr(text, 1, ?) FROM article WHERE number = ?"
    title, text = conn.execute(sql, (OPENING, number)).fetchone()
    text = " ".join(text.split())
    return (title, f" {text.removeprefix(title).lstrip()}") if title else (text, "")


# Words that are written much like another

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, article_fts, 'row')"


def _holds(conn: sqlite3.Connection, word: str) -> bool:
    asked = f'"{word}" *'
    sql = "SELECT 1 FROM article_fts WHERE article_fts MATCH ? LIMIT 1"
    return conn.execute(sql, (asked,)).fetchone() is not None


def _near(conn: sqlite3.Connection, word: str) -> list[str]:
    conn.execute(_VOCABULARY)
    sql = "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?"
    for length in (2, 1):
        start = word[:length]
        terms = [t for (t,) in conn.execute(sql, (start, start + "\U0010ffff", _TERMS))]
        if found := difflib.get_close_matches(word, terms, NEAR, ALIKE):
            return found
    return []
