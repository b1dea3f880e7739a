import pytest

from annotator.domain.article import Article, Meta
from annotator.storage.project import Project
from annotator.storage.queues import Queue, Sample
from annotator.ui import listing
from annotator.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """A window on twelve articles that reads five of a list at once."""
    monkeypatch.setattr(listing, "FIRST", 5)
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.add_articles(Article(f"Text {n}.", meta=Meta(title=f"Title {n}")) for n in range(12))
        window = MainWindow(project)
        qtbot.addWidget(window)
        yield window
        window.close()


def titles(window):
    rows = window.list.rows
    return [rows.row(n).title for n in range(len(rows))]


def test_a_long_list_begins_at_once_and_is_soon_whole(qtbot, window):
    assert titles(window) == [f"Title {n}" for n in range(5)]
    qtbot.waitUntil(lambda: len(window.list.rows) == 12, timeout=20_000)
    assert titles(window) == [f"Title {n}" for n in range(12)]


def test_the_open_article_is_focused_when_its_row_arrives(qtbot, window):
    last = window.session.project.rows()[-1].id
    window.open_article(last)
    assert not window.list.view.currentIndex().isValid()
    qtbot.waitUntil(lambda: len(window.list.rows) == 12, timeout=20_000)
    assert window.list.view.currentIndex().row() == 11


def test_what_was_asked_last_is_listed(qtbot, window):
    """A search made while the rest is read is not filled up with what was listed before."""
    window.listing._ask_for_rest()  # as when its time has come
    assert window.listing._rest.running
    window.list.field.setText("Title 1")
    window.reload_list()
    qtbot.waitUntil(lambda: not window.listing._rest.running and not window.listing._wish, timeout=20_000)
    assert titles(window) == ["Title 1", "Title 10", "Title 11"]


def test_rows_of_the_beginning_stay_as_they_are(qtbot, window):
    window.list.rows.change(window.list.rows.row(2)._replace(total=7))
    qtbot.waitUntil(lambda: len(window.list.rows) == 12, timeout=20_000)
    assert window.list.rows.row(2).total == 7


def test_the_next_article_is_the_next_while_near_copies_come_or_go(qtbot, window):
    """In a list longer than what is read at once, of which an article with a near-copy is finished."""
    project = window.session.project
    ids = [row.id for row in project.rows()]
    project.queues.put_near_copies({id: "lead" if id in (ids[8], ids[11]) else id for id in ids})
    project.queues.put(Queue(hide_copies=True))
    window.reload_list()
    qtbot.waitUntil(lambda: len(window.list.rows) == 11, timeout=20_000)
    window.open_article(ids[8])
    window.act("nothing_here")
    assert window.session.snapshot.article.id == ids[9]
    window.act("undo")
    window.open_article(ids[11])  # hidden, for which the other one goes once it is done
    window.act("nothing_here")
    qtbot.waitUntil(lambda: titles(window)[-1] == "Title 11", timeout=20_000)
    assert "Title 8" not in titles(window)


def test_an_article_far_down_stays_open_when_the_queue_changes(window):
    last = window.session.project.rows()[-1].id
    window.open_article(last)
    window.session.project.queues.put(Queue(hide_copies=True))
    window._rooms["queue"]._changed()
    assert window.session.snapshot.article.id == last
    window.session.project.queues.assign(Sample(frozenset([window.session.project.rows()[0].id])))
    window.session.project.queues.put(Queue(sample=True))
    window._rooms["queue"]._changed()
    assert window.session.snapshot.article.id != last
