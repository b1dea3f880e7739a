from dataclasses import replace

import pytest

from annotator import paths
from annotator.domain.layer import Layer
from annotator.domain.rules import inconsistent, unfinished
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Mention, Role, Speaker, Statement, Target

SCHEME = LabelScheme.from_toml((paths.resources() / "scheme" / "diplomacy.toml").read_text("utf-8"))
TEXT = "Qin said no."
WHOLE = Statement(
    "s",
    (Span(9, 11),),
    Kind.INDIRECT,
    speaker=Speaker(Span(0, 3)),
    targets=(Target("state:JP", Role.BOTH),),
    topics=("territory.taiwan",),
    act="warn",
    decision=Decision.CONFIRMED,
)


def problems(find, *items, **fields):
    statement = replace(WHOLE, **fields)
    layer = Layer("a", "ann", statements={"s": statement}, mentions={m.id: m for m in items})
    found = find(layer) if find is unfinished else find(layer, TEXT, SCHEME)
    return [p.message for p in found]


def test_a_whole_statement_has_no_problem():
    assert problems(unfinished) == problems(inconsistent) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"decision": Decision.SUGGESTED}, "Statement 1 is not decided"),
        ({"topics": ()}, "Statement 1 still needs a topic (or an explicit none)"),
        (
            {"speaker": Speaker(), "targets": ()},
            "Statement 1 still needs a speaker, a target (or an explicit none)",
        ),
    ],
)
def test_what_keeps_an_article_from_being_done(fields, message):
    assert problems(unfinished, **fields) == [message]
    assert problems(unfinished, **{**fields, "decision": Decision.REJECTED}) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"cue": Span(10, 13)}, "A span reaches past the text"),
        ({"targets": (Target("state:JP", span=Span(12, 13)),)}, "A span reaches past the text"),
        ({"spans": (Span(0, 4), Span(3, 6))}, "Two content spans overlap"),
        ({"speaker": Speaker(Span(0, 3), not_stated=True)}, "The speaker is given and said to be not stated"),
        ({"no_target": True}, "There is a target and an explicit none"),
        ({"targets": (Target(),)}, "A target has neither words nor an actor"),
        ({"no_topic": True}, "There is a topic and an explicit none"),
        ({"topics": ("territory.taiwan",) * 2}, "Up to 3 different topics fit"),
        ({"topics": tuple(list(SCHEME.topics)[:4])}, "Up to 3 different topics fit"),
        ({"topics": ("old.topic",)}, "The scheme has no topic old.topic"),
        ({"act": "shout"}, "The scheme has no act shout"),
    ],
)
def test_contradictions_are_named(fields, message):
    assert problems(inconsistent, **fields) == [message]


@pytest.mark.parametrize(
    ("span", "label", "message"),
    [(Span(0, 99), "GPE", "A mention reaches past the text"), (Span(0, 3), "X", "The scheme has no label X")],
)
def test_wrong_mentions_are_named(span, label, message):
    assert problems(inconsistent, Mention("m", span, label)) == [message]
