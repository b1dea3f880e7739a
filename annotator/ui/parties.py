"""How the speaker, the targets and who relayed the words are chosen: letters on the mentions in view,
a list to type in, who a pronoun stands for, a new actor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.domain.actors import Actor
from annotator.domain.spans import Span
from annotator.domain.statement import Speaker, Statement, Target, Via
from annotator.jobs.actor_search import Found, search_among
from annotator.ui.candidates import KIND_WORDS, Candidate, candidates, identities, is_pronoun, likely_role
from annotator.ui.evidence import with_own_words
from annotator.ui.hints import ALPHABET, Asking
from annotator.ui.offers import Offers
from annotator.ui.pickers.actors import ActorFinder
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.new_actor import NewActorForm
from annotator.ui.pickers.rows import Choice
from annotator.ui.rooms import Room, Then, nothing

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


@dataclass(frozen=True)
class Party:
    """Speaker, target or who relayed: its id as verb and role, its name, what Tab says, whether
    there may be several.
    """

    role: str
    title: str
    none: str
    several: bool = True


SPEAKER = Party("speaker", "Speaker", "not stated")
TARGET = Party("target", "Target", "no target")
VIA = Party("via", "Who relayed the words", "nobody", several=False)


class PartyChoice(Room):
    """Asks for one party of one statement at a time; `then` is called once it is set."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._party = SPEAKER
        self._then: Then = nothing
        self._statement: Statement | None = None

    def ask(self, party: Party, then: Then = nothing) -> None:
        """By letters where there are mentions in view, else by the list; a selection goes to the list."""
        self._party, self._then, self._statement = party, then, self.statement
        visible = self.window.article.on_screen()
        if visible is None or self.window.article.selected() is not None:
            self.search()
            return
        found = Offers(self.snapshot, self.statement, self.session.actors, party.role).in_order(visible)
        if not found:
            self.search()
            return
        number = self.snapshot.numbers[self.statement.id]
        asking = Asking(
            f"{party.title} of statement {number}",
            self.window.key_of(party.role),
            lambda found, add: self._picked(self._asked, found, add=add),
            "press the letter of a mention" if then is nothing else "still open: press a letter",
            keys=self._keys(party),
            none=lambda: self._set_none(self._asked),
            search=self.search,
            role=party.role,
        )
        self.window.start_hints(asking, found)

    def search(self) -> None:
        """The list to type in: whoever the project or the gazetteer knows."""
        party, statement, then = self._party, self._asked, self._then
        selection = self.window.article.selected()
        choices = candidates(self.snapshot, statement, self.session.actors, party.role, selection)
        near = [c.value.actor for c in choices if c.value.actor and c.value.span]
        if party is TARGET:
            kept = (selection, *(t.span for t in statement.targets))
            choices = with_own_words(choices, statement, self.snapshot, kept)
        picker = ChoicePicker(
            f"{party.title} of statement {self.snapshot.numbers[statement.id]}",
            choices,
            self.theme,
            self.fonts,
            parent=self.window,
            none_label=party.none,
            can_add=party.several,
            create_label="New actor",
            placeholder="Type a name, a country, a capital, or “mfa china”",
            finder=self._finder(choices, near, statement, selection),
        )
        picker.picked.connect(lambda found, add: self._picked(statement, found, add=add))
        picker.none_picked.connect(lambda: self._set_none(statement))
        words = selection or self._kept_words(statement)
        picker.create_requested.connect(
            lambda name: self._new_actor(
                name, lambda actor: self._set(statement, Candidate(words, actor.id), new=[actor])
            )
        )
        self._then = then
        self.window.show_picker(picker, party.role)

    def _finder(
        self, choices: list[Choice], near: list[str], statement: Statement, selection: Span | None
    ) -> ActorFinder:
        """Type-ahead: an actor is taken with its mention in the article, or with the words there now."""
        places = {c.value.actor: c for c in reversed(choices) if c.value.actor}
        kept = selection or self._kept_words(statement)

        def choice_of(found: Found) -> Choice:
            actor, there = found.actor, places.get(found.actor.id)
            if there and (kept is None or there.value.span == kept):
                return there
            new = actor if found.new else None
            words = " ".join(kept.surface(self.session.text).split()) if kept else ""
            detail = f"for “{words}”" if kept else "not in this project yet" if new else "not in the article"
            return Choice(
                Candidate(kept, actor.id, new, aside=True),
                actor.name,
                detail,
                group=KIND_WORDS.get(actor.kind, ""),
            )

        return ActorFinder(choices, search_among(self.session.actors), near, choice_of)

    def _kept_words(self, statement: Statement) -> Span | None:
        """Words of the speaker that stay when another actor is typed: those that are nobody's name."""
        span = statement.speaker.span if self._party is SPEAKER else None
        if span is None:
            return None
        named = any(
            m.span.overlaps(span) and m.actor for m in self.snapshot.shown.mentions.values() if m.span == span
        )
        return None if named else span

    @property
    def _asked(self) -> Statement:
        return self._statement or self.statement

    def _keys(self, party: Party) -> tuple[tuple[str, str], ...]:
        count = len(search_among(self.session.actors))
        search = ("/", f"search {count:,} actors")
        add = (("Shift", "+letter add"),) if party.several else ()
        return search, ("Tab", party.none), *add, ("Esc", "keep")

    def _picked(self, statement: Statement, found: Candidate, *, add: bool) -> None:
        new = [found.new] if found.new else []
        clear = found.aside or (found.actor is not None and not self._asks_again(statement, found.span))
        if found.span is None or clear:
            self._set(statement, found, add=add, new=new)
            if new:
                self.say(f"New actor: {new[0].name}")
            return
        self._ask_who(statement, found.span, add=add)

    def _ask_who(self, statement: Statement, span: Span, *, add: bool) -> None:
        """Whom the words stand for: letters for the likeliest, the rest by typing."""
        words = " ".join(span.surface(self.session.text).split())
        offers = Offers(self.snapshot, statement, self.session.actors, self._party.role)
        made = {a.id: a for a in offers.described(words) if a.id not in self.session.actors}
        new = [Choice(Candidate(span, a.id, a), a.name, group="new") for a in made.values()]
        known = identities(span, self.snapshot, statement, self.session.actors)
        choices = [*new, *(replace(c, value=Candidate(span, c.value)) for c in known)]
        lettered = [replace(c, key=k) for c, k in zip(choices, ALPHABET, strict=False)]
        choices = [*lettered, *choices[len(lettered) :]]

        def choice_of(found: Found) -> Choice:
            new = found.actor if found.new else None
            value = Candidate(span, found.actor.id, new)
            return Choice(value, found.actor.name, group=KIND_WORDS.get(found.actor.kind, ""))

        near = [c.value.actor for c in lettered]
        picker = ChoicePicker(
            f"Who is “{words}”?",
            choices,
            self.theme,
            self.fonts,
            parent=self.window,
            keys=True,
            none_label="leave open",
            create_label="New actor",
            finder=ActorFinder(choices, search_among(self.session.actors), near, choice_of),
        )
        done = partial(self._set, statement, add=add)
        picker.picked.connect(lambda c, _: done(c, new=[c.new] if c.new else []))
        picker.none_picked.connect(lambda: done(Candidate(span)))
        picker.create_requested.connect(
            lambda name: self._new_actor(name or words, lambda a: done(Candidate(span, a.id), new=[a]))
        )
        self.window.show_picker(picker, self._party.role)

    def _asks_again(self, statement: Statement, span: Span | None) -> bool:
        """True for a pronoun that is chosen already: who it stands for is to be changed."""
        via = statement.via.span if statement.via else None
        chosen = [statement.speaker.span, via, *(t.span for t in statement.targets)]
        return span is not None and span in chosen and is_pronoun(span, self.snapshot)

    def _set(
        self, statement: Statement, found: Candidate, *, add: bool = False, new: Iterable[Actor] = ()
    ) -> None:
        statement = self.snapshot.shown.statements.get(statement.id, statement)
        role, then = self._party.role, self._then
        if role == "speaker":
            speaker = _speaker(statement.speaker, found, add=add)
            self.revise(statement, role, then, new, speaker=speaker)
        elif role == "via":
            self.revise(statement, role, then, new, via=Via(found.span, found.actor))
        else:
            targets = _targets(statement, found, add=add)
            self.revise(statement, role, then, new, targets=targets, no_target=False)
        self.window.article.unselect()

    def _set_none(self, statement: Statement) -> None:
        role, then = self._party.role, self._then
        if role == "speaker":
            self.revise(statement, role, then, speaker=Speaker(not_stated=True), via=None)
        elif role == "via":
            self.revise(statement, role, then, via=None)
        else:
            self.revise(statement, role, then, targets=(), no_target=True)

    def _new_actor(self, name: str, made: Callable[[Actor], object]) -> None:
        form = NewActorForm(name, self.session.actors, self.theme, self.fonts, parent=self.window)
        form.created.connect(made)
        form.open()


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
