"""Picks a topic with two key presses, area then subtopic, or by typing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.scheme import Area, LabelScheme, Topic
from annotator.ui.keycap import KeyHint
from annotator.ui.pickers.field import SearchField
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.pickers.rows import Choice, ChoiceList, Finder
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import FlowLayout, button, label
from annotator.ui.wording import explained, short_topic

MOST_LIKELY, FEW_LIKELY, LARGE = 9, 3, 1.5  # topics with a digit; fewer where letters are as large
_UNSHIFTED = {"{": "[", "}": "]"}


class TopicPicker(Overlay):
    """Areas at the left, the subtopics of the chosen area at the right.

    Letters and digits are keys until `/`, Ctrl+F or a click opens the field. With Shift a topic is added to
    `chosen`, or taken away when it is in it; without, it replaces them all.
    """

    picked = Signal(tuple)  # all topic ids the statement has from now on
    none_picked = Signal()

    def __init__(
        self,
        scheme: LabelScheme,
        theme: Theme,
        fonts: Fonts,
        *,
        parent: QWidget,
        chosen: Sequence[str] = (),
        scores: Mapping[str, float] | None = None,
        likely: Sequence[str] = (),
    ) -> None:
        """`likely` topics are picked by a digit each."""
        super().__init__(theme, fonts, parent, width=650)
        self._scheme, self._chosen, self._scores = scheme, tuple(chosen), dict(scores or {})
        most = MOST_LIKELY if fonts.scale < LARGE else FEW_LIKELY
        self._likely = tuple(t for t in likely if t in scheme.offered().topics)[:most]
        self._areas = list(scheme.offered().areas)
        self._area: Area | None = None  # pressed, not merely shown
        self._finder = Finder([self._found(a, t) for a in self._areas for t in a.topics])
        self.setAccessibleName("Topic")
        self._build(theme, fonts)
        self._connect()
        self._show_areas()

    def first_focus(self) -> QWidget:
        """The card: letters are keys."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Area key, subtopic key; arrows, Enter, Tab and Esc."""
        key, text = event.key(), event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Tab:
            self.finish(self.none_picked)
        elif key == Qt.Key.Key_Escape and self.field.hasFocus():
            self._leave_field()
        elif text == "/" or (control and key == Qt.Key.Key_F):
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self._arrow(key) and not self._enter_key(key, shift=shift):
            if text.isprintable() and text and not control and not self.field.hasFocus():
                self._letter(_UNSHIFTED.get(text, text).lower(), shift=shift)
            else:
                super().keyPressEvent(event)

    # what keys do

    def _letter(self, letter: str, *, shift: bool) -> None:
        if letter.isdecimal() and 0 < int(letter) <= len(self._likely):
            self._choose(self._likely[int(letter) - 1], add=shift)
            return
        if self._area is None:
            row = next((i for i, a in enumerate(self._areas) if a.key.lower() == letter), None)
            if row is None:
                self._say(f"No area has the key {letter.upper()}.")
            else:
                self._press_area(row)
            return
        topic = next((t for t in self._area.topics if t.key.lower() == letter), None)
        if topic is None:
            self._say(f"{self._area.name} has no subtopic with the key {letter.upper()}.")
        else:
            self._choose(topic.id, add=shift)

    def _arrow(self, key: int) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if step and self._area is None:
            self.areas.step(step)
            self._show_topics(self._areas[self.areas.currentIndex().row()])
        elif step:
            self.topics.step(step)
        elif key == Qt.Key.Key_Right and self._area is None:
            self._press_area(self.areas.currentIndex().row())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace) and self._area is not None:
            self._back_to_areas()
        else:
            return False
        return True

    def _enter_key(self, key: int, *, shift: bool) -> bool:
        if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if self._area is None:
            self._press_area(self.areas.currentIndex().row())
        else:
            self._enter(shift)
        return True

    def _enter(self, shift: bool) -> None:  # noqa: FBT001  # a slot
        if choice := self.topics.current():
            self._choose(choice.value, add=shift)

    def _choose(self, topic: str, *, add: bool) -> None:
        if not add:
            self.finish(self.picked, (topic,))
        elif topic in self._chosen:
            rest = tuple(t for t in self._chosen if t != topic)
            self.finish(self.picked, rest) if rest else self.finish(self.none_picked)
        elif len(self._chosen) >= self._scheme.max_topics:
            self._say(f"A statement has up to {self._scheme.max_topics} topics.")
        else:
            self.finish(self.picked, (*self._chosen, topic))

    def _press_area(self, row: int) -> None:
        self._area = self._areas[row]
        self.areas.select(row)
        self._show_topics(self._area)
        self.topics.select(self._likeliest_row(self._area))
        self._say("")

    def _back_to_areas(self) -> None:
        self._area = None
        self.topics.select(-1)
        self._say("")

    # what is shown

    def _show_areas(self) -> None:
        likely = max(self._scores, key=lambda t: self._scores[t], default="")
        area = self._scheme.area_of(next(iter(self._chosen), likely))
        row = self._areas.index(area) if area in self._areas else 0
        held = {t.partition(".")[0] for t in self._chosen}
        self.areas.put([Choice(a.id, a.name, key=a.key, marked=a.id in held) for a in self._areas], row)
        if self._areas:
            self._show_topics(self._areas[row])

    def _show_topics(self, area: Area) -> None:
        self.topics.put([self._choice(t) for t in area.topics], -1)

    def _likeliest_row(self, area: Area) -> int:
        topics = area.topics
        return max(range(len(topics)), key=lambda i: self._scores.get(topics[i].id, 0.0), default=0)

    def _choice(self, topic: Topic) -> Choice:
        return Choice(
            topic.id,
            topic.name,
            detail=topic.definition,
            key=topic.key,
            score=self._scores.get(topic.id),
            marked=topic.id in self._chosen,
            also=" ".join(topic.cues),
            tip=explained(topic.definition, topic.cues),
        )

    def _found(self, area: Area, topic: Topic) -> Choice:
        """A hit of the search: its whole name, and at the right the two keys that save the search."""
        keys = f"{area.key} {topic.key}".upper()
        name = self._scheme.topic_name(topic.id)
        return replace(self._choice(topic), label=name, key="", group=keys)

    def _filter(self, query: str) -> None:
        found = self._finder.find(query)
        self.areas.setVisible(not query.strip())
        if query.strip():
            self.topics.put(found)
            self._say("" if found else "No topic fits what you typed.")
        elif self._areas:
            self._back_to_areas()
            self._show_topics(self._areas[max(0, self.areas.currentIndex().row())])

    def _leave_field(self) -> None:
        self.field.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def in_question(self) -> str:
        """The topic selected, or the area."""
        choice = self.topics.current() or self.areas.current()
        return str(choice.value) if choice else ""

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))
        self._hints.setVisible(not words)

    # parts

    def _build(self, theme: Theme, fonts: Fonts) -> None:
        top = QHBoxLayout()
        self.field = SearchField(
            "Find a topic", "Press a digit, or an area and a subtopic, or / to type", self.card
        )
        top.addWidget(self.field)
        self.body.addLayout(top)
        self.likely = self._likely_row(fonts)
        self.body.addWidget(self.likely)
        columns = QHBoxLayout()
        columns.setSpacing(fonts.px(12))
        self.areas = ChoiceList("Areas", theme, fonts, self.card, detail=False, wish=12)
        self.topics = ChoiceList("Subtopics", theme, fonts, self.card)
        columns.addWidget(self.areas, 9)
        columns.addWidget(self.topics, 11)
        self.body.addLayout(columns, 1)
        self._message = label("", "error", wrap=True, parent=self.card)
        look(self._message, "error")
        self._message.hide()
        self.body.addWidget(self._message)
        self._hints = QWidget(self.card)
        flow = FlowLayout(self._hints, spacing=fonts.px(12))
        hints = (("Tab", "no topic"), ("Shift", "add a further one"), ("F1", "guideline"), ("Esc", "keep"))
        for shortcut, text in hints:
            flow.addWidget(KeyHint(shortcut, text, self._hints))
        self.body.addWidget(self._hints)

    def _likely_row(self, fonts: Fonts) -> QWidget:
        """The likely topics with their digits; a click picks, with Shift it adds."""
        row = QWidget(self.card)
        flow = FlowLayout(row, spacing=fonts.px(6))
        for digit, topic in enumerate(self._likely, 1):
            name = short_topic(self._scheme, topic)
            said = f"{digit}  {name}".replace("&", "&&")
            made = button(said, partial(self._click_likely, topic), name=f"{name}, key {digit}", parent=row)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolTip(self._scheme.topics[topic].definition)
            flow.addWidget(made)
        row.setVisible(bool(self._likely))
        return row

    def _click_likely(self, topic: str) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._choose(topic, add=bool(shift))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._filter)
        self.field.moved.connect(self.topics.step)
        self.field.paged.connect(self._page)
        self.field.entered.connect(self._enter)
        self.areas.clicked.connect(self._click_area)
        self.topics.clicked.connect(self._click_topic)

    def _page(self, pages: int) -> None:
        self.topics.step(pages * self.topics.page())

    def _click_area(self, index: QModelIndex) -> None:
        self._press_area(index.row())

    def _click_topic(self, index: QModelIndex) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if choice := self.topics.rows.choice(index.row()):
            self._choose(choice.value, add=bool(shift))
