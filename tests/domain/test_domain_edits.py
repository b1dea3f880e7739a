from contextlib import suppress
from dataclasses import replace

import pytest
from domain_samples import edits, layers, mentions, statements, texts
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors
from annotator.domain.edits import (
    AddMention,
    AddStatement,
    ChangeMention,
    ChangeStatement,
    PutActor,
    RemoveActor,
    RemoveMention,
    RemoveStatement,
    apply,
    apply_to_actors,
    put_mention,
    put_statement,
)
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Statement

STATEMENT = Statement("s", (Span(0, 3),), Kind.DIRECT)
MENTION = Mention("m", Span(0, 3), "GPE")


@st.composite
def layer_and_edits(draw, **sizes):
    text = draw(texts)
    return draw(layers(text)), draw(st.lists(edits(text), **sizes))


@given(layer_and_edits(min_size=1, max_size=1))
def test_an_edit_and_its_inverse_change_nothing(case):
    layer, [edit] = case
    try:
        after, inverse = apply(layer, edit)
    except ValueError:
        return
    back, again = apply(after, inverse)
    assert back == layer
    assert apply(back, again)[0] == after


@given(layer_and_edits(max_size=12))
def test_random_edits_undone_return_to_the_start(case):
    start, some = case
    layer, inverses = start, []
    for edit in some:
        try:
            layer, inverse = apply(layer, edit)
        except ValueError:
            continue
        inverses.append(inverse)
    for inverse in reversed(inverses):
        layer, _ = apply(layer, inverse)
    assert layer == start


@given(st.data())
def test_an_edit_never_changes_the_layer_it_is_given(data):
    text = data.draw(texts)
    layer = data.draw(layers(text))
    kept = replace(layer, mentions=dict(layer.mentions), statements=dict(layer.statements))
    with suppress(ValueError):
        apply(layer, data.draw(edits(text)))
    assert dict(layer.statements) == kept.statements
    assert dict(layer.mentions) == kept.mentions


@given(st.data())
def test_putting_is_the_smallest_edit(data):
    text = data.draw(texts)
    layer, statement = data.draw(layers(text)), data.draw(statements(text))
    mention = data.draw(mentions(text))
    edit = put_statement(layer, statement)
    after = apply(layer, edit)[0] if edit else layer
    assert after.statements[statement.id] == statement
    assert put_statement(after, statement) is None
    edit = put_mention(layer, mention)
    after = apply(layer, edit)[0] if edit else layer
    assert after.mentions[mention.id] == mention
    assert put_mention(after, mention) is None


def test_putting_a_change_names_only_what_differs():
    layer = Layer("a", "ann", statements={"s": STATEMENT}, mentions={"m": MENTION})
    assert put_statement(layer, replace(STATEMENT, act="warn")) == ChangeStatement("s", (("act", "warn"),))
    assert put_mention(layer, replace(MENTION, label="ORG")) == ChangeMention("m", (("label", "ORG"),))


@pytest.mark.parametrize(
    "edit",
    [
        AddStatement(STATEMENT),
        RemoveStatement("x"),
        ChangeStatement("x", (("act", None),)),
        ChangeStatement("s", (("id", "t"),)),
        ChangeStatement("s", (("colour", "red"),)),
        AddMention(MENTION),
        RemoveMention("x"),
        ChangeMention("x", (("label", "ORG"),)),
        ChangeMention("m", (("id", "n"),)),
        PutActor(Actor("state:CN", "China", "state")),
    ],
    ids=str,
)
def test_an_edit_that_does_not_fit_is_refused(edit):
    layer = Layer("a", "ann", statements={"s": STATEMENT}, mentions={"m": MENTION})
    with pytest.raises(ValueError, match=r"already there|is not there|no such field|not an edit of a layer"):
        apply(layer, edit)


def test_edits_of_actors_have_inverses():
    china = Actor("state:CN", "China", "state")
    known, inverse = apply_to_actors(Actors(), PutActor(china))
    assert inverse == RemoveActor("state:CN")
    renamed, back = apply_to_actors(known, PutActor(replace(china, name="PRC")))
    assert renamed.name("state:CN") == "PRC"
    assert apply_to_actors(renamed, back)[0].name("state:CN") == "China"
    gone, back = apply_to_actors(known, RemoveActor("state:CN"))
    assert "state:CN" not in gone
    assert back == PutActor(china)
    with pytest.raises(ValueError, match="no actor"):
        apply_to_actors(gone, RemoveActor("state:CN"))
