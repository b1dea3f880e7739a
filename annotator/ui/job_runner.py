"""Runs a job of jobs/ in a worker thread and tells the window how it goes."""

import gc
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from annotator.errors import AnnotatorError
from annotator.jobs.progress import Job, Progress

log = logging.getLogger(__name__)

OUR_MISTAKE = "This is a mistake in the program; the details are in its log. Your work is saved."
REPORT_EVERY = 0.04  # seconds: more would only fill the window's event queue
COLLECT_EVERY = 100  # milliseconds between looks at Python's garbage while a job runs


class _Worker(QThread):
    """One run of one job. The object itself lives in, and dies in, the window's thread."""

    stepped = Signal(object)
    ended = Signal(object)
    broke = Signal(object)
    stopped = Signal()

    def __init__(self, make_job: Callable[[], Job[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._make_job = make_job
        self._stop = threading.Event()

    def stop(self) -> None:
        """Close the job before its next item."""
        self._stop.set()

    def run(self) -> None:
        """Everything the job owns is made, used and closed here, in this thread."""
        try:
            self._drive(self._make_job())
        except Exception as error:  # whatever it is, the window must say it
            if not isinstance(error, AnnotatorError):
                log.exception("a job failed")
            self.broke.emit(error)

    def _drive(self, job: Job[Any]) -> None:
        last = 0.0
        try:
            while not self._stop.is_set():
                step = next(job)
                if time.monotonic() - last >= REPORT_EVERY:
                    last = time.monotonic()
                    self.stepped.emit(step)
        except StopIteration as end:
            self.ended.emit(end.value)
        else:
            job.close()
            self.stopped.emit()
        finally:
            job.close()


class JobRunner(QObject):
    """Runs one job at a time. Exactly one of `finished`, `failed`, `cancelled` follows a start.

    `failed` carries the exception: an AnnotatorError is for people, anything else is our bug.
    """

    progress = Signal(object)  # Progress
    finished = Signal(object)  # the job's report
    failed = Signal(object)  # Exception
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: _Worker | None = None
        self._outcome: Callable[[], None] | None = None
        self._collector = _Collector(self)

    @property
    def running(self) -> bool:
        """True between `start` and the signal that ends it."""
        return self._worker is not None

    def start(self, make_job: Callable[[], Job[Any]]) -> None:
        """Call `make_job` in the worker thread and drive the job it returns.

        Open database connections inside the job (`project.sibling()`): they belong to its thread.
        Raises RuntimeError while another job runs.
        """
        if self._worker is not None:
            raise RuntimeError("a job is running already")
        self._outcome = None
        self._worker = worker = _Worker(make_job, self)
        worker.stepped.connect(self._on_step)
        worker.ended.connect(self._on_end)
        worker.broke.connect(self._on_break)
        worker.stopped.connect(self._on_stop)
        worker.finished.connect(self._on_finished)
        self._collector.begin()
        worker.start()

    def cancel(self) -> None:
        """Stop between two items; `cancelled` follows, unless the job was over already."""
        if self._worker is not None:
            self._worker.stop()

    def shutdown(self) -> None:
        """Cancel and wait until the thread has ended; for closing the window."""
        if self._worker is not None:
            worker = self._worker
            worker.stop()
            worker.wait()
            self._on_finished()

    @Slot(object)
    def _on_step(self, step: Progress) -> None:
        self.progress.emit(step)

    @Slot(object)
    def _on_end(self, report: object) -> None:
        self._outcome = lambda: self.finished.emit(report)

    @Slot(object)
    def _on_break(self, error: Exception) -> None:
        self._outcome = lambda: self.failed.emit(error)

    @Slot()
    def _on_stop(self) -> None:
        self._outcome = self.cancelled.emit

    @Slot()
    def _on_finished(self) -> None:
        worker, outcome = self._worker, self._outcome
        if worker is None:
            return
        self._worker, self._outcome = None, None
        worker.wait()
        worker.deleteLater()
        self._collector.end()
        (outcome or self.cancelled.emit)()


class _Collector(QObject):
    """While a job runs, Python's garbage is collected in the window's thread only: a cycle that
    holds a widget must not be taken down by the worker, which would destroy it there.
    """

    _running: ClassVar[int] = 0  # collecting is one switch for the whole process
    _was_enabled: ClassVar[bool] = False

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_EVERY)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        if not _Collector._running:
            _Collector._was_enabled = gc.isenabled()
        _Collector._running += 1
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        _Collector._running -= 1
        if _Collector._was_enabled and not _Collector._running:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
