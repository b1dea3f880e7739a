"""Which columns of a table hold what."""

import json
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

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
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(fonts.px(6))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._heading = label("", "strong", parent=self)
        form.addRow(self._heading)
        self.boxes: dict[str, QComboBox] = {}
        for key, name in _FIELDS:
            box = self.boxes[key] = QComboBox(self)
            box.setAccessibleName(f"Column with the {name.lower()}")
            form.addRow(label(name, "muted", parent=self), box)
        self.hide()

    def show_table(self, path: Path | None) -> None:
        """Offer the columns of the table at `path`; None, or no columns, hides the form."""
        names = columns_of(path) if path else []
        self.setVisible(bool(names))
        self._heading.setText(f"Columns of {path.name}" if path else "")
        for box in self.boxes.values():
            kept = box.currentData()
            box.clear()
            box.addItem("guess by its name", None)
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(kept)))

    def columns(self) -> Columns | None:
        """What was chosen; None when all is to be guessed."""
        chosen = {k: b.currentData() for k, b in self.boxes.items()}
        return Columns(**chosen) if any(chosen.values()) and not self.isHidden() else None
