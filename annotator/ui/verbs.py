"""Every verb of the window, declared once: menus, footer, command palette, key overview and tests
read this table. A slot `statement.confirm` is the method `confirm` of the room `statement`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


@dataclass(frozen=True)
class Verb:
    """`keys` are portable shortcuts, the first is shown. `footer` is its word there, if any.
    `anywhere` acts also while someone types; `writes` needs a project that can be written;
    `needs` is what must be open: project, article, statement or hits.
    """

    id: str
    text: str
    slot: str
    group: str
    keys: tuple[str, ...] = ()
    footer: str = ""
    needs: str = "project"
    anywhere: bool = False
    writes: bool = False

    @property
    def key(self) -> str:
        """The shortcut shown, or nothing."""
        return self.keys[0] if self.keys else ""

    @property
    def shortcut(self) -> str:
        """All its keys, as the overview of keys shows them."""
        return ", ".join(self.keys)


def _statement(id: str, text: str, *keys: str, footer: str = "", slot: str = "", writes: bool = True) -> Verb:
    slot = f"statement.{slot or id}"
    return Verb(id, text, slot, "Statement", keys, footer, needs="statement", writes=writes)


def _flow(id: str, text: str, *keys: str, needs: str = "statement") -> Verb:
    group = "Article" if needs == "article" else "Statement"
    return Verb(id, text, f"flow.{id}", group, keys, needs=needs, writes=True)


def _article(
    id: str,
    text: str,
    *keys: str,
    footer: str = "",
    anywhere: bool = False,
    writes: bool = True,
    slot: str = "",
) -> Verb:
    slot = slot or f"article.{id}"
    return Verb(id, text, slot, "Article", keys, footer, needs="article", anywhere=anywhere, writes=writes)


def _file(id: str, text: str, *keys: str, needs: str = "project", writes: bool = False) -> Verb:
    return Verb(id, text, f"project.{id}", "File", keys, needs=needs, writes=writes, anywhere=True)


def _found(id: str, text: str) -> Verb:
    """On the page Find, where the keys for the same thing in an article do it."""
    return Verb(id, text, f"find.{id.removeprefix('find_')}", "Edit", needs="hits", writes=True)


VERBS: tuple[Verb, ...] = (
    _statement("confirm", "Confirm, go to the next undecided", "Return", footer="confirm"),
    _statement("reject", "Reject the statement", "X", footer="reject"),
    _statement("next", "Next statement", "J", "Down", footer="next", writes=False),
    _statement("previous", "Previous statement", "Shift+J", "Up", writes=False),
    _statement("speaker", "Change the speaker", "S"),
    _statement("via", "Change who relayed the words", "V"),
    _statement("target", "Change the target", "T"),
    _statement("target_role", "Change what the target is to the words", "R"),
    _statement("topic", "Change the topic", "P"),
    _statement("act", "Change the act", "A"),
    _statement("kind", "Change the kind", "K"),
    _statement("content", "Content: the selection, or words by letters", "C"),
    _statement("add_content", "Add to the content: the selection, or words by letters", "Shift+Q"),
    _statement("end_back", "End the content a word earlier", "["),
    _statement("end_further", "End the content a word later", "]"),
    _statement("start_back", "Start the content a word earlier", "{"),
    _statement("start_further", "Start the content a word later", "}"),
    _flow("repeat", "Set the role set last here too", "."),
    _flow("copy_speaker", "Copy the speaker from the statement above", ","),
    _flow("copy_target", "Copy the target from the statement above", ";"),
    _flow("merge", "Merge with the next statement", "M"),
    _flow("split", "Split in two: at the selection, or at a word by its letters", "Shift+M"),
    _flow("note", "Write a note", "W"),
    _flow("unsure", "Unsure, or sure after all", "Z"),
    _flow("statement_flags", "Flags of the statement", "G"),
    _flow("confirm_rest", "Confirm all that is left, from a score on", "Shift+Return", needs="article"),
    _flow("reject_rest", "Reject all that is left, or one kind of it", "Shift+X", needs="article"),
    _flow("mark_all", "Mark every occurrence of an entity", "O", needs="article"),
    _article(
        "new_statement", "New statement: the selection, or words by letters", "Q", footer="new statement"
    ),
    _article("entity", "Entity: the selection, or words by letters", "E", footer="entity"),
    Verb("undo", "Undo", "edit.undo", "Edit", ("U",), "undo", writes=True),
    Verb("redo", "Redo", "edit.redo", "Edit", ("Shift+U",), writes=True),
    Verb("find", "Find an article", "edit.find", "Edit", ("/",)),
    Verb(
        "find_everywhere", "Find in all articles", "find.everywhere", "Edit", ("Ctrl+Shift+F",), anywhere=True
    ),
    _found("find_mark", "Mark the ticked hits as an entity"),
    _found("find_flag", "Flag the articles of the ticked hits"),
    _found("find_skip", "Skip the articles of the ticked hits: not relevant"),
    Verb("statements", "All statements", "comfort.statements", "Edit", ("Ctrl+F",), anywhere=True),
    Verb("history", "History…", "comfort.history", "Edit", ("H",)),
    Verb("commands", "Commands", "edit.commands", "Edit", ("Ctrl+K",), needs="", anywhere=True),
    _article(
        "done", "Article done, go to the next", "Ctrl+Return", footer="done, next article", anywhere=True
    ),
    _article("reopen", "Take the article up again"),
    _article("flag", "Flag the article, or take the flag away", "F"),
    _article("nothing_here", "Nothing to mark in this article"),
    _article("not_relevant", "Article is not relevant"),
    _article("details", "Article details…", "I", writes=False),
    _article("next_article", "Next article", "N", "Ctrl+Down", writes=False),
    _article("previous_article", "Previous article", "Shift+N", "Ctrl+Up", writes=False),
    Verb("queue", "What to work through…", "queue.choose", "Article", ("L",), writes=True),
    Verb("whole_queue", "Work through all articles", "queue.leave", "Article", writes=True),
    _article("near_copies", "Near-copies of the article…", "D", slot="queue.copies", writes=False),
    _file("new_project", "New project…", needs=""),
    _file("open_project", "Open a project…", "Ctrl+O", needs=""),
    _file("import_files", "Import files…", "Ctrl+I", writes=True),
    _file("import_folder", "Import a folder…", writes=True),
    _file("paste", "Paste an article…", "Ctrl+Shift+V", writes=True),
    _file("suggest_again", "Suggest again for articles not done", writes=True),
    Verb("pipeline", "Language pipeline…", "comfort.pipeline", "File", writes=True, anywhere=True),
    Verb("scheme", "Labels, topics and acts…", "comfort.scheme", "File", ("Ctrl+L",), anywhere=True),
    _file("actors", "Actors…", "Ctrl+Shift+A", writes=False),
    _file("export", "Export…", "Ctrl+E"),
    Verb("backups", "Backups…", "comfort.backups", "File", ("Ctrl+B",), anywhere=True),
    _file("quit", "Quit", "Ctrl+Q", needs=""),
    Verb(
        "theme",
        "Light, dark or high contrast",
        "look.change_theme",
        "View",
        ("Ctrl+T",),
        needs="",
        anywhere=True,
    ),
    Verb("preferences", "Preferences…", "comfort.preferences", "View", ("Ctrl+,",), needs="", anywhere=True),
    Verb("larger", "Larger letters", "look.larger", "View", ("Ctrl++", "Ctrl+="), needs="", anywhere=True),
    Verb("smaller", "Smaller letters", "look.smaller", "View", ("Ctrl+-",), needs="", anywhere=True),
    Verb(
        "plain_size",
        "Letters at their usual size",
        "look.plain_size",
        "View",
        ("Ctrl+0",),
        needs="",
        anywhere=True,
    ),
    Verb("keys", "All keys", "help.keys", "Help", ("?",), "all keys", needs=""),
    Verb("tour", "A tour of two minutes", "help.tour", "Help", needs=""),
    Verb(
        "guidelines",
        "Guidelines beside the text",
        "help.guidelines",
        "Help",
        ("F1",),
        needs="",
        anywhere=True,
    ),
    Verb("guide", "Help", "help.guide", "Help", ("Shift+F1",), needs="", anywhere=True),
    Verb("about", "About this program", "help.about", "Help", needs=""),
)

GROUPS = ("File", "Edit", "Statement", "Article", "View", "Help")


Keys = Mapping[str, tuple[str, ...]]  # the user's own, by verb id
NO_KEYS: Keys = MappingProxyType({})


def verbs(keys: Keys = NO_KEYS) -> tuple[Verb, ...]:
    """The table with the user's own keys, which other verbs then lose."""
    own = {key for taken in keys.values() for key in taken}
    return tuple(
        replace(v, keys=tuple(keys[v.id]) if v.id in keys else tuple(k for k in v.keys if k not in own))
        for v in VERBS
    )


def key_name(event: QKeyEvent) -> str:
    """What was pressed, as the table writes it: `S`, `Shift+J`, `?`, `Ctrl+Return`."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    text = event.text()
    held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    if held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier:
        held = Qt.KeyboardModifier.NoModifier  # AltGr, by which some keyboards write brackets
    if not held and len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        return text
    if Qt.Key.Key_Exclam <= key <= Qt.Key.Key_Slash:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier  # the sign itself needs it on some keyboards
    return QKeySequence(key | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)


def someone_types(widget: QWidget | None) -> bool:
    """True while letters belong to a text field."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QComboBox) or (
        widget is not None and isinstance(widget.parentWidget(), QComboBox)
    )


class KeyDispatcher(QObject):
    """Turns key presses into verbs. Watch the widgets that would swallow letters; the window gives
    it what nobody else took.
    """

    def __init__(
        self,
        table: Iterable[Verb],
        act: Callable[[Verb], object],
        parent: QObject | None = None,
        *,
        first: Callable[[QKeyEvent], bool] = lambda _: False,
    ) -> None:
        """`first` is asked before the table: a mode that takes keys for itself."""
        super().__init__(parent)
        self._first = first
        self._act = act
        self.use(table)

    def use(self, table: Iterable[Verb]) -> None:
        """Take another table of verbs."""
        self._by_key = {key: verb for verb in table for key in verb.keys}

    def watch(self, *widgets: QObject) -> None:
        """Take verbs' keys away from these widgets."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A verb's key does not reach the widget it was pressed in."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.handle(event):
            return True
        return super().eventFilter(watched, event)

    def handle(self, event: QKeyEvent) -> bool:
        """Do the verb of a key press; False when there is none or the key is someone else's."""
        if self._first(event):
            return True
        verb = self._by_key.get(key_name(event))
        if verb is None:
            return False
        focus = QApplication.focusWidget()
        if someone_types(focus) and not verb.anywhere:
            return False
        if isinstance(focus, QAbstractButton) and key_name(event) in ("Return", "Space"):
            return False
        self._act(verb)
        event.accept()
        return True
