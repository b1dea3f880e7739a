"""The panel at the left: search, states with their counts, the articles, and how suggesting goes."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QProgressBar, QVBoxLayout, QWidget

from annotator.domain.layer import State
from annotator.export.wording import counted
from annotator.storage.articles import ArticleRow
from annotator.ui.article_rows import STATE_NAMES, ArticleRows, RowDelegate
from annotator.ui.keycap import KeyCap
from annotator.ui.order_chooser import OrderChooser
from annotator.ui.queue_line import QueueLine
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import Chip, FlowLayout, button, label

NARROW_FROM = 1.5  # scale from which the column has no room for words beside the order
SEARCH_PAUSE = 120  # milliseconds without a key before the search is made


class _SearchField(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ArticleList(QWidget):
    """Emits which article is wanted and what is searched; shows what it is given."""

    chosen = Signal(str)
    asked = Signal(str, object)  # query, State or None
    queue_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._last = -1  # the row that was focused last, in the list still or not
        look(self, "panel")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._top(fonts))
        self.rows = ArticleRows(self)
        self.view = self._list(theme, fonts)
        box.addWidget(self.view, 1)
        self._nothing = label("", "muted", wrap=True, parent=self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(fonts.px(20), fonts.px(30), fonts.px(20), 0)
        box.addWidget(self._nothing, 1)
        box.addWidget(self._suggesting(fonts))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(self._pause.start)
        self.put([], None)

    def put(self, rows: Sequence[ArticleRow], current: str | None) -> None:
        """Show articles, one of them open."""
        self.rows.put(rows)
        self.view.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        filtered = bool(self.query or self.state)
        self._nothing.setText(
            "No article fits."
            if filtered
            else "No articles yet.\nDrop files here, or import them from the menu."
        )
        self.focus_on(current)

    def complete(self, rows: Sequence[ArticleRow], current: str | None) -> None:
        """The whole of the list whose beginning was put."""
        known = self.rows.place(current) >= 0
        self.rows.complete(rows)
        if not known:
            self.focus_on(current)

    def put_counts(self, counts: Mapping[State, int]) -> None:
        """Show how many articles stand where."""
        for state, chip in self._chips.items():
            chip.set_count(counts.get(state, 0))
        self.field.setPlaceholderText(f"Search {counted(sum(counts.values()), 'article')}…")

    def rest(self) -> None:
        """Ask for nothing any more: the window closes."""
        self._pause.stop()

    def focus_on(self, id: str | None) -> None:
        """Show which article is open."""
        place = self.rows.place(id)
        self._last = place if place >= 0 else self._last
        self.rows.reach(place)
        index = self.rows.index(place) if place >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def beside(self, id: str | None, by: int, *, unfinished: bool = False) -> str | None:
        """The article `by` rows further; with `unfinished` the next that is not done, round the end.
        From an article that is not in the list, such as a near-copy, it goes back to where one was.
        """
        count, place = len(self.rows), self.rows.place(id)
        if not count:
            return None
        if place < 0:
            by, place = 0, min(max(self._last, 0), count - 1)
            if unfinished:
                place -= 1
        if not unfinished:
            row = self.rows.row(place + by)
            return row.id if row else None
        for step in range(1, count + 1):
            row = self.rows.row((place + step) % count)
            if row and row.state is not State.DONE and row.id != id:
                return row.id
        return None

    @property
    def query(self) -> str:
        """What is searched."""
        return self.field.text().strip()

    @property
    def state(self) -> State | None:
        """The state that is filtered for."""
        return next((s for s, chip in self._chips.items() if chip.isChecked()), None)

    def show_suggesting(self, done: int, total: int) -> None:
        """How far the machine is with the queue; nothing when it is through."""
        self._line.setVisible(done < total)
        self._line_words.setText(f"Suggesting · {done:,} of {total:,}")
        self._line_bar.setRange(0, max(1, total))
        self._line_bar.setValue(done)

    def _top(self, fonts: Fonts) -> QWidget:
        top = QFrame(self)
        box = QVBoxLayout(top)
        box.setContentsMargins(fonts.px(12), fonts.px(12), fonts.px(12), fonts.px(10))
        box.setSpacing(fonts.px(10))
        self.field = _SearchField(top)
        self.field.setAccessibleName("Search articles")
        self.field.setClearButtonEnabled(False)
        self.field.left.connect(self.left)
        self.order = OrderChooser(top)
        self.order.activated.connect(self._order_chosen)
        self.order.left.connect(self.left)
        cap = QVBoxLayout(self.field)
        cap.setContentsMargins(0, 0, fonts.px(8), 0)
        cap.addWidget(KeyCap("/", self.field), 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self.field)
        chips = QWidget(top)
        flow = FlowLayout(chips, spacing=fonts.px(6))
        self._chips: dict[State, Chip] = {}
        for state, name in STATE_NAMES.items():
            chip = Chip(name, count=0, parent=chips)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(self._chip_clicked(state))
            flow.addWidget(chip)
            self._chips[state] = chip
        box.addWidget(chips)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(6))
        row.addWidget(self.order, 1)
        words = "⋯" if fonts.scale >= NARROW_FROM else "Queue…"
        queue = button(words, self.queue_asked.emit, "quiet", name="What to work through", parent=top)
        queue.setToolTip("A sample, near-copies (L)")
        queue.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(queue)
        box.addLayout(row)
        self.line = QueueLine(fonts, top)
        box.addWidget(self.line)
        return top

    def _chip_clicked(self, state: State) -> Callable[[bool], None]:
        def clicked(checked: bool) -> None:  # noqa: FBT001  # a slot
            for other, chip in self._chips.items():
                chip.setChecked(checked and other is state)
            self._ask()

        return clicked

    def _list(self, theme: Theme, fonts: Fonts) -> QListView:
        view = QListView(self)
        view.setModel(self.rows)
        view.setItemDelegate(RowDelegate(theme, fonts, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setAccessibleName("Articles")
        view.clicked.connect(self._choose)
        return view

    def _suggesting(self, fonts: Fonts) -> QWidget:
        self._line = QFrame(self)
        box = QVBoxLayout(self._line)
        box.setContentsMargins(fonts.px(14), fonts.px(10), fonts.px(14), fonts.px(10))
        box.setSpacing(fonts.px(6))
        self._line_words = label("", "small", parent=self._line)
        box.addWidget(self._line_words)
        self._line_bar = QProgressBar(self._line)
        self._line_bar.setTextVisible(False)
        self._line_bar.setAccessibleName("Suggesting")
        box.addWidget(self._line_bar)
        self._line.hide()
        return self._line

    def _order_chosen(self) -> None:
        self._ask()
        self.left.emit()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.query, self.state)

    def _choose(self, index: QModelIndex) -> None:
        if row := self.rows.row(index.row()):
            self.chosen.emit(row.id)
