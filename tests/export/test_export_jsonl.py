import json

from export_samples import ACTORS, articles, sample_records, samples, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import from_record, to_record


def test_each_line_is_the_record(tmp_path):
    records = sample_records()
    files, loss = written("jsonl", records, tmp_path)
    assert [f.name for f in files] == ["sample.jsonl"]
    raw = files[0].read_bytes()
    assert raw.endswith(b"}\n")
    assert b"\r" not in raw
    lines = raw.decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == records
    assert not loss.lost


def test_every_span_says_the_words_of_the_text(tmp_path):
    files, _ = written("jsonl", sample_records(), tmp_path)
    seen = 0
    for line in files[0].read_text("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        for span in _spans(record):
            assert record["text"][span["start"] : span["end"]] == span["text"]
            seen += 1
    assert seen > 20


def _spans(value):
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def test_the_same_records_give_the_same_bytes(tmp_path):
    a, _ = written("jsonl", sample_records(), tmp_path / "a")
    b, _ = written("jsonl", sample_records(), tmp_path / "b")
    assert a[0].read_bytes() == b[0].read_bytes()


def test_reading_a_line_gives_the_layer_back(tmp_path):
    files, _ = written("jsonl", sample_records(), tmp_path)
    with files[0].open(encoding="utf-8", newline="\n") as f:
        read = [from_record(json.loads(line)) for line in f]
    for record, (article, layer) in zip(read, samples(), strict=True):
        assert record.article == article
        assert to_record(record.article, record.layer, ACTORS) == to_record(article, layer, ACTORS)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_records_read_back(tmp_path, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    files, _ = written("jsonl", records, tmp_path)
    assert [json.loads(x) for x in files[0].read_bytes().decode().split("\n")[:-1]] == records
