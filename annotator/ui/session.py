"""The session: the open article's snapshot, the focused statement, and the way every verb takes:
build a step, save it, say what changed. It knows no widgets, and widgets change data only here.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article
from annotator.domain.edits import (
    AddStatement,
    ChangeStatement,
    Placed,
    PutActor,
    PutMeta,
    RemoveActor,
    RemoveStatement,
    Step,
    apply,
    apply_to_actors,
)
from annotator.domain.layer import LayerKind, State
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import Statement
from annotator.errors import AnnotatorError
from annotator.jobs.flow import FlowDecider
from annotator.storage.project import Project
from annotator.ui.snapshot import Snapshot

LONGEST_SECONDS = 600.0  # a longer look at one statement was a break, not work
TO_LOOK = 0.5  # seconds; who presses a key sooner has not seen what arrived


@dataclass(frozen=True)
class ChangeSet:
    """What views have to refresh. `opened` means another article, so everything."""

    opened: bool = False
    statements: bool = False
    mentions: bool = False
    focus: bool = False
    state: bool = False
    actors: bool = False
    meta: bool = False


EVERYTHING = ChangeSet(*[True] * 7)


@dataclass(frozen=True)
class LastValue:
    """A role as it was set last: in which article, `what` for people, the fields of the statement."""

    article: str
    what: str
    fields: dict[str, Any]


class Session(QObject):
    """One person's work on one project. `changed` carries a ChangeSet, `said` a note for the
    footer, `save_failed` why nothing was kept of the last verb.
    """

    changed = Signal(object)
    said = Signal(str)
    save_failed = Signal(str)
    saved = Signal(object)  # domain.edits.Step
    waiting_changed = Signal()  # other statements wait for the machine now

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.actors: Actors = project.actors()
        self.scheme: LabelScheme = project.scheme
        self.snapshot: Snapshot | None = None
        self.focus: str | None = None
        self.last_value: LastValue | None = None
        self.clock = time.monotonic
        self.waiting: frozenset[str] = frozenset()  # statements whose roles the machine is reading
        self._filled_last: tuple[str, float] | None = None  # a statement, and when
        self._just_added: str | None = None  # the statement made by hand in the last step
        self._focused_at = time.monotonic()
        self._actors_came = False  # with suggestions for articles that are not open

    # -- the open article

    @property
    def text(self) -> str:
        """The open article's stored text, empty when none is open."""
        return self.snapshot.article.text if self.snapshot else ""

    @property
    def read_only(self) -> bool:
        """True when nothing can be changed: another window holds the project."""
        return self.project.read_only

    def open(self, article_id: str, focus: str | None = None) -> bool:
        """Show an article; the first undecided statement gets the focus unless one is named."""
        try:
            if self._actors_came:
                self.actors, self._actors_came = self.project.actors(), False
            self.snapshot = self._read(article_id)
        except (AnnotatorError, KeyError) as e:
            self.said.emit(f"The article cannot be shown: {e}")
            return False
        self.focus = focus if focus in self.snapshot.numbers else self._first_to_do()
        self._focused_at = time.monotonic()
        self.changed.emit(EVERYTHING)
        return True

    def machine_spoke(self, article_id: str) -> None:
        """Suggestions of an article were renewed: show them if it is the open one."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.article.id != article_id:
            self._actors_came = True
            return
        self.actors = self.project.actors()
        machine = self.project.machine_layer(article_id)
        self.snapshot = Snapshot(snapshot.article, snapshot.human, machine)
        if self.focus not in self.snapshot.numbers:
            self.focus = self._first_to_do()
        self.changed.emit(ChangeSet(statements=True, mentions=True, focus=True, actors=True))

    def reload(self) -> None:
        """The project was changed beside the session: read scheme, actors and article anew."""
        self._just_added = None
        self.scheme, self.actors = self.project.scheme, self.project.actors()
        if self.snapshot is not None:
            self.open(self.snapshot.article.id, self.focus)

    def reload_actors(self) -> None:
        """The project's actors were changed by someone else."""
        self.actors = self.project.actors()
        self.changed.emit(ChangeSet(statements=True, actors=True))

    # -- focus

    @property
    def focused(self) -> Statement | None:
        """The statement the card shows."""
        if self.snapshot is None or self.focus is None:
            return None
        return self.snapshot.shown.statements.get(self.focus)

    def focus_on(self, statement_id: str | None) -> None:
        """Give a statement the focus; seconds of work are counted from here."""
        if statement_id == self.focus:
            return
        self.focus = statement_id
        self._focused_at = time.monotonic()
        self.changed.emit(ChangeSet(focus=True))

    def step_focus(self, by: int) -> None:
        """Move the focus `by` statements in reading order; stops at the ends."""
        if self.snapshot is None or not self.snapshot.statements:
            return
        at = self.snapshot.numbers.get(self.focus or "", 0) - 1
        last = len(self.snapshot.statements) - 1
        target = 0 if at < 0 else min(max(at + by, 0), last)
        self.focus_on(self.snapshot.statements[target].id)

    def focus_undecided(self) -> bool:
        """Focus the next undecided statement, from the top again after the last; False = none left."""
        if self.snapshot is None:
            return False
        at = self.snapshot.numbers.get(self.focus or "", 0)
        order = self.snapshot.statements[at:] + self.snapshot.statements[:at]
        for statement in order:
            if not statement.decided:
                self.focus_on(statement.id)
                return True
        return False

    def _first_to_do(self) -> str | None:
        statements = self.snapshot.statements if self.snapshot else []
        first = next((s for s in statements if not s.decided), statements[0] if statements else None)
        return first.id if first else None

    # -- verbs

    def decide(self, build: Callable[[FlowDecider], Step | None], focus: str | None = None) -> bool:
        """Do the step that `build` makes of the present snapshot; False when nothing was done."""
        if self.snapshot is None:
            return False
        step = build(self.decider)
        return step is not None and self.do(step, focus)

    def do(self, step: Step, focus: str | None = None) -> bool:
        """Save a step, then show it. When it cannot be saved everything stays as it was."""
        try:
            self.save(step, focus)
        except AnnotatorError as e:
            self.save_failed.emit(str(e))
            return False
        return True

    def save(self, step: Step, focus: str | None = None, *, joined: bool = False) -> None:
        """Like `do`, for dialogs that say themselves why it failed: raises AnnotatorError. `joined`:
        it is undone together with the step before.
        """
        self.project.do(step, joined=joined)
        self._just_added = None
        self._show(step, focus)
        self.saved.emit(step)

    def saved_beside(self, step: Step) -> None:
        """A job has saved a step: show it."""
        self.reload()
        self.saved.emit(step)

    def undo(self) -> None:
        """Take this annotator's last step back, in whichever article it was."""
        self._retrace(self.project.undo, "Undone", "Nothing to undo")

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._retrace(self.project.redo, "Done again", "Nothing to do again")

    def seconds(self) -> float:
        """How long the focused statement has been looked at."""
        return round(min(time.monotonic() - self._focused_at, LONGEST_SECONDS), 1)

    def new_statement(self, spans: Iterable[Span]) -> str | None:
        """A statement by hand, focused; its id, or None when it could not be saved."""
        if self.snapshot is None:
            return None
        step, id = self.decider.new_statement(self.text, spans)
        if not self.do(step, focus=id):
            return None
        self._just_added = id
        return id

    def fill(self, id: str, suggestion: Statement, actors: Iterable[Actor] = ()) -> None:
        """The machine's answer for a statement made by hand: part of the step that made it, unless
        something else was done since.
        """
        self.stop_waiting(id)
        step = self.decider.fill(id, suggestion, actors) if self.snapshot else None
        if step is None:
            return
        try:
            self.save(step, joined=id == self._just_added)
        except AnnotatorError as e:
            self.save_failed.emit(str(e))
        else:
            self._filled_last = (id, self.clock())

    def wait_for(self, id: str) -> None:
        """The machine was asked for the roles of a statement."""
        self.waiting |= {id}
        self.waiting_changed.emit()

    def stop_waiting(self, *ids: str) -> None:
        """The machine has answered for these statements, or will not."""
        if self.waiting & set(ids):
            self.waiting -= set(ids)
            self.waiting_changed.emit()

    def just_filled(self, id: str) -> bool:
        """True while nobody can have seen yet what the machine says of a statement."""
        last, at = self._filled_last or ("", 0.0)
        return last == id and self.clock() - at < TO_LOOK

    @property
    def decider(self) -> FlowDecider:
        """What the verbs mean for the open article as it stands; there must be one."""
        snapshot = self.snapshot
        assert snapshot is not None  # noqa: S101  # verbs say what they need
        return FlowDecider(
            snapshot.human, snapshot.shown, self.actors, self.scheme.version, numbers=snapshot.numbers
        )

    # -- after a step

    def _retrace(self, go: Callable[[], Step | None], word: str, nothing: str) -> None:
        try:
            step = go()
        except AnnotatorError as e:
            self.save_failed.emit(str(e))
            return
        self._just_added = None
        if step is None:
            self.said.emit(nothing)
            return
        self._show(step, _statement_of(step))
        self.saved.emit(step)
        self.said.emit(f"{word}: {step.label}")

    def _show(self, step: Step, focus: str | None) -> None:
        articles = {article for p in step.edits if (article := _article(p))}
        here = self.snapshot.article.id if self.snapshot else ""
        if articles - {here} or not self._own(step):  # more than this person's work on this article
            self.actors = self.project.actors()
            if here in articles:
                self.open(here, focus or self.focus)
            else:
                self.open(next(a for p in step.edits if (a := _article(p))), focus)
            return
        place = self.snapshot.numbers.get(self.focus or "", 0) if self.snapshot else 0
        self._apply(step)
        self._refocus(focus, place)
        self.changed.emit(_touched(step, focus=focus is not None))

    def _own(self, step: Step) -> bool:
        """True when the step changes no other layer than the open one."""
        me = self.snapshot.human.annotator if self.snapshot else None
        layers = {(p.annotator, p.kind) for p in step.edits if p.article}
        return layers <= {(None, LayerKind.HUMAN), (me, LayerKind.HUMAN)}

    def _apply(self, step: Step) -> None:
        article = self.snapshot.article if self.snapshot else None
        human = self.snapshot.human if self.snapshot else None
        for edit in (p.edit for p in step.edits):
            if isinstance(edit, PutActor | RemoveActor):
                self.actors, _ = apply_to_actors(self.actors, edit)
            elif isinstance(edit, PutMeta):
                article = article and Article(article.text, article.lang, edit.meta)
            elif human is not None:
                human, _ = apply(human, edit)
        if self.snapshot and article and human:
            self.snapshot = Snapshot(article, human, self.snapshot.machine)

    def _refocus(self, focus: str | None, place: int) -> None:
        """To `focus`; where neither it nor what had the focus is there, to what stands at its place now."""
        if self.snapshot is None:
            return
        before = self.focus
        if focus in self.snapshot.numbers:
            self.focus = focus
        elif self.focus not in self.snapshot.numbers:
            after = self.snapshot.statements[max(0, place - 1) :] or self.snapshot.statements[-1:]
            self.focus = after[0].id if place and after else self._first_to_do()
        if self.focus != before:
            self._focused_at = time.monotonic()

    def _read(self, article_id: str) -> Snapshot:
        project = self.project
        return Snapshot(
            project.article(article_id), project.layer(article_id), project.machine_layer(article_id)
        )

    @property
    def state(self) -> State:
        """Where the annotator stands with the open article."""
        return self.snapshot.human.state if self.snapshot else State.TODO


def _article(placed: Placed) -> str | None:
    return placed.article or _meta_article(placed)


def _meta_article(placed: Placed) -> str | None:
    return placed.edit.article if isinstance(placed.edit, PutMeta) else None


def _statement_of(step: Step) -> str | None:
    for placed in step.edits:
        match placed.edit:
            case AddStatement(statement):
                return statement.id
            case ChangeStatement(id) | RemoveStatement(id):
                return id
    return None


def _touched(step: Step, *, focus: bool) -> ChangeSet:
    names = {type(p.edit).__name__ for p in step.edits}
    return ChangeSet(
        statements=any("Statement" in n or "Actor" in n for n in names),
        mentions=any("Mention" in n for n in names),
        focus=focus or any("Statement" in n for n in names),
        state="SetState" in names,
        actors=any("Actor" in n for n in names),
        meta="PutMeta" in names,
    )
