"""Edits: the smallest changes to a layer or to what the project shares. Each is applied by one
function that also returns its inverse; the journal keeps them as plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Meta
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.statement import Mention, Statement


@dataclass(frozen=True)
class AddStatement:
    """Put a statement where none has its id."""

    statement: Statement


@dataclass(frozen=True)
class RemoveStatement:
    """Take a statement away; only as the inverse of adding, people reject."""

    id: str


@dataclass(frozen=True)
class ChangeStatement:
    """Set fields of a statement; `fields` are (name, value) pairs."""

    id: str
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class AddMention:
    """Put a mention where none has its id."""

    mention: Mention


@dataclass(frozen=True)
class RemoveMention:
    """Take a mention away; only as the inverse of adding, people reject."""

    id: str


@dataclass(frozen=True)
class ChangeMention:
    """Set fields of a mention; `fields` are (name, value) pairs."""

    id: str
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class SetState:
    """Where the annotator stands with the article, and what they say of the whole of it."""

    state: State
    outcome: str | None = None
    guideline: str | None = None


LayerEdit = (
    AddStatement | RemoveStatement | ChangeStatement | AddMention | RemoveMention | ChangeMention | SetState
)


@dataclass(frozen=True)
class PutActor:
    """Add an actor or replace the one of the same id; merging sets `merged_into`."""

    actor: Actor


@dataclass(frozen=True)
class RemoveActor:
    """Forget an actor; only as the inverse of adding one."""

    id: str


@dataclass(frozen=True)
class PutMeta:
    """Replace an article's metadata."""

    article: str
    meta: Meta


ProjectEdit = PutActor | RemoveActor | PutMeta
Edit = LayerEdit | ProjectEdit


@dataclass(frozen=True)
class Placed:
    """An edit and where it belongs: article, annotator and kind of a layer, or no article and
    annotator for the project's.
    """

    edit: Edit
    article: str | None = None
    annotator: str | None = None
    kind: LayerKind = LayerKind.HUMAN


@dataclass(frozen=True)
class Step:
    """What one key press or command does: undone and redone as a whole. `label` says it to people."""

    label: str
    edits: tuple[Placed, ...]


def apply(layer: Layer, edit: LayerEdit) -> tuple[Layer, LayerEdit]:
    """The layer after `edit`, and the edit that takes it back.

    Raises ValueError when the edit does not fit: an id taken, missing, or a field unknown.
    """
    match edit:
        case AddStatement(statement):
            return replace(layer, statements=_added(layer.statements, statement)), RemoveStatement(
                statement.id
            )
        case RemoveStatement(id):
            rest, gone = _removed(layer.statements, id)
            return replace(layer, statements=rest), AddStatement(gone)
        case ChangeStatement(id, fields):
            changed, before = _changed(layer.statements, id, fields)
            return replace(layer, statements=changed), ChangeStatement(id, before)
        case AddMention(mention):
            return replace(layer, mentions=_added(layer.mentions, mention)), RemoveMention(mention.id)
        case RemoveMention(id):
            rest, gone = _removed(layer.mentions, id)
            return replace(layer, mentions=rest), AddMention(gone)
        case ChangeMention(id, fields):
            changed, before = _changed(layer.mentions, id, fields)
            return replace(layer, mentions=changed), ChangeMention(id, before)
        case SetState(state, outcome, guideline):
            inverse = SetState(layer.state, layer.outcome, layer.guideline)
            return replace(layer, state=state, outcome=outcome, guideline=guideline), inverse
    raise ValueError(f"not an edit of a layer: {edit!r}")


def apply_to_actors(actors: Actors, edit: PutActor | RemoveActor) -> tuple[Actors, PutActor | RemoveActor]:
    """The actors after `edit`, and the edit that takes it back. Raises ValueError on an unknown id."""
    if isinstance(edit, PutActor):
        before = actors.get(edit.actor.id)
        return actors.with_(edit.actor), PutActor(before) if before else RemoveActor(edit.actor.id)
    gone = actors.get(edit.id)
    if gone is None:
        raise ValueError(f"no actor {edit.id}")
    return actors.without(edit.id), PutActor(gone)


def put_statement(layer: Layer, statement: Statement) -> LayerEdit | None:
    """The smallest edit after which `layer` holds `statement`; None when it already does.

    A suggestion that was touched for the first time is added to the person's layer.
    """
    before = layer.statements.get(statement.id)
    if before is None:
        return AddStatement(statement)
    fields = _difference(before, statement)
    return ChangeStatement(statement.id, fields) if fields else None


def put_mention(layer: Layer, mention: Mention) -> LayerEdit | None:
    """The smallest edit after which `layer` holds `mention`; None when it already does."""
    before = layer.mentions.get(mention.id)
    if before is None:
        return AddMention(mention)
    fields = _difference(before, mention)
    return ChangeMention(mention.id, fields) if fields else None


def _difference(before: Any, after: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((k, v) for k, v in vars(after).items() if getattr(before, k) != v)


def _added(items: Mapping[str, Any], item: Any) -> Mapping[str, Any]:
    if item.id in items:
        raise ValueError(f"{item.id} is already there")
    return MappingProxyType({**items, item.id: item})


def _removed(items: Mapping[str, Any], id: str) -> tuple[Mapping[str, Any], Any]:
    if id not in items:
        raise ValueError(f"{id} is not there")
    rest = dict(items)
    gone = rest.pop(id)
    return MappingProxyType(rest), gone


def _changed(
    items: Mapping[str, Any], id: str, fields: tuple[tuple[str, Any], ...]
) -> tuple[Mapping[str, Any], tuple[tuple[str, Any], ...]]:
    if id not in items:
        raise ValueError(f"{id} is not there")
    item = items[id]
    names = [k for k, _ in fields]
    if "id" in names or any(k not in vars(item) for k in names):
        raise ValueError(f"no such fields to change: {names}")
    before = tuple((k, getattr(item, k)) for k in names)
    return MappingProxyType({**items, id: replace(item, **dict(fields))}), before
