"""A sample, near-copies hidden and near-copies gone to, through the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from window_samples import Desk

from annotator.domain.article import Article, Meta
from annotator.domain.layer import State
from annotator.storage.project import Project
from annotator.storage.queues import Queue
from annotator.ui.dialogs.queue import NEW, OLD, QueueDialog
from annotator.ui.pickers.choice import ChoicePicker

STORY = "The minister said on Monday that talks on the river dam would be taken up again in spring. " * 3
NEWS = [
    Article(f"The harbour of town number {n} was closed, said mayor {n} to reporter {n * 7}.", "en",
            Meta(title=f"Harbour {n}", outlet="Wire" if n % 2 else "Daily"))
    for n in range(6)
]  # fmt: skip
COPIES = [
    Article(STORY + f"The line of outlet {n}.", "en", Meta(title=f"River dam {n}", outlet="Daily"))
    for n in range(3)
]


@pytest.fixture
def desk(qtbot, tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.add_articles([*NEWS, *COPIES])
        desk = Desk(qtbot, project)
        yield desk
        desk.window.close()


def dialog(desk):
    desk.press("L")
    asked = QApplication.activeModalWidget()
    desk.qtbot.waitUntil(asked.isActiveWindow)
    return asked


def listed(desk):
    rows = desk.window.list.rows
    return [rows.row(n).title for n in range(len(rows))]


def chip(desk, state):
    return desk.window.list._chips[state].accessibleName()


def hide_copies(qtbot, desk):
    asked = dialog(desk)
    asked.hide_copies.setChecked(True)
    qtbot.waitUntil(lambda: "group" in asked.copies.text())
    asked.accept()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.article.hasFocus)


def test_a_sample_is_assigned_worked_through_and_left(desk):
    asked = dialog(desk)
    assert isinstance(asked, QueueDialog)
    asked.which.chips[NEW].click()
    asked.count.setValue(4)
    asked.seed.setValue(7)
    assert asked.words.text() == "4 of 9 articles that fit."
    desk.press("Return")
    assert len(listed(desk)) == 4
    assert desk.window.list.line.words == "0 of 4 of the sample done"
    assert chip(desk, State.TODO) == "To do 4"
    for done in range(1, 5):
        assert desk.session.snapshot.article.meta.title in listed(desk)
        desk.window.act("nothing_here")
        assert desk.window.list.line.words == f"{done} of 4 of the sample done"
    assert chip(desk, State.DONE) == "Done 4"
    desk.window.act("whole_queue")
    assert len(listed(desk)) == 9
    assert not desk.window.list.line.isVisible()
    assert chip(desk, State.DONE) == "Done 4"
    assert chip(desk, State.TODO) == "To do 5"


def test_a_sample_left_can_be_taken_up_again(desk):
    asked = dialog(desk)
    asked.which.chips[NEW].click()
    asked.count.setValue(2)
    asked.accept()
    sample = listed(desk)
    desk.window.list.line.left.emit()
    asked = dialog(desk)
    asked.which.chips[OLD].click()
    assert "by seed 1" in asked.words.text()
    asked.accept()
    assert listed(desk) == sample


def test_a_sample_is_drawn_from_what_fits(desk):
    desk.window.list.field.setText("harbour")
    desk.qtbot.waitUntil(lambda: len(listed(desk)) == 6)
    desk.article.setFocus()
    asked = dialog(desk)
    asked.which.chips[NEW].click()
    asked.source.setCurrentIndex(2)
    asked.outlet.setCurrentText("Wire")
    assert asked.words.text() == "3 of 3 articles that fit."
    asked.accept()
    sample = desk.project.queues.sample
    assert sample.articles == {a.id for a in NEWS if a.meta.outlet == "Wire"}
    assert sample.drawn_from == "what the list shows now, Wire"


def test_near_copies_are_hidden_counted_and_still_in_the_project(qtbot, desk):
    hide_copies(qtbot, desk)
    assert listed(desk) == [*(a.meta.title for a in NEWS), "River dam 0"]
    assert desk.window.list.line.words == "2 near-copies hidden"
    assert chip(desk, State.TODO) == "To do 7"
    assert len(desk.project.article_ids()) == 9
    desk.window.act("whole_queue")
    assert len(listed(desk)) == 9


def test_from_an_article_to_its_near_copies_and_back_into_the_queue(qtbot, desk):
    hide_copies(qtbot, desk)
    desk.window.open_article(COPIES[0].id)
    assert "2 near-copies" in desk.window.page.article._page.byline
    desk.press("D")
    picker = desk.window.findChild(ChoicePicker)
    assert [c.label for c in picker._finder.choices] == ["River dam 1", "River dam 2"]
    desk.press("Return")
    assert desk.session.snapshot.article == COPIES[1]
    desk.press("N")
    assert desk.session.snapshot.article == COPIES[0]


def test_doing_a_hidden_copy_puts_it_in_the_list_for_the_other(qtbot, desk):
    hide_copies(qtbot, desk)
    desk.window.open_article(COPIES[2].id)
    desk.window.act("nothing_here")
    assert listed(desk)[-1] == "River dam 2"
    assert "River dam 0" not in listed(desk)
    assert chip(desk, State.DONE) == "Done 1"
    desk.press("U")
    assert listed(desk)[-1] == "River dam 0"


def test_a_click_on_the_byline_leads_to_near_copies(qtbot, desk):
    hide_copies(qtbot, desk)
    desk.window.open_article(COPIES[0].id)
    view = desk.article
    qtbot.waitUntil(lambda: view._page.byline_box.height() > 0)
    place = QPoint(*map(int, view._page.byline_box.center().toTuple()))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.window.findChild(ChoicePicker) is not None


def test_articles_that_come_are_compared_by_themselves(qtbot, desk):
    desk.project.queues.put(Queue(hide_copies=True))
    desk.project.add_articles([Article(STORY + "And one that came late.", "en", Meta(title="Late dam"))])
    desk.window.articles_came()
    qtbot.waitUntil(lambda: desk.window.list.line.words == "3 near-copies hidden")
    assert "Late dam" not in listed(desk)


def test_an_article_without_near_copies_says_so(desk):
    desk.press("D")
    assert desk.note == "No near-copies of this article are known."
