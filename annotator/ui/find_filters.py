"""The panel beside the hits of a search: the words, and what narrows them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.actors import Actor
from annotator.domain.scheme import LabelScheme
from annotator.storage.finding import Sought
from annotator.ui.pickers.new_actor import ActorField
from annotator.ui.theme import Fonts, look, restyle
from annotator.ui.widgets import Chip, flowing, label

NARROW_FROM = 1.5  # scale from which the panel takes less of the width
STATES = {"todo": "To do", "doing": "Doing", "done": "Done", "flagged": "Flagged"}
BARS = (0.9, 0.8, 0.7, 0.6, 0.5)


class FindFilters(QWidget):
    """`changed` after a choice, `typed` after a key in a field, `left` when the keyboard wants to go to
    the hits.
    """

    changed = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, scheme: LabelScheme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self, "panel")
        self.setFixedWidth(fonts.px(190 if fonts.scale >= NARROW_FROM else 258))
        box = QVBoxLayout(self)
        box.setContentsMargins(fonts.px(12), fonts.px(12), fonts.px(4), 0)
        box.setSpacing(fonts.px(10))
        self.field = self._line("Words as they stand together", "Find words in titles and texts")
        self.field.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, fonts.px(8), 0)
        row.addWidget(self.field)
        box.addLayout(row)
        box.addWidget(self._sheet(scheme), 1)

    @property
    def sought(self) -> Sought:
        """What fields, choices and chips say; a date that is none narrows nothing."""
        return Sought(
            words=self.field.text().strip(),
            states=frozenset(id for id, chip in self.states.items() if chip.isChecked()),
            outlet=self.outlet.currentData() or "",
            since=self._date(self.since),
            until=self._date(self.until),
            label=self.label.currentData() or "",
            actor=self.actor.actor or "",
            topic=self.topic.currentData() or "",
            annotator=self.annotator.currentData() or "",
            disagreement=self.differ.isChecked(),
            score_below=self.score.currentData(),
        )

    def put_known(self, outlets: Sequence[str], annotators: Sequence[str], actors: Iterable[Actor]) -> None:
        """What there is to choose from; what is chosen stays."""
        _fill(self.outlet, "Any outlet", [(name, name) for name in outlets])
        _fill(self.annotator, "Anybody", [(name, name) for name in annotators])
        self.actor.set_actors(actors)

    def put_scheme(self, scheme: LabelScheme) -> None:
        """Labels and topics of another scheme."""
        _fill(self.label, "Any words", [(x.id, x.name) for x in scheme.labels])
        topics = [(a.id, a.name) for a in scheme.areas]
        for area in scheme.areas:
            at = topics.index((area.id, area.name)) + 1
            topics[at:at] = [(t.id, f"   {t.name}") for t in area.topics]
        _fill(self.topic, "Any topic", topics)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the fields: arrow down and Enter go to the hits, Esc empties first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape and isinstance(watched, QLineEdit) and watched.text():
            watched.clear()
            return True
        leaves = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in leaves and watched is not self.actor:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _date(self, field: QLineEdit) -> str:
        text = field.text().strip()
        right = not text or _is_date(text)
        restyle(field, wrong=not right)
        return text if right else ""

    # parts

    def _sheet(self, scheme: LabelScheme) -> QScrollArea:
        sheet = QScrollArea(self)
        sheet.setWidgetResizable(True)
        sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = look(QWidget(), "panel")
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(0, 0, self._fonts.px(8), self._fonts.px(12))
        self._box.setSpacing(self._fonts.px(6))
        self._states(page)
        self.outlet = self._combo("Outlet", page)
        self.since = self._line("2023-01-31, or 2023", "Published on or after", page)
        self.until = self._line("2023-12-31, or 2023", "Published on or before", page)
        self._titled("From", self.since)
        self._titled("To", self.until)
        self.label = self._combo("The hit is marked as", page)
        self.actor = ActorField("Actor in the article", (), page)
        self.actor.setPlaceholderText("Anybody")
        self.actor.setMinimumWidth(self._fonts.px(60))
        self.actor.textChanged.connect(self.typed)
        self._titled("Actor in the article", self.actor)
        self.topic = self._combo("Topic in the article", page)
        self.annotator = self._combo("Worked on by", page)
        self.score = self._combo("Undecided suggestion scored below", page)
        _fill(self.score, "Any score", [(bar, f"{bar:.1f}".removeprefix("0")) for bar in BARS])
        self.put_scheme(scheme)
        self._box.addStretch(1)
        sheet.setWidget(page)
        return sheet

    def _states(self, page: QWidget) -> None:
        flow = flowing(page, self._fonts.px(5))
        self._titled("State", flow)
        self.states = {id: self._chip(name, flow) for id, name in STATES.items()}
        self.differ = self._chip("Annotators disagree", flow)

    def _titled(self, title: str, widget: QWidget) -> None:
        self._box.addWidget(label(title, "small", wrap=True, parent=widget.parentWidget()))
        self._box.addWidget(widget)

    def _combo(self, title: str, page: QWidget) -> QComboBox:
        made = QComboBox(page)
        made.setAccessibleName(title)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.activated.connect(self.changed)
        self._titled(title, made)
        return made

    def _line(self, placeholder: str, name: str, parent: QWidget | None = None) -> QLineEdit:
        made = QLineEdit(parent or self)
        made.setPlaceholderText(placeholder)
        made.setMinimumWidth(self._fonts.px(60))
        made.setAccessibleName(name)
        made.installEventFilter(self)
        made.textChanged.connect(self.typed)
        return made

    def _chip(self, name: str, flow: QWidget) -> Chip:
        chip = Chip(name, parent=flow)
        chip.clicked.connect(self.changed)
        layout = flow.layout()
        assert layout is not None  # noqa: S101  # `flowing` has given it one
        layout.addWidget(chip)
        return chip


def _fill(combo: QComboBox, any_: str, values: Sequence[tuple[object, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)  # noqa: FBT003  # Qt's own
    combo.clear()
    combo.addItem(any_, None)
    for value, name in values:
        combo.addItem(name, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)) if chosen is not None else 0)
    combo.blockSignals(False)  # noqa: FBT003  # Qt's own


def _is_date(text: str) -> bool:
    parts = text.split("-")
    return (
        len(parts) <= 3
        and all(p.isdecimal() for p in parts)
        and [len(p) for p in parts] == [4, 2, 2][: len(parts)]
    )
