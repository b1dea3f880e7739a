import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__
from annotator.__main__ import main
from annotator.commands.main import app
from annotator.storage.project import Project

TEXTS = {
    "a.txt": "Qin Gang said that trade must grow.",
    "b.txt": "Tokyo did not answer.",
    "emoji.txt": "🚀 “We are ready,” she said.",
}


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "articles"
    where.mkdir()
    for name, text in TEXTS.items():
        (where / name).write_text(text, encoding="utf-8")
    return where


@pytest.fixture
def project(tmp_path, folder, capsys):
    path = tmp_path / "news.annot"
    assert main(["import", str(path), str(folder)]) == 0
    capsys.readouterr()
    return path


def annotator(*args, **kwargs):
    """The program as a child process."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "annotator", *map(str, args)]
    return subprocess.run(command, capture_output=True, env=env, check=False, **kwargs)


def one_line(text):
    assert text.endswith("\n")
    assert text.count("\n") == 1
    return text


def test_version_and_help_name_everything(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"annotator {__version__}\n"
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for command in app.registered_commands:
        assert f"  {command.name} " in out


@pytest.mark.parametrize("command", [c.name for c in app.registered_commands])
def test_every_command_explains_itself(command, capsys):
    assert main([command, "--help"]) == 0
    assert f"annotator {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [
        ["bogus"],
        ["--bogus"],
        ["export"],
        ["import", "only.annot"],
        ["stats", "missing.annot"],
        ["check", "missing.annot"],
        ["backup", "missing.annot"],
        ["export", "missing.annot"],
        ["suggest", "missing.annot"],
        ["suggest"],
        ["suggest", "--input", "x.jsonl"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line_and_code_2(args, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    one_line(captured.err)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["stats", "check", "backup", "export", "suggest"])
def test_a_file_that_is_no_project_is_one_line_that_names_it(command, tmp_path, capsys):
    path = tmp_path / "letter.annot"
    path.write_text("Dear reader, this is not a database.")
    assert main([command, str(path)]) == 2
    captured = capsys.readouterr()
    assert "letter.annot" in one_line(captured.err)
    assert captured.out == ""


def test_import_makes_the_project_and_counts(tmp_path, folder, capsys):
    path = tmp_path / "new.annot"
    assert main(["import", str(path), str(folder), "--json"]) == 0
    counts = {"added": 3, "already": 0, "layers": 0, "skipped": 0, "unplaced": 0}
    assert json.loads(capsys.readouterr().out) == {**counts, "notes": [], "refused": []}
    assert main(["import", str(path), str(folder / "a.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already"] == 1
    with Project.open(path, read_only=True) as project:
        assert {project.article(i).text for i in project.article_ids()} == set(TEXTS.values())


def test_import_takes_named_columns(tmp_path, capsys):
    table = tmp_path / "t.csv"
    table.write_text("nr,body,from\n7,Qin spoke.,Daily\n", encoding="utf-8")
    path = tmp_path / "new.annot"
    assert main(["import", str(path), str(table), "--text", "body", "--id", "nr", "--outlet", "from"]) == 0
    with Project.open(path, read_only=True) as project:
        (id,) = project.article_ids()
        meta = project.article(id).meta
    assert (meta.source_id, meta.outlet) == ("7", "Daily")
    capsys.readouterr()


def test_some_refused_is_code_1_and_a_line_each_that_names_the_file(tmp_path, folder, capsys):
    (folder / "broken.pdf").write_bytes(b"not a pdf")
    (folder / "empty.txt").write_bytes(b"")
    assert main(["import", str(tmp_path / "new.annot"), str(folder)]) == 1
    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    assert len(lines) == 2
    assert "broken.pdf" in lines[0]
    assert "empty.txt" in lines[1]
    assert "3" in captured.out


def test_nothing_imported_is_code_2(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["import", str(tmp_path / "new.annot"), str(tmp_path / "missing.txt")]) == 2
    assert "missing.txt" in one_line(capsys.readouterr().err)
    assert main(["import", str(tmp_path / "new.annot"), str(tmp_path / "empty")]) == 2
    assert "nothing to import" in one_line(capsys.readouterr().err)


def test_export_writes_where_it_is_told(project, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", str(project), "--format", "jsonl", "--out", str(out), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["records"] == 3
    assert report["files"] == [str(out / "news.jsonl")]
    assert main(["export", str(project), "--format", "conll", "--labels", "roles", "--out", str(out)]) == 0
    assert "news.conll: 3 records" in capsys.readouterr().out
    assert sorted(p.name for p in out.iterdir()) == ["LOSS.md", "news.conll", "news.jsonl"]


@pytest.mark.parametrize(
    "choice",
    [["--format", "xls"], ["--only", "x"], ["--layer", "nobody"], ["--labels", "roles"], ["--only", "done"]],
    ids=" ".join,
)
def test_an_export_that_cannot_be_is_code_2(project, tmp_path, choice, capsys):
    assert main(["export", str(project), "--out", str(tmp_path / "out"), *choice]) == 2
    captured = capsys.readouterr()
    one_line(captured.err)
    assert captured.out == ""
    assert not (tmp_path / "out").exists()


def test_stats_for_people_and_scripts(project, capsys):
    assert main(["stats", str(project)]) == 0
    assert "articles    3 (3 todo)\n" in capsys.readouterr().out
    assert main(["stats", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 3


def test_check_says_sound_or_what_is_wrong(project, capsys):
    assert main(["check", str(project)]) == 0
    assert capsys.readouterr().out == "news.annot: sound\n"
    assert main(["check", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    _break(project)
    assert main(["check", str(project)]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("news.annot: ")
    assert captured.out == ""


def _break(path):
    """Change an article's text behind the program's back."""
    code = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1])\n"
        "db.execute(\"update article set text = text || 'x' where id = (select min(id) from article)\")\n"
        "db.commit(); db.close()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_backup_is_a_project_of_its_own(project, tmp_path, capsys):
    assert main(["backup", str(project), "--to", str(tmp_path / "copy.annot")]) == 0
    capsys.readouterr()
    assert main(["stats", str(tmp_path / "copy.annot"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 3
    assert main(["backup", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["backup"].startswith(str(tmp_path))


def test_an_open_project_can_be_read_but_not_written(project, tmp_path):
    with Project.open(project):
        for command in (["stats"], ["check"], ["export", "--out", tmp_path / "out"], ["backup"]):
            done = annotator(command[0], project, *command[1:])
            assert (done.returncode, done.stderr) == (0, b"")
        done = annotator("import", project, tmp_path / "articles")
        assert done.returncode == 2
        assert b"news.annot" in done.stderr
        assert done.stderr.count(b"\n") == 1


def test_no_bar_and_no_colour_when_nobody_looks(project, tmp_path):
    done = annotator("export", project, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout


def test_a_failure_of_ours_is_one_calm_line_and_a_log(project, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.paths.user_data", lambda: tmp_path)
    monkeypatch.setattr("annotator.jobs.upkeep.stats", lambda _: 1 / 0)
    assert main(["stats", str(project)]) == 2
    line = one_line(capsys.readouterr().err)
    assert "annotator.log" in line
    assert "Traceback" not in line
    assert "ZeroDivisionError" in (tmp_path / "annotator.log").read_text("utf-8")


def test_ctrl_c_is_one_line(project, capsys, monkeypatch):
    def stop(project):
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.jobs.upkeep.stats", stop)
    assert main(["stats", str(project)]) == 2
    assert "Stopped" in one_line(capsys.readouterr().err)


def test_a_file_that_seems_unreadable_does_not_stop_the_others(folder, tmp_path, capsys, monkeypatch):
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, *a, **kw: "b.txt" not in str(p) and real(p, *a, **kw))
    assert main(["import", str(tmp_path / "p.annot"), str(folder / "a.txt"), str(folder / "b.txt")]) == 0
    assert "2 articles added" in capsys.readouterr().out


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_empty_ones(project, closed):
    line = f'"{sys.executable}" -m annotator stats "{project}" {closed}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert bool(done.stdout) is (" >&-" not in f" {closed}")


def test_an_output_that_is_full_is_one_calm_line(project):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "annotator", "stats", str(project)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert one_line(done.stderr.decode()).startswith("The output cannot be")


def test_export_takes_the_filters_of_releases(project, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", str(project), "--out", str(out), "--outlet", "Nowhere"]) == 2
    assert "Nothing is left to export." in capsys.readouterr().err
    assert main(["export", str(project), "--out", str(out), "--state", "todo", "--no-practice"]) == 0
    assert "- states: ['todo']" in (out / "LOSS.md").read_text("utf-8")
