"""Deciding many at once, taking values over, merging and splitting, remarks: by keys in the window."""

from PySide6.QtWidgets import QLabel
from window_samples import SECOND, TEXT, find

from annotator.domain.statement import Decision
from annotator.ui.pickers.ticks import TickPicker


def ids(desk):
    return [s.id for s in desk.session.snapshot.statements]


def letters(desk, span):
    """The letters that stand over a span."""
    return next(h.letters for h in desk.window.hints.shown if h.span == span).upper()


def test_what_is_left_above_a_score_is_confirmed_and_undone_by_one_key(desk):
    first, second, third = ids(desk)
    desk.press("Shift+Return", "9")
    stored = desk.stored().statements
    assert {stored[first].decision, stored[third].decision} == {Decision.CONFIRMED}
    assert second not in stored
    assert desk.session.focus == second
    assert "2 statements confirmed" in desk.note
    desk.press("U")
    assert desk.stored().statements == {}


def test_asking_for_the_score_can_be_left(desk):
    desk.press("Shift+Return", "Escape")
    assert desk.stored().empty


def test_what_is_left_of_a_kind_is_rejected(desk):
    first, second, _ = ids(desk)
    desk.press("Shift+X", "D")
    assert [s.decision for s in desk.stored().statements.values()] == [Decision.REJECTED]
    assert second in desk.stored().statements
    desk.press("Shift+X", "A")
    assert len(desk.stored().statements) == 3
    desk.press("U", "U")
    assert first not in desk.stored().statements


def test_the_role_set_last_is_repeated(desk):
    desk.press(".")
    assert "could be repeated" in desk.note
    desk.press("P", "R", "S", "J", ".")
    assert desk.statement(2).topics == ("conflict.ceasefire",)


def test_a_role_repeated_in_another_article_keeps_the_actor_without_the_words(desk):
    desk.press("S", "/", "type:Goran", "Return")
    desk.window.open_article(SECOND.id)
    desk.press(".")
    speaker = desk.statement(1, SECOND).speaker
    assert (speaker.actors, speaker.span) == (("person:goran-petric",), None)


def test_speaker_and_targets_are_copied_from_above(desk):
    first = desk.session.focused
    desk.press("J", ",", ";")
    assert desk.statement(2).speaker == first.speaker
    assert desk.statement(2).targets == first.targets
    assert set(desk.statement(2).provenance.changed) == {"speaker", "target"}


def test_there_is_nothing_above_the_first(desk):
    desk.press(",", ";")
    assert "No statement above" in desk.note
    assert desk.stored().empty


def test_two_statements_become_one_and_two_again_by_undo(desk):
    first, second, _ = ids(desk)
    desk.press("M")
    assert len(desk.session.focused.spans) == 3
    assert desk.stored().statements[second].decision is Decision.REJECTED
    assert desk.session.focus == first
    desk.press("U")
    assert desk.stored().statements == {}


def test_a_statement_is_split_at_a_word_by_its_letters(desk):
    desk.press("Shift+M")
    assert "Split statement 1" in desk.window.footer.question
    desk.press(*letters(desk, find("table")))
    assert desk.statement(1).spans == (find("to return to the"),)
    assert desk.statement(2).spans == (find("table"),)
    assert desk.statement(2).targets == desk.statement(1).targets
    assert len(ids(desk)) == 4
    desk.press("U")
    assert len(ids(desk)) == 3


def test_a_statement_is_split_at_the_selection(desk):
    desk.select("the table").press("Shift+M")
    assert desk.statement(2).spans == (find("the table"),)


def test_a_note_is_written_and_taken_away(desk):
    desk.press("W", "type:who is meant", "Return")
    assert desk.statement(1).note == "who is meant"
    assert desk.article.hasFocus()
    desk.press("W", "Ctrl+A", "Del", "Return")
    assert desk.statement(1).note is None
    desk.press("W", "type:x", "Escape")
    assert desk.statement(1).note is None


def test_unsure_is_set_and_taken_back(desk):
    desk.press("Z")
    assert desk.statement(1).confidence == "unsure"
    desk.press("Z")
    assert desk.statement(1).confidence is None


def test_flags_are_ticked(desk):
    desk.press("G", "Space", "J", "J", "Space", "Return")
    flags = desk.session.scheme.statement_flags
    assert desk.statement(1).flags == (flags[0], flags[2])
    desk.press("G", "Space", "Return")
    assert desk.statement(1).flags == (flags[2],)


def test_remarks_decide_nothing(desk):
    desk.press("Z", "G", "Space", "Return", "W", "type:who", "Return")
    labels = [x.text() for x in desk.window.page.findChildren(QLabel) if x.isVisible()]
    assert "Unsure · Implicit target · Note: who" in labels
    assert desk.statement(1).decision is Decision.SUGGESTED
    desk.press("Return")
    assert desk.statement(1).decision is Decision.CONFIRMED


def test_every_occurrence_is_shown_first_and_the_ticked_are_marked(desk):
    desk.select("the").press("O", "O")  # Organisation
    preview = desk.window.findChild(TickPicker)
    before = len(preview.ticked)
    assert before == TEXT.count(" the ")
    desk.press("Space", "Return")
    mentions = desk.stored().mentions.values()
    assert len(mentions) == before - 1
    assert all(m.span.surface(TEXT) == "the" for m in mentions)
    desk.press("U")
    assert desk.stored().mentions == {}


def test_an_entity_is_picked_by_letter_and_marked_everywhere(desk):
    desk.press("O")
    desk.press(*letters(desk, find("Serbia")))
    desk.press("Return")
    (mention,) = desk.stored().mentions.values()
    assert (mention.span, mention.actor, mention.decision) == (find("Serbia"), "state:RS", Decision.CONFIRMED)
