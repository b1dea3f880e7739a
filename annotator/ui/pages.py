"""The pages under the tabs besides the first, as the window makes them when they are first shown."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


def statements_page(window: "MainWindow", parent: QWidget) -> QWidget:
    """All statements of the project."""
    from annotator.ui.statements_page import StatementsPage

    page = StatementsPage(window.session.project, window.theme, window.fonts, parent)
    page.jump.connect(window.jump)
    window.session.saved.connect(page.follow)
    return page


def export_page(window: "MainWindow", parent: QWidget) -> QWidget:
    """What leaves the project."""
    from annotator.ui.dialogs.exporting import ExportPage

    page = ExportPage(window.session.project, window.theme, window.fonts, parent)
    page.exported.connect(lambda _: window.footer.say("Exported and read back"))
    page.released.connect(lambda made: window.footer.say(f"Release {made.number} frozen and read back"))
    return page
