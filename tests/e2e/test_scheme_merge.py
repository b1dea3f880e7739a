"""Merging in the scheme editor reaches everybody's work, and U in the window takes it back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox
from window_samples import ARTICLE, SECOND, machine_layer, second_layer

from annotator.domain.edits import AddStatement, Placed, Step
from annotator.domain.statement import accepted
from annotator.ui.dialogs.scheme_editor import SchemeDialog

PEACE, CEASEFIRE = "conflict.peace_talks", "conflict.ceasefire"


def decide(desk, article, layer, annotator, numbers=slice(None)):
    at, chosen = "2026-03-10T08:00:00Z", layer.ordered_statements()[numbers]
    statements = [accepted(replace(s, topics=(PEACE,)), annotator, at) for s in chosen]
    desk.project.do(Step("Decide", tuple(Placed(AddStatement(s), article.id, annotator) for s in statements)))


def merge(qtbot, desk):
    desk.press("Ctrl+L")
    editor = desk.window.findChild(SchemeDialog)
    editor.areas.select(next(n for n, a in enumerate(editor.draft.areas) if a.id == "conflict"))
    topics = [t.id for t in editor.draft.areas[editor.areas.currentIndex().row()].topics]
    editor.items.select(topics.index(PEACE))
    into = editor.form.findChild(QComboBox)
    into.setCurrentIndex(into.findData(CEASEFIRE))
    with qtbot.waitSignal(editor.changed):
        editor.form.merge.click()
    editor.accept()


def topics(desk, article, annotator):
    return [s.topics for s in desk.project.layer(article.id, annotator).ordered_statements()]


@pytest.mark.parametrize("open_article", [ARTICLE, SECOND])
def test_a_merge_over_articles_and_people_is_undone_by_one_key(qtbot, desk, open_article):
    decide(desk, ARTICLE, machine_layer(), "anna", slice(0, 2))
    decide(desk, ARTICLE, machine_layer(), "ben", slice(1, 3))
    decide(desk, SECOND, second_layer(), "anna")
    desk.window.open_article(open_article.id)
    before = [topics(desk, ARTICLE, name) for name in ("anna", "ben")]
    merge(qtbot, desk)
    shown = [s.topics for s in desk.session.snapshot.statements]
    assert PEACE not in {t for ts in shown for t in ts}
    assert topics(desk, ARTICLE, "ben")[0] == (CEASEFIRE,)
    desk.press("U")
    assert [topics(desk, ARTICLE, name) for name in ("anna", "ben")] == before
    session = desk.session
    for id, statement in desk.project.layer(session.snapshot.article.id).statements.items():
        assert session.snapshot.shown.statements[id] == statement
    desk.press("Shift+U")
    assert topics(desk, ARTICLE, "anna")[0] == (CEASEFIRE,)
    assert desk.project.check() == []
