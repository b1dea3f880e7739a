"""In which order the articles are worked through."""

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

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
    """One of the orders that the project's list of articles knows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Order of the articles")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for order, name in NAMES.items():
            self.addItem(name, order)

    @property
    def order(self) -> str:
        """The order that is chosen."""
        return str(self.currentData())

    def put(self, order: str) -> None:
        """Show this order as chosen, or the first where it is unknown; tells nobody."""
        self.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.setCurrentIndex(max(0, self.findData(order)))
        self.blockSignals(False)  # noqa: FBT003  # Qt's own
