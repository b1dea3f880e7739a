from itertools import pairwise

import pytest
from domain_samples import spans, texts
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span, likeness, merged, snapped_to_words, trimmed

TEXT = "x" * 30
any_span = spans(TEXT)
many_spans = st.lists(any_span, max_size=6)


def positions(*some):
    return {p for span in some for p in range(span.start, span.end)}


@given(any_span, any_span)
def test_two_spans_relate_as_their_positions_do(a, b):
    assert a.shared(b) == b.shared(a) == len(positions(a) & positions(b))
    assert a.overlaps(b) == b.overlaps(a) == bool(positions(a) & positions(b))
    assert a.contains(b) == (positions(b) <= positions(a))
    assert a.cover(b).contains(a)
    assert a.cover(b) == b.cover(a)
    assert len(a) == len(positions(a))


@given(many_spans)
def test_merging_keeps_positions_and_leaves_gaps(some):
    whole = merged(some)
    assert positions(*whole) == positions(*some)
    assert all(a.end < b.start for a, b in pairwise(whole))
    assert merged(whole) == whole


@given(many_spans, many_spans)
def test_likeness_is_shared_over_all(a, b):
    ours, theirs = positions(*a), positions(*b)
    expected = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0
    assert likeness(a, b) == pytest.approx(expected)
    assert likeness(a, b) == likeness(b, a)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_what_covers_nothing_is_no_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_past_the_text_has_no_words():
    assert Span(0, 3).surface("😀bc") == "😀bc"
    with pytest.raises(ValueError, match="reaches past"):
        Span(0, 4).surface("abc")


@given(texts, st.data())
def test_trimming_takes_white_space_alone(text, data):
    span = data.draw(spans(text))
    inner = trimmed(text, span.start, span.end)
    assert (inner.surface(text) if inner else "") == span.surface(text).strip()


@given(texts, st.data())
def test_snapping_cuts_no_word(text, data):
    span = data.draw(spans(text))
    wide = snapped_to_words(text, span)
    for at in (wide.start, wide.end):
        inside_word = 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
        assert not inside_word
    assert snapped_to_words(text, wide) == wide
    if inner := trimmed(text, span.start, span.end):
        assert wide.contains(inner)
