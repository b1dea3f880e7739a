from dataclasses import replace

from domain_samples import layers
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.layer import SAME_CONTENT, Layer, LayerKind, State, view
from annotator.domain.spans import Span, likeness
from annotator.domain.statement import Decision, Kind, Mention, Statement

TEXT = "x" * 40
SHORT = "x" * 4  # in which random contents often meet
START, END = Span(0, 10), Span(20, 30)


def statement(id, *spans, decision=Decision.SUGGESTED):
    return Statement(id, spans, Kind.DIRECT, decision=decision)


def mention(id, span, label="GPE", decision=Decision.SUGGESTED):
    return Mention(id, span, label, decision=decision)


def person(*items):
    return layer(LayerKind.HUMAN, "ann", items)


def machine(*items):
    return layer(LayerKind.MACHINE, "rules 1", items)


def layer(kind, name, items):
    return Layer(
        "a",
        name,
        kind,
        statements={x.id: x for x in items if isinstance(x, Statement)},
        mentions={x.id: x for x in items if isinstance(x, Mention)},
    )


def test_suggestions_are_seen_until_they_are_decided():
    suggested = machine(statement("s1", START), statement("s2", END))
    mine = person(statement("s1", START, decision=Decision.CONFIRMED))
    seen = view(mine, suggested)
    assert [(s.id, s.decision) for s in seen.ordered_statements()] == [
        ("s1", "confirmed"),
        ("s2", "suggested"),
    ]
    assert [s.id for s in seen.undecided()] == ["s2"]
    assert (seen.annotator, seen.kind) == ("ann", LayerKind.HUMAN)


def test_a_new_suggestion_of_known_content_is_not_seen():
    mine = person(statement("mine", START, decision=Decision.REJECTED))
    assert list(view(mine, machine(statement("new", Span(0, 10)))).statements) == ["mine"]
    assert list(view(mine, machine(statement("new", Span(0, 9)))).statements) == ["mine"]
    assert sorted(view(mine, machine(statement("new", Span(0, 8)))).statements) == ["mine", "new"]


def test_a_suggestion_stays_hidden_when_its_statement_was_moved_away():
    assert list(view(person(statement("s", END)), machine(statement("s", START))).statements) == ["s"]


def test_mentions_of_people_hide_those_of_the_machine_they_touch():
    suggested = machine(mention("m1", Span(0, 5)), mention("m2", Span(4, 8)), mention("m3", Span(20, 22)))
    assert sorted(view(person(mention("mine", Span(3, 6))), suggested).mentions) == ["m3", "mine"]


def test_a_rejected_mention_hides_only_its_like():
    suggested = machine(mention("m1", Span(0, 5)), mention("m2", Span(0, 5), "ORG"))
    mine = person(mention("mine", Span(0, 5), decision=Decision.REJECTED))
    assert sorted(view(mine, suggested).mentions) == ["m2", "mine"]


def test_without_suggestions_one_sees_ones_own():
    mine = person(statement("s", START))
    assert view(mine, None) is mine


@given(layers(SHORT), layers(SHORT, annotator="rules 1", kind=LayerKind.MACHINE))
def test_the_view_hides_exactly_known_contents(mine, suggested):
    def known(suggestion):
        return suggestion.id in mine.statements or any(
            suggestion.spans[0].start < s.spans[-1].end
            and s.spans[0].start < suggestion.spans[-1].end
            and likeness(suggestion.spans, s.spans) >= SAME_CONTENT
            for s in mine.statements.values()
        )

    shown = {s.id: s for s in suggested.statements.values() if not known(s)}
    assert view(mine, suggested).statements == {**mine.statements, **shown}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_statements_stand_in_the_order_of_the_text(starts):
    mine = person(*(statement(f"s{n}", Span(at, at + 5)) for n, at in enumerate(starts)))
    assert [s.start for s in mine.ordered_statements()] == sorted(starts)


def test_an_empty_layer_is_one_where_nothing_was_ever_decided():
    assert person().empty
    assert not person(mention("m", START)).empty
    assert not replace(person(), state=State.DOING).empty
    assert not replace(person(), outcome="not_relevant").empty
