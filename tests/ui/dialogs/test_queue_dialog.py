import pytest

from annotator.domain.article import Article
from annotator.storage.project import Project
from annotator.ui.copy_finder import CopyFinder
from annotator.ui.dialogs.queue import NEW, QueueDialog
from annotator.ui.theme import THEMES, apply, choose_fonts

STORY = "The minister said on Monday that talks on the river dam would be taken up again in spring. " * 3


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles([Article(STORY), Article(STORY + "One more line."), Article("Something else.")])
        yield project


@pytest.fixture
def finder(project, host):
    finder = CopyFinder(project, host)
    yield finder
    finder.shutdown()


@pytest.fixture
def dialog(qtbot, project, finder, host):
    dialog = QueueDialog(project, finder, list, THEMES["light"], choose_fonts(), host)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_ticking_looks_for_near_copies_that_were_never_looked_for(qtbot, dialog, project):
    assert dialog.copies.text() == "Not looked for yet"
    dialog.hide_copies.setChecked(True)
    qtbot.waitUntil(lambda: dialog.copies.text() == "2 articles in 1 group")
    assert project.queues.near_copies.looked_at == 3


def test_it_says_when_articles_have_come_since(qtbot, dialog, finder, project):
    with qtbot.waitSignal(finder.found):
        finder.look()
    project.add_articles([Article("It came late.")])
    assert finder.stale
    dialog._say_copies()
    assert "articles have come since" in dialog.copies.text()


def test_asked_while_it_looks_it_looks_once_more(qtbot, finder, project):
    finder.look()
    project.add_articles([Article(STORY + "And another.")])
    finder.look()
    qtbot.waitUntil(lambda: not finder.looking)
    assert project.queues.near_copies.articles == 3


def test_an_empty_draw_is_not_offered(dialog):
    before = dialog.height()
    dialog.which.chips[NEW].click()
    assert dialog.height() > before
    dialog.source.setCurrentIndex(2)
    assert dialog.words.text() == "No article fits."
    assert not dialog._go.isEnabled()


def test_a_queue_that_cannot_be_saved_is_said(qtbot, tmp_path, host, project):
    with Project.open(project.path, read_only=True) as reading:
        finder = CopyFinder(reading, host)
        dialog = QueueDialog(reading, finder, list, THEMES["light"], choose_fonts(), host)
        dialog.open()
        dialog.accept()
        assert "reading only" in dialog.said
        dialog.reject()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_numbers_have_room_in_their_fields(qtbot, qapp, project, finder, host, scale):
    before, fonts = (qapp.font(), qapp.styleSheet()), choose_fonts(scale)
    apply(qapp, THEMES["light"], fonts)
    try:
        dialog = QueueDialog(project, finder, list, THEMES["light"], fonts, host)
        dialog.which.choose(NEW)
        dialog.open()
        qtbot.waitExposed(dialog)
        dialog._show()
        for field in (dialog.count, dialog.seed):
            digits = field.lineEdit()
            assert digits.width() > digits.fontMetrics().horizontalAdvance("999999") + fonts.px(20)
            assert digits.height() >= digits.fontMetrics().height()
    finally:
        qapp.setFont(before[0])
        qapp.setStyleSheet(before[1])
