"""The card of the focused statement: content, one row a role, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.statement import Decision, Statement
from annotator.ui.keycap import KeyCap, shown
from annotator.ui.theme import Fonts, Theme, look, restyle
from annotator.ui.verbs import Verb
from annotator.ui.widgets import Pill, ScoreBar, ShortLabel, button, label
from annotator.ui.wording import ROLES, Cell, Wording, decision_word, sureness

MOST_CONTENT = 320
NAMES = {"speaker": "Speaker", "target": "Target", "topic": "Topic", "act": "Act", "kind": "Kind"}
READING = "Reading…"
ROW_OF = {"via": "speaker"}  # where a role without a row of its own is shown


class RoleRow(QFrame):
    """A role with its key, value, source mention and score; a click is its key."""

    pressed = Signal()

    def __init__(self, role: str, verb: Verb, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._role = role
        look(self, "card", role=role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(fonts.px(48))  # with or without a source, so that rows do not jump
        self._row = row = QHBoxLayout(self)
        self._fonts, self._narrow = fonts, False
        pad = fonts.px(8)
        row.setContentsMargins(fonts.px(10), pad, fonts.px(10), pad)
        row.setSpacing(fonts.px(8))
        self._cap = KeyCap(verb.key, self)
        row.addWidget(self._cap)
        self._name = name = label(NAMES[role], "muted", parent=self)
        name.setFixedWidth(fonts.px(58))
        row.addWidget(name)
        self._words = words = QVBoxLayout()
        words.setSpacing(fonts.px(1))
        self._value = ShortLabel(parent=self)
        self._source = ShortLabel(parent=self)
        look(self._source, "tiny")
        words.addWidget(self._value)
        words.addWidget(self._source)
        row.addLayout(words, 1)
        self._score = ScoreBar(fonts, parent=self)
        row.addWidget(self._score)
        self._bar_width = self._score.width()

    def show_cell(self, cell: Cell, *, reading: bool = False) -> None:
        """Show another value; while the machine is reading, an open one is said to come."""
        if reading and not cell.decided:
            cell = Cell(READING, decided=False)
        look(self._value, "strong" if cell.decided else "muted" if reading else "error")
        self._value.setText(cell.value)
        self._source.setText(cell.source)
        self._source.setVisible(bool(cell.source) and not self._narrow)
        self._words.invalidate()  # an inner layout keeps the heights it found for other words
        self.updateGeometry()
        self._score.set_score(cell.score)
        self.setToolTip(f"{NAMES[self._role]}: {cell.tip}")
        self.setAccessibleName(f"{NAMES[self._role]}: {cell.value} {cell.source}".strip())

    def show_narrow(self, *, narrow: bool) -> None:
        """Key and value alone where room is short; the colour at the left and the key say which role it
        is, the tool tip all the rest.
        """
        self._narrow = narrow
        self._score.setFixedWidth(0 if narrow else self._bar_width)
        self._name.setVisible(not narrow)
        self._source.setVisible(bool(self._source.text()) and not narrow)
        pad, side = self._fonts.px(2 if narrow else 8), self._fonts.px(6 if narrow else 10)
        self._row.setContentsMargins(side, pad, side, pad)
        self.setMinimumHeight(self._fonts.px(26 if narrow else 48))

    def show_active(self, *, active: bool) -> None:
        """Light up while this role is being chosen."""
        restyle(self, active="true" if active else "false")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the role's choice."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class Quotation(QLabel):
    """The content in the article's letters with a bar at its left."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._bar = theme, fonts.px(3)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        font = QFont(fonts.text)
        font.setPixelSize(fonts.px(14))
        self.setFont(font)
        self.setStyleSheet(f"font-family: '{font.family()}'; font-size: {fonts.px(14)}px;")
        self.setContentsMargins(fonts.px(12), 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and the bar beside them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self._bar, self.height(), QColor(self._theme.statement))


class StatementCard(QWidget):
    """Shows one statement; emits the id of the verb that was clicked."""

    verb_clicked = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts, verbs: dict[str, Verb], parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts, self._narrow, self._place = fonts, False, ""
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(fonts.px(8))
        box.addLayout(self._head(fonts))
        self._content = Quotation(theme, fonts, self)
        box.addWidget(self._content)
        self.rows: dict[str, RoleRow] = {}
        for role in ROLES:
            row = RoleRow(role, verbs[role], fonts, self)
            row.pressed.connect(_sender(self.verb_clicked.emit, role))
            box.addWidget(row)
            self.rows[role] = row
        box.addLayout(self._buttons(verbs, fonts))
        self.hide()

    def show_statement(
        self, statement: Statement, number: int, of: int, words: Wording, *, reading: bool = False
    ) -> None:
        """Fill the card; `reading` while the machine still fills in roles."""
        self._place = f"{number} of {of}"
        self._show_title()
        pill = "suggested" if statement.decision is Decision.SUGGESTED else statement.decision.value
        self._pill.show_pill(decision_word(statement), pill)
        self._score.setText(sureness(statement))
        self._score.setToolTip(statement.provenance.suggester or "")
        content = words.content(statement)
        self._content.setText(_shortened(content))
        self._content.setToolTip(content if len(content) > MOST_CONTENT else "")
        for role, row in self.rows.items():
            row.show_cell(words.cell(statement, role), reading=reading)
        self.setAccessibleName(words.spoken(statement, number))
        self.confirm.setEnabled(statement.decision not in (Decision.CONFIRMED, Decision.CORRECTED))
        self._reject.setEnabled(statement.decision is not Decision.REJECTED)
        self.show()

    def show_narrow(self, *, narrow: bool) -> None:
        """Fit large letters into little room, or back."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._box.setSpacing(self._fonts.px(4 if narrow else 8))
        self._show_title()
        for row in self.rows.values():
            row.show_narrow(narrow=narrow)
        for made in (self.confirm, self._reject, self._next):
            self._grid.removeWidget(made)
        self._place_buttons()

    def show_active(self, role: str | None) -> None:
        """Light up the row that is being chosen, or none."""
        for name, row in self.rows.items():
            row.show_active(active=name == ROW_OF.get(role or "", role))

    def pointed_at(self) -> str:
        """The role whose row the mouse is on, or nothing."""
        return next((role for role, row in self.rows.items() if row.underMouse()), "")

    def _show_title(self) -> None:
        self._title.setText(self._place if self._narrow else f"Statement {self._place}")

    def _head(self, fonts: Fonts) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(8))
        self._title = label("", "heading", parent=self)
        self._pill = Pill("", parent=self)
        self._score = label("", "tiny", parent=self)
        row.addWidget(self._title)
        row.addWidget(self._pill)
        row.addStretch(1)
        row.addWidget(self._score)
        return row

    def _buttons(self, verbs: dict[str, Verb], fonts: Fonts) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, fonts.px(2), 0, fonts.px(4))
        grid.setSpacing(fonts.px(8))
        made = []
        for id, word, kind in (
            ("confirm", "Confirm", "primary"),
            ("reject", "Reject", ""),
            ("next", "Next", ""),
        ):
            one = button(
                f"{word} {shown(verbs[id].key)}",
                _sender(self.verb_clicked.emit, id),
                kind,
                name=word,
                parent=self,
            )
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.append(one)
        self.confirm, self._reject, self._next = made
        self._grid = grid
        self._place_buttons()
        return grid

    def _place_buttons(self) -> None:
        first = (0, 0, 1, 2) if self._narrow else (0, 0, 1, 1)
        rest = ((1, 0), (1, 1)) if self._narrow else ((0, 1), (0, 2))
        self._grid.addWidget(self.confirm, *first)
        self._grid.addWidget(self._reject, *rest[0])
        self._grid.addWidget(self._next, *rest[1])
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < 2 or not self._narrow))


def _sender(emit: Callable[[str], object], id: str) -> Callable[[], object]:
    return lambda: emit(id)


def _shortened(text: str) -> str:
    if len(text) <= MOST_CONTENT:
        return text
    half = MOST_CONTENT // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"
