"""The small form that makes a new actor without leaving the article."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.actors import KINDS, Actor, Actors, new_actor
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.pickers.rows import fold
from annotator.ui.theme import Fonts, Theme, restyle
from annotator.ui.widgets import button, label

KIND_NAMES = {
    "person": "Person",
    "state": "State",
    "mfa": "Foreign ministry",
    "org": "Organisation",
    "group": "Group",
}


class ActorField(QLineEdit):
    """A field that completes the names of known actors; empty stands for nobody."""

    def __init__(self, name: str, actors: Iterable[Actor], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._ids: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.set_actors(actors)

    def set_actors(self, actors: Iterable[Actor]) -> None:
        """Complete these from now on; merged ones are left out."""
        known = [a for a in actors if a.merged_into is None]
        self._ids = {}
        for actor in known:
            self._ids.setdefault(fold(actor.name), actor.id)
        self._names.setStringList(sorted({a.name for a in known}, key=fold))

    @property
    def right(self) -> bool:
        """True when empty or the name of a known actor."""
        return not self.text().strip() or self.actor is not None

    @property
    def actor(self) -> str | None:
        """Id of the actor named, None for nobody."""
        return self._ids.get(fold(self.text().strip()))


class NewActorForm(Overlay):
    """Name, kind, whom they speak for. Emits the actor, under an id not yet taken; stores nothing."""

    created = Signal(object)  # Actor

    def __init__(
        self, name: str, known: Actors, theme: Theme, fonts: Fonts, *, parent: QWidget, kind: str = "person"
    ) -> None:
        super().__init__(theme, fonts, parent, width=440)
        self._known = known
        self._names = {fold(a.name) for a in known if a.merged_into is None}
        self.setAccessibleName("New actor")
        self.body.addWidget(label("New actor", "heading", parent=self.card))
        self._build(name, kind, fonts)
        self._say_if_known()

    def first_focus(self) -> QWidget:
        """The name, or the kind when the name is there already."""
        return self.kind if self.name.text().strip() else self.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes the actor, Tab goes round the fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001  # Qt's signature
        """Tab goes round inside the card."""
        round_: list[QWidget] = [self.name, self.kind, self.speaks_for, self._cancel, self._make]
        here = next((i for i, w in enumerate(round_) if w.hasFocus()), -1)
        round_[(here + (1 if next_ else -1)) % len(round_)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def make(self) -> None:
        """Emit the actor if the form is right, else say what is not."""
        name = " ".join(self.name.text().split())
        if not name:
            self._complain("An actor needs a name.", self.name)
        elif not self.speaks_for.right:
            self._complain("No actor of this name is known; leave it empty or pick one.", self.speaks_for)
        else:
            kind = self.kind.currentData()
            self.finish(self.created, new_actor(name, kind, self._known, self.speaks_for.actor))

    def _complain(self, words: str, field: QWidget) -> None:
        restyle(field, wrong=True)
        self._note.setText(words)
        self._note.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refit()

    def _say_if_known(self) -> None:
        known = fold(" ".join(self.name.text().split())) in self._names
        self._note.setText("An actor of this name exists; this makes a second one." if known else "")
        self._note.setVisible(known)
        restyle(self.name, wrong=False)
        restyle(self.speaks_for, wrong=False)
        self.refit()

    def _build(self, name: str, kind: str, fonts: Fonts) -> None:
        form = QFormLayout()
        form.setSpacing(fonts.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.name = QLineEdit(name, self.card)
        self.name.setAccessibleName("Name")
        self.kind = QComboBox(self.card)
        self.kind.setAccessibleName("Kind of actor")
        for key in KINDS:
            self.kind.addItem(KIND_NAMES[key], key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.speaks_for = ActorField("Speaks for", tuple(self._known), self.card)
        self.speaks_for.setPlaceholderText("nobody but themselves")
        for words, field in (("Name", self.name), ("Kind", self.kind), ("Speaks for", self.speaks_for)):
            form.addRow(label(words, "muted", parent=self.card), field)
        self.body.addLayout(form)
        self._note = label("", "error", wrap=True, parent=self.card)
        self.body.addWidget(self._note)
        row = QHBoxLayout()
        row.addStretch(1)
        self._cancel = button("Cancel", self.cancel, parent=self.card)
        self._make = button("Make actor ⏎", self.make, "primary", name="Make actor", parent=self.card)
        row.addWidget(self._cancel)
        row.addWidget(self._make)
        self.body.addLayout(row)
        self.name.textEdited.connect(self._say_if_known)
        self.speaks_for.textEdited.connect(self._say_if_known)
