import pytest
from domain_samples import raw_texts, texts
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import CharMap, article_id, normalise, sha256, without_long_runs


@given(raw_texts)
def test_normalising_twice_is_normalising_once(raw):
    once = normalise(raw)
    twice = normalise(once.text)
    assert twice.text == once.text
    assert twice.changed == ()


@given(raw_texts)
def test_normal_text_can_be_stored_anywhere(raw):
    text = normalise(raw).text
    text.encode()  # no lone surrogates
    assert not set(text) & set("\r\0\ufeff\u00ad\x07\x85")


@given(texts)
def test_nothing_is_said_of_a_clean_text(text):
    assert normalise(text).changed == ()


@pytest.mark.parametrize(
    ("raw", "text", "changed"),
    [
        ("a\r\nb\rc", "a\nb\nc", ("line ends made LF ×2",)),
        ("\ufeffa\ufeff", "a", ("byte order marks dropped ×2",)),
        ("co\u00adop", "coop", ("soft hyphens dropped ×1",)),
        ("a\0b\x07", "ab", ("control characters dropped ×2",)),
        ("a\ud800b", "a\ufffdb", ("lone surrogates replaced ×1",)),
        ("\ud83d\ude00", "😀", ("surrogate pairs joined ×1",)),
        ("\r\0\n", "\n\n", ("line ends made LF ×1", "control characters dropped ×1")),
        ("e\u0301 “x” \u00a0\t\n", "e\u0301 “x” \u00a0\t\n", ()),
    ],
)
def test_what_normalising_does_and_says(raw, text, changed):
    done = normalise(raw)
    assert done.text == text
    assert done.changed == changed


def test_the_id_is_the_same_on_every_laptop():
    assert article_id("abc") == "ba7816bf8f01cfea"
    assert sha256("abc").startswith("ba7816bf8f01cfea")


@given(texts)
def test_offsets_go_to_utf16_and_back(text):
    offsets = CharMap(text)
    assert offsets.length_u16 == len(text.encode("utf-16-le")) // 2
    for cp in range(len(text) + 1):
        u16 = offsets.to_u16(cp)
        assert u16 == len(text[:cp].encode("utf-16-le")) // 2
        assert offsets.to_cp(u16) == offsets.to_cp(u16, up=True) == cp


@given(texts, st.data())
def test_ranges_from_qt_widen_to_whole_characters(text, data):
    offsets = CharMap(text)
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, offsets.length_u16)] * 2)))
    start, end = offsets.span_to_cp(low, high)
    assert offsets.to_u16(start) <= low
    assert high <= offsets.to_u16(end)
    assert low - offsets.to_u16(start) <= 1
    assert offsets.to_u16(end) - high <= 1


@pytest.mark.parametrize("outside", [-1, 3])
def test_offsets_outside_the_text_are_refused(outside):
    with pytest.raises(ValueError, match="outside"):
        CharMap("😀").to_u16(outside)
    with pytest.raises(ValueError, match="outside"):
        CharMap("😀").to_cp(outside)


def test_half_a_character_snaps():
    offsets = CharMap("a😀b")
    assert offsets.to_cp(2) == 1
    assert offsets.to_cp(2, up=True) == 2


@given(st.text(alphabet="ab \n“”漢😀", max_size=60), st.integers(1, 7))
def test_long_runs_are_cut_and_nothing_is_lost(text, longest):
    pieces = without_long_runs(text, longest)
    assert "".join(pieces) == text
    assert all(len(run) <= longest for piece in pieces for run in piece.split())
    assert len(pieces) == 1 or any(len(run) > longest for run in text.split())
