"""The scheme editor: entity labels, topics in their areas, and acts. Changes gather in a draft that is
saved as the next version; merging is done at once, as one step that undo takes back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.scheme import Act, Area, Label, LabelScheme, Topic
from annotator.errors import AnnotatorError
from annotator.jobs import scheme_editing as edit
from annotator.jobs.progress import Job
from annotator.jobs.scheme_editing import Item
from annotator.storage.usage import Group, Usage
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.scheme_form import SchemeForm, described
from annotator.ui.job_runner import JobRunner
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import Chip, FlowLayout, button

GROUPS: dict[Group, str] = {"topic": "Topics", "act": "Acts", "label": "Entity labels"}
STOPPED = "Merging stopped; nothing was changed."
NEW: dict[Group, str] = {"topic": "New topic", "act": "New act", "label": "New label"}


class SchemeDialog(Dialog):
    """`usage` counts uses; `save` stores a draft and returns the scheme as saved; `merge` gives the job
    that merges. Both may raise AnnotatorError. `changed` tells the scheme after either.
    """

    changed = Signal(object)  # LabelScheme

    def __init__(
        self,
        scheme: LabelScheme,
        usage: Callable[[], Usage],
        save: Callable[[LabelScheme], LabelScheme],
        merge: Callable[[LabelScheme, Group, str, str], Job[LabelScheme]],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        group: Group = "topic",
        read_only: bool = False,
    ) -> None:
        super().__init__("Labels, topics and acts", theme, fonts, parent, width=980, height=620)
        self.draft = self._saved = scheme
        self._usage_of, self._usage = usage, usage()
        self._save, self._merge_of = save, merge
        self._group: Group = group
        self._warned, self._frozen = False, read_only
        self.runner = JobRunner(self)
        self.runner.finished.connect(self._merged)
        self.runner.failed.connect(self._not_merged)
        self._build()
        self.add_button("Close" if read_only else "Cancel", self.reject)
        self._ok = self.add_button("Save", self.accept, "primary")
        self._ok.setVisible(not read_only)
        for key, act in {
            "Ctrl+S": self.accept,
            "Alt+Up": lambda: self.move_item(-1),
            "Alt+Down": lambda: self.move_item(1),
            "Ctrl+N": self.add,
        }.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.show_group(group)

    # what is chosen

    @property
    def item(self) -> Item | None:
        """The label, topic, area or act in the form."""
        chosen = (self.areas if self._in_areas else self.items).current()
        return chosen.value if chosen else None

    def show_group(self, group: Group) -> None:
        """Labels, topics or acts."""
        self._group = group
        self._chips[group].setChecked(True)
        self._new.setText(NEW[group])
        self._new.setAccessibleName(NEW[group])
        self._areas_side.setVisible(group == "topic")
        self._in_areas = False
        self._show_lists()
        (self.areas if group == "topic" else self.items).setFocus()

    # what is done

    def add(self) -> None:
        """A new item of the group, its name ready to be typed."""
        if self._frozen:
            return
        if self._group == "label":
            made: Item = edit.new_label(self.draft, NEW["label"])
        elif self._group == "act":
            made = edit.new_act(self.draft, NEW["act"])
        else:
            area = self._area()
            if area is None:
                return
            made = edit.new_topic(self.draft, area, NEW["topic"])
        self._add(made)

    def add_area(self) -> None:
        """A new area of topics."""
        self._add(edit.new_area(self.draft, "New area"))

    def _add(self, made: Item) -> None:
        siblings = self.draft.areas if isinstance(made, Area) else self._items()
        made = replace(made, key=edit.free_key(siblings))
        self._take(edit.put(self.draft, made), made)
        self.form.start_typing()

    def move_item(self, by: int) -> None:
        """Move the item within its group."""
        if self.item is not None and not self._frozen:
            self._take(edit.moved(self.draft, self.item, by), self.item)

    def delete(self) -> None:
        """Take the item out, unless it is in use."""
        item = self.item
        if item is not None and not self._uses(item):
            self._take(edit.taken_out(self.draft, item), None)

    def merge(self, into: str) -> None:
        """Merge the item into another, at once; the draft is saved with it."""
        item, draft, group = self.item, self.draft, self._group
        if item is None or self.runner.running:
            return
        if wrong := edit.problems(draft):
            self.say(wrong[0])
            return
        self.setEnabled(False)
        self.runner.start(lambda: self._merge_of(draft, group, item.id, into))

    def accept(self) -> None:
        """Save the draft as the next version and close; stay when something is wrong with it."""
        if self._frozen or self.draft == self._saved:
            super().accept()
        elif wrong := edit.problems(self.draft):
            self.say(wrong[0])
        elif self.attempt(lambda: self._kept(self._save(self.draft))):
            super().accept()

    def reject(self) -> None:
        """Close; changes that were not saved are dropped the second time only."""
        if self.runner.running:
            return
        if self.draft != self._saved and not self._warned:
            self._warned = True
            self.say("Your changes are not saved. Press Esc or Cancel again to drop them.")
            return
        super().reject()

    # what follows what

    def _kept(self, scheme: LabelScheme) -> None:
        self.draft = self._saved = scheme
        self.changed.emit(scheme)

    def _merged(self, scheme: LabelScheme) -> None:
        self.setEnabled(True)
        self._usage = self._usage_of()
        self._kept(scheme)
        self._show_lists(self.item.id if self.item else None)
        self.say("")

    def _not_merged(self, error: Exception) -> None:
        self.setEnabled(True)
        self.say(error if isinstance(error, AnnotatorError) else STOPPED)

    def _take(self, draft: LabelScheme, select: Item | None) -> None:
        self.draft, self._warned = draft, False
        self._in_areas = isinstance(select, Area)
        self._show_lists(select.id if select else None)
        wrong = "".join(edit.problems(draft)[:1])
        self.say(wrong)
        self._ok.setEnabled(not wrong)
        version = edit.next_version(self._saved.version)
        self._ok.setText("Save" if draft == self._saved else f"Save as version {version}")

    def _area(self) -> Area | None:
        chosen = self.areas.current()
        id = chosen.value.id if chosen else ""
        return next((a for a in self.draft.areas if a.id == id), None)

    def _items(self) -> Sequence[Label | Act | Topic]:
        if self._group == "label":
            return self.draft.labels
        if self._group == "act":
            return self.draft.acts
        area = self._area()
        return area.topics if area else ()

    def _uses(self, item: Item) -> int:
        if isinstance(item, Area):
            return sum(self._usage.topics.get(t.id, 0) for t in item.topics)
        return self._usage.of(self._group).get(item.id, 0)

    def _show_lists(self, select: str | None = None) -> None:
        self._silent = True
        area = self.areas.current()
        wanted = select if self._in_areas else area.value.id if area else None
        self._put(self.areas, self.draft.areas, wanted)
        if self._group == "topic" and select and not self._in_areas:
            self._put(self.areas, self.draft.areas, select.partition(".")[0])
        here = self.items.current()
        self._put(self.items, self._items(), select or (here.value.id if here else None))
        if self._in_areas:
            self.items.select(-1)
        self._silent = False
        self._show_form()

    def _put(self, view: ChoiceList, items: Sequence[Item], select: str | None) -> None:
        view.put([self._choice(x) for x in items], -1)
        rows = [x.id for x in items]
        view.select(rows.index(select) if select in rows else 0 if rows else -1)

    def _choice(self, item: Item) -> Choice:
        uses = self._uses(item)
        words = "retired" if item.retired else f"{uses:,}" if uses else ""
        return Choice(item, item.name or "…", key=item.key, group=words, also=described(item) or "")

    def _show_form(self) -> None:
        item = self.item
        others = (
            [
                (x.id, self._name(x))
                for x in edit.items_of(self.draft.offered(), self._group)
                if x.id != item.id
            ]
            if item is not None and self._uses(item)
            else []
        )
        self.form.show_item(item, self._uses(item) if item else 0, others)

    def _name(self, item: Label | Topic | Act) -> str:
        return self.draft.topic_name(item.id) if isinstance(item, Topic) else item.name

    def _area_chosen(self) -> None:
        if not self._silent:
            self._in_areas = True
            self._show_lists(self.item.id if self.item else None)

    def _item_chosen(self) -> None:
        if not self._silent and self.items.current():
            self._in_areas = False
            self._show_form()

    # parts

    def _build(self) -> None:
        fonts = self.fonts
        self._silent, self._in_areas = True, False
        self._chips: dict[Group, Chip] = {}
        choices, group = QWidget(self), QButtonGroup(self)
        flow = FlowLayout(choices, spacing=fonts.px(6))
        for id, name in GROUPS.items():
            chip = self._chips[id] = Chip(name, parent=choices)
            chip.clicked.connect(lambda _=False, to=id: self.show_group(to))
            group.addButton(chip)
            flow.addWidget(chip)
        self.body.addWidget(choices)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(14))
        self.body.addLayout(row, 1)
        self.areas: ChoiceList = self._list("Areas", self._area_chosen)
        self.items: ChoiceList = self._list("Topics, labels or acts", self._item_chosen)
        self.areas.clicked.connect(self._area_chosen)
        self.items.clicked.connect(self._item_chosen)
        self._new_area: QPushButton = button("New area", self.add_area, parent=self)
        self._new: QPushButton = button("New", self.add, parent=self)
        self._areas_side: QWidget = QWidget(self)
        for column, view, made in (
            (self._areas_side, self.areas, self._new_area),
            (QWidget(self), self.items, self._new),
        ):
            side = QVBoxLayout(column)
            side.setContentsMargins(0, 0, 0, 0)
            side.addWidget(view, 1)
            side.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            made.setEnabled(not self._frozen)
            row.addWidget(column, 4)
        self.form = SchemeForm(fonts, self)
        self.form.setEnabled(not self._frozen)
        self.form.edited.connect(lambda item: self._take(edit.put(self.draft, item), item))
        self.form.moved.connect(self.move_item)
        self.form.deleted.connect(self.delete)
        self.form.merged.connect(self.merge)
        row.addWidget(self.form, 5)

    def _list(self, name: str, chosen: Callable[[], None]) -> ChoiceList:
        made = ChoiceList(name, self.theme, self.fonts, self, detail=False, keys=True, wish=12)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.selectionModel().currentChanged.connect(lambda *_: chosen())
        return made
