import json

import pytest
from domain_samples import edits, metas, texts
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.actors import Actor
from annotator.domain.edit_record import edit_from_dict, edit_to_dict
from annotator.domain.edits import (
    AddStatement,
    ChangeMention,
    ChangeStatement,
    PutActor,
    PutMeta,
    RemoveActor,
    SetState,
)
from annotator.domain.layer import State
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Statement

TEXT = "Qin said no."
STATEMENT = Statement("s", (Span(9, 11),), Kind.INDIRECT)


def through_json(edit, text):
    return edit_from_dict(json.loads(json.dumps(edit_to_dict(edit, text), allow_nan=False)), text)


@given(st.data())
def test_any_edit_comes_back_from_json(data):
    text = data.draw(texts)
    edit = data.draw(edits(text))
    assert through_json(edit, text) == edit


@given(metas)
def test_edits_of_the_project_come_back_from_json(meta):
    for edit in (
        PutMeta("a", meta),
        PutActor(Actor("person:qin", "Qin", "person", "state:CN", merged_into="person:qin-gang")),
        RemoveActor("person:qin"),
    ):
        assert through_json(edit, "") == edit


def test_the_journal_reads_like_a_record():
    edit = ChangeMention("m", (("span", Span(0, 3)), ("label", "PERSON")))
    assert edit_to_dict(edit, TEXT) == {
        "do": "change_mention",
        "id": "m",
        "fields": {"span": {"start": 0, "end": 3, "text": "Qin"}, "label": "PERSON"},
    }
    assert edit_to_dict(SetState(State.DONE), TEXT)["state"] == "done"


@pytest.mark.parametrize(
    "edit",
    [
        AddStatement(Statement("s", (Span(9, 99),), Kind.INDIRECT)),
        ChangeStatement("s", (("cue", Span(50, 51)),)),
        ChangeStatement("s", (("kind", "direct"),)),
        ChangeStatement("s", (("colour", "red"),)),
        ChangeMention("m", (("span", None),)),
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_refused(edit):
    with pytest.raises(ValueError):
        edit_to_dict(edit, TEXT)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "dance"},
        {"do": "remove_statement"},
        {"do": "set_state", "state": "asleep"},
        {"do": "put_actor", "actor": {"colour": "red"}},
        {"do": "change_mention", "id": "m", "fields": {"span": {"start": 0, "end": 3, "text": "Wang"}}},
        {"do": "change_statement", "id": "s", "fields": {"spans": 3}},
        [],
    ],
    ids=str,
)
def test_a_damaged_journal_is_noticed(data):
    with pytest.raises(ValueError):
        edit_from_dict(data, TEXT)
