"""The same text has the same suggestions, to the byte, in every process."""

import json
import os
import subprocess
import sys

import pytest

from annotator import paths

_REST = "The weather was fine in the harbour, and the boats went out as they do in summer. " * 5
_PAIRS = (("Ana", "Bo"), ("Carla", "Dan"), ("Eva", "Finn"), ("Greta", "Hans"))


def exchanges():
    """Answers to two speakers at once, of whom one is as likely meant as the other."""
    for one, other in _PAIRS:
        yield f"{one} Ostrova and {other} Lindqvist said the talks had failed."
        yield _REST
        yield "“That is wrong,” replied the mayor."


@pytest.fixture
def articles(tmp_path):
    practice = (paths.seeds() / "lithium-summit.txt").read_text(encoding="utf-8")
    texts = {"exchanges": "\n\n".join(exchanges()), "practice": f"{practice}\n\n{practice}"}
    source = tmp_path / "articles.jsonl"
    lines = (json.dumps({"id": id, "text": text}) for id, text in texts.items())
    source.write_text("\n".join(lines), encoding="utf-8")
    return source


def suggested(source, seed):
    """The bytes that a process writes whose sets are ordered by `seed`."""
    target = source.with_name(f"{seed}.jsonl")
    command = [sys.executable, "-m", "annotator", "suggest", "--input", str(source), "--output", str(target)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return target.read_bytes()


def test_the_order_of_sets_decides_nothing(articles):
    first = suggested(articles, "1")
    assert all(json.loads(line)["statements"] for line in first.splitlines())
    assert suggested(articles, "2") == first
