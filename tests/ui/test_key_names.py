import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.verbs import VERBS, key_name

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def pressed(key, held, text=""):
    return key_name(QKeyEvent(QEvent.Type.KeyPress, key, held, text))


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        (Qt.Key.Key_Plus, CTRL, "Ctrl++"),
        (Qt.Key.Key_Plus, CTRL | SHIFT, "Ctrl++"),  # where + is above =
        (Qt.Key.Key_Minus, CTRL, "Ctrl+-"),
        (Qt.Key.Key_V, CTRL | SHIFT, "Ctrl+Shift+V"),
        (Qt.Key.Key_Enter, CTRL, "Ctrl+Return"),
    ],
)
def test_keys_are_named_as_the_table_writes_them(qapp, key, held, name):
    assert pressed(key, held) == name
    assert any(name in verb.keys for verb in VERBS)
