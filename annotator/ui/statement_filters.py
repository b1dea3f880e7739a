"""The filters beside the table of all statements: a field and chips by state, kind, area and act."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.scheme import LabelScheme
from annotator.domain.statement import NO_ACT
from annotator.storage.statements import Wanted
from annotator.ui.theme import Fonts, look
from annotator.ui.widgets import Chip, flowing, label

NARROW_FROM = 1.5  # scale from which the panel takes less of the width
DECISIONS = {
    "suggested": "Suggested",
    "confirmed": "Confirmed",
    "corrected": "Corrected",
    "rejected": "Rejected",
}
KINDS = {"direct": "Direct", "mixed": "Mixed", "indirect": "Indirect"}
DIFFERENT = "Same words, other roles ≠"
DIFFERENT_TIP = "Statements with the same words that you decided differently"


class StatementFilters(QWidget):
    """Chips of one group widen, groups narrow each other. `changed` after a chip, `typed` after a key
    in the field, `left` when the keyboard wants to go to the table.
    """

    changed = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, scheme: LabelScheme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._chips: dict[str, dict[str, Chip]] = {}
        self.different: Chip
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self, "panel")
        self._width = fonts.px(190 if fonts.scale >= NARROW_FROM else 258)
        self.setFixedWidth(self._width)
        box = QVBoxLayout(self)
        box.setContentsMargins(fonts.px(12), fonts.px(12), fonts.px(4), 0)
        box.setSpacing(fonts.px(10))
        box.addLayout(self._field())
        self._sheet = QScrollArea(self)
        self._sheet.setWidgetResizable(True)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.addWidget(self._sheet, 1)
        self.put_scheme(scheme)

    @property
    def wanted(self) -> Wanted:
        """What the chips and the field say."""
        on = self._on()
        return Wanted(on["decision"], on["kind"], on["area"], on["act"], self.field.text().strip())

    @property
    def only_differing(self) -> bool:
        """True when only same words with other roles are wanted."""
        return self.different.isChecked()

    def chip(self, group: str, id: str) -> Chip:
        """The chip of a decision, kind, area or act."""
        return self._chips[group][id]

    def show_counts(self, decisions: Mapping[str, int], differing: int) -> None:
        """How many there are by decision, and how many differ."""
        for id, chip in self._chips["decision"].items():
            chip.set_count(decisions.get(id, 0))
        self.different.set_count(differing)
        self.different.setVisible(bool(differing) or self.different.isChecked())

    def put_scheme(self, scheme: LabelScheme) -> None:
        """Chips for another scheme; what is on stays on."""
        on = self._on()
        different = bool(self._chips) and self.only_differing
        page = look(QWidget(), "panel")
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, self._fonts.px(8), self._fonts.px(12))
        box.setSpacing(self._fonts.px(6))
        groups = {
            "decision": ("State", DECISIONS),
            "kind": ("Kind", KINDS),
            "area": ("Topic", {a.id: a.name for a in scheme.areas}),
            "act": ("Act", {**{a.id: a.name for a in scheme.acts}, NO_ACT: "None"}),
        }
        for group, (title, names) in groups.items():
            box.addWidget(label(title, "small", parent=page))
            flow = flowing(page, self._fonts.px(5))
            chips = {id: self._chip(name, title, flow) for id, name in names.items()}
            for id, chip in chips.items():
                chip.setChecked(id in on.get(group, ()))
            self._chips[group] = chips
            if group == "decision":
                self.different = self._chip(DIFFERENT, title, flow)
                self.different.setToolTip(DIFFERENT_TIP)
                self.different.setChecked(different)
                self.different.setVisible(different)
            box.addWidget(flow)
        box.addStretch(1)
        self._sheet.setWidget(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field: arrow down and Enter go to the table, Esc empties it first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _on(self) -> dict[str, frozenset[str]]:
        return {
            group: frozenset(id for id, chip in chips.items() if chip.isChecked())
            for group, chips in self._chips.items()
        }

    def _field(self) -> QHBoxLayout:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Speaker, target or words")
        self.field.setAccessibleName("Find statements by speaker, target or words")
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.typed)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, self._fonts.px(8), 0)
        row.addWidget(self.field)
        return row

    def _chip(self, name: str, group: str, flow: QWidget) -> Chip:
        room = self._width - self._fonts.px(60)  # margins, scroll bar, the chip's own padding
        metrics = QFontMetrics(self._fonts.sized(12, bold=True))
        chip = Chip(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), parent=flow)
        chip.setAccessibleName(name)
        chip.setAccessibleDescription(group)
        chip.setToolTip(name)
        chip.clicked.connect(self.changed)
        layout = flow.layout()
        assert layout is not None  # noqa: S101  # `flowing` has given it one
        layout.addWidget(chip)
        return chip
