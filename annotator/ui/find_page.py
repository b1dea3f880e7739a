"""The page Find: words in their context over all articles, narrowed and sorted, hits to tick and act on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.jobs.finding import MOST, Found, Wish, find_job, more_hits, rest_job
from annotator.storage.finding import Hit, Sought
from annotator.storage.project import Project
from annotator.ui.find_filters import NARROW_FROM, FindFilters
from annotator.ui.find_table import FindTable
from annotator.ui.job_runner import JobRunner
from annotator.ui.keycap import KeyHint
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import FlowLayout, button, label, line

PAUSE = 90  # milliseconds without a key before what was typed is looked for
ORDERS = {
    "file": "In order of the articles",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "outlet": "By outlet",
    "title": "By title",
    "unsure": "Least sure first",
}
HOW = (
    "Type words to find them in the titles and texts of all articles.\n\n"
    "Words stand together as typed; the last may be unfinished. What you choose at the left narrows the "
    "hits; tick some with Space and mark, flag or skip them all at once."
)
NOTHING, NARROWED = "Nothing was found.", "Nothing was found. Take a filter away, or try other words."


class FindPage(QWidget):
    """Emits `jump` with a Hit; `acts` are keys and words of what can be done with ticked hits."""

    jump = Signal(object)

    def __init__(
        self,
        project: Project,
        acts: tuple[tuple[str, str], ...],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project, self._theme, self._fonts = project, theme, fonts
        self._shown: Found | None = None
        self._at = 0  # how many articles' hits are read
        self._next: Wish | None = None
        self._rest = False  # of what is shown already is being looked for
        self._near: list[QPushButton] = []
        self._reading, self._ticks = False, False  # hits further down; to tick all of them
        self.runner = JobRunner(self)
        self.runner.finished.connect(self._found)
        self.runner.failed.connect(self._failed)
        self.runner.cancelled.connect(self._go_on)
        self.reader = JobRunner(self)  # of hits further down: to tick them, or where the next is far
        self.reader.finished.connect(self._read)
        self.reader.failed.connect(self._not_read)
        look(self, "article")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.filters = FindFilters(project.scheme, fonts, self)
        row.addWidget(self.filters)
        row.addWidget(self._side(acts), 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.ask)
        self.filters.typed.connect(self._pause.start)
        self.filters.changed.connect(self.ask)
        self.filters.left.connect(self._to_table)
        self._say()

    @property
    def acted_on(self) -> list[Hit]:
        """Ticked hits, or that of the current row."""
        return self.table.acted_on

    def look_for(self, words: str = "") -> None:
        """The keyboard goes to the field; with `words`, these are looked for."""
        if words:
            self.filters.field.setText(words)
        self.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.field.selectAll()

    def follow(self) -> None:
        """Something was decided or undone: show it, if anybody looks."""
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Look for what field and choices say."""
        self._pause.stop()
        wish = Wish(self.filters.sought, str(self.order.currentData()))
        if self.runner.running:
            self._next = wish
            self.runner.cancel()
        elif wish.sought == Sought():
            self._shown = None
            self.table.rows.put([], None)
            self._say()
        else:
            self._look(wish)

    def shutdown(self) -> None:
        """Stop looking and wait for it; for closing the window."""
        self._pause.stop()
        self._next = None
        self.runner.shutdown()
        self.reader.shutdown()
        self.table.rows.extend([], None)  # nothing is read any more

    def showEvent(self, event: QShowEvent) -> None:
        """What there is to choose from is read whenever the page appears."""
        super().showEvent(event)
        finding = self._project.finding
        self.filters.put_scheme(self._project.scheme)
        self.filters.put_known(finding.outlets(), finding.annotators(), self._project.actors())
        self.ask()
        self.filters.field.setFocus()

    # what happens

    def _look(self, wish: Wish, *, rest: bool = False) -> None:
        self._rest = rest
        limit = -1 if rest else 0
        self.runner.start(lambda: find_job(self._project, wish, limit))

    def _found(self, found: Found) -> None:
        if self._next is not None:
            self._go_on()
            return
        before, self._shown = self._shown, found
        if not self._rest or not self.table.rows.rowCount():
            self._at, self._reading = found.read, False
            same = before is not None and before.wish == found.wish  # something was decided meanwhile
            row = self.table.currentIndex().row() if same else 0
            self.table.rows.put(found.hits, self._further, ticks=same)
            row = min(max(row, 0), len(found.hits) - 1)
            self.table.setCurrentIndex(self.table.rows.index(row, 0))
        elif not self.reader.running:
            self._list_further([])
        if not found.complete:
            self._look(found.wish, rest=True)
        self._say()

    def _go_on(self) -> None:
        """Look for what was asked meanwhile."""
        wish, self._next = self._next, None
        if wish is None:
            return
        if wish.sought == Sought():
            self.ask()
        else:
            self._look(wish)

    def _tick_all(self) -> None:
        """Tick all hits, those not listed yet read first, or none."""
        rows = self.table.rows
        if rows.all_read or rows.ticked or self.reader.running:
            rows.tick_all()
            return
        rows.extend([], None)  # nothing is read by scrolling meanwhile
        self._read_beside(MOST, ticks=True)

    def _read_beside(self, most: int, *, ticks: bool = False) -> None:
        found, at = self._shown, self._at
        if found is not None and not self.reader.running:
            self._reading, self._ticks = True, ticks
            self.reader.start(lambda: rest_job(self._project, found, at, most))

    def _read(self, read: tuple[list[Hit], int]) -> None:
        hits: list[Hit] = []
        wanted, self._reading = self._reading, False
        if wanted:  # else other hits are shown meanwhile
            hits, self._at = read
        self._list_further(hits)
        if wanted and self._ticks:
            self.table.rows.tick_all()

    def _list_further(self, hits: list[Hit]) -> None:
        self.table.rows.extend(hits, self._further)
        self.table.fill()

    def _not_read(self, error: Exception) -> None:
        self._read(([], self._at))
        self._failed(error)

    @property
    def _further(self) -> Callable[[], list[Hit]] | None:
        """What reads further hits, None when there are none."""
        return self._more if self._shown and self._at < len(self._shown.numbers) else None

    def _more(self) -> list[Hit]:
        """Further hits, read as somebody scrolls to them; where the next is far, beside the window."""
        found = self._shown
        if found is None:
            return []
        try:
            hits, self._at = more_hits(self._project, found.wish.sought, found.numbers, self._at)
        except AnnotatorError as e:
            self.count.setText(str(e))
            return []
        if not hits and self._further:
            self._read_beside(1)
        return hits

    def _say(self) -> None:
        found, count = self._shown, self.table.rows.rowCount()
        self.table.setVisible(bool(count))
        self._empty.setVisible(not count)
        self._keys.setVisible(bool(count) and self._fonts.scale < NARROW_FROM)
        if found is None:
            self.count.setText("Find in all articles")
            self._nothing.setText(HOW)
            self._offer([])
            return
        more = "" if self.table.rows.all_read and not self.reader.running else "+"
        articles = f"{len(found.numbers):,}{'' if found.complete else '+'}"
        ticked = len(self.table.rows.ticked)
        words = f"{count:,}{more} hit{'' if count == 1 and not more else 's'} in {articles} article"
        words += "" if articles == "1" else "s"
        none = "No hits" if found.complete else "Looking …"
        self.count.setText(f"{words} · {ticked:,} ticked" if ticked else words if count else none)
        nothing = NARROWED if found.wish.sought.narrowed else NOTHING
        self._nothing.setText(nothing if found.complete else "")
        self._offer(found.near if not count else [])

    def _offer(self, words: list[str]) -> None:
        for old in self._near:
            old.hide()
            old.deleteLater()
        self._near = [button(w, partial(self.look_for, w), parent=self._offers) for w in words]
        layout = self._offers.layout()
        assert layout is not None  # noqa: S101  # made with it
        for made in self._near:
            made.setAccessibleName(f"Look for {made.text()}")
            layout.addWidget(made)
        self._instead.setVisible(bool(words))
        self._offers.setVisible(bool(words))

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, AnnotatorError)
        self.count.setText(str(error) if known else "The articles could not be searched.")
        self._go_on()

    def _to_table(self) -> None:
        if self._pause.isActive():
            self.ask()
        if self.table.isVisible():
            self.table.setFocus()

    def _jump(self, row: int) -> None:
        if hit := self.table.rows.hit(row):
            self.jump.emit(hit)

    # parts

    def _side(self, acts: tuple[tuple[str, str], ...]) -> QWidget:
        fonts = self._fonts
        side = look(QWidget(self), "article")
        box = QVBoxLayout(side)
        box.setContentsMargins(fonts.px(18), fonts.px(12), fonts.px(18), fonts.px(12))
        box.setSpacing(fonts.px(8))
        top = QHBoxLayout()
        self.count = label("", "heading", parent=side)
        top.addWidget(self.count, 1)
        self.order = QComboBox(side)
        self.order.setAccessibleName("Order of the hits")
        for order, name in ORDERS.items():
            self.order.addItem(name, order)
        self.order.activated.connect(self.ask)
        top.addWidget(self.order)
        box.addLayout(top)
        box.addWidget(line(side))
        self.table = FindTable(self._theme, fonts, side)
        self.table.rows.name_by(self._project.opening)
        self.table.chosen.connect(self._jump)
        self.table.find_asked.connect(self.look_for)
        self.table.all_asked.connect(self._tick_all)
        self.table.rows.ticks.connect(self._say)
        box.addWidget(self.table, 1)
        box.addWidget(self._when_empty(side), 1)
        keys = QWidget(side)
        flow = FlowLayout(keys, spacing=fonts.px(12))
        own = (("Return", "open at the place"), ("Space", "tick"), ("A", "tick all or none"))
        for key, words in (*own, *acts, ("/", "other words")):
            flow.addWidget(KeyHint(key, words, keys))
        self._keys = keys
        box.addWidget(keys)
        return side

    def _when_empty(self, side: QWidget) -> QWidget:
        self._empty = QWidget(side)
        box = QVBoxLayout(self._empty)
        self._nothing = label("", "muted", wrap=True, parent=self._empty)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._instead = label("Words that are written much like it:", "muted", parent=self._empty)
        self._instead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._offers = QWidget(self._empty)
        row = QHBoxLayout(self._offers)
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        for part in (self._nothing, self._instead, self._offers):
            box.addWidget(part)
        box.addStretch(2)
        return self._empty
