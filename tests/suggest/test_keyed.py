"""Patterns that are tried around their key words only find what they find everywhere."""

import re
from itertools import product

import pytest

from annotator.suggest import gazetteer, long_names, ministries
from annotator.suggest.keyed import Keyed

WORDS = ("Foreign", "trade", "Ministry", "ministry of", "Defense\nDepartment", "Foreign Office", "of the")
NAMES = ("Union", "Law of", "Council for", "and", "Treaty", "Act against the", "A-B Sea", "Bank’s")


def spans(matches):
    return [m.span() for m in matches]


@pytest.mark.parametrize("keyed", ministries.KEYED, ids=lambda k: k.key.pattern)
def test_ministries_are_found_as_everywhere(keyed):
    for words in product(WORDS, repeat=4):
        text = " ".join(words)
        assert spans(keyed.matches(text)) == spans(keyed.pattern.finditer(text))


@pytest.mark.parametrize("keyed", [k for k, _ in long_names.KEYED], ids=lambda k: k.key.pattern)
def test_long_names_are_found_as_everywhere(keyed):
    for words in product(NAMES, repeat=4):
        text = " ".join(words)
        assert spans(keyed.matches(text)) == spans(keyed.pattern.finditer(text))


def test_a_match_is_not_found_twice_and_none_reaches_into_the_one_before():
    keyed = Keyed(re.compile(r"(?:[A-Z]\w* )*key(?: [A-Z]\w*)?"), re.compile("key"), 3, re.compile(r"\w"))
    text = "A B key C key D\nE F G key"
    assert spans(keyed.matches(text)) == spans(keyed.pattern.finditer(text))


def test_an_endless_word_before_a_ministry_is_no_state():
    text = "A" * 100_000 + " defence ministry, Norway's defence ministry"
    assert [b.actor.speaks_for for b in ministries.find(text, gazetteer.load()) if b.actor] == ["state:NO"]
