import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_samples import make_project

from annotator.errors import AnnotatorError
from annotator.storage.project import Project
from annotator.storage.restoring import backups
from annotator.ui.dialogs.backups import BackupsDialog, size_words
from annotator.ui.dialogs.history import moment


@pytest.fixture
def path(tmp_path):
    return make_project(tmp_path / "news.annot")


def back_up(path):
    with Project.open(path) as project:
        return project.backup()


def show(host, path, qtbot, make=None, **options):
    dialog = BackupsDialog(path, make or (lambda: back_up(path)), LIGHT, fonts(), host, **options)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or host))
    return dialog


def test_backups_show_their_time_and_size(host, path, qtbot):
    made = [back_up(path), back_up(path)]
    dialog = show(host, path, qtbot)
    shown = [dialog.list.rows.choice(n) for n in range(dialog.list.rows.rowCount())]
    assert [c.detail for c in shown] == [made[1].name, made[0].name]
    assert [c.label for c in shown] == [moment(b.at.isoformat()) for b in backups(path)]
    assert all(c.group.endswith("KB") for c in shown)
    assert nameless(dialog) == []
    dialog.close()


def test_restoring_asks_first_and_is_told_when_the_dialog_is_gone(host, path, qtbot):
    older = back_up(path)
    back_up(path)
    dialog = show(host, path, qtbot)
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert dialog._sure.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog._sure.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        press(qtbot, Qt.Key.Key_Space)
    assert wanted.args == [older]


def test_a_copy_is_laid_beside_the_project(host, path, qtbot):
    back_up(path)
    dialog = show(host, path, qtbot)
    with qtbot.waitSignal(dialog.copy_made) as made:
        qtbot.mouseClick(dialog._copy, Qt.MouseButton.LeftButton)
    with Project.open(made.args[0]) as copy:
        assert copy.path.parent == path.parent
        assert copy.check() == []


def test_one_can_be_made_at_once(host, path, qtbot):
    dialog = show(host, path, qtbot)
    assert not dialog._restore.isVisible()
    qtbot.mouseClick(dialog._now, Qt.MouseButton.LeftButton)
    assert len(backups(path)) == 1
    assert dialog._restore.isVisible()
    dialog.close()


def test_what_fails_is_said(host, path, qtbot):
    def full():
        raise AnnotatorError("The disk is full.")

    back_up(path).write_bytes(b"not a project any more")
    dialog = show(host, path, qtbot, full)
    dialog.back_up()
    assert dialog.said == "The disk is full."
    dialog.open_copy()
    assert "is not a project file" in dialog.said
    dialog.close()


def test_a_project_that_only_reads_can_open_copies_only(host, path, qtbot):
    back_up(path)
    dialog = show(host, path, qtbot, read_only=True)
    assert not dialog._now.isVisible()
    assert not dialog._restore.isEnabled()
    press(qtbot, Qt.Key.Key_Return)
    assert not dialog._sure.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (8120, "8.1 KB"), (812_000, "812 KB"), (4_200_000, "4.2 MB")],
)
def test_sizes_are_for_people(size, words):
    assert size_words(size) == words
