"""The Annotate page: article list, text, card and statement list side by side, kept in step with the
session.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.statement import Statement
from annotator.storage.articles import ArticleRow
from annotator.ui import wording
from annotator.ui.article_list import ArticleList
from annotator.ui.article_view import ArticleView
from annotator.ui.candidates import KIND_WORDS
from annotator.ui.guide_panel import GuidePanel, in_question
from annotator.ui.hint_aside import HintAside
from annotator.ui.hints import Hint
from annotator.ui.pickers.rows import Choice
from annotator.ui.session import ChangeSet, Session
from annotator.ui.snapshot import Snapshot
from annotator.ui.statement_card import ROW_OF, StatementCard
from annotator.ui.statement_list import Line, StatementList
from annotator.ui.theme import Fonts, Theme, look
from annotator.ui.verbs import Verb
from annotator.ui.widgets import label, line
from annotator.ui.wording import Wording, sureness

LIST_WIDTH, CARD_WIDTH = 268, 372
NARROW_CARD = 320
MOST_OF_LIST, MOST_OF_CARD = 0.25, 0.34  # of the window, when letters are large
NOT_READ = (
    "No statements yet.\n\nThe machine has not read this article so far. "
    "Select words and press Q to mark a statement yourself."
)
NOTHING_FOUND = (
    "No statements were found.\n\nSelect words and press Q to mark one yourself; "
    "Ctrl+Enter says that the article is done."
)


class _CardArea(QScrollArea):
    """As high as its card wishes, and less where the window is low."""

    narrowed = Signal()  # or widened: the card wishes another height

    def __init__(self, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.wish = self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.narrowed.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(self._least, self.wish))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._least)


class AnnotatePage(QWidget):
    """Shows the session; changes nothing itself."""

    def __init__(
        self, session: Session, verbs: dict[str, Verb], theme: Theme, fonts: Fonts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._fonts = session, fonts
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        box.addWidget(self._splitter)
        self._left = QStackedWidget(self._splitter)
        self.list = ArticleList(theme, fonts, self._left)
        self.guide = GuidePanel(fonts, self._left)
        self.article = ArticleView(theme, fonts, self._splitter)
        self._left.addWidget(self.list)
        self._left.addWidget(self.guide)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self.article)
        self._splitter.addWidget(self._side(verbs, theme, fonts))
        self._splitter.setStretchFactor(1, 1)
        self.list.rows.name_by(session.project.opening)
        self.article.tell(self._mention_words)
        self.article.statement_clicked.connect(session.focus_on)
        self.statements.chosen.connect(session.focus_on)
        session.waiting_changed.connect(self._show_waiting)
        self.list.left.connect(self.article.setFocus)
        self.guide.left.connect(self.hide_guide)

    def show_change(self, change: ChangeSet) -> None:
        """Refresh what the change names."""
        snapshot = self._session.snapshot
        if change.opened:
            self._open(snapshot)
        if change.meta or change.state:
            self._show_heading(snapshot)
        if change.opened or change.statements or change.mentions or change.focus or change.actors:
            self.article.show_marks(snapshot, self._session.focus)
            self._show_side(snapshot, lines=change.opened or change.statements or change.actors)
        if change.opened or change.focus:
            self._reveal()

    def row_now(self, row: ArticleRow, snapshot: Snapshot) -> ArticleRow:
        """A row of the article list as the open article stands."""
        meta = snapshot.article.meta
        return row._replace(
            title=meta.title,
            outlet=meta.outlet,
            published=meta.published,
            state=snapshot.human.state,
            total=len(snapshot.statements),
            decided=snapshot.decided,
        )

    def show_aside(self, hints: Sequence[Hint]) -> None:
        """Letters for actors who stand nowhere in view, or whom the words may mean."""
        snapshot = self._session.snapshot
        span = hints[0].value.span if hints else None
        words = " ".join(span.surface(snapshot.article.text).split()) if span and snapshot else ""
        title = f"“{words}” may also be" if words else "Not in view"
        self.aside.put(hints, title, self._actor_row)

    def _actor_row(self, hint: Hint) -> Choice:
        value = hint.value
        actor = value.new or self._session.actors.resolve(value.actor or "")
        group = f"new · {KIND_WORDS.get(actor.kind, '')}" if value.new else KIND_WORDS.get(actor.kind, "")
        return Choice(hint, actor.name, key=hint.letters, group=group)

    def show_active(self, role: str | None) -> None:
        """Light up the role that is chosen, or none; guidelines that are open follow."""
        self.card.show_active(role)
        row = self.card.rows.get(ROW_OF.get(role or "", role or ""))
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, self._fonts.px(4))
        if role and self.guided:
            self.show_guide(role, in_question(role, self._session.focused))

    def show_guide(self, role: str, ids: tuple[str, ...] = ()) -> None:
        """The guidelines in place of the article list, at a role and what is chosen there."""
        self.guide.show_about(role, self._session.scheme, ids)
        self._left.setCurrentWidget(self.guide)

    def hide_guide(self) -> None:
        """The article list again."""
        self._left.setCurrentWidget(self.list)
        self.article.setFocus()

    @property
    def guided(self) -> bool:
        """True while the guidelines are beside the text."""
        return self._left.currentWidget() is self.guide

    def shutdown(self) -> None:
        """Nothing is asked of the project any more."""
        self.list.rest()

    def fit(self) -> None:
        """Give the columns their widths: fixed at the sides, the rest to the text."""
        width = self.width()
        left = min(self._fonts.px(LIST_WIDTH), int(width * MOST_OF_LIST))
        right = min(self._fonts.px(CARD_WIDTH), int(width * MOST_OF_CARD))
        narrow = right < self._fonts.px(NARROW_CARD)
        self.card.show_narrow(narrow=narrow)
        self.statements.setMinimumHeight(self._fonts.px(26) * (2 if narrow else 3))
        self._splitter.setSizes([left, width - left - right, right])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text gives and takes the room."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()
        self._fit_card()

    # -- inside

    def _side(self, verbs: dict[str, Verb], theme: Theme, fonts: Fonts) -> QWidget:
        side = look(QFrame(self._splitter), "panel")
        box = QVBoxLayout(side)
        pad = fonts.px(16)
        box.setContentsMargins(0, pad, 0, pad)
        box.setSpacing(fonts.px(8))
        self._scroll = _CardArea(fonts.px(80), side)
        self._scroll.narrowed.connect(self._fit_card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = look(QWidget(self._scroll), "panel")
        self._holder = inner = QVBoxLayout(holder)
        inner.setContentsMargins(pad, 0, pad, 0)
        self.card = StatementCard(theme, fonts, verbs, holder)
        inner.addWidget(self.card)
        self._remarks = label("", "small", wrap=True, parent=holder)
        inner.addWidget(self._remarks)
        self._nothing = label("", "muted", wrap=True, parent=holder)
        inner.addWidget(self._nothing)
        inner.addStretch(1)
        self._scroll.setWidget(holder)
        box.addWidget(self._scroll)
        self._rule = line(side)
        box.addWidget(self._rule)
        self.statements = StatementList(theme, fonts, side)
        self.statements.setMinimumHeight(fonts.px(26) * 3)
        self.statements.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        lower = QHBoxLayout()
        lower.setContentsMargins(pad, 0, pad, 0)
        lower.addWidget(self.statements)
        box.addLayout(lower, 1)
        self.aside = HintAside(theme, fonts, side)
        return side

    def _open(self, snapshot: Snapshot | None) -> None:
        self.article.show_article(snapshot, *self._heading(snapshot))
        self.list.focus_on(snapshot.article.id if snapshot else None)

    def _show_heading(self, snapshot: Snapshot | None) -> None:
        self.article.show_heading(*self._heading(snapshot))

    def _heading(self, snapshot: Snapshot | None) -> tuple[str, str]:
        if snapshot is None:
            return "", ""
        copies = len(self._session.project.queues.copies_of(snapshot.article.id))
        byline = wording.byline(snapshot.article, snapshot.human.outcome, copies)
        return wording.heading(snapshot.article), byline

    def _show_side(self, snapshot: Snapshot | None, *, lines: bool) -> None:
        words = Wording(snapshot, self._session.actors, self._session.scheme) if snapshot else None
        statement = self._session.focused
        if snapshot and words and statement:
            number, reading = snapshot.numbers[statement.id], statement.id in self._session.waiting
            self.card.show_statement(statement, number, len(snapshot.statements), words, reading=reading)
        else:
            self.card.hide()
        said = wording.remarks(statement) if statement else ""
        self._remarks.setText(said)
        self._remarks.setVisible(bool(said))
        self._nothing.setVisible(statement is None)
        self._nothing.setText(self._why_nothing(snapshot))
        self._rule.setVisible(statement is not None)
        if lines:
            statements = snapshot.statements if snapshot else []
            self.statements.put(
                [s.id for s in statements], _describer(statements, words), self._session.focus
            )
        else:
            self.statements.focus_on(self._session.focus)
        self._fit_card()

    def _show_waiting(self) -> None:
        self._show_side(self._session.snapshot, lines=False)

    def _why_nothing(self, snapshot: Snapshot | None) -> str:
        if snapshot is None:
            return ""
        return NOT_READ if snapshot.machine is None else NOTHING_FOUND

    def _fit_card(self) -> None:
        self.card.updateGeometry()
        self._holder.invalidate()
        width = self._scroll.viewport().width()
        high = self._holder.hasHeightForWidth()
        wish = self._holder.heightForWidth(width) if high else self._holder.sizeHint().height()
        wish = max(wish, self._holder.minimumSize().height())
        self._scroll.wish = wish
        self._scroll.updateGeometry()

    def _reveal(self) -> None:
        statement = self._session.focused
        if statement is not None:
            self.article.unselect(statement.start)
            self.article.reveal(statement.spans[0])

    def _mention_words(self, id: str) -> str:
        snapshot = self._session.snapshot
        if snapshot is None:
            return ""
        return Wording(snapshot, self._session.actors, self._session.scheme).mention(snapshot, id)


def _describer(statements: list[Statement], words: Wording | None) -> Callable[[int], Line]:
    def describe(row: int) -> Line:
        assert words is not None  # noqa: S101  # no rows without an article
        statement = statements[row]
        return Line(
            statement.id,
            row + 1,
            words.line(statement),
            statement.decision,
            sureness(statement),
            words.spoken(statement, row + 1),
            words.content(statement),
        )

    return describe
