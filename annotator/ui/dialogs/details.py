"""An article's details: title, outlet, date and address may be mended, the rest is shown."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from annotator.domain.article import Article, Meta
from annotator.domain.edits import Placed, PutMeta, Step
from annotator.ui.dialogs.base import Dialog
from annotator.ui.theme import Fonts, Theme, restyle
from annotator.ui.widgets import label, line

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def valid_date(text: str) -> bool:
    """True for a year, a month or a day that exists, as ISO 8601 writes them."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


class MetaForm(QWidget):
    """The fields of an article's metadata that people fill in."""

    def __init__(self, meta: Meta, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._meta = meta
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(fonts.px(8))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.title = self._field("Title", meta.title)
        self.outlet = self._field("Outlet", meta.outlet, "newspaper, agency, ministry")
        self.date = self._field("Date", meta.published, "2026-03-10, 2026-03 or 2026")
        self.url = self._field("Address", meta.url, "https://…")
        self.date.textEdited.connect(self._date_edited)

    def problem(self) -> str:
        """What is wrong, or nothing; the field concerned is marked and focused."""
        date = self.date.text().strip()
        if date and not valid_date(date):
            restyle(self.date, wrong=True)
            self.date.setFocus()
            return "The date must be a day, a month or a year: 2026-03-10, 2026-03 or 2026."
        return ""

    def meta(self) -> Meta:
        """The metadata with what was typed; empty fields are unknown."""
        title, outlet, published, url = (
            " ".join(f.text().split()) or None for f in (self.title, self.outlet, self.date, self.url)
        )
        return replace(self._meta, title=title, outlet=outlet, published=published, url=url)

    def _field(self, name: str, value: str | None, placeholder: str = "") -> QLineEdit:
        field = QLineEdit(value or "", self)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        field.setCursorPosition(0)
        self._form.addRow(label(name, "muted", parent=self), field)
        return field

    def _date_edited(self) -> None:
        restyle(self.date, wrong=False)


class DetailsDialog(Dialog):
    """Shows an article's details; saving hands one step to `do`, which may raise AnnotatorError."""

    def __init__(
        self,
        article: Article,
        do: Callable[[Step], object],
        theme: Theme,
        fonts: Fonts,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        super().__init__("Article details", theme, fonts, parent, width=540)
        self._article, self._do = article, do
        self.form = MetaForm(article.meta, fonts, self)
        self.form.setEnabled(not read_only)
        self.body.addWidget(self.form)
        self.body.addWidget(line(self))
        for name, value in facts(article):
            made = label(f"{name}: {value}", "small", wrap=True, parent=self)
            self.body.addWidget(made)
        self.add_button("Close" if read_only else "Cancel", self.reject)
        if not read_only:
            self.add_button("Save", self.accept, "primary", default=True)
        self.form.title.setFocus()

    def accept(self) -> None:
        """Save what was changed and close; stay open when the date is wrong or saving fails."""
        if problem := self.form.problem():
            self.say(problem)
            return
        meta = self.form.meta()
        if meta == self._article.meta or self.attempt(lambda: self._do(self._step(meta))):
            super().accept()

    def _step(self, meta: Meta) -> Step:
        return Step("Change article details", (Placed(PutMeta(self._article.id, meta)),))


def facts(article: Article) -> list[tuple[str, str]]:
    """What is known besides: file, reader, language, length, hash, what normalising changed."""
    meta = article.meta
    rows = [
        ("File", meta.file),
        ("Id in the file", meta.source_id),
        ("Read by", meta.extractor),
        ("Language", article.lang),
        ("Length", f"{len(article.text.split()):,} words, {len(article.text):,} characters"),
        ("Id", article.id),
        ("SHA-256 of the file" if meta.file else "SHA-256 of the text", meta.raw_sha256),
        ("Changed when read", "; ".join(meta.changed) or "nothing"),
    ]
    return [(name, value) for name, value in rows if value]
