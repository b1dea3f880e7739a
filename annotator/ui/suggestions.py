"""Between the suggester's process and the window: what arrives is shown, what fails is said."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from annotator.domain.fitting import fitted
from annotator.domain.record import Record
from annotator.domain.spans import Span
from annotator.ui.suggest_process import SuggestProcess

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_ABOUT = "suggester"  # what the banner says


class Suggestions(QObject):
    """Does nothing where there is no suggester: read-only windows, tests, pictures."""

    def __init__(self, window: "MainWindow", process: SuggestProcess | None) -> None:
        super().__init__(window)
        self._window, self._process = window, process
        self._held: list[tuple[str, str, Record]] = []  # answers that came while letters picked
        if process is not None:
            process.suggested.connect(self._suggested)
            process.filled.connect(self._filled)
            process.not_filled.connect(self._not_filled)
            process.progressed.connect(self._progressed)
            process.failed.connect(self._failed)

    def hurry(self, article_id: str) -> None:
        """This article is on screen: it comes next."""
        if self._process:
            self._process.hurry(article_id)

    def catch_up(self) -> None:
        """Articles have come."""
        if self._process:
            self._process.catch_up()

    def queue_changed(self) -> None:
        """Another sample may come first now."""
        if self._process and self._process.running:
            self._process.catch_up()

    def again(self) -> int:
        """Suggest anew for every article that is not done; how many wait now."""
        return self._process.again() if self._process and self._process.running else 0

    def restart(self) -> int:
        """Another pipeline was chosen: start anew, for every article that is not done; how many wait."""
        if self._process is None:
            return 0
        self._clear()
        return self._process.restart()

    def fill(self, statement: str, spans: Iterable[Span]) -> bool:
        """Ask for the roles of a statement made by hand; False when the machine does not run."""
        snapshot = self._window.session.snapshot
        if snapshot is None or self._process is None or not self._process.running:
            return False
        self._window.session.wait_for(statement)
        self._process.fill(snapshot.article.id, statement, spans)
        return True

    def stop(self) -> None:
        """End the process."""
        if self._process:
            self._process.stop()

    def _suggested(self, article_id: str, statements: int) -> None:
        window = self._window
        window.session.machine_spoke(article_id)
        rows, snapshot = window.list.rows, window.session.snapshot
        row = rows.row(rows.place(article_id))
        is_open = snapshot is not None and snapshot.article.id == article_id
        if row and not is_open and not row.decided:
            rows.change(row._replace(total=statements, suggested=statements))

    def _filled(self, article_id: str, statement: str, record: Record) -> None:
        if self._window.hints.active:  # showing it would end them, and the next letter be a verb
            self._held.append((article_id, statement, record))
            self._window.hints.changed.connect(self._let_go, Qt.ConnectionType.UniqueConnection)
            return
        session = self._window.session
        layer = fitted(record.layer, session.scheme)
        found = next(iter(layer.statements.values()), None)
        if session.snapshot is None or session.snapshot.article.id != article_id or found is None:
            session.stop_waiting(statement)
            return
        session.fill(statement, found, record.actors)

    @Slot()
    def _let_go(self) -> None:
        if self._held and not self._window.hints.active:
            QTimer.singleShot(0, self._give)  # after what was picked

    @Slot()
    def _give(self) -> None:
        held, self._held = self._held, []
        for answer in held:
            self._filled(*answer)

    def _not_filled(self, _article: str, statement: str) -> None:
        self._window.session.stop_waiting(statement)

    def _progressed(self, done: int, total: int) -> None:
        self._window.list.show_suggesting(done, total)

    def _failed(self, why: str) -> None:
        session = self._window.session
        session.stop_waiting(*session.waiting)
        self._window.banner.show_message(why, "warning", [("Start it again", self._again)], about=_ABOUT)

    def _clear(self) -> None:
        if self._window.banner.about == _ABOUT:
            self._window.banner.clear()

    def _again(self) -> None:
        self._clear()
        if self._process:
            self._process.begin()
