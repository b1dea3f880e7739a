import pytest

from annotator.suggest.acts import act_of
from annotator.suggest.analysis import default_scheme
from annotator.suggest.lexicon import load


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
