"""What a screen reader finds: every control named, and reached by Tab from where one starts."""

import pytest
from accessibility import controls, described, reached, spoken
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from annotator.ui.main_window import TABS


def children(interface):
    for n in range(interface.childCount()):
        child = interface.child(n)
        if child is not None:
            yield child
            yield from children(child)


@pytest.mark.parametrize("tab", TABS)
def test_every_control_has_a_name(desk, tab):
    desk.window.show_tab(tab)
    QApplication.processEvents()
    assert [described(w) for w in controls(desk.window) if not spoken(w)] == []


@pytest.mark.parametrize("tab", TABS)
def test_tab_reaches_every_control(desk, tab):
    desk.window.show_tab(tab)
    QApplication.processEvents()
    wanted, met = controls(desk.window), set()
    for _ in range(2 * len(wanted) + 5):
        met.add(QApplication.focusWidget())
        desk.press("Tab")
    assert [described(w) for w in wanted if not reached(w, met)] == []


def test_the_tree_holds_the_article_the_card_and_every_statement(desk):
    tree = QAccessible.queryAccessibleInterface(desk.window)
    names = [x.text(QAccessible.Text.Name) for x in children(tree)]
    for statement in desk.session.snapshot.statements:
        number = desk.session.snapshot.numbers[statement.id]
        assert any(n.startswith(f"Statement {number}, suggested:") for n in names)
    assert any("Ilse Verhoeven" in n and n.startswith("Speaker") for n in names)
    assert any("Talks resume" in n for n in names)


def test_a_banner_is_named_and_its_buttons_are_reached(desk):
    desk.window.banner.show_message("New here?", "info", [("Take the tour", lambda: None)])
    QApplication.processEvents()
    assert spoken(desk.window.banner) == "New here?"
    buttons = controls(desk.window.banner)
    assert {spoken(b) for b in buttons} == {"Take the tour", "Close this message"}
    met = set()
    for _ in range(2 * len(controls(desk.window))):
        met.add(QApplication.focusWidget())
        desk.press("Tab")
    assert met >= set(buttons)
