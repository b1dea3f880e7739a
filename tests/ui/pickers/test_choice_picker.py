import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from annotator.domain.actors import Actor, Actors
from annotator.ui.pickers.choice import Choice, ChoicePicker
from annotator.ui.pickers.new_actor import NewActorForm
from annotator.ui.pickers.rows import ChoiceModel, Finder

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PEOPLE = [
    Choice("person:iv", "Ilse Verhoeven", "“she”", group="in this article", score=0.93),
    Choice("state:RS", "Serbia", "“Belgrade”", group="in this article"),
    Choice("state:TR", "Türkiye", "state", group="known actor", also="Turkey"),
]
ACTS = [Choice("warn", "Warns / threatens", key="w"), Choice("deny", "Denies", key="d", marked=True)]


@pytest.fixture
def picking(host, qtbot):
    def opened(choices=PEOPLE, **given):
        picker = ChoicePicker("Speaker", choices, LIGHT, fonts(), parent=host.text, **given)
        got = []
        picker.picked.connect(lambda value, add: got.append((value, add)))
        picker.none_picked.connect(lambda: got.append("none"))
        picker.cancelled.connect(lambda: got.append("cancelled"))
        picker.create_requested.connect(lambda name: got.append(f"new {name}"))
        picker.open()
        qtbot.waitUntil(
            lambda: picker.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is picker
        )
        return picker, got

    return opened


def labels(picker):
    return [picker.list.rows.choice(i).label for i in range(picker.list.rows.rowCount())]


def test_enter_picks_the_nearest_and_the_focus_returns(picking, host, qtbot):
    _, got = picking()
    press(qtbot, Qt.Key.Key_Return)
    assert got == [("person:iv", False)]
    assert host.text.hasFocus()


def test_typing_filters_without_regard_to_accents_and_case(picking, qtbot):
    picker, got = picking()
    press(qtbot, "type:turk")
    assert labels(picker) == ["Türkiye"]
    press(qtbot, Qt.Key.Key_Return)
    assert got == [("state:TR", False)]


def test_other_names_and_details_are_found_too(picking, qtbot):
    picker, _ = picking()
    press(qtbot, "type:belgr")
    assert labels(picker) == ["Serbia"]
    picker.field.setText("turkey")
    assert labels(picker) == ["Türkiye"]
    picker.cancel()


def test_shift_enter_adds_where_adding_is_possible(picking, qtbot):
    _, got = picking(can_add=True)
    press(qtbot, Qt.Key.Key_Down, (Qt.Key.Key_Return, SHIFT))
    assert got == [("state:RS", True)]
    _, got = picking()
    press(qtbot, (Qt.Key.Key_Return, SHIFT))
    assert got == [("person:iv", False)]


def test_tab_says_none_only_where_there_is_a_none(picking, host, qtbot):
    _, got = picking(none_label="not stated")
    press(qtbot, Qt.Key.Key_Tab)
    assert got == ["none"]
    picker, got = picking()
    press(qtbot, Qt.Key.Key_Tab)
    assert got == []
    assert picker.field.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert got == ["cancelled"]
    assert host.text.hasFocus()


def test_the_last_row_and_ctrl_n_make_a_new_one(picking, qtbot):
    picker, got = picking(create_label="New actor")
    press(qtbot, "type:Qin Gang")
    assert labels(picker) == ["New actor “Qin Gang”"]
    press(qtbot, Qt.Key.Key_Return)
    assert got == ["new Qin Gang"]
    _, got = picking(create_label="New actor")
    press(qtbot, "type:Serbia", (Qt.Key.Key_N, CONTROL))
    assert got == ["new Serbia"]


def test_nothing_fits_is_said_and_enter_does_nothing(picking, qtbot):
    picker, got = picking()
    press(qtbot, "type:zzz", Qt.Key.Key_Return)
    assert got == []
    assert picker._nothing.isVisible()
    picker.cancel()


def test_single_keys_pick_in_key_mode(picking, qtbot):
    picker, got = picking(ACTS, keys=True)
    assert picker.list.current().value == "deny"
    press(qtbot, "w")
    assert got == [("warn", False)]


def test_slash_searches_in_key_mode(picking, qtbot):
    _, got = picking(ACTS, keys=True)
    press(qtbot, "/", "type:w", Qt.Key.Key_Return)
    assert got == [("warn", False)]


def test_a_click_picks_and_a_click_beside_cancels(picking, qtbot):
    picker, got = picking()
    place = picker.list.visualRect(picker.list.rows.index(1, 0)).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert got == [("state:RS", False)]
    picker, got = picking()
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert got == ["cancelled"]


def test_only_the_first_answer_counts(picking, qtbot):
    picker, got = picking()
    press(qtbot, Qt.Key.Key_Return)
    picker.cancel()
    assert got == [("person:iv", False)]


def test_every_control_has_a_name(picking):
    picker, _ = picking(create_label="New actor", none_label="not stated", can_add=True)
    assert nameless(picker) == []
    picker.cancel()


def test_ten_thousand_actors_are_filtered_as_one_types(picking, qtbot):
    many = [Choice(f"org:{i}", f"Organisation {i}", "org", group="known actor") for i in range(10_000)]
    picker, got = picking([*PEOPLE, *many], create_label="New actor")
    assert picker.list.rows.rowCount() == 10_003
    press(qtbot, "type:9999")
    assert labels(picker) == ["Organisation 9999", "New actor “9999”"]
    press(qtbot, Qt.Key.Key_Return)
    assert got == [("org:9999", False)]


def test_the_rank_of_hits_is_start_of_name_then_start_of_word_then_anywhere():
    names = ("Incoming Chinese", "South China", "China", "Indochina")
    found = Finder([Choice(n, n) for n in names]).find("china")
    assert [c.label for c in found] == ["China", "South China", "Indochina"]
    assert [c.label for c in Finder([Choice(n, n) for n in names]).find("")] == list(names)


def test_the_model_keeps_qts_rules(qapp):
    model = ChoiceModel(PEOPLE)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.put(ACTS)
    model.put([])
    assert tester.model() is model


KNOWN = Actors(
    [
        Actor("state:CN", "China", "state"),
        Actor("mfa:CN", "Ministry of China", "mfa", speaks_for="state:CN"),
        Actor("person:qin", "Qin", "person", merged_into="person:qin-gang"),
    ]
)


@pytest.fixture
def making(host):
    def opened(name="Qin Gang", **given):
        form = NewActorForm(name, KNOWN, LIGHT, fonts(), parent=host.text, **given)
        got = []
        form.created.connect(got.append)
        form.cancelled.connect(lambda: got.append("cancelled"))
        form.open()
        return form, got

    return opened


def test_a_new_actor_is_made_with_the_keyboard_alone(making, host, qtbot):
    form, got = making()
    assert form.kind.hasFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert form.speaks_for.hasFocus()
    form.speaks_for.setText("ministry of china")  # typed, it would open a popup that offscreen cannot raise
    press(qtbot, Qt.Key.Key_Return)
    assert got == [Actor("person:qin-gang", "Qin Gang", "person", speaks_for="mfa:CN")]
    assert host.text.hasFocus()


def test_an_unknown_principal_or_no_name_is_refused(making, qtbot):
    form, got = making()
    form.speaks_for.setText("Nobody known")
    press(qtbot, Qt.Key.Key_Return)
    assert got == []
    assert "known" in form._note.text()
    form.speaks_for.setText("")
    form.name.setText("  ")
    press(qtbot, Qt.Key.Key_Return)
    assert got == []
    press(qtbot, Qt.Key.Key_Escape)
    assert got == ["cancelled"]


def test_a_known_name_is_pointed_out(making):
    form, _ = making("china", kind="state")
    assert "second" in form._note.text()
    assert nameless(form) == []
    form.cancel()


def test_tab_goes_round_inside_the_form(making, qtbot):
    form, _ = making("")
    seen = []
    for _ in range(6):
        seen.append(QApplication.focusWidget().accessibleName())
        press(qtbot, Qt.Key.Key_Tab)
    assert seen == ["Name", "Kind of actor", "Speaks for", "Cancel", "Make actor", "Name"]
    form.cancel()


def test_the_card_is_as_high_as_what_is_found_and_its_top_stays(qtbot, host):
    made = ChoicePicker("Who", [Choice(n, f"Name {n}") for n in range(30)], LIGHT, fonts(), parent=host)
    made.open()
    whole = made.card.geometry()
    made.field.setText("Name 2")
    fewer = made.card.geometry()
    made.field.setText("Name 29")
    one = made.card.geometry()
    assert whole.height() >= fewer.height() > one.height()
    assert whole.top() == fewer.top() == one.top()
    made.field.clear()
    assert made.card.geometry() == whole
    made.cancel()
