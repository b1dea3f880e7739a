"""What the machine fills in after Q belongs to the same press of undo."""

import sys
from pathlib import Path

from window_samples import ARTICLE, find, machine_layer

from annotator.storage.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.suggest_process import SuggestProcess

CHILD = (sys.executable, str(Path(__file__).parents[1] / "ui" / "fake_child.py"))


def test_a_new_statement_and_the_roles_filled_in_go_by_one_undo(qtbot, project_path):
    project = Project.open(project_path)
    suggester = SuggestProcess(project, CHILD)
    window = MainWindow(project, suggester=suggester)
    suggester.setParent(window)
    qtbot.addWidget(window)
    window.show()
    window.open_article(ARTICLE.id)
    suggester.begin()
    window.article.select(find("it was watching the crossings"))
    window.act("new_statement")
    made = window.session.focus
    qtbot.waitUntil(lambda: project.layer(ARTICLE.id).statements[made].act == "assert", timeout=20_000)
    window.act("undo")
    assert project.layer(ARTICLE.id).empty
    assert len(window.session.snapshot.statements) == 3
    assert project.actors().get("org:CHILD") is None
    window.act("redo")
    assert window.session.snapshot.shown.statements[made].act == "assert"
    assert project.check() == []
    window.close()
    project.close()


def test_what_was_set_before_the_machine_answers_is_undone_by_itself(desk):
    made = desk.session.new_statement([find("it was watching the crossings")])
    desk.press("S", "Tab")
    desk.session.fill(made, machine_layer().ordered_statements()[0])
    assert desk.session.focused.act == "request"
    desk.press("U")
    assert desk.session.focused.act is None
    assert desk.session.focused.speaker.not_stated
    desk.press("U", "U")
    assert desk.stored().empty
