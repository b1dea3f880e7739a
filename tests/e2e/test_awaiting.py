"""While the machine reads a new statement nothing is confirmed that nobody has seen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal
from window_samples import ACTORS, ARTICLE, SECOND, Desk, find, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.record import from_record, to_record
from annotator.domain.statement import Decision
from annotator.storage.project import Project

READING = "The machine is still reading this statement."
LOOK = "The roles have just arrived: look, then Enter."


class Machine(QObject):
    """A suggester that answers when it is told to."""

    suggested = Signal(str, int)
    filled = Signal(str, str, object)
    not_filled = Signal(str, str)
    progressed = Signal(int, int)
    failed = Signal(str)
    running = True

    def fill(self, article, statement, *_):
        self.asked = (article, statement)

    def answer(self):
        layer = machine_layer()
        first = layer.ordered_statements()[0]
        layer = replace(layer, statements={first.id: first})
        self.filled.emit(*self.asked, from_record(to_record(ARTICLE, layer, Actors(ACTORS))))

    def hurry(self, article): ...
    def stop(self): ...


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def now():
    return [100.0]


@pytest.fixture
def desk(qtbot, project_path, machine, now):
    with Project.open(project_path) as project:
        desk = Desk(qtbot, project, suggester=machine)
        desk.session.clock = lambda: now[0]
        desk.select("it was watching the crossings").press("Q")
        yield desk
        desk.window.close()


def card(desk):
    return {role: row.accessibleName() for role, row in desk.window.page.card.rows.items()}


def test_open_roles_say_that_they_are_read_and_enter_is_refused(desk):
    made = desk.session.focused
    assert [r for r, words in card(desk).items() if "Reading…" in words] == [
        "speaker",
        "target",
        "topic",
        "act",
    ]
    desk.press("Return")
    assert desk.note == READING
    assert not desk.window.hints.active
    assert desk.session.focused == made


def test_enter_pressed_as_the_roles_arrive_is_not_taken(desk, machine, now):
    made = desk.session.focus
    machine.answer()
    assert "Ilse Verhoeven" in card(desk)["speaker"]
    now[0] += 0.4
    desk.press("Return")
    assert desk.note == LOOK
    assert desk.stored().statements[made].decision is Decision.SUGGESTED
    now[0] += 0.2
    desk.press("Return")
    assert desk.stored().statements[made].decision is Decision.CONFIRMED


def test_roles_set_by_hand_need_no_machine(desk):
    made = desk.session.focus
    desk.press("S", "Tab", "T", "Tab", "P", "Tab", "Return")
    assert desk.stored().statements[made].decision is Decision.CONFIRMED


def test_another_statement_is_confirmed_meanwhile(desk):
    desk.press("Up", "Up", "Up", "Return")
    assert desk.statement(1).decision is Decision.CONFIRMED


@pytest.mark.parametrize("end", ["nothing came", "it died", "of another article"])
def test_when_nothing_comes_nothing_waits(desk, machine, end):
    if end == "nothing came":
        machine.not_filled.emit(*machine.asked)
    elif end == "it died":
        machine.failed.emit("It has stopped.")
    else:
        made = desk.session.focus
        desk.window.open_article(SECOND.id)
        machine.answer()
        desk.window.open_article(ARTICLE.id, made)
    assert "Not decided" in card(desk)["speaker"]
    desk.press("Return")
    assert desk.window.hints.asking.title == "Speaker of statement 4"


def test_without_a_machine_enter_says_what_is_open(desk, machine):
    machine.not_filled.emit(*machine.asked)
    desk.press("Return")
    assert "still open" in desk.window.footer.question
    desk.press("Escape")
    assert desk.note == "Statement 4 is not confirmed yet. Still open: speaker, target, topic."


def test_undone_before_the_answer_nothing_is_left(desk, machine):
    desk.press("U")
    machine.answer()
    assert not desk.session.waiting
    assert desk.stored().empty


def test_what_is_read_is_still_said_after_the_window_was_built_anew(desk):
    desk.press("Ctrl+T")
    assert "Reading…" in card(desk)["topic"]


def test_no_running_machine_is_not_waited_for(qtbot, desk, machine):
    machine.not_filled.emit(*machine.asked)
    machine.running = False
    desk.select("told reporters").press("Q")
    assert desk.note == "The machine is not running; the roles are yours to set."
    assert not desk.session.waiting
    assert find("told reporters") == desk.session.focused.spans[0]


def test_an_answer_waits_until_a_letter_has_picked(qtbot, desk, machine):
    desk.press("S")
    machine.answer()
    machine.answer()
    assert desk.window.hints.active
    letters = next(h.letters for h in desk.window.hints.shown if h.span == find("Goran Petric"))
    desk.press(*letters.upper())
    qtbot.waitUntil(lambda: desk.session.focused.act == "request")
    assert desk.session.focused.speaker.actors == ("person:goran-petric",)
    assert not desk.session.waiting
