"""The line at the bottom: what is saved, how far the article is, what was just done, and the keys."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from annotator.ui.keycap import KeyHint
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.verbs import Verb
from annotator.ui.widgets import label

NOTE_STAYS = 6_000  # milliseconds


class Footer(QFrame):
    """Shows; does nothing."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts
        look(self, "window")
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(14), fonts.px(4), fonts.px(14), fonts.px(4))
        row.setSpacing(fonts.px(14))
        self._saved = label("● Saved", "small", parent=self)
        self._count = label("", "small", parent=self)
        self._note = label("", "small", parent=self)
        for part in (self._saved, self._count, self._note):
            row.addWidget(part)
        row.addStretch(1)
        self._keys = row
        self._hints: list[KeyHint] = []
        self._question: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTE_STAYS)
        self._timer.timeout.connect(self._forget)

    def show_saved(self, words: str, *, well: bool = True) -> None:
        """`Saved`, or why not."""
        look(self._saved, "small" if well else "error")
        self._saved.setText(f"● {words}")
        self._saved.setAccessibleName(words)

    def show_count(self, decided: int, total: int) -> None:
        """How many statements of the article are decided."""
        self._count.setText(f"{decided} of {total} decided" if total else "")
        self._fit()

    def say(self, words: str) -> None:
        """A note about what was just done; goes by itself."""
        self._note.setText(words)
        self._note.setAccessibleName(words)
        self._timer.start()
        self._fit()

    @property
    def note(self) -> str:
        """The note that stands there now."""
        return self._note.text()

    def ask(self, title: str, words: str, keys: Sequence[tuple[str, str]]) -> None:
        """Say what is being asked and which keys answer, in place of everything else."""
        for part in (self._saved, self._count, self._note, *self._hints):
            part.hide()
        self._forget_question()
        question = label(title, "strong", parent=self)
        question.setStyleSheet(f"color: {self._theme.suggested}; font-weight: 700;")
        self._question = [question, label(words, "small", parent=self)]
        self._question += [KeyHint(key, what, self) for key, what in keys]
        for place, part in enumerate(self._question):
            self._keys.insertWidget(place, part)

    @property
    def question(self) -> str:
        """What is being asked, or nothing."""
        return ", ".join(p.accessibleName() or p.text() for p in self._question if isinstance(p, QLabel))

    def asked(self) -> None:
        """The question is over."""
        self._forget_question()
        for part in (self._saved, self._count, self._note):
            part.show()
        self._fit()

    def _forget_question(self) -> None:
        for part in self._question:
            self._keys.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._question = []

    def show_verbs(self, verbs: Iterable[Verb]) -> None:
        """Keys of the verbs that have a word for the footer."""
        self.show_keys([(v.key, v.footer) for v in verbs if v.footer and v.key])

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Keys and what they do, right-aligned; those for which there is no room are left out."""
        for hint in self._hints:
            self._keys.removeWidget(hint)
            hint.deleteLater()
        self._hints = [KeyHint(key, words, self) for key, words in keys]
        for hint in self._hints:
            self._keys.addWidget(hint)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any width will do: keys are left out rather than the window widened."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer keys where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        gap = self._keys.spacing()
        left = sum(x.sizeHint().width() + gap for x in (self._saved, self._count, self._note))
        room = self.width() - left - 2 * self._fonts.px(14)
        if self._question:
            return
        last = self._hints[-1:]  # the key that shows all others goes last
        room -= sum(h.sizeHint().width() + gap for h in last)
        for hint in self._hints[:-1]:
            room -= hint.sizeHint().width() + gap
            hint.setVisible(room >= 0)
        for hint in last:
            hint.show()

    def _forget(self) -> None:
        self._note.setText("")
        self._fit()
