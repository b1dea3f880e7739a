"""Choosing a file must not cost the project its locks."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QFileDialog, QFileSystemModel

from annotator.storage.project import Project
from annotator.ui.dialogs.files import FileDialog

# SQLite's byte that says "somebody uses this -shm file", asked for from another process.
ASKS = """
import fcntl, sys
with open(sys.argv[1], "rb+") as f:
    try:
        fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)
    except OSError:
        print("held")
    else:
        print("free")
"""


def lock_of(project):
    """held or free, as another process sees it. Windows keeps locks by handle: nothing to lose there."""
    if sys.platform == "win32":
        return "held"
    command = [sys.executable, "-c", ASKS, f"{project.path}-shm"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.set_setting("x", 1)
        yield project


def listed(qtbot, dialog, folder):
    """Show the dialog and wait until it lists the folder."""
    qtbot.addWidget(dialog)
    dialog.show()
    model = dialog.findChild(QFileSystemModel)
    qtbot.waitUntil(lambda: model.rowCount(model.index(str(folder))) >= 3, timeout=20_000)
    qtbot.wait(300)  # icons come from a thread of their own
    return [model.fileName(model.index(n, 0, model.index(str(folder)))) for n in range(3)]


def test_a_project_that_is_listed_keeps_its_locks(qtbot, project, tmp_path):
    assert lock_of(project) == "held"
    names = listed(qtbot, FileDialog(None, "Open", tmp_path), tmp_path)
    assert any(name.startswith("p.annot") for name in names)
    assert lock_of(project) == "held"


def test_it_begins_in_the_folder_and_filters(qtbot, tmp_path):
    dialog = FileDialog(None, "Open", tmp_path, "Projects (*.annot)")
    qtbot.addWidget(dialog)
    assert dialog.directory().path() == str(tmp_path)
    assert dialog.nameFilters() == ["Projects (*.annot)"]
    assert isinstance(dialog, QFileDialog)
