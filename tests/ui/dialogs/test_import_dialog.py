import threading

import pytest
from dialog_samples import LIGHT, fonts, nameless
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.errors import AnnotatorError
from annotator.jobs.importing import ImportReport
from annotator.jobs.progress import Progress
from annotator.storage.project import Project
from annotator.ui.dialogs.columns import columns_of
from annotator.ui.dialogs.importing import ImportDialog, import_job


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The minister said it would rain.", "utf-8")
    (folder / "b.csv").write_text(
        "headline,body,junk\nOne,The envoy said no.,The longest text of all here\n", "utf-8"
    )
    (folder / "c.docx").write_bytes(b"PK nothing")
    return sorted(folder.iterdir())


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="a1") as made:
        yield made


def opened(host, make_job, qtbot, **given):
    dialog = ImportDialog(make_job, LIGHT, fonts(), host, **given)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def test_files_come_in_and_refusals_are_listed(host, qtbot, project, files):
    dialog = opened(host, import_job(project), qtbot, paths=files)
    with qtbot.waitSignal(dialog.imported, timeout=30_000) as signal:
        dialog.start()
    report = signal.args[0]
    assert (report.added, report.already, len(report.refused)) == (2, 0, 1)
    assert dialog.refusals.toPlainText().startswith("c.docx: ")
    assert len(project.article_ids()) == 2
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the list")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.refusals.toPlainText()
    assert nameless(dialog) == []
    dialog.close()


def test_what_was_converted_is_said_on_one_line(host, qtbot, files):
    def job(_paths, _columns):
        yield Progress(0, 1, "a.txt")
        return ImportReport(added=5, layers=5, notes=[f"{n}.json: offsets in UTF-16" for n in range(5)])

    dialog = opened(host, job, qtbot, paths=files[:1])
    with qtbot.waitSignal(dialog.imported, timeout=30_000):
        dialog.start()
    said = dialog._notes.text()
    assert said.startswith("5 layers of earlier work were taken over. 0.json: offsets in UTF-16. 1.json")
    assert said.endswith("2.json: offsets in UTF-16. And 2 more files were converted.")
    dialog.close()


def test_the_same_again_is_already_there(host, qtbot, project, files):
    for expected in ((1, 0), (0, 1)):
        dialog = opened(host, import_job(project), qtbot, paths=files[:1])
        with qtbot.waitSignal(dialog.imported, timeout=30_000) as signal:
            dialog.start()
        assert (signal.args[0].added, signal.args[0].already) == expected
        dialog.close()


def test_the_text_column_can_be_chosen(host, qtbot, project, files):
    dialog = opened(host, import_job(project), qtbot, paths=[files[1]])
    box = dialog.columns.boxes["text"]
    assert [box.itemText(i) for i in range(box.count())] == ["guess by name", "headline", "body", "junk"]
    box.setCurrentIndex(box.findData("junk"))
    with qtbot.waitSignal(dialog.imported, timeout=30_000):
        dialog.start()
    assert project.article(project.article_ids()[0]).text.startswith("The longest")
    dialog.close()


def test_columns_are_offered_for_tables_and_foreign_jsonl_only(tmp_path, files):
    assert columns_of(files[0]) == []
    assert columns_of(files[1]) == ["headline", "body", "junk"]
    assert columns_of(tmp_path / "missing.csv") == []
    for name, line, keys in (
        ("a.jsonl", '{"text": "x", "title": null, "tags": [1]}', ["text", "title"]),
        ("b.jsonl", '{"schema": "annotator/1", "text": "x"}', []),
        ("c.jsonl", "not json", []),
    ):
        (tmp_path / name).write_text(line + "\n", "utf-8")
        assert columns_of(tmp_path / name) == keys


def test_files_are_dropped_listed_once_and_removed(host, qtbot, project, files):
    dialog = opened(host, import_job(project), qtbot)
    go = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Import")
    assert not go.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(f)) for f in (*files, files[0])])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dialog.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert dialog.list.rows.rowCount() == 3
    assert go.isEnabled()
    dialog.list.select(0)
    dialog.remove_selected()
    assert [dialog.list.rows.choice(i).label for i in range(2)] == ["b.csv", "c.docx"]
    dialog.close()


def test_escape_stops_a_running_import_and_says_so(host, qtbot, files):
    closed = threading.Event()

    def endless(_paths, _columns):
        try:
            while True:
                yield Progress(1, None, "reading")
        finally:
            closed.set()

    dialog = opened(host, endless, qtbot, paths=files)
    with qtbot.waitSignal(dialog.runner.progress):
        dialog.start()
    with qtbot.waitSignal(dialog.stopped):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert closed.is_set()
    assert dialog.isVisible()
    assert "Stopped" in dialog.said
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("error", "said"),
    [(AnnotatorError("The disk is full."), "The disk is full."), (KeyError("x"), "mistake")],
)
def test_a_failure_is_a_sentence(host, qtbot, files, error, said):
    def failing(_paths, _columns):
        yield Progress(1)
        raise error

    dialog = opened(host, failing, qtbot, paths=files)
    with qtbot.waitSignal(dialog.stopped):
        dialog.start()
    assert said in dialog.said
    assert "KeyError" not in dialog.said
    dialog.close()


def test_closing_the_window_ends_the_thread(host, qtbot, files):
    closed = threading.Event()

    def endless(_paths, _columns):
        try:
            while True:
                yield Progress(1)
        finally:
            closed.set()

    dialog = opened(host, endless, qtbot, paths=files)
    with qtbot.waitSignal(dialog.runner.progress):
        dialog.start()
    dialog.close()
    assert closed.is_set()
