"""The project file itself, open in the program, as Datasette serves it: pages, views, search, SQL."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest
from datasette.app import Datasette

HELP = Path(__file__).parents[2] / "resources" / "help" / "datasette.md"


@pytest.fixture(scope="module")
def ask(project):
    """A function: what Datasette answers to an address, `NAME` being the project's."""
    served = Datasette([str(project.path)])

    def get(address, **params):
        address = address.replace("NAME", project.path.stem)
        found = asyncio.run(served.client.get(address, params=params))
        assert found.status_code == 200, found.text
        return found

    return get


def test_statements_are_told_by_names(ask, records, kept):
    rows = ask("/NAME/statements_by_name.json", _shape="array", _size="max").json()
    human = {(r["article"], r["statement"]): r for r in rows if r["layer"] == "human"}
    wanted = {(id, s["id"]): s for id, r in records.items() for s in r["statements"]}
    assert human.keys() == wanted.keys()
    for key, s in wanted.items():
        assert human[key]["content"] == " … ".join(x["text"] for x in s["spans"])
        assert (human[key]["speaker"] == "not stated") == s["speaker"]["not_stated"]
        assert (human[key]["targets"] == "none") == s["no_target"]
        assert (human[key]["topics"] == "none") == s["no_topic"]
    told = next(r for r in human.values() if r["cue"] == "told" and r["act"])
    assert (told["speaker"], told["targets"]) == ("Qin Gang", "Japan (addressee)")


@pytest.mark.parametrize("page", ["statements_by_name", "decisions_by_annotator", "article", "actor_name"])
def test_every_page_shows(ask, page):
    assert "<table" in ask(f"/NAME/{page}").text


def test_articles_are_found_by_their_words(ask):
    [index] = re.findall(r"article\?(_fts_table=\w+)&(_fts_pk=\w+)", HELP.read_text("utf-8"))
    params = dict(part.split("=") for part in index)
    found = ask("/NAME/article.json", _shape="array", _search="Seoul", **params).json()
    assert ["Seoul" in row["text"] for row in found] == [True]


def test_the_questions_of_the_help_page_have_answers(ask):
    asked = re.findall(r"(?m)(?:^    .+\n)+", HELP.read_text("utf-8"))
    questions = [q for q in asked if q.strip().startswith("select")]
    assert len(questions) == 3
    for sql in questions:
        rows = ask("/NAME.json", sql=" ".join(sql.split()), _shape="array").json()
        assert rows or "release" in sql


def test_the_command_of_the_help_page_reads_and_changes_nothing(project):
    before = project.path.read_bytes()
    command = [sys.executable, "-m", "datasette", str(project.path), "--get"]
    address = f"/{project.path.stem}/statements_by_name.json?_shape=array"
    done = subprocess.run([*command, address], capture_output=True, text=True, check=True)
    assert done.stdout.startswith('[{"')
    assert project.path.read_bytes() == before
