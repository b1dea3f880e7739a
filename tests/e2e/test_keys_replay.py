"""Whole practice articles annotated by keys alone, over the machine's real suggestions."""

import json

import pytest
from replaying import Annotator, Answering, Gold

from annotator import paths
from annotator.domain.layer import State
from annotator.ingest.registry import read_file
from annotator.storage.project import Project
from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester


@pytest.fixture(scope="module")
def suggester():
    return Suggester(scheme=default_scheme())


@pytest.mark.parametrize("name", ["balkan-talks", "grain-call-readout"])
def test_a_practice_article_is_done_as_the_gold_says_without_a_mouse(qtbot, tmp_path, suggester, name):
    gold = Gold(json.loads((paths.seeds() / "gold" / f"{name}.jsonl").read_text("utf-8")))
    (read,) = read_file(paths.seeds() / f"{name}.txt")
    assert read.article.id == gold.id
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.add_articles([read.article])
        suggested = suggester.suggest(gold.id, gold.text, title=read.article.meta.title)
        project.put_machine_layer(gold.id, suggested.layer, suggested.actors)
        annotator = Annotator(qtbot, project, gold, Answering(suggester, project))
        annotator.work()
        assert annotator.frames() == {gold.frame(s) for s in gold.statements}
        assert project.layer(gold.id).state is State.DONE
        assert project.check() == []
        annotator.window.close()
