"""`annotator import` with annotations: what it prints, and how it ends."""

import json

import pytest

from annotator.__main__ import main
from annotator.export.registry import FORMATS
from annotator.ingest.suffixes import ASKED_FOR, FORMAT_OF
from annotator.paths import resources
from annotator.storage.project import Project

LINE = {"text": "Ada Berg 🙂 spoke to Qin.", "label": [[0, 8, "PER"], [20, 23, "PERSON"], [90, 95, "GPE"]]}


@pytest.fixture
def file(tmp_path):
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.jsonl"
    path.write_text(json.dumps(LINE), encoding="utf-8")
    return path


def test_what_has_no_place_is_a_line_each_and_code_1(tmp_path, file, capsys):
    (file.parent / "photo.png").write_bytes(b"\x89PNG")
    assert main(["import", str(tmp_path / "p.annot"), str(file.parent)]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "1 article added, 1 layer of annotations added, 2 marks not placed, 1 other file passed over",
        "in/a.jsonl: line 1: offsets taken as code points, no words beside them to check by",
    ]
    outside = "90 to 95 lies outside the text or inside a character"
    assert err.splitlines() == [
        "in/a.jsonl: line 1: PER “Ada Berg” is not placed: label PER is not in the scheme",
        f"in/a.jsonl: line 1: entity 3 (GPE) is not placed: {outside}",
    ]


def test_labels_may_be_said_to_stand_for_others(tmp_path, file, capsys):
    args = ["import", str(tmp_path / "p.annot"), str(file), "--label", "PER=PERSON", "--json"]
    assert main(args) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["layers"], found["unplaced"], len(found["refused"]), len(found["notes"])) == (1, 1, 1, 1)
    with Project.open(tmp_path / "p.annot", read_only=True) as project:
        (id,) = project.article_ids()
        (layer,) = project.human_layers(id)
    assert sorted(m.label for m in layer.mentions.values()) == ["PERSON", "PERSON"]


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (["--label", "PER"], "--label 'PER' does not say which label stands for which."),
        (["--label", "PER=HUMAN"], "The scheme has no label 'HUMAN'."),
        (["--format", "sgml"], "There is no format 'sgml' to import."),
    ],
)
def test_wrong_options_are_one_sentence_and_code_2(tmp_path, file, capsys, option, why):
    assert main(["import", str(tmp_path / "p.annot"), str(file), *option]) == 2
    err = capsys.readouterr().err
    assert err.startswith(why)
    assert err.count("\n") == 1
    assert not (tmp_path / "p.annot").exists() or "HUMAN" in why


def test_a_format_can_be_said(tmp_path, capsys):
    words = tmp_path / "words.txt"
    words.write_text("Qin B-PERSON\nspoke O\n", encoding="utf-8")
    assert main(["import", str(tmp_path / "p.annot"), str(words), "--format", "conll"]) == 0
    assert "1 layer of annotations added" in capsys.readouterr().out


@pytest.mark.parametrize("format", ASKED_FOR)
def test_help_names_every_format_that_comes_in(format, capsys):
    page = (resources() / "help" / "import.md").read_text("utf-8")
    assert f"`{format}`" in page
    assert any(f"`{s}`" in page for s in ASKED_FOR[format])
    assert format in FORMATS
    assert set(ASKED_FOR[format]) & set(FORMAT_OF)
