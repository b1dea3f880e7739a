import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from export_samples import ACTORS, articles, emoji, layer_of, sample_records, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.domain.record import to_record
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Statement
from annotator.export.table import COLUMNS, FLAG_COLUMNS, NUMBER_COLUMNS, TEXT_COLUMNS, cell, value_of


def csv_rows(file: Path):
    with file.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def json_rows(file: Path):
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]


def test_a_row_for_each_combination_and_one_for_a_statement_without_target_and_topic(tmp_path):
    (file,), _ = written("table-csv", sample_records(), tmp_path)
    rows = csv_rows(file)
    by_statement = {}
    for row in rows:
        by_statement.setdefault((row["article_id"], row["statement_id"]), []).append(row)
    wanted = {
        (r["id"], s["id"]): max(1, len(s["speaker"]["actors"]))
        * max(1, len(s["targets"]))
        * max(1, len(s["topics"]))
        for r in sample_records()
        for s in r["statements"]
    }
    assert {key: len(group) for key, group in by_statement.items()} == wanted
    assert max(wanted.values()) == 4


def test_a_row_says_who_says_what_to_whom(tmp_path):
    (file,), _ = written("table-jsonl", [to_record(*emoji(), ACTORS)], tmp_path)
    (row,) = json_rows(file)
    assert row["content"] == "We are 🧑🏽‍🚀 ready … to talk 🤝"
    assert (row["cue"], row["speaker"], row["target"]) == ("told", "Qin Gang", "Japan")
    assert (row["speaker_actor"], row["speaker_name"]) == ("person:qin-gang", "Qin Gang")
    assert row["speaker_for"] == "mfa:CN"
    assert (row["target_name"], row["target_role"], row["topic"]) == (
        "Japan",
        "addressee",
        "territory.taiwan",
    )
    text = emoji()[0].text
    for name in ("cue", "speaker", "target"):
        assert text[row[f"{name}_start"] : row[f"{name}_end"]] == row[name]
    pieces = [text[slice(*map(int, span.split("-")))] for span in row["spans"].split()]
    assert " … ".join(pieces) == row["content"]
    start = row["context_start"]
    assert text[start : start + len(row["context"])] == row["context"]


def test_undecided_none_and_rejected_are_told_apart(tmp_path):
    (file,), _ = written("table-csv", sample_records(), tmp_path)
    rows = csv_rows(file)
    explicit = [r for r in rows if r["not_stated"] == "true"]
    assert [(r["no_target"], r["no_topic"], r["target_actor"], r["topic"]) for r in explicit] == [
        ("true", "true", "", "")
    ]
    assert any(r["no_topic"] == "false" and r["topic"] == "" for r in rows)
    assert {r["decision"] for r in rows} == {"suggested", "confirmed", "corrected", "rejected"}


def test_both_tables_hold_the_same(tmp_path):
    (a,), _ = written("table-csv", sample_records(), tmp_path)
    (b,), _ = written("table-jsonl", sample_records(), tmp_path)
    as_values = [{c: value_of(c, row[c]) for c in COLUMNS} for row in csv_rows(a)]
    assert as_values == json_rows(b)
    for row in json_rows(b):
        assert all(isinstance(row[c], str) for c in TEXT_COLUMNS)
        assert all(row[c] is None or isinstance(row[c], int | float) for c in NUMBER_COLUMNS)
        assert all(isinstance(row[c], bool) for c in FLAG_COLUMNS)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-x", "@cmd", "'=1", "''-", "\t=1", "\n=1", "＝1", "＠x"])
def test_no_cell_is_a_formula_and_every_cell_comes_back(words):
    assert cell(words).startswith("'")
    assert value_of("content", cell(words)) == words


def test_a_guarded_cell_is_reported(tmp_path):
    article = Article("=cmd() said Qin.", "en")
    statement = Statement("s1", (Span(0, 6),), Kind.DIRECT)
    record = to_record(article, layer_of(article, statements=[statement]), ACTORS)
    (file,), loss = written("table-csv", [record], tmp_path)
    assert csv_rows(file)[0]["content"] == "'=cmd()"
    assert loss.lost["cells with an apostrophe before = + - or @ (no formula may run)"].examples == [
        "s1 content",
        "s1 context",
    ]


def test_a_very_long_line_does_not_become_the_context(tmp_path):
    article = Article("word " * 100_000 + "Qin said no.", "en")
    statement = Statement("s1", (Span(500_009, 500_011),), Kind.DIRECT)
    record = to_record(article, layer_of(article, statements=[statement]), ACTORS)
    (file,), _ = written("table-csv", [record], tmp_path)
    assert csv_rows(file)[0]["context"].endswith("Qin said no.")
    assert len(csv_rows(file)[0]["context"]) < 600


def test_what_a_table_lacks_is_reported(tmp_path):
    _, loss = written("table-csv", sample_records(), tmp_path)
    counts = loss.counts()
    assert counts["entities"] == sum(len(r["mentions"]) for r in sample_records())
    assert counts["articles without statements"] == 2


def test_an_excel_reader_sees_utf8(tmp_path):
    (file,), _ = written("table-csv", [to_record(*tangled(), ACTORS)], tmp_path)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfarticle_id,")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3, unique_by=lambda p: p[0].id), st.sampled_from("cj"))
def test_any_records_read_back(tmp_path, pairs, kind):
    records = [to_record(a, replace(layer, annotator=f"a{n}"), ACTORS) for n, (a, layer) in enumerate(pairs)]
    (file,), _ = written("table-csv" if kind == "c" else "table-jsonl", records, tmp_path)
    read = csv_rows(file) if kind == "c" else json_rows(file)
    assert {r["statement_id"] for r in read} == {s["id"] for r in records for s in r["statements"]}
