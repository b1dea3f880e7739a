import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QThread

from annotator.domain.article import Article
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.storage.project import Project
from annotator.storage.queues import Queue, Sample
from annotator.ui.suggest_process import SuggestProcess

CHILD = (sys.executable, str(Path(__file__).parent / "fake_child.py"))


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        yield project


@pytest.fixture
def process(qtbot, project):
    process = SuggestProcess(project, CHILD)
    yield process
    process.stop()


def add(project, *texts):
    articles = [Article(t) for t in texts]
    project.add_articles(articles)
    return [a.id for a in articles]


def test_every_article_without_suggestions_gets_some(qtbot, project, process):
    ids = add(project, "First one.", "Second one.", "Third one.")
    process.begin()
    qtbot.waitUntil(lambda: not project.ids_without_suggestions(), timeout=20_000)
    assert [project.machine_layer(i).annotator for i in ids] == ["child"] * 3
    assert project.actors().name("org:CHILD") == "Child"


def test_the_article_on_screen_comes_first_of_those_that_wait(qtbot, project, process):
    ids = add(project, *(f"Article number {n}." for n in range(6)))
    order = []
    process.suggested.connect(lambda article, _: order.append(article))
    process.begin()
    process.hurry(ids[5])
    qtbot.waitUntil(lambda: len(order) == 6, timeout=20_000)
    assert order.index(ids[5]) == 1


def test_roles_of_a_new_statement_come_before_the_queue(qtbot, project, process):
    ids = add(project, *(f"Article number {n}." for n in range(6)))
    order = []
    process.suggested.connect(lambda article, _: order.append(article))
    process.filled.connect(lambda article, statement, record: order.append((article, statement, record)))
    process.begin()
    process.fill(ids[3], "s1", [Span(0, 7)])
    qtbot.waitUntil(lambda: len(order) == 7, timeout=20_000)
    article, statement, record = order[1]
    assert (article, statement) == (ids[3], "s1")
    assert next(iter(record.layer.statements.values())).spans == (Span(0, 7),)


def test_a_refused_article_is_passed_over(qtbot, project, process):
    refused, good = add(project, "I refuse this.", "A good one.")
    counts = []
    process.progressed.connect(lambda done, total: counts.append((done, total)))
    process.begin()
    qtbot.waitUntil(lambda: counts[-1:] == [(2, 2)], timeout=20_000)
    assert project.machine_layer(refused) is None
    assert project.machine_layer(good) is not None


def test_a_child_that_dies_is_started_once_more_and_then_given_up(qtbot, project, process):
    good, deadly = add(project, "A good one.", "Now die.")
    with qtbot.waitSignal(process.failed, timeout=20_000) as caught:
        process.begin()
    assert "suggester has stopped" in caught.args[0]
    assert not process.running
    assert project.machine_layer(good) is not None
    assert project.machine_layer(deadly) is None


def test_begin_starts_it_again_with_what_is_left(qtbot, project, process):
    add(project, "Now die.")
    with qtbot.waitSignal(process.failed, timeout=20_000):
        process.begin()
    (later,) = add(project, "A good one.")
    process.begin()
    qtbot.waitUntil(lambda: project.machine_layer(later) is not None, timeout=20_000)


def test_a_command_that_does_not_exist_is_told_and_nothing_breaks(qtbot, project):
    process = SuggestProcess(project, ("/nowhere/annotator",))
    with qtbot.waitSignal(process.failed):
        process.begin()
    assert not process.running


def test_a_long_answer_is_stored_beside_the_window_and_the_next_article_follows(qtbot, project, process):
    long, short = add(project, "many " * 600, "A short one.")
    told = []
    process.suggested.connect(lambda article, count: told.append((article, count)))
    process.begin()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    assert told == [(long, 600), (short, 1)]
    assert len(project.machine_layer(long).statements) == 600
    assert project.actors().name("org:CHILD") == "Child"
    assert project.check() == []


def test_ending_while_a_long_answer_is_stored_leaves_a_sound_project(qtbot, project, process):
    (long,) = add(project, "many " * 600)
    process.begin()
    qtbot.waitUntil(lambda: process._storing.running, timeout=20_000)
    with qtbot.waitSignal(process._storing.findChild(QThread).destroyed):
        process.stop()
    assert not process.running
    layer = project.machine_layer(long)
    assert layer is None or len(layer.statements) == 600
    assert project.check() == []


def test_again_asks_for_every_article_that_is_not_done(qtbot, project, process):
    ids = add(project, "First one.", "Second one.")
    process.begin()
    qtbot.waitUntil(lambda: not project.ids_without_suggestions(), timeout=20_000)
    finished = Layer(ids[0], "anna", LayerKind.HUMAN, state=State.DONE)
    project.put_layer(finished)
    order = []
    process.suggested.connect(lambda article, _: order.append(article))
    assert process.again() <= 1
    qtbot.waitUntil(lambda: order == [ids[1]], timeout=20_000)


def test_restarting_amid_the_work_leaves_no_article_out(qtbot, project, process):
    add(project, *(f"Article number {n}." for n in range(4)))
    process.begin()
    assert process.restart() > 0
    qtbot.waitUntil(lambda: not project.ids_without_suggestions(), timeout=20_000)


def test_an_assigned_sample_is_read_first(qtbot, project, process):
    ids = add(project, *(f"Article number {n}." for n in range(5)))
    project.queues.assign(Sample(frozenset(ids[-1:])))
    project.queues.put(Queue(sample=True))
    got = []
    process.suggested.connect(lambda article, _: got.append(article))
    process.begin()
    qtbot.waitUntil(lambda: len(got) == len(ids), timeout=20_000)
    assert got.index(ids[-1]) <= 1  # the first may have been under way


def test_an_article_that_cannot_be_read_holds_nothing_up(qtbot, project, process):
    _, gone, last = add(project, "A first one.", "A second one.", "A third one.")
    counts = []
    process.progressed.connect(lambda done, total: counts.append((done, total)))
    process.begin()
    with project._writing() as conn:
        conn.execute("DELETE FROM article WHERE id = ?", (gone,))
    qtbot.waitUntil(lambda: counts[-1:] == [(3, 3)], timeout=20_000)
    assert project.machine_layer(last) is not None


def test_roles_asked_for_when_it_starts_anew_still_come(qtbot, project, process):
    (only,) = add(project, "An only one.")
    project.put_machine_layer(only, Layer(only, "before", LayerKind.MACHINE))
    process.begin()
    process.fill(only, "s1", [Span(0, 7)])
    with qtbot.waitSignal(process.filled, timeout=20_000) as filled:
        process.restart()
    assert filled.args[:2] == [only, "s1"]


def test_roles_it_cannot_give_are_told(qtbot, project, process):
    (refused,) = add(project, "I refuse this.")
    process.begin()
    with qtbot.waitSignal(process.not_filled, timeout=20_000) as told:
        process.fill(refused, "s1", [Span(0, 7)])
    assert told.args == [refused, "s1"]
    with qtbot.waitSignal(process.not_filled, timeout=20_000) as told:
        process.fill("of an article that is gone", "s2", [Span(0, 7)])
    assert told.args[1] == "s2"
