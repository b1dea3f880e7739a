import json

import pytest
from dialog_samples import LIGHT, fonts, nameless
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from annotator.domain.article import Article, Meta
from annotator.domain.edits import Placed, SetState, Step
from annotator.domain.layer import State
from annotator.export.filters import Filters
from annotator.export.registry import FORMATS
from annotator.jobs.release_options import ReleaseOptions
from annotator.storage.project import Project
from annotator.ui.dialogs.exporting import ExportPage
from annotator.ui.dialogs.releasing import ReleaseDialog

ARTICLES = [Article(f"The minister said it would rain {n} times.", "en", Meta(f"Rain {n}")) for n in range(3)]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="a1") as made:
        made.add_articles(ARTICLES)
        done = Placed(SetState(State.DONE), ARTICLES[0].id, "a1")
        made.do(Step("Done", (done,)))
        yield made


@pytest.fixture
def page(project, tmp_path, qtbot):
    made = ExportPage(project, LIGHT, fonts())
    qtbot.addWidget(made)
    made.set_folder(str(tmp_path / "out"))
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.shutdown()


def words_of(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_every_format_is_offered_with_its_note(page, qtbot):
    rows = page.formats.rows
    assert [rows.choice(i).label for i in range(rows.rowCount())] == [f.title for f in FORMATS.values()]
    page.formats.setFocus()
    qtbot.keyClick(page.formats, Qt.Key.Key_Down)
    assert page.format.name == "conll"
    qtbot.waitUntil(lambda: page.format.note in words_of(page.loss))
    assert set(page.choices.options) == {"labels"}


def counted(page, qtbot):
    qtbot.waitUntil(lambda: page.splits.words != "Counting…" and not page.splits.runner.running)
    return {name: [cell.text() for cell in cells] for name, cells in page.splits._cells.items()}


def test_counts_stand_on_the_chips_and_in_the_table(page, qtbot):
    assert page.choices.only.chips["done"].text() == "Done 1"
    assert page.choices.only.chips["all"].text() == "All 3"
    sizes = counted(page, qtbot)
    assert [sizes[split] for split in ("train", "dev", "test")] == [["1", "0", "8"]] * 3
    assert "No story stands in two splits." in page.splits.words


def test_what_is_chosen_is_counted_anew(page, qtbot):
    counted(page, qtbot)
    qtbot.mouseClick(page.choices.only.chips["done"], Qt.MouseButton.LeftButton)
    assert counted(page, qtbot)["train"][0] == "1"
    assert counted(page, qtbot)["dev"][0] == "0"
    page.choices.layer.choose("gold")
    page.choices.changed.emit()
    assert counted(page, qtbot)["train"] == ["", "", ""]
    assert "No article has a gold layer." in page.splits.words


def test_a_release_is_asked_for_frozen_and_listed(page, qtbot, tmp_path, project):
    counted(page, qtbot)
    assert page._freeze.text() == "Freeze as release 1…"
    page.formats.setCurrentIndex(page.formats.rows.index(1, 0))
    qtbot.mouseClick(page._freeze, Qt.MouseButton.LeftButton)
    ask = page.window().findChild(ReleaseDialog)
    assert nameless(ask) == []
    ask.field.setText("First")
    ask.people.choose("drop")
    with qtbot.waitSignal(page.released, timeout=30_000) as made:
        ask.accept()
    report = made.args[0]
    assert (report.number, report.folder) == (1, tmp_path / "out-first")
    facts = json.loads((report.folder / "release.json").read_text("utf-8"))
    assert facts["options"]["formats"] == ["jsonl", "conll"]
    assert facts["options"]["filters"]["only"] == "all"
    assert facts["annotators"] == []
    said = words_of(page.came_out)
    assert "“First”" in said
    assert str(tmp_path / "out-first") in said
    assert "No story stands in two splits." in said
    assert "Release 1 · First · " in said
    assert "3 articles" in said
    assert page._freeze.text() == "Freeze as release 2…"
    assert [r.name for r in project.releases.all()] == ["First"]
    counted(page, qtbot)


def test_a_release_without_a_name_is_not_begun(page, qtbot, project):
    counted(page, qtbot)
    page.ask_release()
    ask = page.window().findChild(ReleaseDialog)
    ask.field.setText("  ")
    ask.accept()
    assert "A release needs a name" in ask.said
    assert ask.isVisible()
    ask.reject()
    assert project.releases.all() == []


def test_a_name_that_stood_for_something_else_is_a_sentence(page, qtbot, project, tmp_path):
    page.freeze(ReleaseOptions("First"), tmp_path / "one")
    qtbot.waitUntil(lambda: not page.runner.running)
    assert "Nothing is left" not in page._error.text()
    page.freeze(ReleaseOptions("First", filters=Filters(only="all")), tmp_path / "two")
    qtbot.waitUntil(lambda: not page.runner.running)
    assert "There is already a release 'First'" in page._error.text()
    assert not (tmp_path / "two").exists()


def test_an_export_is_written_read_back_and_reported(page, qtbot, tmp_path, project):
    with qtbot.waitSignal(page.exported, timeout=30_000):
        qtbot.mouseClick(page._go, Qt.MouseButton.LeftButton)
    [file] = (tmp_path / "out").glob("*.jsonl")
    assert {json.loads(row)["id"] for row in file.read_text("utf-8").splitlines()} == {a.id for a in ARTICLES}
    qtbot.waitUntil(lambda: "read back, 3 of 3 the same" in words_of(page.loss))
    said = words_of(page.loss)
    assert "Nothing was lost." in said
    assert str(tmp_path / "out") in said
    assert page._open.isVisible()
    assert project.setting("export_folder") == str(tmp_path / "out")


def test_only_what_is_done_goes_in_where_chosen(page, qtbot, tmp_path):
    qtbot.mouseClick(page.choices.only.chips["done"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.exported, timeout=30_000) as signal:
        page.start()
    assert signal.args[0].records == 1
    qtbot.waitUntil(lambda: "Left out as chosen" in words_of(page.loss))


def test_a_refusal_is_a_sentence_and_writes_nothing(page, qtbot, tmp_path):
    page.choices.layer.choose("gold")
    with qtbot.waitSignal(page.runner.failed, timeout=30_000):
        page.start()
    assert "No article has a gold layer." in page._error.text()
    assert not (tmp_path / "out").exists()
    assert page._go.isVisible()


def test_every_control_has_a_name(page):
    assert nameless(page) == []
    assert page.choices.layer.accessibleName() == "Whose work"
