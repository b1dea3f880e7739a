import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.ui.keycap import KeyCap, KeyHint, shown
from annotator.ui.theme import choose_fonts
from annotator.ui.widgets import Banner, Chip, ElidedLabel, FlowLayout, Pill, ScoreBar, ShortLabel, score_text


@pytest.mark.parametrize(
    ("shortcut", "cap"),
    [
        ("Return", "⏎"),
        ("Ctrl+Return", "Ctrl ⏎"),
        ("Shift+J", "Shift J"),
        ("Up", "↑"),
        ("/", "/"),
        ("+", "+"),
        ("Ctrl++", "Ctrl +"),
        ("", ""),
    ],
)
def test_keys_are_shown_as_people_know_them(shortcut, cap):
    assert shown(shortcut) == cap


def test_caps_and_hints_say_their_keys(qtbot):
    cap, hint = KeyCap("Ctrl+Return"), KeyHint("Up", "previous")
    qtbot.addWidget(cap)
    qtbot.addWidget(hint)
    assert cap.accessibleName() == "Key Ctrl Enter"
    assert hint.accessibleName() == "up arrow: previous"
    cap.set_shortcut("X")
    assert (cap.text(), cap.accessibleName()) == ("X", "Key X")


@pytest.mark.parametrize(
    ("score", "text"), [(None, ""), (0.934, ".93"), (0.9, ".90"), (1.0, "1"), (0.0, ".00")]
)
def test_scores_read_as_in_the_list(score, text):
    assert score_text(score) == text


def test_a_score_bar_says_its_score(qtbot):
    bar = ScoreBar(choose_fonts(), 0.81)
    qtbot.addWidget(bar)
    assert (bar.value(), bar.accessibleName()) == (81, "Score .81")
    bar.set_score(None)
    assert bar.isHidden()
    assert bar.accessibleName() == "No score"


def test_a_chip_counts_and_toggles(qtbot):
    chip = Chip("Done", count=4310)
    qtbot.addWidget(chip)
    assert chip.text() == chip.accessibleName() == "Done 4,310"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()


def test_a_pill_says_its_word(qtbot):
    pill = Pill("suggested", "suggested")
    qtbot.addWidget(pill)
    pill.show_pill("confirmed", "confirmed")
    assert (pill.text(), pill.accessibleName(), pill.property("pill")) == ("confirmed",) * 3


def test_a_cut_off_label_has_the_whole_text_as_tool_tip(qtbot):
    label = ElidedLabel("A long title that will not fit")
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 20)
    assert label.toolTip() == label.accessibleName() == "A long title that will not fit"
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_a_banner_says_acts_and_goes(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    banner, asked, closed = Banner(host), [], []
    banner.closed.connect(lambda: closed.append(True))
    host.show()
    banner.show_message("Saving failed.", "error", [("Try again", lambda: asked.append("again"))])
    assert banner.text == banner.accessibleName() == "Saving failed."
    again = next(b for b in banner.findChildren(QPushButton) if b.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert asked == ["again"]
    banner.clear()
    banner.clear()
    assert (banner.text, closed) == ("", [True])


def test_items_wrap_like_words(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, spacing=5)
    for _ in range(4):
        item = QWidget(box)
        item.setFixedSize(50, 20)
        flow.addWidget(item)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(110) == 45
    assert flow.sizeHint().width() == 215
    box.resize(110, 100)
    box.show()
    assert [flow.itemAt(i).geometry().y() for i in range(4)] == [0, 0, 25, 25]
    assert flow.takeAt(0) is not None
    assert flow.takeAt(9) is None
    assert flow.count() == 3


def test_a_short_label_takes_a_second_line_and_then_ends_in_dots(qtbot):
    made = ShortLabel("Criticises / accuses / is concerned")
    qtbot.addWidget(made)
    whole = made.fontMetrics().horizontalAdvance(made.text())
    line = made.heightForWidth(whole)
    assert made.heightForWidth(whole * 2 // 3) == made.heightForWidth(10) == 2 * line
    made.resize(whole * 2 // 3, 2 * line)
    made.show()
    assert made.toolTip() == ""
    made.resize(whole // 4, 2 * line)
    assert made.toolTip() == made.text()
