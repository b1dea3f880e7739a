"""Whatever the text, suggesting ends, and its spans lie in the text."""

import re

import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st

from annotator.domain.spans import merged

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


REPEATED = [
    "the minister of trade from the north said to us and ",
    "he said that ",
    "said Kova, ",
    "told him to tell ",
    "urged Japan to urge China to ",
    "CHINA SAID JAPAN MUST STOP. ",
    "ChinaSaidThatJapan",
    "😀👩\u200d👧🇨🇳 said 🧨“𝔸𝔹” ",
    "قال وزير الخارجية «لن نقبل هذا الاتفاق» وأضاف أن الصين. ",
    "China said it would act.\r\n\r\n“No,” said Ana Kova.\r\n",
    "China\x00 said\x00 that “no\x00”. ",
    "Chi\u0301\u0300na said a\u0308\u0308 “no\u0301”. ",
    "Q: Is China right?\nA: No, we reject it.\n\n",
    "MS. KOVA: We said no to Iran.\n\n",
    "“" * 50 + "no" + "”" * 50 + " said Kova. ",
    "“a ‘b " * 25 + "c" + " ’d ”" * 25 + " he said. ",
    "China, Japan and Iran, Serbia, ",
    "Le ministre a déclaré que « la Chine refuse » et il a appelé le Japon à négocier. ",
    "外交部发言人说：“中国坚决反对日本的决定。”他还说，美国应该停止。",
]


@pytest.mark.parametrize("words", REPEATED)
def test_the_same_words_again_and_again(suggester, words):
    check(suggester, words * (3_000 // len(words)))


def check(suggester, text):
    layer = suggester.suggest("any", text).layer
    for statement in layer.statements.values():
        assert statement.spans == merged(statement.spans)
        assert all(s.surface(text).strip() for s in statement.spans)
        beside = (statement.cue, statement.speaker.span, *(t.span for t in statement.targets))
        assert all(0 <= s.start < s.end <= len(text) for s in (*statement.spans, *beside) if s)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in layer.mentions.values())
