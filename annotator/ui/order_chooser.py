"""In which order the articles are worked through."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from annotator.storage.project import Project

NAMES = {
    "file": "As they came",
    "unsure": "Least sure first",
    "open": "Most undecided first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "By title",
    "outlet": "By outlet",
    "length": "Shortest first",
    "random": "At random",
}


class OrderChooser(QComboBox):
    """One of the orders that the project's list of articles knows. `left` when its choices are closed, so
    that letters are keys again and no search in them.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Order of the articles")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for order, name in NAMES.items():
            self.addItem(name, order)
        self.view().window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The choices are closed, by Esc or a click beside them too."""
        if event.type() is QEvent.Type.Hide and watched is self.view().window():
            self.left.emit()
        return super().eventFilter(watched, event)

    @property
    def order(self) -> str:
        """The order that is chosen."""
        return str(self.currentData())

    def restore(self, project: Project) -> None:
        """Show the order that this annotator chose last; tells nobody."""
        self.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.setCurrentIndex(max(0, self.findData(project.setting(_key(project), "file"))))
        self.blockSignals(False)  # noqa: FBT003  # Qt's own

    def keep(self, project: Project) -> None:
        """For the next time; raises AnnotatorError when it cannot be saved."""
        if not project.read_only and self.order != project.setting(_key(project), "file"):
            project.set_setting(_key(project), self.order)


def _key(project: Project) -> str:
    return f"order {project.annotator}"
