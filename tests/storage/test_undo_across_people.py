"""Undo takes back one's own work, never what somebody else built on it."""

import pytest

from annotator.domain.actors import Actor
from annotator.domain.article import Article
from annotator.domain.edits import AddMention, Placed, PutActor, Step
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Mention
from annotator.storage.project import Project

TEXT = "Orla Quint said no."
QUINT = Actor("person:quint", "Orla Quint", "person", "state:IE")


def mark(article):
    mention = Mention("m1", Span(0, 10), "PERSON", QUINT.id, decision=Decision.CONFIRMED)
    return Placed(AddMention(mention), article)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.annot"
    with Project.create(path, annotator="ann") as project:
        article = Article(TEXT)
        project.add_articles([article])
        project.do(Step("Mark", (Placed(PutActor(QUINT)), mark(article.id))))
    return path


def test_an_actor_that_somebody_else_uses_stays(path):
    with Project.open(path, annotator="bob") as project:
        article = project.article_ids()[0]
        project.do(Step("Mark", (mark(article),)))
    with Project.open(path, annotator="ann") as project:
        project.undo()
        assert project.layer(article).mentions == {}
        assert project.actors().get(QUINT.id) == QUINT
        assert project.layer(article, "bob").mentions["m1"].actor == QUINT.id
        project.redo()
        assert set(project.layer(article).mentions) == {"m1"}
        assert project.check() == []


def test_an_actor_that_nobody_else_uses_goes(path):
    with Project.open(path, annotator="ann") as project:
        project.undo()
        assert project.actors().get(QUINT.id) is None
        assert project.check() == []
