"""doccano, Label Studio and Prodigy: spans with words, relations, and what is said to be lost."""

import json
import xml.etree.ElementTree as ET

import pytest
from export_samples import ACTORS, articles, crlf, emoji, layer_of, sample_records, samples, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.layer import LayerKind
from annotator.domain.record import to_record

ALL = ["doccano", "labelstudio", "prodigy"]


def tasks(file):
    raw = file.read_bytes().decode()
    if file.suffix == ".json":
        return json.loads(raw)
    return [json.loads(line) for line in raw.split("\n")[:-1]]


def doccano_view(task):
    words = {
        e["id"]: (e["label"], task["text"][e["start_offset"] : e["end_offset"]]) for e in task["entities"]
    }
    links = [(r["type"], words[r["from_id"]][1], words[r["to_id"]][1]) for r in task["relations"]]
    return list(words.values()), links


def labelstudio_view(task):
    (done,) = task.get("annotations") or task["predictions"]
    text = task["data"]["text"]
    words = {}
    for region in done["result"]:
        if region["type"] == "labels":
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            words[region["id"]] = (value["labels"][0], value["text"])
    relations = [r for r in done["result"] if r["type"] == "relation"]
    links = [(r["labels"][0].upper(), words[r["from_id"]][1], words[r["to_id"]][1]) for r in relations]
    return list(words.values()), links


def prodigy_view(task):
    text, tokens = task["text"], task["tokens"]

    def words(span):
        assert (span["start"], span["end"]) == (
            tokens[span["token_start"]]["start"],
            tokens[span["token_end"]]["end"],
        )
        return text[span["start"] : span["end"]]

    for r in task["relations"]:
        assert r["head"] == r["head_span"]["token_end"]
        assert r["child"] == r["child_span"]["token_end"]
    links = [(r["label"], words(r["head_span"]), words(r["child_span"])) for r in task["relations"]]
    return [(s["label"], words(s)) for s in task["spans"]], links


VIEW = {"doccano": doccano_view, "labelstudio": labelstudio_view, "prodigy": prodigy_view}


def one(format, pair, tmp_path):
    files, loss = written(format, [to_record(*pair, ACTORS)], tmp_path)
    (task,) = tasks(files[0])
    return (*VIEW[format](task), task, loss)


@pytest.mark.parametrize("format", ALL)
def test_a_split_statement_has_its_pieces_and_roles_linked(format, tmp_path):
    spans, links, _, _ = one(format, emoji(), tmp_path)
    assert ("PERSON", "Qin Gang") in spans
    assert ("PERSON", "Foreign Minister Qin Gang") in spans
    first = "We are 🧑🏽‍🚀 ready"
    assert links == [
        ("CONTINUES", first, "to talk 🤝"),
        ("SPEAKER", first, "Qin Gang"),
        ("CUE", first, "told"),
        ("TARGET", first, "Japan"),
    ]


@pytest.mark.parametrize("format", ALL)
def test_overlaps_are_kept_and_rejected_ones_are_not_there(format, tmp_path):
    spans, links, _, loss = one(format, tangled(), tmp_path)
    assert {
        ("ORG", "Chinese Embassy in Tokyo"),
        ("EVENT", "Embassy in Tokyo said"),
        ("NORP", "Chinese"),
    } <= set(spans)
    assert "ties" not in [w for _, w in spans]
    assert ("CONTENT", "wait") not in spans
    assert ("TARGET", "Tokyo must wait", "Seoul") in links
    assert loss.left_out["rejected mentions"].count == 1
    assert loss.left_out["rejected statements"].count == 1
    assert loss.counts()["targets without words"] == 1


@pytest.mark.parametrize("format", ALL)
def test_every_text_is_there_letter_by_letter(format, tmp_path):
    files, _ = written(format, sample_records(), tmp_path)
    texts = [t.get("text") or t["data"]["text"] for t in tasks(files[0])]
    assert texts == [a.text for a, _ in samples()]


@pytest.mark.parametrize("format", ALL)
def test_the_same_records_give_the_same_bytes(format, tmp_path):
    a, _ = written(format, sample_records(), tmp_path / "a")
    b, _ = written(format, sample_records(), tmp_path / "b")
    assert [x.read_bytes() for x in a] == [x.read_bytes() for x in b]


def test_doccano_numbers_are_unique_in_the_file(tmp_path):
    files, _ = written("doccano", sample_records(), tmp_path)
    ids = [x["id"] for t in tasks(files[0]) for x in (*t["entities"], *t["relations"])]
    assert len(ids) == len(set(ids)) > 20


def test_label_studio_keeps_kind_topics_act_decision_nones_and_actors(tmp_path):
    _, _, task, _ = one("labelstudio", crlf(), tmp_path)
    result = task["annotations"][0]["result"]
    choices = {r["from_name"]: r["value"]["choices"] for r in result if r["type"] == "choices"}
    assert choices["none"] == ["not stated", "no target", "no topic"]
    assert choices["kind"] == ["indirect"]
    assert choices["act"] == ["none"]
    assert [r["value"]["text"] for r in result if r["type"] == "textarea"] == [["mfa:CN"]]


def test_label_studio_configuration_knows_every_name_in_the_tasks(tmp_path):
    files, _ = written("labelstudio", sample_records(), tmp_path)
    config = ET.fromstring(files[1].read_text("utf-8"))  # noqa: S314 - we wrote it
    names = {e.get("name"): e for e in config if e.get("name")}
    relations = {e.get("value") for e in config.iter("Relation")}
    for task in tasks(files[0]):
        for region in task["annotations"][0]["result"]:
            if region["type"] == "relation":
                assert set(region["labels"]) <= relations
            else:
                known = {e.get("value") for e in names[region["from_name"]]}
                said = region["value"].get("labels") or region["value"].get("choices") or []
                assert set(said) <= known


def test_label_studio_gets_the_machines_layer_as_prediction(tmp_path):
    article, layer = emoji()
    machine = layer_of(article, layer.mentions.values(), annotator="rules 1", kind=LayerKind.MACHINE)
    _, _, task, _ = one("labelstudio", (article, machine), tmp_path)
    assert task["predictions"][0]["model_version"] == "rules 1"
    assert "annotations" not in task


def test_label_studio_of_nothing_is_an_empty_list(tmp_path):
    files, _ = written("labelstudio", [], tmp_path)
    assert tasks(files[0]) == []


def test_prodigy_spans_that_end_on_one_token_are_reported(tmp_path):
    _, _, _, loss = one("prodigy", tangled(), tmp_path)
    assert loss.counts()["relations told apart by head_span and child_span alone"] > 0
    assert loss.lost["spans widened to whole tokens"].examples[0].startswith("GPE ")


@pytest.mark.parametrize("format", ALL)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_records_read_back_with_every_mark(tmp_path, format, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    files, loss = written(format, records, tmp_path)
    for record, task in zip(records, tasks(files[0]), strict=True):
        spans, _ = VIEW[format](task)
        mentions = sum(m["decision"] != "rejected" for m in record["mentions"])
        pieces = sum(len(s["spans"]) for s in record["statements"] if s["decision"] != "rejected")
        if "spans without a token" not in loss.counts():
            assert len([x for x in spans if x[0] in ("GPE", "PERSON", "ORG")]) == mentions
            assert len([x for x in spans if x[0] == "CONTENT"]) == pieces
