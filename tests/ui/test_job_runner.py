import gc
import sqlite3
import threading

import pytest

from annotator.errors import AnnotatorError
from annotator.jobs.progress import Progress
from annotator.ui.job_runner import JobRunner

UI = threading.get_ident()


@pytest.fixture
def runner(qtbot):
    made = JobRunner()
    yield made
    made.shutdown()


def outcomes(runner):
    got = []
    runner.finished.connect(lambda report: got.append(("finished", report)))
    runner.failed.connect(lambda error: got.append(("failed", error)))
    runner.cancelled.connect(lambda: got.append(("cancelled", None)))
    return got


def test_a_job_runs_elsewhere_and_reports_here(runner, qtbot):
    ran_in, heard_in = [], []

    def job():
        ran_in.append(threading.get_ident())
        with sqlite3.connect(":memory:") as own:  # belongs to the thread that opens it
            yield Progress(1, 2, "one")
            yield Progress(2, 2, "two")
            found = own.execute("SELECT 7").fetchone()[0]
        own.close()
        return found

    got, steps = outcomes(runner), []
    runner.progress.connect(lambda step: (steps.append(step), heard_in.append(threading.get_ident())))
    runner.start(job)
    qtbot.waitUntil(lambda: got == [("finished", 7)])
    assert steps[0] == Progress(1, 2, "one")
    assert set(heard_in) == {UI}
    assert UI not in ran_in
    assert not runner.running


def test_cancelling_closes_the_job_in_its_thread(runner, qtbot):
    closed_in = []

    def job():
        try:
            n = 0
            while True:
                yield Progress(n := n + 1)
        finally:
            closed_in.append(threading.get_ident())

    got = outcomes(runner)
    with qtbot.waitSignal(runner.progress):
        runner.start(job)
    runner.cancel()
    qtbot.waitUntil(lambda: got == [("cancelled", None)])
    assert closed_in
    assert UI not in closed_in


@pytest.mark.parametrize("error", [AnnotatorError("No.", "Do."), ZeroDivisionError()])
def test_an_error_is_handed_over(runner, qtbot, error):
    def job():
        yield Progress(1)
        raise error

    got = outcomes(runner)
    runner.start(job)
    qtbot.waitUntil(lambda: got == [("failed", error)])


def test_a_job_that_cannot_even_be_made_fails_the_same_way(runner, qtbot):
    def make():
        raise AnnotatorError("No.")

    got = outcomes(runner)
    runner.start(make)
    qtbot.waitUntil(lambda: len(got) == 1)
    assert got[0][0] == "failed"


def test_one_job_at_a_time_and_then_the_next(runner, qtbot):
    go = threading.Event()

    def job():
        yield Progress(1)
        go.wait(10)
        return "first"

    got = outcomes(runner)
    runner.start(job)
    with pytest.raises(RuntimeError):
        runner.start(job)
    go.set()
    qtbot.waitUntil(lambda: got == [("finished", "first")])
    runner.start(job)
    qtbot.waitUntil(lambda: len(got) == 2)


def test_shutdown_waits_for_the_job_to_close(qtbot):
    closed = []

    def job():
        try:
            while True:
                yield Progress(1)
        finally:
            closed.append(True)

    runner = JobRunner()
    got = outcomes(runner)
    with qtbot.waitSignal(runner.progress):
        runner.start(job)
    runner.shutdown()
    assert closed == [True]
    assert got == [("cancelled", None)]


def test_garbage_is_collected_in_the_windows_thread_only(runner, qtbot):
    in_thread = []

    class Cycle:
        def __init__(self):
            self.me = self

        def __del__(self):
            in_thread.append(threading.get_ident())

    def job():
        for n in range(20_000):
            Cycle()
            yield Progress(n)

    got = outcomes(runner)
    runner.start(job)
    qtbot.waitUntil(lambda: bool(got), timeout=20_000)
    gc.collect()
    assert gc.isenabled()
    assert set(in_thread) == {UI}


def test_garbage_is_left_to_the_window_until_the_last_job_ends(runner, qtbot):
    other, go = JobRunner(), threading.Event()

    def short():
        yield Progress(1, 1, "")

    def long():
        go.wait(10)
        yield Progress(1, 1, "")

    other.start(long)
    with qtbot.waitSignal(runner.finished):
        runner.start(short)
    assert not gc.isenabled()
    with qtbot.waitSignal(other.finished):
        go.set()
    assert gc.isenabled()
