"""What the footer and the file dialogs offer, wherever one is."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.domain.layer import State


def test_the_footer_shows_only_keys_that_act_on_its_tab(desk):
    def shown():
        return [hint.accessibleName() for hint in desk.window.footer._hints]

    whole = shown()
    desk.window.show_tab("Export")
    assert [name.partition(": ")[2] for name in shown()] == ["undo", "all keys"]
    desk.window.show_tab("Annotate")
    assert shown() == whole


def test_a_new_project_is_not_offered_beside_the_hidden_starter(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: asked.append(Path(self.directory().path())))
    desk.window.act("new_project")
    monkeypatch.setattr("annotator.paths.user_data", lambda: desk.project.path.parent)
    desk.window.act("new_project")
    assert asked == [desk.project.path.parent, Path.home()]


@pytest.mark.parametrize("tab", ["Annotate", "Statements", "Find", "Export"])
def test_other_colours_stay_on_the_tab_and_keep_what_was_looked_for(desk, tab):
    window = desk.window
    window.show_tab("Find")
    window._find.page.look_for("Serbia")
    window.show_tab(tab)
    window.be_comfortable(replace(window.comfort, theme="dark"))
    assert window.tabs.current == tab
    window.show_tab("Find")
    assert window._find.page.filters.field.text() == "Serbia"


def test_after_the_orders_were_looked_at_keys_are_the_windows_again(desk):
    order = desk.window.list.order
    assert order.focusPolicy() is Qt.FocusPolicy.TabFocus
    order.setFocus()
    assert QApplication.focusWidget() is order
    QApplication.sendEvent(order.view().window(), QHideEvent())  # as Esc does to the choices
    assert QApplication.focusWidget() is desk.article
    assert order.order == "file"


def test_the_search_counts_one_article_as_one(desk):
    assert desk.window.list.field.placeholderText() == "Search 2 articles…"
    desk.window.list.put_counts({})
    assert desk.window.list.field.placeholderText() == "Search 0 articles…"
    desk.window.list.put_counts({State.TODO: 1})
    assert desk.window.list.field.placeholderText() == "Search 1 article…"
