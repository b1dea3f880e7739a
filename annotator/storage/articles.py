"""Articles in the file: added once, listed without touching their texts, their metadata mended."""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from annotator.domain.article import Article, Meta
from annotator.domain.edits import PutMeta
from annotator.domain.layer import State
from annotator.storage import search
from annotator.storage.clock import now
from annotator.storage.connection import meaning
from annotator.storage.rows import words_from_json, words_to_json

Condition = tuple[str, tuple[str, ...]]  # SQL over `article a` and the layer `h`, and its parameters
EVERY: Condition = ("1", ())


class ArticleRow(NamedTuple):
    """An article as the list shows it to one annotator: `total` statements, their own and the
    suggestions still shown, `decided` of them; `suggested` is the size of the machine's layer.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    state: State
    total: int
    decided: int
    suggested: int
    words: int


ORDERS = {
    "file": "a.number",
    "title": "a.title IS NULL, a.title COLLATE NOCASE, a.number",
    "outlet": "a.outlet IS NULL, a.outlet COLLATE NOCASE, a.number",
    "oldest": "a.published IS NULL, a.published, a.number",
    "newest": "a.published IS NULL, a.published DESC, a.number",
    "length": "a.words, a.number",
    "open": "COALESCE(h.total, m.total, 0) - COALESCE(h.decided, m.decided, 0) DESC, a.number",
    "unsure": "(SELECT AVG(s.score) FROM statement s WHERE s.layer = m.id) IS NULL, "
    "(SELECT AVG(s.score) FROM statement s WHERE s.layer = m.id), a.number",
    "random": "a.id",
}
"""Orders of the list; `file` is the order in which articles came, `open` most undecided first, `unsure`
what the machine is least sure of first, `random` the order of ids, which say nothing of the text.
"""

_META = "title, outlet, published, url, file, extractor, source_id, raw_sha256, changed, practice"


def add(conn: sqlite3.Connection, articles: Iterable[Article]) -> list[bool]:
    """Add those whose text is new; True for each that was."""
    sql = (
        f"INSERT INTO article (id, {_META}, lang, words, added_at, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
    )
    added, at = [], now()
    for a in articles:
        cells = (a.id, *_meta_to_cells(a.meta), a.lang, len(a.text.split()), at, a.text)
        added.append(conn.execute(sql, cells).rowcount == 1)
    return added


def read(conn: sqlite3.Connection, id: str) -> Article:
    """Raises KeyError when the project has no such article."""
    row = conn.execute(f"SELECT text, lang, {_META} FROM article WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    text, lang, *meta = row
    with meaning(f"What is known of article {id}"):
        return Article(text, lang, _meta_from_cells(meta))


def text(conn: sqlite3.Connection, id: str) -> str:
    """Raises KeyError when the project has no such article."""
    row = conn.execute("SELECT text FROM article WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    return str(row[0])


def opening(conn: sqlite3.Connection, id: str, length: int) -> str:
    """The first code points of a text. Raises KeyError when the project has no such article."""
    row = conn.execute("SELECT substr(text, 1, ?) FROM article WHERE id = ?", (length, id)).fetchone()
    if row is None:
        raise KeyError(id)
    return str(row[0])


def exists(conn: sqlite3.Connection, id: str) -> bool:
    """True when the project has the article."""
    return conn.execute("SELECT 1 FROM article WHERE id = ?", (id,)).fetchone() is not None


def ids(conn: sqlite3.Connection) -> list[str]:
    """All ids, sorted."""
    return [id for (id,) in conn.execute("SELECT id FROM article ORDER BY id")]


def change_meta(conn: sqlite3.Connection, edit: PutMeta) -> PutMeta:
    """Replace an article's metadata and return the inverse; ValueError when it is unknown."""
    try:
        before = read(conn, edit.article).meta
    except KeyError:
        raise ValueError(f"no article {edit.article}") from None
    cells = _meta_to_cells(edit.meta)
    marks = ", ".join("?" * len(cells))
    conn.execute(f"UPDATE article SET ({_META}) = ({marks}) WHERE id = ?", (*cells, edit.article))
    return PutMeta(edit.article, before)


_STATES = {s.value: s for s in State}
_ROWS = """
    SELECT a.id, a.title, a.outlet, a.published, COALESCE(h.state, 'todo') AS stands,
        COALESCE(h.total, m.total, 0), COALESCE(h.decided, m.decided, 0), COALESCE(m.total, 0), a.words
    FROM article a
    LEFT JOIN layer h INDEXED BY layer_one
        ON h.kind = 'human' AND h.annotator = ? AND h.article = a.id
    LEFT JOIN layer m INDEXED BY layer_one ON m.kind = 'machine' AND m.article = a.id
"""


def row(conn: sqlite3.Connection, annotator: str, article: str) -> ArticleRow:
    """One row of the list. Raises KeyError when the project has no such article."""
    found = conn.execute(f"{_ROWS} WHERE a.id = ?", (annotator, article)).fetchone()
    if found is None:
        raise KeyError(article)
    return _row(found)


def stands_among(conn: sqlite3.Connection, annotator: str, article: str, among: Condition) -> bool:
    """True when a list with this condition holds the article."""
    sql = f"{_ROWS} WHERE a.id = ? AND {among[0]}"
    return conn.execute(sql, (annotator, article, *among[1])).fetchone() is not None


def rows(
    conn: sqlite3.Connection,
    annotator: str,
    *,
    state: State | None,
    query: str,
    order: str,
    among: Condition = EVERY,
    limit: int | None = None,
) -> list[ArticleRow]:
    """The list as `annotator` sees it, of a long one the first `limit`. Raises ValueError on an unknown
    order.
    """
    if order not in ORDERS:
        raise ValueError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    found, parameters = search.condition(query)
    also = "AND stands = ?" if state else ""
    sql = f"{_ROWS} WHERE {found} AND {among[0]} {also} ORDER BY {ORDERS[order]} LIMIT ?"
    most = -1 if limit is None else limit
    asked = [annotator, *parameters, *among[1], *([state.value] if state else []), most]
    with meaning("The state of an article"):
        return list(map(_row, conn.execute(sql, asked)))


def _row(cells: tuple[Any, ...]) -> ArticleRow:
    id, title, outlet, published, stands, *numbers = cells
    return ArticleRow(id, title, outlet, published, _STATES[stands], *numbers)


def counts(conn: sqlite3.Connection, annotator: str, among: Condition = EVERY) -> dict[State, int]:
    """How many articles stand in each state for `annotator`."""
    begun = dict.fromkeys(State, 0)
    if among is not EVERY:
        sql = f"SELECT stands, COUNT(*) FROM ({_ROWS} WHERE {among[0]}) GROUP BY stands"
        with meaning("The state of an article"):
            return begun | {_STATES[s]: n for s, n in conn.execute(sql, (annotator, *among[1]))}
    sql = "SELECT state, COUNT(*) FROM layer WHERE kind = 'human' AND annotator = ? GROUP BY state"
    for state, count in conn.execute(sql, (annotator,)):
        with meaning("The state of an article"):
            begun[_STATES[state]] = count
    total = conn.execute("SELECT COUNT(*) FROM article").fetchone()[0]
    begun[State.TODO] += total - sum(begun.values())
    return begun


def count_copies(conn: sqlite3.Connection, annotator: str, among: Condition) -> int:
    """How many articles that have near-copies there are with this condition."""
    sql = f"""
        SELECT COUNT(*) FROM near_copy n JOIN article a ON a.id = n.article
        LEFT JOIN layer h INDEXED BY layer_one
            ON h.kind = 'human' AND h.annotator = ? AND h.article = a.id
        WHERE {among[0]}
    """
    return int(conn.execute(sql, (annotator, *among[1])).fetchone()[0])


def without_suggestions(conn: sqlite3.Connection, annotator: str, suggester: str | None) -> list[str]:
    """Articles not done by `annotator` that the machine (or this suggester) has not looked at."""
    sql = """
        SELECT a.id FROM article a
        WHERE NOT EXISTS (
            SELECT 1 FROM layer m INDEXED BY layer_one WHERE m.kind = 'machine' AND m.article = a.id
            AND (:suggester IS NULL OR m.annotator = :suggester))
        AND NOT EXISTS (
            SELECT 1 FROM layer h INDEXED BY layer_one WHERE h.kind = 'human' AND h.annotator = :annotator
            AND h.article = a.id AND h.state = 'done')
        ORDER BY a.number
    """
    return [id for (id,) in conn.execute(sql, {"suggester": suggester, "annotator": annotator})]


def not_done(conn: sqlite3.Connection, annotator: str) -> list[str]:
    """Articles not done by `annotator`, as they came."""
    sql = """
        SELECT a.id FROM article a
        WHERE NOT EXISTS (
            SELECT 1 FROM layer h INDEXED BY layer_one WHERE h.kind = 'human' AND h.annotator = ?
            AND h.article = a.id AND h.state = 'done')
        ORDER BY a.number
    """
    return [id for (id,) in conn.execute(sql, (annotator,))]


def _meta_to_cells(m: Meta) -> tuple[object, ...]:
    return (
        m.title, m.outlet, m.published, m.url, m.file, m.extractor, m.source_id, m.raw_sha256,
        words_to_json(m.changed), int(m.practice),
    )  # fmt: skip


def _meta_from_cells(cells: list[Any]) -> Meta:
    values = dict(zip(_META.split(", "), cells, strict=True))
    values |= {"changed": words_from_json(values["changed"]), "practice": bool(values["practice"])}
    return Meta(**values)
