"""The pages under the tabs, each made when it is first shown."""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtWidgets import QStackedWidget, QWidget


class Page(Protocol):
    """What every page can do besides being a widget."""

    def shutdown(self) -> None:
        """Stop what runs and wait for it; for closing the window."""


class Tabs(QStackedWidget):
    """`makers` make the pages; the first is there from the start."""

    def __init__(self, makers: Mapping[str, Callable[[QWidget], QWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self._makers = dict(makers)
        self._pages: dict[str, QWidget] = {}
        self.current = ""
        self.show_tab(next(iter(self._makers)))

    def show_tab(self, name: str) -> None:
        """Show a page, made now if it has not been shown before."""
        if name not in self._pages:
            page = self._pages[name] = self._makers[name](self)
            self.addWidget(page)
        self.current = name
        self.setCurrentWidget(self._pages[name])

    def shutdown(self) -> None:
        """Stop what runs on any page."""
        for page in self._pages.values():
            cast("Page", page).shutdown()
