"""The verbs on what is worked through: the queue itself, and the near-copies of an article."""

from annotator.errors import AnnotatorError
from annotator.storage.queues import WHOLE
from annotator.ui.article_rows import STATE_NAMES, small_print
from annotator.ui.dialogs.queue import QueueDialog
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.rooms import Room


class QueueVerbs(Room):
    """Slots `queue.*`."""

    def choose(self) -> None:
        """All articles or a sample, near-copies hidden or not."""
        rows = self.window.list.rows
        dialog = QueueDialog(
            self.session.project,
            self.window.listing.copies,
            lambda: [row.id for row in map(rows.row, range(len(rows))) if row],
            self.theme,
            self.fonts,
            self.window,
        )
        dialog.chosen.connect(self._changed)
        dialog.open()

    def leave(self) -> None:
        """Back to all articles; the sample stays assigned."""
        try:
            self.session.project.queues.put(WHOLE)
        except AnnotatorError as e:
            self.say(str(e))
        else:
            self._changed()

    def copies(self) -> None:
        """The near-copies of the open article, to go to."""
        project, article = self.session.project, self.snapshot.article.id
        rows = [project.row(id) for id in project.queues.copies_of(article)]
        if not rows:
            self.say("No near-copies of this article are known.")
            return
        titles = self.window.list.rows
        choices = [
            Choice(row.id, titles.title(row), detail=f"{STATE_NAMES[row.state]}   {small_print(row)}")
            for row in rows
        ]
        picker = ChoicePicker(
            "Near-copies of this article", choices, self.theme, self.fonts, parent=self.window
        )
        picker.picked.connect(lambda article, _: self.window.open_article(article))
        self.window.show_picker(picker)

    def _changed(self) -> None:
        window = self.window
        window.reload_list()
        window.suggestions.queue_changed()
        here = self.session.snapshot
        if here is None or not self.session.project.queues.holds(here.article.id):
            window.open_first()
