"""Keys as people see them: a small cap, and a cap with what it does."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from annotator.ui.theme import Fonts, Theme, look

_SIGNS = {
    "Return": "⏎",
    "Enter": "⏎",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Backspace": "⌫",
    "Del": "Del",
    "Space": "Space",
    "Escape": "Esc",
}
_WORDS = {"⏎": "Enter", "↑": "up arrow", "↓": "down arrow", "←": "left arrow", "→": "right arrow"}


def shown(shortcut: str) -> str:
    """`Ctrl+Return` -> `Ctrl ⏎`; a lone `+` stays."""
    held, plus, last = shortcut[:-1].rpartition("+")
    parts = [*held.split("+"), last + shortcut[-1]] if plus else [shortcut]
    return " ".join(_SIGNS.get(p, p) for p in parts)


def spoken(shortcut: str) -> str:
    """What a screen reader says for a shortcut."""
    return " ".join(_WORDS.get(p, p) for p in shown(shortcut).split(" "))


class KeyCap(QLabel):
    """One key or key combination, drawn as a cap."""

    def __init__(self, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(shown(shortcut), parent)
        look(self, "key")
        self.setAccessibleName(f"Key {spoken(shortcut)}")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_shortcut(self, shortcut: str) -> None:
        """Show another key."""
        self.setText(shown(shortcut))
        self.setAccessibleName(f"Key {spoken(shortcut)}")


class KeyHint(QWidget):
    """A cap and, beside it, what the key does."""

    def __init__(self, shortcut: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(KeyCap(shortcut, self))
        label = QLabel(text, self)
        look(label, "small")
        row.addWidget(label)
        self.setAccessibleName(f"{spoken(shortcut)}: {text}")


def paint_cap(painter: QPainter, rect: QRectF, key: str, theme: Theme, fonts: Fonts) -> None:
    """A cap as delegates draw it, in `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = 4 * fonts.scale
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(box, radius, radius)
    painter.setBrush(QColor(theme.article))
    painter.drawRoundedRect(box.adjusted(0, 0, 0, -fonts.px(1)), radius, radius)
    font = painter.font()
    font.setFamily(fonts.mono.family())
    font.setPixelSize(fonts.px(11))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(box.adjusted(0, 0, 0, -fonts.px(1)), Qt.AlignmentFlag.AlignCenter, shown(key))
    painter.restore()
