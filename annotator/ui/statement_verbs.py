"""The verbs on the focused statement: decide it, change its roles by list or key."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.spans import Span, merged
from annotator.domain.statement import NO_ACT, Kind, Role, Statement
from annotator.ui.likely_topics import likely_topics
from annotator.ui.parties import SPEAKER, TARGET, VIA, PartyChoice
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.pickers.topics import TopicPicker
from annotator.ui.rooms import Room, Then, nothing
from annotator.ui.word_choice import WordChoice
from annotator.ui.wording import KIND_NAMES, KIND_NOTES, explained
from annotator.ui.words import likely_starts, moved_end, moved_start

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

KIND_KEYS = {Kind.DIRECT: "d", Kind.MIXED: "m", Kind.INDIRECT: "i"}
ROLE_CHOICES = (
    (Role.ADDRESSEE, "Addressee", "a", "spoken to"),
    (Role.OBJECT, "Object", "o", "spoken about: judged, asked or promised something"),
    (Role.BOTH, "Both", "b", "spoken to and about"),
)


class StatementVerbs(Room):
    """Slots `statement.*`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._parties = PartyChoice(window)
        self._words = WordChoice(window)

    # -- decide

    def confirm(self) -> None:
        """Ask first for roles still open, then confirm and go on; never what nobody can have seen."""
        statement = self.statement
        open_roles = statement.undecided_roles()
        if open_roles and statement.id in self.session.waiting:
            self.say("The machine is still reading this statement.")
            return
        if self.session.just_filled(statement.id):
            self.say("The roles have just arrived: look, then Enter.")
            return
        if open_roles:
            words = ", ".join(role.removesuffix("s") for role in open_roles)
            self.say(f"Statement {self._number} is not confirmed yet. Still open: {words}.")
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

    def speaker(self, *, then: Then = nothing) -> None:
        """Pick who says it, from letters on the mentions or from a list."""
        self._parties.ask(SPEAKER, then)

    def via(self) -> None:
        """Pick who relayed the words, or say that nobody did."""
        self._parties.ask(VIA)

    def target(self, *, then: Then = nothing) -> None:
        """Pick to or about whom it is said."""
        self._parties.ask(TARGET, then)

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
            self.revise(statement, "target", nothing, targets=tuple(targets))
            self._ask_role(self.statement, place + 1)

        self.window.show_picker(self._keyed(f"What {name} is to the words", choices, picked), "target")

    # -- topic, act, kind

    def topic(self, *, then: Then = nothing) -> None:
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
            likely=likely_topics(self.snapshot, statement, self.session.scheme),
        )
        picker.picked.connect(
            lambda topics: self.revise(statement, "topic", then, topics=tuple(topics), no_topic=False)
        )
        picker.none_picked.connect(lambda: self.revise(statement, "topic", then, topics=(), no_topic=True))
        self.window.show_picker(picker, "topic")

    def act(self) -> None:
        """What is done with the words."""
        statement = self.statement
        choices = [
            Choice(a.id, a.name, key=a.key, marked=a.id == statement.act, tip=explained(a.note, a.cues))
            for a in self.session.scheme.acts
            if not a.retired
        ]
        picker = self._keyed(
            f"Act of statement {self._number}",
            choices,
            lambda act, _: self.revise(statement, "act", nothing, act=act),
            none_label="no act",
        )
        picker.none_picked.connect(lambda: self.revise(statement, "act", nothing, act=NO_ACT))
        self.window.show_picker(picker, "act")

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
        self.window.show_picker(
            self._keyed(
                f"Kind of statement {self._number}",
                choices,
                lambda kind, _: self.revise(statement, "kind", nothing, kind=kind),
            ),
            "kind",
        )

    # -- content

    def content(self) -> None:
        """The selection becomes the content, or words by letters."""
        self._set_content("content", ())

    def add_content(self) -> None:
        """The selection becomes a further piece of the content, or words by letters."""
        self._set_content("add_content", self.statement.spans)

    def end_further(self) -> None:
        """The content ends a word later."""
        self._move(lambda spans, text: (*spans[:-1], moved_end(text, spans[-1], 1)))

    def end_back(self) -> None:
        """The content ends a word earlier."""
        self._move(lambda spans, text: (*spans[:-1], moved_end(text, spans[-1], -1)))

    def start_further(self) -> None:
        """The content starts a word later."""
        self._move(lambda spans, text: (moved_start(text, spans[0], 1), *spans[1:]))

    def start_back(self) -> None:
        """The content starts a word earlier."""
        self._move(lambda spans, text: (moved_start(text, spans[0], -1), *spans[1:]))

    def _move(self, change: Callable[[tuple[Span, ...], str], tuple[Span, ...]]) -> None:
        spans = change(self.statement.spans, self.session.text)
        self.revise(self.statement, "content", spans=merged(spans))

    def _set_content(self, verb: str, kept: Iterable[Span]) -> None:
        statement = self.statement

        def put(span: Span) -> None:
            self.revise(statement, "content", nothing, spans=merged([*kept, span]))
            self.window.article.unselect()

        selection = self.window.article.selected()
        if selection is not None:
            put(selection)
            return
        title = f"{'More content' if verb == 'add_content' else 'Content'} of statement {self._number}"
        self._words.ask(title, verb, likely_starts, put)

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
