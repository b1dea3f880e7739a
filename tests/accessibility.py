"""What a screen reader and the Tab key find in a window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget


def controls(window):
    """What can have the keyboard's focus by Tab and is to be seen."""
    return [
        w
        for w in window.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisible()
        and w.isEnabled()
        and w.focusProxy() is None
    ]


def spoken(widget):
    """The name that the accessibility tree gives."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget):
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def reached(widget, met):
    """By Tab itself, or by arrows from the button that stands for its group."""
    if widget in met:
        return True
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(b in met for b in group.buttons())
