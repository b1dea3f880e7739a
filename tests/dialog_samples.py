"""A window to lay pickers and dialogs over, and what tests of them share."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit, QWidget

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.ui.theme import THEMES, choose_fonts

SCHEME = LabelScheme.from_toml((paths.resources() / "scheme/diplomacy.toml").read_text("utf-8"))
LIGHT = THEMES["light"]


def open_host(qtbot):
    """A window on screen whose text has the focus."""
    host = QMainWindow()
    qtbot.addWidget(host)
    host.text = QTextEdit(host)
    host.setCentralWidget(host.text)
    host.resize(1280, 720)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    host.text.setFocus()
    qtbot.waitUntil(host.text.hasFocus)
    return host


def press(qtbot, *keys):
    """Press keys wherever the focus is: a Qt key, a character, or text after "type:"."""
    for key in keys:
        where = QApplication.focusWidget()
        if isinstance(key, tuple):
            qtbot.keyClick(where, key[0], key[1])
        elif isinstance(key, str) and key.startswith("type:"):
            qtbot.keyClicks(where, key.removeprefix("type:"))
        else:
            qtbot.keyClick(where, key)


def nameless(widget):
    """Controls a screen reader could say nothing about."""
    controls = (w for w in widget.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus)
    inner = ("qt_", "QComboBox", "QAbstract")
    return [
        w
        for w in controls
        if w.isVisibleTo(widget)
        and not (w.accessibleName() or getattr(w, "text", str)() or w.objectName().startswith("qt_"))
        and not type(w).__name__.startswith(inner)
    ]


def fonts(scale=1.0):
    return choose_fonts(scale)
