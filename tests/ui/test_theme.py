import re
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox

from annotator.ui.theme import SCALES, THEMES, apply, choose_fonts, restyle, stylesheet, text_families

TEXT_ON_GROUND = [
    *[
        (c, g)
        for c in ("text", "muted", "accent", "statement", "speaker", "target")
        for g in ("panel", "article")
    ],
    *[(c, "panel") for c in ("topic", "act", "kind", "confirmed", "suggested", "error")],
    ("accent_text", "accent"),
    ("suggested", "suggested_soft"),
    ("accent", "accent_soft"),
    ("text", "statement_soft"),
    ("text", "speaker_soft"),
    ("text", "target_soft"),
    ("text", "hint_soft"),
    ("hint_text", "hint"),
]


@pytest.fixture(autouse=True)
def undressed(qapp):
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_words_can_be_read_on_their_grounds(theme):
    least = 7.0 if theme.name == "contrast" else 4.5
    weak = {
        (c, g): round(contrast(getattr(theme, c), getattr(theme, g)), 2)
        for c, g in TEXT_ON_GROUND
        if contrast(getattr(theme, c), getattr(theme, g)) < least
    }
    assert weak == {}


def test_there_are_light_dark_and_contrast():
    assert {t.name: t.dark for t in THEMES.values()} == {"light": False, "dark": True, "contrast": False}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_the_style_sheet_is_complete_and_qt_takes_it(qapp, theme):
    fonts = choose_fonts()
    apply(qapp, theme, fonts)
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    assert theme.accent in sheet
    for image in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(image).read_text("utf-8").startswith("<svg")
    assert qapp.palette().window().color().name() == theme.window


def test_every_length_scales_with_the_fonts(qapp):
    light = THEMES["light"]
    single, double = stylesheet(light, choose_fonts(1.0)), stylesheet(light, choose_fonts(2.0))
    lengths = [[int(n) for n in re.findall(r"(\d+)px", sheet)] for sheet in (single, double)]
    assert [2 * n for n in lengths[0]] == lengths[1]
    assert choose_fonts(2.0).ui.pixelSize() == 2 * choose_fonts(1.0).ui.pixelSize()


def test_a_family_that_is_not_there_falls_back(qapp):
    wanted = text_families()[0]
    assert choose_fonts(1.0, "No Such Family").text.family() == wanted
    assert choose_fonts(1.0, text_families()[-1]).text.family() == text_families()[-1]
    assert 1.0 in SCALES


def test_a_look_can_change_while_shown(qtbot, qapp):
    apply(qapp, THEMES["light"], choose_fonts())
    label = QLabel("suggested")
    qtbot.addWidget(label)
    restyle(label, pill="suggested")
    label.ensurePolished()
    assert label.palette().windowText().color().name() == THEMES["light"].suggested
    restyle(label, pill="confirmed")
    assert label.palette().windowText().color().name() == THEMES["light"].confirmed


def test_choices_open_as_a_list_below_their_box_and_not_as_a_menu_over_it(qtbot, qapp):
    apply(qapp, THEMES["light"], choose_fonts())
    box, option = QComboBox(), QStyleOptionComboBox()
    qtbot.addWidget(box)
    box.initStyleOption(option)
    assert box.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, box) == 0


def test_void_calls_leave_none_alone(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1_000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100
