import re

import pytest
from export_samples import ACTORS, articles, crlf, emoji, sample_records, samples, scripts, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import to_record
from annotator.export.brat import checked_lines


def read_standoff(folder, name):
    """A reader of its own, after brat's description: spans with words, events, attributes."""
    text = (folder / f"{name}.txt").read_bytes().decode()
    spans, events, attributes, actors = {}, {}, {}, {}
    for line in (folder / f"{name}.ann").read_bytes().decode().split("\n")[:-1]:
        assert line.splitlines() == [line]
        id, rest = line.split("\t", 1)
        if id[0] == "T":
            head, words = rest.split("\t")
            label, places = head.split(" ", 1)
            pieces = [tuple(map(int, p.split(" "))) for p in places.split(";")]
            assert " ".join(text[a:b] for a, b in pieces) == words
            assert "\n" not in words
            spans[id] = (label, words)
        elif id[0] == "E":
            roles = [x.split(":") for x in rest.split(" ")]
            events[id] = [(role, spans[ref]) for role, ref in roles]
        elif id[0] == "A":
            name_, ref, *value = rest.split(" ")
            attributes.setdefault(ref, {})[name_] = value[0] if value else True
        elif id[0] == "N":
            reference, ref, actor = rest.split("\t")[0].split(" ")
            assert reference == "Reference"
            actors[ref] = actor
        else:
            assert re.match(r"#\d+", id)
    return spans, events, attributes, actors


def one(pair, folder):
    _, loss = written("brat", [to_record(*pair, ACTORS)], folder)
    return (*read_standoff(folder, pair[0].id), loss)


def test_a_split_statement_is_one_event_with_a_discontinuous_span(tmp_path):
    _, events, attributes, _, _ = one(emoji(), tmp_path)
    assert dict(events["E1"]) == {
        "Statement": ("Statement", "told"),
        "Content": ("Content", "We are 🧑🏽‍🚀 ready to talk 🤝"),
        "Speaker": ("Speaker", "Qin Gang"),
        "Target": ("Target", "Japan"),
    }
    assert attributes["E1"] == {
        "Decision": "corrected",
        "Kind": "direct",
        "Act": "request",
        "Topic": "territory.taiwan",
    }


def test_spans_over_line_ends_are_split_and_nones_are_said(tmp_path):
    spans, events, attributes, _, _ = one(crlf(), tmp_path)
    assert ("ORG", "Foreign Ministry") in spans.values()
    assert dict(events["E1"])["Content"] == ("Content", "trade. Must grow")
    assert attributes["E1"].keys() >= {"NotStated", "NoTarget", "NoTopic"}
    assert attributes["E1"]["Act"] == "none"


def test_nested_and_crossing_ones_are_all_there_and_rejected_ones_not(tmp_path):
    spans, events, attributes, actors, loss = one(tangled(), tmp_path)
    words = [w for _, w in spans.values()]
    assert {"Japan", "Chinese", "Chinese Embassy in Tokyo", "Embassy in Tokyo said"} <= set(words)
    assert "ties" not in words
    assert len(events) == 2
    assert "actor:state:CN" in actors.values()
    assert attributes["E1"]["Topic2"] == "security.alliance"
    assert {k: t.count for k, t in loss.left_out.items()} == {
        "rejected mentions": 1,
        "rejected statements": 1,
    }
    assert "targets without words" not in loss.counts()  # their actors stand in notes
    assert loss.counts()["roles and stances of targets without words"] == 1


def test_a_statement_without_a_cue_has_its_content_as_trigger(tmp_path):
    records = sample_records()
    for record in records:
        for s in record["statements"]:
            s["cue"] = None
    written("brat", records, tmp_path)
    _, events, _, _ = read_standoff(tmp_path, emoji()[0].id)
    roles = dict(events["E1"])
    assert roles["Statement"] == ("Statement", roles["Content"][1])


def test_two_layers_of_one_article_are_two_pairs(tmp_path):
    record = to_record(*scripts(), ACTORS)
    files, _ = written("brat", [record, record], tmp_path)
    id = record["id"]
    assert sorted(f.name for f in files) == [f"{id}-2.ann", f"{id}-2.txt", f"{id}.ann", f"{id}.txt"]


@pytest.mark.parametrize(
    "line", ["T1\tGPE 0 2\tno", "T1 GPE 0 2 ab", "E1\tStatement:T9", "A1\tKind E9 x", "hello", "R1\tx T1 T1"]
)
def test_a_broken_line_is_noticed(line):
    with pytest.raises(ValueError, match=r"T1|E1|A1|not a line"):
        checked_lines(f"{line}\n", "ab cd")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3, unique_by=lambda p: p[0].id))
def test_any_records_can_be_read(tmp_path, pairs):
    records = sorted((to_record(article, layer, ACTORS) for article, layer in pairs), key=lambda r: r["id"])
    written("brat", records, tmp_path)
    for record in records:
        _, events, _, _ = read_standoff(tmp_path, record["id"])
        assert len(events) == sum(s["decision"] != "rejected" for s in record["statements"])


def test_the_texts_are_byte_for_byte(tmp_path):
    written("brat", sample_records(), tmp_path)
    for article, _ in samples():
        assert (tmp_path / f"{article.id}.txt").read_bytes() == article.text.encode()
