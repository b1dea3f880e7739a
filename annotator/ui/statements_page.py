"""The page Statements: everything the project holds, narrowed by chips and by typing, sorted, and the
way from a row to its place in the article.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.jobs.progress import Job, Progress
from annotator.storage.project import Project
from annotator.storage.same_words import Key
from annotator.storage.statements import Wanted
from annotator.ui.job_runner import JobRunner
from annotator.ui.keycap import KeyHint
from annotator.ui.statement_filters import NARROW_FROM, StatementFilters
from annotator.ui.statement_table import COLUMNS, StatementTable
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import label, line

PAUSE = 150  # milliseconds without a key before what was typed is looked for


@dataclass(frozen=True)
class Wish:
    """What the table shall show. `renew` reads the counts and what differs anew."""

    wanted: Wanted
    order: str = "file"
    descending: bool = False
    differing: frozenset[Key] | None = None  # show only these
    renew: bool = False


@dataclass(frozen=True)
class Found:
    """What was found for a wish; counts and differing None when they were not renewed."""

    wish: Wish
    keys: list[Key]
    counts: Mapping[str, int] | None = None
    differing: frozenset[Key] | None = None


def find_job(project: Project, wish: Wish) -> Job[Found]:
    """Look for the statements beside the window."""
    with project.sibling() as own:
        yield Progress(0, 2, "Looking for statements")
        keys = own.statements.find(wish.wanted, wish.order, descending=wish.descending)
        if wish.differing is not None:
            keys = [key for key in keys if key in wish.differing]
        if not wish.renew:
            return Found(wish, keys)
        yield Progress(1, 2, "Looking for statements")
        return Found(wish, keys, own.statements.counts(), own.statements.decided_differently())


class StatementsPage(QWidget):
    """Emits `jump` with article and statement. It reads anew whenever it appears."""

    jump = Signal(str, str)

    def __init__(self, project: Project, theme: Theme, fonts: Fonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._theme, self._fonts = project, theme, fonts
        self._scheme = project.scheme
        self._order, self._descending = "file", False
        self._differing: frozenset[Key] = frozenset()
        self._next: Wish | None = None
        self.runner = JobRunner(self)
        self.runner.finished.connect(self._show)
        self.runner.failed.connect(self._failed)
        look(self, "article")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.filters = StatementFilters(self._scheme, fonts, self)
        row.addWidget(self.filters)
        row.addWidget(self._table(), 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.ask)
        self.filters.typed.connect(self._pause.start)
        self.filters.changed.connect(self._ask_now)
        self.filters.left.connect(self._to_table)

    def refresh(self) -> None:
        """Read everything anew: statements may have been decided meanwhile, the scheme edited."""
        if self._project.scheme != self._scheme:
            self._scheme = self._project.scheme
            self.filters.put_scheme(self._scheme)
        self.ask(renew=True)

    def follow(self) -> None:
        """Something was decided or undone: show it, if anybody looks."""
        if self.isVisible():
            self.refresh()

    def ask(self, *, renew: bool = False) -> None:
        """Look for what chips and field say."""
        self._pause.stop()
        differing = self._differing if self.filters.only_differing else None
        renew = renew or bool(self._next and self._next.renew)
        wish = Wish(self.filters.wanted, self._order, self._descending, differing, renew)
        if self.runner.running:
            self._next = wish
        else:
            self.runner.start(lambda: find_job(self._project, wish))

    def shutdown(self) -> None:
        """Stop looking and wait for it; for closing the window."""
        self._pause.stop()
        self._next = None
        self.runner.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Statements are read whenever the page appears; the keyboard goes to the table."""
        super().showEvent(event)
        self.refresh()
        self.table.setFocus()

    # what happens

    def _show(self, found: Found) -> None:
        if found.differing is not None:
            self._differing = found.differing
            self.filters.show_counts(found.counts or {}, len(self._differing))
        if self._go_on():
            return
        at = self.table.rows.statement(self.table.currentIndex().row())
        self.table.rows.put(found.keys, self._differing, self._scheme, self._project.statements.rows)
        place = self.table.rows.place(at.article, at.statement) if at and len(found.keys) < 10_000 else -1
        self._select(max(place, 0))
        self._say(found)

    def _say(self, found: Found) -> None:
        count = len(found.keys)
        self.count.setText(f"{count:,} statement{'' if count == 1 else 's'}")
        narrowed = found.wish.wanted != Wanted() or found.wish.differing is not None
        words = (
            "No statement fits. Take a filter away."
            if narrowed
            else (
                "No statements yet. They appear here once the machine has read an article "
                "or you have marked one."
            )
        )
        self._nothing.setText(words)
        self._nothing.setVisible(not count)
        self.table.setVisible(bool(count))

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, AnnotatorError)
        self.count.setText(str(error) if known else "The statements could not be read.")
        self._go_on()

    def _go_on(self) -> bool:
        """Look for what was asked meanwhile; False when nothing was."""
        wish, self._next = self._next, None
        if wish is not None:
            self.runner.start(lambda: find_job(self._project, wish))
        return wish is not None

    def _ask_now(self) -> None:
        self.ask()

    def _select(self, row: int) -> None:
        self.table.setCurrentIndex(self.table.rows.index(row, 0))

    def _to_table(self) -> None:
        if self._pause.isActive():
            self.ask()
        self.table.setFocus()

    def _jump(self, row: int) -> None:
        statement = self.table.rows.statement(row)
        if statement is not None:
            self.jump.emit(statement.article, statement.statement)

    def _order_chosen(self) -> None:
        self._sort(self.order.currentData(), descending=False)

    def _sort(self, order: str, descending: bool) -> None:  # noqa: FBT001  # a slot
        self._order, self._descending = order, descending
        at = max(0, self.order.findData(order))
        self.order.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.order.setCurrentIndex(at)
        self.order.blockSignals(False)  # noqa: FBT003  # Qt's own
        self.table.show_order(order, descending=descending)
        self.ask()

    # parts

    def _table(self) -> QWidget:
        fonts = self._fonts
        side = look(QWidget(self), "article")
        box = QVBoxLayout(side)
        box.setContentsMargins(fonts.px(18), fonts.px(12), fonts.px(18), fonts.px(12))
        box.setSpacing(fonts.px(8))
        top = QHBoxLayout()
        self.count = label("", "heading", parent=side)
        top.addWidget(self.count, 1)
        hint = KeyHint("Return", "open in the article", side)
        hint.setVisible(fonts.scale < NARROW_FROM)
        top.addWidget(hint)
        self.order = QComboBox(side)
        self.order.setAccessibleName("Order of the table")
        self.order.addItem("In order of the articles", "file")
        for order, heading, _ in COLUMNS:
            self.order.addItem(f"By {heading.lower()}", order)
        self.order.currentIndexChanged.connect(self._order_chosen)
        top.addWidget(self.order)
        box.addLayout(top)
        box.addWidget(line(side))
        self.table = StatementTable(self._scheme, self._theme, fonts, side)
        self.table.chosen.connect(self._jump)
        self.table.find_asked.connect(self.filters.field.setFocus)
        self.table.sorted_by.connect(self._sort)
        box.addWidget(self.table, 1)
        self._nothing = label("", "muted", wrap=True, parent=side)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        box.addWidget(self._nothing, 1)
        return side
