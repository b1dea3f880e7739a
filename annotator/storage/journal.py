"""The journal: every edit with its inverse, written in the transaction of the rows it changes, and
undo read back from it. It is only ever added to: undoing adds the inverses as a step of its own.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from annotator.domain.edit_record import edit_from_dict, edit_to_dict
from annotator.domain.edits import (
    AddMention,
    AddStatement,
    ChangeMention,
    ChangeStatement,
    Edit,
    LayerEdit,
    Placed,
    PutActor,
    PutMeta,
    RemoveActor,
    RemoveMention,
    RemoveStatement,
    SetState,
    Step,
    apply,
)
from annotator.domain.ids import fresh_id
from annotator.domain.layer import Layer, LayerKind, State
from annotator.storage import actors, articles, counts, layers, writing
from annotator.storage.clock import now
from annotator.storage.counts import Recount
from annotator.storage.layers import Stored

How = Literal["do", "undo", "redo", "import"]
Texts = Callable[[str], str]  # article id -> text; KeyError when unknown

_JOURNAL = (
    "INSERT INTO edit (step, n, how, of_step, at, annotator, label, article, layer_annotator, layer_kind, "
    "edit, inverse) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class JournalEntry:
    """A step as the history shows it; `undone` when it does not hold at present. `statement` is the
    id of the first statement that it touched, if any.
    """

    seq: int
    at: str
    annotator: str
    label: str
    articles: tuple[str, ...]
    undone: bool
    statement: str | None = None


def write(
    conn: sqlite3.Connection,
    step: Step,
    texts: Texts,
    *,
    by: str,
    how: How = "do",
    of_step: str | None = None,
) -> None:
    """Change the rows and journal it; the transaction is the caller's. `of_step` is the step that an
    undo takes back or a redo does again, and for a `do` the one it belongs to when undone.

    Raises ValueError when an edit does not fit, by then the caller has to roll back.
    """
    if not step.edits:
        return
    writing.add_annotator(conn, by)
    id, at = fresh_id("e"), now()
    perform = _Performer(conn, texts, by)
    for n, placed in enumerate(step.edits):
        placed = perform.addressed(placed)
        text = texts(placed.article) if placed.annotator and placed.article else ""
        edit = _dumps(edit_to_dict(placed.edit, text))
        inverse = _dumps(edit_to_dict(perform.change(placed, text), text))
        kind = placed.kind.value if placed.annotator else None
        place = (placed.article, placed.annotator, kind)
        conn.execute(_JOURNAL, (id, n, how, of_step, at, by, step.label, *place, edit, inverse))


class _Performer:
    """Changes rows edit by edit; remembers the layers that one step meets again and again."""

    def __init__(self, conn: sqlite3.Connection, texts: Texts, by: str) -> None:
        self._conn = conn
        self._texts = texts
        self._by = by
        self._met: dict[tuple[str, str, LayerKind], tuple[Stored, Recount]] = {}

    def addressed(self, placed: Placed) -> Placed:
        """With article and annotator as the journal keeps them; ValueError when the article is unknown."""
        edit = placed.edit
        if isinstance(edit, PutActor | RemoveActor):
            return replace(placed, article=None, annotator=None)
        article = edit.article if isinstance(edit, PutMeta) else placed.article
        try:
            self._texts(article or "")
        except KeyError:
            raise ValueError(f"no article {article}") from None
        annotator = None if isinstance(edit, PutMeta) else placed.annotator or self._by
        return replace(placed, article=article, annotator=annotator)

    def change(self, placed: Placed, text: str) -> Edit:
        """Apply the edit to the rows; the inverse."""
        edit = placed.edit
        if isinstance(edit, PutActor | RemoveActor):
            return actors.change(self._conn, edit)
        if isinstance(edit, PutMeta):
            return articles.change_meta(self._conn, edit)
        stored, recount = self._layer(placed)
        if isinstance(edit, SetState):
            return self._set_state(placed, stored, recount, edit)
        if isinstance(edit, AddMention | ChangeMention | RemoveMention):
            return self._change_mention(stored, edit, text)
        return self._change_statement(stored, recount, edit, text)

    def _layer(self, placed: Placed) -> tuple[Stored, Recount]:
        article, annotator = placed.article or "", placed.annotator or ""
        key = (article, annotator, placed.kind)
        if key not in self._met:
            if placed.kind is LayerKind.MACHINE:
                raise ValueError("the machine's layer is replaced, not edited")
            stored = layers.find(self._conn, article, placed.kind, annotator)
            if stored is None:
                human = placed.kind is LayerKind.HUMAN
                seen = counts.suggested(self._conn, article) if human else counts.NONE
                stored = writing.add_layer(self._conn, article, annotator, placed.kind, seen=seen)
            self._met[key] = stored, Recount(self._conn, stored)
        return self._met[key]

    def _set_state(self, placed: Placed, stored: Stored, recount: Recount, edit: SetState) -> LayerEdit:
        writing.put_state(self._conn, stored.id, edit)
        after = stored._replace(state=edit.state.value, outcome=edit.outcome, guideline=edit.guideline)
        self._met[stored.article, stored.annotator, placed.kind] = after, recount
        return SetState(State(stored.state), stored.outcome, stored.guideline)

    def _change_mention(
        self, stored: Stored, edit: AddMention | ChangeMention | RemoveMention, text: str
    ) -> LayerEdit:
        id = edit.mention.id if isinstance(edit, AddMention) else edit.id
        before = layers.mention(self._conn, stored.id, id)
        part = Layer("", "", mentions=MappingProxyType({id: before} if before else {}))
        changed, inverse = apply(part, edit)
        after = changed.mentions.get(id)
        if after:
            writing.put_mention(self._conn, stored.id, after, text)
        else:
            writing.remove_mention(self._conn, stored.id, id)
        return inverse

    def _change_statement(
        self,
        stored: Stored,
        recount: Recount,
        edit: AddStatement | ChangeStatement | RemoveStatement,
        text: str,
    ) -> LayerEdit:
        id = edit.statement.id if isinstance(edit, AddStatement) else edit.id
        before = layers.statement(self._conn, stored.id, id)
        part = Layer("", "", statements=MappingProxyType({id: before} if before else {}))
        changed, inverse = apply(part, edit)
        after = changed.statements.get(id)
        moved = before is None or after is None or before.spans != after.spans
        shown_before = recount.shown(id, before, after) if moved else counts.NONE
        if after:
            writing.put_statement(self._conn, stored.id, before, after, text)
        else:
            writing.remove_statement(self._conn, stored.id, id)
        shown = recount.shown(id, before, after) if moved else counts.NONE
        recount.add(shown.less(shown_before), counts.of([after]).less(counts.of([before])))
        return inverse


def import_layer(conn: sqlite3.Connection, layer: Layer, texts: Texts, *, by: str) -> None:
    """Write a whole layer into an empty one and journal it as one step that undo passes over."""
    edits: list[LayerEdit] = [
        *map(AddMention, layer.mentions.values()),
        *map(AddStatement, layer.statements.values()),
    ]
    if (state := state_of(layer)) != SetState(State.TODO):
        edits.append(state)
    placed = tuple(Placed(edit, layer.article, layer.annotator, layer.kind) for edit in edits)
    write(conn, Step("Import of decisions", placed), texts, by=by, how="import")


def state_of(layer: Layer) -> SetState:
    """The edit that brings another layer to where `layer` stands."""
    return SetState(layer.state, layer.outcome, layer.guideline)


class UndoStack:
    """What one annotator can undo and redo, read from the journal and kept up with it."""

    def __init__(self) -> None:
        self._annotator = ""
        self._read_to = 0
        # A step and the step that applied it last: itself or its latest redo (undo).
        self.done: list[tuple[str, str]] = []
        self.undone: list[tuple[str, str]] = []
        self._joined: dict[str, str] = {}

    def together(self, step: str, other: str) -> bool:
        """True when one of two steps was done as part of the other."""
        return self._joined.get(step) == other or self._joined.get(other) == step

    def forget(self) -> None:
        """Start anew: something that was read was rolled back."""
        self.__init__()  # type: ignore[misc]

    def read_on(self, conn: sqlite3.Connection, annotator: str) -> None:
        """Take in what the journal has gained."""
        if annotator != self._annotator:
            self.forget()
            self._annotator = annotator
        sql = (
            "SELECT seq, step, how, of_step FROM edit WHERE annotator = ? AND n = 0 AND seq > ? ORDER BY seq"
        )
        for seq, step, how, of_step in conn.execute(sql, (annotator, self._read_to)):
            self._read_to = seq
            if how == "undo":
                self._move(self.done, self.undone, of_step, step)
            elif how == "redo":
                self._move(self.undone, self.done, of_step, step)
            else:
                self.undone.clear()
                if how == "do":
                    if of_step:
                        self._joined[step] = of_step
                    self.done.append((step, step))

    @staticmethod
    def _move(source: list[tuple[str, str]], to: list[tuple[str, str]], step: str, by: str) -> None:
        if source and source[-1][0] == step:
            source.pop()
        to.append((step, by))


def inverse_of(conn: sqlite3.Connection, step: str, texts: Texts) -> Step:
    """The step that takes a journalled step back. An actor that somebody else's work uses by now stays."""
    sql = (
        "SELECT label, annotator, article, layer_annotator, layer_kind, inverse "
        "FROM edit WHERE step = ? ORDER BY n DESC"
    )
    found = conn.execute(sql, (step,)).fetchall()
    taken_back = (_placed(place, inverse, texts) for _, _, *place, inverse in found)
    return Step(found[0][0], tuple(_kept_if_used(conn, placed, found[0][1]) for placed in taken_back))


def _kept_if_used(conn: sqlite3.Connection, placed: Placed, by: str) -> Placed:
    if not isinstance(placed.edit, RemoveActor):
        return placed
    actor = actors.used_by_others(conn, placed.edit.id, by)
    return replace(placed, edit=PutActor(actor)) if actor else placed


def replay(conn: sqlite3.Connection, layer: Layer, texts: Texts) -> Layer:
    """What the journal alone says that `layer` holds."""
    empty = Layer(layer.article, layer.annotator, layer.kind)
    sql = (
        "SELECT article, layer_annotator, layer_kind, edit FROM edit "
        "WHERE article = ? AND layer_annotator = ? AND layer_kind = ? ORDER BY seq"
    )
    for *place, edit in conn.execute(sql, (layer.article, layer.annotator, layer.kind.value)):
        change: Any = _placed(place, edit, texts).edit
        empty, _ = apply(empty, change)
    return empty


def project_edits(conn: sqlite3.Connection) -> Iterator[Edit]:
    """Edits of what the project shares, oldest first."""
    for (edit,) in conn.execute("SELECT edit FROM edit WHERE layer_annotator IS NULL ORDER BY seq"):
        yield edit_from_dict(json.loads(edit), "")


def history(conn: sqlite3.Connection, limit: int) -> list[JournalEntry]:
    """The latest steps, newest first; undoing shows in the step that was undone."""
    sql = """
        SELECT seq, step, at, annotator, label,
            (SELECT json_group_array(DISTINCT article) FROM edit a
             WHERE a.step = edit.step AND a.article IS NOT NULL),
            (SELECT how FROM edit later WHERE later.of_step = edit.step ORDER BY later.seq DESC LIMIT 1),
            (SELECT COALESCE(json_extract(b.edit, '$.statement.id'), json_extract(b.edit, '$.id'))
             FROM edit b WHERE b.step = edit.step AND b.n < 4
             AND json_extract(b.edit, '$.do') LIKE '%statement' ORDER BY b.n LIMIT 1)
        FROM edit WHERE n = 0 AND how IN ('do', 'import') ORDER BY seq DESC LIMIT ?
    """
    return [
        JournalEntry(seq, at, annotator, label, tuple(json.loads(found)), last == "undo", statement)
        for seq, _, at, annotator, label, found, last, statement in conn.execute(sql, (limit,))
    ]


def _placed(place: Sequence[Any], edit: str, texts: Texts) -> Placed:
    article, annotator, kind = place
    change = edit_from_dict(json.loads(edit), texts(article) if annotator else "")
    return Placed(change, article, annotator, LayerKind(kind) if kind else LayerKind.HUMAN)


def _dumps(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
