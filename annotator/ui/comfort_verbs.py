"""The verbs that make work comfortable: preferences, the scheme, the pipeline, history, backups, all
statements.
"""

from functools import partial
from pathlib import Path

from annotator.domain.scheme import LabelScheme
from annotator.ui.rooms import Room
from annotator.ui.verbs import VERBS
from annotator.ui.wording import first_words


class ComfortVerbs(Room):
    """Slots `comfort.*`. The dialogs are imported when they are asked for."""

    def preferences(self) -> None:
        """Looks and keys; what is changed shows at once."""
        from annotator.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self.window.comfort, VERBS, self.theme, self.fonts, self.window)
        dialog.changed.connect(self.window.comfort_wanted)
        dialog.open()

    def scheme(self) -> None:
        """Labels, topics and acts."""
        from annotator.jobs.scheme_editing import merge_job, save
        from annotator.ui.dialogs.scheme_editor import SchemeDialog

        project = self.session.project
        dialog = SchemeDialog(
            project.scheme,
            project.usage,
            partial(save, project),
            partial(merge_job, project),
            self.theme,
            self.fonts,
            self.window,
            read_only=self.session.read_only,
        )
        dialog.changed.connect(self._scheme_changed)
        dialog.open()

    def _scheme_changed(self, scheme: LabelScheme) -> None:
        self.session.reload()
        self.say(f"Scheme saved as version {scheme.version}")

    def pipeline(self) -> None:
        """The language pipeline of this project."""
        from annotator.suggest import installed
        from annotator.suggest.pipeline import DEFAULT
        from annotator.ui.dialogs.pipeline import PipelineDialog

        current = str(self.session.project.setting("pipeline") or DEFAULT)
        found = installed.installed()
        dialog = PipelineDialog(found, current, installed.in_folder, self.theme, self.fonts, self.window)
        if current not in {p.name for p in found}:
            dialog.add_folder(Path(current))
        dialog.chosen.connect(self._pipeline_chosen)
        dialog.open()

    def _pipeline_chosen(self, name: str) -> None:
        self.session.project.set_setting("pipeline", name)
        count = self.window.suggestions.restart()
        self.say(f"{count:,} articles wait for new suggestions" if count else "Language pipeline chosen")

    def history(self) -> None:
        """Who did what when."""
        from annotator.ui.dialogs.history import HistoryDialog

        project = self.session.project
        dialog = HistoryDialog(project.history, self._title, self.theme, self.fonts, self.window)
        dialog.jumped.connect(self.window.jump)
        dialog.open()

    def _title(self, article: str) -> str:
        project = self.session.project
        return project.row(article).title or first_words(project.opening(article))

    def backups(self) -> None:
        """The copies of the project; one can take its place."""
        from annotator.ui.dialogs.backups import BackupsDialog

        project = self.session.project
        dialog = BackupsDialog(
            project.path,
            project.backup,
            self.theme,
            self.fonts,
            self.window,
            read_only=self.session.read_only,
        )
        dialog.restore_wanted.connect(self.window.restore_wanted)
        dialog.copy_made.connect(self.window.open_wanted)
        dialog.open()

    def statements(self) -> None:
        """The table of all statements."""
        self.window.show_tab("Statements")
