import pytest

from annotator.domain.actors import Actor, LinkedName
from annotator.domain.article import Article
from annotator.domain.edits import Placed, PutActor, Step
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Mention, Speaker, Statement
from annotator.storage import linked
from annotator.storage.project import Project

TEXT = "Qin said no. He smiled. Nuuk agreed. {}."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        yield project


def work(project, n, actor, decision=Decision.CONFIRMED, speaker="Qin", label="PERSON"):
    """An article in which the speaker's words are an entity of the machine's and were given an actor."""
    article = Article(TEXT.format(n))
    project.add_articles([article])
    span = Span(article.text.index(speaker), article.text.index(speaker) + len(speaker))
    mention = Mention("m1", span, label, None)
    machine = Layer(article.id, "rules", LayerKind.MACHINE, mentions={"m1": mention})
    project.put_machine_layer(article.id, machine)
    statement = Statement("s1", (Span(9, 11),), Kind.INDIRECT, decision=decision,
                          speaker=Speaker(span, (actor,)))  # fmt: skip
    project.put_layer(Layer(article.id, "anna", LayerKind.HUMAN, statements={"s1": statement}),
                      [Actor(actor, actor, "person")])  # fmt: skip


def test_a_speaker_that_is_an_entity_teaches_its_name(project):
    work(project, 1, "person:qin-gang")
    work(project, 2, "person:qin-gang", Decision.CORRECTED)
    assert project.linked_names() == [LinkedName("Qin", "PERSON", "person:qin-gang", 2)]


@pytest.mark.parametrize("decision", [Decision.SUGGESTED, Decision.REJECTED])
def test_what_nobody_confirmed_teaches_nothing(project, decision):
    work(project, 1, "person:qin-gang", decision)
    assert project.linked_names() == []


def test_words_that_are_no_entity_teach_nothing(project):
    work(project, 1, "person:qin-gang")
    article = Article(TEXT.format("He"))
    project.add_articles([article])
    spoken = Statement("s1", (Span(9, 11),), Kind.INDIRECT, decision=Decision.CONFIRMED,
                       speaker=Speaker(Span(13, 15), ("person:qin-gang",)))  # fmt: skip
    project.put_layer(Layer(article.id, "anna", LayerKind.HUMAN, statements={"s1": spoken}))
    assert [n.text for n in project.linked_names()] == ["Qin"]


def test_a_name_that_stands_for_several_is_left_open(project):
    work(project, 1, "person:qin-gang")
    work(project, 2, "person:qin-hui")
    assert project.linked_names() == []


def test_merged_actors_count_as_the_one_they_became(project):
    work(project, 1, "person:qin-gang")
    work(project, 2, "person:qin")
    merged = Actor("person:qin", "Qin", "person", merged_into="person:qin-gang")
    project.do(Step("Merge", (Placed(PutActor(merged)),)))
    assert project.linked_names() == [LinkedName("Qin", "PERSON", "person:qin-gang", 2)]


def test_a_confirmed_entity_with_an_actor_teaches_its_name(project):
    article = Article(TEXT.format("x"))
    project.add_articles([article])
    mention = Mention("m1", Span(24, 28), "GPE", "org:greenland", decision=Decision.CONFIRMED)
    project.put_layer(Layer(article.id, "anna", LayerKind.HUMAN, mentions={"m1": mention}),
                      [Actor("org:greenland", "Greenland", "org")])  # fmt: skip
    assert project.linked_names() == [LinkedName("Nuuk", "GPE", "org:greenland", 1)]


def test_the_work_of_the_machine_is_not_walked_through(project):
    """There are millions of its entities where people have worked on some articles."""
    with project._reading() as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {linked._LINKS}")]
    assert [step for step in plan if step.startswith("SCAN")] == []
