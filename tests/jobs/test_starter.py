import json

from annotator import paths
from annotator.domain.record import from_record
from annotator.jobs.progress import run
from annotator.jobs.starter import make_starter, offscreen_tour
from annotator.storage.project import Project


def seeds():
    return sorted(paths.seeds().glob("*.txt"))


def test_the_starter_holds_the_practice_articles_and_not_their_answers(tmp_path):
    report = run(make_starter(tmp_path / "starter.annot", "ann"))
    assert report.added == report.articles == len(seeds()) >= 8
    with Project.open(report.project, read_only=True) as project:
        articles = [project.article(id) for id in project.article_ids()]
        assert project.annotator == "ann"
        assert not any(project.human_layers(a.id) or project.gold_layer(a.id) for a in articles)
    assert all(a.meta.practice for a in articles)
    assert sorted(a.meta.file for a in articles) == [f.name for f in seeds()]


def test_making_the_starter_again_changes_nothing(tmp_path):
    path = tmp_path / "starter.annot"
    run(make_starter(path, "ann"))
    again = run(make_starter(path, "bo"))
    assert (again.added, again.articles) == (0, len(seeds()))
    with Project.open(path, read_only=True) as project:
        assert project.annotator == "ann"


def test_the_tour_suggests_and_exports_everything_twice_alike(tmp_path):
    path, out = tmp_path / "starter.annot", tmp_path / "exports"
    first = run(offscreen_tour(path, out, "ann"))
    assert first.suggested == len(seeds())
    names = ["LOSS.md", "starter.conll", "starter.jsonl"]
    assert sorted(p.name for p in out.iterdir()) == names
    bytes_before = [(out / name).read_bytes() for name in names]
    second = run(offscreen_tour(path, out, "ann"))
    assert second.suggested == 0
    assert sorted(p.name for p in out.iterdir()) == names
    assert [(out / name).read_bytes() for name in names] == bytes_before
    _check_records(out / "starter.jsonl")
    assert (out / "starter.conll").read_text("utf-8").count("-DOCSTART- -X- O O\n") == len(seeds())


def _check_records(file):
    records = [from_record(json.loads(line)) for line in file.read_text("utf-8").split("\n")[:-1]]
    assert len(records) == len(seeds())
    assert all(r.layer.mentions for r in records)
    assert sum(len(r.layer.statements) for r in records) > len(seeds())
