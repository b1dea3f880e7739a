"""Tidying: Python's cyclic garbage is collected while nobody works. With a long article open a full
collection takes longer than a key press may.
"""

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

IDLE = 2.0  # seconds without a key or the mouse
MUCH = 2_000_000  # new objects that cannot wait for a pause
_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Tidying(QObject):
    """Takes the collector over from Python for as long as it lives; `stop` gives it back."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._touched = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(int(IDLE * 1000))
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.installEventFilter(self)
        gc.disable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remembers when somebody last did something; takes nothing away."""
        if event.type() in _INPUT:
            self._touched = time.monotonic()
        return super().eventFilter(watched, event)

    def look(self) -> None:
        """Collect when it is quiet and there is something new, or when too much has come together."""
        fresh = gc.get_count()[0]
        quiet = time.monotonic() - self._touched >= IDLE
        if fresh > MUCH or (quiet and fresh > gc.get_threshold()[0]):
            gc.collect()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
