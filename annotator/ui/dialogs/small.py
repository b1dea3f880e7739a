"""The small dialogs: a message, the annotator's name, what is missing before done, about."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from annotator.domain.rules import Problem
from annotator.errors import AnnotatorError
from annotator.ui.dialogs.base import Dialog
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme, restyle
from annotator.ui.widgets import label


class MessageDialog(Dialog):
    """Says one thing: an AnnotatorError, or a mistake of the program with details to copy."""

    def __init__(
        self,
        title: str,
        error: AnnotatorError | str,
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        details: str = "",
    ) -> None:
        super().__init__(title, theme, fonts, parent, width=480, height=360 if details else 0)
        message, hint = (error.message, error.hint) if isinstance(error, AnnotatorError) else (error, "")
        self.words = label(message, wrap=True, parent=self)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.words)
        self.setAccessibleDescription(str(error))
        if hint:
            self.body.addWidget(label(hint, "muted", wrap=True, parent=self))
        if details:
            box = QPlainTextEdit(details, self)
            box.setReadOnly(True)
            box.setFont(fonts.mono)
            box.setAccessibleName("Details")
            self.body.addWidget(box, 1)
            self.add_button("Copy", lambda: QGuiApplication.clipboard().setText(details), left=True)
        self.add_button("OK", self.accept, "primary", default=True).setFocus()


class NameDialog(Dialog):
    """Asks once who annotates here; the name stands in every decision."""

    named = Signal(str)

    def __init__(self, default: str, theme: Theme, fonts: Fonts, parent: QWidget | None = None) -> None:
        super().__init__("Who annotates here?", theme, fonts, parent, width=420)
        words = (
            "Your name or initials stand in every decision, so that several people's work can be told apart."
        )
        self.body.addWidget(label(words, "muted", wrap=True, parent=self))
        self.field = QLineEdit(default, self)
        self.field.setAccessibleName("Your name")
        self.field.setMaxLength(60)
        self.field.selectAll()
        self.body.addWidget(self.field)
        self.add_button("Cancel", self.reject)
        self.add_button("Continue", self.accept, "primary", default=True)
        self.field.textEdited.connect(self._edited)

    def accept(self) -> None:
        """Emit the name, unless it is empty or one that layers use otherwise."""
        name = " ".join(self.field.text().split())
        if not name:
            self._wrong("Please type a name or initials.")
        elif name.casefold() in {"machine", "gold", "all"}:
            self._wrong(f"“{name}” has a meaning of its own in exports. Please take another name.")
        else:
            self.named.emit(name)
            super().accept()

    def _wrong(self, words: str) -> None:
        restyle(self.field, wrong=True)
        self.say(words)
        self.field.setFocus()

    def _edited(self) -> None:
        restyle(self.field, wrong=False)
        self.say("")


class MissingDialog(Dialog):
    """What still keeps an article from being done; Enter jumps to the problem."""

    jumped = Signal(object)  # Problem

    def __init__(
        self, problems: Sequence[Problem], theme: Theme, fonts: Fonts, parent: QWidget | None = None
    ) -> None:
        super().__init__("Not done yet", theme, fonts, parent, width=560)
        count = len(problems)
        words = "One thing is missing." if count == 1 else f"{count} things are missing."
        self.body.addWidget(label(words, "muted", parent=self))
        self.list = ChoiceList(
            "What is missing", theme, fonts, self, detail=False, keys=False, wish=min(count, 10)
        )
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.put([Choice(p, p.message) for p in problems])
        self.list.activated.connect(self.accept)
        self.body.addWidget(self.list, 1)
        self.add_button("Close", self.reject)
        self.add_button("Go there ⏎", self.accept, "primary", default=True)
        self.list.setFocus()

    def accept(self) -> None:
        """Close and jump to the selected problem."""
        choice = self.list.current()
        if self.result():  # Enter reaches both the list and the default button
            return
        super().accept()
        if choice is not None:
            self.jumped.emit(choice.value)


class AboutDialog(Dialog):
    """Name, version, licence, and that nothing leaves the machine."""

    def __init__(
        self,
        name: str,
        version: str,
        facts: Sequence[str],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"About {name}", theme, fonts, parent, width=440)
        self.body.addWidget(label(f"{name} {version}", "strong", parent=self))
        own = "Who says what to or about whom, on which topic. Works offline: nothing leaves this machine."
        self.body.addWidget(label(own, wrap=True, parent=self))
        for fact in facts:
            made = label(fact, "small", wrap=True, parent=self)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(made)
        self.add_button("Close", self.accept, "primary", default=True)
