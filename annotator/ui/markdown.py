"""Pages written in Markdown: shown with the room that they need, scrolled to a heading."""

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from annotator.ui.pickers.rows import fold
from annotator.ui.theme import Fonts

_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def show_markdown(page: QTextBrowser, text: str, fonts: Fonts) -> None:
    """Show a text with leading and space between paragraphs, which Markdown leaves to the reader."""
    document = page.document()
    document.setDefaultFont(fonts.ui)
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    page.setTextCursor(QTextCursor(document))
    block = document.begin()
    while block.isValid():
        _dress(block, fonts)
        block = block.next()


def go_to(page: QTextBrowser, heading: str) -> None:
    """Scroll to the first heading that holds these words; to the top where none does. The page must
    have its width already.
    """
    document, top = page.document(), 0.0
    block = document.begin()
    while heading and block.isValid():
        if block.blockFormat().headingLevel() and fold(heading) in fold(block.text()):
            top = document.documentLayout().blockBoundingRect(block).top()
            break
        block = block.next()
    page.verticalScrollBar().setValue(round(top))


def _dress(block: QTextBlock, fonts: Fonts) -> None:
    form = block.blockFormat()
    form.setLineHeight(115 if form.headingLevel() else 145, _PROPORTIONAL)
    form.setTopMargin(fonts.px({1: 0, 2: 18, 3: 12}.get(form.headingLevel(), 0)))
    form.setBottomMargin(fonts.px(4 if block.textList() else 9))
    QTextCursor(block).setBlockFormat(form)
