"""All keys at a glance, drawn from the table of verbs."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.dialogs.base import Dialog
from annotator.ui.keycap import KeyCap
from annotator.ui.pickers.rows import fold
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import label


class Verb(Protocol):
    """What of a verb is shown: its words, its keys, its group."""

    @property
    def text(self) -> str:
        """What it does."""

    @property
    def keys(self) -> Sequence[str]:
        """`("J", "Down")`; a verb without keys is not shown."""

    @property
    def group(self) -> str:
        """Under which heading it stands."""


class KeysDialog(Dialog):
    """Verbs by group, each with its keys; typing narrows them."""

    def __init__(
        self, verbs: Sequence[Verb], theme: Theme, fonts: Fonts, parent: QWidget | None = None
    ) -> None:
        super().__init__("All keys", theme, fonts, parent, width=760, height=620)
        self._verbs = [v for v in verbs if v.keys]
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Type to narrow")
        self.search.setAccessibleName("Narrow the keys")
        self.body.addWidget(self.search)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area, 1)
        self.add_button("Close", self.accept, default=True)
        self.search.textChanged.connect(self.show_matching)
        self.show_matching("")

    def show_matching(self, query: str) -> None:
        """Show the verbs whose words or keys hold what was typed."""
        words = fold(query).split()
        found = [
            v for v in self._verbs if all(w in fold(f"{v.text} {' '.join(v.keys)} {v.group}") for w in words)
        ]
        page = QWidget()
        look(page, "window")
        columns = QGridLayout(page)
        columns.setHorizontalSpacing(self.fonts.px(32))
        groups = list(dict.fromkeys(v.group for v in found))
        wide = self.width() >= self.fonts.px(640)
        for place, group in enumerate(groups):
            verbs = [v for v in found if v.group == group]
            row, column = divmod(place, 2 if wide else 1)
            columns.addWidget(self._group(group, verbs), row, column, Qt.AlignmentFlag.AlignTop)
        if not found:
            columns.addWidget(label("No key fits what you typed.", "muted"), 0, 0)
        columns.setRowStretch(columns.rowCount(), 1)
        self._area.setWidget(page)

    def _group(self, title: str, verbs: Sequence[Verb]) -> QWidget:
        box = QWidget()
        side = QVBoxLayout(box)
        side.setContentsMargins(0, 0, 0, self.fonts.px(10))
        side.setSpacing(self.fonts.px(5))
        side.addWidget(label(title, "strong"))
        grid = QGridLayout()
        grid.setVerticalSpacing(self.fonts.px(5))
        grid.setHorizontalSpacing(self.fonts.px(4))
        side.addLayout(grid)
        most = max(len(v.keys) for v in verbs)
        for row, verb in enumerate(verbs):
            words = label(verb.text.replace("&", ""), wrap=True)
            words.setAccessibleName(f"{verb.text}: {', '.join(verb.keys)}")
            grid.addWidget(words, row, 0)
            for place, key in enumerate(reversed(verb.keys)):
                grid.addWidget(KeyCap(key), row, most - place, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return box
