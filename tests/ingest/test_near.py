"""Near-copies are found whatever the order, strangers are not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.ingest.near import groups

RANDOM = random.Random(7)
WORDS = [f"w{n}" for n in range(3000)]


def article(length: int = 300) -> list[str]:
    return RANDOM.choices(WORDS, k=length)


def edited(words: list[str], share: float) -> list[str]:
    return [RANDOM.choice(WORDS) if RANDOM.random() < share else w for w in words]


def test_edited_copies_share_a_group_and_strangers_do_not():
    texts = {}
    for n in range(150):
        words = article()
        texts[f"{n:03}a"] = " ".join(words)
        texts[f"{n:03}b"] = " ".join(edited(words, 0.03))
        texts[f"{n:03}c"] = " ".join((*words, *article(40)))
    assert groups(texts.items()) == {id: id[:3] + "a" for id in texts}


def test_order_does_not_matter():
    base = article()
    pairs = [(f"x{n}", " ".join(edited(base, 0.05))) for n in range(12)] + [("y", " ".join(article()))]
    expected = groups(pairs)
    assert len(set(expected.values())) == 2
    for _ in range(5):
        RANDOM.shuffle(pairs)
        assert groups(pairs) == expected


def test_case_and_punctuation_do_not_matter_but_words_do():
    text = "The minister said, on Monday, that talks remain open."
    got = groups(
        [("1", text), ("2", text.upper().replace(",", "")), ("3", "Something else was said on Monday.")]
    )
    assert got == {"1": "1", "2": "1", "3": "3"}


def test_scripts_without_spaces():
    text = "外交部发言人星期一警告邻国不要干涉台湾问题并表示谈判大门仍然敞开希望各方保持克制"
    assert groups(
        [("1", text), ("2", text.replace("星期一", "周一")), ("3", "完全不同的另一篇文章内容在这里")]
    ) == {"1": "1", "2": "1", "3": "3"}


def test_texts_without_words_stand_alone():
    assert groups([("1", ""), ("2", "…"), ("3", "")]) == {"1": "1", "2": "2", "3": "3"}


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=60), max_size=8))
def test_every_article_has_one_group_led_by_a_member(texts):
    got = groups(texts.items())
    assert got.keys() == texts.keys()
    assert all(got[lead] == lead and lead <= id for id, lead in got.items())
