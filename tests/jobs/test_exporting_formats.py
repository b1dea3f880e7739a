"""What every format keeps to, whichever it is: run through the real job over a real project."""

import resource
from dataclasses import replace

import pytest
from export_samples import ACTORS, samples

from annotator.domain.layer import LayerKind, State
from annotator.errors import AnnotatorError
from annotator.export.registry import FORMATS
from annotator.jobs.exporting import export_project
from annotator.jobs.progress import run
from annotator.storage.project import Project

# What may lie in the folder of a format, besides LOSS.md.
ENDINGS = {
    "jsonl": {".jsonl"},
    "conll": {".conll"},
    "conllu": {".conllu"},
    "conllup": {".conllup"},
    "docbin": {".spacy"},
    "brat": {".ann", ".txt"},
    "doccano": {".jsonl"},
    "labelstudio": {".json", ".xml"},
    "prodigy": {".jsonl"},
    "tei": {".xml"},
    "xmi": {".xmi", ".xml"},
    "hf": {".jsonl", ".md"},
    "table-csv": {".csv"},
    "table-jsonl": {".jsonl"},
    "shape": {".jsonl"},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The samples, and the machine's layer under some of them; nobody changes it."""
    path = tmp_path_factory.mktemp("project") / "news.annot"
    with Project.create(path, annotator="ann") as made:
        made.add_articles(a for a, _ in samples())
        for _, layer in samples():
            if not layer.empty:
                made.put_layer(layer, ACTORS)
        for article, layer in samples()[:3]:
            machines = replace(layer, annotator="rules 1", kind=LayerKind.MACHINE, state=State.TODO)
            made.put_machine_layer(article.id, machines)
        yield made


@pytest.fixture
def options(tmp_path):
    """What a format cannot do without."""
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fields]\nid = "statement.id"\nwords = "statement.spans[].text"\n', "utf-8")
    return {"shape": {"shape": str(mapping)}}


def test_every_format_is_looked_at():
    assert ENDINGS.keys() == FORMATS.keys()


@pytest.mark.parametrize("format", FORMATS)
def test_a_folder_holds_the_formats_files_and_the_report_alone(project, tmp_path, format, options):
    report = run(export_project(project, format, tmp_path / "out", options=options.get(format, {})))
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {*(f.name for f in report.files), "LOSS.md"}
    assert {f.suffix for f in report.files} == ENDINGS[format]
    assert FORMATS[format].suffix in ENDINGS[format]
    loss = report.loss_file.read_text("utf-8")
    assert all(f"`{f.name}` SHA-256" in loss for f in report.files)
    if FORMATS[format].lossless:
        assert not [kind for kind in report.loss.counts() if "widened" not in kind and "inside" not in kind]
    else:
        assert report.loss.counts()


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_project_gives_the_same_bytes(project, tmp_path, format, options):
    chosen = options.get(format, {})
    reports = [run(export_project(project, format, tmp_path / n, options=chosen)) for n in "ab"]
    first, second = ([f.read_bytes() for f in (*r.files, r.loss_file)] for r in reports)
    assert first == second


@pytest.mark.parametrize("format", FORMATS)
def test_all_layers_of_an_article_can_be_written(project, tmp_path, format, options):
    job = export_project(project, format, tmp_path / "out", layer="all", options=options.get(format, {}))
    report = run(job)
    assert report.records == 3 + sum(not layer.empty for _, layer in samples())


@pytest.mark.parametrize("format", FORMATS)
def test_a_cancelled_export_leaves_nothing(project, tmp_path, format, options):
    for steps in (1, 3, 6, 8):
        job = export_project(project, format, tmp_path / "out", options=options.get(format, {}))
        for _ in range(steps):
            next(job)
        job.close()
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_is_said_and_keeps_the_old_files(project, tmp_path, format, options):
    out, chosen = tmp_path / "out", options.get(format, {})
    run(export_project(project, format, out, options=chosen))
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(AnnotatorError, match="Cannot export to"):
            run(export_project(project, format, out, options=chosen))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_what_a_killed_export_left_is_cleared_away(project, tmp_path):
    left = tmp_path / "out" / ".jsonl.partial"
    left.mkdir(parents=True)
    (left / "news.jsonl").write_text("half")
    run(export_project(project, "jsonl", tmp_path / "out"))
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["LOSS.md", "news.jsonl"]


def test_an_empty_folder_of_ours_goes_again_but_a_users_stays(project, tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(AnnotatorError):
        run(export_project(project, "jsonl", tmp_path / "mine", layer="nobody"))
    assert (tmp_path / "mine").is_dir()
