"""What to work through: all articles or an assigned sample, and near-copies hidden or not."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from annotator.domain.layer import State
from annotator.jobs.queueing import draw
from annotator.storage.articles import ArticleRow
from annotator.storage.project import Project
from annotator.storage.queues import Queue, Sample
from annotator.ui.copy_finder import CopyFinder
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.export_choices import ChipRow
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import button, label

ALL, OLD, NEW = "all", "old", "new"
USUAL_SIZE, MOST_SEED = 40, 999_999
ANY_OUTLET = "any outlet"


class QueueDialog(Dialog):
    """`chosen` comes when the project knows the queue."""

    chosen = Signal()

    def __init__(
        self,
        project: Project,
        finder: CopyFinder,
        listed: Callable[[], list[str]],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        """`listed` gives the ids of the articles that the list shows now."""
        super().__init__("What to work through", theme, fonts, parent, width=560)
        self._project, self._finder, self._listed = project, finder, listed
        self._rows = project.rows()
        queue, self._old = project.queues.now, project.queues.sample
        self.which = ChipRow("Articles", self._whiches(), fonts, self)
        self.which.choose(OLD if queue.sample else ALL)
        self.which.changed.connect(self._show)
        self.body.addWidget(self.which)
        self.body.addWidget(self._drawing())
        self.words = label("", "muted", wrap=True, parent=self)
        self.body.addWidget(self.words)
        self.body.addWidget(self._copies(hidden=queue.hide_copies))
        self.body.addStretch(1)
        self.add_button("Cancel", self.reject)
        self._go = self.add_button("Work through these", self.accept, "primary", default=True)
        finder.progressed.connect(self._say_progress)
        finder.found.connect(self._say_copies)
        finder.failed.connect(self.say)
        self._say_copies()
        self._show()

    def accept(self) -> None:
        """Keep the choice and say so."""
        if self.attempt(self._keep):
            self.chosen.emit()
            super().accept()

    def _keep(self) -> None:
        queues = self._project.queues
        if self.which.value == NEW:
            seed, count = self.seed.value(), self.count.value()
            queues.assign(Sample(draw(self._candidates(), count, seed), seed, self._source()))
        queues.put(Queue(sample=self.which.value != ALL, hide_copies=self.hide_copies.isChecked()))

    # -- the sample

    def _whiches(self) -> list[tuple[str | None, str]]:
        choices: list[tuple[str | None, str]] = [(ALL, f"All {len(self._rows):,}")]
        if self._old:
            choices.append((OLD, f"The sample of {len(self._old.articles):,}"))
        return [*choices, (NEW, "Another sample" if self._old else "A sample")]

    def _drawing(self) -> QWidget:
        page = self._form = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(0, self.fonts.px(6), 0, 0)
        form.setSpacing(self.fonts.px(9))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.source = self._box("Drawn from", ("all articles", "articles to do", "what the list shows now"))
        outlets = sorted({row.outlet for row in self._rows if row.outlet}, key=str.casefold)
        self.outlet = self._box("Outlet", (ANY_OUTLET, *outlets))
        self.count = self._number("How many", 1, max(1, len(self._rows)), USUAL_SIZE)
        self.seed = self._number("Seed", 0, MOST_SEED, 1)
        self.seed.setToolTip("The same seed draws the same articles on every laptop.")
        for name, field in (
            ("Drawn &from", self.source),
            ("&Outlet", self.outlet),
            ("How &many", self.count),
            ("See&d", self.seed),
        ):
            made = label(name, "muted", parent=page)
            made.setBuddy(field)
            form.addRow(made, field)
        return page

    def _box(self, name: str, choices: tuple[str, ...]) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(20)
        made.addItems(choices)
        made.currentIndexChanged.connect(self._show)
        return made

    def _number(self, name: str, least: int, most: int, usual: int) -> QSpinBox:
        made = QSpinBox(self)  # the style hides its buttons: with NoButtons Qt leaves digits no room
        made.lineEdit().setTextMargins(self.fonts.px(8), 0, self.fonts.px(8), 0)
        made.setAccessibleName(name)
        made.setRange(least, most)
        made.setValue(usual)
        made.valueChanged.connect(self._show)
        return made

    def _candidates(self) -> list[str]:
        return [row.id for row in self._from() if self._outlet in (None, row.outlet)]

    def _from(self) -> list[ArticleRow]:
        if self.source.currentIndex() == 0:
            return self._rows
        if self.source.currentIndex() == 1:
            return [row for row in self._rows if row.state is State.TODO]
        shown = set(self._listed())
        return [row for row in self._rows if row.id in shown]

    @property
    def _outlet(self) -> str | None:
        return self.outlet.currentText() if self.outlet.currentIndex() else None

    def _source(self) -> str:
        return ", ".join(x for x in (self.source.currentText(), self._outlet) if x)

    def _show(self) -> None:
        which = self.which.value
        self._form.setVisible(which == NEW)
        fits = len(self._candidates()) if which == NEW else 0
        if which == NEW:
            drawn = min(fits, self.count.value())
            self.words.setText(f"{drawn:,} of {fits:,} articles that fit." if fits else "No article fits.")
        elif which == OLD and self._old:
            sample = self._old
            self.words.setText(
                f"{len(sample.articles):,} articles, drawn from {sample.drawn_from} by seed {sample.seed}."
            )
        else:
            self.words.setText("Every article of the project.")
        self._go.setEnabled(which != NEW or fits > 0)
        if self.isVisible():
            self.fit()

    # -- near-copies

    def _copies(self, *, hidden: bool) -> QWidget:
        part = QWidget(self)
        row = QHBoxLayout(part)
        row.setContentsMargins(0, self.fonts.px(10), 0, 0)
        self.hide_copies = QCheckBox("&Hide near-copies", part)
        self.hide_copies.setToolTip("Of articles that are mostly the same words, one stays in the list.")
        self.hide_copies.setChecked(hidden)
        self.hide_copies.toggled.connect(self._look_if_stale)
        row.addWidget(self.hide_copies)
        self.copies = label("", "small", parent=part)
        row.addWidget(self.copies, 1)
        self._look = button(
            "&Look again", self._finder.look, "quiet", name="Look for near-copies", parent=part
        )
        row.addWidget(self._look)
        return part

    def _look_if_stale(self, wanted: bool) -> None:  # noqa: FBT001  # a slot
        if wanted and self._finder.stale and not self._finder.looking:
            self._finder.look()

    def _say_progress(self, percent: int) -> None:
        self.copies.setText(f"Looking … {percent} %")

    def _say_copies(self) -> None:
        known = self._project.queues.near_copies
        if not known.looked_at:
            self.copies.setText("Not looked for yet")
        else:
            found = f"{known.articles:,} articles in {known.groups:,} group{'' if known.groups == 1 else 's'}"
            self.copies.setText(found if known.groups else "There are none")
        if self._finder.stale and known.looked_at:
            self.copies.setText(f"{self.copies.text()}, articles have come since")
