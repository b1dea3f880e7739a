import pytest

from annotator.domain.layer import State
from annotator.storage.articles import ArticleRow
from annotator.ui.article_list import ArticleList
from annotator.ui.article_rows import BATCH, ArticleRows, small_print
from annotator.ui.theme import THEMES, choose_fonts


def row(n, state=State.TODO, **fields):
    values = {"title": f"Title {n}", "outlet": None, "published": None, "total": 0, "decided": 0}
    return ArticleRow(id=f"{n:016x}", state=state, suggested=0, words=3, **{**values, **fields})


@pytest.fixture
def rows():
    rows = ArticleRows()
    rows.put([row(n) for n in range(2 * BATCH + 50)])
    return rows


def test_it_is_a_proper_model(rows, qtmodeltester):
    qtmodeltester.check(rows)


def test_the_view_is_given_rows_in_batches(rows):
    assert rows.rowCount() == BATCH
    rows.fetchMore(rows.index(-1))
    assert rows.rowCount() == 2 * BATCH
    rows.reach(2 * BATCH + 10)
    assert rows.rowCount() == len(rows) == 2 * BATCH + 50


def test_a_change_of_a_row_not_yet_given_is_kept(qtbot, rows):
    far = row(2 * BATCH - 1, state=State.DONE)
    with qtbot.assertNotEmitted(rows.dataChanged):
        rows.change(far)
    assert rows.row(rows.place(far.id)) == far
    with qtbot.waitSignal(rows.dataChanged):
        rows.change(row(0, state=State.DONE))


def test_the_article_beside_and_the_next_not_done_go_by_all_rows(qtbot):
    made = ArticleList(THEMES["light"], choose_fonts(), None)
    qtbot.addWidget(made)
    states = [State.DONE] * (2 * BATCH)
    states[BATCH + 20] = State.TODO
    made.put([row(n, state) for n, state in enumerate(states)], None)
    assert made.beside(row(0).id, 1) == row(1).id
    assert made.beside(row(0).id, -1) is None
    assert made.beside(row(0).id, 1, unfinished=True) == row(BATCH + 20).id
    made.focus_on(row(BATCH + 20).id)
    assert made.view.currentIndex().row() == BATCH + 20


def test_small_print_says_how_far_an_article_is():
    assert (
        small_print(row(1, total=9, outlet="Wire", published="2026-03-10"))
        == "Wire   2026-03-10   9 suggested"
    )
    assert small_print(row(1, total=9, decided=4)) == "4 / 9"
    assert small_print(row(1, State.DONE, total=9, decided=9)) == "done"
    assert "flagged" in small_print(row(1, State.FLAGGED))


def test_an_article_without_a_title_is_named_by_its_first_words(rows):
    asked = []
    long = "China has appealed to Japan " * 9

    def opening(id):
        asked.append(id)
        return "" if id == row(2).id else f"\n {long}\nSecond line"

    rows.name_by(opening)
    rows.put([row(0), row(1, title=None), row(2, title=None)])
    names = [rows.data(rows.index(n)) for n in (0, 1, 1, 2)]
    assert names[0] == "Title 0"
    assert names[1].startswith("China has appealed to Japan China")
    assert names[1].endswith(" …")
    assert names[1:] == [names[1], names[1], "Untitled"]
    assert asked == [row(1).id, row(2).id]
