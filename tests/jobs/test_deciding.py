from dataclasses import replace

import pytest
from window_samples import ACTORS, ARTICLE, TEXT, find, machine_layer, suggested

from annotator.domain.actors import Actor, Actors
from annotator.domain.edits import AddStatement, PutActor, SetState, apply
from annotator.domain.layer import Layer, State, view
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Role, Speaker, Target
from annotator.jobs.deciding import Decider, kind_of, now

AT = "2026-03-02T10:14:05Z"


def decider(human=None, machine=None):
    human = human or Layer(ARTICLE.id, "anna")
    return Decider(human, view(human, machine or machine_layer()), Actors(ACTORS), "2", AT)


def after(step, human=None):
    """The person's layer once a step is done."""
    layer = human or Layer(ARTICLE.id, "anna")
    for placed in step.edits:
        if placed.article:
            assert (placed.article, placed.annotator) == (ARTICLE.id, "anna")
            layer, _ = apply(layer, placed.edit)
    return layer


def ids():
    return [s.id for s in machine_layer().ordered_statements()]


def test_confirming_copies_the_suggestion_and_takes_the_article_up():
    step = decider().confirm(ids()[0], seconds=4.1)
    layer = after(step)
    kept = layer.statements[ids()[0]]
    assert (kept.decision, kept.provenance.by, kept.provenance.at) == (Decision.CONFIRMED, "anna", AT)
    assert (kept.provenance.seconds, kept.provenance.score) == (4.1, 0.9)
    assert (layer.state, layer.guideline) == (State.DOING, "2")
    assert step.label == "Confirm statement 1"


def test_confirming_twice_is_no_step():
    layer = after(decider().confirm(ids()[0]))
    assert decider(layer).confirm(ids()[0]) is None
    assert decider(layer).reject(ids()[0]) is not None


def test_a_changed_suggestion_stays_undecided_until_it_is_confirmed():
    layer = after(decider().revise(ids()[0], "kind", kind=Kind.MIXED))
    assert layer.statements[ids()[0]].decision is Decision.SUGGESTED
    assert layer.statements[ids()[0]].provenance.changed == ("kind",)
    layer = after(decider(layer).confirm(ids()[0]), layer)
    assert layer.statements[ids()[0]].decision is Decision.CORRECTED


def test_setting_what_is_there_already_is_no_step():
    assert decider().revise(ids()[0], "kind", kind=Kind.INDIRECT) is None


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({"targets": (), "no_target": True}, False),
        ({"targets": (Target("org:NATO", Role.OBJECT, find("NATO")),)}, False),
        ({"targets": (Target("org:NATO", Role.OBJECT),)}, True),
        ({"kind": Kind.MIXED}, True),
    ],
)
def test_no_target_is_called_implicit_that_has_words_or_is_not_there(fields, stays):
    first = machine_layer().ordered_statements()[0]
    flagged = replace(first, flags=("background", "implicit_target"), targets=(Target("state:RS"),))
    machine = replace(machine_layer(), statements={first.id: flagged})
    layer = after(decider(machine=machine).revise(first.id, "target", **fields))
    expected = ("background", "implicit_target") if stays else ("background",)
    assert layer.statements[first.id].flags == expected


def test_a_new_actor_comes_in_the_same_step_before_its_use():
    marta = Actor("person:marta", "Marta", "person")
    step = decider().revise(ids()[0], "speaker", new_actors=[marta], speaker=Speaker(None, ("person:marta",)))
    assert step.edits[0].edit == PutActor(marta)
    assert isinstance(step.edits[1].edit, AddStatement)


def test_a_new_statement_is_by_hand_and_its_kind_is_read_from_the_marks():
    step, id = decider().new_statement(TEXT, [find("“Silence is no answer.”")])
    made = after(step).statements[id]
    assert (made.kind, made.decision, made.provenance.suggester) == (Kind.DIRECT, Decision.SUGGESTED, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“All of it.”", Kind.DIRECT),
        ("the “pieces” of it", Kind.MIXED),
        ("nothing isn’t marked", Kind.INDIRECT),
        ("'all of it'", Kind.INDIRECT),
        ("«Tout.»", Kind.DIRECT),
        ("”", Kind.MIXED),
    ],
)
def test_kind_of_marks(text, kind):
    assert kind_of(text, [Span(0, len(text))]) is kind


def filled_by_hand():
    step, id = decider().new_statement(TEXT, [find("it was watching the crossings")])
    return after(step), id


def suggestion():
    return suggested(
        ARTICLE,
        [find("it was watching the crossings")],
        speaker=Speaker(find("NATO"), ("org:NATO",)),
        targets=(Target("org:NEW", Role.OBJECT),),
        topics=("conflict.ceasefire",),
        act="assert",
        cue=find("said", after=TEXT.index("NATO")),
    )


def test_the_machine_fills_what_is_open_and_brings_its_actors():
    layer, id = filled_by_hand()
    new = Actor("org:NEW", "New", "org")
    step = decider(layer).fill(id, suggestion(), [new, ACTORS[0]])
    filled = after(step, layer).statements[id]
    assert filled.speaker.actors == ("org:NATO",)
    assert (filled.topics, filled.act) == (("conflict.ceasefire",), "assert")
    assert filled.provenance.changed == ()
    assert filled.provenance.reason("speaker").score == 0.9
    assert [p.edit.actor for p in step.edits if isinstance(p.edit, PutActor)] == [new]
    done = after(decider(after(step, layer)).confirm(id), after(step, layer))
    assert done.statements[id].decision is Decision.CONFIRMED


def test_the_machine_leaves_alone_what_a_person_has_set_meanwhile():
    layer, id = filled_by_hand()
    layer = after(decider(layer).revise(id, "speaker", speaker=Speaker(not_stated=True)), layer)
    layer = after(decider(layer).revise(id, "topic", no_topic=True), layer)
    filled = after(decider(layer).fill(id, suggestion()), layer).statements[id]
    assert filled.speaker == Speaker(not_stated=True)
    assert (filled.topics, filled.no_topic) == ((), True)
    assert filled.targets == suggestion().targets


def test_a_decided_or_vanished_statement_is_not_filled():
    layer, id = filled_by_hand()
    assert decider(after(decider(layer).confirm(id), layer)).fill(id, suggestion()) is None
    assert decider().fill(id, suggestion()) is None


def test_done_takes_over_the_entities_in_one_step():
    step = decider().done()
    layer = after(step)
    assert {m.decision for m in layer.mentions.values()} == {Decision.CONFIRMED}
    assert set(layer.mentions) == set(machine_layer().mentions)
    assert layer.state is State.DONE


def test_something_open_takes_a_done_article_up_again():
    layer = after(decider().done())
    step, _ = decider(layer).new_statement(TEXT, [find("reporters")])
    assert step.edits[-1].edit == SetState(State.DOING, None, "2")
    layer = replace(layer, statements={})
    step = decider(layer).put_entity(find("reporters"), "PERSON")
    assert after(step, layer).state is State.DONE


def test_nothing_here_rejects_what_is_left_and_not_relevant_leaves_it():
    layer = after(decider().outcome("nothing_here"))
    assert {s.decision for s in layer.statements.values()} == {Decision.REJECTED}
    layer = after(decider().outcome("not_relevant"))
    assert (layer.state, layer.outcome, dict(layer.statements)) == (State.DONE, "not_relevant", {})


def test_what_is_missing_is_said():
    assert len(decider().missing()) == 3


def test_flag_and_no_flag_twice():
    flagged = after(decider().set_state(State.FLAGGED))
    assert flagged.state is State.FLAGGED
    assert decider(flagged).set_state(State.FLAGGED) is None


def test_now_is_utc_with_z():
    assert now()[-1] == "Z"
    assert len(now()) == len(AT)
