import pytest
from dialog_samples import LIGHT, fonts, nameless
from PySide6.QtCore import Qt

from annotator.domain.actors import Actor, Actors
from annotator.domain.edits import apply_to_actors
from annotator.errors import AnnotatorError
from annotator.ui.dialogs.actors import ActorsDialog, merged

CHINA = Actor("state:CN", "China", "state")
MFA = Actor("mfa:CN", "Ministry of China", "mfa", "state:CN")
QIN = Actor("person:qin", "Qin", "person")
QIN_GANG = Actor("person:qin-gang", "Qin Gang", "person", "mfa:CN")


class Book:
    """Actors that steps are done to, as a project does them."""

    def __init__(self, *actors):
        self.actors, self.steps = Actors(actors), []

    def read(self):
        return self.actors

    def do(self, step):
        self.steps.append(step)
        for placed in step.edits:
            self.actors, _ = apply_to_actors(self.actors, placed.edit)


@pytest.fixture
def book():
    return Book(CHINA, MFA, QIN, QIN_GANG)


@pytest.fixture
def dialog(host, book):
    made = ActorsDialog(book.read, book.do, LIGHT, fonts(), host, uses={"person:qin": 12})
    made.open()
    yield made
    made.close()


def names(dialog):
    return [dialog.list.rows.choice(i).label for i in range(dialog.list.rows.rowCount())]


def test_actors_are_listed_and_searched(dialog, qtbot):
    assert names(dialog) == ["China", "Ministry of China", "Qin", "Qin Gang"]
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, "qin")
    assert names(dialog) == ["Qin", "Qin Gang"]
    assert nameless(dialog) == []


def test_one_is_renamed_and_gets_a_principal(dialog, book, qtbot):
    dialog.search.setText("qin")
    dialog.list.select(0)
    dialog.name.setText("Qin G.")
    dialog.speaks_for.setText("china")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert book.actors.get("person:qin") == Actor("person:qin", "Qin G.", "person", "state:CN")
    assert len(book.steps) == 1
    assert [a.id for a in dialog.selected()] == ["person:qin"]


def test_the_kind_is_changed_and_nothing_changed_saves_nothing(dialog, book):
    dialog.list.select(2)
    dialog.save()
    assert book.steps == []
    dialog.kind.setCurrentIndex(dialog.kind.findData("group"))
    dialog.save()
    assert book.actors.get("person:qin").kind == "group"


def test_two_become_one_in_one_step(dialog, book, qtbot):
    dialog.search.setText("qin")
    dialog.list.selectAll()
    assert dialog.keep.currentData() == "person:qin"  # the one used most is offered first
    dialog.keep.setCurrentIndex(dialog.keep.findData("person:qin-gang"))
    qtbot.mouseClick(dialog.merge_button, Qt.MouseButton.LeftButton)
    assert len(book.steps) == 1
    assert book.actors.resolve("person:qin") == QIN_GANG
    assert names(dialog) == ["Qin Gang"]


def test_the_one_that_stays_inherits_a_principal():
    [*gone, kept] = [placed.edit.actor for placed in merged(QIN, [QIN_GANG]).edits]
    assert [a.merged_into for a in gone] == ["person:qin"]
    assert kept == Actor("person:qin", "Qin", "person", "mfa:CN")


def test_nobody_speaks_for_someone_merged_into_them():
    step = merged(CHINA, [MFA])
    actors = Actors([CHINA, MFA])
    for placed in step.edits:
        actors, _ = apply_to_actors(actors, placed.edit)
    assert actors.resolve("mfa:CN").speaks_for is None


@pytest.mark.parametrize(
    ("name", "principal", "said"),
    [
        ("", "", "needs a name"),
        ("China", "Nobody", "No actor"),
        ("China", "Ministry of China", "cannot speak for"),
    ],
)
def test_wrong_values_are_refused(dialog, book, name, principal, said):
    dialog.list.select(0)
    dialog.name.setText(name)
    dialog.speaks_for.setText(principal)
    dialog.save()
    assert book.steps == []
    assert said in dialog.said


def test_when_saving_fails_it_is_said(host, book):
    def do(_step):
        raise AnnotatorError("The disk is full.")

    dialog = ActorsDialog(book.read, do, LIGHT, fonts(), host)
    dialog.list.select(0)
    dialog.name.setText("PRC")
    dialog.save()
    assert dialog.said == "The disk is full."
    dialog.close()


def test_read_only_actors_can_be_looked_at(host, book):
    dialog = ActorsDialog(book.read, book.do, LIGHT, fonts(), host, read_only=True, select="mfa:CN")
    assert [a.id for a in dialog.selected()] == ["mfa:CN"]
    assert not dialog.name.isEnabled()
    dialog.save()
    assert book.steps == []
    dialog.close()
