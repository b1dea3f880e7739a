"""Choosing files and folders without opening what is only listed. Qt looks into files to find an icon for
them; closing a project's own file again would drop this process's locks on it, and SQLite would let another
process cut what this one has mapped (sqlite.org/howtocorrupt.html, 2.2).
"""

import sys
from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QWidget


class PlainIcons(QAbstractFileIconProvider):
    """Tells folders from files by what the folder says, never by their content."""

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """The icon of all folders, or of all files."""
        if isinstance(what, QFileInfo):
            what = self.IconType.Folder if what.isDir() else self.IconType.File
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """What stands in the column of kinds."""
        return "Folder" if info.isDir() else info.suffix()


class FileDialog(QFileDialog):
    """A file dialog that begins in `folder`. Show it with `open()`."""

    def __init__(self, parent: QWidget | None, title: str, folder: Path | str, kinds: str = "") -> None:
        super().__init__(parent, title, QDir.rootPath())  # lists at once, so nothing of ours
        if sys.platform.startswith("linux"):  # the system's own may run in this process and look as well
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self._icons = PlainIcons()
        self.setIconProvider(self._icons)
        self.setDirectory(str(folder))
        if kinds:
            self.setNameFilter(kinds)
