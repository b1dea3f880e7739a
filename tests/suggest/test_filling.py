import pytest

from annotator.domain.spans import Span, trimmed
from annotator.suggest.suggester import NoContentError

TEXT = (
    "Norwegian Foreign Minister Ingrid Solbakken met reporters. Solbakken said Serbia had broken the deal "
    "and that sanctions would follow. The weather was fine in Oslo."
)


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def fill(suggester, *spans):
    found = suggester.fill("article", TEXT, spans)
    (statement,) = found.layer.statements.values()
    return statement, {a.id: a.name for a in found.actors}


def test_roles_for_content_the_rules_see_too(suggester):
    words = span("Serbia had broken the deal")
    statement, names = fill(suggester, words)
    assert statement.spans == (words,)
    assert statement.cue.surface(TEXT) == "said"
    assert [names[a] for a in statement.speaker.actors] == ["Ingrid Solbakken"]
    assert [names[t.actor] for t in statement.targets] == ["Serbia"]


def test_roles_for_content_the_rules_do_not_see(suggester):
    words = span("The weather was fine")
    statement, _ = fill(suggester, words)
    assert statement.spans == (words,)
    assert statement.act
    assert statement.provenance.suggester == suggester.name


def test_several_spans_stay_several(suggester):
    spans = (span("Serbia had broken"), span("sanctions would follow"))
    assert fill(suggester, *spans)[0].spans == spans


def test_content_outside_the_text_is_refused(suggester):
    with pytest.raises(ValueError, match="does not lie in its text"):
        suggester.fill("article", TEXT, (Span(0, len(TEXT) + 1),))
    with pytest.raises(ValueError, match="does not lie in its text"):
        suggester.fill("article", TEXT, ())


def test_far_content_of_a_long_article(suggester):
    text = "Nothing happened in the city today. " * 1_500 + "\n\nAna Kova said the talks had failed."
    start = text.index("the talks")
    found = suggester.fill("article", text, (Span(start, len(text) - 1),))
    (statement,) = found.layer.statements.values()
    assert statement.speaker.span.surface(text) == "Ana Kova"


def test_white_space_is_left_out_and_what_touches_is_one(suggester):
    words, start = span("Serbia had broken the deal"), TEXT.index(" Serbia had")
    halves = (Span(words.start + 9, words.end + 1), Span(start, words.start + 9), words)
    assert fill(suggester, *halves)[0].spans == (words,)


def test_content_without_words_is_refused(suggester):
    with pytest.raises(NoContentError, match="holds no words"):
        suggester.fill("article", "No  more.\n\n", (Span(2, 4), Span(9, 11)))
    with pytest.raises(NoContentError, match="holds no words"):
        suggester.fill("article", " ", (Span(0, 1),))


@pytest.mark.parametrize("text", ["a", "“", "“““", "said", "\x00", "🖊🖊", "الصين", "Q: A: Q:", "a" * 200])
def test_any_content_gives_one_statement(suggester, text):
    whole, first = Span(0, len(text)), Span(0, 1)
    for spans in ((whole,), (first,), (first, whole), (first, first)):
        (statement,) = suggester.fill("article", text, spans).layer.statements.values()
        assert statement.spans == ((whole,) if whole in spans else (first,))


def test_endless_content_is_filled_from_its_beginning(suggester):
    text = "Ana Kova said: " + "we will not accept the deal and " * 5_000 + "so on."
    spans = (Span(15, len(text) - 100), Span(len(text) - 50, len(text)))
    (statement,) = suggester.fill("article", text, spans).layer.statements.values()
    assert statement.spans == tuple(trimmed(text, s.start, s.end) for s in spans)
    assert statement.speaker.span.surface(text) == "Ana Kova"
