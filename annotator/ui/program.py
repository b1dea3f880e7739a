"""The program around the window: which project, which look, who annotates; what is remembered."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.text import sha256
from annotator.errors import AnnotatorError
from annotator.jobs.opening import login_name
from annotator.storage.project import Project, ProjectLocked
from annotator.storage.restoring import restore
from annotator.ui import theme as looks
from annotator.ui.comfort import Comfort
from annotator.ui.dialogs.small import MessageDialog, NameDialog
from annotator.ui.dialogs.welcome import WelcomeDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.suggest_process import SuggestProcess

log = logging.getLogger(__name__)

SUGGEST = (sys.executable, "-m", "annotator", "suggest", "-", "--replies")
_TOUR = "New here? A tour of two minutes shows how an article is annotated."
_OURS = "This is a mistake of the program. Your work up to the last key press is saved."


class Program(QObject):
    """Holds the one window that is open, and opens another in its place."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        command: tuple[str, ...] | None = SUGGEST,
        greets: bool = False,
    ) -> None:
        """`command` runs the suggester, None for no suggestions; `greets` asks once who annotates, and
        offers the tour once.
        """
        super().__init__()
        self.settings = settings or Settings()
        self._command, self._greets = command, greets
        self.window: MainWindow | None = None
        self.welcome: WelcomeDialog | None = None
        self.comfort = Comfort.kept(self.settings)
        self._dress()

    # -- projects

    def start(self, project: Path | None = None, *, starter: bool = False) -> None:
        """Open what was asked for, else the last project, else ask. Raises AnnotatorError."""
        last = self.settings.get("project", "")
        if starter:
            self.open(self._starter())
        elif project is not None:
            self.open(project)
        elif not last:
            self._welcome()
        elif not Path(last).exists():
            self._welcome(f"The last project, {last}, is not there any more.")
        else:
            self._open_last(Path(last))

    def _open_last(self, last: Path) -> None:
        try:
            self.open(last)
        except AnnotatorError as e:
            self._welcome(f"The last project cannot be opened. {e}")

    def _welcome(self, said: str = "") -> None:
        self.welcome = welcome = WelcomeDialog(self.theme, self.fonts, said=said)
        welcome.practice_wanted.connect(lambda: self._try(lambda: self.open(self._starter())))
        welcome.new_wanted.connect(self._new_wanted)
        welcome.open_wanted.connect(self._open_wanted)
        welcome.finished.connect(self._welcomed)
        welcome.open()

    def _welcomed(self) -> None:
        self.welcome = None

    def open(self, path: Path) -> MainWindow:
        """A window on a project, in place of the one before, under the name this person has told.
        Raises AnnotatorError.
        """
        if self.window is not None and _writes(self.window, path):
            self.window.activateWindow()
            return self.window
        name = self.settings.get("annotator", "") or None
        try:
            project = Project.open(path, annotator=name)
        except ProjectLocked:
            project = Project.open(path, read_only=True, annotator=name)
        return self._show(project)

    def create(self, path: Path) -> MainWindow:
        """A window on a new project. Raises AnnotatorError."""
        return self._show(Project.create(path, annotator=self._annotator()))

    def _show(self, project: Project) -> MainWindow:
        try:
            return self._windowed(project)
        except Exception:
            project.close()  # nobody else may be kept out of it
            raise

    def _windowed(self, project: Project) -> MainWindow:
        before, self.window = self.window, None
        suggester = None
        if self._command and not project.read_only:
            suggester = SuggestProcess(project, (*self._command, "--for", str(project.path)))
        window = MainWindow(project, self.comfort, suggester=suggester)
        if suggester:
            suggester.setParent(window)
        window.open_wanted.connect(self._open_wanted)
        window.new_wanted.connect(self._new_wanted)
        window.comfort_wanted.connect(self.be_comfortable)
        window.restore_wanted.connect(self._restore)
        window.closed.connect(lambda: self._closed(window))
        self.window = window
        self.settings.put("project", str(project.path))
        if not window.restoreGeometry(self.settings.bytes(f"geometry {_key(project.path)}")):
            window.resize(window.size().boundedTo(window.screen().availableSize()))
        window.show()
        window.restore()
        if suggester:
            suggester.begin()
        if before is not None:
            before.close()
        if self.welcome is not None:
            self.welcome.accept()
        self._offer_tour(window)
        self._ask_name(window)
        return window

    def _closed(self, window: MainWindow) -> None:
        project = window.session.project
        self.settings.put_bytes(f"geometry {_key(project.path)}", window.saveGeometry())
        self.settings.sync()
        project.close()
        window.deleteLater()
        if self.window is window:
            self.window = None

    def _open_wanted(self, path: Path) -> None:
        self._try(lambda: self.open(path))

    def _new_wanted(self, path: Path) -> None:
        self._try(lambda: self.create(path))

    def _restore(self, backup: Path) -> None:
        """Put a backup in the project's place and open it again; what was is backed up first."""
        window = self.window
        assert window is not None  # noqa: S101  # it asks
        path = window.session.project.path
        window.close()
        try:
            restore(path, backup)
        except AnnotatorError as e:
            self.open(path)
            self._refuse(e)
        else:
            self.open(path)

    def _try(self, go: Callable[[], object]) -> None:
        try:
            go()
        except AnnotatorError as e:
            self._refuse(e)

    def _refuse(self, error: AnnotatorError) -> None:
        title = "The project cannot be opened"
        MessageDialog(title, error, self.theme, self.fonts, self.window or self.welcome).open()

    def _starter(self) -> Path:
        from annotator.jobs.progress import run
        from annotator.jobs.starter import make_starter

        path = paths.user_data() / "starter.annot"
        try:
            run(make_starter(path, self._annotator()))
        except ProjectLocked:
            log.info("the starter project is open elsewhere")
        return path

    # -- newcomers

    def _offer_tour(self, window: MainWindow) -> None:
        """A line above the work, until it is taken or closed once."""
        if not self._greets or window.session.read_only or self.settings.get("toured", default=False):
            return
        take = ("Take the tour", lambda: window.act("tour"))
        banner = window.banner
        banner.show_message(_TOUR, "info", [take], about="tour")

        def closed() -> None:
            if banner.about == "tour":
                self.settings.put("toured", value=True)

        banner.closed.connect(closed)

    # -- who

    def _annotator(self) -> str:
        return self.settings.get("annotator", "") or login_name()

    def _ask_name(self, window: MainWindow) -> None:
        project = window.session.project
        known = self.settings.get("annotator", "")
        if project.read_only or known or not self._greets:
            return
        dialog = NameDialog(project.annotator or self._annotator(), self.theme, self.fonts, window)
        dialog.named.connect(lambda name: self._named(window, name))
        dialog.rejected.connect(lambda: self.settings.put("annotator", project.annotator))
        dialog.open()

    def _named(self, window: MainWindow, name: str) -> None:
        self.settings.put("annotator", name)
        project = window.session.project
        if name != project.annotator:
            project.set_setting("annotator", name)
            window.reload_list()
            window.restore()

    # -- looks and keys

    def be_comfortable(self, comfort: Comfort) -> None:
        """Show a person's liking at once, and keep it."""
        self.comfort = comfort
        comfort.keep(self.settings)
        place = self.window.article.place() if self.window else 0  # other letters move it
        self._dress()
        if self.window is not None:
            self.window.be_comfortable(comfort, place)
            if self.window.banner.about == "tour" and self.window.banner.text:
                self._offer_tour(self.window)  # by the new banner

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101
        self.theme, self.fonts = self.comfort.colours, self.comfort.fonts()
        looks.apply(app, self.theme, self.fonts)

    # -- mistakes

    def complain(self, error: BaseException) -> None:
        """One calm dialog with what to copy into a report."""
        if isinstance(error, AnnotatorError):
            MessageDialog("That did not work", error, self.theme, self.fonts, self.window).open()
            return
        details = "".join(traceback.format_exception(error))
        title = "Something went wrong that should not"
        MessageDialog(title, _OURS, self.theme, self.fonts, self.window, details=details).open()


def _writes(window: MainWindow, path: Path) -> bool:
    """True when the project at `path` is the one that this window works on: nobody else can."""
    project = window.session.project
    there = path.exists() and project.path.exists()
    return there and not project.read_only and path.samefile(project.path)


def _key(path: Path) -> str:
    return sha256(str(path))[:12]
