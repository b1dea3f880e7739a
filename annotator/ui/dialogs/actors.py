"""The actor list: search, rename, kind, whom one speaks for, and merging several into one. Every
change is one step handed to whoever saves it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.domain.actors import KINDS, Actor, Actors
from annotator.domain.edits import Placed, PutActor, Step
from annotator.ui.dialogs.base import Dialog
from annotator.ui.pickers.new_actor import KIND_NAMES, ActorField
from annotator.ui.pickers.rows import Choice, ChoiceList, Finder, fold
from annotator.ui.theme import Fonts, Theme, restyle
from annotator.ui.widgets import button, label


def changed(actor: Actor, name: str, kind: str, speaks_for: str | None) -> Step | None:
    """The step after which `actor` has these values; None when it has them already."""
    after = replace(actor, name=" ".join(name.split()), kind=kind, speaks_for=speaks_for)
    return None if after == actor else Step(f"Change actor {after.name}", (Placed(PutActor(after)),))


def merged(keep: Actor, others: list[Actor]) -> Step:
    """The step that sends everybody who names one of `others` to `keep`. If `keep` speaks for
    nobody, it takes over whom the first of the others speaks for.
    """
    gone = {a.id for a in others}
    edits = [Placed(PutActor(replace(a, merged_into=keep.id, speaks_for=None))) for a in others]
    heir = next((a.speaks_for for a in others if a.speaks_for and a.speaks_for != keep.id), None)
    speaks_for = None if keep.speaks_for in gone else keep.speaks_for
    if not speaks_for and heir not in gone:
        speaks_for = heir
    if speaks_for != keep.speaks_for:
        edits.append(Placed(PutActor(replace(keep, speaks_for=speaks_for))))
    names = ", ".join(a.name for a in others)
    return Step(f"Merge {names} into {keep.name}", tuple(edits))


class ActorsDialog(Dialog):
    """`read` gives the actors as they are now, `do` saves a step (and may raise AnnotatorError);
    `uses` counts mentions and roles by actor id, where known.
    """

    def __init__(
        self,
        read: Callable[[], Actors],
        do: Callable[[Step], object],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        uses: Mapping[str, int] | None = None,
        read_only: bool = False,
        select: str | None = None,
    ) -> None:
        super().__init__("Actors", theme, fonts, parent, width=820, height=560)
        self._read, self._do, self._uses, self._frozen = read, do, dict(uses or {}), read_only
        self._finder = Finder(())
        row = QHBoxLayout()
        row.setSpacing(fonts.px(18))
        self.body.addLayout(row, 1)
        row.addLayout(self._list_side(), 5)
        row.addLayout(self._form_side(), 4)
        self.add_button("Close", self.accept)
        self.refresh(select)
        self.search.setFocus()

    def refresh(self, select: str | None = None) -> None:
        """Read the actors anew and keep or set the selection."""
        self._actors = self._read()
        shown = sorted((a for a in self._actors if a.merged_into is None), key=lambda a: fold(a.name))
        self._finder = Finder([self._choice(a) for a in shown])
        self.speaks_for.set_actors(shown)
        self._filter(self.search.text(), select)

    def selected(self) -> list[Actor]:
        """The actors selected in the list, in its order."""
        rows = sorted(i.row() for i in self.list.selectionModel().selectedIndexes())
        chosen = (self.list.rows.choice(r) for r in rows)
        return [c.value for c in chosen if c is not None]

    def save(self) -> None:
        """Save the form of the one selected actor."""
        actor = self._only()
        if actor is None:
            return
        if not self.name.text().strip():
            restyle(self.name, wrong=True)
            self.say("An actor needs a name.")
        elif not self.speaks_for.right:
            restyle(self.speaks_for, wrong=True)
            self.say("No actor of this name is known; leave it empty or pick one.")
        elif self._speaks_in_circles(actor):
            self.say(f"{actor.name} cannot speak for somebody who speaks for {actor.name}.")
        else:
            step = changed(actor, self.name.text(), self.kind.currentData(), self.speaks_for.actor)
            self._save(step, actor.id)

    def merge(self) -> None:
        """Merge the selected actors into the one chosen to stay."""
        chosen, keep_id = self.selected(), self.keep.currentData()
        keep = next((a for a in chosen if a.id == keep_id), None)
        if keep is not None and len(chosen) > 1:
            self._save(merged(keep, [a for a in chosen if a.id != keep_id]), keep_id)

    def _save(self, step: Step | None, select: str) -> None:
        if step is not None and not self.attempt(lambda: self._do(step)):
            return
        self.say("")
        self.refresh(select)

    def _only(self) -> Actor | None:
        chosen = self.selected()
        return chosen[0] if len(chosen) == 1 and not self._frozen else None

    def _speaks_in_circles(self, actor: Actor) -> bool:
        seen, id = {actor.id}, self.speaks_for.actor
        while id is not None:
            if id in seen:
                return True
            seen.add(id)
            id = self._actors.resolve(id).speaks_for
        return False

    def _choice(self, actor: Actor) -> Choice:
        principal = f"speaks for {self._actors.name(actor.speaks_for)}" if actor.speaks_for else ""
        kind = KIND_NAMES.get(actor.kind, actor.kind)
        count = self._uses.get(actor.id, 0)
        detail = " · ".join(p for p in (kind, principal) if p)
        return Choice(actor, actor.name, detail, group=f"{count:,}" if count else "", also=actor.id)

    # parts

    def _list_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search actors")
        self.search.setAccessibleName("Search actors")
        self.search.setClearButtonEnabled(True)
        side.addWidget(self.search)
        self.list = ChoiceList("Actors", self.theme, self.fonts, self, keys=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        side.addWidget(self.list, 1)
        self._found = label("", "small", parent=self)
        side.addWidget(self._found)
        self.search.textChanged.connect(self._filter)
        self.list.selectionModel().selectionChanged.connect(self._show_selection)
        return side

    def _form_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.addWidget(self._one_form())
        side.addWidget(self._merge_form())
        self._nothing = label("Select an actor to change it, or several to merge them.", "muted", wrap=True)
        side.addWidget(self._nothing)
        side.addStretch(1)
        return side

    def _one_form(self) -> QWidget:
        self._one = QWidget(self)
        form = QFormLayout(self._one)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(self.fonts.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.name, self.kind = QLineEdit(self), QComboBox(self)
        self.name.setAccessibleName("Name")
        self.kind.setAccessibleName("Kind of actor")
        for key in KINDS:
            self.kind.addItem(KIND_NAMES[key], key)
        self.speaks_for = ActorField("Speaks for", (), self)
        self.speaks_for.setPlaceholderText("nobody but themselves")
        for words, field in (("Name", self.name), ("Kind", self.kind), ("Speaks for", self.speaks_for)):
            form.addRow(label(words, "muted", parent=self), field)
        self.save_button = button("Save actor", self.save, "primary", parent=self)
        form.addRow("", self.save_button)
        self.name.returnPressed.connect(self.save)
        self.speaks_for.returnPressed.connect(self.save)
        self.name.textEdited.connect(self._edited)
        self.speaks_for.textEdited.connect(self._edited)
        return self._one

    def _merge_form(self) -> QWidget:
        self._several = QWidget(self)
        side = QVBoxLayout(self._several)
        side.setContentsMargins(0, 0, 0, 0)
        self._several_words = label("", wrap=True, parent=self)
        side.addWidget(self._several_words)
        self.keep = QComboBox(self)
        self.keep.setAccessibleName("Actor that stays")
        side.addWidget(self.keep)
        note = "Decisions that name the others then stand for the one that stays. One undo takes it back."
        side.addWidget(label(note, "small", wrap=True, parent=self))
        self.merge_button = button("Merge", self.merge, "primary", parent=self)
        side.addWidget(self.merge_button)
        return self._several

    # what follows what

    def _filter(self, query: str, select: str | None = None) -> None:
        kept = {select} if select else {a.id for a in self.selected()}
        found = self._finder.find(query)
        self.list.put(found, -1)
        model = self.list.selectionModel()
        for row, choice in enumerate(found):
            if choice.value.id in kept:
                index = self.list.rows.index(row, 0)
                model.select(index, QItemSelectionModel.SelectionFlag.Select)
                self.list.scrollTo(index)
        self._found.setText(f"{len(found):,} of {len(self._finder.choices):,} actors")
        self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.selected()
        self._one.setVisible(len(chosen) == 1)
        self._several.setVisible(len(chosen) > 1)
        self._nothing.setVisible(not chosen)
        self._one.setEnabled(not self._frozen)
        self._several.setEnabled(not self._frozen)
        if len(chosen) == 1:
            self._fill(chosen[0])
        elif chosen:
            self._several_words.setText(f"Merge {len(chosen)} actors into one. Which one stays?")
            self.keep.clear()
            most = sorted(chosen, key=lambda a: (-self._uses.get(a.id, 0), -len(a.name)))
            for actor in most:
                self.keep.addItem(f"{actor.name}  ·  {KIND_NAMES.get(actor.kind, actor.kind)}", actor.id)

    def _fill(self, actor: Actor) -> None:
        self.name.setText(actor.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(actor.kind)))
        self.speaks_for.setText(self._actors.name(actor.speaks_for) if actor.speaks_for else "")
        self._edited()

    def _edited(self) -> None:
        restyle(self.name, wrong=False)
        restyle(self.speaks_for, wrong=False)
        self.say("")
