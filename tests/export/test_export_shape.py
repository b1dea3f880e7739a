import json
import os

import pytest
from export_samples import ACTORS, articles, emoji, sample_records, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import to_record
from annotator.errors import AnnotatorError
from annotator.export.shape import read_shape

STATEMENTS = """
[fields]
id = "statement.id"
pieces = "statement.spans[].text"
"who.words" = "statement.speaker.span.text"
"who.name" = "statement.speaker.actors[0].name"
"who.behind" = "statement.speaker.actors[0].speaks_for"
targets = "statement.targets[].actor.name"
title = "article.meta.title"
source = { value = "ours" }
"""


def shaped(source, records, folder, suffix="toml"):
    mapping = folder / f"map.{suffix}"
    mapping.write_text(source, encoding="utf-8")
    (file,), loss = written("shape", records, folder / "out", shape=str(mapping))
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]], loss


def test_fields_are_taken_from_their_paths(tmp_path):
    rows, _ = shaped(STATEMENTS, [to_record(*emoji(), ACTORS)], tmp_path)
    assert rows == [
        {
            "id": "s1",
            "pieces": ["We are 🧑🏽‍🚀 ready", "to talk 🤝"],
            "who": {"words": "Qin Gang", "name": "Qin Gang", "behind": "mfa:CN"},
            "targets": ["Japan"],
            "title": "Ready 🚀",
            "source": "ours",
        }
    ]


def test_what_is_not_there_is_null(tmp_path):
    rows, _ = shaped(STATEMENTS, sample_records(), tmp_path)
    silent = [r for r in rows if r["who"]["words"] is None]
    assert [r["who"] for r in silent] == [{"words": None, "name": None, "behind": None}]


def test_rejected_ones_are_left_out_unless_asked_for(tmp_path):
    records = [to_record(*tangled(), ACTORS)]
    rows, loss = shaped(STATEMENTS, records, tmp_path)
    assert [r["id"] for r in rows] == ["s1", "s2"]
    assert loss.left_out["rejected statements"].count == 1
    rows, _ = shaped(f'decisions = ["rejected"]\n{STATEMENTS}', records, tmp_path)
    assert [r["id"] for r in rows] == ["s3"]


def test_rows_can_be_mentions_or_articles_and_the_file_json(tmp_path):
    source = {"rows": "mentions", "fields": {"word": "mention.text", "in": "article.id"}}
    rows, _ = shaped(json.dumps(source), sample_records(), tmp_path, "json")
    assert {"word": "Qin Gang", "in": emoji()[0].id} in rows
    assert "ties" not in [r["word"] for r in rows]
    whole = {
        "rows": "articles",
        "fields": {"all": "article.statements[].targets[].role", "t": "article.text"},
    }
    rows, _ = shaped(json.dumps(whole), sample_records(), tmp_path, "json")
    assert [r["t"] for r in rows] == [r["text"] for r in sample_records()]
    assert ["addressee"] in [x for r in rows for x in r["all"]]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "no [fields]"),
        ("[fields]\n", "no [fields]"),
        ("fields = 3", "no [fields]"),
        ("[fields", "cannot be used"),
        ('rows = "cells"\n[fields]\na = "statement.id"', "rows is one of"),
        ('colour = 1\n[fields]\na = "statement.id"', "it knows no colour"),
        ('decisions = ["maybe"]\n[fields]\na = "statement.id"', "decisions are a list of some of"),
        ('[fields]\na = "mention.id"', "does not start with article or statement"),
        ('[fields]\na = "statement..id"', "neither a path"),
        ("[fields]\na = 3", "neither a path"),
        ('[fields]\na = "statement.spans[99999999999].start"', "neither a path"),
        ('[fields]\na = "statement.id"\n"a.b" = "statement.act"', "a cannot be a value and hold a.b too"),
        ('[fields]\n"a.b" = "statement.id"\na = "statement.act"', "a cannot be a value and hold a.b too"),
        ('[fields]\n"" = "statement.id"', "a field is called ''"),
        ('rows = ["x"]\n[fields]\na = "statement.id"', "rows is one of"),
        ('decisions = 3\n[fields]\na = "statement.id"', "decisions are a list"),
        ('decisions = [["confirmed"]]\n[fields]\na = "statement.id"', "decisions are a list"),
        ("[fields]\na = { value = 2024-01-01 }", "write it as text"),
        ("[fields]\na = { value = nan }", "not JSON compliant"),
        (f"a = {'[' * 100_000}", "nested too deep"),
    ],
)
def test_a_wrong_mapping_is_said_in_one_sentence(source, why, tmp_path):
    file = tmp_path / "map.toml"
    file.write_text(source, encoding="utf-8")
    with pytest.raises(AnnotatorError) as e:
        read_shape(file)
    assert why in str(e.value)
    assert "map.toml" in str(e.value)


def test_a_mapping_that_is_not_there_or_not_given_is_said(tmp_path):
    with pytest.raises(AnnotatorError, match="Cannot read the mapping file"):
        read_shape(tmp_path / "none.toml")
    with pytest.raises(AnnotatorError, match="--shape FILE"):
        written("shape", [], tmp_path)


def test_only_small_ordinary_files_are_read(tmp_path):
    """Nothing that has no end, or that somebody else must write to first."""
    big, pipe = tmp_path / "big.toml", tmp_path / "pipe.toml"
    with big.open("wb") as f:
        f.truncate(1 << 40)
    os.mkfifo(pipe)
    for file, why in ((big, "too large"), (pipe, "is no file"), (tmp_path, "is no file")):
        with pytest.raises(AnnotatorError, match=why):
            read_shape(file)


@pytest.mark.parametrize("path", ["article.text[]", "article.meta[0]", "statement.spans[].start[]"])
def test_brackets_are_for_lists(path, tmp_path):
    with pytest.raises(AnnotatorError, match="behind what is no list"):
        shaped(f'[fields]\na = "{path}"', sample_records(), tmp_path)


def test_a_path_that_no_record_has_is_said(tmp_path):
    with pytest.raises(AnnotatorError, match="asks for 'speker'"):
        shaped('[fields]\na = "statement.speker.span"', sample_records(), tmp_path)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_records_read_back(tmp_path, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    rows, _ = shaped(STATEMENTS, records, tmp_path)
    kept = [s for r in records for s in r["statements"] if s["decision"] != "rejected"]
    assert [r["pieces"] for r in rows] == [[x["text"] for x in s["spans"]] for s in kept]
