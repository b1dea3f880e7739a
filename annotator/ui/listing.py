"""Between the project and the list of articles: which are listed, how they are counted, and the
search for near-copies that may leave some out.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.ui.copy_finder import CopyFinder
from annotator.ui.session import ChangeSet

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Listing(QObject):
    """Reads the project, shows it in the window's list."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._project = window, window.session.project
        self.stale = False  # an article may stand elsewhere than what is counted
        self.copies = CopyFinder(self._project, self)
        self.copies.found.connect(self._copies_found)

    def reload(self) -> None:
        """Read the list of articles and the counts anew."""
        shown, snapshot = self._window.list, self._window.session.snapshot
        try:
            rows = self._project.rows(
                state=shown.state, query=shown.query, order=shown.order.order, queue=self._project.queues.now
            )
            shown.put(rows, snapshot.article.id if snapshot else None)
            self.count()
            shown.order.keep(self._project)
        except AnnotatorError as e:
            self._window.banner.show_message(str(e), "error")

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

    def follow(self) -> None:
        """Something was saved. Where an article stands elsewhere, its near-copies may come or go."""
        if not self.stale:
            return
        self.stale = False
        if self._project.queues.now.hide_copies:
            self.reload()
        else:
            self.count()

    def shutdown(self) -> None:
        """Nothing is asked of the project any more."""
        self.copies.shutdown()

    def _copies_found(self) -> None:
        self.reload()
        self._window.page.show_change(ChangeSet(meta=True))
