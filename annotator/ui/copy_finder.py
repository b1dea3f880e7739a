"""Looks for near-copies beside the window: after an import, or when somebody asks."""

import logging

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.jobs.progress import Progress
from annotator.jobs.queueing import look_for_copies
from annotator.storage.project import Project
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner

log = logging.getLogger(__name__)

MOST_UNASKED = 5_000  # articles: some seconds; beyond that somebody has to ask


class CopyFinder(QObject):
    """`progressed` carries per cent; `found` comes when the project knows them, `failed` with why not."""

    progressed = Signal(int)
    found = Signal()
    failed = Signal(str)

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._again = project, False
        self._runner = JobRunner(self)
        self._runner.progress.connect(self._step)
        self._runner.finished.connect(self._done)
        self._runner.failed.connect(self._failed)

    @property
    def stale(self) -> bool:
        """True when articles have come since near-copies were looked for, or they never were."""
        looked_at = self._project.queues.near_copies.looked_at
        return looked_at != sum(self._project.counts().values())

    @property
    def looking(self) -> bool:
        """True while it runs."""
        return self._runner.running

    def articles_came(self) -> None:
        """Look unasked, where that is quick."""
        if not self._project.read_only and sum(self._project.counts().values()) <= MOST_UNASKED:
            self.look()

    def look(self) -> None:
        """Look at all articles; once more when it is looking already."""
        self._again = self._runner.running
        if not self._again:
            self._runner.start(lambda: look_for_copies(self._project))

    def shutdown(self) -> None:
        """Stop and wait; nothing of an unfinished search is kept."""
        self._again = False
        self._runner.shutdown()

    def _step(self, step: Progress) -> None:
        self.progressed.emit(100 * step.done // max(1, step.total or 1))

    def _done(self, _report: object) -> None:
        if self._again:
            self.look()
        else:
            self.found.emit()

    def _failed(self, error: Exception) -> None:
        log.warning("near-copies were not found", exc_info=error)
        self.failed.emit(str(error) if isinstance(error, AnnotatorError) else OUR_MISTAKE)
