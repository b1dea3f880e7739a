"""The project file's schema as migrations: append only, never change one that was released.
Imported only when a file is made or brought up to date.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from annotator.storage import views
from annotator.storage.connection import APPLICATION_ID, SCHEMA_VERSION

MIGRATIONS = Migrations("annotator")

_PROVENANCE = """
    decided_by TEXT, decided_at TEXT, suggester TEXT, score REAL,
    changed TEXT NOT NULL, seconds REAL, reasons TEXT NOT NULL, guideline TEXT
"""

_TABLES = f"""
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE annotator (name TEXT PRIMARY KEY, added_at TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE article (
    number INTEGER PRIMARY KEY, -- the order in which articles came
    id TEXT NOT NULL UNIQUE,
    title TEXT, outlet TEXT, published TEXT, url TEXT, lang TEXT,
    file TEXT, extractor TEXT, source_id TEXT, raw_sha256 TEXT,
    changed TEXT NOT NULL, practice INTEGER NOT NULL,
    words INTEGER NOT NULL, added_at TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX article_list ON article (number, id, title, outlet, published, words);

CREATE TABLE layer (
    id INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article (id),
    annotator TEXT NOT NULL REFERENCES annotator (name),
    kind TEXT NOT NULL CHECK (kind IN ('human', 'machine', 'gold')),
    state TEXT NOT NULL, outcome TEXT, guideline TEXT,
    total INTEGER NOT NULL, -- statements that the annotator sees: their own and suggestions still shown
    decided INTEGER NOT NULL
);
CREATE UNIQUE INDEX layer_one ON layer (article, kind, annotator);
CREATE UNIQUE INDEX layer_one_shared ON layer (article, kind) WHERE kind <> 'human';
CREATE INDEX layer_state ON layer (kind, annotator, state);

CREATE TABLE mention (
    layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    start_cp INTEGER NOT NULL, end_cp INTEGER NOT NULL, text TEXT NOT NULL,
    label TEXT NOT NULL, actor TEXT, flags TEXT NOT NULL, decision TEXT NOT NULL,
    {_PROVENANCE},
    PRIMARY KEY (layer, id)
) WITHOUT ROWID;

CREATE TABLE statement (
    layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    start_cp INTEGER NOT NULL, end_cp INTEGER NOT NULL, -- from the first span's start to the last's end
    kind TEXT NOT NULL,
    cue_start_cp INTEGER, cue_end_cp INTEGER, cue TEXT,
    not_stated INTEGER NOT NULL, no_target INTEGER NOT NULL, no_topic INTEGER NOT NULL,
    act TEXT, flags TEXT NOT NULL, note TEXT, confidence TEXT, decision TEXT NOT NULL,
    {_PROVENANCE},
    PRIMARY KEY (layer, id)
) WITHOUT ROWID;
CREATE INDEX statement_place ON statement (layer, start_cp, end_cp);

CREATE TABLE statement_span (
    layer INTEGER NOT NULL, statement TEXT NOT NULL, n INTEGER NOT NULL,
    start_cp INTEGER NOT NULL, end_cp INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (layer, statement, n),
    FOREIGN KEY (layer, statement) REFERENCES statement (layer, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE speaker (
    layer INTEGER NOT NULL, statement TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('speaker', 'via')), -- via: who relayed the words
    n INTEGER NOT NULL,
    start_cp INTEGER, end_cp INTEGER, text TEXT, actor TEXT,
    PRIMARY KEY (layer, statement, part, n),
    FOREIGN KEY (layer, statement) REFERENCES statement (layer, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE target (
    layer INTEGER NOT NULL, statement TEXT NOT NULL, n INTEGER NOT NULL,
    start_cp INTEGER, end_cp INTEGER, text TEXT, actor TEXT, role TEXT, stance TEXT,
    PRIMARY KEY (layer, statement, n),
    FOREIGN KEY (layer, statement) REFERENCES statement (layer, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE topic (
    layer INTEGER NOT NULL, statement TEXT NOT NULL, n INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (layer, statement, n),
    FOREIGN KEY (layer, statement) REFERENCES statement (layer, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE actor (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, speaks_for TEXT, merged_into TEXT
) WITHOUT ROWID;

CREATE TABLE alias ( -- other names that an actor goes by
    alias TEXT NOT NULL, actor TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
    PRIMARY KEY (alias, actor)
) WITHOUT ROWID;

CREATE TABLE edit ( -- the journal: only ever added to
    seq INTEGER PRIMARY KEY,
    step TEXT NOT NULL, n INTEGER NOT NULL, -- the n-th edit of what one key press did
    how TEXT NOT NULL CHECK (how IN ('do', 'undo', 'redo', 'import')),
    of_step TEXT, -- the step undone or redone
    at TEXT NOT NULL,
    annotator TEXT NOT NULL REFERENCES annotator (name), -- who did it
    label TEXT NOT NULL,
    article TEXT REFERENCES article (id),
    layer_annotator TEXT, layer_kind TEXT, -- whose layer; null for edits of what the project shares
    edit TEXT NOT NULL, inverse TEXT NOT NULL
);
CREATE UNIQUE INDEX edit_step ON edit (step, n);
CREATE INDEX edit_by ON edit (annotator, seq, step, how, of_step) WHERE n = 0;
CREATE INDEX edit_article ON edit (article);
CREATE INDEX edit_of_step ON edit (of_step, seq, how) WHERE of_step IS NOT NULL;

CREATE TABLE release (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL, sha256 TEXT NOT NULL,
    articles INTEGER NOT NULL, note TEXT
);
"""

_SEARCH = """
CREATE VIRTUAL TABLE article_fts USING fts5(
    title, text, content='article', content_rowid='number', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    INSERT INTO article_fts (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_fts (article_fts, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER article_changed AFTER UPDATE OF title, text ON article BEGIN
    INSERT INTO article_fts (article_fts, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO article_fts (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
"""


@MIGRATIONS()
def m001_first_schema(db: Database) -> None:
    """Everything that version 1 of the file holds."""
    db.executescript(_TABLES)
    db.executescript(_SEARCH)
    db.execute("PRAGMA user_version = 1")


_RELEASES = """
ALTER TABLE release ADD COLUMN options TEXT; -- JSON: what makes it again
ALTER TABLE release ADD COLUMN program TEXT; -- the version of the program that made it
CREATE TABLE release_record ( -- what a release holds, to say later what changed
    release INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    article TEXT NOT NULL, layer TEXT NOT NULL, split TEXT NOT NULL, sha256 TEXT NOT NULL,
    statements TEXT NOT NULL, -- JSON: hash of each statement by its id
    PRIMARY KEY (release, article, layer)
) WITHOUT ROWID;
"""


@MIGRATIONS()
def m002_releases_and_views(db: Database) -> None:
    """What releases hold, and views for people who read the file with other programs."""
    db.executescript(_RELEASES)
    db.executescript(views.FIRST_VIEWS)
    db.execute("PRAGMA user_version = 2")


_NEAR_COPIES = """
CREATE TABLE near_copy ( -- articles that are mostly the words of another; an article without any has no row
    article TEXT PRIMARY KEY REFERENCES article (id),
    lead TEXT NOT NULL -- the same for all of a group
) WITHOUT ROWID;
CREATE INDEX near_copy_group ON near_copy (lead, article);
"""


@MIGRATIONS()
def m003_near_copies(db: Database) -> None:
    """Which articles are near-copies of each other."""
    db.executescript(_NEAR_COPIES)
    db.execute("PRAGMA user_version = 3")


def migrate(conn: sqlite3.Connection) -> None:
    """Bring an open file to the schema of today; each migration is one transaction."""
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(conn, recursive_triggers=False, execute_plugins=False))
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise RuntimeError(f"migrations lead to version {version}, not {SCHEMA_VERSION}")
