import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from export_samples import ACTORS, emoji, samples

from annotator.domain.actors import Actor
from annotator.domain.layer import LayerKind
from annotator.domain.statement import Target
from annotator.storage.project import Project


@pytest.fixture
def path(tmp_path):
    """Every sample, with its actors, and one article that the machine has read too."""
    path = tmp_path / "news.annot"
    with Project.create(path, annotator="ann") as project:
        project.add_articles(article for article, _ in samples())
        for _, layer in samples():
            if not layer.empty:
                project.put_layer(layer, ACTORS)
        article, layer = emoji()
        project.put_machine_layer(article.id, replace(layer, annotator="rules 1", kind=LayerKind.MACHINE))
    return path


def select(path, sql, *values):
    """What a program that knows nothing of ours reads."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        return [dict(row) for row in conn.execute(sql, values)]


def test_a_statement_is_told_by_names(path):
    article, _ = emoji()
    sql = "SELECT * FROM statements_by_name WHERE article = ? AND layer = 'human'"
    (row,) = select(path, sql, article.id)
    assert row["title"] == "Ready 🚀"
    assert row["annotator"] == "ann"
    assert row["content"] == "We are 🧑🏽‍🚀 ready … to talk 🤝"
    assert row["speaker"] == "Qin Gang"  # merged actors stand under whom they were merged into
    assert row["speaker_words"] == "Qin Gang"
    assert row["targets"] == "Japan (addressee)"
    assert row["topics"].endswith("› Taiwan")
    assert (row["decision"], row["decided_by"], row["score"]) == ("corrected", "ann", 0.5)


def test_not_stated_none_and_undecided_are_three_things(path):
    rows = select(path, "SELECT speaker, targets, topics, via FROM statements_by_name WHERE layer = 'human'")
    said = {(r["speaker"], r["targets"], r["topics"]) for r in rows}
    assert ("not stated", "none", "none") in said
    assert (None, None, None) in said
    assert "sources" in {r["via"] for r in rows}


def test_several_targets_keep_their_order_and_their_words_when_nobody_is_named(path):
    rows = select(path, "SELECT targets FROM statements_by_name WHERE statement = 's1'")
    assert "Japan (object); Tokyo" in {r["targets"] for r in rows}


def test_the_machines_rows_are_told_apart(path):
    rows = select(path, "SELECT layer, COUNT(*) AS n FROM statements_by_name GROUP BY layer")
    assert {r["layer"]: r["n"] for r in rows} == {"human": 5, "machine": 1}


def test_decisions_are_counted_by_annotator(path):
    rows = select(path, "SELECT * FROM decisions_by_annotator")
    ann = next(r for r in rows if r["annotator"] == "ann")
    assert (ann["articles"], ann["done"]) == (3, 1)
    assert (ann["decided"], ann["confirmed"], ann["corrected"], ann["rejected"]) == (4, 2, 1, 1)
    assert ann["last"] == "2026-03-02T10:14:05Z"
    assert next(r for r in rows if r["annotator"] == "bo")["decided"] == 0


def test_a_ring_of_merges_ends_and_an_unknown_actor_is_its_id(tmp_path):
    path = tmp_path / "ring.annot"
    article, layer = emoji()
    statement = layer.statements["s1"]
    statement = replace(statement, targets=(Target("person:a"), Target("person:nobody")))
    with Project.create(path, annotator="ann") as project:
        project.add_articles([article])
        ring = [
            Actor("person:a", "A", "person", merged_into="person:b"),
            Actor("person:b", "B", "person", merged_into="person:a"),
        ]
        project.put_layer(replace(layer, statements={"s1": statement}), ring)
    (row,) = select(path, "SELECT targets FROM statements_by_name")
    assert row["targets"] == "A; person:nobody"


def test_an_older_project_gets_the_views_after_a_backup(tmp_path, path):
    with closing(sqlite3.connect(path)) as conn:  # as version 1 left it
        for view in ("statements_by_name", "decisions_by_annotator", "actor_name", "topic_name"):
            conn.execute(f"DROP VIEW {view}")
        conn.execute("DROP TABLE release_record")
        conn.execute("ALTER TABLE release DROP COLUMN options")
        conn.execute("ALTER TABLE release DROP COLUMN program")
        conn.execute("DROP TABLE near_copy")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm002'")
        conn.execute("PRAGMA user_version = 1")
        conn.commit()
    with Project.open(path) as project:
        assert project.check() == []
        assert project.releases.all() == []
    assert select(path, "SELECT COUNT(*) AS n FROM statements_by_name")[0]["n"] == 6
    assert len(list((tmp_path / "news-backups").iterdir())) == 1
