"""Between the project and the list of articles: which are listed, how they are counted, and the
search for near-copies that may leave some out.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.domain.edits import SetState, Step
from annotator.domain.layer import State
from annotator.errors import AnnotatorError
from annotator.jobs.progress import Job, Progress
from annotator.storage.articles import ArticleRow
from annotator.storage.project import Project
from annotator.storage.queues import Queue
from annotator.ui.copy_finder import CopyFinder
from annotator.ui.job_runner import JobRunner
from annotator.ui.session import ChangeSet

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


log = logging.getLogger(__name__)

FIRST = 300  # rows that are read at once; the rest of a long list follows from beside the window
PAINTED = 100  # milliseconds until the beginning is on screen; then the rest is read


@dataclass(frozen=True)
class Wish:
    """Which articles are listed, and how."""

    state: State | None
    query: str
    order: str
    queue: Queue

    def rows(self, project: Project, limit: int | None = None) -> list[ArticleRow]:
        """Read them."""
        return project.rows(
            state=self.state, query=self.query, order=self.order, queue=self.queue, limit=limit
        )


def whole_list(project: Project, wish: Wish) -> Job[list[ArticleRow]]:
    """Read the whole of a long list."""
    yield Progress(0, None, "Listing")
    with project.sibling() as own:
        return wish.rows(own)


class Listing(QObject):
    """Reads the project, shows it in the window's list."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._project = window, window.session.project
        self._wish: Wish | None = None  # of which the rest is awaited
        self._asked: Wish | None = None
        self._renewed: Wish | None = None  # takes the place of what is listed once it is read
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAINTED)
        self._soon.timeout.connect(self._ask_for_rest)
        self._rest = JobRunner(self)
        self._rest.finished.connect(self._complete)
        self._rest.failed.connect(self._incomplete)
        self.copies = CopyFinder(self._project, self)
        self.copies.found.connect(self._copies_found)

    def reload(self) -> None:
        """Read the list of articles and the counts anew."""
        shown = self._window.list
        try:
            wish = self._wished()
            rows = wish.rows(self._project, FIRST)
            shown.put(rows, self._open)
            self._wish = wish if len(rows) == FIRST else None
            if self._wish:
                self._soon.start()
            self.count()
            shown.order.keep(self._project)
        except AnnotatorError as e:
            self._window.banner.show_message(str(e), "error")

    def _wished(self) -> Wish:
        shown = self._window.list
        return Wish(shown.state, shown.query, shown.order.order, self._project.queues.now)

    @property
    def _open(self) -> str | None:
        snapshot = self._window.session.snapshot
        return snapshot.article.id if snapshot else None

    def _ask_for_rest(self) -> None:
        if self._wish is not None and not self._rest.running:
            self._asked = wish = self._wish
            self._rest.start(lambda: whole_list(self._project, wish))

    def _complete(self, rows: list[ArticleRow]) -> None:
        if self._wish is self._asked:
            put = self._window.list.put if self._wish is self._renewed else self._window.list.complete
            self._wish = self._renewed = None
            put(rows, self._open)
        else:  # something else was asked for meanwhile
            self._ask_for_rest()

    def _incomplete(self, error: Exception) -> None:
        log.error("the list could not be read", exc_info=error)
        self._window.banner.show_message(
            "Only the first articles are listed: the rest could not be read.",
            "warning",
            [("Try again", self.reload)],
        )

    def count(self) -> None:
        """How many articles of the queue stand where, and how many near-copies are not in it."""
        queue = self._project.queues.now
        counts = self._project.counts(queue)
        hidden = 0
        if queue.hide_copies:
            hidden = sum(self._project.counts(replace(queue, hide_copies=False)).values())
            hidden -= sum(counts.values())
        self._window.list.put_counts(counts)
        self._window.list.line.show_queue(queue, counts, hidden)

    def follow(self, step: Step) -> None:
        """A step was saved: show what it did to other articles than the open one, which the window shows,
        and to the counts.
        """
        articles = {p.article for p in step.edits if p.article}
        try:
            if len(articles) > FIRST:
                self.reload()
                return
            for id in articles - {self._open}:
                self._window.list.rows.change(self._project.row(id))
            if any(isinstance(p.edit, SetState) for p in step.edits):
                self._moved(articles)
        except AnnotatorError as e:
            self._window.banner.show_message(str(e), "error")

    def _moved(self, articles: Iterable[str]) -> None:
        """Articles stand elsewhere, so their near-copies may come or go."""
        queues = self._project.queues
        if not queues.now.hide_copies or not any(map(queues.copies_of, articles)):
            self.count()
        elif len(self._window.list.rows) < FIRST:
            self.reload()
        else:  # what is listed stays until all is read: people go on from where they are
            self.count()
            self._wish = self._renewed = self._wished()
            self._ask_for_rest()

    def shutdown(self) -> None:
        """Nothing is asked of the project any more."""
        self._wish = None
        self._soon.stop()
        self._rest.shutdown()
        self.copies.shutdown()

    def _copies_found(self) -> None:
        self.reload()
        self._window.page.show_change(ChangeSet(meta=True))
