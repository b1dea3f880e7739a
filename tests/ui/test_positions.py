import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from window_samples import Desk, make_project

from annotator.domain.statement import Decision
from annotator.storage.project import Project
from annotator.ui.positions import LatinKeys, is_foreign, latin

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def pressed(text, held=NONE, scan=0, virtual=0):
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(text.upper())), held, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("йцукен", "qwerty"),
        ("ыфпсз", "sagcp"),
        ("хъж", "[];"),
        ("і", "s"),
        ("στπξ", "stpj"),
        ("דאפח", "stpj"),
        ("سفحت", "stpj"),
    ],
)
def test_letters_of_common_layouts_stand_for_their_keys(qapp, theirs, ours):
    assert "".join(latin(pressed(c), "offscreen") for c in theirs) == ours


def test_the_place_of_a_key_goes_before_its_letter(qapp):
    assert latin(pressed("ъ", scan=38), "xcb") == "a"  # a layout that has it there
    assert latin(pressed("ъ", scan=0x1E), "windows") == "a"
    assert latin(pressed("ъ", scan=1, virtual=0), "cocoa") == "a"
    assert latin(pressed("ქ", scan=24), "wayland") == "q"
    assert latin(pressed("ქ"), "wayland") == ""


def test_shift_is_kept(qapp):
    assert latin(pressed("Ы", SHIFT), "offscreen") == "S"
    assert latin(pressed("Х", SHIFT), "offscreen") == "{"


@pytest.mark.parametrize("text", ["s", "é", "ß", "ø", "ł", "/", "7", " ", "", "ab"])
def test_what_latin_keyboards_write_is_left_alone(text):
    assert not is_foreign(text)


@pytest.fixture
def desk(qtbot, tmp_path, qapp):
    keys = LatinKeys(qapp)
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        desk = Desk(qtbot, project)
        yield desk
        desk.window.close()
    qapp.removeEventFilter(keys)


def type_foreign(*letters):
    for letter in letters:
        held = SHIFT if letter.isupper() else NONE
        QApplication.sendEvent(QApplication.focusWidget(), pressed(letter, held))


def test_verbs_hints_and_pickers_take_the_keys_of_a_russian_keyboard(desk):
    type_foreign("ч")  # X
    assert desk.statement(1).decision is Decision.REJECTED
    type_foreign("г")  # U
    assert desk.stored().statements == {}
    type_foreign("ы")  # S
    asking = desk.window.hints.asking
    assert asking.role == "speaker"
    hint = desk.window.hints.shown[0]
    russian = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,.", "йцукенгшщзхъфывапролджэячсмитьбю", strict=True))
    type_foreign(*(russian[c] for c in hint.letters))
    assert desk.window.hints.asking is None
    desk.press("Escape")


def test_what_is_typed_into_a_field_stays_as_it_is(qtbot, qapp):
    keys = LatinKeys(qapp)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    QApplication.sendEvent(field, pressed("ы"))
    assert field.text() == "ы"
    qapp.removeEventFilter(keys)
