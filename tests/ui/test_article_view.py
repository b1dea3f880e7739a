import sys
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from window_samples import ARTICLE, TEXT, find, machine_layer, suggested

from annotator.domain.article import Article
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Decision
from annotator.ui.article_paint import stretches, visible_lines
from annotator.ui.article_view import ArticleView
from annotator.ui.marks import statement_marks
from annotator.ui.snapshot import Snapshot
from annotator.ui.text_map import TextMap
from annotator.ui.theme import THEMES, choose_fonts


def snapshot(article=ARTICLE, machine=None):
    return Snapshot(article, Layer(article.id, "anna"), machine or machine_layer())


def of(text, *statements):
    article = Article(text)
    made = [suggested(article, spans) for spans in statements]
    layer = Layer(article.id, "anna", statements=MappingProxyType({s.id: s for s in made}))
    return Snapshot(article, layer, None)


@pytest.fixture
def view(qtbot):
    view = ArticleView(THEMES["light"], choose_fonts())
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitExposed(view):
        view.show()
    return view


def boxes(view, snap, statement):
    """Where a statement's stretches are painted, and between which offsets, by Qt's own cursor."""
    text = TextMap(snap.article.text)
    lines = list(visible_lines(view.document(), view.document().begin(), QPointF(0, 0), 100_000))
    found = stretches(lines, statement_marks(snap.statements, text))
    return [s for s in found if s.mark.id == statement.id]


def test_marks_stand_exactly_over_their_words_behind_an_emoji(view):
    snap = snapshot()
    view.show_article(snap)
    view.show_marks(snap, None)
    for statement in snap.statements:
        drawn = boxes(view, snap, statement)
        for place, span in (
            (drawn[0].x, statement.spans[0].start),
            (drawn[-1].right, statement.spans[-1].end),
        ):
            cursor = view._cursor_at(span)
            rect = view.cursorRect(cursor)
            assert abs(rect.x() - place) < 2 or rect.x() < place, statement


def test_the_document_is_as_long_as_the_text(view):
    for text in ("a🕊b", "nbsp\u00a0and\u2028line", "عربي and English", "漢字" * 5000, "one\n\ntwo\n", " "):
        view.show_article(Snapshot(Article(text), Layer("x", "anna"), None))
        assert view.document().characterCount() - 1 == len(text.encode("utf-16-le")) // 2


def test_a_selection_comes_back_as_whole_words_in_code_points(qtbot, view):
    view.show_article(snapshot())
    inside = find("alks resume 🕊 in the capit")
    view.select(inside)
    assert view.selected() == find("Talks resume 🕊 in the capital")
    assert view.selected(whole_words=False) == inside


def test_shift_and_arrows_select_over_an_emoji_as_one_character(qtbot, view):
    view.show_article(snapshot())
    view.unselect(find("🕊").start)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected(whole_words=False) == find("🕊")


def test_copying_gives_the_stored_characters(qtbot, view):
    text = "a\u00a0b 🕊 c"
    view.show_article(Snapshot(Article(text), Layer("x", "anna"), None))
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == text


def click(qtbot, view, span):
    x, y = view.box_of(span).x(), view.box_of(span).center().y()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(x) + 4, int(y)))


def test_a_click_focuses_the_inner_statement_and_the_next_click_the_one_around_it(qtbot, view):
    text = "He said she said it was over."
    snap = of(text, [find("she said it was over", text)], [find("it was over", text)])
    view.show_article(snap)
    outer, inner = snap.statements
    for wanted in (inner, outer, inner):
        with qtbot.waitSignal(view.statement_clicked) as caught:
            click(qtbot, view, find("was over", text))
        assert caught.args == [wanted.id]
        view.show_marks(snap, wanted.id)


def test_overlapping_statements_get_underlines_of_their_own(view):
    text = "He said she said it was over."
    snap = of(text, [find("she said it was over", text)], [find("it was over", text)])
    marks = [p.mark for b in statement_marks(snap.statements, TextMap(text)).values() for p in b]
    assert len({m.level for m in marks}) == 2


def shade(view, span):
    """The colour behind the left edge of a span's first letter."""
    box = view.box_of(span)
    image = view.viewport().grab().toImage()
    return image.pixelColor(int(box.x()) + 1, int(box.center().y()))


def test_the_focused_statement_is_tinted_in_all_its_pieces_and_no_other(view):
    snap = snapshot()
    view.show_article(snap)
    split = snap.statements[1]
    tint = QColor(THEMES["light"].statement_soft)
    view.show_marks(snap, split.id)
    for piece in split.spans:
        middle = Span(piece.start + 3, piece.start + 4)
        assert shade(view, middle) != QColor(THEMES["light"].article)
    view.show_marks(snap, None)
    assert shade(view, Span(split.spans[1].start + 8, split.spans[1].end)) != tint


def test_a_rejected_statement_shows_only_while_it_has_the_focus(view):
    text = "Nobody said so."
    snap = of(text, [find("said so", text)])
    rejected = suggested(snap.article, [find("said so", text)]).__class__(
        **{**vars(snap.statements[0]), "decision": Decision.REJECTED}
    )
    gone = Snapshot(snap.article, Layer(snap.article.id, "anna", statements={rejected.id: rejected}), None)
    view.show_article(gone)
    plain = view.viewport().grab().toImage()
    view.show_marks(gone, rejected.id)
    assert view.viewport().grab().toImage() != plain


def test_the_text_does_not_move_when_marks_change(view):
    snap = snapshot()
    view.show_article(snap)
    before = [view.box_of(Span(i, i + 1)) for i in range(0, len(TEXT) - 1, 7)]
    view.show_marks(snap, snap.statements[1].id)
    assert [view.box_of(Span(i, i + 1)) for i in range(0, len(TEXT) - 1, 7)] == before


def test_a_place_is_kept_over_another_letter_size(view):
    text = "\n\n".join(f"Paragraph {n} of a long article that goes on." for n in range(200))
    view.show_article(Snapshot(Article(text), Layer("x", "anna"), None))
    place = text.index("Paragraph 120 ")
    view.go_to(place)
    assert abs(view.place() - place) < 120
    view.dress(THEMES["dark"], choose_fonts(1.5))
    assert abs(view.place() - place) < 120


def test_a_line_of_five_million_characters_opens_in_pieces(view):
    text = "All in one line. " * 300_000
    snap = of(text, [Span(4_900_000, 4_900_020)])
    view.show_article(snap)
    assert view.document().blockCount() > 1000
    assert view.document().characterCount() - 1 == len(text)
    view.reveal(snap.statements[0].spans[0])
    assert view.place() > 4_800_000


def test_setting_text_a_thousand_times_keeps_the_references_to_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for n in range(1000):
        label.setText(str(n))
    assert abs(sys.getrefcount(None) - before) < 100


@given(st.text(alphabet="ab 🕊\n\u0627漢", min_size=1, max_size=60), st.data())
def test_pieces_of_a_span_cover_it_and_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mapped = TextMap(text)
    units = text.encode("utf-16-le")
    found = [units[2 * p.start : 2 * p.end].decode("utf-16-le") for p in mapped.pieces(Span(start, end))]
    assert "".join(found) == text[start:end].replace("\n", "")
    assert (
        [p.first for p in mapped.pieces(Span(start, end))][1:] == [False] * (len(found) - 1)
        if found
        else True
    )


def test_long_lines_are_cut_at_spaces_without_moving_anything():
    text = "word " * 10_000 + "\n" + "x" * 30_000 + "\nshort"
    mapped = TextMap(text)
    assert len(mapped.shown) == len(text)
    assert mapped.blocks > 10
    assert [i for i, (a, b) in enumerate(zip(text, mapped.shown, strict=True)) if a != b and a != " "] == []
    assert max(map(len, mapped.shown.split("\n"))) == 30_000
