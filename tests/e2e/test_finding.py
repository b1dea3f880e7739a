"""Finding words everywhere and acting on them, by keys alone."""

import pytest
from window_samples import ARTICLE, SECOND, Desk, find

from annotator.domain.layer import State
from annotator.storage.project import Project


@pytest.fixture
def finding(desk):
    """Opens the page, looks for words, and stands in the hits."""

    def look(words):
        desk.press("Ctrl+Shift+F", f"type:{words}")
        page = desk.window._find.page
        desk.qtbot.waitUntil(lambda: not page.runner.running and not page._pause.isActive())
        desk.press("Return")
        desk.qtbot.waitUntil(page.table.hasFocus)
        return page

    return look


def settle(desk):
    """Wait until the step is saved and the hits are read anew."""
    finding = desk.window._find
    runners = (finding.acting, finding.page.runner)
    desk.qtbot.waitUntil(lambda: not any(r.running for r in runners))


def test_a_hit_opens_its_article_at_the_place(desk, finding):
    finding("talks would")
    desk.press("Return")
    assert desk.session.snapshot.article.id == SECOND.id
    assert desk.article.selected() == find("talks would", SECOND.text)
    assert desk.window.tabs.current == "Annotate"


def test_selected_words_are_looked_for(desk):
    desk.select("Belgrade").press("Ctrl+Shift+F")
    page = desk.window._find.page
    assert page.filters.field.text() == "Belgrade"
    desk.qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)


def test_ticked_hits_become_entities_with_an_actor_in_one_step(desk, finding):
    finding("talks")
    desk.press("A", "E", "E", "type:nato", "Return")
    settle(desk)
    assert "2 places" in desk.note
    marked = [*desk.stored().mentions.values(), *desk.stored(SECOND).mentions.values()]
    assert {(m.label, m.actor) for m in marked} == {("EVENT", "org:NATO")}
    assert len(marked) == 2
    desk.press("U")
    assert desk.stored().empty
    assert desk.stored(SECOND).empty


def test_tab_marks_without_an_actor(desk, finding):
    finding("crossings")
    desk.press("E", "P", "Tab")
    settle(desk)
    (mention,) = desk.stored().mentions.values()
    assert (mention.label, mention.actor) == ("PERSON", None)


def test_articles_of_ticked_hits_are_flagged_and_skipped(desk, finding):
    page = finding("talks")
    desk.press("A", "F")
    settle(desk)
    assert desk.stored().state is desk.stored(SECOND).state is State.FLAGGED
    assert {page.table.rows.hit(n).state for n in range(2)} == {State.FLAGGED}
    desk.press("X")  # the ticks stay
    settle(desk)
    assert desk.stored().outcome == desk.stored(SECOND).outcome == "not_relevant"
    desk.press("U", "U")
    assert desk.stored(ARTICLE).empty


def test_without_hits_the_keys_say_so(desk):
    desk.press("Ctrl+Shift+F", "Escape")
    desk.window.act("find_flag")
    assert "no hit" in desk.note
    desk.window.show_tab("Annotate")
    desk.window.act("find_flag")
    assert desk.stored().empty


def test_a_window_that_only_reads_finds_and_changes_nothing(qtbot, project_path):
    with Project.open(project_path, read_only=True) as project:
        desk = Desk(qtbot, project)
        desk.press("Ctrl+Shift+F", "type:talks")
        page = desk.window._find.page
        qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
        desk.press("Return", "A", "F")
        assert "only reads" in desk.note
        assert desk.stored().empty
        desk.window.close()


def test_escape_in_the_hits_goes_back_to_the_field(desk, finding):
    page = finding("talks")
    desk.press("Escape")
    assert page.filters.field.hasFocus()


def test_what_is_taken_back_in_several_articles_shows_in_the_list(desk, finding):
    finding("talks")
    desk.press("A", "F")
    settle(desk)
    states = {desk.window.list.rows.row(n).state for n in range(2)}
    assert states == {State.FLAGGED}
    desk.press("U")
    states = {desk.window.list.rows.row(n).state for n in range(2)}
    assert states == {State.TODO}


def test_a_step_is_saved_and_shown_though_the_window_is_built_anew_meanwhile(desk, finding):
    finding("talks")
    desk.press("A", "F")
    desk.window.be_comfortable(desk.window.comfort)
    desk.qtbot.waitUntil(lambda: not desk.window._find.acting.running)
    assert desk.stored().state is desk.stored(SECOND).state is State.FLAGGED
    assert desk.session.state is State.FLAGGED
    assert {desk.window.list.rows.row(n).state for n in range(2)} == {State.FLAGGED}
