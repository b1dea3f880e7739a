import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from annotator.domain.rules import Problem
from annotator.errors import AnnotatorError
from annotator.ui.dialogs.help import HelpDialog
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.dialogs.small import AboutDialog, MessageDialog, MissingDialog, NameDialog
from annotator.ui.keycap import KeyCap


@pytest.fixture
def shown(host, qtbot):
    def opened(dialog):
        with qtbot.waitExposed(dialog):
            dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
        return dialog

    return opened


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_message_says_what_and_what_to_do(shown, host, qtbot):
    error = AnnotatorError("It is open elsewhere.", "Close the other window.")
    dialog = shown(MessageDialog("Cannot open", error, LIGHT, fonts(), host))
    assert {"Cannot open", "It is open elsewhere.", "Close the other window."} <= set(words_of(dialog))
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, Qt.Key.Key_Return)


def test_details_of_a_mistake_can_be_copied(shown, host, qtbot):
    dialog = shown(MessageDialog("Oh", "A mistake.", LIGHT, fonts(), host, details="line 1"))
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "line 1"
    dialog.reject()


def test_the_name_is_asked_and_a_bad_one_refused(shown, host, qtbot):
    dialog = shown(NameDialog("root", LIGHT, fonts(), host))
    named = []
    dialog.named.connect(named.append)
    for bad in ("", "   ", "Gold"):
        dialog.field.setText(bad)
        press(qtbot, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.said
    dialog.field.setText("  Ilse   V ")
    press(qtbot, Qt.Key.Key_Return)
    assert named == ["Ilse V"]
    assert not dialog.isVisible()


def test_enter_jumps_to_what_is_missing_once(shown, host, qtbot):
    problems = [Problem("Statement 1 is not decided", "s1"), Problem("Statement 4 needs a target", "s4")]
    dialog = shown(MissingDialog(problems, LIGHT, fonts(), host))
    jumped = []
    dialog.jumped.connect(jumped.append)
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert jumped == [problems[1]]
    assert not dialog.isVisible()


def test_escape_stays_where_one_was(shown, host, qtbot):
    dialog = shown(MissingDialog([Problem("x", "s1")], LIGHT, fonts(), host))
    jumped = []
    dialog.jumped.connect(jumped.append)
    press(qtbot, Qt.Key.Key_Escape)
    assert jumped == []
    assert host.focusWidget() is host.text


def test_about_says_that_nothing_leaves_the_machine(shown, host):
    dialog = shown(AboutDialog("Annotator", "1.2", ["MIT licence"], LIGHT, fonts(), host))
    assert "nothing leaves this machine" in " ".join(words_of(dialog))
    assert nameless(dialog) == []
    dialog.reject()


class Verb:
    def __init__(self, text, group, *keys):
        self.text, self.group, self.keys = text, group, keys


VERBS = [
    Verb("Confirm", "Statement", "Return"),
    Verb("Next statement", "Statement", "J", "Down"),
    Verb("Undo", "Edit", "U"),
    Verb("Without a key", "Edit"),
]


def test_all_keys_are_drawn_from_the_verbs(shown, host, qtbot):
    dialog = shown(KeysDialog(VERBS, LIGHT, fonts(), host))
    assert {c.text() for c in dialog.findChildren(KeyCap)} == {"⏎", "J", "↓", "U"}
    assert {"Statement", "Edit", "Confirm", "Undo"} <= set(words_of(dialog))
    assert "Without a key" not in words_of(dialog)
    press(qtbot, "type:undo")
    page = dialog._area.widget()
    assert {c.text() for c in page.findChildren(KeyCap)} == {"U"}
    assert nameless(dialog) == []
    press(qtbot, Qt.Key.Key_Escape)


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "a.md").write_text("# First\n\nSee [the second](b.md#deep-in).\n", "utf-8")
    filler = "word " * 2000
    (tmp_path / "b.md").write_text(f"# Second\n\n{filler}\n\n## Deep in\n\nHere.\n\n{filler}", "utf-8")
    return sorted(tmp_path.glob("*.md"))


def test_help_shows_pages_and_follows_links_between_them(shown, host, qtbot, pages):
    dialog = shown(HelpDialog(pages, LIGHT, fonts(), host))
    assert dialog.page.toPlainText().startswith("First")
    dialog.page.anchorClicked.emit("b.md#deep-in")
    assert dialog.page.toPlainText().startswith("Second")
    assert dialog.list.current().label == "Second"
    assert dialog.page.verticalScrollBar().value() > 0
    dialog.reject()


def test_help_opens_at_a_heading(shown, host, qtbot, pages):
    dialog = shown(HelpDialog(pages, LIGHT, fonts(), host, start="b", heading="deep"))
    assert dialog.page.verticalScrollBar().value() > 0
    assert nameless(dialog) == []
    dialog.reject()


def test_help_never_leaves_the_machine(shown, host, pages):
    dialog = shown(HelpDialog(pages, LIGHT, fonts(), host))
    dialog.page.anchorClicked.emit("https://example.org/elsewhere")
    assert dialog.page.toPlainText().startswith("First")
    dialog.reject()


def test_a_field_in_a_dialog_is_at_hand(shown, host):
    dialog = shown(NameDialog("root", LIGHT, fonts(2.0), host))
    field = dialog.findChild(QLineEdit)
    assert field.height() >= field.sizeHint().height()
    assert nameless(dialog) == []
    dialog.reject()
