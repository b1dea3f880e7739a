import pytest
from dialog_samples import LIGHT, SCHEME, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from window_samples import ARTICLE, machine_layer, make_project

from annotator.domain.edits import AddStatement, Placed, Step
from annotator.domain.statement import accepted
from annotator.errors import AnnotatorError
from annotator.jobs import scheme_editing
from annotator.storage.project import Project
from annotator.ui.dialogs.scheme_editor import SchemeDialog

PEACE, CEASEFIRE = "conflict.peace_talks", "conflict.ceasefire"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


@pytest.fixture
def edit(host, project, qtbot):
    made = []

    def start(group="topic", save=None, **options):
        dialog = SchemeDialog(
            project.scheme,
            project.usage,
            save or (lambda draft: scheme_editing.save(project, draft)),
            lambda *args: scheme_editing.merge_job(project, *args),
            LIGHT,
            fonts(),
            host,
            group=group,
            **options,
        )
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or host))
        made.append(dialog)
        return dialog

    yield start
    for dialog in filter(isValid, made):  # closed ones are gone already
        dialog.runner.shutdown()
        dialog.done(0)


def names(view):
    return [view.rows.choice(n).label for n in range(view.rows.rowCount())]


def choose(dialog, id):
    for view in (dialog.areas, dialog.items):
        for row in range(view.rows.rowCount()):
            value = view.rows.choice(row).value.id
            if value == id or (view is dialog.areas and id.startswith(f"{value}.")):
                view.select(row)
    assert dialog.item.id == id


def test_topics_stand_under_their_areas_with_keys_and_uses(edit):
    dialog = edit()
    assert names(dialog.areas) == [a.name for a in SCHEME.areas]
    choose(dialog, PEACE)
    assert dialog.form.name.text() == "Peace talks"
    assert dialog.form.key.text() == SCHEME.topics[PEACE].key
    assert dialog.form.words.toPlainText() == SCHEME.topics[PEACE].definition
    assert dialog.form.facts.text().startswith("Used 2 times.")
    assert not dialog.form.delete.isVisible()
    assert nameless(dialog) == []


def test_an_act_is_renamed_and_described_by_keyboard_and_saved(edit, project, qtbot):
    dialog = edit("act")
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.item.id == "request"
    dialog.form.name.setFocus()
    press(
        qtbot, (Qt.Key.Key_A, CTRL), "type:Calls for", Qt.Key.Key_Tab, Qt.Key.Key_Tab, "type:wants something"
    )
    with qtbot.waitSignal(dialog.changed):
        press(qtbot, (Qt.Key.Key_S, CTRL))
    act = next(a for a in project.scheme.acts if a.id == "request")
    assert (act.name, act.note) == ("Calls for", "wants something")
    assert project.scheme.version == "2"


def test_an_item_moves_with_its_keys(edit, qtbot):
    dialog = edit("label")
    press(qtbot, (Qt.Key.Key_Down, ALT), (Qt.Key.Key_Down, ALT))
    assert [x.id for x in dialog.draft.labels][:3] == ["GPE", "ORG", "PERSON"]
    assert dialog.item.id == "PERSON"
    press(qtbot, (Qt.Key.Key_Up, ALT))
    assert [x.id for x in dialog.draft.labels][:3] == ["GPE", "PERSON", "ORG"]


def test_a_key_given_twice_is_said_and_not_saved(edit, project, qtbot):
    dialog = edit("label")
    press(qtbot, Qt.Key.Key_Down)
    dialog.form.key.setFocus()
    press(qtbot, Qt.Key.Key_Backspace, "type:P")
    assert "both have the key P" in dialog.said
    press(qtbot, (Qt.Key.Key_S, CTRL))
    assert dialog.isVisible()
    assert project.scheme.version == "1"
    press(qtbot, Qt.Key.Key_Backspace, "type:z")
    assert dialog.said == ""


def test_a_new_topic_is_typed_at_once_and_can_be_deleted_again(edit, qtbot):
    dialog = edit()
    choose(dialog, "conflict.ceasefire")
    press(qtbot, (Qt.Key.Key_N, CTRL))
    assert QApplication.focusWidget() is dialog.form.name
    press(qtbot, "type:Prisoner lists")
    topic = dialog.draft.areas[3].topics[-1]
    assert (topic.name, topic.id.startswith("conflict.")) == ("Prisoner lists", True)
    assert topic.key not in {t.key for t in SCHEME.areas[3].topics}
    assert names(dialog.items)[-1] == "Prisoner lists"
    qtbot.mouseClick(dialog.form.delete, Qt.MouseButton.LeftButton)
    assert dialog.draft == SCHEME


def test_a_new_area_gets_topics_of_its_own(edit):
    dialog = edit()
    dialog.add_area()
    assert dialog.item.name == "New area"
    dialog.add()
    area = dialog.draft.areas[-1]
    assert [t.id for t in area.topics] == [f"{area.id}.new_topic"]


def test_what_is_retired_is_not_offered_and_can_come_back(edit, qtbot):
    dialog = edit("act")
    qtbot.mouseClick(dialog.form.retire, Qt.MouseButton.LeftButton)
    assert dialog.item.retired
    assert dialog.item.id not in {a.id for a in dialog.draft.offered().acts}
    assert dialog.items.current().group == "retired"
    qtbot.mouseClick(dialog.form.retire, Qt.MouseButton.LeftButton)
    assert dialog.draft == SCHEME


def test_merging_moves_the_uses_and_undo_takes_it_back(edit, project, qtbot):
    statement = machine_layer().ordered_statements()[0]
    decided = accepted(statement, "anna", "2026-03-10T08:00:00Z")
    project.do(Step("Confirm", (Placed(AddStatement(decided), ARTICLE.id),)))
    dialog = edit()
    choose(dialog, PEACE)
    form = dialog.form
    form.into.setCurrentIndex(form.into.findData(CEASEFIRE))
    with qtbot.waitSignal(dialog.changed):
        qtbot.mouseClick(form.merge, Qt.MouseButton.LeftButton)
    assert project.layer(ARTICLE.id).statements[statement.id].topics == (CEASEFIRE,)
    assert form.facts.text().startswith("Not used. Retired")
    assert dialog.isEnabled()
    project.undo()
    assert project.layer(ARTICLE.id).statements[statement.id].topics == (PEACE,)
    assert project.scheme.topic_name(PEACE) == SCHEME.topic_name(PEACE)


def test_unsaved_changes_are_dropped_only_the_second_time(edit, project, qtbot):
    dialog = edit("act")
    press(qtbot, (Qt.Key.Key_Down, ALT), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved" in dialog.said
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert project.scheme == SCHEME


def test_when_saving_fails_it_is_said_and_nothing_is_lost(edit, qtbot):
    def save(_draft):
        raise AnnotatorError("The disk is full.")

    dialog = edit("act", save)
    press(qtbot, (Qt.Key.Key_Down, ALT), (Qt.Key.Key_S, CTRL))
    assert dialog.said == "The disk is full."
    assert dialog.draft != SCHEME


def test_a_project_that_only_reads_shows_its_scheme(edit, qtbot):
    dialog = edit("act", read_only=True)
    assert not dialog.form.name.isEnabled()
    press(qtbot, (Qt.Key.Key_Down, ALT), (Qt.Key.Key_N, CTRL))
    assert dialog.draft == SCHEME
