import pytest
from dialog_samples import SCHEME

from annotator.domain.actors import Actors
from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Speaker, Statement, Target
from annotator.ui.snapshot import Snapshot
from annotator.ui.wording import Wording, byline, heading, length, runs_right_to_left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One", "1 word"),
        ("Three short words", "3 words"),
        ("外交部发言人表示，中方敦促日本。", "16 characters"),
        ("外務大臣の山田花子氏は Reuters に述べた。", "25 characters"),
        ("The minister said 外交 twice", "5 words"),
        ("قال الوزير ذلك", "3 words"),
        ("รัฐมนตรีกล่าวว่า", "16 characters"),
        ("", "0 words"),
    ],
)
def test_length_is_told_in_what_the_script_has(text, said):
    assert length(text) == said


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("قال NATO", True),
        ("NATO قال", False),
        ("17 שר", True),
        ("外交", False),
        ("“…” 1", False),
        ("", False),
    ],
)
def test_the_first_letter_decides_the_direction(text, away):
    assert runs_right_to_left(text) == away


def test_an_article_without_a_title_has_no_heading():
    assert heading(Article("Text", meta=Meta(title="A title"))) == "A title"
    assert heading(Article("Text")) == ""


def test_the_byline_says_what_is_known():
    article = Article("Some words.", meta=Meta(outlet="Wire", published="2026-03-10", file="a.txt"))
    assert byline(article, None) == "Wire · 10 March 2026 · 2 words · a.txt"
    assert byline(article, "not_relevant", 3).endswith("2 words · 3 near-copies · a.txt · not relevant")
    assert "1 near-copy ·" in byline(article, None, 1)


def test_the_arrow_points_from_speaker_to_target_in_any_script():
    text = "سامي الحداد حذر طوكيو"
    article = Article(text)
    statement = Statement(
        "s1",
        (Span(12, 15),),
        Kind.INDIRECT,
        speaker=Speaker(Span(0, 11)),
        targets=(Target(span=Span(16, 21)),),
    )
    layer = Layer(article.id, "anna", statements={"s1": statement})
    line = Wording(Snapshot(article, layer, None), Actors(()), SCHEME).line(statement)
    assert line == "\u200eسامي الحداد\u200e → \u200eطوكيو"
