"""The first thing that a newcomer sees: practice articles, a new project, or one that is there."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import button, label

FILTER = "Projects (*.annot)"


class WelcomeDialog(Dialog):
    """Emits what is wanted and stays until it is told to go: what was wanted may not work."""

    practice_wanted = Signal()
    new_wanted = Signal(Path)
    open_wanted = Signal(Path)

    def __init__(self, theme: Theme, fonts: Fonts, *, said: str = "", parent: QWidget | None = None) -> None:
        """`said`: what is to be known first, such as that the last project is gone."""
        super().__init__("Annotator", theme, fonts, parent, width=480)
        words = "Who says what to or about whom, on which topic. Everything stays on this machine."
        self.body.addWidget(label(words, "muted", wrap=True, parent=self))
        if said:
            self.body.addWidget(label(said, wrap=True, parent=self))
        self.practice = self._choice(
            "&Practice articles", "Ten invented articles to try everything on", self.practice_wanted.emit
        )
        self.practice.setDefault(True)
        self.new = self._choice("&New project…", "An empty file for articles of your own", self._ask_new)
        self.other = self._choice(
            "&Open a project…", "A file that you or a colleague have made", self._ask_open
        )
        self.body.addStretch(1)
        self.practice.setFocus()

    def _choice(self, words: str, note: str, slot: object) -> QPushButton:
        made = button(words, slot, name=words.replace("&", "").replace("…", ""), parent=self)  # type: ignore[arg-type]
        made.setAccessibleDescription(note)
        self.body.addSpacing(self.fonts.px(6))
        self.body.addWidget(made)
        self.body.addWidget(label(note, "small", wrap=True, parent=self))
        return made

    def _ask_new(self) -> None:
        dialog = self._files("New project", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("annot")
        dialog.fileSelected.connect(lambda file: self.new_wanted.emit(Path(file)))
        dialog.open()

    def _ask_open(self) -> None:
        dialog = self._files("Open a project", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.open_wanted.emit(Path(file)))
        dialog.open()

    def _files(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = FileDialog(self, title, Path.home(), FILTER)
        dialog.setAcceptMode(mode)
        return dialog
