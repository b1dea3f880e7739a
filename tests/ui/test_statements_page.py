from dataclasses import replace

import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMainWindow
from window_samples import ARTICLE, SECOND, machine_layer, make_project

from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddStatement, Placed, Step
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Statement, accepted
from annotator.errors import AnnotatorError
from annotator.jobs.progress import Progress
from annotator.storage.project import Project
from annotator.ui import statements_page
from annotator.ui.statement_table import COLUMNS, PAGE, StatementRows
from annotator.ui.statements_page import StatementsPage

AT = "2026-03-10T08:00:00Z"


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


def open_page(qtbot, project):
    host = QMainWindow()
    qtbot.addWidget(host)
    page = StatementsPage(project, LIGHT, fonts(), host)
    host.setCentralWidget(page)
    host.resize(1280, 720)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    settle(qtbot, page)
    page.table.setFocus()
    return host, page


@pytest.fixture
def page(qtbot, project):
    host, made = open_page(qtbot, project)
    yield made
    made.shutdown()
    host.close()


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.runner.running and not page._pause.isActive())


def column(page, order="content"):
    at = [c[0] for c in COLUMNS].index(order)
    rows = page.table.rows
    return [rows.data(rows.index(n, at)) for n in range(rows.rowCount())]


def test_all_statements_are_listed_in_order(page):
    assert page.count.text() == "4 statements"
    assert column(page, "speaker") == ["Ilse Verhoeven", "Ilse Verhoeven", "Goran Petric", "The ministry"]
    assert column(page, "topic")[0] == "Peace talks"
    assert column(page, "targets")[2:] == ["none", "none"]
    assert column(page, "topic")[2] == "none"
    assert nameless(page) == []


def test_enter_and_double_click_jump_to_the_statement(page, qtbot):
    third = machine_layer().ordered_statements()[2].id
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.jump) as jumped:
        press(qtbot, Qt.Key.Key_Return)
    assert jumped.args == [ARTICLE.id, third]
    place = page.table.visualRect(page.table.rows.index(3, 1)).center()
    with qtbot.waitSignal(page.jump) as jumped:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert jumped.args[0] == SECOND.id


def test_slash_types_into_the_field_and_down_leaves_it(page, qtbot):
    press(qtbot, "type:/", "type:goran")
    assert page.filters.field.text() == "goran"
    press(qtbot, Qt.Key.Key_Down)
    settle(qtbot, page)
    assert column(page, "speaker") == ["Goran Petric"]
    assert page.table.hasFocus()
    press(qtbot, "type:/")
    press(qtbot, Qt.Key.Key_Escape)
    assert page.filters.field.text() == ""
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, page)
    assert page.table.hasFocus()
    assert page.count.text() == "4 statements"


@pytest.mark.parametrize(
    ("group", "id", "found"),
    [("kind", "direct", 1), ("area", "conflict", 2), ("act", "request", 1), ("decision", "confirmed", 0)],
)
def test_chips_narrow(page, qtbot, group, id, found):
    chip = page.filters.chip(group, id)
    chip.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    settle(qtbot, page)
    assert page.table.rows.rowCount() == found
    assert page.table.isVisible() == bool(found)
    press(qtbot, Qt.Key.Key_Space)
    settle(qtbot, page)
    assert page.table.rows.rowCount() == 4


def test_chips_of_a_group_widen_and_groups_narrow_each_other(page, qtbot):
    page.filters.chip("kind", "direct").click()
    page.filters.chip("kind", "mixed").click()
    settle(qtbot, page)
    assert page.table.rows.rowCount() == 2
    page.filters.chip("area", "conflict").click()
    settle(qtbot, page)
    assert column(page, "kind") == ["direct"]


def test_heads_and_the_box_sort(page, qtbot):
    head = page.table.horizontalHeader()
    at = head.sectionViewportPosition(1) + 20
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head.rect().center().__class__(at, 10))
    settle(qtbot, page)
    assert column(page, "speaker")[0] == "Goran Petric"
    assert page.order.currentData() == "speaker"
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head.rect().center().__class__(at, 10))
    settle(qtbot, page)
    assert column(page, "speaker")[0] == "The ministry"
    page.order.setFocus()
    press(qtbot, Qt.Key.Key_Home)
    settle(qtbot, page)
    assert column(page, "speaker")[0] == "Ilse Verhoeven"
    assert head.sortIndicatorSection() == -1


def test_it_reads_anew_when_it_appears(page, project, qtbot):
    statement = machine_layer().ordered_statements()[0]
    project.do(Step("Confirm", (Placed(AddStatement(accepted(statement, "anna", AT)), ARTICLE.id),)))
    page.filters.field.setFocus()
    page.hide()
    page.show()
    settle(qtbot, page)
    assert page.table.hasFocus()
    assert column(page, "decision") == ["confirmed", "suggested", "suggested", "suggested"]
    assert page.filters.chip("decision", "confirmed").text() == "Confirmed 1"
    assert page.filters.chip("decision", "suggested").text() == "Suggested 3"


def test_the_selected_statement_stays_selected(page, project, qtbot):
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    page.order.setCurrentIndex(page.order.findData("speaker"))
    settle(qtbot, page)
    row = page.table.rows.statement(page.table.currentIndex().row())
    assert row.speaker == "Goran Petric"


def test_same_words_with_other_roles_are_marked_and_filtered(qtbot, project):
    text = "The door is open.\n\nThe door is open."
    article = Article(text, "en", Meta(title="Twice"))
    project.add_articles([article])
    one = Statement("t1", (Span(0, 16),), Kind.INDIRECT, act="warn", decision=Decision.CONFIRMED)
    two = replace(one, id="t2", spans=(Span(19, 35),), act="request")
    project.do(Step("Two", tuple(Placed(AddStatement(s), article.id) for s in (one, two))))
    host, page = open_page(qtbot, project)
    assert page.filters.different.isVisible()
    assert page.filters.different.text().endswith(" 2")
    rows = page.table.rows
    assert [rows.differs(n) for n in range(6)] == [False] * 4 + [True] * 2
    spoken = rows.data(rows.index(4, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "same words differently" in spoken
    page.filters.different.click()
    settle(qtbot, page)
    assert column(page) == ["The door is open"] * 2
    page.shutdown()
    host.close()


def test_an_empty_project_says_how_statements_come(qtbot, tmp_path):
    with Project.create(tmp_path / "empty.annot", annotator="anna") as project:
        host, page = open_page(qtbot, project)
        assert not page.table.isVisible()
        assert page.count.text() == "0 statements"
        page.shutdown()
        host.close()


def test_new_names_of_the_scheme_show(page, project, qtbot):
    scheme = project.scheme
    acts = tuple(replace(a, name="Calls for") if a.id == "request" else a for a in scheme.acts)
    project.set_scheme(replace(scheme, acts=acts))
    page.filters.chip("kind", "indirect").click()
    page.refresh()
    settle(qtbot, page)
    assert column(page, "act")[0] == "Calls for"
    assert page.filters.chip("act", "request").text() == "Calls for"
    assert page.filters.chip("kind", "indirect").isChecked()


def test_a_long_table_reads_only_what_is_looked_at(project):
    article = project.article(ARTICLE.id)
    many = {f"s{n:04}": Statement(f"s{n:04}", (Span(0, 5),), Kind.INDIRECT) for n in range(400)}
    project.put_machine_layer(article.id, Layer(article.id, "r", LayerKind.MACHINE, statements=many))
    asked = []

    def read(keys):
        asked.append(len(keys))
        return project.statements.rows(keys)

    rows = StatementRows(project.scheme)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.put(project.statements.find(), frozenset(), project.scheme, read)
    asked.clear()
    assert rows.rowCount() == 401
    assert rows.statement(399).statement == "s0399"
    assert rows.statement(398).statement == "s0398"
    assert sum(asked) <= PAGE
    assert rows.statement(401) is None


def test_topics_are_named_by_themselves_with_their_area_in_the_tip(page):
    rows, at = page.table.rows, [c[0] for c in COLUMNS].index("topic")
    assert rows.data(rows.index(0, at), Qt.ItemDataRole.ToolTipRole) == "Conflict › Peace talks"


def test_wide_windows_give_room_to_topic_and_act_and_narrow_ones_do_not_scroll(page, qtbot):
    act = [c[0] for c in COLUMNS].index("act")
    host, narrow = page.window(), page.table.columnWidth(act)
    assert page.table.horizontalScrollBar().maximum() == 0
    host.resize(1700, 720)
    qtbot.waitUntil(lambda: page.table.columnWidth(act) > narrow)
    assert page.table.horizontalScrollBar().maximum() == 0
    host.resize(1280, 720)
    qtbot.waitUntil(lambda: page.table.columnWidth(act) == narrow)


def test_what_was_asked_while_a_search_failed_is_still_looked_for(page, qtbot, monkeypatch):
    real, asked = statements_page.find_job, []

    def fails_once(project, wish):
        asked.append(wish)
        yield Progress(0, None, "Looking")
        if len(asked) == 1:
            raise AnnotatorError("The disk failed.")
        return (yield from real(project, wish))

    monkeypatch.setattr(statements_page, "find_job", fails_once)
    page.count.setText("")
    page.ask()
    page.ask()  # while the first one runs
    qtbot.waitUntil(lambda: len(asked) == 2 and not page.runner.running, timeout=20_000)
    assert "statements" in page.count.text()
