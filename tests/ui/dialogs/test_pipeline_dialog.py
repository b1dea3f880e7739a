from pathlib import Path

import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from shiboken6 import isValid

from annotator.errors import AnnotatorError
from annotator.suggest.installed import Pipeline
from annotator.ui.dialogs.pipeline import PipelineDialog

ENGLISH = Pipeline("en_core", "en_core 3.8.0", "en")
FRENCH = Pipeline("fr_core", "fr_core 3.8.0", "fr", ("english",))
FOLDER = Pipeline("/pipes/mine", "en_mine 0.1", "en", ("parser", "ner"))


def look_into(folder):
    if folder != Path(FOLDER.name):
        raise AnnotatorError("The folder holds no language pipeline.")
    return FOLDER


@pytest.fixture
def dialog(host, qtbot):
    dialog = PipelineDialog([ENGLISH, FRENCH], "en_core", look_into, LIGHT, fonts(), host)
    dialog.seen = []
    dialog.chosen.connect(dialog.seen.append)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.list.hasFocus)
    yield dialog
    if isValid(dialog):
        dialog.done(0)


def test_says_what_each_pipeline_lacks(dialog, qtbot):
    assert (dialog.pipeline, dialog.note.text()) == (ENGLISH, "Nothing is missing.")
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.pipeline == FRENCH
    assert "read English" in dialog.note.text()
    assert nameless(dialog) == []


def test_chosen_by_keys(dialog, qtbot):
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert dialog.seen == ["fr_core"]


def test_the_one_in_use_changes_nothing(dialog, qtbot):
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.seen == []


def test_a_folder_joins_the_list_or_is_refused(dialog):
    dialog.add_folder(Path("/elsewhere"))
    assert "no language pipeline" in dialog.said
    dialog.add_folder(Path(FOLDER.name))
    assert (dialog.said, dialog.pipeline) == ("", FOLDER)
    dialog.accept()
    assert dialog.seen == ["/pipes/mine"]
