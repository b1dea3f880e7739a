"""How a release would be divided: chips for near-copies and splits, and the sizes counted beside the
window's own work.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.splits import NAMES, SplitOptions
from annotator.jobs.progress import Progress
from annotator.storage.project import Project
from annotator.ui.dialogs.export_choices import STACKED_FROM, ChipRow
from annotator.ui.job_runner import OUR_MISTAKE, JobRunner
from annotator.ui.theme import Fonts
from annotator.ui.widgets import label, line

_COPIES = (("together", "Keep together"), ("one", "One of each"))
_WAYS = (("ratio", "80 / 10 / 10, by story"), ("date", "By date"), ("outlet", "By outlet"))
SIZES = ("articles", "statements", "words")
FIRST_SHOW = 150  # milliseconds: the page is painted before counting competes with it


@dataclass(frozen=True)
class Counted:
    """Sizes by split, how many groups of near-copies there are, how many articles they cost; whether
    gold goes before other work.
    """

    splits: Mapping[str, Mapping[str, int]]
    groups: int
    left_out: int
    gold: bool


class SplitPanel(QWidget):
    """Counts through the job alone, anew whenever something else is chosen. `counted` follows."""

    counted = Signal(object)  # Counted
    changed = Signal()

    def __init__(self, project: Project, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._project, self._fonts = project, fonts
        self._wanted: Filters | None = None
        self.runner = JobRunner(self)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(FIRST_SHOW)
        self._begin.timeout.connect(self._next)
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(fonts.px(9))
        side.addLayout(self._chips())
        side.addLayout(self._table())
        self._words = label("", "muted", wrap=True, parent=self)
        side.addWidget(self._words)
        self.runner.finished.connect(self._show)
        self.runner.failed.connect(self._show_failure)
        self.runner.cancelled.connect(self._next)

    @property
    def near_copies(self) -> str:
        """The chip that is on."""
        return self._copies.value or "together"

    @property
    def splits(self) -> SplitOptions:
        """How articles are divided."""
        return SplitOptions(self._ways.value or "ratio")

    @property
    def words(self) -> str:
        """What is said below the table."""
        return self._words.text()

    def count(self, filters: Filters) -> None:
        """Count what these filters leave; a count under way is given up."""
        self._wanted = filters
        self._put({})
        self._words.setText("Counting…")
        if self.runner.running:
            self.runner.cancel()
        else:
            self._begin.start()

    def stop(self) -> None:
        """Give up counting."""
        self._wanted = None
        self.runner.cancel()

    def shutdown(self) -> None:
        """Stop and wait."""
        self._wanted = None
        self.runner.shutdown()

    def _next(self) -> None:
        if self._wanted is not None and not self.runner.running:
            filters, splits, self._wanted = self._wanted, self.splits, None
            self.runner.start(lambda: count_job(self._project, filters, splits))

    def _show(self, counted: Counted) -> None:
        if self._wanted is not None:  # something else was chosen meanwhile
            self._next()
            return
        self._put(counted.splits)
        self._words.setText(told(counted))
        self.counted.emit(counted)

    def _show_failure(self, error: Exception) -> None:
        if self._wanted is not None:
            self._next()
            return
        known = isinstance(error, AnnotatorError)
        self._words.setText(str(error) if known else f"The splits were not counted. {OUR_MISTAKE}")

    def _put(self, splits: Mapping[str, Mapping[str, int]]) -> None:
        for name, cells in self._cells.items():
            for size, cell in zip(SIZES, cells, strict=True):
                count = splits.get(name, {}).get(size, 0)
                cell.setText(f"{count:,}" if splits else "")
                cell.setAccessibleName(f"{name}: {count:,} {size}" if splits else "")

    def _chips(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._fonts.px(16))
        grid.setVerticalSpacing(self._fonts.px(9))
        grid.setColumnStretch(1, 1)
        self._copies = ChipRow("Near-copies", _COPIES, self._fonts, self)
        self._ways = ChipRow("Split", _WAYS, self._fonts, self)
        stacked = self._fonts.scale >= STACKED_FROM
        if not stacked:
            grid.setColumnMinimumWidth(0, self._fonts.px(110))
        for row in (self._copies, self._ways):
            at = grid.rowCount()
            grid.addWidget(label(row.accessibleName(), parent=self), at, 0)
            grid.addWidget(row, *((at + 1, 0, 1, 2) if stacked else (at, 1, 1, 1)))
            row.changed.connect(self.changed)
        return grid

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self._fonts.px(7))
        right = Qt.AlignmentFlag.AlignRight
        for column, words in enumerate(SIZES, 1):
            grid.addWidget(label(words, "muted", parent=self), 0, column, right)
        self._cells = {}
        for row, name in enumerate(NAMES, 1):
            grid.addWidget(line(self), 2 * row - 1, 0, 1, 4)
            grid.addWidget(label(name, parent=self), 2 * row, 0)
            self._cells[name] = [label("", parent=self) for _ in SIZES]
            for column, cell in enumerate(self._cells[name], 1):
                grid.addWidget(cell, 2 * row, column, right)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        return grid


def count_job(project: Project, filters: Filters, splits: SplitOptions) -> Generator[Progress, None, Counted]:
    """Choose and count over a connection of the thread it runs in; nothing is written."""
    from annotator.jobs.choosing import choose, count

    with project.sibling() as own, own.snapshot():
        chosen = yield from choose(own, filters, splits, Masking())
        tally = yield from count(chosen)
        gold = filters.layer is None and chosen.has_gold()
    sizes: dict[str, Any] = {name: dict(sizes) for name, sizes in tally.splits.items()}
    copies = chosen.near_copies
    return Counted(sizes, copies.groups, copies.left_out, gold)


def told(counted: Counted) -> str:
    """That no story stands in two splits, and what near-copies there are."""
    groups = f"{counted.groups:,} {'group' if counted.groups == 1 else 'groups'} of near-copies"
    if counted.left_out:
        return f"One of each of {groups} is kept, {counted.left_out:,} articles are left out."
    copies = f" ({groups})" if counted.groups else ""
    gold = " A release takes gold where there is some, an export only where Gold is chosen."
    parts = f"A release is divided so; an export is one whole.{gold if counted.gold else ''}"
    return f"No story stands in two splits{copies}. {parts}"
