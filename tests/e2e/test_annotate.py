"""A person annotates with the keyboard in the real window, and the file holds what they decided."""

import pytest
from PySide6.QtWidgets import QApplication
from window_samples import ARTICLE, SECOND, TEXT, Desk, find

from annotator.domain.layer import State
from annotator.domain.statement import NO_ACT, Decision, Kind, Role, Speaker
from annotator.storage.project import Project
from annotator.ui.pickers.choice import ChoicePicker


def picker(desk):
    return next((p for p in desk.window.findChildren(ChoicePicker) if p.isVisible()), None)


def test_enter_confirms_and_goes_to_the_next_undecided(desk):
    first, second = (s.id for s in desk.session.snapshot.statements[:2])
    assert desk.session.focus == first
    desk.press("Return")
    assert desk.session.focus == second
    stored = desk.stored()
    assert stored.statements[first].decision is Decision.CONFIRMED
    assert stored.statements[first].provenance.by == "anna"
    assert stored.statements[first].provenance.suggester == "rules 1 + hand"
    assert stored.state is State.DOING


def test_enter_on_an_open_role_asks_for_it_and_then_confirms(desk):
    desk.press("J", "Return")
    assert desk.window.hints.asking.title == "Target of statement 2"
    desk.press("/", "type:Serb", "Return")
    done = desk.statement(2)
    assert [t.actor for t in done.targets] == ["state:RS"]
    assert done.decision is Decision.CORRECTED
    assert done.provenance.changed == ("target",)


def test_escape_leaves_the_open_role_and_the_statement_undecided(desk):
    desk.press("J", "Return", "Escape")
    assert desk.session.focused.decision is Decision.SUGGESTED
    assert desk.stored().empty
    assert desk.article.hasFocus()


def test_each_role_is_changed_by_its_key(desk):
    desk.press("S", "/", "type:Goran", "Return")
    assert desk.statement(1).speaker.actors == ("person:goran-petric",)
    assert desk.statement(1).speaker.span == find("Goran Petric")
    desk.press("T", "/", "type:NATO", "Return")
    assert [(t.actor, t.span) for t in desk.statement(1).targets] == [("org:NATO", None)]
    desk.press("R", "A")
    assert desk.statement(1).targets[0].role is Role.ADDRESSEE
    desk.press("P", "R", "S")
    assert desk.statement(1).topics == ("conflict.ceasefire",)
    warn = next(a for a in desk.session.scheme.acts if a.id == "warn")
    desk.press("A", warn.key.upper())
    assert desk.statement(1).act == "warn"
    desk.press("K", "M")
    after = desk.statement(1)
    assert after.kind is Kind.MIXED
    assert after.decision is Decision.SUGGESTED
    desk.press("Return")
    after = desk.stored().statements[after.id]
    assert after.decision is Decision.CORRECTED
    assert set(after.provenance.changed) == {"speaker", "target", "topic", "act", "kind"}


def test_the_footer_says_which_topic_was_set_also_where_it_was_decided(desk):
    desk.press("Return", "Shift+J", "P", "1")
    assert desk.note == ""  # what it had already is no step
    desk.press("P", "R", "S")
    assert desk.note == "Topic: Ceasefire · U takes back"
    desk.press("P", "Tab")
    assert desk.note == "Topic: none · U takes back"


def test_tab_says_none_where_there_is_none(desk):
    desk.press("S", "Tab", "T", "Tab", "P", "Tab", "A", "Tab")
    after = desk.statement(1)
    assert after.speaker == Speaker(not_stated=True)
    assert (after.no_target, after.targets) == (True, ())
    assert (after.no_topic, after.topics) == (True, ())
    assert after.act == NO_ACT


def test_shift_enter_adds_a_second_target(desk):
    desk.press("T", "/", "type:NATO", "Shift+Return")
    assert [t.actor for t in desk.statement(1).targets] == ["state:RS", "org:NATO"]


def test_a_new_actor_is_made_inline(desk):
    desk.press("S", "/", "type:Marta Oakes", "Return", "Return")
    assert desk.statement(1).speaker.actors == ("person:marta-oakes",)
    assert desk.project.actors().name("person:marta-oakes") == "Marta Oakes"
    desk.press("U")
    assert desk.project.actors().get("person:marta-oakes") is None
    assert desk.session.focused.speaker.actors == ("person:ilse-verhoeven",)


def test_a_selection_becomes_the_speaker_and_is_asked_who_it_is(desk):
    desk.select("reporters").press("S", "Return")
    assert "Who is “reporters”?" in picker(desk).accessibleName()
    desk.press("/", "type:NATO", "Return")
    assert desk.statement(1).speaker == Speaker(find("reporters"), ("org:NATO",))


def test_a_new_statement_is_made_of_the_selected_words(desk):
    desk.select("t was watching the crossing").press("Q")
    made = desk.session.focused
    assert made.spans == (find("it was watching the crossings"),)
    assert made.provenance.suggester is None
    desk.press("Return", "/", "type:NATO", "Return", "Tab", "Tab")
    done = desk.stored().statements[made.id]
    assert done.decision is Decision.CONFIRMED
    assert done.speaker.actors == ("org:NATO",)
    assert (done.no_target, done.no_topic) == (True, True)


@pytest.mark.parametrize(("words", "focus"), [("NATO said it was watching", 3), ("reporters", 3)])
def test_a_new_statement_taken_back_leaves_the_focus_where_it_stood(desk, words, focus):
    desk.select(words).press("Q")
    assert desk.session.focused.spans == (find(words),)
    desk.press("U")
    assert desk.session.snapshot.numbers[desk.session.focus] == focus


def test_without_a_selection_the_content_is_chosen_by_letters(desk):
    def spell(words):
        desk.press(*next(h.letters for h in desk.window.hints.shown if h.span == find(words)).upper())

    desk.press("C")
    assert "Content of statement 1" in desk.window.footer.question
    spell("return")
    spell("table")
    assert desk.statement(1).spans == (find("return to the table"),)
    desk.press("Shift+Q")
    spell("“Silence")
    spell("answer.”")
    assert desk.statement(1).spans == (find("return to the table"), find("“Silence is no answer.”"))


def test_the_content_is_corrected_from_the_selection(desk):
    desk.select("return to the table").press("C")
    assert desk.statement(1).spans == (find("return to the table"),)
    desk.select("Silence is no").press("Shift+Q")
    assert desk.statement(1).spans == (find("return to the table"), find("Silence is no"))
    assert len(desk.session.snapshot.statements) == 3


def test_an_entity_is_marked_relabelled_and_rejected(desk):
    desk.select("reporters").press("E", "P")
    stored = [m for m in desk.stored().mentions.values() if m.span == find("reporters")]
    assert [(m.label, m.decision) for m in stored] == [("PERSON", Decision.CONFIRMED)]
    desk.select("reporters").press("E", "O")
    assert desk.stored().mentions[stored[0].id].label == "ORG"
    desk.select("reporters").press("E", "X")
    assert desk.stored().mentions[stored[0].id].decision is Decision.REJECTED


def test_rejecting_keeps_the_suggestion_and_undo_brings_it_back(desk):
    first = desk.session.focus
    desk.press("X")
    assert desk.stored().statements[first].decision is Decision.REJECTED
    desk.press("U")
    assert desk.stored().empty
    assert desk.session.focus == first
    desk.press("Shift+U")
    assert desk.stored().statements[first].decision is Decision.REJECTED


def test_undo_reaches_across_articles_and_restarts(qtbot, desk, project_path):
    first = desk.session.focus
    desk.press("Return")
    desk.window.open_article(SECOND.id)
    desk.press("X")
    desk.window.close()
    desk.project.close()
    with Project.open(project_path) as again:
        other = Desk(qtbot, again)
        assert other.session.snapshot.article.id == SECOND.id
        other.press("U", "U")
        assert other.session.snapshot.article.id == ARTICLE.id
        assert other.session.focus == first
        assert again.layer(ARTICLE.id).empty
        assert again.layer(SECOND.id).empty
        other.window.close()


def test_moving_between_statements(desk):
    ids = [s.id for s in desk.session.snapshot.statements]
    for key, where in (("J", 1), ("Down", 2), ("J", 2), ("Up", 1), ("Shift+J", 0), ("Up", 0)):
        desk.press(key)
        assert desk.session.focus == ids[where], key


def test_done_lists_what_is_missing_and_jumps_there(qtbot, desk):
    third = desk.session.snapshot.statements[2].id
    desk.press("Return", "Ctrl+Return")
    dialog = QApplication.activeModalWidget()
    assert "Statement 2 is not decided" in dialog.list.rows.choice(0).label
    qtbot.keyClick(dialog.list, "\r")
    assert desk.stored().state is State.DOING
    desk.press("X")
    assert desk.session.focus == third


def test_done_keeps_the_entities_and_opens_the_next_article(desk):
    desk.press("Return", "Return", "Tab", "Return", "Ctrl+Return")
    stored = desk.stored()
    assert stored.state is State.DONE
    assert {m.decision for m in stored.mentions.values()} == {Decision.CONFIRMED}
    assert len(stored.mentions) == 5
    assert desk.session.snapshot.article.id == SECOND.id
    desk.press("U")
    assert desk.stored().state is State.DOING
    assert not desk.stored().mentions


def test_an_article_with_nothing_to_mark_is_done_with_its_suggestions_rejected(desk):
    desk.window.act("nothing_here")
    stored = desk.stored()
    assert (stored.state, stored.outcome) == (State.DONE, "nothing_here")
    assert {s.decision for s in stored.statements.values()} == {Decision.REJECTED}


def test_an_article_that_is_not_relevant_keeps_its_suggestions_undecided(desk):
    desk.window.act("not_relevant")
    assert (desk.stored().state, desk.stored().outcome) == (State.DONE, "not_relevant")
    assert not desk.stored().statements


def test_flag_and_unflag(desk):
    desk.press("F")
    assert desk.stored().state is State.FLAGGED
    assert desk.project.counts()[State.FLAGGED] == 1
    desk.press("F")
    assert desk.stored().state is State.DOING


def test_letters_belong_to_the_search_field_while_it_has_the_focus(desk):
    desk.press("/", "type:xjqx", "Return")
    assert desk.stored().empty
    assert desk.window.list.query == "xjqx"
    assert desk.article.hasFocus()


def test_search_finds_articles_by_their_words(qtbot, desk):
    desk.press("/", "type:spring")
    qtbot.waitUntil(lambda: desk.window.list.rows.rowCount() == 1)
    assert desk.window.list.rows.row(0).id == SECOND.id


def test_reopening_restores_article_statement_and_decisions(qtbot, desk, project_path):
    desk.press("Return", "J")
    focus = desk.session.focus
    desk.window.close()
    desk.project.close()
    with Project.open(project_path) as again:
        other = Desk(qtbot, again)
        assert other.session.snapshot.article.id == ARTICLE.id
        assert other.session.focus == focus
        assert other.session.snapshot.decided == 1
        assert other.window.list.rows.row(0).decided == 1
        other.window.close()


def test_a_second_window_only_reads_and_says_so(qtbot, desk, project_path):
    with Project.open(project_path, read_only=True) as project:
        second = Desk(qtbot, project)
        assert "only reads" in second.window.banner.text
        second.press("Return", "X", "S", "F", "U")
        assert "only reads" in second.note
        assert project.layer(ARTICLE.id).empty
        second.press("J")
        assert second.session.focus == second.session.snapshot.statements[1].id
        second.window.close()


def test_the_palette_finds_and_does_every_verb(desk):
    desk.press("Ctrl+K", "type:reject", "Return")
    assert desk.statement(1).decision is Decision.REJECTED


def test_the_file_holds_the_very_words_on_screen(desk):
    desk.select("🕊 in the").press("E", "O")
    (mention,) = desk.stored().mentions.values()
    assert mention.span.surface(TEXT) == "🕊 in the"
    assert desk.project.check() == []


def test_done_says_how_much_was_decided_and_accepted_with_it(desk):
    desk.press("Return", "Return", "Tab", "X", "Ctrl+Return")
    assert desk.session.snapshot.article.id == SECOND.id
    assert desk.note == "Article done: 2 statements, 5 entities accepted."
    assert len(desk.stored().mentions) == 5
    desk.press("Return", "/", "type:NATO", "Return", "Return", "Ctrl+Return")
    assert desk.note == "Article done: 1 statement. No other in this list is left to do."
