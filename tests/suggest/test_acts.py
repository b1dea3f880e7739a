"""What is done with the words: by the cue, by telling words of the content, by the way it speaks."""

import pytest

from annotator.suggest.acts import act_of, told, weights
from annotator.suggest.analysis import default_scheme
from annotator.suggest.lexicon import load


@pytest.mark.parametrize(
    ("cue", "content"),
    [("request", "to stop"), ("deny", "we welcome it"), ("warn", "the plan"), ("no_comment", "the plan")],
)
def test_cue_word_decides_the_act(cue, content):
    act = act_of(cue, content)
    assert (act.id, act.why) == (cue, "cue")


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
    assert act_of("assert", content).id == act


def test_the_reason_names_the_telling_words():
    assert act_of("assert", "the report is groundless").why == "“groundless” in the content"
    assert act_of("assert", "the train leaves at nine").why == "default after a verb of saying"


def test_the_first_telling_words_count_most():
    assert list(told("we welcome the plan but they must stop")) == ["support", "request"]
    assert act_of("assert", "we welcome the plan but they must stop").id == "support"


def test_words_to_somebodys_face_are_rarely_neutral():
    assert act_of("assert", "where is the number, and where were you?").id == "criticise"
    assert act_of("assert", "where were you?").why in {"speaks to “you”", "asks back", "no telling words"}


def test_shares_are_scores():
    sure, unsure = act_of("request", "to stop the drills"), act_of("assert", "it rained")
    assert 0.9 < sure.score <= 1
    assert 0 < unsure.score < sure.score


def test_lexicons_name_acts_of_the_scheme():
    acts = {a.id for a in default_scheme().acts}
    words = load()
    assert {v.act for v in words.verbs.values()} <= acts
    assert {n.act for n in words.nouns.values()} <= acts
    assert {name.removeprefix("is ") for name in weights().values if name.startswith("is ")} <= acts
    takes = {t for v in words.verbs.values() for t in v.takes}
    assert takes <= {"that", "to", "quote", "np", "np weak", "as", "naming", "for", "ing", "to comment"}
    assert {v.object for v in words.verbs.values()} <= {"", "hearer", "asked", "judged"}
