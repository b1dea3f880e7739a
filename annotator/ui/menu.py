"""The menu: every verb by group, with its key, grey while it cannot act."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from annotator.ui.keycap import shown
from annotator.ui.verbs import GROUPS, Verb


def build_menu(
    table: Iterable[Verb], act: Callable[[Verb], object], can: Callable[[Verb], bool], parent: QWidget
) -> QMenu:
    """Keys are shown, not bound: the dispatcher of keys knows when letters are verbs."""
    menu = QMenu(parent)
    verbs = list(table)
    for group in GROUPS:
        _Part(group, [v for v in verbs if v.group == group], act, can, menu)
    return menu


class _Part(QMenu):
    def __init__(
        self,
        title: str,
        verbs: Iterable[Verb],
        act: Callable[[Verb], object],
        can: Callable[[Verb], bool],
        menu: QMenu,
    ) -> None:
        super().__init__(title, menu)
        menu.addMenu(self)
        self._can, self._act = can, act
        self._actions = [(self._action(v), v) for v in verbs]
        self.aboutToShow.connect(self._enable)

    def _action(self, verb: Verb) -> QAction:
        words = verb.text.replace("&", "&&")
        action = QAction(f"{words}\t{shown(verb.key)}" if verb.key else words, self)
        action.triggered.connect(lambda: self._act(verb))
        self.addAction(action)
        return action

    def _enable(self) -> None:
        for action, verb in self._actions:
            action.setEnabled(self._can(verb))
