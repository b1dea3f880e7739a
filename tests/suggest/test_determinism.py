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
def article(tmp_path):
    practice = (paths.seeds() / "lithium-summit.txt").read_text(encoding="utf-8")
    text = "\n\n".join((*exchanges(), practice, practice))
    source = tmp_path / "article.jsonl"
    source.write_text(json.dumps({"id": "twice", "text": text}) + "\n", encoding="utf-8")
    return source


def suggested(source, seed):
    """The bytes that a process writes whose sets are ordered by `seed`."""
    target = source.with_name(f"{seed}.jsonl")
    command = [sys.executable, "-m", "annotator", "suggest", "--input", str(source), "--output", str(target)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return target.read_bytes()


def test_the_order_of_sets_decides_nothing(article):
    first = suggested(article, "1")
    assert json.loads(first)["statements"]
    assert all(suggested(article, seed) == first for seed in ("2", "3"))
