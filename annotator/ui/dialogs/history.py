"""The history: who did what when, what was undone, and the way to the article."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.storage.project import JournalEntry
from annotator.ui.dialogs.base import Dialog
from annotator.ui.pickers.rows import Choice, ChoiceList, Finder
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import label
from annotator.ui.wording import MONTHS

FIRST = 200  # steps read at first; "Show older" doubles it


def moment(at: str, now: datetime | None = None) -> str:
    """A journal's time as people here read it: `14:05`, `9 March, 14:05`, `9 March 2025, 14:05`."""
    try:
        then = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return at
    today = (now or datetime.now().astimezone()).astimezone()
    clock = f"{then:%H:%M}"
    if then.date() == today.date():
        return f"today, {clock}"
    year = "" if then.year == today.year else f" {then.year}"
    return f"{then.day} {MONTHS[then.month - 1]}{year}, {clock}"


class HistoryDialog(Dialog):
    """`read` gives the latest steps, newest first, `title` an article's title. Enter emits `jumped` with
    the article of the selected step and the statement it touched, if any.
    """

    jumped = Signal(str, str)

    def __init__(
        self,
        read: Callable[[int], list[JournalEntry]],
        title: Callable[[str], str],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("History", theme, fonts, parent, width=640, height=600)
        self._read, self._title = read, title
        self._limit = FIRST
        self._finder = Finder(())
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Type to narrow: what, who, when, which article")
        self.field.setAccessibleName("Narrow the history")
        self.field.setClearButtonEnabled(True)
        self.body.addWidget(self.field)
        self.list = ChoiceList("Steps, the latest first", theme, fonts, self, keys=False, wish=9)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addWidget(self.list, 1)
        self._nothing = label("", "muted", wrap=True, parent=self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._nothing)
        self._older = self.add_button("Show older", self.show_older, left=True)
        self.add_button("Close", self.reject)
        self._go = self.add_button("Go to the article ⏎", self.accept, "primary", default=True)
        self.field.textChanged.connect(self._filter)
        self.list.activated.connect(self.accept)
        self.list.selectionModel().currentChanged.connect(self._selected)
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the journal anew."""
        entries: list[JournalEntry] = []
        if not self.attempt(lambda: entries.extend(self._read(self._limit))):
            return
        self._finder = Finder([self._choice(entry) for entry in entries])
        self._older.setVisible(len(entries) == self._limit)
        self._filter(self.field.text())

    def show_older(self) -> None:
        """Twice as many steps."""
        self._limit *= 2
        self.refresh()

    def accept(self) -> None:
        """Close and go to the article of the selected step."""
        choice = self.list.current()
        if self.result() or choice is None or not choice.value.articles:
            return
        super().accept()
        self.jumped.emit(choice.value.articles[0], choice.value.statement or "")

    def _choice(self, entry: JournalEntry) -> Choice:
        where = [self._name(a) for a in entry.articles[:1]]
        if len(entry.articles) > 1:
            where = [f"{len(entry.articles):,} articles"]
        detail = " · ".join([entry.annotator, moment(entry.at), *where])
        return Choice(entry, entry.label, detail, group="undone" if entry.undone else "")

    def _name(self, article: str) -> str:
        try:
            return self._title(article) or f"article {article}"
        except KeyError:
            return f"article {article}"

    def _filter(self, query: str) -> None:
        found = self._finder.find(query)
        self.list.put(found, 0)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.setText("No step fits." if query.strip() else "Nothing has been decided yet.")
        self._selected()

    def _selected(self) -> None:
        choice = self.list.current()
        self._go.setEnabled(choice is not None and bool(choice.value.articles))
