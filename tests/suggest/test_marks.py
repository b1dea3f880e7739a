import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.marks import paragraphs, quotations
from annotator.suggest.reading import Reading

MARKS = "\"'“”‘’«»„‚「」『』`-,.:; \n\nas'sx"


def words(text, depth=None):
    return [text[q.start : q.end] for q in quotations(text) if depth in (None, q.depth)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("''Hello there,'' he said. ``Fine,'' she said.", ["''Hello there,''", "``Fine,''"]),
        ("„Guten Tag“, sagte er.", ["„Guten Tag“"]),
        ("»Ja«, sagte er. «Non», dit-elle.", ["»Ja«", "«Non»"]),
        ("「你好」他説『再見』", ["「你好」", "『再見』"]),
        ("‘The ministers’ plan isn’t dead,’ he said.", ["‘The ministers’ plan isn’t dead,’"]),
        ("'We don't care,' he said of the '90s workers' rights.", ["'We don't care,'"]),
        ("It’s the workers’ turn, don’t you think?", []),
        ('"undermine us in any way,” he said', ['"undermine us in any way,”']),
        ("a 5'10\" fence", []),
        ('"', []),
        ("’", []),
        ("", []),
    ],
)
def test_pairs_by_direction(text, expected):
    assert words(text) == expected


def test_quotations_nest():
    text = "‘She told us, “It is on the table,”’ he said."
    assert words(text, 1) == ["‘She told us, “It is on the table,”’"]
    assert words(text, 2) == ["“It is on the table,”"]


def test_same_marks_nest_by_direction():
    text = "“It was written with “low confidence” last year.”"
    assert words(text, 1) == [text]
    assert words(text, 2) == ["“low confidence”"]


def test_paragraphs_that_each_open_are_one_quotation():
    text = "“We waited.\n\n“We waited again.\n\n“Now we go.” He left."
    assert words(text) == ["“We waited.\n\n“We waited again.\n\n“Now we go.”"]


def test_a_mark_left_open_ends_with_its_paragraph():
    text = 'She said "we never\n\nThe next day "all was well" again.'
    assert words(text) == ['"we never', '"all was well"']
    assert [q.closed for q in quotations(text)] == [False, True]


def test_hard_wrapped_lines_are_one_paragraph():
    text = "The minister said “we are\nready” on Monday.\nNext paragraph."
    assert [text[a:b] for a, b in paragraphs(text)] == [
        "The minister said “we are\nready” on Monday.",
        "Next paragraph.",
    ]
    assert words(text) == ["“we are\nready”"]


@given(st.text(alphabet=MARKS, max_size=300))
def test_never_raises_and_never_crosses(text):
    found = quotations(text)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
    for q in found:
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)
        assert q.inner_start < q.inner_end
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            assert b.start >= a.end or (b.end <= a.end and b.depth > a.depth)


@given(st.text(max_size=200))
def test_any_text_at_all(text):
    assert all(text[q.start : q.end] for q in quotations(text))


@given(st.text(alphabet="abc ‘’'“\"", max_size=60), st.integers(2, 6))
def test_repeating_paragraphs_repeats_what_is_found(text, n):
    """Outside continued quotations a paragraph is read on its own."""
    text = f'a{text}b.”’" '
    once = [(q.start, q.end, q.depth) for q in quotations(text)]
    whole = "\n\n".join([text] * n)
    step = len(text) + 2
    assert [(q.start, q.end, q.depth) for q in quotations(whole)] == [
        (a + k * step, b + k * step, d) for k in range(n) for a, b, d in once
    ]


def test_the_outer_quotations_of_some_words():
    text = "“One ‘two’,” he said. “Three.” She left. “Four.”"
    reading = Reading(spacy.blank("en")(text))
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            held = [q for q in reading.outer if q.start < end and q.end > start]
            assert reading.outer_in(start, end) == held
