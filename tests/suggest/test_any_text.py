"""Whatever the text, suggesting ends, and its spans lie in the text."""

import re

import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st

_PIECES = st.one_of(
    st.sampled_from(list('“”"‘’«»「」\n:…?\t\u00a0\u200bİß')),
    st.sampled_from(
        ["''", "\n\n", " — ", ". ", ", ", "said ", "urged ", "Ana Kova ", "China ", "We ", "that "]
    ),
    st.sampled_from(["the ministry ", "and ", "according to ", "he ", "not ", "Q ", "MR. KOVA: ", "denied "]),
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_PIECES, max_size=80).map("".join),
    st.text(alphabet="aA .,:“”'\"‘’\n-—", max_size=400),
)


@pytest.mark.parametrize("pipeline_text", ["", " ", "\n", "\x00", "“" * 200, "said " * 200, "and " * 200])
def test_odd_texts(suggester, pipeline_text):
    check(suggester, pipeline_text)


@seed(3)
@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=_TEXTS)
@example(text="“A,” he said, “B")
@example(text="We reject it.\n\nWe reject it.")
def test_any_text(suggester, text):
    check(suggester, text)


def test_shuffled_words(suggester):
    words = re.findall(r"\S+", "Minister Ana Kova said China urged both sides to accept the “new deal”")
    for step in range(1, len(words)):
        order = [words[(i * step) % len(words)] for i in range(len(words))]
        check(suggester, " ".join(order) + ".")


def check(suggester, text):
    layer = suggester.suggest("any", text).layer
    for statement in layer.statements.values():
        assert all(0 <= s.start < s.end <= len(text) for s in statement.spans)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in layer.mentions.values())
