"""Which columns of a table hold what."""

import json
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.ingest import Columns, table_columns
from annotator.ui.theme import Fonts
from annotator.ui.widgets import label

_FIELDS = (
    ("text", "Text"),
    ("title", "Title"),
    ("outlet", "Outlet"),
    ("date", "Date"),
    ("url", "Address"),
    ("id", "Id"),
)
_LONGEST_LINE = 1_000_000  # characters of a JSONL line that are looked at


def columns_of(path: Path) -> list[str]:
    """Column names of a table, or keys of the first JSONL line; [] where nothing is to be chosen."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        try:
            return table_columns(path)
        except AnnotatorError:
            return []
    return _keys(path) if suffix in (".jsonl", ".ndjson") else []


def _keys(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            row = json.loads(file.readline(_LONGEST_LINE))
    except (OSError, ValueError):
        return []
    foreign = not isinstance(row, dict) or str(row.get("schema", "")).startswith("annotator/")
    return [] if foreign else [k for k, v in row.items() if isinstance(v, str | int | None)]


class ColumnsForm(QWidget):
    """One choice for each thing a column may hold; unchosen ones are guessed by their names."""

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(fonts.px(6))
        self._heading = label("", "strong", parent=self)
        grid.addWidget(self._heading, 0, 0, 1, 4)
        self.boxes: dict[str, QComboBox] = {}
        for place, (key, name) in enumerate(_FIELDS):
            box = self.boxes[key] = QComboBox(self)
            box.setAccessibleName(f"Column with the {name.lower()}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            row, column = place // 2 + 1, place % 2 * 2
            grid.addWidget(label(name, "muted", parent=self), row, column)
            grid.addWidget(box, row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.hide()

    def show_table(self, path: Path | None) -> None:
        """Offer the columns of the table at `path`; None, or no columns, hides the form."""
        names = columns_of(path) if path else []
        self.setVisible(bool(names))
        self._heading.setText(f"Columns of {path.name}" if path else "")
        for box in self.boxes.values():
            kept = box.currentData()
            box.clear()
            box.addItem("guess by name", None)
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(kept)))

    def columns(self) -> Columns | None:
        """What was chosen; None when all is to be guessed."""
        chosen = {k: b.currentData() for k, b in self.boxes.items()}
        return Columns(**chosen) if any(chosen.values()) and not self.isHidden() else None
