import pytest

from annotator.ui.comfort import COLUMNS, LEADINGS, TEXT_SIZES, Comfort
from annotator.ui.settings import Settings
from annotator.ui.theme import THEMES


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.ini")


def test_what_is_kept_comes_back(settings, qapp):
    comfort = Comfort("dark", 1.5, "DejaVu Serif", 20, 2.4, 80, {"confirm": ("Return", "Y"), "flag": ()})
    comfort.keep(settings)
    settings.sync()
    assert Comfort.kept(settings) == comfort


def test_nothing_kept_is_the_usual(settings):
    assert Comfort.kept(settings) == Comfort()


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        "null",
        '{"theme": 3, "scale": "large", "text_px": true, "keys": [1]}',
        '{"theme": "pink", "keys": {"confirm": [""], "flag": "F"}, "colour": 1}',
    ],
)
def test_nonsense_is_the_usual(settings, text):
    settings.put("comfort", text)
    assert Comfort.kept(settings) == Comfort()


def test_values_stay_in_their_bounds():
    far = Comfort.sensible({"scale": 9, "text_px": 900, "leading": 0.1, "column": 1})
    assert far == Comfort(
        scale=2.0, text_px=TEXT_SIZES[-1], leading=min(LEADINGS.values()), column=COLUMNS[0]
    )


def test_fonts_follow(qapp):
    fonts = Comfort(scale=1.5, text_px=20, leading=2.4, column=60).fonts()
    assert fonts.text.pixelSize() == 30
    assert (fonts.scale, fonts.leading, fonts.column) == (1.5, 2.4, 60)
    assert Comfort("contrast").colours is THEMES["contrast"]
