from dataclasses import replace

import pytest
from export_samples import ACTORS, emoji, layer_of, samples, tangled

from annotator.domain.layer import LayerKind, State
from annotator.domain.statement import Decision
from annotator.jobs import upkeep
from annotator.storage.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as made:
        pairs = samples()
        made.add_articles(a for a, _ in pairs)
        for _, layer in pairs:
            if not layer.empty:
                made.put_layer(layer, ACTORS)
        yield made


def test_an_empty_project_counts_nothing(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        found = upkeep.stats(project)
    assert (found["articles"], found["statements"], found["annotators"]) == (0, 0, [])
    assert found["states"] == {"todo": 0, "doing": 0, "done": 0, "flagged": 0}


def test_counts_of_people_statements_and_mentions(project):
    found = upkeep.stats(project)
    assert found["articles"] == 5
    assert found["states"] == {"todo": 1, "doing": 3, "done": 1, "flagged": 0}
    assert found["annotators"] == [
        {"name": "ann", "articles": 3, "done": 1, "decided_statements": 4},
        {"name": "bo", "articles": 1, "done": 0, "decided_statements": 0},
    ]
    assert found["decisions"] == {"confirmed": 2, "corrected": 1, "rejected": 1, "suggested": 1}
    assert found["statements"] == 4
    assert found["kinds"] == {"indirect": 3, "direct": 1}
    assert found["topics"]["none"] == 1
    assert found["topics"]["undecided"] == 1
    assert found["acts"] == {"undecided": 2, "none": 1, "request": 1}
    assert found["labels"]["ORG"] == 3
    assert "MISC" not in found["labels"]


def test_two_people_on_one_article_are_counted_in_both_views(project):
    _, layer = emoji()
    project.put_layer(replace(layer, annotator="bo", state=State.DOING))
    found = upkeep.stats(project)
    assert found["statements"] == 5
    assert found["states"]["done"] == 1
    assert found["annotators"][1]["articles"] == 2


def test_suggestions_count_where_nobody_has_begun(tmp_path):
    article, layer = tangled()
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles([article])
        machine = replace(
            layer_of(article, kind=LayerKind.MACHINE, annotator="m"), statements=layer.statements
        )
        project.put_machine_layer(article.id, machine)
        found = upkeep.stats(project)
    assert found["suggested_articles"] == 1
    assert found["statements"] == sum(s.decision is not Decision.REJECTED for s in layer.statements.values())


def test_lines_for_people_say_the_same(project):
    lines = "\n".join(upkeep.as_lines(upkeep.stats(project)))
    assert "articles    5 (1 todo, 3 doing, 1 done)" in lines
    assert "annotator   ann: 3 articles, 1 done, 4 statements decided" in lines
    assert "kinds       indirect 3, direct 1" in lines


def test_a_sound_project_has_nothing_wrong(project):
    assert upkeep.check(project) == []


def test_a_backup_holds_the_same(project, tmp_path):
    copy = upkeep.backup(project, tmp_path / "copy.annot")
    with Project.open(copy, read_only=True) as again:
        ours, theirs = upkeep.stats(project), upkeep.stats(again)
    assert {**ours, "project": ""} == {**theirs, "project": ""}
    assert upkeep.backup(project).is_file()
