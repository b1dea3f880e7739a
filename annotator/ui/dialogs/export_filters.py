"""Which articles and statements go in: filters put on one by one, each a chip that takes it off again."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.layer import State
from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.storage.project import Project
from annotator.ui.pickers.choice import Choice, ChoicePicker
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import Chip, FlowLayout

_STATES = {"todo": "To do", "doing": "Doing", "done": "Done", "flagged": "Flagged"}
_PARTS = (".5", ".6", ".7", ".8", ".9", ".95")
_LONGEST = 40  # letters of a chip
Value = str | float | bool


@dataclass(frozen=True)
class Kind:
    """A filter that can be put on. `many`: several values are alternatives; `flag`: what it asks for is
    all that there is to it; `typed`: values that are not listed are taken as they are typed.
    """

    field: str  # of Filters
    words: str
    note: str = ""
    many: bool = False
    flag: bool | None = None
    typed: bool = False


KINDS = (
    Kind("outlets", "Outlet", "articles of it", many=True),
    Kind("since", "From", "published on this date or later", typed=True),
    Kind("until", "Until", "published on this date or earlier", typed=True),
    Kind("topics", "Topic", "articles with statements on it", many=True),
    Kind("actors", "Actor", "articles with statements by, to or about it", many=True),
    Kind("matching_only", "Only such statements", "other statements of these articles stay out", flag=True),
    Kind("decided_by", "Decided by", "articles with statements that this person decided", many=True),
    Kind("states", "State", "articles that stand so", many=True),
    Kind("least_score", "Score from", "undecided suggestions below it stay out", typed=True),
    Kind("least_agreement", "Agreement from", "articles whose annotators agree less stay out", typed=True),
    Kind("practice", "No practice texts", "invented articles stay out", flag=False),
)


class FilterRow(QWidget):
    """Filters that are on, and a button for another. `changed` follows every change; `refused` a value
    that cannot be.
    """

    changed = Signal()
    refused = Signal(object)  # AnnotatorError

    def __init__(self, project: Project, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._project, self._theme, self._fonts = project, theme, fonts
        self._on: list[tuple[Kind, Value, str]] = []
        self.setAccessibleName("Filters")
        self._flow = FlowLayout(self, spacing=fonts.px(6))
        self.chips: list[Chip] = []
        self.more = Chip("Add a filter…", parent=self)
        self.more.setCheckable(False)
        self.more.clicked.connect(self.ask)
        self._flow.addWidget(self.more)

    def filters(self, base: Filters) -> Filters:
        """`base` with the filters that are on."""
        found: dict[str, Any] = {}
        for kind, value, _ in self._on:
            found[kind.field] = (*found.get(kind.field, ()), value) if kind.many else value
        return replace(base, **found)

    def put(self, kind: Kind, value: Value, words: str = "") -> None:
        """Put a filter on. One value a filter, unless it takes several."""
        before = self._on
        self._on = [x for x in before if x[0] != kind or (kind.many and x[1] != value)]
        self._on.append((kind, value, words or str(value)))
        try:
            self.filters(Filters())
        except AnnotatorError as error:
            self._on = before
            self.refused.emit(error)
            return
        self._show()
        self.changed.emit()

    def take_off(self, at: int) -> None:
        """Take the filter at this place off again."""
        del self._on[at]
        self._show()
        self.more.setFocus()
        self.changed.emit()

    def ask(self) -> None:
        """Which filter, then which value."""
        on = {kind for kind, _, _ in self._on if not kind.many}
        kinds = [Choice(k, k.words, k.note) for k in KINDS if k not in on]
        self._pick("Filter by", kinds, self._asked)

    def _asked(self, kind: Kind) -> None:
        if kind.flag is not None:
            self.put(kind, kind.flag)
            return
        choices = self._values(kind)
        words = {choice.value: choice.label for choice in choices}
        picker = self._pick(
            kind.words,
            choices,
            lambda value: self.put(kind, value, words[value]),
            "Type to find, or a value of your own" if kind.typed else "Type to find",
            create="Take" if kind.typed else "",
        )
        picker.create_requested.connect(lambda typed: self._typed(kind, typed))

    def _typed(self, kind: Kind, typed: str) -> None:
        if kind.field in ("since", "until"):
            self.put(kind, typed)
            return
        try:
            number = float(typed.replace(",", "."))
        except ValueError:
            number = -1.0
        if 0 <= number <= 1:
            self.put(kind, number, typed)
        else:
            self.refused.emit(AnnotatorError(f"{typed!r} is no number from 0 to 1.", "As in 0.75."))

    def _values(self, kind: Kind) -> list[Choice]:
        """What can be picked, from what the project holds."""
        project, field = self._project, kind.field
        if field == "outlets":
            return [Choice(name, name) for name in project.finding.outlets()]
        if field == "decided_by":
            return [Choice(name, name) for name in project.finding.annotators()]
        if field == "topics":
            return list(_topics(project))
        if field == "actors":
            return [Choice(a.id, a.name, a.id) for a in project.actors() if not a.merged_into]
        if field == "states":
            return [Choice(state.value, _STATES[state.value]) for state in State]
        if field in ("since", "until"):
            return _dates(project.finding.months())
        return [Choice(float(part), part) for part in _PARTS]

    def _pick(
        self,
        title: str,
        choices: Sequence[Choice],
        then: Callable[[Any], None],
        placeholder: str = "Type to find",
        create: str = "",
    ) -> ChoicePicker:
        picker = ChoicePicker(
            title,
            choices,
            self._theme,
            self._fonts,
            parent=self,
            placeholder=placeholder,
            create_label=create,
        )
        picker.picked.connect(lambda value, _: then(value))
        picker.open()
        return picker

    def _show(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.more)
        self.chips = [self._chip(at, kind, words) for at, (kind, _, words) in enumerate(self._on)]
        for widget in (*self.chips, self.more):
            self._flow.addWidget(widget)
            widget.show()

    def _chip(self, at: int, kind: Kind, words: str) -> Chip:
        told = kind.words if kind.flag is not None else f"{kind.words}: {words}"
        chip = Chip(f"{textwrap.shorten(told, _LONGEST, placeholder=' …')} ✕", checked=True, parent=self)
        chip.setAccessibleName(f"Filter {told}")
        chip.setToolTip(f"{told}: take this filter off")
        chip.clicked.connect(lambda: self.take_off(at))
        return chip


def _topics(project: Project) -> Iterable[Choice]:
    for area in project.scheme.areas:
        yield Choice(area.id, area.name, "the whole area")
        for topic in area.topics:
            yield Choice(topic.id, project.scheme.topic_name(topic.id), topic.definition)


def _dates(months: Iterable[str]) -> list[Choice]:
    """The years and months there are, the newest first; days are typed."""
    known = {date[:length] for date in months for length in (4, 7)}
    newest = sorted(known, reverse=True)
    return [Choice(date, date) for date in sorted(newest, key=len)]
