"""The project: one file that holds articles, everybody's decisions and the journal of them. A thin
face over the other modules of this room; the only thing that other rooms need of it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from annotator.domain.actors import Actor, Actors, LinkedName
from annotator.domain.article import Article
from annotator.domain.edits import Step
from annotator.domain.fitting import fitted
from annotator.domain.layer import Layer, LayerKind, State, view
from annotator.errors import AnnotatorError
from annotator.storage import (
    actors,
    articles,
    backup,
    check,
    counts,
    journal,
    layers,
    linked,
    search,
    usage,
    writing,
)
from annotator.storage.articles import ArticleRow
from annotator.storage.finding import Finding
from annotator.storage.journal import JournalEntry, UndoStack
from annotator.storage.lock import ProjectLocked
from annotator.storage.project_file import ProjectFile
from annotator.storage.queues import WHOLE, Queue, Queues
from annotator.storage.releases import Entry, Release, Releases
from annotator.storage.search import Hit
from annotator.storage.statements import Statements
from annotator.storage.usage import Group, Usage

__all__ = ["ArticleRow", "Entry", "Hit", "JournalEntry", "Project", "ProjectLocked", "Release", "view_of"]

_TEXTS_KEPT = 8


class Project(ProjectFile):
    """A project and all it holds, see ProjectFile for opening it. Spans are in code points."""

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside belongs together; for a `sibling` of one's own that writes nothing."""
        with self._reading():
            yield

    # Articles

    def add_articles(self, new: Iterable[Article]) -> list[bool]:
        """Add in one transaction; True = added, False = the same text is already there."""
        with self._writing() as conn:
            return articles.add(conn, new)

    def article(self, id: str) -> Article:
        """Raises KeyError when unknown."""
        with self._reading() as conn:
            return articles.read(conn, id)

    def has_article(self, id: str) -> bool:
        """True when the project holds the article."""
        with self._reading() as conn:
            return articles.exists(conn, id)

    def article_ids(self) -> list[str]:
        """All ids, sorted."""
        with self._reading() as conn:
            return articles.ids(conn)

    def rows(
        self,
        *,
        state: State | None = None,
        query: str = "",
        order: str = "file",
        queue: Queue = WHOLE,
        limit: int | None = None,
    ) -> list[ArticleRow]:
        """The list of articles as the current annotator sees it, without their texts, of a long one the
        first `limit`. `order` is one of storage.articles.ORDERS; the words of `query` all occur, the
        last may be unfinished.
        """
        among = queue.condition(self.annotator)
        with self._reading() as conn:
            return articles.rows(
                conn, self.annotator, state=state, query=query, order=order, among=among, limit=limit
            )

    def row(self, article: str) -> ArticleRow:
        """The list's row of one article; raises KeyError when unknown."""
        with self._reading() as conn:
            return articles.row(conn, self.annotator, article)

    def opening(self, article: str, length: int = 200) -> str:
        """How an article's text begins; raises KeyError when unknown."""
        with self._reading() as conn:
            return articles.opening(conn, article, length)

    def counts(self, queue: Queue = WHOLE) -> dict[State, int]:
        """How many articles stand in each state for the current annotator."""
        me, with_copies = self.annotator, replace(queue, hide_copies=False)
        with self._reading() as conn:
            found = articles.counts(conn, me, with_copies.condition(me))
            if queue.hide_copies:
                found[State.TODO] -= articles.count_copies(conn, me, queue.hidden(me))
            return found

    @property
    def queues(self) -> Queues:
        """What the current annotator works through: an assigned sample, near-copies hidden."""
        return Queues(self._reading, self._writing, self.annotator)

    # Layers

    def layer(self, article: str, annotator: str | None = None) -> Layer:
        """A person's layer, by default the current annotator's; empty when they decided nothing."""
        name = annotator or self.annotator
        return self._layer(article, LayerKind.HUMAN, name) or Layer(article, name)

    def machine_layer(self, article: str) -> Layer | None:
        """The suggestions, when the machine has looked at the article."""
        return self._layer(article, LayerKind.MACHINE)

    def gold_layer(self, article: str) -> Layer | None:
        """What was agreed on, when it was."""
        return self._layer(article, LayerKind.GOLD)

    def human_layers(self, article: str) -> list[Layer]:
        """People's layers that hold something, by annotator."""
        with self._reading() as conn:
            stored = layers.of_article(conn, article)
            read = [layers.read(conn, row) for row in stored if row.kind == LayerKind.HUMAN]
        return [layer for layer in read if not layer.empty]

    def view(self, article: str) -> Layer:
        """What the current annotator sees: their decisions over the suggestions not yet decided."""
        with self._reading():
            return view(self.layer(article), self.machine_layer(article))

    def put_machine_layer(self, article: str, layer: Layer, actors_: Iterable[Actor] = ()) -> None:
        """Replace the suggestions, fitted to the scheme; not journalled. Actors unknown so far are added.

        Raises ValueError for a layer of another kind or article, or a span outside the text.
        """
        if layer.kind is not LayerKind.MACHINE or layer.article != article:
            raise ValueError(f"not a layer of suggestions for article {article}")
        text = self._text(article)
        with self._writing() as conn:
            layer = fitted(layer, self.scheme)
            conn.execute("DELETE FROM layer WHERE article = ? AND kind = 'machine'", (article,))
            stored = writing.add_layer(conn, article, layer.annotator, LayerKind.MACHINE)
            writing.put_state(conn, stored.id, journal.state_of(layer))
            writing.add_items(conn, stored.id, layer, text)
            actors.add_unknown(conn, actors_)
            counts.set_all(conn, article)

    def put_layer(self, layer: Layer, actors_: Iterable[Actor] = ()) -> None:
        """Import a person's or a gold layer, journalled as one step that undo passes over.

        Putting the same layer again changes nothing; AnnotatorError when another is there.
        """
        if layer.kind is LayerKind.MACHINE or not layer.annotator:
            raise ValueError("not the layer of a person")
        name = layer.annotator if layer.kind is LayerKind.HUMAN else None
        with self._writing() as conn:
            there = self._layer(layer.article, layer.kind, name)
            if there and not there.empty:
                if there == layer:
                    return
                raise AnnotatorError(
                    f"{there.annotator} has already decided on article {layer.article}.",
                    "Those decisions were kept and the imported ones left out.",
                )
            actors.add_unknown(conn, actors_)
            journal.import_layer(conn, layer, self._text, by=self.annotator)

    def ids_without_suggestions(self, suggester: str | None = None) -> list[str]:
        """Articles that are not done and have no suggestions (of this suggester), as they came."""
        with self._reading() as conn:
            return articles.without_suggestions(conn, self.annotator, suggester)

    def ids_not_done(self) -> list[str]:
        """Articles that the current annotator has not finished, as they came."""
        with self._reading() as conn:
            return articles.not_done(conn, self.annotator)

    def _layer(self, article: str, kind: LayerKind, annotator: str | None = None) -> Layer | None:
        with self._reading() as conn:
            stored = layers.find(conn, article, kind, annotator)
            return layers.read(conn, stored) if stored else None

    def _text(self, article: str) -> str:
        if article not in self._texts:
            with self._reading() as conn:
                text = articles.text(conn, article)
            while len(self._texts) >= _TEXTS_KEPT:
                del self._texts[next(iter(self._texts))]
            self._texts[article] = text
        return self._texts[article]

    # Edits

    def do(self, step: Step, *, joined: bool = False) -> None:
        """Apply and journal a step; it is on the disk when this returns. `joined`: undo and redo take
        it together with the current annotator's step before.

        Raises ValueError when an edit does not fit, AnnotatorError when it cannot be saved; either
        way nothing of the step is.
        """
        with self._writing() as conn:
            before = None
            if joined:
                self._undo.read_on(conn, self.annotator)
                before = self._undo.done[-1][0] if self._undo.done else None
            journal.write(conn, step, self._text, by=self.annotator, of_step=before)

    def undo(self) -> Step | None:
        """Take back the current annotator's last step; what was applied, None when nothing is left."""
        return self._step_back("undo", lambda stack: stack.done)

    def redo(self) -> Step | None:
        """Bring back what was undone last; what was applied, None when nothing is left."""
        return self._step_back("redo", lambda stack: stack.undone)

    def _step_back(self, how: journal.How, side: Callable[[UndoStack], list[tuple[str, str]]]) -> Step | None:
        taken: list[Step] = []
        with self._writing() as conn:
            self._undo.read_on(conn, self.annotator)
            last = ""
            while (left := side(self._undo)) and (not last or self._undo.together(last, left[-1][0])):
                last, applied_by = left[-1]
                taken.append(self._step_one_back(conn, how, last, applied_by))
                self._undo.read_on(conn, self.annotator)
        if not taken:
            return None
        label = taken[0 if how == "redo" else -1].label
        return Step(label, tuple(edit for step in taken for edit in step.edits))

    def _step_one_back(self, conn: Connection, how: journal.How, of_step: str, applied_by: str) -> Step:
        step = journal.inverse_of(conn, applied_by, self._text)
        try:
            journal.write(conn, step, self._text, by=self.annotator, how=how, of_step=of_step)
        except ValueError as e:
            message = f"“{step.label}” cannot be {how.removesuffix('o')}one: {e}."
            raise AnnotatorError(message, "Something else has changed it since; change it by hand.") from e
        return step

    def history(self, limit: int = 200) -> list[JournalEntry]:
        """The latest steps of everybody, newest first."""
        with self._reading() as conn:
            return journal.history(conn, limit)

    def actors(self) -> Actors:
        """All actors, merged ones included."""
        with self._reading() as conn:
            return actors.read(conn)

    def linked_names(self) -> list[LinkedName]:
        """What people linked names to, where they agree."""
        with self._reading() as conn:
            return linked.linked_names(conn)

    @property
    def releases(self) -> Releases:
        """Frozen releases: listed, added, looked into."""
        return Releases(self._reading, self._writing)

    @property
    def statements(self) -> Statements:
        """All statements that the current annotator sees: found, counted, read by page."""
        return Statements(self._reading, self.annotator)

    @property
    def finding(self) -> Finding:
        """Words in their context over all articles, with filters."""
        return Finding(self._reading, self.annotator)

    # Use of the scheme

    def usage(self) -> Usage:
        """How often labels, topics and acts are used, over all layers."""
        with self._reading() as conn:
            return usage.count(conn)

    def layers_using(self, group: Group, id: str) -> list[Layer]:
        """The human and gold layers that use a label, a topic or an act."""
        with self._reading() as conn:
            found = usage.layers_of_people(conn, group, id)
            read = [self._layer(article, kind, name) for article, name, kind in found]
        return [layer for layer in read if layer]

    def remap_suggestions(self, group: Group, old: str, new: str) -> None:
        """Let the suggestions say `new` instead of `old`; not journalled."""
        with self._writing() as conn:
            usage.remap_suggestions(conn, group, old, new)

    # Search and upkeep

    def search(self, query: str, limit: int = 100) -> list[Hit]:
        """Where the words of the query stand together, with what is around them."""
        with self._reading() as conn:
            return search.hits(conn, query, limit)

    def check(self) -> list[str]:
        """What is wrong with the file, one sentence each; [] when it is sound."""
        return check.problems(self._conn, read_only=self.read_only)

    def backup(self, to: Path | None = None) -> Path:
        """Copy to `to`, or among the backups beside the project, of which the newest are kept."""
        return backup.back_up(self._conn, self.path, to)


def view_of(project: Project, article: str) -> Layer:
    """What the current annotator sees: see `Project.view`."""
    return project.view(article)
