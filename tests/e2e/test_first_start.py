"""What a newcomer meets: a choice, a name, the offer of a tour, the tour itself."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog
from window_samples import Desk, make_project

from annotator.storage.project import Project
from annotator.ui.dialogs.small import MessageDialog, NameDialog
from annotator.ui.program import Program
from annotator.ui.settings import Settings
from annotator.ui.tour import Tour, steps


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.paths.user_data", lambda: tmp_path)
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def program(qtbot, settings):
    made = Program(settings, command=None, greets=True)
    yield made
    if made.window is not None:
        made.window.close()


def name_oneself(name="Ben"):
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, NameDialog)
    asked.field.setText(name)
    asked.accept()


def test_the_first_start_asks_and_practice_opens_the_starter(program, tmp_path):
    program.start()
    assert program.window is None
    program.welcome.practice.click()
    assert program.welcome is None
    assert program.window.session.project.path == tmp_path / "starter.annot"
    assert len(program.window.list.rows) >= 8
    name_oneself()
    assert program.window.session.project.annotator == "Ben"


def test_the_first_start_can_make_a_project(program, tmp_path):
    program.start()
    program.welcome.new.click()
    program.welcome.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "mine.annot"))
    assert program.welcome is None
    assert program.window.session.project.path == tmp_path / "mine.annot"
    assert len(program.window.list.rows) == 0
    name_oneself()


def test_the_first_start_can_open_one_and_stays_when_that_fails(program, tmp_path):
    (tmp_path / "no.annot").write_bytes(b"no project at all" * 50)
    program.start()
    program.welcome.open_wanted.emit(tmp_path / "no.annot")
    told = QApplication.activeModalWidget()
    assert isinstance(told, MessageDialog)
    assert "no.annot" in told.words.text()
    told.accept()
    assert program.welcome is not None
    program.welcome.open_wanted.emit(make_project(tmp_path / "p.annot"))
    assert program.window.session.project.path == tmp_path / "p.annot"
    name_oneself()


def test_leaving_the_choice_opens_nothing(program):
    program.start()
    program.welcome.reject()
    assert program.window is None
    assert program.welcome is None


@pytest.mark.parametrize("broken", [True, False], ids=["broken", "gone"])
def test_a_last_project_that_cannot_be_had_is_told(program, settings, tmp_path, broken):
    last = tmp_path / "last.annot"
    if broken:
        last.write_bytes(b"no project at all" * 50)
    settings.put("project", str(last))
    program.start()
    words = [w.text() for w in program.welcome.findChildren(type(program.welcome._error))]
    assert any("last.annot" in w for w in words)
    program.welcome.practice.click()
    assert program.window.session.project.path == tmp_path / "starter.annot"
    name_oneself()


def test_the_starter_opens_straight_away_and_offers_the_tour_once(program, settings):
    program.start(starter=True)
    assert program.welcome is None
    name_oneself()
    assert "tour" in program.window.banner.text
    program.window.banner._buttons[0].click()
    assert program.window.banner.text == ""
    assert program.window.findChild(Tour).isVisible()
    program.window.close()
    again = Program(settings, command=None, greets=True)
    again.start()
    assert again.window.banner.text == ""
    again.window.close()


def test_an_offer_that_is_not_answered_comes_again(program, settings):
    program.start(starter=True)
    name_oneself()
    program.window.close()
    again = Program(settings, command=None, greets=True)
    again.start()
    assert "tour" in again.window.banner.text
    again.window.banner._close.click()
    again.window.close()
    assert Settings(settings._store.fileName()).get("toured", default=False)


def test_the_offer_outlives_other_colours_and_is_not_answered_by_other_words(program, settings):
    program.start(starter=True)
    name_oneself()
    program.be_comfortable(replace(program.comfort, theme="dark"))
    assert "tour" in program.window.banner.text
    program.window.banner.show_message("Something else")
    program.window.banner.clear()
    assert not settings.get("toured", default=False)
    program._offer_tour(program.window)
    program.window.banner.clear()
    assert settings.get("toured", default=False)
    program.window.close()


def test_the_tour_shows_hint_mode_and_changes_nothing(desk):
    before = desk.session.snapshot
    desk.window.act("tour")
    tour = desk.window.findChild(Tour)
    met = []
    for _ in steps(desk.window):
        met.append(tour.step.title)
        assert tour.card.geometry().intersected(desk.window.rect()) == tour.card.geometry()
        assert (desk.window.hints.asking is not None) == (tour.step.title == "One key for each role")
        desk.press("X", "Right")  # a verb's key does nothing
    assert len(set(met)) == 7
    assert not tour.isVisible()
    assert desk.session.snapshot is before
    assert desk.article.hasFocus()


def test_the_tour_points_at_the_article_though_a_banner_has_just_gone(qtbot, desk):
    banner, at = desk.window.banner, desk.article.mapTo(desk.window, QPoint())
    banner.show_message("A tour?", about="tour")
    qtbot.waitUntil(lambda: desk.article.mapTo(desk.window, QPoint()).y() > at.y())
    desk.window.act("tour")
    assert desk.window.findChild(Tour)._hole.topLeft() == at
    desk.press("Escape")


def test_the_tour_shows_hint_mode_though_words_are_selected(desk):
    desk.select("Belgrade")
    desk.window.act("tour")
    tour = desk.window.findChild(Tour)
    while tour.step.title != "One key for each role":
        desk.press("Right")
    assert desk.window.hints.asking is not None
    tour.cancel()


def test_the_tour_goes_back_and_ends_at_any_step(desk):
    desk.window.act("tour")
    tour = desk.window.findChild(Tour)
    desk.press("Return", "Return", "Left")
    assert tour.at == 1
    desk.press("Tab", "Return")
    assert not tour.isVisible()
    desk.window.act("tour")
    assert desk.window.findChildren(Tour)[-1].at == 0
    desk.press("Return", "Return", "Escape")
    assert desk.window.hints.asking is None
    assert desk.article.hasFocus()


def test_without_statements_the_tour_is_about_the_rest(qtbot, tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        desk = Desk(qtbot, project)
        assert [s.title for s in steps(desk.window)] == [
            "The article", "All statements of the article", "Your articles", "Whatever you forget"
        ]  # fmt: skip
        desk.window.act("tour")
        assert desk.window.findChild(Tour).step.title == "The article"
        desk.press("Escape")
        desk.window.close()


def test_a_project_that_is_open_stays_as_it_is_when_it_is_opened_again(program, tmp_path):
    window = program.open(make_project(tmp_path / "news.annot"))
    (tmp_path / "linked.annot").symlink_to(tmp_path / "news.annot")
    window.open_wanted.emit(tmp_path / "linked.annot")
    assert program.window is window
    assert window.isVisible()
    assert not window.session.read_only
    window.close()
