import json
import os
import subprocess
import sys

import pytest

from annotator.__main__ import main
from annotator.domain.record import from_record

TEXT = "“We oppose this,” Foreign Minister Qin Gang told Japan on Monday.\r\n🙂 Tokyo said no."
LINES = [
    json.dumps({"id": "a/1", "text": TEXT, "unknown": [1]}, ensure_ascii=False),
    "not json",
    json.dumps({"id": "no text"}),
    "",
    json.dumps({"id": "z", "text": "Beijing urged Tokyo to wait.", "title": "Wait"}),
]


@pytest.fixture
def lines(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(LINES) + "\n", encoding="utf-8", newline="\n")
    return file


def read(file):
    return [json.loads(line) for line in file.read_bytes().decode().split("\n")[:-1]]


def test_a_file_of_lines_becomes_records_with_id_and_text_as_given(lines, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["suggest", "--input", str(lines), "--output", str(out)]) == 1
    first, last = read(out)
    assert (first["id"], first["text"]) == ("a/1", TEXT)
    assert first["layer"]["kind"] == "machine"
    assert first["statements"]
    assert first["mentions"]
    assert (last["id"], last["meta"]["title"]) == ("z", "Wait")
    for record in (first, last):
        from_record(record)
    captured = capsys.readouterr()
    assert captured.out == "2 suggested, 2 refused\n"
    assert [line.partition(":")[0] for line in captured.err.splitlines()] == ["in.jsonl", "in.jsonl"]
    assert "line 2" in captured.err
    assert "line 3" in captured.err


def test_only_refused_lines_leave_no_file(tmp_path, capsys):
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text("no\n", encoding="utf-8")
    assert main(["suggest", "--input", str(file), "--output", str(out)]) == 2
    assert "in.jsonl: line 1" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl"]


def test_an_article_can_be_the_input(tmp_path, capsys):
    article, out = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text("Beijing urged Tokyo to wait.", encoding="utf-8")
    assert main(["suggest", "--input", str(article), "--output", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"suggested": 1, "refused": []}
    assert read(out)[0]["text"] == "Beijing urged Tokyo to wait."


def test_suggestions_cannot_be_written_into_nowhere(lines, tmp_path, capsys):
    assert main(["suggest", "--input", str(lines), "--output", str(tmp_path / "no" / "out.jsonl")]) == 2
    assert "Cannot suggest into" in capsys.readouterr().err


def test_an_unknown_pipeline_is_one_line(lines, tmp_path, capsys):
    args = ["suggest", "--input", str(lines), "--output", str(tmp_path / "o"), "--pipeline", "no_such_model"]
    assert main(args) == 2
    err = capsys.readouterr().err
    assert "no_such_model" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("replies", [False, True])
def test_the_stream_answers_in_order_and_says_what_it_refuses(replies):
    command = [sys.executable, "-m", "annotator", "suggest", "-", *(["--replies"] if replies else [])]
    done = subprocess.run(command, input="\n".join(LINES).encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 2
    if replies:
        assert [a["id"] for a in answers] == ["a/1", None, "no text", "z"]
        assert [("error" in a) for a in answers] == [False, True, True, False]
    else:
        assert [a["id"] for a in answers] == ["a/1", "z"]


def test_each_answer_comes_before_the_next_line_is_asked():
    child = subprocess.Popen(
        [sys.executable, "-m", "annotator", "suggest", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert child.stdin
    assert child.stdout
    with child:
        for id in ("1", "2"):
            child.stdin.write(json.dumps({"id": id, "text": "Qin said “no”."}).encode() + b"\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == id
        child.stdin.close()
    assert child.returncode == 0


def test_a_project_gets_suggestions_once(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Beijing urged Tokyo to wait.", encoding="utf-8")
    project = str(tmp_path / "p.annot")
    assert main(["import", project, str(tmp_path / "a.txt")]) == 0
    capsys.readouterr()
    assert main(["suggest", project, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"suggested": 1}
    assert main(["suggest", project]) == 0
    assert capsys.readouterr().out == "0 articles suggested\n"


def test_what_is_no_plain_file_is_not_written_over(lines, tmp_path, capsys):
    project = tmp_path / "p.annot"
    (tmp_path / "a.txt").write_text("Qin said no.", encoding="utf-8")
    assert main(["import", str(project), str(tmp_path / "a.txt")]) == 0
    link = tmp_path / "link.jsonl"
    link.symlink_to(tmp_path / "elsewhere.jsonl")
    (tmp_path / "elsewhere.jsonl").write_text("mine", encoding="utf-8")
    before = project.read_bytes()
    for target in (project, link, tmp_path):
        assert main(["suggest", "--input", str(lines), "--output", str(target)]) == 2
        assert "was left alone" in capsys.readouterr().err
    assert project.read_bytes() == before
    assert (tmp_path / "elsewhere.jsonl").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", [".", "", "missing.annot"])
def test_what_is_no_project_cannot_be_suggested_for(name, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["suggest", "-", "--for", name]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "should not" not in err


def test_a_project_to_suggest_for_is_never_passed_over(lines, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["suggest", "--input", str(lines), "--output", str(out), "--for", "p.annot"]) == 2
    assert "--for goes with - alone" in capsys.readouterr().err
    assert not out.exists()
