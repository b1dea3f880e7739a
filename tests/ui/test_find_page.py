"""The page Find: hits as rows, filters, ticks, words to try instead."""

import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMainWindow
from window_samples import ARTICLE, find, make_project

from annotator.domain.article import Article
from annotator.domain.edits import AddMention, Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.statement import Decision, Mention
from annotator.jobs import finding
from annotator.storage.project import Project
from annotator.ui.find_page import FindPage
from annotator.ui.find_table import COLUMNS, FoundRows
from annotator.ui.widgets import Chip


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


@pytest.fixture
def page(qtbot, project):
    host = QMainWindow()
    qtbot.addWidget(host)
    made = FindPage(project, (("E", "mark as entity"),), LIGHT, fonts(), host)
    host.setCentralWidget(made)
    host.resize(1280, 720)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    qtbot.waitUntil(lambda: made.filters.field.hasFocus())
    yield made
    made.shutdown()
    host.close()


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.runner.running and not page._pause.isActive())


def look_for(qtbot, page, words):
    page.filters.field.setText(words)
    settle(qtbot, page)


def column(page, name="words"):
    at = [c[0] for c in COLUMNS].index(name)
    rows = page.table.rows
    return [rows.data(rows.index(n, at)) for n in range(rows.rowCount())]


def test_an_empty_page_says_what_to_do(page):
    assert page.table.isHidden()
    assert "Type words" in page._nothing.text()
    assert nameless(page) == []


def test_hits_are_rows_with_their_context(qtbot, page):
    look_for(qtbot, page, "belg")
    assert page.count.text() == "1 hit in 1 article"
    (words,) = column(page)
    assert "replied that Belgrade was" in words
    assert column(page, "title") == [ARTICLE.meta.title]
    assert column(page, "state") == ["To do"]
    assert nameless(page) == []


def test_enter_goes_from_the_field_to_the_hits_and_then_to_the_place(qtbot, page):
    look_for(qtbot, page, "the table")
    press(qtbot, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    with qtbot.waitSignal(page.jump) as jumped:
        press(qtbot, Qt.Key.Key_Return)
    assert jumped.args[0].span == find("the table")


def test_space_ticks_and_a_ticks_all_or_none(qtbot, page):
    look_for(qtbot, page, "the")
    page.table.setFocus()
    count = page.table.rows.rowCount()
    assert len(page.acted_on) == 1
    press(qtbot, Qt.Key.Key_Space)
    assert page.count.text().endswith("1 ticked")
    press(qtbot, "type:a")
    assert len(page.acted_on) == count > 2
    press(qtbot, "type:a")
    assert page.table.rows.ticked == []


def test_filters_narrow_and_what_is_no_date_is_shown_as_wrong(qtbot, page):
    look_for(qtbot, page, "the")
    whole = page.table.rows.rowCount()
    page.filters.since.setText("2026-03")
    settle(qtbot, page)
    assert set(column(page, "title")) == {ARTICLE.meta.title}
    page.filters.since.setText("March")
    settle(qtbot, page)
    assert page.filters.since.property("wrong") in (True, "true")
    assert page.table.rows.rowCount() == whole
    page.filters.states["done"].click()
    settle(qtbot, page)
    assert page.count.text() == "No hits"
    assert "Take a filter away" in page._nothing.text()
    assert isinstance(page.filters.differ, Chip)


def test_every_choice_reaches_the_search(page):
    filters = page.filters
    filters.label.setCurrentIndex(filters.label.findData("GPE"))
    filters.topic.setCurrentIndex(filters.topic.findData("conflict"))
    filters.actor.setText("serbia")
    filters.score.setCurrentIndex(1)
    filters.differ.click()
    sought = filters.sought
    assert (sought.label, sought.topic, sought.actor) == ("GPE", "conflict", "state:RS")
    assert (sought.score_below, sought.disagreement) == (0.9, True)


def test_words_much_alike_are_offered_when_nothing_is_found(qtbot, page):
    look_for(qtbot, page, "serbai")
    assert page.count.text() == "No hits"
    page._near[0].click()
    settle(qtbot, page)
    assert page.filters.field.text() == "serbia"
    assert page.table.rows.rowCount() == 1


def test_an_emptied_field_empties_the_page(qtbot, page):
    look_for(qtbot, page, "the")
    look_for(qtbot, page, "")
    assert page.table.rows.rowCount() == 0
    assert "Type words" in page._nothing.text()


def test_more_hits_are_read_as_somebody_scrolls(qtbot, page, project, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 5)
    monkeypatch.setattr(finding, "FIRST", 8)
    project.add_articles(Article(f"Quarry number {n} opened.", "en") for n in range(30))
    look_for(qtbot, page, "quarry")
    rows = page.table.rows
    while rows.canFetchMore(rows.index(-1, -1)):
        rows.fetchMore(rows.index(-1, -1))
    assert rows.rowCount() == 30
    assert page.count.text() == "30 hits in 30 articles"


def test_a_ticks_also_what_is_not_listed_yet(qtbot, page, project, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 5)
    monkeypatch.setattr(finding, "FIRST", 8)
    project.add_articles(Article(f"Quarry number {n} opened.", "en") for n in range(30))
    look_for(qtbot, page, "quarry")
    page.table.setFocus()
    press(qtbot, "type:a")
    qtbot.waitUntil(lambda: not page.reader.running)
    assert page.count.text() == "30 hits in 30 articles · 30 ticked"
    press(qtbot, "type:a")
    assert page.table.rows.ticked == []


def test_the_model_keeps_qts_rules(qtbot, page):
    look_for(qtbot, page, "the")
    model = FoundRows()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hits = [page.table.rows.hit(n) for n in range(3)]
    further = [hits[:1], []]
    model.put(hits, lambda: further.pop(0))
    model.tick(1)
    model.tick_all()
    model.fetchMore(model.index(-1, -1))
    assert (model.rowCount(), len(model.ticked)) == (4, 3)
    model.fetchMore(model.index(-1, -1))
    assert model.all_read


def test_hits_far_behind_articles_without_any_are_found(qtbot, page, project, monkeypatch):
    """Words stand in many articles, marked as asked for in one of the last alone."""
    monkeypatch.setattr(finding, "FIRST", 8)
    articles = [Article(f"Quarry number {n} opened.", "en") for n in range(30)]
    project.add_articles(articles)
    for article in articles[:-1]:
        project.do(_marking(article, "number"))
    project.do(_marking(articles[-1], "Quarry"))
    page.filters.label.setCurrentIndex(page.filters.label.findData("GPE"))
    look_for(qtbot, page, "quarry")
    qtbot.waitUntil(lambda: not page.reader.running)
    assert page.count.text() == "1 hit in 30 articles"
    assert page.table.rows.hit(0).article == articles[-1].id


def test_a_far_hit_is_read_beside_the_window(qtbot, page, project, monkeypatch):
    monkeypatch.setattr(finding, "FIRST", 8)
    articles = [Article(f"Quarry number {n} opened.", "en") for n in range(30)]
    project.add_articles(articles)
    for article in articles:
        project.do(_marking(article, "Quarry" if article in (articles[0], articles[-1]) else "number"))
    page.filters.label.setCurrentIndex(page.filters.label.findData("GPE"))
    look_for(qtbot, page, "quarry")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    qtbot.waitUntil(lambda: page.table.rows.all_read)
    assert page.count.text() == "2 hits in 30 articles"


def test_what_is_decided_while_the_rest_is_sought_is_shown(qtbot, page, project, monkeypatch):
    monkeypatch.setattr(finding, "FIRST", 8)
    articles = [Article(f"Quarry number {n} opened.", "en") for n in range(30)]
    project.add_articles(articles)

    def flag():
        page.runner.finished.disconnect(flag)
        assert page.runner.running  # for the rest
        project.do(Step("Flag", (Placed(SetState(State.FLAGGED), articles[0].id),)))
        page.follow()

    page.runner.finished.connect(flag)
    page.filters.field.setText("quarry")
    settle(qtbot, page)
    assert column(page, "state")[:2] == ["Flagged", "To do"]


def _marking(article, words):
    mention = Mention("m1", find(words, article.text), "GPE", decision=Decision.CONFIRMED)
    return Step("Mark", (Placed(AddMention(mention), article.id),))


def test_an_article_without_a_title_is_named_by_its_first_words(qtbot, page, project):
    project.add_articles([Article("The heron waits.\nIt waits on.")])
    look_for(qtbot, page, "heron")
    assert column(page, "title") == ["The heron waits."]
    names = [c[0] for c in COLUMNS]
    hidden = {n for n in names if page.table.isColumnHidden(names.index(n))}
    assert hidden == {"outlet", "published"}
    look_for(qtbot, page, "belg")
    assert not any(page.table.isColumnHidden(n) for n in range(len(names)))


def test_what_is_decided_keeps_ticks_and_row_and_other_words_do_not(qtbot, page, project):
    look_for(qtbot, page, "talks")
    page.table.rows.tick(1)
    page.table.selectRow(1)
    ticked = page.table.rows.ticked
    flag = finding.flag(project, [h.article for h in ticked])
    project.do(flag)
    page.follow()
    settle(qtbot, page)
    assert [h.span for h in page.table.rows.ticked] == [h.span for h in ticked]
    assert page.table.currentIndex().row() == 1
    assert "Flagged" in column(page, "state")
    project.undo()
    page.follow()
    settle(qtbot, page)
    assert set(column(page, "state")) == {"To do"}
    assert len(page.table.rows.ticked) == 1
    look_for(qtbot, page, "talk")
    assert page.table.rows.ticked == []
