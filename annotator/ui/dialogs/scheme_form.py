"""The right side of the scheme editor: the fields of one label, topic, area or act, and what can be
done with it.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.scheme import Act, Area, Label, Topic
from annotator.jobs.scheme_editing import Item
from annotator.ui.theme import Fonts
from annotator.ui.widgets import FlowLayout, button, label, line

KINDS = {Label: "entity label", Topic: "topic", Area: "area", Act: "act"}


def described(item: Item) -> str | None:
    """The definition; None for what has none."""
    if isinstance(item, Topic):
        return item.definition
    return None if isinstance(item, Area) else item.note


class SchemeForm(QWidget):
    """Emits `edited` with the item as its fields say, and what its buttons ask for."""

    edited = Signal(object)  # Item
    moved = Signal(int)  # places
    deleted = Signal()
    merged = Signal(str)  # id of the one that stays

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._item: Item | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(fonts.px(10))
        self.title = label("", "strong", parent=self)
        box.addWidget(self.title)
        box.addLayout(self._fields())
        self.facts = label("", "small", wrap=True, parent=self)
        box.addWidget(self.facts)
        box.addWidget(self._acts())
        box.addWidget(line(self))
        box.addWidget(self._merging())
        box.addStretch(1)
        self.show_item(None, 0, ())

    def show_item(self, item: Item | None, uses: int, others: Sequence[tuple[str, str]]) -> None:
        """Show an item, how often it is used, and (id, name) of those it could be merged into."""
        same = item is not None and self._item is not None and item.id == self._item.id
        self._item = item
        self.setVisible(item is not None)
        if item is None:
            return
        typing = QApplication.focusWidget() in (self.name, self.key, self.words)
        if not (same and typing):  # never under someone's hands
            self._fill(item)
        self.title.setText(f"{KINDS[type(item)].capitalize()} {item.id}")
        used = f"Used {uses:,} time{'' if uses == 1 else 's'}." if uses else "Not used."
        state = " Retired: shown where it is used, not offered any more." if item.retired else ""
        hint = "" if not uses or item.retired else " It can be retired or merged, not deleted."
        self.facts.setText(used + state + hint)
        self.retire.setText("Bring back" if item.retired else "Retire")
        self.retire.setAccessibleName(self.retire.text())
        self.delete.setVisible(not uses)
        self._show_others(item, others)

    def start_typing(self) -> None:
        """The name, ready to be typed over."""
        self.name.setFocus()
        self.name.selectAll()

    def _fill(self, item: Item) -> None:
        self.name.setText(item.name)
        self.name.setCursorPosition(0)
        self.key.setText(item.key)
        words = described(item)
        self.words.setPlainText(words or "")
        self.words.setVisible(words is not None)
        self._words_label.setVisible(words is not None)

    def _show_others(self, item: Item, others: Sequence[tuple[str, str]]) -> None:
        kept = self.into.currentData()
        self.into.clear()
        for id, name in others:
            self.into.addItem(name, id)
        self.into.setCurrentIndex(max(0, self.into.findData(kept)))
        self._merge_side.setVisible(bool(others) and not isinstance(item, Area))

    def _send(self) -> None:
        item = self._item
        if item is None:
            return
        name, key = " ".join(self.name.text().split()), self.key.text().strip().casefold()
        words = self.words.toPlainText().strip()
        after: Item = replace(item, name=name, key=key)
        if isinstance(after, Topic):
            after = replace(after, definition=words)
        elif not isinstance(after, Area):
            after = replace(after, note=words)
        if after != item:
            self._item = after
            self.edited.emit(after)

    def _toggle(self) -> None:
        if self._item is not None:
            after: Item = replace(self._item, retired=not self._item.retired)
            self.edited.emit(after if isinstance(after, Area) else replace(after, merged_into=None))

    def _merge(self) -> None:
        if self.into.currentData():
            self.merged.emit(self.into.currentData())

    # parts

    def _fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(self._fonts.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.name, self.key, self.words = QLineEdit(self), QLineEdit(self), QPlainTextEdit(self)
        self.name.setAccessibleName("Name")
        self.key.setAccessibleName("Key")
        self.key.setMaxLength(1)
        self.key.setMaximumWidth(self._fonts.px(44))
        self.words.setAccessibleName("Definition")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(self._fonts.px(86))
        self._words_label = label("Definition", "muted", parent=self)
        form.addRow(label("Name", "muted", parent=self), self.name)
        form.addRow(label("Key", "muted", parent=self), self.key)
        form.addRow(self._words_label, self.words)
        self.name.textEdited.connect(self._send)
        self.key.textEdited.connect(self._send)
        self.words.textChanged.connect(self._words_changed)
        return form

    def _words_changed(self) -> None:
        if self.words.hasFocus():
            self._send()

    def _acts(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=self._fonts.px(6))
        self.up = button("↑ Up", lambda: self.moved.emit(-1), name="Move up (Alt+Up)", parent=row)
        self.down = button("↓ Down", lambda: self.moved.emit(1), name="Move down (Alt+Down)", parent=row)
        self.retire = button("Retire", self._toggle, parent=row)
        self.delete = button("Delete", self.deleted.emit, "danger", parent=row)
        for made in (self.up, self.down, self.retire, self.delete):
            flow.addWidget(made)
        return row

    def _merging(self) -> QWidget:
        self._merge_side = QWidget(self)
        box = QVBoxLayout(self._merge_side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(self._fonts.px(6))
        words = (
            "Merge into another: everything marked with this one, by everybody, is then marked with the "
            "other, and this one is retired. Undo takes it back for people's decisions."
        )
        box.addWidget(label(words, "small", wrap=True, parent=self))
        row = QHBoxLayout()
        self.into = QComboBox(self)
        self.into.setAccessibleName("Merge into")
        self.into.setMinimumContentsLength(8)
        self.into.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        row.addWidget(self.into, 1)
        self.merge = button("Merge", self._merge, parent=self)
        row.addWidget(self.merge)
        box.addLayout(row)
        return self._merge_side
