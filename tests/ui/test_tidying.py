import gc
import time
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.ui import tidying
from annotator.ui.tidying import Tidying


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self):
        self.own = self


def tied():
    knots = [Knot() for _ in range(3_000)]
    return weakref.ref(knots[0])


@pytest.fixture
def tidy(qapp):
    tidy = Tidying(qapp)
    yield tidy
    tidy.stop()


def test_nothing_is_collected_while_somebody_types(qtbot, tidy):
    widget = QWidget()
    qtbot.addWidget(widget)
    knot = tied()
    QTest.keyClick(widget, Qt.Key.Key_A)
    tidy.look()
    assert knot() is not None


def test_garbage_goes_in_a_pause(tidy, monkeypatch):
    knot = tied()
    later = time.monotonic() + tidying.IDLE + 1
    monkeypatch.setattr(tidying.time, "monotonic", lambda: later)
    tidy.look()
    assert knot() is None


def test_too_much_does_not_wait_for_a_pause(tidy, monkeypatch):
    monkeypatch.setattr(tidying, "MUCH", 10)
    knot = tied()
    tidy.look()
    assert knot() is None


def test_python_collects_again_afterwards(qapp):
    tidy = Tidying(qapp)
    assert not gc.isenabled()
    tidy.stop()
    assert gc.isenabled()
