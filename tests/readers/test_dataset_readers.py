"""What `datasets` and pandas load: records, tables, the Hugging Face folder, a whole release."""

import contextlib
import resource
from datetime import date

import pytest
from release_samples import news_project

from annotator.errors import AnnotatorError
from annotator.export.registry import FORMATS
from annotator.jobs.exporting import export_project
from annotator.jobs.progress import run
from annotator.jobs.release_options import Filters, ReleaseOptions
from annotator.jobs.releasing import release_project


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    import datasets.config

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def load(tmp_path, *args, **kwargs):
    from datasets import load_dataset

    return load_dataset(*args, cache_dir=str(tmp_path / "cache"), **kwargs)


def words(row):
    return [row["text"][s["start"] : s["end"]] for st in row["statements"] for s in st["spans"]]


def plain(value, like):
    """A loaded value with the keys of the record it came from."""
    if isinstance(like, dict):
        return {k: plain(value[k], v) for k, v in like.items()}
    if isinstance(like, list):
        return [plain(a, b) for a, b in zip(value, like, strict=True)]
    if isinstance(value, date):
        return f"{value.isoformat()[:19]}Z"[: len(like)]
    return value


def test_canonical_lines_load_with_typed_spans(exported, records, tmp_path):
    [file] = exported("jsonl").glob("*.jsonl")
    rows = load(tmp_path, "json", data_files=str(file), split="train")
    assert [row["text"] for row in rows] == [r["text"] for r in records.values()]
    for row in rows:
        assert words(row) == [s["text"] for st in row["statements"] for s in st["spans"]]


def test_the_hugging_face_folder_loads_by_its_name_and_holds_every_record(exported, records, tmp_path):
    found = load(tmp_path, str(exported("hf")))
    assert set(found) == {"train", "validation", "test"}
    rows = {row["id"]: row for split in found.values() for row in split}
    assert set(rows) == set(records)
    for id, record in records.items():
        assert plain(rows[id], record) == record


def test_parquet_splits_load_with_the_rows_of_the_lines_and_types(exported, records, tmp_path):
    from datasets import Value

    folder = exported("hf", files="parquet")
    assert {p.suffix for p in folder.iterdir()} == {".parquet", ".md"}
    found, lines = load(tmp_path, str(folder)), load(tmp_path, str(exported("hf")))
    assert {name: rows["id"] for name, rows in found.items()} == {n: rows["id"] for n, rows in lines.items()}
    rows = {row["id"]: row for split in found.values() for row in split}
    assert rows == records  # as they are, times too
    for split in found.values():
        mention, statement = (split.features[k].feature for k in ("mentions", "statements"))
        assert (mention["start"], mention["provenance"]["score"]) == (Value("int64"), Value("float64"))
        assert statement["speaker"]["not_stated"] == Value("bool")
        assert split.features["meta"]["changed"].feature == Value("string")


def test_parquet_is_read_in_pieces_and_written_alike(exported, project, tmp_path):
    from pyarrow import parquet

    first, second = exported("hf", files="parquet"), exported("hf", files="parquet")
    for file in first.glob("*.parquet"):
        assert file.read_bytes() == (second / file.name).read_bytes()
        assert parquet.read_schema(file).field("statements").type.value_type.field("id").type == "string"
    with pytest.raises(AnnotatorError, match="Cannot export to"), little_room():
        run(export_project(project, "hf", tmp_path / "out", options={"files": "parquet"}))
    assert not (tmp_path / "out").exists()


@contextlib.contextmanager
def little_room():
    """As on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_both_tables_load_the_same_rows(exported, records, kept, tmp_path):
    import pandas

    [csv], [jsonl] = exported("table-csv").glob("*.csv"), exported("table-jsonl").glob("*.jsonl")
    flat = load(tmp_path, "csv", data_files=str(csv), split="train")
    lines = load(tmp_path, "json", data_files=str(jsonl), split="train")
    frame = pandas.read_csv(csv)
    assert len(flat) == len(lines) == len(frame)
    assert flat["content"] == lines["content"] == list(frame["content"])
    assert set(flat.column_names) == set(frame.columns)
    not_rejected = [(id, s["id"]) for id in records for s in kept(id, "statements")]
    assert set(not_rejected) <= set(zip(frame["article_id"], frame["statement_id"], strict=True))
    told = frame[frame["cue"] == "told"].iloc[0]
    text = records[told["article_id"]]["text"]
    assert text[int(told["cue_start"]) : int(told["cue_end"])] == "told"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """A release in every format that needs nothing else."""
    where = tmp_path_factory.mktemp("release")
    formats = tuple(f for f in FORMATS if f != "shape")
    with news_project(where / "news.annot") as project:
        options = ReleaseOptions("First", formats, Filters(negatives=("rejected", "candidates")))
        report = run(release_project(project, options, where / "first"))
    return where / "first", report


def test_a_release_loads_by_its_folders_name_split_by_split(release, tmp_path):
    folder, report = release
    found = load(tmp_path, str(folder))
    assert {name: len(rows) for name, rows in found.items()} == {
        {"dev": "validation"}.get(s, s): sizes["articles"] for s, sizes in report.splits.items()
    }
    stories = {name: {row["id"] for row in rows} for name, rows in found.items()}
    assert sum(map(len, stories.values())) == len(set.union(*stories.values()))


def test_every_part_that_the_releases_card_declares_loads(release, tmp_path):
    from datasets import get_dataset_config_names

    folder, _ = release
    names = get_dataset_config_names(str(folder))
    assert len(names) > 1
    for name in names:
        assert all(len(rows) for rows in load(tmp_path, str(folder), name).values())
