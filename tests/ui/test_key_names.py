import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.verbs import VERBS, key_name, verbs

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


def test_a_users_own_key_is_lost_by_the_verb_that_usually_has_it():
    table = {v.id: v for v in verbs({"reject": ("D", "J")})}
    assert table["reject"].keys == ("D", "J")
    assert table["near_copies"].keys == ()
    assert table["next"].keys == ("Down",)
