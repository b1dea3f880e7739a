import pytest

from annotator import paths
from annotator.suggest.analysis import default_scheme
from annotator.suggest.lexicon import items, rows
from annotator.suggest.topic_cues import Cues
from annotator.suggest.topic_words import NONE, TopicWords, said, stem


@pytest.fixture(scope="module")
def cues():
    return Cues(default_scheme())


@pytest.fixture(scope="module")
def words():
    return TopicWords(default_scheme())


def test_inflected_cues_count_and_parts_of_words_do_not(cues):
    assert [h.words for h in cues.hits("Tariffs, tariff's and tariffied")] == ["Tariffs", "tariff's"]
    assert cues.hits("") == []


def test_abbreviations_match_in_capitals_only(cues):
    assert cues.hits("The farmer who cops a fine is no quad") == []
    assert [h.cue for h in cues.hits("The WHO and the Quad met")] == ["WHO", "Quad"]


def test_cues_match_whole_words_however_they_are_joined(cues):
    assert [h.words for h in cues.hits("a cease-fire, two ceasefires")] == ["cease-fire", "ceasefires"]
    assert cues.hits("warehouse surveyors united") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tariffs", "tariff"),
        ("deported", "deporting"),
        ("smugglers", "smuggled"),
        ("militarised", "militarization"),
        ("treaties", "treaty"),
        ("stopped", "stopping"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert stem(one) == stem(other)


def test_words_and_pairs_without_states_and_plain_words():
    assert [s.stem for s in said("Thai troops fired shells at the temple")] == [
        "troop",
        "fir",
        "troop fir",
        "shell",
        "fir shell",
        "templ",
    ]
    assert list(said("The minister said that he would")) == []


def test_a_pair_covers_both_words():
    text = "of barbed wire"
    assert [text[s.start : s.end] for s in said(text)] == ["barbed", "wire", "barbed wire"]


def strengths(words, word):
    return dict(words.of(stem(word)))


def test_a_word_speaks_for_the_topics_it_is_said_of(words):
    found = strengths(words, "scallops")
    assert max(found, key=found.get) == "economy.trade_barriers"
    assert 0 < found["economy.trade_barriers"] <= 4
    assert words.of("xyzzy") == ()


def test_talk_at_home_speaks_for_no_topic(words):
    found = strengths(words, "pensions")
    assert max(found, key=found.get) == NONE


def test_the_tables_name_topics_of_the_scheme():
    known = {*default_scheme().topics, NONE}
    folder = paths.resources() / "cues"
    assert {row["topic"] for row in rows(folder / "topic_words.tsv")} == known
    examples = [items(row["topics"]) for row in rows(folder / "topic_examples.tsv")]
    assert {t for topics in examples for t in topics} == known
    assert all(topics for topics in examples)


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("guardsmen", "security.military_activities"),
        ("redistricting", "rights.democracy_elections"),
        ("hurricane", "humanitarian.disasters"),
        ("deportation", "humanitarian.refugees_migration"),
    ],
)
def test_what_politicians_at_home_talk_of_may_have_a_topic(words, word, topic):
    found = strengths(words, word)
    assert max(found, key=found.get) == topic


def test_words_never_learned_tell_nothing(words):
    assert words.of("qwzx") == words.of("qwzx vbkj") == ()
