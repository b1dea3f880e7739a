"""Nouns that stand for an actor named elsewhere in the text; people are invented."""

import pytest

from annotator.suggest import entities, wishes
from annotator.suggest.actors_of import Resolver
from annotator.suggest.addressed import Addressed
from annotator.suggest.analysis import Analyst, default_scheme
from annotator.suggest.deeds import Deeds
from annotator.suggest.reading import Reading
from annotator.suggest.scene import Scene


@pytest.fixture
def linked(suggester):
    """A text as it is read, and its chains."""

    def link(text):
        reading = Reading(suggester.parse(text))
        chains = Analyst(default_scheme(), "test").chains()
        entities.repair(reading.doc)
        chains.read(reading.doc)
        return reading, chains

    return link


@pytest.fixture
def read(linked):
    """A text's scene and chains."""

    def scene(text):
        reading, chains = linked(text)
        return Scene(reading, chains), chains

    return scene


@pytest.fixture
def referred(read):
    """The nouns of a text that stand for actors, with the actors' names."""

    def find(text):
        scene, chains = read(text)
        return [(n.span.surface(text), chains.actor(n.id).name) for n in scene.named if n.by == "noun"]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ana Kova flew home. They arrested the president.", [("president", "Ana Kova")]),
        ("Sen. Ana Kova voted no. Others followed the senator.", [("senator", "Ana Kova")]),
        ("The Security Council met. France thanked the council.", [("council", "UN Security Council")]),
        ("The envoy, Ana Kova, was late.", []),
        ("It promised help to African nations.", [("nations", "African states")]),
        (
            "MPs jeered. The home secretary left the Commons. France waits. Few trust ministers.",
            [("ministers", "Government of the United Kingdom"), ("ministers", "United Kingdom")],
        ),
        ("President Ana Kova met a president.", []),
        ("Norway is quiet. The two ministers agreed.", []),
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


@pytest.mark.parametrize(
    ("sentence", "noun", "author"),
    [
        ("Norway expelled three envoys. Chile condemned", "expulsion", "NO"),
        ("Norway suspended the talks. Chile rejected", "suspension", "NO"),
        ("Norway expelled three envoys. Chile called", "move", "NO"),
        ("Norway drafted a treaty. Chile dismissed", "text", "NO"),
        ("Norway accused Chile of spying. Chile rejected", "allegation", "NO"),
        ("Norway closed the road. Chile likes", "soup", None),
        ("Chile closed the road. Chile defended", "closure", None),
    ],
)
def test_a_deed_without_owner_is_of_who_did_it(read, sentence, noun, author):
    scene, _ = read(sentence)
    found = list(Deeds(scene).authors(noun, len(sentence), frozenset({"state:CL"})))
    assert found == ([f"state:{author}"] if author else [])


def test_the_army_is_that_of_the_state(read):
    scene, chains = read("Sudan is quiet. France blamed the army for the hunger.")
    assert [chains.actor(n.id).name for n in scene.named if n.by == "noun"] == ["Sudanese Armed Forces"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("We urge all states to stop the flow of fuel.", ("states", "asked")),
        ("We thank the Finnish crews for their help.", ("crews", "thanked")),
        ("We call on Chile to open the port.", ("Chile", "asked")),
        ("Big polluters must pay more.", ("polluters", "bound")),
        ("Rations will be halved unless donors pay.", ("donors", "a condition for")),
        ("Norway demanded that big polluters pay more.", ("polluters", "bound")),
        ("The road stays closed.", None),
    ],
)
def test_words_ask_thank_and_bind(suggester, text, meant):
    reading = Reading(suggester.parse(text))
    first = 2 if "demanded" in text else 0
    found = [(head.text, manner) for head, manner in wishes.of(reading, first, len(reading.doc) - 1)]
    assert found == ([meant] if meant else [])


def test_an_administration_is_called_as_the_text_calls_it(referred):
    text = "Ana Kova won. Republicans like the Kova administration, and the Senate fears the government."
    names = [name for _, name in referred(text)]
    assert names == ["Kova administration", "Kova administration"]


@pytest.mark.parametrize(
    ("words", "praised"),
    [
        ("We welcome Norway's plan for the strait.", ["Norway"]),
        ("We welcome the announcement of Norway.", ["Norway"]),
        ("We welcome all ships near Norway.", []),
        ("We sail with Norway's crews.", []),
    ],
)
def test_who_did_what_is_praised(linked, words, praised):
    reading, chains = linked(words)
    addressed = Addressed(reading, chains, Resolver(reading, chains), Scene(reading, chains))
    meant = addressed.meant(0, len(words), frozenset({"state:CL"}))
    assert [chains.actor(id).name for id, how in meant if how == "praised for a deed"] == praised
