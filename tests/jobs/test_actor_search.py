"""Typing a name finds the actor that is meant, those of the project before those that are shipped."""

import subprocess
import sys

import pytest

from annotator.domain.actors import Actor, Actors
from annotator.jobs.actor_search import ActorSearch

KNOWN = Actors(
    [
        Actor("person:qin-gang", "Qin Gang", "person", "state:CN"),
        Actor("state:CN", "China", "state"),
        Actor("person:marta-germain", "Marta Germain", "person"),
        Actor("org:old", "Germain Office", "org", merged_into="person:marta-germain"),
    ]
)


@pytest.fixture(scope="module")
def search():
    return ActorSearch(KNOWN)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("qin", "Qin Gang"),
        ("gang", "Qin Gang"),
        ("chinese", "China"),
        ("beijing", "China"),
        ("tokyo", "Japan"),
        ("turkiye", "Türkiye"),
        ("mfa china", "Ministry of Foreign Affairs (China)"),
        ("china mfa", "Ministry of Foreign Affairs (China)"),
        ("foreign ministry france", "Ministry of Foreign Affairs (France)"),
        ("mfa us", "Department of State (United States)"),
        ("imf", "International Monetary Fund"),
        ("US", "United States"),
        ("gov kos", "Government of Kosovo"),
        ("anonymous spa", "anonymous (Spain)"),
        ("western cou", "Western countries"),
        ("the west", "Western countries"),
        ("certain forces", "unnamed forces"),
        ("world community", "international community"),
    ],
)
def test_the_best_comes_first(search, typed, name):
    assert search.find(typed)[0].actor.name == name


def test_the_project_stands_before_the_gazetteer(search):
    found = search.find("germ")
    assert found[0].actor.name == "Marta Germain"
    assert [f.new for f in found[:2]] == [False, True]


def test_those_of_the_article_stand_before_all(search):
    assert search.find("g", near=["state:GE"])[0].actor.name == "Georgia"
    assert search.find("g")[0].actor.name != "Georgia"


def test_merged_actors_and_names_of_nobody_are_not_found(search):
    assert search.find("germain office") == []
    assert search.find("xyzzy") == []
    assert search.find("  ") == []


def test_nobody_is_offered_twice(search):
    ids = [f.actor.id for f in search.find("china")]
    assert len(ids) == len(set(ids))
    assert len(ActorSearch(Actors())) > 1000


def test_it_needs_no_language_model():
    code = "import sys; from annotator.jobs.actor_search import ActorSearch as A; from annotator.domain.actors import Actors; A(Actors()).find('un'); sys.exit('spacy' in sys.modules)"  # noqa: E501
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
