"""Who relayed the words is set, changed and taken away by keys."""

import pytest
from window_samples import find

from annotator.domain.statement import Decision, Speaker, Via

PETRIC = Via(find("Goran Petric"), "person:goran-petric")


def letter(desk, words):
    return next(h.letters for h in desk.window.hints.shown if h.span == find(words)).upper()


def source(desk):
    return desk.window.page.card.rows["speaker"].accessibleName()


@pytest.fixture
def relayed(desk):
    """The first statement with a wrong relay."""
    focus = desk.session.focus
    desk.session.decide(lambda d: d.revise(focus, "via", via=PETRIC), focus)
    return desk


def test_a_letter_sets_who_relayed_and_nothing_else(desk):
    before = desk.session.focused
    desk.press("V")
    assert desk.window.hints.asking.title == "Who relayed the words of statement 1"
    desk.press(*letter(desk, "NATO"))
    after = desk.statement(1)
    assert after.via == Via(find("NATO"), "org:NATO")
    assert after.provenance.changed == ("via",)
    assert (after.speaker, after.targets, after.topics) == (before.speaker, before.targets, before.topics)
    assert "via NATO" in source(desk)
    desk.press("Return")
    assert desk.statement(1).decision is Decision.CORRECTED


def test_tab_says_that_nobody_relayed_and_undo_brings_it_back(relayed):
    assert "via Goran Petric" in source(relayed)
    relayed.press("V", "Tab")
    assert relayed.statement(1).via is None
    assert relayed.statement(1).speaker == Speaker(find("Ilse Verhoeven"), ("person:ilse-verhoeven",))
    assert "via" not in source(relayed)
    relayed.press("U")
    assert relayed.statement(1).via == PETRIC


def test_escape_keeps_who_relayed(relayed):
    relayed.press("V", "Escape")
    assert relayed.statement(1).via == PETRIC


def test_search_finds_any_actor_and_undo_takes_it_back(relayed):
    relayed.press("V", "/", "type:mfa china", "Return")
    assert relayed.statement(1).via == Via(None, "mfa:CN")
    relayed.press("U")
    assert "mfa:CN" not in relayed.project.actors()


def test_shift_adds_no_second_one(relayed):
    relayed.press("V")
    assert "add" not in relayed.window.footer.question
    relayed.press("Shift+" + letter(relayed, "NATO"))
    assert relayed.statement(1).via == Via(find("NATO"), "org:NATO")


def test_the_speakers_row_lights_up_while_it_is_chosen(desk):
    row = desk.window.page.card.rows["speaker"]
    desk.press("V")
    assert row.property("active") == "true"
    desk.press("/")
    assert row.property("active") == "true"
    desk.press("Escape")
    assert row.property("active") == "false"


def test_a_selection_becomes_who_relayed(desk):
    desk.select("reporters").press("V", "Return", "Tab")
    assert desk.statement(1).via == Via(find("reporters"), None)


def test_it_is_set_again_on_another_statement(desk):
    desk.press("V")
    desk.press(*letter(desk, "NATO"))
    desk.press("J", ".")
    assert desk.statement(2).via == Via(find("NATO"), "org:NATO")
