"""What the footer and the file dialogs offer, wherever one is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog


def test_the_footer_shows_only_keys_that_act_on_its_tab(desk):
    def shown():
        return [hint.accessibleName() for hint in desk.window.footer._hints]

    whole = shown()
    desk.window.show_tab("Export")
    assert [name.partition(": ")[2] for name in shown()] == ["undo", "all keys"]
    desk.window.show_tab("Annotate")
    assert shown() == whole


def test_a_new_project_is_not_offered_beside_the_hidden_starter(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: asked.append(Path(self.directory().path())))
    desk.window.act("new_project")
    monkeypatch.setattr("annotator.paths.user_data", lambda: desk.project.path.parent)
    desk.window.act("new_project")
    assert asked == [desk.project.path.parent, Path.home()]
