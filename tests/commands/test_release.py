import json
import re
import shlex

import pytest
from release_samples import copied, made, story

from annotator.__main__ import main
from annotator.storage.project import Project


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return made(tmp_path_factory.mktemp("news") / "news.annot")


@pytest.fixture
def project(tmp_path, news):
    return copied(news, tmp_path)


@pytest.fixture
def run(project, tmp_path, capsys, monkeypatch):
    """`annotator release PROJECT …`: the code, and both outputs."""

    monkeypatch.setattr("annotator.paths.exports", lambda: tmp_path / "exports")

    def call(*args):
        code = main(["release", str(project), *map(str, args)])
        return code, *capsys.readouterr()

    return call


def made_json(run, *args):
    code, out, err = run(*args, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_release_says_where_it_is_and_what_is_in_it(run, tmp_path):
    code, out, err = run("--name", "first", "--out", tmp_path / "out")
    assert (code, err) == (0, "")
    assert f"{tmp_path / 'out'}: release 1 “first”" in out
    assert "train" in out
    assert "18 articles" in out
    assert (tmp_path / "out" / "README.md").is_file()


def test_without_out_it_lies_among_the_exports(run, tmp_path):
    report = made_json(run, "--name", "Paper, 2nd try")
    assert report["folder"] == str(tmp_path / "exports" / "news-paper-2nd-try")


def test_releases_are_listed_compared_and_made_again(run, project, tmp_path):
    assert run("--list")[1] == "No releases yet.\n"
    first = made_json(run, "--name", "first", "--out", tmp_path / "one")
    made_json(run, "--name", "second", "--no-practice", "--out", tmp_path / "two")
    listed = made_json(run, "--list")["releases"]
    assert [(r["number"], r["name"], r["articles"]) for r in listed] == [(1, "first", 23), (2, "second", 22)]
    compared = made_json(run, "--compare", 1, 2)
    assert compared["articles"]["removed"] == [story(9).id]
    assert compared["articles"]["added"] == []
    assert len(compared["statements"]["removed"]) == 2
    assert compared["options"] == {"filters.practice": [True, False]}
    compared_nothing = {key: [] for key in ("added", "removed", "changed", "moved")}
    _, out, _ = run("--compare", 1, 2)
    assert "1 article removed" in out
    assert "filters.practice: True -> False" in out
    assert run("--changed", 1)[1] == "since release 1: nothing changed\n"
    assert made_json(run, "--changed", 2)["articles"] == compared_nothing
    again = made_json(run, "--again", 1, "--out", tmp_path / "again")
    assert again["sha256"] == first["sha256"]
    _, out, _ = run("--list")
    assert "second" in out.splitlines()[1]


def test_every_filter_and_option_reaches_the_release(run, tmp_path):
    with_everything = shlex.split("""
        --format jsonl --format conll --option conll.labels=roles --note Note --licence CC0
        --text-licence Daily=Mine --layer ann --state done --state doing --decided-by ann --least-score 0.1
        --least-agreement 0.2 --since 2024-01 --until 2024-12-31 --topic trade --actor state:CN
        --outlet 'Outlet 1' --outlet 'Outlet 2' --matching-only --no-practice --near-copies one
        --negatives rejected --negatives candidates --names pseudonyms --no-notes
        --split date --ratios 60/20/20 --cuts 2024-05-01/2024-09-01 --seed x
    """)
    made_json(run, "--name", "all", "--out", tmp_path / "out", *with_everything)
    facts = json.loads((tmp_path / "out" / "release.json").read_text("utf-8"))
    assert facts["note"] == "Note"
    assert facts["options"] == {
        "formats": ["jsonl", "conll"],
        "format_options": {"conll": {"labels": "roles"}},
        "filters": {
            "layer": "a1",
            "only": "all",
            "states": ["done", "doing"],
            "decided_by": ["a1"],
            "least_score": 0.1,
            "least_agreement": 0.2,
            "outlets": ["Outlet 1", "Outlet 2"],
            "since": "2024-01",
            "until": "2024-12-31",
            "topics": ["trade"],
            "actors": ["state:CN"],
            "matching_only": True,
            "practice": False,
            "near_copies": "one",
            "negatives": ["rejected", "candidates"],
        },
        "splits": {"by": "date", "ratios": [60, 20, 20], "seed": "x", "cuts": ["2024-05-01", "2024-09-01"]},
        "masking": {"names": "pseudonyms", "notes": False},
        "licence": "CC0",
        "licences": {"Daily": "Mine"},
    }


def test_every_filter_reaches_an_export_too(project, tmp_path):
    with_everything = shlex.split("""
        --layer ann --state done --state doing --decided-by ann --least-score 0.1 --least-agreement 0.2
        --since 2024-01 --until 2024-12-31 --topic trade --actor state:CN --outlet 'Outlet 1'
        --outlet 'Outlet 2' --matching-only --no-practice --near-copies one --no-rejected
        --names pseudonyms --no-notes
    """)
    assert main(["export", str(project), "--out", str(tmp_path / "out"), *with_everything]) == 0
    told = (tmp_path / "out" / "LOSS.md").read_text("utf-8")
    asked = {
        "layer: a1",
        "states: ['done', 'doing']",
        "decided_by: ['a1']",
        "least_score: 0.1",
        "least_agreement: 0.2",
        "since: 2024-01",
        "until: 2024-12-31",
        "topics: ['trade']",
        "actors: ['state:CN']",
        "outlets: ['Outlet 1', 'Outlet 2']",
        "matching_only: True",
        "practice: False",
        "near_copies: one",
        "negatives: []",
        "names: pseudonyms",
        "notes: False",
    }
    assert {line for line in asked if f"- {line}\n" not in told} == set()
    assert not re.search(r"\bann\b", told)
    [file] = (tmp_path / "out").glob("*.jsonl")
    assert "ann" not in {
        json.loads(row)["layer"]["annotator"] for row in file.read_text("utf-8").split("\n")[:-1]
    }


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--name", "x", "--list"],
        ["--name", " "],
        ["--again", "7"],
        ["--compare", "1", "2"],
        ["--compare", "1"],
        ["--name", "x", "--format", "bogus"],
        ["--name", "x", "--ratios", "80/20"],
        ["--name", "x", "--ratios", "0/50/50"],
        ["--name", "x", "--split", "moon"],
        ["--name", "x", "--split", "date", "--cuts", "2024"],
        ["--name", "x", "--names", "initials"],
        ["--name", "x", "--only", "some"],
        ["--name", "x", "--since", "1.2.2024"],
        ["--changed", "7"],
        ["--name", "x", "--option", "conll.labels"],
        ["--name", "x", "--option", "conll.bogus=1"],
        ["--name", "x", "--text-licence", "Mine"],
        ["--name", "x", "--layer", "carol"],
        ["--name", "x", "--outlet", "Nowhere"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_one_line_and_code_2(run, project, args):
    code, out, err = run(*args)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert all(p.name.startswith("news.annot") for p in project.parent.iterdir())


def test_a_project_open_elsewhere_is_listed_but_gets_no_release(run, project, tmp_path):
    made_json(run, "--name", "first", "--out", tmp_path / "one")
    with Project.open(project):
        from subprocess import run as child
        from sys import executable

        def elsewhere(*args):
            command = [executable, "-m", "annotator", "release", project, *args]
            return child(command, capture_output=True, text=True, check=False)

        assert "first" in elsewhere("--list").stdout
        refused = elsewhere("--name", "second", "--out", tmp_path / "two")
    assert refused.returncode == 2
    assert "news.annot" in refused.stderr
    assert not (tmp_path / "two").exists()
