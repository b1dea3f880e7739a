"""Hint mode through the real window: letters pick speakers and targets."""

from PySide6.QtCore import QPoint, Qt
from window_samples import find

from annotator.domain.actors import Actor
from annotator.domain.edits import Placed, PutActor, Step
from annotator.domain.statement import Decision, Speaker
from annotator.ui.pickers.choice import ChoicePicker


def letter(desk, words):
    """The letters that stand over these words."""
    return next(h.letters for h in desk.window.hints.shown if h.span == find(words))


def spell(desk, words):
    """Press the letters of these words one by one."""
    desk.press(*letter(desk, words).upper())


def test_a_letter_picks_the_speaker_and_goes_back_to_the_verbs(desk):
    desk.press("S")
    desk.press(letter(desk, "Goran Petric").upper())
    assert desk.statement(1).speaker == Speaker(find("Goran Petric"), ("person:goran-petric",))
    assert not desk.window.hints.active
    desk.press("Return")
    assert desk.statement(1).decision is Decision.CORRECTED


def test_the_verbs_own_letter_picks_nothing(desk):
    desk.press("S", "S")
    assert desk.window.hints.active
    assert desk.stored().empty
    assert "s" not in {h.letters for h in desk.window.hints.shown}


def test_pronouns_have_letters_too_and_keep_whom_they_stand_for(desk):
    desk.press("J", "S")
    desk.press(letter(desk, "she").upper())
    assert desk.session.focused.speaker == Speaker(find("she"), ("person:ilse-verhoeven",))


def test_a_chosen_pronoun_asks_anew_whom_it_stands_for(desk):
    desk.press("J", "S")
    desk.press(letter(desk, "she").upper(), "/", "type:goran", "Return")
    assert desk.session.focused.speaker == Speaker(find("she"), ("person:goran-petric",))


def test_shift_and_a_letter_adds_a_target(desk):
    desk.press("T")
    desk.press("Shift+" + letter(desk, "NATO").upper())
    assert [t.actor for t in desk.statement(1).targets] == ["state:RS", "org:NATO"]


def test_escape_keeps_everything_and_takes_the_letters_away(desk):
    before = desk.article.viewport().grab().toImage()
    desk.press("T")
    assert desk.article.viewport().grab().toImage() != before
    desk.press("Escape")
    assert desk.article.viewport().grab().toImage() == before
    assert desk.stored().empty


def test_tab_says_not_stated(desk):
    desk.press("S", "Tab")
    assert desk.statement(1).speaker == Speaker(not_stated=True)


def test_slash_opens_the_list(desk):
    desk.press("S", "/", "type:nato", "Return")
    assert desk.statement(1).speaker.actors == ("org:NATO",)


def test_other_verbs_sleep_while_letters_pick(desk):
    desk.press("S")
    free = next(c for c in "XUQKPA" if c.lower() not in {h.letters[0] for h in desk.window.hints.shown})
    desk.press(free, "Return")
    assert desk.stored().empty
    assert desk.window.hints.active


def test_letters_do_not_move_the_text(desk):
    before = desk.article.box_of(find("reporters"))
    desk.press("S")
    assert desk.article.box_of(find("reporters")) == before


def test_the_footer_says_what_is_asked_and_afterwards_the_keys(desk):
    footer = desk.window.footer
    desk.press("T")
    assert "Target of statement 1" in footer.question
    desk.press("Escape")
    assert footer.question == ""


def test_a_new_statement_by_the_letters_of_its_first_and_last_word(desk):
    desk.press("Q")
    spell(desk, "watching")
    assert "last word" in desk.window.footer.question
    spell(desk, "crossings")
    assert desk.session.focused.spans == (find("watching the crossings"),)
    assert desk.session.focused.provenance.suggester is None


def test_marks_belong_to_words_at_either_end(desk):
    desk.press("Q")
    spell(desk, "“Silence")
    spell(desk, "answer.”")
    assert desk.session.focused.spans == (find("“Silence is no answer.”"),)


def test_an_entity_by_letters(desk):
    desk.press("E")
    spell(desk, "reporters")
    spell(desk, "reporters")
    desk.press("P")
    (mention,) = desk.stored().mentions.values()
    assert (mention.span, mention.label) == (find("reporters"), "PERSON")


def test_shift_and_arrows_leave_the_letters_and_select(desk):
    desk.press("Q", "Shift+Right")
    assert not desk.window.hints.active
    assert desk.article.selected() is not None


def test_brackets_move_the_ends_of_the_content_by_a_word(desk):
    for key, content in (
        ("[", "to return to the"),
        ("]", "to return to the table"),
        ("{", "Serbia to return to the table"),
        ("}", "to return to the table"),
        ("}", "return to the table"),
    ):
        desk.press(key)
        assert desk.statement(1).spans == (find(content),), key
    desk.press("U")
    assert desk.session.focused.spans == (find("to return to the table"),)


def test_a_click_on_a_lettered_mention_picks_it(qtbot, desk):
    desk.press("S")
    box = desk.article.box_of(find("Goran Petric"))
    where = QPoint(int(box.x()) + 5, int(box.center().y()))
    qtbot.mouseClick(desk.article.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert desk.statement(1).speaker.span == find("Goran Petric")


def aside(desk, name):
    """The letters that stand beside the text for an actor."""
    for hint in desk.window.hints.shown:
        actor = hint.value.new or desk.session.actors.resolve(hint.value.actor or "")
        if hint.span is None and actor.name == name:
            return hint.letters
    raise LookupError(name)


def test_a_letter_beside_the_text_changes_whom_a_pronoun_stands_for(desk):
    desk.press("J", "S")
    assert desk.window.page.aside.isVisible()
    desk.press(*aside(desk, "Goran Petric").upper())
    assert desk.session.focused.speaker == Speaker(find("she"), ("person:goran-petric",))
    assert not desk.window.page.aside.isVisible()


def test_typing_another_name_keeps_the_pronoun(desk):
    desk.press("J", "S", "/", "type:petric", "Return")
    assert desk.session.focused.speaker == Speaker(find("she"), ("person:goran-petric",))


def test_slash_finds_actors_of_the_gazetteer_and_adds_them_in_the_same_step(desk):
    desk.press("T", "/", "type:mfa china", "Return")
    assert [t.actor for t in desk.session.focused.targets] == ["mfa:CN"]
    assert desk.project.actors().name("mfa:CN") == "Ministry of Foreign Affairs (China)"
    desk.press("U")
    assert [t.actor for t in desk.session.focused.targets] == ["state:RS"]
    assert "mfa:CN" not in desk.project.actors()


def test_the_project_comes_before_the_gazetteer_while_one_types(desk):
    desk.press("T", "/", "type:ser")
    rows = desk.window.focusWidget().window().findChildren(ChoicePicker)[-1].list.rows
    assert rows.choice(0).label == "Serbia"
    assert not rows.choice(0).value.new
    desk.press("Escape")


def test_a_name_that_nobody_knows_becomes_a_new_actor(desk):
    desk.press("T", "/", "type:Zorrovia", "Return", "Return")
    (target,) = desk.session.focused.targets
    assert desk.project.actors().name(target.actor) == "Zorrovia"


def test_words_without_an_actor_ask_who_they_are_by_letters(desk):
    desk.select("reporters").press("S", "Return", "F")
    speaker = desk.statement(1).speaker
    assert speaker.span == find("reporters")
    assert len(speaker.actors) == 1


def test_a_click_beside_the_text_picks_too(qtbot, desk):
    desk.press("J", "S")
    rows = desk.window.page.aside.list
    at = next(n for n in range(rows.rows.rowCount()) if rows.rows.choice(n).label == "Goran Petric")
    place = rows.visualRect(rows.rows.index(at, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.session.focused.speaker == Speaker(find("she"), ("person:goran-petric",))


def test_shift_and_a_letter_beside_the_text_adds(desk):
    desk.press("T")
    desk.press("Shift+" + aside(desk, "European Union").upper())
    assert [t.actor for t in desk.statement(1).targets] == ["state:RS", "org:EU"]


def test_a_name_nobody_marked_becomes_an_actor_by_its_letter(desk):
    desk.press("T")
    new = next(h for h in desk.window.hints.shown if h.value.new)
    desk.press(*new.letters.upper())
    (target,) = desk.statement(1).targets
    assert target.actor == new.value.actor
    assert new.value.actor in desk.project.actors()
    assert "New actor" in desk.note
    desk.press("U")
    assert new.value.actor not in desk.project.actors()


def test_an_actor_of_a_foreign_kind_is_found_by_typing(desk):
    desk.session.do(Step("New actor", (Placed(PutActor(Actor("country:zed", "Zedland", "country"))),)))
    desk.press("J", "S", "/", "type:zedland", "Return")
    assert desk.statement(2).speaker == Speaker(find("she"), ("country:zed",))
