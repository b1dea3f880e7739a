from itertools import pairwise

import pytest

from annotator.export.tokens import Tokeniser


@pytest.fixture(scope="module")
def tokeniser():
    return Tokeniser()


def sentences(tokeniser, text, lang="en"):
    tokens = tokeniser.tokens(text, lang)
    starts = [*tokens.sentence_starts(), len(tokens)]
    return [" ".join(tokens.words[a:b]) for a, b in pairwise(starts)]


def test_sentences_end_at_stops_and_line_ends_and_take_their_closing_marks_along(tokeniser):
    text = 'A headline\nHe said: "We go." "When?" she asked... (Soon.) The U.S. waits for Mr. Wang'
    assert sentences(tokeniser, text) == [
        "A headline",
        'He said : " We go . "',
        '" When ? "',
        "she asked ...",
        "( Soon . )",
        "The U.S. waits for Mr. Wang",
    ]


def test_no_sentence_begins_inside_a_range_kept_whole(tokeniser):
    tokens = tokeniser.tokens("Yahoo! Inc. fell. It rose.", "en")
    assert tokens.words[:2] == ["Yahoo", "!"]
    assert tokens.sentence_starts([(0, 3)])[:2] == [0, tokens.words.index("It")]


@pytest.mark.parametrize("lang", ["en", "zh", "ja", "ko", "th", "vi", "ar", "he", "qq", None])
def test_every_language_gives_all_letters(tokeniser, lang):
    text = "北京 said 🧑🏽‍🚀\u00a0สวัสดี 안녕 שלום.\n\n-DOCSTART- x"
    tokens = tokeniser.tokens(text, lang)
    assert "".join(tokens.words) == "".join(text.split())
    assert "-DOCSTART-" not in tokens.words


def test_a_script_without_spaces_is_cut_by_letters(tokeniser):
    tokens = tokeniser.tokens("日本は反対する", "ja")
    assert tokens.aligned(0, 2) == (0, 2)
    assert tokens.surface_range((0, 2)) == (0, 2)


def test_a_span_over_white_space_alone_touches_no_token(tokeniser):
    tokens = tokeniser.tokens("a  b", "en")
    assert tokens.aligned(1, 3) is None
    assert tokens.aligned(1, 4) == (1, 2)


def test_a_text_of_white_space_has_no_tokens(tokeniser):
    tokens = tokeniser.tokens(" \n ", "en")
    assert len(tokens) == 0
    assert tokens.sentence_starts() == []
