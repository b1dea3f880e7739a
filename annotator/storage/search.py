"""Full-text search: which articles hold some words, and the words in their context."""

import re
import sqlite3
from typing import NamedTuple

from annotator.domain.spans import Span

_CONTEXT = 60  # code points shown on either side of a hit
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
    phrase = " ".join(query.replace('"', " ").replace("\0", " ").split())
    if not phrase:
        return []
    find = _scan if _UNSPACED.search(phrase) else _match
    found: list[Hit] = []
    for id, title, marked_title, marked_text in find(conn, phrase):
        found.extend(_in_context(id, title, marked_title, in_title=True))
        found.extend(_in_context(id, title, marked_text, in_title=False))
        if len(found) >= limit:
            break
    return found[:limit]


def _match(conn: sqlite3.Connection, phrase: str) -> sqlite3.Cursor:
    sql = """
        SELECT a.id, a.title,
            highlight(article_fts, 0, :open, :close), highlight(article_fts, 1, :open, :close)
        FROM article_fts JOIN article a ON a.number = article_fts.rowid
        WHERE article_fts MATCH :asked ORDER BY article_fts.rowid
    """
    asked = f"{_quoted(phrase)} *" if any(map(str.isalnum, phrase)) else '""'
    return conn.execute(sql, {"open": _OPEN, "close": _CLOSE, "asked": asked})


def _scan(conn: sqlite3.Connection, phrase: str) -> sqlite3.Cursor:
    sql = """
        SELECT a.id, a.title, replace(a.title, :phrase, :marked), replace(a.text, :phrase, :marked)
        FROM article a WHERE instr(a.text, :phrase) OR instr(a.title, :phrase) ORDER BY a.number
    """
    return conn.execute(sql, {"phrase": phrase, "marked": f"{_OPEN}{phrase}{_CLOSE}"})


def _in_context(id: str, title: str | None, marked: str | None, *, in_title: bool) -> list[Hit]:
    if not marked or _OPEN not in marked:
        return []
    pieces = re.split(f"[{_OPEN}{_CLOSE}]", marked)
    whole, found, at = "".join(pieces), [], 0
    for n, piece in enumerate(pieces):
        end = at + len(piece)
        if n % 2 and piece:
            before, after = whole[max(0, at - _CONTEXT) : at], whole[end : end + _CONTEXT]
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
