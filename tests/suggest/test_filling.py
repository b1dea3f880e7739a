import pytest

from annotator.domain.spans import Span

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
    with pytest.raises(ValueError, match="does not lie in the text"):
        suggester.fill("article", TEXT, (Span(0, len(TEXT) + 1),))
    with pytest.raises(ValueError, match="does not lie in the text"):
        suggester.fill("article", TEXT, ())


def test_far_content_of_a_long_article(suggester):
    text = "Nothing happened in the city today. " * 1_500 + "\n\nAna Kova said the talks had failed."
    start = text.index("the talks")
    found = suggester.fill("article", text, (Span(start, len(text) - 1),))
    (statement,) = found.layer.statements.values()
    assert statement.speaker.span.surface(text) == "Ana Kova"
