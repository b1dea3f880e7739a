"""The verbs of the search over all articles: open it, and act on ticked hits in one step."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.domain.actors import Actor
from annotator.domain.edits import Step
from annotator.errors import AnnotatorError
from annotator.export.wording import counted
from annotator.jobs import finding
from annotator.jobs.actor_search import Found, search_among
from annotator.storage.finding import Hit
from annotator.storage.project import Project
from annotator.ui.candidates import KIND_WORDS, Candidate
from annotator.ui.find_page import FindPage
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner
from annotator.ui.pickers.actors import ActorFinder
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.rooms import Room

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

INSTEAD = {"entity": "find_mark", "flag": "find_flag", "reject": "find_skip"}
"""What keys of the article mean on the page Find: for all ticked hits."""

_WORDS = {"entity": "mark as entity", "flag": "flag articles", "reject": "skip articles"}


class FindVerbs(Room):
    """Slots `find.*`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.page: FindPage | None = None
        self.acting = JobRunner(window)  # goes on while pages are built anew
        self.acting.finished.connect(self._done)
        self.acting.failed.connect(self._failed)
        self._words = ""  # looked for last; pages are built anew with other colours and letters
        self._nothing = ""  # what to say when there was nothing to do

    def make(self, parent: QWidget) -> FindPage:
        """The page, made when it is first shown."""
        acts = tuple((self.window.key_of(verb), words) for verb, words in _WORDS.items())
        self.page = FindPage(self.session.project, acts, self.theme, self.fonts, parent)
        self.page.filters.field.setText(self._words)
        self.page.filters.field.textChanged.connect(self._remember)
        self.page.jump.connect(self._jump)
        self.session.saved.connect(self.page.follow)
        return self.page

    def everywhere(self) -> None:
        """The page; words that are selected in the article are looked for."""
        selection = self.window.article.selected() if self.window.tabs.current == "Annotate" else None
        words = " ".join(selection.surface(self.session.text).split()) if selection else ""
        self.window.show_tab("Find")
        if self.page is not None:
            self.page.look_for(words)

    def _remember(self, words: str) -> None:
        self._words = words

    def _jump(self, hit: Hit) -> None:
        self.window.jump(hit.article)
        if hit.span is not None:
            self.window.article.reveal(hit.span)
            self.window.article.select(hit.span)

    # -- what is done with ticked hits

    def mark(self) -> None:
        """Ask for label and actor, then mark all ticked hits."""
        hits = [h for h in self._hits() if h.span is not None]
        if not hits:
            self.say("Tick hits in texts first: titles cannot be marked.")
            return
        choices = [Choice(x.id, x.name, x.note, x.key) for x in self.session.scheme.offered().labels]
        title = f"What “{hits[0].match.strip()}” is, at {counted(len(hits), 'place')}"
        picker = ChoicePicker(title, choices, self.theme, self.fonts, parent=self.window, keys=True)
        picker.picked.connect(lambda label, _: self._ask_actor(hits, label))
        self.window.show_picker(picker)

    def _ask_actor(self, hits: list[Hit], label: str) -> None:
        search = search_among(self.session.actors)

        def choice_of(found: Found) -> Choice:
            value = Candidate(None, found.actor.id, found.actor if found.new else None)
            return Choice(value, found.actor.name, group=KIND_WORDS.get(found.actor.kind, ""))

        likely = [choice_of(f) for f in search.find(hits[0].match, limit=8)]
        picker = ChoicePicker(
            f"Who “{hits[0].match.strip()}” is",
            likely,
            self.theme,
            self.fonts,
            parent=self.window,
            none_label="no actor",
            finder=ActorFinder(likely, search, (), choice_of),
            placeholder="Type a name; Tab marks the words without an actor",
        )
        picker.none_picked.connect(lambda: self._mark(hits, label))
        picker.picked.connect(lambda c, _: self._mark(hits, label, c.actor, c.new))
        self.window.show_picker(picker)

    def _mark(self, hits: list[Hit], label: str, actor: str | None = None, new: Actor | None = None) -> None:
        self._do(
            lambda own: finding.mark(own, hits, label, actor, [new] if new else []),
            "These places are marked so already.",
        )

    def flag(self) -> None:
        """Flag the articles of all ticked hits."""
        articles = [h.article for h in self._hits()]
        self._do(lambda own: finding.flag(own, articles), "These articles are flagged already.")

    def skip(self) -> None:
        """Take the articles of all ticked hits out of the way: done, as not relevant."""
        articles = [h.article for h in self._hits()]
        self._do(lambda own: finding.skip(own, articles), "These articles are skipped already.")

    def shutdown(self) -> None:
        """Wait for a step that is being saved; for closing the window."""
        self.acting.shutdown()

    def _hits(self) -> list[Hit]:
        return self.page.acted_on if self.page is not None else []

    def _do(self, make: Callable[[Project], Step | None], nothing: str) -> None:
        if not self._hits():
            self.say("There is no hit to act on.")
        elif self.acting.running:
            self.say("The step before is still being saved.")
        else:
            self._nothing = nothing
            project = self.session.project
            self.acting.start(lambda: finding.act_job(project, make))

    def _done(self, step: Step | None) -> None:
        if step is None:
            self.say(self._nothing)
            return
        self.session.saved_beside(step)
        self.say(f"{step.label}: done. {self.window.key_of('undo')} takes it back.")

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, AnnotatorError)
        self.session.save_failed.emit(str(error) if known else OUR_MISTAKE)
