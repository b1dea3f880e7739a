"""The verbs on the focused statement: decide it, change its roles by list or key."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from annotator.domain.actors import Actor
from annotator.domain.spans import Span, merged
from annotator.domain.statement import NO_ACT, Kind, Role, Speaker, Statement, Target
from annotator.ui.candidates import Candidate, candidates, identities, likely_role
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.new_actor import NewActorForm
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.pickers.rows import Choice
from annotator.ui.pickers.topics import TopicPicker
from annotator.ui.rooms import Room
from annotator.ui.wording import KIND_NAMES, KIND_NOTES

Then = Callable[[], object]
KIND_KEYS = {Kind.DIRECT: "d", Kind.MIXED: "m", Kind.INDIRECT: "i"}
ROLE_CHOICES = (
    (Role.ADDRESSEE, "Addressee", "a", "spoken to"),
    (Role.OBJECT, "Object", "o", "spoken about: judged, asked or promised something"),
    (Role.BOTH, "Both", "b", "spoken to and about"),
)


def _nothing() -> None:
    pass


class StatementVerbs(Room):
    """Slots `statement.*`."""

    # -- decide

    def confirm(self) -> None:
        """Ask first for roles still open, then confirm and go on."""
        statement = self.statement
        open_roles = statement.undecided_roles()
        if open_roles:
            ask = {"speaker": self.speaker, "targets": self.target, "topics": self.topic}
            ask[open_roles[0]](then=self.confirm)
            return
        session = self.session
        done = session.decide(lambda d: d.confirm(statement.id, seconds=session.seconds()), statement.id)
        if done or statement.decided:
            self._go_on()

    def reject(self) -> None:
        """Keep it as a rejection and go on."""
        statement, session = self.statement, self.session
        if session.decide(lambda d: d.reject(statement.id, seconds=session.seconds()), statement.id):
            self._go_on()

    def next(self) -> None:
        """The statement below."""
        self.session.step_focus(1)

    def previous(self) -> None:
        """The statement above."""
        self.session.step_focus(-1)

    def _go_on(self) -> None:
        if not self.session.focus_undecided():
            key = self.window.key_of("done")
            self.say(f"Every statement is decided. {key} finishes the article.")

    # -- speaker and target

    def speaker(self, *, then: Then = _nothing) -> None:
        """Pick who says it, from mentions and actors."""
        self._pick_party("speaker", "Speaker", "not stated", then)

    def target(self, *, then: Then = _nothing) -> None:
        """Pick to or about whom it is said."""
        self._pick_party("target", "Target", "no target", then)

    def _pick_party(self, role: str, title: str, none: str, then: Then) -> None:
        statement, selection = self.statement, self.window.article.selected()
        picker = ChoicePicker(
            f"{title} of statement {self._number}",
            candidates(self.snapshot, statement, self.session.actors, role, selection),
            self.theme,
            self.fonts,
            parent=self.window,
            none_label=none,
            can_add=True,
            create_label="New actor",
            placeholder="Type a name; the nearest mentions stand first",
        )
        picker.picked.connect(lambda value, add: self._party_picked(role, statement, value, then, add=add))
        picker.none_picked.connect(lambda: self._set_none(role, statement, then))
        picker.create_requested.connect(
            lambda name: self._new_actor(
                name,
                lambda actor: self._set_party(
                    role, statement, Candidate(selection, actor.id), then, new=[actor]
                ),
            )
        )
        self._open(picker, role)

    def _party_picked(
        self, role: str, statement: Statement, found: Candidate, then: Then, *, add: bool
    ) -> None:
        if found.span is None or found.actor is not None:
            self._set_party(role, statement, found, then, add=add)
            return
        span = found.span
        words = " ".join(span.surface(self.session.text).split())
        picker = ChoicePicker(
            f"Who is “{words}”?",
            identities(span, self.snapshot, statement, self.session.actors),
            self.theme,
            self.fonts,
            parent=self.window,
            none_label="leave open",
            create_label="New actor",
        )
        done = partial(self._set_party, role, statement, then=then, add=add)
        picker.picked.connect(lambda actor, _: done(Candidate(span, actor)))
        picker.none_picked.connect(lambda: done(Candidate(span)))
        picker.create_requested.connect(
            lambda name: self._new_actor(name or words, lambda a: done(Candidate(span, a.id), new=[a]))
        )
        self._open(picker, role)

    def _set_party(
        self,
        role: str,
        statement: Statement,
        found: Candidate,
        then: Then,
        *,
        add: bool = False,
        new: Iterable[Actor] = (),
    ) -> None:
        statement = self.snapshot.shown.statements.get(statement.id, statement)
        if role == "speaker":
            self._revise(statement, role, then, new, speaker=_speaker(statement.speaker, found, add=add))
        else:
            targets = _targets(statement, found, add=add)
            self._revise(statement, role, then, new, targets=targets, no_target=False)
        self.window.article.unselect()

    def _set_none(self, role: str, statement: Statement, then: Then) -> None:
        if role == "speaker":
            self._revise(statement, role, then, speaker=Speaker(not_stated=True), via=None)
        else:
            self._revise(statement, role, then, targets=(), no_target=True)

    def _new_actor(self, name: str, made: Callable[[Actor], object]) -> None:
        form = NewActorForm(name, self.session.actors, self.theme, self.fonts, parent=self.window)
        form.created.connect(made)
        form.open()

    def target_role(self) -> None:
        """Say of each target whether it is spoken to, about, or both."""
        if not self.statement.targets:
            self.say("There is no target yet: T picks one.")
            return
        self._ask_role(self.statement, 0)

    def _ask_role(self, statement: Statement, place: int) -> None:
        if place >= len(statement.targets):
            return
        target = statement.targets[place]
        name = self.session.actors.name(target.actor) if target.actor else self._surface(target.span)
        choices = [
            Choice(role, words, detail=note, key=key, marked=role is target.role)
            for role, words, key, note in ROLE_CHOICES
        ]

        def picked(role: Role, _: object) -> None:
            targets = list(self.statement.targets)
            targets[place] = replace(targets[place], role=role)
            self._revise(statement, "target", _nothing, targets=tuple(targets))
            self._ask_role(self.statement, place + 1)

        self._open(self._keyed(f"What {name} is to the words", choices, picked), "target")

    # -- topic, act, kind

    def topic(self, *, then: Then = _nothing) -> None:
        """Area and subtopic by two keys, or typed."""
        statement = self.statement
        reason = statement.provenance.reason("topic") or statement.provenance.reason("topics")
        score = reason.score if reason and reason.score is not None else None
        scores = dict.fromkeys(statement.topics[:1], score) if score is not None else {}
        picker = TopicPicker(
            self.session.scheme,
            self.theme,
            self.fonts,
            parent=self.window,
            chosen=statement.topics,
            scores=scores,
        )
        picker.picked.connect(
            lambda topics: self._revise(statement, "topic", then, topics=tuple(topics), no_topic=False)
        )
        picker.none_picked.connect(lambda: self._revise(statement, "topic", then, topics=(), no_topic=True))
        picker.guideline_asked.connect(self.window.show_guideline)
        self._open(picker, "topic")

    def act(self) -> None:
        """What is done with the words."""
        statement = self.statement
        choices = [
            Choice(a.id, a.name, key=a.key, marked=a.id == statement.act)
            for a in self.session.scheme.acts
            if not a.retired
        ]
        picker = self._keyed(
            f"Act of statement {self._number}",
            choices,
            lambda act, _: self._revise(statement, "act", _nothing, act=act),
            none_label="no act",
        )
        picker.none_picked.connect(lambda: self._revise(statement, "act", _nothing, act=NO_ACT))
        self._open(picker, "act")

    def kind(self) -> None:
        """Direct, mixed or indirect."""
        statement = self.statement
        choices = [
            Choice(
                kind,
                KIND_NAMES[kind],
                detail=KIND_NOTES[kind],
                key=KIND_KEYS[kind],
                marked=kind is statement.kind,
            )
            for kind in Kind
        ]
        self._open(
            self._keyed(
                f"Kind of statement {self._number}",
                choices,
                lambda kind, _: self._revise(statement, "kind", _nothing, kind=kind),
            ),
            "kind",
        )

    # -- content

    def content(self) -> None:
        """The selection becomes the content."""
        self._set_content(())

    def add_content(self) -> None:
        """The selection becomes a further piece of the content."""
        self._set_content(self.statement.spans)

    def _set_content(self, kept: Iterable[Span]) -> None:
        selection = self.window.article.selected()
        if selection is None:
            self.say(self.window.SELECT_FIRST)
            return
        self._revise(self.statement, "content", _nothing, spans=merged([*kept, selection]))
        self.window.article.unselect()

    # -- shared

    @property
    def _number(self) -> int:
        return self.snapshot.numbers[self.statement.id]

    def _surface(self, span: Span | None) -> str:
        return " ".join(span.surface(self.session.text).split()) if span else "the target"

    def _keyed(
        self, title: str, choices: list[Choice], picked: Callable[..., object], *, none_label: str = ""
    ) -> ChoicePicker:
        picker = ChoicePicker(
            title, choices, self.theme, self.fonts, parent=self.window, keys=True, none_label=none_label
        )
        picker.picked.connect(picked)
        return picker

    def _open(self, picker: Overlay, role: str) -> None:
        self.window.show_picker(picker, role)

    def _revise(
        self, statement: Statement, what: str, then: Then, new: Iterable[Actor] = (), **fields: object
    ) -> None:
        before = self.session.snapshot
        self.session.decide(
            lambda d: d.revise(statement.id, what, new_actors=new, **fields), focus=statement.id
        )
        unchanged = self.session.snapshot is before
        if not unchanged or _holds(statement, fields):
            then()


def _holds(statement: Statement, fields: dict[str, object]) -> bool:
    return all(getattr(statement, name) == value for name, value in fields.items())


def _speaker(before: Speaker, found: Candidate, *, add: bool) -> Speaker:
    actors = (found.actor,) if found.actor else ()
    if add and before.decided and not before.not_stated:
        return Speaker(before.span or found.span, tuple(dict.fromkeys((*before.actors, *actors))))
    return Speaker(found.span, actors)


def _targets(statement: Statement, found: Candidate, *, add: bool) -> tuple[Target, ...]:
    same = next((t for t in statement.targets if t.actor == found.actor and t.actor), None)
    role = same.role if same and same.role else likely_role(found.span, statement)
    target = Target(found.actor, role, found.span or (same.span if same else None))
    if not add:
        return (target,)
    others = tuple(t for t in statement.targets if t is not same)
    return others if same else (*others, target)
