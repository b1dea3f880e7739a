"""Whether a window can be opened is known before Qt is asked: it would end the process."""

import pytest

from annotator.app import has_display


@pytest.fixture(autouse=True)
def on_linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":987"}, False),
        ({"DISPLAY": "unix:987.0"}, False),
        ({"DISPLAY": "desk.example:0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_display_is_there_or_not(monkeypatch, variables, seen):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_display() is seen
