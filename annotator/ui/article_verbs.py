"""The verbs on the open article: new statements and entities, done, flagged, the next one."""

from typing import TYPE_CHECKING

from annotator.domain.layer import State
from annotator.domain.rules import Problem
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Mention
from annotator.jobs.deciding import OUTCOMES
from annotator.ui.candidates import actor_of
from annotator.ui.dialogs.details import DetailsDialog
from annotator.ui.dialogs.small import MissingDialog
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.rooms import Room
from annotator.ui.word_choice import WordChoice
from annotator.ui.words import likely_names, likely_starts

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_NO_ENTITY = "no entity"
MOST_OF_TITLE = 60  # code points


class ArticleVerbs(Room):
    """Slots `article.*`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._words = WordChoice(window)

    # -- marking

    def new_statement(self) -> None:
        """The selection becomes a statement, and the machine is asked for its roles."""
        selection = self.window.article.selected()
        if selection is None:
            self._words.ask("New statement", "new_statement", likely_starts, self._add_statement)
        else:
            self._add_statement(selection)

    def _add_statement(self, span: Span) -> None:
        made = self.session.new_statement([span])
        if made is None:
            return
        self.window.article.unselect()
        if not self.window.suggestions.fill(made, [span]):
            self.say("The machine is not running; the roles are yours to set.")

    def entity(self) -> None:
        """The selection becomes an entity, or the entity there gets another label."""
        selection = self.window.article.selected()
        if selection is None:
            self._words.ask("Entity", "entity", likely_names, self._ask_label)
        else:
            self._ask_label(selection)

    def _ask_label(self, selection: Span) -> None:
        there = self._mention_at(selection)
        choices = [
            Choice(x.id, x.name, detail=x.note, key=x.key, marked=bool(there and there.label == x.id))
            for x in self.session.scheme.labels
            if not x.retired
        ]
        if there:
            choices.append(Choice(_NO_ENTITY, "Not an entity", key="x"))
        words = " ".join(selection.surface(self.session.text).split())
        picker = ChoicePicker(
            f"What “{_shortened(words)}” is", choices, self.theme, self.fonts, parent=self.window, keys=True
        )
        picker.picked.connect(lambda label, _: self._mark(selection, there, label))
        self.window.show_picker(picker)

    def _mark(self, span: Span, there: Mention | None, label: str) -> None:
        if label == _NO_ENTITY and there:
            self.session.decide(lambda d: d.reject_entity(there.id))
        else:
            actor = actor_of(span, self.snapshot, self.session.actors)
            self.session.decide(lambda d: d.put_entity(span, label, actor))
        self.window.article.unselect()

    def _mention_at(self, span: Span) -> Mention | None:
        return next((m for m in self.snapshot.shown.mentions.values() if m.span == span), None)

    # -- where the article stands

    def done(self) -> None:
        """Done and on, unless something is missing: then what."""
        missing: list[Problem] = []
        self.session.decide(lambda d: missing.extend(d.missing()))
        if missing:
            self._say_missing(missing)
            return
        words = self._what_is_done()
        if self.session.state is State.DONE or self.session.decide(lambda d: d.done()):
            self._go_on(words)

    def _what_is_done(self) -> str:
        """`Article done: 9 statements, 31 entities accepted`: entities are accepted as they stand."""
        kept = [s for s in self.snapshot.statements if s.decision in (Decision.CONFIRMED, Decision.CORRECTED)]
        left = [m for m in self.snapshot.shown.mentions.values() if m.decision is Decision.SUGGESTED]
        entities = f", {_counted(len(left), 'entity', 'entities')} accepted" if left else ""
        return f"Article done: {_counted(len(kept), 'statement', 'statements')}{entities}."

    def _say_missing(self, problems: list[Problem]) -> None:
        dialog = MissingDialog(problems, self.theme, self.fonts, self.window)
        dialog.jumped.connect(lambda problem: self.session.focus_on(problem.statement))
        dialog.open()

    def nothing_here(self) -> None:
        """Read, and there is nothing to mark."""
        self._outcome("nothing_here")

    def not_relevant(self) -> None:
        """The article does not belong in the data."""
        self._outcome("not_relevant")

    def _outcome(self, outcome: str) -> None:
        kept = any(s.decided for s in self.snapshot.statements) and outcome == "nothing_here"
        if kept:
            self.say("Statements are decided here already, so there is something in the article.")
        elif self.session.decide(lambda d: d.outcome(outcome)):
            self._go_on(f"{OUTCOMES[outcome]}.")

    def reopen(self) -> None:
        """Not done after all."""
        self.session.decide(lambda d: d.set_state(State.DOING))

    def flag(self) -> None:
        """Put it aside with a flag, or take the flag away."""
        flagged = self.session.state is State.FLAGGED
        if self.session.decide(lambda d: d.set_state(State.DOING if flagged else State.FLAGGED)):
            self.say("The flag is gone" if flagged else "Flagged")

    def details(self) -> None:
        """Title, outlet, date, address."""
        DetailsDialog(
            self.snapshot.article,
            self.session.save,
            self.theme,
            self.fonts,
            self.window,
            read_only=self.session.read_only,
        ).open()

    # -- other articles

    def next_article(self) -> None:
        """The one below in the list."""
        self._beside(1)

    def previous_article(self) -> None:
        """The one above in the list."""
        self._beside(-1)

    def _beside(self, by: int) -> None:
        found = self.window.list.beside(self.snapshot.article.id, by)
        if found is None:
            self.say("There is no further article in the list.")
        else:
            self.window.open_article(found)

    def _go_on(self, words: str) -> None:
        found = self.window.list.beside(self.snapshot.article.id, 1, unfinished=True)
        if found is None:
            self.say(f"{words} No other in this list is left to do.")
        else:
            self.window.open_article(found)
            self.say(words)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_OF_TITLE else f"{words[:MOST_OF_TITLE].rsplit(' ', 1)[0]} …"
