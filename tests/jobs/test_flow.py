from dataclasses import replace

from window_samples import ACTORS, ARTICLE, TEXT, find, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.edits import apply
from annotator.domain.layer import Layer, view
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind
from annotator.jobs.flow import FlowDecider, occurrences

AT = "2026-03-02T10:14:05Z"


def decider(human=None):
    human = human or Layer(ARTICLE.id, "anna")
    return FlowDecider(human, view(human, machine_layer()), Actors(ACTORS), "2", AT)


def after(step):
    layer = Layer(ARTICLE.id, "anna")
    for placed in step.edits:
        layer, _ = apply(layer, placed.edit)
    return layer


def ids():
    return [s.id for s in machine_layer().ordered_statements()]


def test_only_complete_statements_above_the_bar_are_confirmed():
    layer = after(decider().confirm_above(0.9))
    assert set(layer.statements) == {ids()[0], ids()[2]}
    assert all(s.decision is Decision.CONFIRMED for s in layer.statements.values())
    assert all(s.provenance.guideline == "2" for s in layer.statements.values())
    assert decider().confirm_above(0.91) is None


def test_rejecting_the_rest_takes_a_kind_or_all():
    assert set(after(decider().reject_rest(Kind.DIRECT)).statements) == {ids()[1]}
    step = decider().reject_rest()
    layer = after(step)
    assert {s.decision for s in layer.statements.values()} == {Decision.REJECTED}
    assert step.label == "Reject 3 statements"
    assert decider(layer).reject_rest() is None


def test_merging_joins_content_fills_open_roles_and_rejects_the_other():
    layer = after(decider().merge(TEXT, ids()[1], ids()[2]))
    merged, gone = layer.statements[ids()[1]], layer.statements[ids()[2]]
    assert len(merged.spans) == 3
    assert merged.kind is Kind.MIXED
    assert merged.speaker == machine_layer().statements[ids()[1]].speaker
    assert merged.no_target  # was open, so the other's stands
    assert merged.decision is Decision.SUGGESTED
    assert gone.decision is Decision.REJECTED
    assert set(merged.provenance.changed) >= {"content", "target"}


def test_splitting_gives_both_parts_the_roles_and_the_content_between_them():
    at = find("the table").start
    step, made = decider().split(TEXT, ids()[0], at)
    layer = after(step)
    first, second = layer.statements[ids()[0]], layer.statements[made]
    assert (first.spans, second.spans) == ((find("to return to"),), (find("the table"),))
    assert second.speaker == first.speaker
    assert second.topics == first.topics
    assert second.provenance.suggester is None
    assert not second.decided


def test_splitting_between_pieces_parts_them_and_at_an_end_is_no_step():
    pieces = machine_layer().statements[ids()[1]].spans
    step, made = decider().split(TEXT, ids()[1], pieces[1].start)
    assert after(step).statements[made].spans == (pieces[1],)
    assert decider().split(TEXT, ids()[1], pieces[0].start) is None
    assert decider().split(TEXT, ids()[1], pieces[1].end) is None


def test_occurrences_are_whole_words_in_the_same_case():
    assert occurrences("EU, the EU’s EUROPE, MEU eu", "EU") == [Span(0, 2), Span(8, 10)]
    assert occurrences("aaa", "") == []


def test_every_occurrence_becomes_an_entity_in_one_step():
    layer = machine_layer()
    known = next(m for m in layer.mentions.values() if m.span == find("Serbia"))
    step = decider().mark_all([find("Serbia"), find("the capital")], "GPE", "state:RS")
    made = after(step)
    assert made.mentions[known.id].decision is Decision.CONFIRMED
    assert {m.span for m in made.mentions.values()} == {find("Serbia"), find("the capital")}
    assert step.label == "Mark 2 entities"
    again = decider(replace(made))
    assert again.mark_all([find("the capital")], "GPE", "state:RS") is None
