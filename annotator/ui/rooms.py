"""What a room of verbs needs of the window it belongs to."""

from typing import TYPE_CHECKING

from annotator.domain.statement import Statement
from annotator.ui.session import Session
from annotator.ui.snapshot import Snapshot
from annotator.ui.theme import Fonts, Theme

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Room:
    """Base of the classes whose methods are the slots of verbs."""

    def __init__(self, window: "MainWindow") -> None:
        self.window = window

    @property
    def session(self) -> Session:
        """The session all verbs act through."""
        return self.window.session

    @property
    def theme(self) -> Theme:
        """The theme of the moment."""
        return self.window.theme

    @property
    def fonts(self) -> Fonts:
        """The fonts of the moment."""
        return self.window.fonts

    @property
    def snapshot(self) -> Snapshot:
        """The open article; verbs that need one are not called without."""
        assert self.session.snapshot is not None  # noqa: S101  # verbs say what they need
        return self.session.snapshot

    @property
    def statement(self) -> Statement:
        """The focused statement; verbs that need one are not called without."""
        assert self.session.focused is not None  # noqa: S101  # verbs say what they need
        return self.session.focused

    def say(self, words: str) -> None:
        """A note in the footer."""
        self.window.footer.say(words)
