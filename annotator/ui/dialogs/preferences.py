"""The preferences: looks that show at once, and keys. Cancel puts everything back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.comfort import COLUMNS, LEADINGS, TEXT_SIZES, Comfort
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.key_page import KeyPage
from annotator.ui.theme import SCALES, Fonts, Theme, text_families
from annotator.ui.verbs import Verb
from annotator.ui.widgets import Chip, FlowLayout, label

PAGES = ("Looks", "Keys")
THEME_NAMES = {"light": "Light", "dark": "Dark", "contrast": "High contrast"}
SAMPLE = "“Normalisation is not a favour to anybody,” she told reporters in Brussels."


class PreferencesDialog(Dialog):
    """`changed` carries the Comfort of the moment after every change, so that it shows at once, and
    the first one again when the dialog is cancelled.
    """

    changed = Signal(object)  # Comfort

    def __init__(
        self,
        comfort: Comfort,
        verbs: Sequence[Verb],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Preferences", theme, fonts, parent, width=720, height=540)
        self._first = self.comfort = comfort
        self._filling = True
        self.body.addWidget(self._pages())
        self.body.addSpacing(fonts.px(6))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._looks())
        self.keys = KeyPage(verbs, comfort.keys, theme, fonts, self)
        self.keys.changed.connect(self._keys_changed)
        self._stack.addWidget(self.keys)
        self.body.addWidget(self._stack, 1)
        self.add_button("As it was at first", self.reset, left=True)
        self.add_button("Cancel", self.reject)
        self.add_button("Keep", self.accept, "primary")
        self._fill()

    def show_page(self, page: str) -> None:
        """Looks or Keys."""
        self._chips[page].setChecked(True)
        self._stack.setCurrentIndex(PAGES.index(page))

    def reset(self) -> None:
        """Everything as the program comes; Cancel still takes this back."""
        self.keys.reset_all()
        self._take(Comfort())
        self._fill()

    def reject(self) -> None:
        """Put everything back."""
        if self.comfort != self._first:
            self.changed.emit(self._first)
        super().reject()

    def _take(self, comfort: Comfort) -> None:
        if comfort == self.comfort:
            return
        self.comfort = comfort
        self._show_sample()
        self.changed.emit(comfort)

    def _change(self, **fields: Any) -> None:
        if not self._filling:
            self._take(replace(self.comfort, **fields))

    def _keys_changed(self, keys: Any) -> None:
        self._take(replace(self.comfort, keys=keys))

    def _fill(self) -> None:
        comfort, self._filling = self.comfort, True
        self.themes[comfort.theme].setChecked(True)
        for box, value in (
            (self.scale, comfort.scale),
            (self.family, comfort.text_family),
            (self.text_px, comfort.text_px),
            (self.leading, comfort.leading),
            (self.column, comfort.column),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._filling = False
        self._show_sample()

    def _show_sample(self) -> None:
        self.sample.setFont(self.comfort.fonts().text)

    # parts

    def _pages(self) -> QWidget:
        row, group = QWidget(self), QButtonGroup(self)
        flow = FlowLayout(row, spacing=self.fonts.px(6))
        self._chips: dict[str, Chip] = {}
        for page in PAGES:
            chip = self._chips[page] = Chip(page, checked=page == PAGES[0], parent=row)
            chip.clicked.connect(lambda _=False, page=page: self.show_page(page))
            group.addButton(chip)
            flow.addWidget(chip)
        return row

    def _looks(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(self.fonts.px(14))
        form = QFormLayout()
        form.setSpacing(self.fonts.px(9))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        box.addLayout(form)
        rows = (
            ("Theme", self._themes(page)),
            ("Size of everything", self._scales(page)),
            ("Font of the text", self._families(page)),
            ("Size of the text", self._sizes(page)),
            ("Line spacing", self._leadings(page)),
            ("Width of the text", self._columns(page)),
        )
        for words, field in rows:
            form.addRow(label(words, "muted", parent=page), field)
        self.sample = QLabel(SAMPLE, page)
        self.sample.setWordWrap(True)
        self.sample.setAccessibleName("Sample of the text")
        box.addWidget(self.sample)
        box.addStretch(1)
        return page

    def _themes(self, page: QWidget) -> QWidget:
        row, group = QWidget(page), QButtonGroup(self)
        flow = FlowLayout(row, spacing=self.fonts.px(6))
        self.themes: dict[str, Chip] = {}
        for name, words in THEME_NAMES.items():
            chip = self.themes[name] = Chip(words, parent=row)
            chip.clicked.connect(lambda _=False, name=name: self._change(theme=name))
            group.addButton(chip)
            flow.addWidget(chip)
        return row

    def _scales(self, page: QWidget) -> QComboBox:
        self.scale = self._box("Size of everything", page, [(f"{round(100 * s)} %", s) for s in SCALES])
        self.scale.currentIndexChanged.connect(lambda: self._change(scale=self.scale.currentData()))
        return self.scale

    def _families(self, page: QWidget) -> QComboBox:
        best = f"The best there is ({Comfort().fonts().text.family()})"
        choices = [(best, ""), *((name, name) for name in text_families())]
        self.family = self._box("Font of the text", page, choices)
        self.family.currentIndexChanged.connect(lambda: self._change(text_family=self.family.currentData()))
        return self.family

    def _sizes(self, page: QWidget) -> QComboBox:
        self.text_px = self._box("Size of the text", page, [(f"{px} px", px) for px in TEXT_SIZES])
        self.text_px.currentIndexChanged.connect(lambda: self._change(text_px=self.text_px.currentData()))
        return self.text_px

    def _leadings(self, page: QWidget) -> QComboBox:
        self.leading = self._box("Line spacing", page, list(LEADINGS.items()))
        self.leading.currentIndexChanged.connect(lambda: self._change(leading=self.leading.currentData()))
        return self.leading

    def _columns(self, page: QWidget) -> QComboBox:
        choices = [(f"about {n} characters", n) for n in COLUMNS]
        self.column = self._box("Width of the text", page, choices)
        self.column.currentIndexChanged.connect(lambda: self._change(column=self.column.currentData()))
        return self.column

    def _box(self, name: str, page: QWidget, choices: Sequence[tuple[str, object]]) -> QComboBox:
        made = QComboBox(page)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(18)
        made.setMaxVisibleItems(14)
        for words, value in choices:
            made.addItem(words, value)
        return made
