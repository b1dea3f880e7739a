"""Picks one of a list: by typing (speakers, targets, articles) or by a single key (acts, kinds,
entity labels).
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.keycap import KeyHint
from annotator.ui.pickers.field import SearchField
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.pickers.rows import Choice, ChoiceList, Finder
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import FlowLayout, label

MOST_ROWS = 10
_FEW = 6  # so many choices need no search
_CREATE = object()  # the value of the row that makes a new one


class ChoicePicker(Overlay):
    """A titled list with a field to type in.

    `keys=True`: single keys pick at once and `/` opens the field; otherwise the field has the focus
    from the start. `none_label` names what Tab says ("not stated"); empty: Tab does nothing.
    `can_add`: Shift+Enter or Shift+key adds instead of replacing. `create_label` ("New actor") offers
    to make what was typed, by its row or Ctrl+N.
    """

    picked = Signal(object, bool)  # value, add
    none_picked = Signal()
    create_requested = Signal(str)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        theme: Theme,
        fonts: Fonts,
        *,
        parent: QWidget,
        keys: bool = False,
        none_label: str = "",
        can_add: bool = False,
        create_label: str = "",
        placeholder: str = "Type to find",
        query: str = "",
        finder: Finder | None = None,
    ) -> None:
        """`finder` finds more by typing than `choices` hold."""
        rows = min(len(choices) + (1 if create_label else 0), MOST_ROWS)
        detailed = any(c.detail for c in choices)
        super().__init__(theme, fonts, parent, width=560)
        self._finder = finder or Finder(choices)
        self._keys, self._none, self._add, self._create = keys, none_label, can_add, create_label
        self.setAccessibleName(title)
        self.body.addWidget(label(title, "heading", parent=self.card))
        self.field = SearchField(title, placeholder, self.card)
        self.field.setVisible(not keys)
        self.body.addWidget(self.field)
        self.list = ChoiceList(title, theme, fonts, self.card, detail=detailed, keys=keys, wish=rows)
        self.body.addWidget(self.list, 1)
        self._nothing = label("Nothing fits what you typed.", "muted", parent=self.card)
        self.body.addWidget(self._nothing)
        self._add_hints()
        self.field.textChanged.connect(self._filter)
        self.field.moved.connect(self.list.step)
        self.field.paged.connect(self._page)
        self.field.entered.connect(self._enter)
        self.list.clicked.connect(self._click)
        self._filter("")
        self.list.select(next((i for i, c in enumerate(choices) if c.marked), 0))
        if query:
            self.field.setText(query)

    def first_focus(self) -> QWidget:
        """The field, or in key mode the card itself."""
        return self if self.field.isHidden() else self.field

    def in_question(self) -> str:
        """The id of what is selected."""
        choice = self.list.current()
        return choice.value if choice and isinstance(choice.value, str) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys in key mode; Tab, Ctrl+N and the rest everywhere."""
        key, text = event.key(), event.text()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Tab and self._none:
            self.finish(self.none_picked)
        elif control and key == Qt.Key.Key_N and self._create:
            self.finish(self.create_requested, self.field.text().strip())
        elif text == "/" or (control and key == Qt.Key.Key_F):
            self._open_field()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(shift)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif self._keys and text and text.isprintable() and not control and not self.field.hasFocus():
            self._press(text, shift=shift)
        else:
            super().keyPressEvent(event)

    def _press(self, text: str, *, shift: bool) -> None:
        for choice in self._finder.choices:
            if choice.key and choice.key.lower() == text.lower():
                self.finish(self.picked, choice.value, shift and self._add)
                return

    def _open_field(self) -> None:
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self, query: str) -> None:
        found = self._finder.find(query)
        offer = self._create and query.strip()
        if offer:
            made = Choice(_CREATE, f"{self._create} “{query.strip()}”", "Ctrl N makes it at any time")
            found = (*found, made)
        self.list.put(found)
        self.list.wish(min(len(found), MOST_ROWS))
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.refit()

    def _enter(self, shift: bool) -> None:  # noqa: FBT001  # a slot
        if choice := self.list.current():
            self._pick(choice, add=shift)

    def _click(self, index: QModelIndex) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if choice := self.list.rows.choice(index.row()):
            self._pick(choice, add=bool(shift))

    def _pick(self, choice: Choice, *, add: bool) -> None:
        if choice.value is _CREATE:
            self.finish(self.create_requested, self.field.text().strip())
        else:
            self.finish(self.picked, choice.value, add and self._add)

    def _page(self, pages: int) -> None:
        self.list.step(pages * self.list.page())

    def _add_hints(self) -> None:
        row = QWidget(self.card)
        flow = FlowLayout(row, spacing=self._fonts.px(12))
        hints = [] if self._keys else [("Return", "pick")]
        if self._keys and len(self._finder.choices) > _FEW:
            hints.append(("/", "search"))
        if self._none:
            hints.append(("Tab", self._none))
        if self._add:
            hints.append(("Shift" if self._keys else "Shift+Return", "add another"))
        if self._create:
            hints.append(("Ctrl+N", self._create.lower()))
        hints.append(("Esc", "keep"))
        for shortcut, text in hints:
            flow.addWidget(KeyHint(shortcut, text, row))
        self.body.addWidget(row)


__all__ = ["Choice", "ChoicePicker"]
