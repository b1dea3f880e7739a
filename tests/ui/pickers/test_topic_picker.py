from dataclasses import replace

import pytest
from dialog_samples import LIGHT, SCHEME, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.ui.pickers.topics import TopicPicker

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def picking(host, qtbot):
    def opened(**given):
        picker = TopicPicker(SCHEME, LIGHT, fonts(), parent=host.text, **given)
        got = []
        picker.picked.connect(got.append)
        picker.none_picked.connect(lambda: got.append("none"))
        picker.cancelled.connect(lambda: got.append("cancelled"))
        picker.open()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is picker)
        return picker, got

    return opened


def test_two_keys_pick_and_the_focus_returns(picking, host, qtbot):
    _, got = picking()
    press(qtbot, "r", "s")
    assert got == [("conflict.ceasefire",)]
    assert host.text.hasFocus()
    assert host.text.toPlainText() == ""


def test_a_wrong_subtopic_key_says_so_and_goes_on(picking, qtbot):
    picker, got = picking()
    press(qtbot, "r", "m")
    assert not got
    assert "Conflict & peace" in picker._message.text()
    press(qtbot, "a")
    assert got == [("conflict.hostilities",)]


def test_backspace_goes_back_to_the_areas(picking, qtbot):
    _, got = picking()
    press(qtbot, "q", Qt.Key.Key_Backspace, "r", "s")
    assert got == [("conflict.ceasefire",)]


def test_shift_adds_takes_away_and_stops_at_the_most(picking, qtbot):
    _, got = picking(chosen=("bilateral.general",))
    press(qtbot, "r", ("S", SHIFT))
    assert got == [("bilateral.general", "conflict.ceasefire")]

    _, got = picking(chosen=("bilateral.general", "conflict.ceasefire"))
    press(qtbot, "r", ("S", SHIFT))
    assert got == [("bilateral.general",)]

    most = tuple(t.id for t in SCHEME.areas[0].topics[: SCHEME.max_topics])
    picker, got = picking(chosen=most)
    press(qtbot, "r", ("S", SHIFT))
    assert not got
    assert str(SCHEME.max_topics) in picker._message.text()
    picker.cancel()


def test_taking_the_last_one_away_says_none(picking, qtbot):
    _, got = picking(chosen=("conflict.ceasefire",))
    press(qtbot, "r", ("S", SHIFT))
    assert got == ["none"]


@pytest.mark.parametrize(("key", "said"), [(Qt.Key.Key_Tab, "none"), (Qt.Key.Key_Escape, "cancelled")])
def test_tab_says_none_and_escape_cancels(picking, host, qtbot, key, said):
    _, got = picking()
    press(qtbot, key)
    assert got == [said]
    assert host.text.hasFocus()


def test_slash_opens_the_field_and_enter_takes_the_first_hit(picking, qtbot):
    picker, got = picking()
    press(qtbot, "/", "type:ceasef")
    assert picker.field.text() == "ceasef"
    assert picker.topics.current().group == "R S"
    press(qtbot, Qt.Key.Key_Return)
    assert got == [("conflict.ceasefire",)]


def test_arrows_move_through_hits_and_escape_leaves_the_field_first(picking, qtbot):
    picker, got = picking()
    press(qtbot, "/", "type:peace", Qt.Key.Key_Down)
    assert picker.topics.currentIndex().row() == 1
    press(qtbot, Qt.Key.Key_Escape)
    assert not got
    assert picker.field.text() == ""
    press(qtbot, "r", "s")
    assert got == [("conflict.ceasefire",)]


def test_arrows_and_enter_do_without_letters(picking, qtbot):
    picker, got = picking(scores={"conflict.peace_talks": 0.9})
    assert picker.areas.current().value == "conflict"
    press(qtbot, Qt.Key.Key_Return)
    assert picker.topics.current().value == "conflict.peace_talks"
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert got == [("conflict.ceasefire",)]


def test_clicks_pick_too(picking, qtbot):
    picker, got = picking()
    for rows, row in ((picker.areas, 3), (picker.topics, 1)):
        place = rows.visualRect(rows.rows.index(row, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert got == [("conflict.ceasefire",)]


def test_scores_are_shown_and_said(picking):
    picker, _ = picking(chosen=("conflict.ceasefire",), scores={"conflict.ceasefire": 0.81})
    index = picker.topics.rows.index(1, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ceasefire, truce, withdrawal, monitoring, suggested .81, chosen, key S"
    picker.cancel()


def test_the_windows_shortcuts_sleep_meanwhile(picking, host, qtbot):
    fired = []
    for key in ("R", "S", "Return", "Tab"):
        shortcut = QShortcut(QKeySequence(key), host)
        shortcut.activated.connect(lambda key=key: fired.append(key))
    _, got = picking()
    press(qtbot, "r", "s")
    assert (fired, got) == ([], [("conflict.ceasefire",)])


def test_every_control_has_a_name(picking):
    picker, _ = picking()
    assert nameless(picker) == []
    assert [w.accessibleName() for w in (picker.areas, picker.topics)] == ["Areas", "Subtopics"]
    picker.cancel()


def test_it_follows_the_window_and_fits_at_double_size(host, qtbot):
    picker = TopicPicker(SCHEME, LIGHT, fonts(2.0), parent=host)
    picker.open()
    for size in ((1280, 720), (900, 500)):
        host.resize(*size)
        qtbot.waitUntil(lambda: picker.size() == host.size())
        assert picker.rect().contains(picker.card.geometry())
    picker.cancel()


def test_a_retired_area_is_not_offered(host, qtbot):
    first = SCHEME.areas[0]
    scheme = replace(SCHEME, areas=(replace(first, retired=True), *SCHEME.areas[1:]))
    picker = TopicPicker(scheme, LIGHT, fonts(), parent=host.text)
    picker.open()
    shown = [picker.areas.rows.choice(n).value for n in range(picker.areas.rows.rowCount())]
    assert shown == [a.id for a in SCHEME.areas[1:]]
    picker.field.setText(first.topics[0].name)
    assert first.topics[0].id not in [
        picker.topics.rows.choice(n).value for n in range(picker.topics.rows.rowCount())
    ]
    picker.close()


def test_a_digit_picks_a_likely_topic_and_shift_adds_by_click(picking, qtbot):
    likely = ("territory.taiwan", "conflict.ceasefire", "no.such")
    picker, got = picking(likely=likely)
    assert [b.text()[:1] for b in picker.likely.findChildren(QPushButton)] == ["1", "2"]
    press(qtbot, "3")
    assert not got
    press(qtbot, "2")
    assert got == [("conflict.ceasefire",)]
    picker, got = picking(likely=likely)
    picker.likely.findChildren(QPushButton)[0].click()
    assert got == [("territory.taiwan",)]


def test_without_likely_topics_there_is_no_row_of_them(picking):
    picker, _ = picking()
    assert picker.likely.isHidden()
    picker.cancel()
