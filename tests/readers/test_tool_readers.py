"""Exports for other annotation programs as these read them: Label Studio's converter, Prodigy's token
numbers, doccano's offsets, and brat by the grammar that its documentation gives.
"""

import csv
import json
import re

import pytest


def lines_of(folder):
    [file] = folder.glob("*.jsonl")
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]


# Label Studio


@pytest.fixture(scope="module")
def studio(exported):
    folder = exported("labelstudio")
    [tasks], [config] = folder.glob("*.json"), folder.glob("*.xml")
    return tasks, config


def converter(config):
    from label_studio_sdk.converter import Converter

    return Converter(config=config.read_text("utf-8"), project_dir=None)


def test_label_studios_converter_keeps_every_region_and_relation(studio, records, tmp_path):
    tasks, config = studio
    converter(config).convert_to_json(str(tasks), str(tmp_path), is_dir=False)
    found = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert [t["data"]["text"] for t in found] == [r["text"] for r in records.values()]
    assert found == json.loads(tasks.read_text("utf-8"))
    for task in found:
        regions = task["annotations"][0]["result"]
        ids = {r["id"] for r in regions if r["type"] == "labels"}
        assert all({r["from_id"], r["to_id"]} <= ids for r in regions if r["type"] == "relation")


def test_label_studios_flat_forms_hold_every_mark(studio, records, kept, tmp_path):
    tasks, config = studio
    converter(config).convert_to_json_min(str(tasks), str(tmp_path / "min"), is_dir=False)
    found = json.loads((tmp_path / "min" / "result.json").read_text("utf-8"))
    assert [t["text"] for t in found] == [r["text"] for r in records.values()]
    for task, (id, record) in zip(found, records.items(), strict=True):
        said = {(r["text"], label) for r in task.get("label", ()) for label in r["labels"]}
        for mention in kept(id, "mentions"):
            assert (mention["text"], mention["label"]) in said
        for statement in kept(id, "statements"):
            for piece in statement["spans"]:
                assert (record["text"][piece["start"] : piece["end"]], "CONTENT") in said
    converter(config).convert_to_csv(str(tasks), str(tmp_path / "flat.csv"), is_dir=False, sep=",")
    with (tmp_path / "flat.csv").open(encoding="utf-8", newline="") as f:
        assert [row["text"] for row in csv.DictReader(f)] == [r["text"] for r in records.values()]


def test_label_studio_checks_the_tasks_against_the_configuration(studio):
    from label_studio_sdk.label_interface import LabelInterface

    tasks, config = studio
    interface = LabelInterface(config.read_text("utf-8"))
    interface.validate()
    for task in json.loads(tasks.read_text("utf-8")):
        regions = [r for r in task["annotations"][0]["result"] if r["type"] != "relation"]
        for region in regions:
            assert interface.validate_region(region), region


# doccano and Prodigy


def test_doccanos_relations_join_entities_of_the_same_text(exported, records):
    tasks = lines_of(exported("doccano"))
    assert [t["text"] for t in tasks] == [r["text"] for r in records.values()]
    for task in tasks:
        ids = {e["id"] for e in task["entities"]}
        assert all(0 <= e["start_offset"] < e["end_offset"] <= len(task["text"]) for e in task["entities"])
        assert all({r["from_id"], r["to_id"]} <= ids for r in task["relations"])
    assert sum(len(t["relations"]) for t in tasks) > 5


def test_prodigys_spans_make_docs_in_spacy(exported, records):
    """As Explosion's relation parser does: a Doc of the tokens, spans by their characters in it, heads
    and children the last tokens of spans.
    """
    import spacy
    from spacy.tokens import Doc

    vocab = spacy.blank("en").vocab
    tasks = lines_of(exported("prodigy"))
    assert [t["text"] for t in tasks] == [r["text"] for r in records.values()]
    for task in tasks:
        tokens = task["tokens"]
        doc = Doc(vocab, [t["text"] for t in tokens], [t["ws"] for t in tokens])
        assert doc.text == task["text"]
        ends = set()
        for span in task["spans"]:
            made = doc.char_span(span["start"], span["end"], label=span["label"])
            assert (made.start, made.end - 1) == (span["token_start"], span["token_end"])
            ends.add(made.end - 1)
        assert {r[side] for r in task["relations"] for side in ("head", "child")} <= ends


# brat: https://brat.nlplab.org/standoff.html

_NAME = r"[A-Za-z0-9_-]+"
_LINES = {
    "T": re.compile(rf"(T\d+)\t({_NAME}) (\d+ \d+(?:;\d+ \d+)*)\t(.+)"),
    "E": re.compile(rf"(E\d+)\t({_NAME}:T\d+)((?: {_NAME}:[TE]\d+)*)"),
    "A": re.compile(rf"(A\d+)\t({_NAME}) ([TER]\d+)(?: (\S+))?"),
    "N": re.compile(r"(N\d+)\tReference ([TER]\d+) ([^\s:]+):(\S+)\t(.+)"),
    "#": re.compile(rf"(#\d+)\t({_NAME}) ([TERAN]\d+)\t(.+)"),
}


def parsed(standoff):
    """Lines by their first letter; every one must fit the grammar, every id be new."""
    found = {kind: {} for kind in _LINES}
    assert standoff == "" or standoff.endswith("\n")
    for line in standoff.split("\n")[:-1]:
        match = _LINES[line[0]].fullmatch(line)
        assert match, line
        id, *rest = match.groups()
        assert id not in found[line[0]]
        found[line[0]][id] = rest
    return found


def words_at(text, places):
    pieces = [tuple(map(int, piece.split(" "))) for piece in places.split(";")]
    assert pieces == sorted(pieces)
    assert all(a < b for a, b in pieces)
    words = [text[a:b] for a, b in pieces]
    assert not any("\n" in w for w in words)
    return " ".join(words)


def test_brat_standoff_keeps_to_brats_grammar(exported, records, kept):
    folder = exported("brat")
    for id in records:
        text = (folder / f"{id}.txt").read_bytes().decode("utf-8")
        assert text == records[id]["text"]
        found = parsed((folder / f"{id}.ann").read_bytes().decode("utf-8"))
        for _, places, words in found["T"].values():
            assert words_at(text, places) == words
        known = {*found["T"], *found["E"]}
        for trigger, roles in found["E"].values():
            ends = [role.split(":")[1] for role in (trigger, *roles.split())]
            assert set(ends) <= set(found["T"])
            assert found["T"][ends[0]][0] == trigger.split(":")[0]
        for kind, at in (("A", 1), ("N", 0), ("#", 1)):
            assert {rest[at] for rest in found[kind].values()} <= known
        assert len(found["E"]) == len(kept(id, "statements"))


def test_brats_events_say_who_what_to_whom(exported, records):
    folder = exported("brat")
    [id] = [id for id, r in records.items() if "🧑🏽‍🚀" in r["text"]]
    found = parsed((folder / f"{id}.ann").read_text("utf-8"))
    [(trigger, roles)] = found["E"].values()
    said = {role.split(":")[0]: found["T"][role.split(":")[1]][2] for role in roles.split()}
    assert found["T"][trigger.split(":")[1]][2] == "told"
    assert said == {"Content": "We are 🧑🏽‍🚀 ready to talk 🤝", "Speaker": "Qin Gang", "Target": "Japan"}
