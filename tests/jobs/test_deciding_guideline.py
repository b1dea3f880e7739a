"""Each decision notes the version of the scheme it was made under."""

from window_samples import ACTORS, ARTICLE, find, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.edits import AddMention, AddStatement
from annotator.domain.layer import Layer, view
from annotator.jobs.deciding import Decider


def decider(guideline):
    human = Layer(ARTICLE.id, "anna")
    return Decider(human, view(human, machine_layer()), Actors(ACTORS), guideline, "2026-03-10T08:00:00Z")


def noted(step):
    items = [
        p.edit.statement if isinstance(p.edit, AddStatement) else p.edit.mention
        for p in step.edits
        if isinstance(p.edit, AddStatement | AddMention)
    ]
    assert items
    return {item.provenance.guideline for item in items}


def test_every_way_to_decide_notes_the_version():
    decide = decider("7")
    first = decide.shown.ordered_statements()[0].id
    mention = decide.shown.ordered_mentions()[0].id
    steps = [
        decide.confirm(first),
        decide.reject(first),
        decide.reject_entity(mention),
        decide.put_entity(find("Talks"), "EVENT"),
        decide.outcome("nothing_here"),
        decide.done(),
    ]
    assert [noted(step) for step in steps] == [{"7"}] * len(steps)


def test_without_a_version_nothing_is_noted():
    decide = decider(None)
    assert noted(decide.confirm(decide.shown.ordered_statements()[0].id)) == {None}
