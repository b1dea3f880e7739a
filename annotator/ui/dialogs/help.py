"""Help pages and guidelines, read from Markdown files that lie with the program."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QUrl
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from annotator.ui.dialogs.base import Dialog
from annotator.ui.markdown import go_to, show_markdown
from annotator.ui.pickers.rows import Choice, ChoiceList
from annotator.ui.theme import Fonts, Theme, look


def title_of(markdown: str, path: Path) -> str:
    """The first heading, else the file's name."""
    for words in markdown.splitlines():
        if words.startswith("# "):
            return words[2:].strip()
    return path.stem.replace("-", " ").capitalize()


class HelpDialog(Dialog):
    """Pages at the left, the page at the right. Links lead between pages, never to a network."""

    def __init__(
        self,
        pages: Sequence[Path],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        start: str = "",
        heading: str = "",
        title: str = "Help",
    ) -> None:
        super().__init__(title, theme, fonts, parent, width=940, height=660)
        self._pages = list(pages)
        self._heading = heading
        self._texts = [p.read_text(encoding="utf-8") for p in self._pages]
        row = QHBoxLayout()
        row.setSpacing(fonts.px(16))
        self.body.addLayout(row, 1)
        self.list = ChoiceList("Pages", theme, fonts, self, detail=False, keys=False)
        self.list.setMinimumWidth(min(fonts.px(240), self.width() // 3))
        self.list.setMaximumWidth(fonts.px(270))
        self.list.setVisible(len(self._pages) > 1)
        self.list.put(
            [Choice(i, title_of(t, p)) for i, (t, p) in enumerate(zip(self._texts, pages, strict=True))]
        )
        row.addWidget(self.list, 2)
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName("Help page")
        look(self.page, "page")
        row.addWidget(self.page, 5)
        self.add_button("Close", self.accept, default=True)
        self.list.clicked.connect(self._clicked)
        self.page.anchorClicked.connect(self._follow)
        self.show_page(start or (self._pages[0].stem if self._pages else ""), heading)
        self.page.setFocus()

    def show_page(self, name: str, heading: str = "") -> None:
        """Show the page of a file's stem, from the first heading that holds the words `heading`."""
        row = next((i for i, p in enumerate(self._pages) if p.stem == name), None)
        if row is None:
            return
        self.list.select(row)
        self.page.setAccessibleName(title_of(self._texts[row], self._pages[row]))
        show_markdown(self.page, self._texts[row], self.fonts)
        self._go_to(heading)

    def showEvent(self, event: QShowEvent) -> None:
        """Where a heading stands is known only once the page has its width."""
        super().showEvent(event)
        self._go_to(self._heading)

    def _go_to(self, heading: str) -> None:
        self._heading = heading
        go_to(self.page, heading)

    def _clicked(self, index: QModelIndex) -> None:
        self.show_page(self._pages[index.row()].stem)

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page or to a heading of this one; nothing else."""
        name = Path(url.path()).stem
        here = self._pages[max(0, self.list.currentIndex().row())].stem
        self.show_page(name or here, url.fragment().replace("-", " "))
