"""The bar at the top: menu, project, tabs, commands, theme."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.widgets import button, label

TIGHT_FROM = 1.5  # scale from which room is short


class TopBar(QFrame):
    """Emits which tab is wanted; the menu is the window's."""

    tab_chosen = Signal(str)
    commands_asked = Signal()
    theme_asked = Signal()

    def __init__(
        self, name: str, tabs: Sequence[str], menu: QMenu, theme: Theme, fonts: Fonts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        look(self, "window")
        self._fonts = fonts
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(8), 0, fonts.px(16), 0)
        tight = fonts.scale >= TIGHT_FROM
        row.setSpacing(fonts.px(10 if tight else 20))
        row.addWidget(self._menu_button(menu))
        project = label(name, "strong", parent=self)
        project.setToolTip(name)
        row.addWidget(project)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, QPushButton] = {}
        for tab in tabs:
            row.addWidget(self._tab(tab))
        row.addStretch(1)
        words = "Ctrl+K" if tight else "Ctrl+K Commands"
        commands = button(words, self.commands_asked.emit, name="Commands", parent=self)
        commands.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(commands)
        toggle = button(
            "◑" if theme.dark else "◐", self.theme_asked.emit, name="Change the theme", parent=self
        )
        toggle.setToolTip("Light, dark or high contrast (Ctrl+T)")
        toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(toggle)
        self.setFixedHeight(fonts.px(44))

    def show_tab(self, tab: str) -> None:
        """Show which tab is open."""
        self._tabs[tab].setChecked(True)

    def _tab(self, name: str) -> QPushButton:
        made = button(name, lambda: self.tab_chosen.emit(name), "tab", parent=self)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setFixedHeight(self._fonts.px(44))
        self._group.addButton(made)
        self._tabs[name] = made
        return made

    def _menu_button(self, menu: QMenu) -> QToolButton:
        made = QToolButton(self)
        made.setText("☰")
        made.setAccessibleName("Menu")
        made.setToolTip("Menu (F10)")
        made.setMenu(menu)
        made.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button = made
        return made
