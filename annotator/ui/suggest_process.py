"""The suggester as a child process: `annotator suggest - --replies`, one line of JSON each way. One
request is under way at a time, so that what a person waits for is always next.
"""

import json
import logging
from collections import Counter, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from annotator.domain.record import Record, from_record
from annotator.domain.spans import Span
from annotator.errors import AnnotatorError
from annotator.jobs.progress import Job, Progress
from annotator.storage.project import Project
from annotator.ui.job_runner import JobRunner

log = logging.getLogger(__name__)

RESTARTS = 1
LARGE = 200_000  # bytes of an answer from which storing it would hold up the window
GRACE = 1_500  # milliseconds that the child has to end when the window closes


@dataclass(frozen=True)
class Request:
    """An article to suggest for, or with `statement` the roles of one made by hand."""

    article: str
    statement: str | None = None
    spans: tuple[Span, ...] = ()


def read_answer(request: Request, line: bytes) -> Record | None:
    """What the child said; None when it said that it cannot. Raises ValueError for anything else."""
    answer = json.loads(line)
    if "error" in answer:
        log.warning("no suggestions for %s: %s", request.article, answer["error"])
        return None
    record = from_record(answer)
    if record.article.id != request.article:
        raise ValueError("the suggester answered for another text")
    return record


def store_job(project: Project, request: Request, line: bytes) -> Job[Record | None]:
    """Read and store a long answer beside the window."""
    yield Progress(0, None, "Storing suggestions")
    record = read_answer(request, line)
    if record:
        with project.sibling() as own:
            own.put_machine_layer(request.article, record.layer, record.actors)
    return record


class SuggestProcess(QObject):
    """Works through the articles without suggestions; stores what comes back."""

    suggested = Signal(str, int)  # article id, how many statements: its suggestions are stored
    filled = Signal(str, str, object)  # article id, statement id, domain.record.Record
    not_filled = Signal(str, str)  # article id, statement id: nothing will come of it
    progressed = Signal(int, int)  # done, total
    failed = Signal(str)  # it ended and was not started again

    def __init__(self, project: Project, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project, self._command = project, list(command)
        self._queue: deque[str] = deque()
        self._waiting: set[str] = set()
        self._deadly: Counter[str] = Counter()
        self._fills: deque[Request] = deque()
        self._busy: Request | None = None
        self._buffer = bytearray()
        self._done, self._total, self._starts = 0, 0, 0
        self._process: QProcess | None = None
        self._last_words = ""
        self._storing = JobRunner(self)
        self._storing.finished.connect(self._stored)
        self._storing.failed.connect(self._not_stored)

    # -- what is wanted

    def begin(self) -> None:
        """Start, or start again after it failed, with every article that has no suggestions."""
        self._starts = 0
        self._deadly.clear()  # what ended the child may have been something else than the article
        self._launch()
        self.catch_up()

    def restart(self) -> int:
        """Start with what was chosen anew, for every article that is not done; how many wait."""
        busy = None if self._storing.running else self._busy
        if busy and busy.statement:
            self._fills.appendleft(busy)
        elif busy:
            self._queue.appendleft(busy.article)
        self.begin()
        return self.again()

    def catch_up(self) -> None:
        """Queue the articles that have come without suggestions, those of an assigned sample first."""
        self._put_in_queue(self._project.ids_without_suggestions())
        queues = self._project.queues
        if queues.now.sample and (sample := queues.sample):
            self.prefer(sample.articles)

    def again(self) -> int:
        """Queue every article that is not done, to profit from what was decided since; how many wait."""
        self._put_in_queue(self._project.ids_not_done())
        return len(self._queue)

    def _put_in_queue(self, ids: Iterable[str]) -> None:
        fresh = [i for i in ids if i not in self._waiting and self._deadly[i] <= RESTARTS]
        self._waiting.update(fresh)
        self._queue.extend(fresh)
        self._total += len(fresh)
        self._tell()
        self._next()

    def hurry(self, article_id: str) -> None:
        """This article next: it is on screen."""
        if article_id in self._waiting and self._queue and self._queue[0] != article_id:
            try:
                self._queue.remove(article_id)
            except ValueError:
                return  # under way
            self._queue.appendleft(article_id)

    def prefer(self, articles: Collection[str]) -> None:
        """These before all others that wait."""
        self._queue = deque(sorted(self._queue, key=lambda article: article not in articles))

    def fill(self, article_id: str, statement: str, spans: Iterable[Span]) -> None:
        """Ask for the roles of a statement made by hand, before anything else."""
        self._fills.append(Request(article_id, statement, tuple(spans)))
        self._next()

    def stop(self) -> None:
        """End the child; what was under way is simply not stored."""
        self._busy = None
        self._storing.shutdown()
        self._end_child()

    def _end_child(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        process.closeWriteChannel()
        process.terminate()
        if not process.waitForFinished(GRACE):
            process.kill()
            process.waitForFinished(GRACE)
        process.deleteLater()

    @property
    def running(self) -> bool:
        """True while there is a child."""
        return self._process is not None

    # -- the child

    def _launch(self) -> None:
        self._end_child()
        if not self._storing.running:
            self._busy = None
        self._starts += 1
        self._buffer.clear()
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        self._process = process
        process.start(self._command[0], self._command[1:])

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 1]
            self._answer(line)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            words = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip()
            log.info("suggester: %s", words)
            self._last_words = words.split("\n")[0][:200] or self._last_words

    @Slot(QProcess.ProcessError)
    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    @Slot()
    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        busy = None
        if not self._storing.running:  # else it had answered already
            busy, self._busy = self._busy, None
        again = self._starts <= RESTARTS
        if busy and busy.statement:
            self._fills.appendleft(busy)
        elif busy:
            self._put_last(busy.article)
        if again:
            log.warning("the suggester ended and is started again")
            self._launch()
            self._next()
        else:
            why = f" It said: {self._last_words}" if self._last_words else ""
            self.failed.emit(
                f"The suggester has stopped, so no new suggestions arrive. Your work is not affected.{why}"
            )

    def _put_last(self, article: str) -> None:
        """An article that may have ended the child waits for the others; the second time it is left."""
        self._deadly[article] += 1
        if self._deadly[article] > RESTARTS:
            log.warning("no suggestions for %s: the suggester ended over it", article)
            self._waiting.discard(article)
            self._done += 1
        else:
            self._queue.append(article)

    # -- requests

    def _next(self) -> None:
        if self._busy or self._process is None:
            return
        while self._fills or self._queue:
            request = self._fills.popleft() if self._fills else Request(self._queue.popleft())
            if self._send(request):
                self._busy = request
                return
            if request.statement:
                self.not_filled.emit(request.article, request.statement)
            else:  # nothing will come of it
                self._waiting.discard(request.article)
                self._done += 1
                self._tell()

    def _send(self, request: Request) -> bool:
        try:
            article = self._project.article(request.article)
        except (KeyError, AnnotatorError):
            log.exception("an article to suggest for could not be read")
            return False
        line: dict[str, object] = {"id": article.id, "text": article.text}
        if article.meta.title:
            line["title"] = article.meta.title
        if request.statement:
            line["fill"] = [{"start": s.start, "end": s.end} for s in request.spans]
        assert self._process is not None  # noqa: S101  # `_next` looked
        self._process.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return True

    def _answer(self, line: bytes) -> None:
        request = self._busy
        if request is None or self._storing.running:
            log.warning("the suggester answered without being asked")
            return
        if len(line) >= LARGE and not request.statement:
            self._storing.start(lambda: store_job(self._project, request, line))
            return
        try:
            record = read_answer(request, line)
            if record and request.statement:
                self.filled.emit(request.article, request.statement, record)
            elif record:
                self._project.put_machine_layer(request.article, record.layer, record.actors)
            self._answered(record)
        except (ValueError, KeyError, AnnotatorError) as error:
            self._not_stored(error)

    @Slot(object)
    def _stored(self, record: Record | None) -> None:
        self._answered(record)

    @Slot(object)
    def _not_stored(self, error: Exception) -> None:
        log.error("an answer of the suggester could not be used", exc_info=error)
        self._answered(None)

    def _answered(self, record: Record | None) -> None:
        """The answer is dealt with, `record` None when there was nothing in it: on to the next."""
        request, self._busy = self._busy, None
        if request is None:
            return
        if request.statement is None:
            self._waiting.discard(request.article)
            self._done += 1
            if record:
                self.suggested.emit(request.article, len(record.layer.statements))
            self._tell()
        elif record is None:
            self.not_filled.emit(request.article, request.statement)
        self._next()

    def _tell(self) -> None:
        self.progressed.emit(self._done, self._total)
