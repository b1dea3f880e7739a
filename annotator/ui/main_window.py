"""The main window: frame, tabs, menu and footer around one project, and the rooms of its verbs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from annotator.domain.edits import Step
from annotator.domain.layer import State
from annotator.errors import AnnotatorError
from annotator.storage.project import Project
from annotator.ui.annotate_page import AnnotatePage
from annotator.ui.article_list import ArticleList
from annotator.ui.article_verbs import ArticleVerbs
from annotator.ui.article_view import ArticleView
from annotator.ui.candidates import Candidate
from annotator.ui.comfort import Comfort
from annotator.ui.comfort_verbs import ComfortVerbs
from annotator.ui.dialogs.importing import dropped
from annotator.ui.find_verbs import INSTEAD, FindVerbs
from annotator.ui.flow_verbs import FlowVerbs
from annotator.ui.footer import Footer
from annotator.ui.hints import Asking, HintMode
from annotator.ui.keycap import shown
from annotator.ui.listing import Listing
from annotator.ui.menu import build_menu
from annotator.ui.pages import export_page, statements_page
from annotator.ui.pickers.overlay import Overlay
from annotator.ui.project_verbs import EditVerbs, HelpVerbs, LookVerbs, ProjectVerbs
from annotator.ui.queue_verbs import QueueVerbs
from annotator.ui.reading_place import ReadingPlace
from annotator.ui.session import EVERYTHING, ChangeSet, Session
from annotator.ui.statement_verbs import StatementVerbs
from annotator.ui.suggest_process import SuggestProcess
from annotator.ui.suggestions import Suggestions
from annotator.ui.tabs import Tabs
from annotator.ui.theme import look
from annotator.ui.top_bar import TopBar
from annotator.ui.verbs import KeyDispatcher, Verb, key_name, verbs
from annotator.ui.widgets import Banner, line

TABS = ("Annotate", "Statements", "Find", "Export")
READ_ONLY = (
    "This project is open in another window or cannot be written, so this window only reads: "
    "nothing you press here is kept."
)


class MainWindow(QMainWindow):
    """One window on one project. Asks the program for what goes beyond it by signals."""

    SELECT_FIRST = "Select the words first: drag over them, or hold Shift with the arrow keys."

    open_wanted = Signal(Path)
    new_wanted = Signal(Path)
    comfort_wanted = Signal(object)  # Comfort
    restore_wanted = Signal(Path)  # a backup
    closed = Signal()

    def __init__(
        self, project: Project, comfort: Comfort | None = None, *, suggester: SuggestProcess | None = None
    ) -> None:
        super().__init__()
        self.comfort = comfort or Comfort()
        self.theme, self.fonts = self.comfort.colours, self.comfort.fonts()
        self.session = Session(project, self)
        self.table = verbs(self.comfort.keys)
        self._by_id = {v.id: v for v in self.table}
        self.suggestions = Suggestions(self, suggester)
        self.listing = Listing(self)
        self.hints = HintMode(self)
        self.hints.changed.connect(self._show_hints)
        self._find = FindVerbs(self)
        self._rooms = {
            "statement": StatementVerbs(self),
            "flow": FlowVerbs(self),
            "article": ArticleVerbs(self),
            "queue": QueueVerbs(self),
            "project": ProjectVerbs(self),
            "edit": EditVerbs(self),
            "look": LookVerbs(self),
            "find": self._find,
            "comfort": ComfortVerbs(self),
            "help": HelpVerbs(self),
        }
        self._keys = KeyDispatcher(self.table, self.act, self, first=self._first)
        self.setWindowTitle(f"{project.path.stem} — Annotator")
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self._build()
        self._connect()
        self.reload_list()

    # -- verbs

    def act(self, verb: Verb | str) -> None:
        """Do a verb, or say why not."""
        verb = self._by_id[verb] if isinstance(verb, str) else verb
        if self.tabs.current == "Find":
            verb = self._by_id[INSTEAD.get(verb.id, verb.id)]
        if verb.writes and self.session.read_only:
            self.footer.say("This window only reads; nothing was changed.")
        elif not self.can(verb):
            self.footer.say("There is no statement here." if self.session.snapshot else "No article is open.")
        else:
            room, _, method = verb.slot.partition(".")
            getattr(self._rooms[room], method)()

    def can(self, verb: Verb) -> bool:
        """True when what the verb needs is there."""
        if verb.writes and self.session.read_only:
            return False
        if verb.needs == "statement":
            return self.tabs.current == "Annotate" and self.session.focused is not None
        if verb.needs == "hits":
            return self.tabs.current == "Find"
        return verb.needs != "article" or (
            self.tabs.current == "Annotate" and self.session.snapshot is not None
        )

    def _first(self, event: QKeyEvent) -> bool:
        """Hint mode takes keys before the verbs, but for the one that explains what is asked."""
        return key_name(event) not in self._by_id["guidelines"].keys and self.hints.handle(event)

    def key_of(self, verb: str) -> str:
        """The key of a verb as people see it."""
        return shown(self._by_id[verb].key)

    def show_picker(self, picker: Overlay, role: str | None = None) -> None:
        """Open a picker; the card lights up the role that is chosen."""
        self.page.show_active(role)
        picker.closed.connect(lambda: self.page.show_active(None))
        picker.guideline_asked.connect(lambda what: self.page.show_guide(role or "", (what,)))
        picker.open()

    def start_hints(self, asking: Asking, candidates: Sequence[Candidate]) -> None:
        """Letters on the candidates; the card and the footer say what is asked."""
        self.page.show_active(asking.role or None)
        self.footer.ask(asking.title, asking.words, asking.keys)
        self.article.setFocus()
        self.hints.start(asking, candidates)

    def _show_hints(self) -> None:
        asking = self.hints.asking
        shown = self.hints.shown if asking else []
        self.article.show_hints([h for h in shown if h.span], asking.role if asking else None)
        self.page.show_aside([h for h in shown if h.span is None])
        if asking is not None:
            return
        self.footer.asked()
        self.page.show_active(None)

    # -- articles

    @property
    def article(self) -> ArticleView:
        """The article's view."""
        return self.page.article

    @property
    def list(self) -> ArticleList:
        """The article list."""
        return self.page.list

    def open_article(self, article_id: str, statement: str | None = None) -> None:
        """Show an article; the machine reads it next if it has not."""
        self._keep_place()
        if self.session.open(article_id, statement):
            self.suggestions.hurry(article_id)

    def reload_list(self) -> None:
        """Read the list of articles and the counts anew."""
        self.listing.reload()

    def articles_came(self, _report: object = None) -> None:
        """Articles were added: list them, have them read."""
        self.reload_list()
        self.suggestions.catch_up()
        self.listing.copies.articles_came()
        self.session.reload_actors()
        if self.session.snapshot is None:
            self.open_first()

    def open_first(self) -> None:
        """The first article of the list that is not done, or none."""
        first = self.list.rows.row(0)
        if first is None:
            self.article.show_empty("Nothing is open. Drop files here, or press Ctrl+I to import articles.")
            return
        self.open_article(
            first.id
            if first.state is not State.DONE
            else self.list.beside(first.id, 1, unfinished=True) or first.id
        )

    def restore(self) -> None:
        """Where work was left: article, statement, place in the text."""
        place = ReadingPlace.kept(self.session.project)
        if place is None:
            self.open_first()
            return
        self.session.open(place.article, place.statement)
        self.article.go_to(place.top)
        self.suggestions.hurry(place.article)

    def _keep_place(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or self.session.read_only:
            return
        place = ReadingPlace(snapshot.article.id, self.session.focus, self.article.place())
        try:
            place.keep(self.session.project)
        except AnnotatorError as e:
            self.banner.show_message(str(e), "error")

    # -- tabs and looks

    def show_tab(self, tab: str) -> None:
        """One of TABS."""
        self.hints.cancel()
        self.bar.show_tab(tab)
        self.tabs.show_tab(tab)
        self._show_footer()
        if tab == "Annotate":
            self.article.setFocus()

    def _show_footer(self) -> None:
        """The keys that do something on this tab."""
        here = self.tabs.current == "Annotate"
        reads = self.session.read_only
        useful = (v for v in self.table if here or v.needs in ("", "project"))
        self.footer.show_verbs(v for v in useful if not (reads and v.writes))

    def be_comfortable(self, comfort: Comfort, place: int | None = None) -> None:
        """Other colours, letters or keys: everything is built anew around the same session, with the
        text at `place` or where it stands.
        """
        place = self.article.place() if place is None else place
        tab = self.tabs.current
        self.hints.cancel()
        self.tabs.shutdown()
        self.comfort, self.theme, self.fonts = comfort, comfort.colours, comfort.fonts()
        self.table = verbs(comfort.keys)
        self._by_id = {v.id: v for v in self.table}
        self._keys.use(self.table)
        before = self.banner
        self._build()
        before.hand_over(self.banner)
        self._connect_page()
        self.reload_list()
        self._lay_out()
        self._show_change(EVERYTHING)
        self.article.go_to(place)
        if self.session.snapshot is None:
            self.open_first()
        self.show_tab(tab)

    def _lay_out(self) -> None:
        """Give everything its size now: places in the text are found by it."""
        central, layout = self.centralWidget(), self.layout()
        if self.isVisible() and central and layout:
            central.show()
            layout.activate()

    def _annotate_page(self, parent: QWidget) -> QWidget:
        self.page = AnnotatePage(self.session, self._by_id, self.theme, self.fonts, parent)
        self.list.order.restore(self.session.project)
        return self.page

    def jump(self, article: str, statement: str | None = None) -> None:
        """To an article, or a statement of it, from wherever."""
        self.show_tab("Annotate")
        self.open_article(article, statement)

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody took are verbs."""
        if event.key() == Qt.Key.Key_F10:
            self.bar.menu_button.showMenu()
        elif event.key() == Qt.Key.Key_Escape:
            self.article.unselect()
            self.page.hide_guide()
        elif not self._keys.handle(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped(event.mimeData()) and not self.session.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files go to the import dialog."""
        room = self._rooms["project"]
        assert isinstance(room, ProjectVerbs)  # noqa: S101
        room.import_paths(dropped(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the place; end what runs beside the window."""
        self._keep_place()
        self.suggestions.stop()
        self._find.shutdown()
        self.listing.shutdown()
        self.tabs.shutdown()
        super().closeEvent(event)
        self.closed.emit()

    # -- building

    def _build(self) -> None:
        central = look(QWidget(self), "window")
        box = QVBoxLayout(central)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        name = self.session.project.path.name
        menu = build_menu(self.table, self.act, self.can, self)
        self.bar = TopBar(name, TABS, menu, self.theme, self.fonts, central)
        self.banner = Banner(central)
        self.tabs = Tabs(
            {
                "Annotate": self._annotate_page,
                "Statements": partial(statements_page, self),
                "Find": self._find.make,
                "Export": partial(export_page, self),
            },
            central,
        )
        self.footer = Footer(self.theme, self.fonts, central)
        for part, stretch in (
            (self.bar, 0),
            (line(central), 0),
            (self.banner, 0),
            (self.tabs, 1),
            (line(central), 0),
            (self.footer, 0),
        ):
            box.addWidget(part, stretch)
        self.setCentralWidget(central)
        self.bar.show_tab(self.tabs.current)
        self._show_footer()
        self._keys.watch(self.page.article, self.page.list.view, self.page.statements)
        if self.session.read_only:
            self.banner.show_message(READ_ONLY, "warning", closable=False)
            self.footer.show_saved("Read only")
        self.article.setFocus()

    def _connect(self) -> None:
        self._connect_page()
        self.session.changed.connect(self._show_change)
        self.session.said.connect(self._say)
        self.session.save_failed.connect(self._not_saved)
        self.session.saved.connect(self._saved)

    def _connect_page(self) -> None:
        self.bar.tab_chosen.connect(self.show_tab)
        self.bar.commands_asked.connect(lambda: self.act("commands"))
        self.bar.theme_asked.connect(lambda: self.act("theme"))
        self.page.card.verb_clicked.connect(self.act)
        self.page.list.chosen.connect(self.open_article)
        self.page.list.asked.connect(lambda *_: self.reload_list())
        self.page.list.queue_asked.connect(lambda: self.act("queue"))
        self.page.list.line.left.connect(lambda: self.act("whole_queue"))
        self.page.article.byline_clicked.connect(lambda: self.act("near_copies"))
        self.page.article.hint_clicked.connect(self.hints.pick)
        self.page.aside.picked.connect(self.hints.pick)
        self.page.article.scrolled.connect(self.hints.cancel)

    # -- what happens

    def _show_change(self, change: ChangeSet) -> None:
        self.hints.cancel()
        self.page.show_change(change)
        snapshot = self.session.snapshot
        if snapshot is None:
            self.footer.show_count(0, 0)
            return
        self.footer.show_count(snapshot.decided, len(snapshot.statements))
        row = self.list.rows.row(self.list.rows.place(snapshot.article.id))
        if row is not None:
            self.list.rows.change(self.page.row_now(row, snapshot))

    def _say(self, words: str) -> None:
        self.footer.say(words)

    def _saved(self, step: Step) -> None:
        self.listing.follow(step)
        self.footer.show_saved("Saved")
        self.footer.say("")
        if self.banner.about == "saving":
            self.banner.clear()

    def _not_saved(self, why: str) -> None:
        self.footer.show_saved("Not saved", well=False)
        words = f"This was not saved: {why} What you see is what is saved."
        self.banner.show_message(words, "error", about="saving")
