"""Is a project sound? SQLite's own checks, then what this program promises: texts are what their ids
say, spans cover the words they say, and every person's layer is what the journal tells.
"""

import sqlite3
from collections.abc import Iterator

from annotator.domain.edits import PutActor, PutMeta, RemoveActor
from annotator.domain.layer import Layer, LayerKind, view
from annotator.domain.scheme import LabelScheme
from annotator.domain.text import article_id
from annotator.errors import AnnotatorError
from annotator.storage import actors, articles, journal, layers, settings
from annotator.storage.connection import snapshot
from annotator.storage.layers import Stored

_SENSELESS = (ValueError, KeyError, TypeError, AttributeError)  # what decoding damaged JSON raises


def problems(conn: sqlite3.Connection, *, read_only: bool) -> list[str]:
    """One sentence each; none for a sound project."""
    try:
        with snapshot(conn):
            found = _damage(conn)
        if not found:
            found.extend(_search_index(conn, read_only=read_only))
            with snapshot(conn):
                found += [*_articles(conn), *_known(conn), *_shared(conn)]
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as e:
        found = [f"The file is damaged: {e}."]
    return found


def _damage(conn: sqlite3.Connection) -> list[str]:
    found = [
        f"The file is damaged: {row[0]}." for row in conn.execute("PRAGMA integrity_check") if row[0] != "ok"
    ]
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        found.append(f"Row {row} of table {table} points to nothing in table {parent}.")
    return found


def _search_index(conn: sqlite3.Connection, *, read_only: bool) -> Iterator[str]:
    # The check counts as writing, so what may only be read is checked in a copy.
    place = sqlite3.connect("") if read_only else conn
    try:
        if read_only:
            conn.backup(place)
        place.execute("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield "The search index does not match the articles."
    finally:
        if read_only:
            place.close()


def _articles(conn: sqlite3.Connection) -> Iterator[str]:
    known = conn.execute("SELECT number, id FROM article ORDER BY number").fetchall()
    for number, id in known:
        text = conn.execute("SELECT text FROM article WHERE number = ?", (number,)).fetchone()[0]
        if article_id(text) != id:
            yield f"The text of article {id} is not the one that was added."
            continue
        yield from _layers(conn, id, text)


def _layers(conn: sqlite3.Connection, article: str, text: str) -> Iterator[str]:
    stored = layers.of_article(conn, article)
    sound: list[tuple[Stored, Layer]] = []
    for row in stored:
        try:
            sound.append((row, layers.read(conn, row)))
        except AnnotatorError as e:
            yield f"The layer of {row.annotator} on article {article} cannot be read: {e.__cause__}."
    machine = next((layer for _, layer in sound if layer.kind is LayerKind.MACHINE), None)
    for row, layer in sound:
        where = f"of {row.annotator} on article {article}"
        yield from _surfaces(conn, row, text, where)
        yield from _counts(conn, row, layer, machine, where)
        if layer.kind is not LayerKind.MACHINE:
            yield from _replayed(conn, layer, text, where)


_WORDS = """
    SELECT start_cp, end_cp, text FROM mention WHERE layer = :layer
    UNION ALL SELECT start_cp, end_cp, text FROM statement_span WHERE layer = :layer
    UNION ALL SELECT cue_start_cp, cue_end_cp, cue FROM statement WHERE layer = :layer
    UNION ALL SELECT start_cp, end_cp, text FROM speaker WHERE layer = :layer
    UNION ALL SELECT start_cp, end_cp, text FROM target WHERE layer = :layer
"""


def _surfaces(conn: sqlite3.Connection, row: Stored, text: str, where: str) -> Iterator[str]:
    for start, end, words in conn.execute(_WORDS, {"layer": row.id}):
        if start is not None and (end > len(text) or text[start:end] != words):
            yield f"A span {where} says {words!r}, the text at {start} to {end} does not."


def _counts(
    conn: sqlite3.Connection, row: Stored, layer: Layer, machine: Layer | None, where: str
) -> Iterator[str]:
    seen = view(layer, machine) if layer.kind is LayerKind.HUMAN else layer
    total, decided = len(seen.statements), sum(s.decided for s in seen.statements.values())
    kept = conn.execute("SELECT total, decided FROM layer WHERE id = ?", (row.id,)).fetchone()
    if kept != (total, decided):
        yield f"The layer {where} counts {kept[1]} of {kept[0]} decided, it holds {decided} of {total}."


def _replayed(conn: sqlite3.Connection, layer: Layer, text: str, where: str) -> Iterator[str]:
    try:
        told = journal.replay(conn, layer, lambda _: text)
    except _SENSELESS as e:
        yield f"The journal cannot be followed for the layer {where}: {e}."
        return
    if told != layer:
        yield f"The layer {where} is not what the journal tells."


def _known(conn: sqlite3.Connection) -> Iterator[str]:
    """What stands beside texts and layers can be read: settings, the scheme, metadata."""
    for id in articles.ids(conn):
        try:
            articles.read(conn, id)
        except AnnotatorError as e:
            yield f"{e.message[:-1]}: {e.__cause__}."
    for (key,) in conn.execute("SELECT key FROM setting ORDER BY key").fetchall():
        try:
            value = settings.read(conn, key)
            if key == "scheme":
                LabelScheme.from_dict(value)
        except AnnotatorError as e:
            yield f"{e.message[:-1]}: {e.__cause__}."
        except _SENSELESS as e:
            yield f"The label scheme of the project is damaged: {e}."


def _shared(conn: sqlite3.Connection) -> Iterator[str]:
    try:
        yield from _told_of_all(conn)
    except (AnnotatorError, *_SENSELESS) as e:
        yield f"The journal cannot be followed for actors and metadata: {e}."


def _told_of_all(conn: sqlite3.Connection) -> Iterator[str]:
    last: dict[str, PutActor | RemoveActor | PutMeta] = {}
    for edit in journal.project_edits(conn):
        if isinstance(edit, PutActor):
            last[edit.actor.id] = edit
        elif isinstance(edit, RemoveActor):
            last.pop(edit.id, None)  # the machine may have named it anew
        elif isinstance(edit, PutMeta):
            last[edit.article] = edit
    known = actors.read(conn)
    for id, edit in last.items():
        if isinstance(edit, PutActor) and known.get(id) != edit.actor:
            yield f"Actor {id} is not what the journal tells."
        if isinstance(edit, PutMeta) and articles.read(conn, id).meta != edit.meta:
            yield f"The metadata of article {id} are not what the journal tells."
