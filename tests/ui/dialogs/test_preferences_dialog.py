import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.ui.comfort import Comfort
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.verbs import verbs

USUAL = Comfort()
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def prefer(host, qtbot):
    made = []

    def start(comfort=USUAL, page="Looks"):
        dialog = PreferencesDialog(comfort, verbs(comfort.keys), LIGHT, fonts(), host)
        dialog.seen = []
        dialog.changed.connect(dialog.seen.append)
        dialog.open()
        dialog.show_page(page)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or host))
        made.append(dialog)
        return dialog

    yield start
    for dialog in filter(isValid, made):
        dialog.done(0)


def choose_verb(dialog, qtbot, words):
    dialog.keys.search.setFocus()
    dialog.keys.search.clear()
    press(qtbot, f"type:{words}")
    assert dialog.keys.verb() is not None


def test_every_change_of_looks_shows_at_once(prefer, qtbot):
    dialog = prefer()
    dialog.themes["dark"].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    dialog.scale.setFocus()
    press(qtbot, Qt.Key.Key_End)
    dialog.text_px.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    dialog.leading.setFocus()
    press(qtbot, Qt.Key.Key_Home)
    dialog.column.setFocus()
    press(qtbot, Qt.Key.Key_End)
    assert dialog.seen[-1] == Comfort("dark", 2.0, "", 18, 1.7, 100)
    assert len(dialog.seen) == 5
    assert dialog.sample.font().pixelSize() == 36
    assert nameless(dialog) == []


def test_the_font_of_the_text_can_be_chosen(prefer, qtbot):
    dialog = prefer()
    dialog.family.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.seen[-1].text_family == dialog.family.itemText(1)


def test_cancel_puts_everything_back(prefer, qtbot):
    first = Comfort("contrast", keys={"flag": ("G",)})
    dialog = prefer(first)
    dialog.themes["light"].click()
    press(qtbot, Qt.Key.Key_Escape)
    assert [c.theme for c in dialog.seen] == ["light", "contrast"]
    assert dialog.seen[-1] == first
    assert not dialog.isVisible()


def test_keep_keeps(prefer, qtbot):
    dialog = prefer()
    dialog.themes["dark"].click()
    dialog.accept()
    assert [c.theme for c in dialog.seen] == ["dark"]


def test_reset_brings_the_usual(prefer):
    dialog = prefer(Comfort("dark", 1.5, "", 24, 2.8, 50, {"flag": ("G",)}))
    dialog.reset()
    assert dialog.seen[-1] == Comfort()
    assert dialog.themes["light"].isChecked()
    assert dialog.text_px.currentData() == 17


def test_a_verb_gets_the_key_that_is_pressed(prefer, qtbot):
    dialog = prefer(page="Keys")
    choose_verb(dialog, qtbot, "reject the")
    dialog.keys.fields[0].setFocus()
    press(qtbot, (Qt.Key.Key_D, SHIFT))
    assert dialog.seen[-1].keys == {"reject": ("Shift+D",)}
    dialog.keys.fields[1].setFocus()
    press(qtbot, (Qt.Key.Key_X, CTRL))
    assert dialog.seen[-1].keys == {"reject": ("Shift+D", "Ctrl+X")}
    assert verbs(dialog.seen[-1].keys)[1].keys == ("Shift+D", "Ctrl+X")
    assert "changed" in dialog.keys.list.current().detail


def test_a_key_of_another_verb_is_refused_and_said(prefer, qtbot):
    dialog = prefer(page="Keys")
    choose_verb(dialog, qtbot, "reject the")
    dialog.keys.fields[0].setFocus()
    press(qtbot, Qt.Key.Key_S)
    assert "is the key of “Change the speaker”" in dialog.keys.message.text()
    assert dialog.seen == []
    press(qtbot, Qt.Key.Key_Space)
    assert "cannot be given away" in dialog.keys.message.text()
    press(qtbot, Qt.Key.Key_Y)
    assert dialog.keys.message.text() == ""


def test_a_key_is_free_once_it_was_taken_away(prefer, qtbot):
    dialog = prefer(page="Keys")
    choose_verb(dialog, qtbot, "change the speaker")
    dialog.keys.fields[0].setFocus()
    press(qtbot, Qt.Key.Key_Backspace)
    assert dialog.seen[-1].keys == {"speaker": ()}
    choose_verb(dialog, qtbot, "reject the")
    dialog.keys.fields[0].setFocus()
    press(qtbot, Qt.Key.Key_S)
    assert dialog.seen[-1].keys == {"speaker": (), "reject": ("S",)}
    choose_verb(dialog, qtbot, "change the speaker")
    dialog.keys.reset()
    assert "is the key of “Reject the statement”" in dialog.keys.message.text()
    choose_verb(dialog, qtbot, "reject the")
    dialog.keys.reset()
    assert dialog.seen[-1].keys == {"speaker": ()}
    dialog.keys.reset_all()
    assert dialog.seen[-1] == Comfort()


def test_tab_and_escape_keep_their_meaning(prefer, qtbot):
    dialog = prefer(page="Keys")
    dialog.keys.fields[0].setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert dialog.keys.fields[1].hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.seen == []
