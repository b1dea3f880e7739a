from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.ui.words import as_end, as_start, likely_starts, moved_end, moved_start, words

TEXT = "She said (twice) that “all is well.” Nobody, it seems, heard."


def surfaces(spans):
    return [s.surface(TEXT) for s in spans]


def test_words_lie_wholly_inside():
    assert surfaces(words(TEXT, Span(1, 20))) == ["said", "(twice)"]


def test_ends_keep_marks_and_leave_stops():
    found = {s.surface(TEXT): s for s in words(TEXT, Span(0, len(TEXT)))}
    assert as_end(TEXT, found["well.”"]).surface(TEXT) == "well.”"
    assert as_end(TEXT, found["Nobody,"]).surface(TEXT) == "Nobody"
    assert as_start(TEXT, found["(twice)"]).surface(TEXT) == "twice"
    assert as_start(TEXT, found["“all"]).surface(TEXT) == "“all"


def test_content_likely_starts_after_marks_and_cues():
    found = likely_starts(TEXT, words(TEXT, Span(0, len(TEXT))))
    assert surfaces(found)[:2] == ["“all", "(twice)"]


@given(st.text(alphabet="ab .,”\n", min_size=3, max_size=60), st.data())
def test_moving_an_end_keeps_a_span_inside_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    for by in (1, -1):
        end, first = moved_end(text, span, by), moved_start(text, span, by)
        assert end.start == span.start
        assert first.end == span.end
        assert max(end.end, first.end) <= len(text)
        assert end.end >= span.end if by > 0 else end.end <= span.end
