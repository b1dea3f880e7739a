"""What a room of verbs needs of the window it belongs to."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from annotator.domain.actors import Actor
from annotator.domain.statement import Statement
from annotator.ui.session import LastValue, Session
from annotator.ui.snapshot import Snapshot
from annotator.ui.theme import Fonts, Theme
from annotator.ui.wording import topic_name

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

Then = Callable[[], object]
REPEATABLE = ("speaker", "via", "target", "topic", "act", "kind")


def nothing() -> None:
    """What follows when nothing does."""


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

    def revise(
        self, statement: Statement, what: str, then: Then = nothing, new: Iterable[Actor] = (), **fields: Any
    ) -> None:
        """Set fields of a statement, then go on, also when it held them already; not when it could
        not be saved.
        """
        done = self.session.decide(
            lambda d: d.revise(statement.id, what, new_actors=new, **fields), statement.id
        )
        if done and "topics" in fields:
            names = ", ".join(topic_name(self.session.scheme, t) for t in fields["topics"])
            self.say(f"Topic: {names or 'none'} · {self.window.key_of('undo')} takes back")
        snapshot = self.session.snapshot
        after = snapshot.shown.statements.get(statement.id) if snapshot else None
        if after and all(getattr(after, name) == value for name, value in fields.items()):
            if snapshot and what in REPEATABLE:
                self.session.last_value = LastValue(snapshot.article.id, what, fields)
            then()
