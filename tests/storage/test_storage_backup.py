import json
import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from annotator import paths
from annotator.domain.article import Article
from annotator.domain.edits import Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.scheme import LabelScheme
from annotator.errors import AnnotatorError
from annotator.storage.backup import KEPT
from annotator.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from annotator.storage.migrations import MIGRATIONS
from annotator.storage.project import Project

ARTICLE = Article("Qin said no.")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "my news.annot"
    with Project.create(path, annotator="ann") as project:
        project.add_articles([ARTICLE])
        project.do(Step("Done", (Placed(SetState(State.DONE), ARTICLE.id),)))
    return path


def test_a_backup_is_a_project_made_while_one_works(path):
    with Project.open(path) as project:
        copy = project.backup()
        project.undo()
    assert copy.parent == path.parent / "my news-backups"
    assert [p.name for p in copy.parent.iterdir()] == [copy.name]
    with Project.open(copy) as restored:
        assert restored.layer(ARTICLE.id).state is State.DONE
        assert restored.check() == []
        assert restored.undo().label == "Done"


def test_the_newest_backups_are_kept_and_nothing_else_is_touched(path):
    folder = path.parent / "my news-backups"
    folder.mkdir()
    (folder / "my news-of-mine.annot").write_text("keep")
    (folder / "notes.txt").write_text("keep")
    with Project.open(path) as project:
        made = [project.backup() for _ in range(KEPT + 3)]
    assert sorted(made) == made
    assert {p.name for p in folder.iterdir()} == {
        "notes.txt",
        "my news-of-mine.annot",
        *(p.name for p in made[-KEPT:]),
    }


def test_a_backup_goes_where_one_wants_and_over_nothing(path, tmp_path):
    target = tmp_path / "stick" / "copy.annot"
    with Project.open(path) as project:
        assert project.backup(target) == target
        before = target.read_bytes()
        with pytest.raises(AnnotatorError, match="already there"):
            project.backup(target)
        with pytest.raises(AnnotatorError, match="cannot be written"):
            project.backup(target / "inside a file.annot")
    assert target.read_bytes() == before
    assert [p.name for p in target.parent.iterdir()] == ["copy.annot"]


def test_what_is_only_read_can_be_backed_up(path):
    with (
        Project.open(path),
        Project.open(path, read_only=True) as reader,
        Project.open(reader.backup()) as copy,
    ):
        assert copy.has_article(ARTICLE.id)


# Older files


@pytest.fixture
def first_version(tmp_path):
    """A project as the first schema knew it, with an article and the settings of today."""
    path = tmp_path / "old.annot"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        second = MIGRATIONS.pending(Database(memory=True))[1].name
        MIGRATIONS.apply(Database(conn), stop_before=second)
        scheme = (paths.resources() / "scheme" / "diplomacy.toml").read_text(encoding="utf-8")
        as_json = json.dumps(LabelScheme.from_toml(scheme).as_dict())
        conn.execute("INSERT INTO setting VALUES ('annotator', '\"ann\"'), ('scheme', ?)", (as_json,))
        conn.execute(
            "INSERT INTO article (id, changed, practice, words, added_at, text) "
            "VALUES (?, '[]', 0, 3, '', ?)",
            (ARTICLE.id, ARTICLE.text),
        )
        conn.execute("PRAGMA journal_mode = WAL")
    return path


def test_an_older_file_is_backed_up_and_brought_up_to_date(first_version):
    before = first_version.read_bytes()
    with Project.open(first_version) as project:
        assert project.check() == []
        assert project.article(ARTICLE.id) == ARTICLE
    (kept,) = (first_version.parent / "old-backups").iterdir()
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    with closing(sqlite3.connect(first_version)) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert first_version.read_bytes() != before
    Project.open(first_version).close()
    assert len(list(kept.parent.iterdir())) == 1


def test_an_older_file_is_not_touched_when_it_is_only_read(first_version):
    before = first_version.read_bytes()
    with pytest.raises(AnnotatorError, match="older version"):
        Project.open(first_version, read_only=True)
    assert first_version.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(first_version):
    with closing(sqlite3.connect(first_version)) as conn:
        conn.execute("CREATE TABLE release_record (in_the_way)")
    with pytest.raises(sqlite3.OperationalError):
        Project.open(first_version)
    with closing(sqlite3.connect(first_version)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)
        columns = [row[1] for row in conn.execute("PRAGMA table_info(release)")]
    assert "options" not in columns


def test_the_version_is_the_number_of_migrations():
    assert len(MIGRATIONS.pending(Database(memory=True))) == SCHEMA_VERSION


def test_the_file_says_whose_it_is(path):
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with Project.open(path) as project:
        pragmas = [
            project._conn.execute(f"PRAGMA {p}").fetchone()[0] for p in ("synchronous", "foreign_keys")
        ]
        assert pragmas == [2, 1]  # FULL, on
