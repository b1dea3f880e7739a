"""What is seen while a job runs: what it does, how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from annotator.jobs.progress import Progress
from annotator.ui.theme import Fonts, look
from annotator.ui.widgets import ElidedLabel, button


class Working(QWidget):
    """A message, a bar and a cancel button; knows nothing of the job."""

    cancel_asked = Signal()

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(fonts.px(8))
        self.message = ElidedLabel("", parent=self)
        look(self.message, "muted")
        side.addWidget(self.message)
        row = QHBoxLayout()
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        row.addWidget(self.bar, 1)
        self.cancel_button = button("Cancel", self._ask, parent=self)
        row.addWidget(self.cancel_button)
        side.addLayout(row)

    def begin(self, message: str) -> None:
        """Nothing done yet, the total unknown."""
        self.cancel_button.setEnabled(True)
        self.message.setText(message)
        self.bar.setRange(0, 0)

    def show_progress(self, step: Progress) -> None:
        """How far the job is."""
        self.bar.setRange(0, step.total or 0)
        self.bar.setValue(step.done)
        count = f"{step.done:,} of {step.total:,}" if step.total else ""
        self.message.setText(" · ".join(p for p in (step.message, count) if p))

    def _ask(self) -> None:
        self.cancel_button.setEnabled(False)
        self.message.setText("Stopping…")
        self.cancel_asked.emit()
