"""Nouns that stand for an actor named elsewhere in the text; people are invented."""

import pytest

from annotator.suggest import entities
from annotator.suggest.analysis import Analyst, default_scheme
from annotator.suggest.reading import Reading
from annotator.suggest.scene import Scene


@pytest.fixture
def referred(suggester):
    """The nouns of a text that stand for actors, with the actors' names."""

    def find(text):
        reading = Reading(suggester.parse(text))
        chains = Analyst(default_scheme(), "test").chains()
        entities.repair(reading.doc)
        chains.read(reading.doc)
        named = Scene(reading, chains).named
        return [(n.span.surface(text), chains.actor(n.id).name) for n in named if n.by == "noun"]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ana Kova flew home. They arrested the president.", [("president", "Ana Kova")]),
        ("Sen. Ana Kova voted no. Others followed the senator.", [("senator", "Ana Kova")]),
        ("The Security Council met. France thanked the council.", [("council", "UN Security Council")]),
        ("The envoy, Ana Kova, was late.", []),
        ("President Ana Kova met a president.", []),
        ("Norway sent help. The Serbian government said no.", [("government", "Serbia")]),
        (
            "Norway is quiet. Few trust the government.",
            [("government", "Government of Norway"), ("government", "Norway")],
        ),
    ],
)
def test_a_noun_stands_for_the_one_named_so(referred, text, expected):
    assert referred(text) == expected


def test_at_home_the_government_is_not_the_state(referred):
    text = "Republicans in the Senate wait. Washington is cold. A judge stopped the administration."
    assert ("administration", "Government of the United States") in referred(text)
    assert ("administration", "United States") not in referred(text)


def test_the_last_word_of_a_name_stands_for_the_body(found):
    seen = found("The Security Council met. Norway urged the Council to wait.")
    assert set(seen[-1].targets) == {"UN Security Council"}
