import sqlite3
from contextlib import closing

import pytest

from annotator.domain.actors import Actor
from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddMention, AddStatement, Placed, PutActor, PutMeta, Step
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Speaker, Statement, Target
from annotator.errors import AnnotatorError
from annotator.storage.project import Project

ARTICLE = Article("Qin 😀 said no. Wang said yes.")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.annot"
    statement = Statement(
        "s1",
        (Span(11, 13),),
        Kind.INDIRECT,
        cue=Span(6, 10),
        speaker=Speaker(Span(0, 3)),
        targets=(Target(span=Span(15, 19)),),
    )
    with Project.create(path, annotator="ann") as project:
        project.add_articles([ARTICLE])
        edits = (AddStatement(statement), AddMention(Mention("m", Span(0, 3), "PERSON")))
        places = (
            *(Placed(edit, ARTICLE.id) for edit in edits),
            Placed(PutActor(Actor("state:CN", "China", "state"))),
            Placed(PutMeta(ARTICLE.id, Meta(title="Title"))),
        )
        project.do(Step("All", places))
        assert project.check() == []
    return path


def found(path, *statements):
    """What the check says after somebody tampered with the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for sql in statements:
            other.execute(sql)
    with Project.open(path) as project:
        said = project.check()
    with Project.open(path, read_only=True) as project:
        assert project.check() == said
    return said


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE mention SET text = 'Gin'", "A span of ann"),
        ("UPDATE mention SET end_cp = 99", "A span of ann"),
        ("UPDATE statement_span SET text = 'yes'", "A span of ann"),
        ("UPDATE statement SET cue = 'sang'", "A span of ann"),
        ("UPDATE speaker SET text = 'Gin'", "A span of ann"),
        ("UPDATE target SET text = 'Gin'", "A span of ann"),
        ("UPDATE mention SET label = 'GPE'", "is not what the journal tells"),
        ("UPDATE statement SET decision = 'confirmed'", "is not what the journal tells"),
        ("UPDATE layer SET state = 'done'", "is not what the journal tells"),
        ("DELETE FROM target", "is not what the journal tells"),
        ("UPDATE layer SET total = 7", "counts 0 of 7 decided, it holds 0 of 1"),
        ("UPDATE statement SET kind = 'loud'", "cannot be read: 'loud'"),
        ("UPDATE mention SET end_cp = start_cp", "cannot be read: not a span"),
        ("UPDATE edit SET edit = replace(edit, '\"Qin\"', '\"Gin\"')", "journal cannot be followed"),
        ("UPDATE edit SET edit = replace(edit, 'add_', 'sub_')", "journal cannot be followed"),
        ("DELETE FROM edit WHERE n = 0", "is not what the journal tells"),
        ("UPDATE actor SET name = 'PRC'", "Actor state:CN is not what the journal tells"),
        ("UPDATE article SET outlet = 'X'", "The metadata of article"),
        ("UPDATE mention SET changed = '[\"x'", "cannot be read: "),
        ("UPDATE statement SET reasons = '[{\"rile\": 1}]'", "cannot be read: 'role'"),
        ("UPDATE article SET changed = '{'", "What is known of article"),
        ("UPDATE setting SET value = '{\"' WHERE key = 'annotator'", "The setting 'annotator'"),
        ("UPDATE setting SET value = '{}' WHERE key = 'scheme'", "label scheme of the project is damaged"),
        ("UPDATE setting SET value = '[' WHERE key = 'scheme'", "The setting 'scheme'"),
        ("UPDATE edit SET edit = '{' WHERE layer_annotator IS NULL", "cannot be followed for actors"),
        ("UPDATE edit SET edit = '[]' WHERE layer_annotator IS NULL", "cannot be followed for actors"),
        ("DELETE FROM article_fts", "search index"),
        ("INSERT INTO topic VALUES (99, 's1', 0, 'x')", "points to nothing in table statement"),
        ("DELETE FROM layer", "points to nothing in table layer"),
    ],
)
def test_tampering_is_noticed(path, tampering, said):
    assert any(said in sentence for sentence in found(path, tampering))


@pytest.mark.parametrize(
    ("tampering", "used"),
    [
        ("UPDATE statement SET decision = 's}ggested'", lambda p: p.layer(ARTICLE.id)),
        ("UPDATE mention SET flags = '{'", lambda p: p.layer(ARTICLE.id)),
        ("UPDATE article SET changed = '{'", lambda p: p.article(ARTICLE.id)),
        ("UPDATE setting SET value = '{'", lambda p: p.scheme),
        ("UPDATE setting SET value = '{}'", lambda p: p.scheme),
        ("UPDATE setting SET value = '{'", lambda p: p.annotator),
    ],
)
def test_damaged_values_are_told_in_a_sentence(path, tampering, used):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(tampering)
    with Project.open(path) as project, pytest.raises(AnnotatorError, match="is damaged"):
        used(project)


def test_a_changed_text_is_noticed(path):
    said = found(path, "UPDATE article SET text = replace(text, 'yes', 'no')")
    assert said == [f"The text of article {ARTICLE.id} is not the one that was added."]


def test_an_index_that_lost_a_row_is_noticed(path):
    rows = "SELECT rootpage FROM sqlite_master WHERE name = 'edit_article'"
    with closing(sqlite3.connect(path)) as other:
        (page,) = other.execute(rows).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\0\0")  # its number of cells
    assert any("The file is damaged" in sentence for sentence in found(path))
