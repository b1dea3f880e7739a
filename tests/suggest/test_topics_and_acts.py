import pytest

from annotator.domain.spans import Span
from annotator.suggest.acts import act_of
from annotator.suggest.analysis import default_scheme
from annotator.suggest.lexicon import load
from annotator.suggest.topics import Ranking, Topics


@pytest.fixture(scope="module")
def topics():
    return Topics(default_scheme())


def rank(topics, text, content):
    start = text.index(content)
    span = Span(start, start + len(content))
    return [t for t, _ in Ranking(topics, text, "").of([span], span).topics]


def test_words_of_the_content_decide(topics):
    text = "The summit went on. He spoke of chip-making equipment and export controls. Talks followed."
    assert rank(topics, text, "chip-making equipment and export controls")[0] in (
        "economy.export_controls",
        "technology.semiconductors",
    )


def test_at_most_three(topics):
    text = "Taiwan, sanctions, refugees, tariffs, grain, hostages and the climate"
    assert len(rank(topics, text, text)) == 3


def test_without_words_the_article_decides(topics):
    text = "The ceasefire and the truce held, monitors of the truce say. “We did not expect it,” he said."
    assert rank(topics, text, "We did not expect it") == ["conflict.ceasefire"]


def test_inflected_words_count_and_parts_of_words_do_not(topics):
    assert [h.words for h in topics.hits("Tariffs, tariff's and tariffied")] == ["Tariffs", "tariff's"]
    assert topics.hits("") == []


def test_cue_word_decides_the_act():
    assert act_of("request", "to stop") == ("request", "cue")


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("both sides should return to the table", "request"),
        ("there will be consequences", "warn"),
        ("we will continue to help", "commit"),
        ("we welcome the plan", "support"),
        ("the report is groundless", "deny"),
        ("the deal was a mistake", "criticise"),
        ("I have nothing to add", "no_comment"),
        ("the train leaves at nine", "assert"),
    ],
)
def test_content_decides_after_said(content, act):
    assert act_of("assert", content)[0] == act


def test_lexicons_name_acts_of_the_scheme():
    acts = {a.id for a in default_scheme().acts}
    words = load()
    assert {v.act for v in words.verbs.values()} <= acts
    assert {n.act for n in words.nouns.values()} <= acts
    takes = {t for v in words.verbs.values() for t in v.takes}
    assert takes <= {"that", "to", "quote", "np", "np weak", "as", "naming", "for", "ing", "to comment"}
    assert {v.object for v in words.verbs.values()} <= {"", "hearer", "asked", "judged"}


def test_abbreviations_match_in_capitals_only(topics):
    assert topics.hits("The farmer who cops a fine is no quad") == []
    assert [h.cue for h in topics.hits("The WHO and the Quad met")] == ["WHO", "Quad"]


def test_cues_match_whole_words_however_they_are_joined(topics):
    assert [h.words for h in topics.hits("a cease-fire, two ceasefires")] == ["cease-fire", "ceasefires"]
    assert topics.hits("warehouse surveyors united") == []


def test_no_topic_when_nothing_is_said_of_one(topics):
    text = "The crowd was loud. “I like it here,” he said. Later somebody sang."
    assert rank(topics, text, "I like it here") == []


def test_words_of_the_sentence_help_a_short_content(topics):
    text = "Nothing else happened.\n\nOn the new tariffs and import duties he said: “We do not like it.”"
    start = text.index("We do not")
    content, sentence = Span(start, start + 17), Span(text.index("On the"), len(text))
    ranked = Ranking(topics, text, "").of([content], content, sentence)
    assert ranked.topics[0][0] == "economy.tariffs"
