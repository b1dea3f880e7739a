import json
import sys

import pytest
from export_samples import ACTORS, sample_records, samples, written
from srsly import yaml_loads

from annotator.domain.article import Article
from annotator.domain.record import dumps, to_record
from annotator.errors import AnnotatorError
from annotator.export import features, registry
from annotator.export.formats import Job
from annotator.export.loss import Loss
from annotator.jobs.exporting import export_project
from annotator.jobs.progress import run
from annotator.storage.project import Project


def split_up(folder, splits):
    chosen = registry.find("hf")
    writer = chosen.writer(Job(folder, "news", registry.settled(chosen, {}), Loss(), splits))
    meant = [writer.add(record) for record in sample_records()]
    files = writer.close()
    assert list(writer.reread()) == meant
    return files, writer


def ids_in(file):
    return [json.loads(line)["id"] for line in file.read_text("utf-8").split("\n")[:-1]]


def test_records_stand_in_their_splits_and_empty_ones_are_not_there(tmp_path):
    ids = [a.id for a, _ in samples()]
    files, _ = split_up(tmp_path, {ids[1]: "test", ids[3]: "train"})
    assert sorted(f.name for f in files) == ["README.md", "test.jsonl", "train.jsonl"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["README.md", "test.jsonl", "train.jsonl"]
    assert ids_in(tmp_path / "test.jsonl") == [ids[1]]
    assert ids_in(tmp_path / "train.jsonl") == [ids[0], *ids[2:]]


def test_the_card_declares_files_and_every_column(tmp_path):
    written("hf", sample_records(), tmp_path)
    head = (tmp_path / "README.md").read_text("utf-8").split("---\n")[1]
    card = yaml_loads(head)
    assert card["configs"] == [
        {"config_name": "default", "data_files": [{"split": "train", "path": "train.jsonl"}]}
    ]
    columns = [f["name"] for f in card["dataset_info"][0]["features"]]
    assert columns == list(sample_records()[0])


def test_a_changed_file_is_noticed(tmp_path):
    _, writer = split_up(tmp_path, {})
    with (tmp_path / "train.jsonl").open("a", encoding="utf-8") as f:
        f.write("{}\n")
    with pytest.raises(ValueError, match="more rows than records"):
        list(writer.reread())


def test_without_its_extra_parquet_is_refused_in_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # whether it is here or not
    with Project.create(tmp_path / "news.annot", annotator="ann") as project:
        project.add_articles(a for a, _ in samples())
        with pytest.raises(AnnotatorError, match="need the extra `parquet`") as refused:
            run(export_project(project, "hf", tmp_path / "out", options={"files": "parquet"}))
    assert "pip install pyarrow" in refused.value.hint
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("pair", samples(), ids=range(5))
def test_every_value_of_a_record_has_a_column_of_its_type(pair):
    record = to_record(*pair, ACTORS)
    for times in (True, False):
        found = features.typed(record, features.record(whole_days=False, times=times))
        assert found == record


def test_a_key_without_a_column_is_noticed_and_whole_numbers_become_floats():
    shape = {"score": "float64", "at": "string"}
    assert dumps(features.typed({"score": 1, "at": None}, shape)) == '{"score":1.0,"at":null}'
    with pytest.raises(ValueError, match="no column for extra"):
        features.typed({"score": 1, "at": None, "extra": 2}, shape)


def test_near_copies_of_a_project_stand_in_one_split(tmp_path):
    words = "The minister of trade number {} said on day {} that talks {} would go on without a break. "
    texts = ["".join(words.format(n, i, n * i) for i in range(30)) for n in range(40)]
    copies = [f"WIRE COPY. {text}" for text in texts]
    with Project.create(tmp_path / "news.annot", annotator="ann") as project:
        project.add_articles([Article(t, "en") for t in (*texts, *copies)])
        report = run(export_project(project, "hf", tmp_path / "out"))
    where = {id: f.name for f in report.files if f.suffix == ".jsonl" for id in ids_in(f)}
    assert len(where) == 80
    assert set(where.values()) == {"train.jsonl", "validation.jsonl", "test.jsonl"}
    for text, copy in zip(texts, copies, strict=True):
        assert where[Article(text).id] == where[Article(copy).id]
