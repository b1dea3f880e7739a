"""The verbs on the project and the program: files in and out, look, help, the command palette."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from annotator import __version__, paths
from annotator.domain.article import Article
from annotator.ui.dialogs.actors import ActorsDialog
from annotator.ui.dialogs.files import FileDialog
from annotator.ui.dialogs.help import HelpDialog
from annotator.ui.dialogs.importing import ImportDialog, import_job
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.dialogs.paste import PasteDialog
from annotator.ui.dialogs.small import AboutDialog
from annotator.ui.guide_panel import in_question
from annotator.ui.keycap import shown
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.rooms import Room
from annotator.ui.theme import SCALES, THEMES
from annotator.ui.tour import Tour, steps

HELP_PAGES = (
    "start",
    "statements",
    "finding",
    "suggestions",
    "scheme",
    "files",
    "import",
    "formats",
    "releases",
    "datasette",
)  # in the order of a reader's days; others behind
FILTER = "Projects (*.annot)"


class ProjectVerbs(Room):
    """Slots `project.*`."""

    def new_project(self) -> None:
        """Ask where; the program opens it."""
        dialog = self._files("New project", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("annot")
        dialog.fileSelected.connect(lambda f: self.window.new_wanted.emit(Path(f)))
        dialog.open()

    def open_project(self) -> None:
        """Ask which; the program opens it."""
        dialog = self._files("Open a project", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda f: self.window.open_wanted.emit(Path(f)))
        dialog.open()

    def _files(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        folder = self.session.project.path.parent
        if folder == paths.user_data():  # where the starter lies, a folder that nobody looks into
            folder = Path.home()
        dialog = FileDialog(self.window, title, folder, FILTER)
        dialog.setAcceptMode(mode)
        return dialog

    def import_files(self) -> None:
        """The import dialog; files are added there."""
        self.import_paths(())

    def import_folder(self) -> None:
        """Ask for a folder, then the import dialog."""
        dialog = FileDialog(self.window, "Import a folder", Path.home())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.import_paths([Path(folder)]))
        dialog.open()

    def import_paths(self, found: Iterable[Path]) -> ImportDialog:
        """The import dialog with these files on its list."""
        dialog = ImportDialog(
            import_job(self.session.project), self.theme, self.fonts, self.window, paths=found
        )
        dialog.imported.connect(self.window.articles_came)
        dialog.stopped.connect(self.window.articles_came)
        dialog.open()
        return dialog

    def paste(self) -> None:
        """An article from the clipboard."""
        from annotator.ingest import read_paste

        dialog = PasteDialog(read_paste, self._add, self.theme, self.fonts, self.window)
        dialog.added.connect(self._pasted)
        dialog.open()

    def _add(self, article: Article) -> bool:
        return self.session.project.add_articles([article])[0]

    def _pasted(self, article_id: str, new: bool) -> None:  # noqa: FBT001  # a slot
        self.window.articles_came()
        self.window.open_article(article_id)
        self.say("Article added" if new else "The same text is already here; this is it.")

    def suggest_again(self) -> None:
        """Let the machine profit from what was decided since."""
        count = self.window.suggestions.again()
        self.say(f"{count:,} articles wait for suggestions" if count else "Nothing to suggest for")

    def actors(self) -> None:
        """Everybody the project knows."""
        ActorsDialog(
            lambda: self.session.actors,
            self.session.save,
            self.theme,
            self.fonts,
            self.window,
            read_only=self.session.read_only,
        ).open()

    def export(self) -> None:
        """The Export tab."""
        self.window.show_tab("Export")

    def quit(self) -> None:
        """Close the window; everything is saved."""
        self.window.close()


class EditVerbs(Room):
    """Slots `edit.*`."""

    def undo(self) -> None:
        """The last step back, wherever it was."""
        self.session.undo()

    def redo(self) -> None:
        """The last step taken back, again."""
        self.session.redo()

    def find(self) -> None:
        """Into the search field."""
        self.window.show_tab("Annotate")
        self.window.list.field.setFocus()
        self.window.list.field.selectAll()

    def commands(self) -> None:
        """Every verb by name."""
        possible = [v for v in self.window.table if v.id != "commands"]
        choices = [
            Choice(v, v.text.removesuffix("…"), group=shown(v.key) if v.key else "", also=v.group)
            for v in possible
            if self.window.can(v)
        ]
        picker = ChoicePicker("Commands", choices, self.theme, self.fonts, parent=self.window)
        picker.picked.connect(lambda verb, _: self.window.act(verb))
        self.window.show_picker(picker)


class LookVerbs(Room):
    """Slots `look.*`."""

    def change_theme(self) -> None:
        """The next theme."""
        names = list(THEMES)
        now = names.index(self.window.theme.name)
        theme = names[(now + 1) % len(names)]
        self.window.comfort_wanted.emit(replace(self.window.comfort, theme=theme))

    def larger(self) -> None:
        """The next larger letters."""
        self._scale(min((s for s in SCALES if s > self.window.fonts.scale + 0.01), default=SCALES[-1]))

    def smaller(self) -> None:
        """The next smaller letters."""
        self._scale(max((s for s in SCALES if s < self.window.fonts.scale - 0.01), default=SCALES[0]))

    def plain_size(self) -> None:
        """Letters as they come."""
        self._scale(1.0)

    def _scale(self, scale: float) -> None:
        self.window.comfort_wanted.emit(replace(self.window.comfort, scale=scale))


class HelpVerbs(Room):
    """Slots `help.*`."""

    def keys(self) -> None:
        """All keys at a glance."""
        KeysDialog(self.window.table, self.theme, self.fonts, self.window).open()

    def tour(self) -> None:
        """The parts of the window, one after the other."""
        self.window.show_tab("Annotate")
        if self.window.banner.about == "tour":
            self.window.banner.clear()
        Tour(steps(self.window), self.theme, self.fonts, self.window).open()

    def guidelines(self) -> None:
        """Beside the text, at the role that is asked or pointed at; gone again the next time."""
        window = self.window
        if window.tabs.current != "Annotate":
            self.show_page("guidelines")
            return
        role = window.hints.asking.role if window.hints.asking else window.page.card.pointed_at()
        if window.page.guided and role in ("", window.page.guide.role):
            window.page.hide_guide()
        else:
            window.page.show_guide(role, in_question(role, self.session.focused))

    def guide(self) -> None:
        """The help pages."""
        self.show_page("start")

    def show_page(self, page: str, heading: str = "") -> None:
        """One page of help or the guidelines, at a heading."""
        pages = sorted((paths.resources() / "help").glob("*.md"), key=_place)
        pages[1:1] = sorted((paths.resources() / "guidelines").glob("*.md"))
        HelpDialog(pages, self.theme, self.fonts, self.window, start=page, heading=heading).open()

    def about(self) -> None:
        """Name, version, where the project lies."""
        project = self.session.project
        facts = [f"Project: {project.path}", f"You annotate as {project.annotator}."]
        AboutDialog("Annotator", __version__, facts, self.theme, self.fonts, self.window).open()


def _place(page: Path) -> tuple[int, str]:
    known = page.stem in HELP_PAGES
    return HELP_PAGES.index(page.stem) if known else len(HELP_PAGES), page.stem
