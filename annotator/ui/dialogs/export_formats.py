"""The list of formats on the Export page, each with the first clause of its note."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.export.formats import Format
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme


class FormatList(ChoiceList):
    """Formats; under the pointer the whole note of one, of which the row has the beginning only."""

    def __init__(self, formats: Iterable[Format], theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        choices = [Choice(format, format.title, short(format)) for format in formats]
        super().__init__("Format", theme, fonts, parent, keys=False, bold=False, wish=len(choices))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.put(choices)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips of rows."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            choice = self.rows.choice(self.indexAt(event.pos()).row())
            QToolTip.showText(event.globalPos(), tip(choice.value) if choice else "", self.viewport())
            return True
        return super().viewportEvent(event)


def short(format: Format) -> str:
    """The first clause of its note, without Markdown's marks."""
    return re.split(r"[:;.]\s", f"{format.note} ")[0].strip().replace("`", "")


def tip(format: Format) -> str:
    """Title and whole note, as rich text that wraps."""
    note = format.note.replace("`", "").replace("&", "&amp;").replace("<", "&lt;")
    return f"<b>{format.title}</b><br>{note}"
