"""A project full of trouble, exported by the real job; the programs that read it are in .venv-readers."""

import json
from dataclasses import replace

import pytest
from export_samples import ACTORS, samples

from annotator.domain.layer import LayerKind, State
from annotator.jobs.exporting import export_project
from annotator.jobs.progress import run
from annotator.storage.project import Project


def pytest_configure(config):
    """What other people's programs warn of is not ours to mend."""
    config.addinivalue_line("filterwarnings", "default")
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning")


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """All samples under two people's and the machine's layers; nobody changes it."""
    path = tmp_path_factory.mktemp("project") / "news.annot"
    with Project.create(path, annotator="ann") as made:
        made.add_articles(a for a, _ in samples())
        for article, layer in samples():
            if not layer.empty:
                made.put_layer(layer, ACTORS)
                machines = replace(layer, annotator="rules 1", kind=LayerKind.MACHINE, state=State.TODO)
                made.put_machine_layer(article.id, machines)
        yield made


@pytest.fixture(scope="session")
def exported(project, tmp_path_factory):
    """A function: the folder of a format, exported with these options."""

    def export(format, layer=None, **options):
        out = tmp_path_factory.mktemp(format)
        run(export_project(project, format, out, layer=layer, options=options))
        return out

    return export


@pytest.fixture(scope="session")
def records(exported):
    """The canonical records that every other format derives from, by id."""
    [file] = exported("jsonl").glob("*.jsonl")
    lines = file.read_text("utf-8").split("\n")[:-1]
    return {record["id"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="session")
def kept(records):
    """A function: the statements or mentions of a record that are not rejected."""

    def of(id, what):
        return [x for x in records[id][what] if x["decision"] != "rejected"]

    return of
