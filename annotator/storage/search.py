"""Full-text search: which articles hold some words, and the words in their context."""

import re
import sqlite3
from typing import NamedTuple

from annotator.domain.spans import Span

_CONTEXT = 60  # code points shown on either side of a hit
_MORE_CONTEXT = 140
_OPEN, _CLOSE = "\x02", "\x03"  # no article holds control characters
_QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|(\S+)')
# Scripts written without spaces: FTS5's tokenizer takes a whole run of them for one word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)


class Hit(NamedTuple):
    """Words found, with what stands around them; `span` is None when they stand in the title."""

    article: str
    title: str | None
    before: str
    match: str
    after: str
    span: Span | None


def condition(query: str) -> tuple[str, list[str]]:
    """SQL over `article a`, and its parameters: the words of the query all occur, in any order, the
    last may be the start of a word; words in quotation marks stand together.
    """
    query = query.replace("\0", " ")
    if not query.strip():
        return "1", []
    if _UNSPACED.search(query):
        words = [a or b for a, b in _QUOTED_OR_WORD.findall(query)]
        where = "(instr(lower(a.text), lower(?)) OR instr(lower(COALESCE(a.title, '')), lower(?)))"
        return " AND ".join([where] * len(words)), [w for word in words for w in (word, word)]
    asked = _all_words(query)
    if not asked:
        return "0", []
    return "a.number IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)", [asked]


def hits(conn: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """The query as one phrase, its last word perhaps unfinished, wherever it stands."""
    phrase = _phrase(query)
    if not phrase:
        return []
    found: list[Hit] = []
    for row in _marked(conn, phrase):
        found.extend(_of_row(row))
        if len(found) >= limit:
            break
    return found[:limit]


def in_article(conn: sqlite3.Connection, query: str, number: int) -> list[Hit]:
    """The same in one article, by its number, with more of what stands around."""
    phrase = _phrase(query)
    rows = _marked(conn, phrase, number) if phrase else ()
    return [hit for row in rows for hit in _of_row(row, _MORE_CONTEXT)]


def where(query: str) -> tuple[str, str, dict[str, str]]:
    """Tables, condition and parameters of SQL that finds `article a` by the query as one phrase."""
    phrase = _phrase(query)
    if _UNSPACED.search(phrase):
        condition = "(instr(a.text, :phrase) OR instr(a.title, :phrase))"
        return "article a", condition, {"phrase": phrase}
    tables = "article_fts f JOIN article a ON a.number = f.rowid"
    return tables, "f.article_fts MATCH :asked", {"asked": _asked(phrase)}


def _phrase(query: str) -> str:
    return " ".join(query.replace('"', " ").replace("\0", " ").split())


def _asked(phrase: str) -> str:
    return f"{_quoted(phrase)} *" if any(map(str.isalnum, phrase)) else '""'


def _of_row(row: tuple[str, str | None, str | None, str | None], context: int = _CONTEXT) -> list[Hit]:
    id, title, marked_title, marked_text = row
    of_title = _in_context(id, title, marked_title, context, in_title=True)
    return of_title + _in_context(id, title, marked_text, context, in_title=False)


def _marked(conn: sqlite3.Connection, phrase: str, number: int | None = None) -> sqlite3.Cursor:
    """Id, title, title and text of the articles that hold the phrase, which is marked in them."""
    find = _scan if _UNSPACED.search(phrase) else _match
    return find(conn, phrase, number)


def _match(conn: sqlite3.Connection, phrase: str, number: int | None) -> sqlite3.Cursor:
    one = "AND article_fts.rowid = :number" if number is not None else ""
    sql = f"""
        SELECT a.id, a.title,
            highlight(article_fts, 0, :open, :close), highlight(article_fts, 1, :open, :close)
        FROM article_fts JOIN article a ON a.number = article_fts.rowid
        WHERE article_fts MATCH :asked {one} ORDER BY article_fts.rowid
    """
    asked = {"open": _OPEN, "close": _CLOSE, "asked": _asked(phrase), "number": number}
    return conn.execute(sql, asked)


def _scan(conn: sqlite3.Connection, phrase: str, number: int | None) -> sqlite3.Cursor:
    one = "AND a.number = :number" if number is not None else ""
    sql = f"""
        SELECT a.id, a.title, replace(a.title, :phrase, :marked), replace(a.text, :phrase, :marked)
        FROM article a WHERE (instr(a.text, :phrase) OR instr(a.title, :phrase)) {one} ORDER BY a.number
    """
    asked = {"phrase": phrase, "marked": f"{_OPEN}{phrase}{_CLOSE}", "number": number}
    return conn.execute(sql, asked)


def _in_context(id: str, title: str | None, marked: str | None, context: int, *, in_title: bool) -> list[Hit]:
    if not marked or _OPEN not in marked:
        return []
    pieces = re.split(f"[{_OPEN}{_CLOSE}]", marked)
    whole, found, at = "".join(pieces), [], 0
    for n, piece in enumerate(pieces):
        end = at + len(piece)
        if n % 2 and piece:
            before, after = whole[max(0, at - context) : at], whole[end : end + context]
            span = None if in_title else Span(at, end)
            found.append(Hit(id, title, before, piece, after, span))
        at = end
    return found


def _all_words(query: str) -> str:
    parts = [_quoted(a or b) for a, b in _QUOTED_OR_WORD.findall(query) if any(map(str.isalnum, a or b))]
    if parts and not query.rstrip().endswith('"'):
        parts[-1] += " *"
    return " AND ".join(parts)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', " ") + '"'
