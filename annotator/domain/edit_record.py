"""Edits as plain JSON values and back, side by side; offsets are checked against the text both ways,
with the same codec that records use.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.domain.actors import Actor
from annotator.domain.edits import (
    AddMention,
    AddStatement,
    ChangeMention,
    ChangeStatement,
    Edit,
    PutActor,
    PutMeta,
    RemoveActor,
    RemoveMention,
    RemoveStatement,
    SetState,
)
from annotator.domain.layer import State
from annotator.domain.record import (
    mention_from_dict,
    mention_to_dict,
    meta_from_dict,
    meta_to_dict,
    span_to_dict,
    statement_from_dict,
    statement_to_dict,
)
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Statement

_SOME_SPAN = Span(0, 1)
_SOME_STATEMENT = Statement("-", (_SOME_SPAN,), Kind.INDIRECT)
_SOME_MENTION = Mention("-", _SOME_SPAN, "-")


def edit_to_dict(edit: Edit, text: str) -> dict[str, Any]:
    """Plain values under `do`, the edit's name. `text` is the article's, "" for the project's edits.

    Raises ValueError when a span does not lie in the text or a field holds a value of a wrong kind.
    """
    try:
        return _to_dict(edit, text)
    except (AttributeError, TypeError) as e:
        raise ValueError(f"not an edit that can be kept: {e}") from None


def edit_from_dict(data: Mapping[str, Any], text: str) -> Edit:
    """Inverse of `edit_to_dict`.

    Raises ValueError when a part is missing, of a wrong kind, or a span's words are not the text's.
    """
    try:
        return _from_dict(data, text)
    except (AttributeError, KeyError, TypeError) as e:
        raise ValueError(f"not of the shape of an edit: {e!r}") from None


def _to_dict(edit: Edit, text: str) -> dict[str, Any]:
    match edit:
        case AddStatement(statement):
            return {"do": "add_statement", "statement": statement_to_dict(statement, text)}
        case RemoveStatement(id):
            return {"do": "remove_statement", "id": id}
        case ChangeStatement(id, fields):
            return {"do": "change_statement", "id": id, "fields": _statement_fields_to_dict(fields, text)}
        case AddMention(mention):
            return {"do": "add_mention", "mention": mention_to_dict(mention, text)}
        case RemoveMention(id):
            return {"do": "remove_mention", "id": id}
        case ChangeMention(id, fields):
            return {"do": "change_mention", "id": id, "fields": _mention_fields_to_dict(fields, text)}
        case SetState(state, outcome, guideline):
            return {"do": "set_state", "state": state.value, "outcome": outcome, "guideline": guideline}
        case PutActor(actor):
            return {"do": "put_actor", "actor": dict(vars(actor))}
        case RemoveActor(id):
            return {"do": "remove_actor", "id": id}
        case PutMeta(article, meta):
            return {"do": "put_meta", "article": article, "meta": meta_to_dict(meta)}


def _from_dict(d: Mapping[str, Any], text: str) -> Edit:
    match d["do"]:
        case "add_statement":
            return AddStatement(statement_from_dict(d["statement"], text))
        case "remove_statement":
            return RemoveStatement(d["id"])
        case "change_statement":
            return ChangeStatement(d["id"], _statement_fields_from_dict(d["fields"], text))
        case "add_mention":
            return AddMention(mention_from_dict(d["mention"], text))
        case "remove_mention":
            return RemoveMention(d["id"])
        case "change_mention":
            return ChangeMention(d["id"], _mention_fields_from_dict(d["fields"], text))
        case "set_state":
            return SetState(State(d["state"]), d.get("outcome"), d.get("guideline"))
        case "put_actor":
            return PutActor(Actor(**d["actor"]))
        case "remove_actor":
            return RemoveActor(d["id"])
        case "put_meta":
            return PutMeta(d["article"], meta_from_dict(d["meta"]))
    raise ValueError(f"no edit is called {d['do']!r}")


# A field is written by putting it into some statement, writing that, and keeping the field's key:
# so records and journal cannot drift apart.


def _statement_fields_to_dict(fields: tuple[tuple[str, Any], ...], text: str) -> dict[str, Any]:
    whole = statement_to_dict(replace(_SOME_STATEMENT, **dict(fields)), text)
    return {name: whole[name] for name, _ in fields}


def _statement_fields_from_dict(fields: Mapping[str, Any], text: str) -> tuple[tuple[str, Any], ...]:
    whole = statement_from_dict({**statement_to_dict(_SOME_STATEMENT, text), **fields}, text)
    return tuple((name, getattr(whole, name)) for name in fields)


def _mention_fields_to_dict(fields: tuple[tuple[str, Any], ...], text: str) -> dict[str, Any]:
    mention = replace(_SOME_MENTION, **dict(fields))
    whole = {**mention_to_dict(mention, text), "span": span_to_dict(mention.span, text)}
    return {name: whole[name] for name, _ in fields}


def _mention_fields_from_dict(fields: Mapping[str, Any], text: str) -> tuple[tuple[str, Any], ...]:
    given = {**fields, **fields.get("span", {})}
    whole = mention_from_dict({**mention_to_dict(_SOME_MENTION, text), **given}, text)
    return tuple((name, getattr(whole, name)) for name in fields)
