"""Paste an article from the clipboard."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.domain.article import Article, Meta
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.details import MetaForm
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import label


class TextField(QPlainTextEdit):
    """Remembers a pasted text as it came: the widget itself turns no-break spaces into spaces and
    rare line ends into newlines.
    """

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._raw = ""
        self._put(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; into an empty field the whole text as it is."""
        if source.hasText() and self.document().isEmpty():
            self._put(source.text())
        else:
            super().insertFromMimeData(source)

    def text(self) -> str:
        """The text as pasted, or as the person has edited it since."""
        return self.toPlainText() if self.document().isModified() else self._raw

    def _put(self, text: str) -> None:
        self._raw = text
        self.setPlainText(text)
        self.document().setModified(False)


class PasteDialog(Dialog):
    """`read` makes an article of the text (and refuses by AnnotatorError), `add` stores it and returns
    False when the same text is there already. `added` carries the article's id in both cases.
    """

    added = Signal(str, bool)  # article id, new

    def __init__(
        self,
        read: Callable[[str], Article],
        add: Callable[[Article], bool],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Paste an article", theme, fonts, parent, width=640, height=560)
        self._read, self._add = read, add
        self.form = MetaForm(Meta(), fonts, self)
        self.body.addWidget(self.form)
        self.text = TextField(QGuiApplication.clipboard().text(), self)
        self.text.setAccessibleName("Text of the article")
        self.text.setPlaceholderText("Paste the text here")
        self.text.setTabChangesFocus(True)
        self.text.setFont(fonts.text)
        self.body.addWidget(self.text, 1)
        self._count = label("", "small", parent=self)
        self.body.addWidget(self._count)
        self.text.textChanged.connect(self._counted)
        self._counted()
        self.add_button("Cancel", self.reject)
        button = self.add_button("Add article", self.accept, "primary", default=True)
        button.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        (self.form.title if self.text.toPlainText().strip() else self.text).setFocus()

    def accept(self) -> None:
        """Read, add, close; what is wrong is said and the text kept."""
        if problem := self.form.problem():
            self.say(problem)
            return
        if not self.text.toPlainText().strip():
            self.say("There is no text yet. Paste or type it in the large field.")
            self.text.setFocus()
            return
        self.attempt(self._take)

    def _take(self) -> None:
        article = self._read(self.text.text())
        typed, read = self.form.meta(), article.meta
        meta = replace(
            read,
            title=typed.title or read.title,
            outlet=typed.outlet or read.outlet,
            published=typed.published or read.published,
            url=typed.url or read.url,
        )
        article = replace(article, meta=meta)
        new = self._add(article)
        super().accept()
        self.added.emit(article.id, new)

    def _counted(self) -> None:
        words = len(self.text.toPlainText().split())
        self._count.setText("1 word" if words == 1 else f"{words:,} words")
