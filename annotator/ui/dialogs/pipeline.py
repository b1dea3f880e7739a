"""The dialog that chooses a project's language pipeline, and says what each one lacks."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.suggest.installed import Pipeline
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme
from annotator.ui.widgets import label

_ABOUT = (
    "The suggestions rest on a spaCy pipeline. Installed ones are listed; any other can be chosen by its"
    " folder. Articles that are not done get new suggestions; what was decided stays."
)


class PipelineDialog(Dialog):
    """`chosen` carries the name of the pipeline, or its folder, that shall be used from now on."""

    chosen = Signal(str)

    def __init__(
        self,
        pipelines: Sequence[Pipeline],
        current: str,
        look_into: Callable[[Path], Pipeline],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Language pipeline", theme, fonts, parent, width=560, height=380)
        self._pipelines, self._current, self._look_into = list(pipelines), current, look_into
        self.body.addWidget(label(_ABOUT, "muted", wrap=True, parent=self))
        self.list = ChoiceList("Language pipelines", theme, fonts, self, keys=False, wish=4)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addWidget(self.list, 1)
        self.note = label("", wrap=True, parent=self)
        self.note.setAccessibleName("What the pipeline lacks")
        self.body.addWidget(self.note)
        self.add_button("Choose a folder…", self._ask_folder, left=True)
        self.add_button("Cancel", self.reject)
        self._use = self.add_button("Use it", self.accept, "primary", default=True)
        self.list.selectionModel().currentChanged.connect(self._changed)
        self.list.doubleClicked.connect(lambda _: self.accept())
        self._fill(current)
        self.list.setFocus()

    @property
    def pipeline(self) -> Pipeline | None:
        """The one under the cursor."""
        row = self.list.currentIndex().row()
        return self._pipelines[row] if 0 <= row < len(self._pipelines) else None

    def add_folder(self, folder: Path) -> None:
        """Put the pipeline of a folder on the list and under the cursor, or say why not."""

        def look() -> None:
            found = self._look_into(folder)
            self._pipelines = [p for p in self._pipelines if p.name != found.name] + [found]
            self._fill(found.name)

        self.attempt(look)

    def accept(self) -> None:
        """Use the one under the cursor; nothing happens when it is used already."""
        if self.pipeline is None:
            return
        if self.pipeline.name != self._current:
            self.chosen.emit(self.pipeline.name)
        super().accept()

    def _ask_folder(self) -> None:
        dialog = FileDialog(self, "The folder of a pipeline", Path.home())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.add_folder(Path(folder)))
        dialog.open()

    def _fill(self, name: str) -> None:
        self.list.rows.put(
            [
                Choice(p, p.title, p.note or "Nothing is missing.", marked=p.name == self._current)
                for p in self._pipelines
            ]
        )
        names = [p.name for p in self._pipelines]
        row = names.index(name) if name in names else 0
        self.list.setCurrentIndex(self.list.rows.index(row, 0))
        self._changed(self.list.currentIndex())

    def _changed(self, _current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        pipeline = self.pipeline
        self._use.setEnabled(pipeline is not None)
        if pipeline is not None:
            self.note.setText(pipeline.note or "Nothing is missing.")
