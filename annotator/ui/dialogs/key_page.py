"""Where keys are given to verbs: a list of verbs, a field that takes the key that is pressed in it,
conflicts said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.ui.keycap import shown, spoken
from annotator.ui.pickers.rows import Choice, ChoiceList, Finder
from annotator.ui.theme import Fonts, Theme, restyle
from annotator.ui.verbs import VERBS, Verb, key_name
from annotator.ui.widgets import button, label

RESERVED = {"Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Esc", "Space", "F10"}
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
}


class KeyField(QLineEdit):
    """Takes the next key that is pressed; Backspace or Del takes none. Tab and Esc keep their meaning."""

    taken = Signal(str)  # portable text, empty for none

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setReadOnly(True)
        self.setPlaceholderText("press a key")
        self.show_key("")

    def show_key(self, key: str) -> None:
        """Show a key, or that there is none."""
        self.setText(shown(key) if key else "")
        self.setAccessibleName(f"{self._name}: {spoken(key) if key else 'none'}. Press a key to change it")

    def event(self, event: QEvent) -> bool:
        """No key that is pressed here is a shortcut of something else."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key is taken, not typed."""
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not event.modifiers():
            self.taken.emit("")
        elif event.key() not in _MODIFIERS:
            self.taken.emit(key_name(event))


class KeyPage(QWidget):
    """Emits `changed` with the user's own keys by verb id; `verbs` may bear them already."""

    changed = Signal(object)  # Mapping[str, tuple[str, ...]]

    def __init__(
        self,
        verbs: Sequence[Verb],
        keys: Mapping[str, tuple[str, ...]],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        usual = {v.id: v for v in VERBS}
        self._usual = {v.id: usual.get(v.id, v) for v in verbs}
        self._keys = dict(keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(18))
        row.addLayout(self._list_side(theme, fonts), 5)
        row.addLayout(self._form_side(fonts), 4)
        self._fill("")

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The user's own keys by verb id."""
        return MappingProxyType(dict(self._keys))

    def verb(self) -> Verb | None:
        """The verb chosen, with its keys as they are now."""
        choice = self.list.current()
        return choice.value if choice else None

    def take(self, place: int, key: str) -> None:
        """Give the verb a key as its first or second; said when it cannot have it."""
        verb = self.verb()
        if verb is None:
            return
        if problem := self._problem(verb, key):
            restyle(self.fields[place], wrong=True)
            self.message.setText(problem)
            return
        keys = [*verb.keys, "", ""][: max(2, len(verb.keys))]
        keys = ["" if k == key else k for k in keys]
        keys[place] = key
        self._set(verb, tuple(k for k in keys if k))

    def reset(self) -> None:
        """The verb's usual keys, unless another has them now."""
        verb = self.verb()
        if verb is None:
            return
        usual = self._usual[verb.id].keys
        if problem := next(filter(None, (self._problem(verb, key) for key in usual)), ""):
            self.message.setText(problem)
        else:
            self._set(verb, usual)

    def reset_all(self) -> None:
        """The usual keys for everything."""
        self._keys.clear()
        self._refill()

    def _set(self, verb: Verb, keys: tuple[str, ...]) -> None:
        if keys == self._usual[verb.id].keys:
            self._keys.pop(verb.id, None)
        else:
            self._keys[verb.id] = keys
        self._refill()

    def _problem(self, verb: Verb, key: str) -> str:
        if key in RESERVED:
            return f"{shown(key)} moves between controls and closes; it cannot be given away."
        holder = next((v for v in self._now() if v.id != verb.id and key and key in v.keys), None)
        return f"{shown(key)} is the key of “{_words(holder)}”. Take it away there first." if holder else ""

    def _now(self) -> list[Verb]:
        return [replace(v, keys=self._keys.get(v.id, v.keys)) for v in self._usual.values()]

    def _refill(self) -> None:
        self._fill(self.search.text())
        self.changed.emit(self.keys)

    def _fill(self, query: str) -> None:
        here = self.list.current()
        finder = Finder([self._choice(v) for v in self._now()])
        found = finder.find(query)
        rows = [c.value.id for c in found]
        self.list.put(found, rows.index(here.value.id) if here and here.value.id in rows else 0)
        self._show()

    def _choice(self, verb: Verb) -> Choice:
        keys = "  ".join(map(shown, verb.keys))
        own = " · changed" if verb.id in self._keys else ""
        return Choice(verb, _words(verb), detail=verb.group + own, group=keys, also=" ".join(verb.keys))

    def _show(self) -> None:
        verb = self.verb()
        self.title.setText(_words(verb) if verb else "")
        for place, field in enumerate(self.fields):
            field.setEnabled(verb is not None)
            field.show_key([*verb.keys, "", ""][place] if verb else "")
            restyle(field, wrong=False)
        self.message.setText("")
        self._reset.setEnabled(verb is not None and verb.id in self._keys)
        self._reset_all.setEnabled(bool(self._keys))

    # parts

    def _list_side(self, theme: Theme, fonts: Fonts) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(fonts.px(8))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Type to narrow")
        self.search.setAccessibleName("Narrow the verbs")
        side.addWidget(self.search)
        self.list = ChoiceList("What a key can do", theme, fonts, self, keys=False, bold=False, wish=7)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side.addWidget(self.list, 1)
        self.search.textChanged.connect(self._fill)
        self.list.selectionModel().currentChanged.connect(self._show)
        return side

    def _form_side(self, fonts: Fonts) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(fonts.px(10))
        self.title = label("", "strong", wrap=True, parent=self)
        side.addWidget(self.title)
        form = QFormLayout()
        form.setSpacing(fonts.px(8))
        self.fields = (KeyField("Key", self), KeyField("Another key", self))
        for place, (words, field) in enumerate(zip(("Key", "Another"), self.fields, strict=True)):
            form.addRow(label(words, "muted", parent=self), field)
            field.taken.connect(lambda key, place=place: self.take(place, key))
        side.addLayout(form)
        self.message = label("", "error", wrap=True, parent=self)
        side.addWidget(self.message)
        note = "Click a field or go there with Tab and press the new key. Backspace takes a key away."
        side.addWidget(label(note, "small", wrap=True, parent=self))
        side.addStretch(1)
        self._reset = button("Its usual keys", self.reset, parent=self)
        self._reset_all = button("All usual keys", self.reset_all, parent=self)
        for made in (self._reset, self._reset_all):
            side.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return side


def _words(verb: Verb) -> str:
    return verb.text.removesuffix("…")
