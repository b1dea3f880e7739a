"""The backups of a project: when each was made, how large it is; restoring one or opening a copy."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.storage.restoring import Backup, backups, copy_beside
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.history import moment
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import label

_UNITS = ("bytes", "KB", "MB", "GB")


def size_words(size: int) -> str:
    """`812 KB`, `4.2 MB`: in thousands, one decimal below ten."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    number = f"{amount:.1f}" if unit and amount < 10 else f"{amount:,.0f}"
    return f"{number} {_UNITS[unit]}"


class BackupsDialog(Dialog):
    """`back_up` makes one now. `restore_wanted` comes once the dialog has closed: the window has to let
    go of the project first. `copy_made` tells a copy that was laid beside the project.
    """

    restore_wanted = Signal(Path)
    copy_made = Signal(Path)

    def __init__(
        self,
        project: Path,
        back_up: Callable[[], Path],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        super().__init__("Backups", theme, fonts, parent, width=600, height=460)
        self._project, self._back_up, self._frozen = project, back_up, read_only
        self._asking = False
        self._words = label("", "muted", wrap=True, parent=self)
        self.body.addWidget(self._words)
        self.list = ChoiceList("Backups, the newest first", theme, fonts, self, keys=False, wish=6)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addWidget(self.list, 1)
        self._now = self.add_button("Back up now", self.back_up, left=True)
        self._close = self.add_button("Close", self.reject)
        self._copy = self.add_button("Open a copy", self.open_copy)
        self._restore = self.add_button("Restore…", self.ask)
        self._sure = self.add_button("Restore it", self.restore, "primary")
        self.list.activated.connect(self.ask)
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the folder anew."""
        found = backups(self._project)
        self.list.put([self._choice(b) for b in found])
        self._asking = False
        self._show()

    def ask(self) -> None:
        """Say what restoring does, before it is done."""
        if self._chosen() is not None and not self._frozen:
            self._asking = True
            self._show()
            self._sure.setFocus()

    def restore(self) -> None:
        """Close and ask for the selected backup to be put in the project's place."""
        chosen = self._chosen()
        if chosen is not None and self._asking:
            super().accept()
            self.restore_wanted.emit(chosen.path)

    def open_copy(self) -> None:
        """Lay a copy beside the project, close, and tell it."""
        chosen = self._chosen()
        made: list[Path] = []
        if chosen and self.attempt(lambda: made.append(copy_beside(self._project, chosen.path))):
            super().accept()
            self.copy_made.emit(made[0])

    def back_up(self) -> None:
        """One more, now."""
        if self.attempt(self._back_up):
            self.refresh()

    def reject(self) -> None:
        """Esc takes the question back first."""
        if self._asking:
            self._asking = False
            self._show()
            self.list.setFocus()
        else:
            super().reject()

    def _show(self) -> None:
        chosen, asking = self._chosen(), self._asking
        if asking and chosen:
            words = (
                f"The project goes back to how it was {moment(chosen.at.isoformat())}. As it is now it is "
                "backed up first, so nothing is lost. The window opens again by itself."
            )
        elif chosen:
            words = "Copies of the whole project. Older ones go when there are more than ten."
        else:
            words = "There are no backups yet. They are made before anything large is changed, or here."
        self._words.setText(words)
        self.list.setEnabled(not asking)
        self._now.setVisible(not asking and not self._frozen)
        for made in (self._copy, self._restore):
            made.setVisible(not asking and chosen is not None)
        self._restore.setEnabled(not self._frozen)
        self._sure.setVisible(asking)
        self._close.setText("Keep the present one" if asking else "Close")

    def _chosen(self) -> Backup | None:
        choice = self.list.current()
        return choice.value if choice else None

    def _choice(self, backup: Backup) -> Choice:
        at = backup.at.astimezone(UTC).isoformat()
        return Choice(backup, moment(at), backup.path.name, group=size_words(backup.size))
