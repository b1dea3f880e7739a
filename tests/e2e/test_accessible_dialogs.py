"""Dialogs and pickers as a screen reader and a keyboard find them: every control named and reached,
Enter and Esc understood.
"""

import pytest
from accessibility import controls, described, reached, spoken
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QPushButton

from annotator.domain.article import Article, Meta
from annotator.ui.dialogs.small import MessageDialog, NameDialog
from annotator.ui.dialogs.welcome import WelcomeDialog
from annotator.ui.pickers.overlay import Overlay

DIALOGS = (
    "queue",
    "import_files",
    "paste",
    "scheme",
    "actors",
    "backups",
    "history",
    "details",
    "preferences",
    "keys",
    "guide",
    "about",
    "done",  # what is missing
)
PICKERS = (
    "commands",
    "topic",
    "act",
    "kind",
    "note",
    "statement_flags",
    "confirm_rest",
    "reject_rest",
    "near_copies",
    "target_role",
    "tour",
)


@pytest.fixture
def desk(desk):
    """With an article that has a near-copy and no title."""
    text = desk.session.text
    copy = Article(f"{text} The agency added a line.", "en", Meta(outlet="Daily"))
    desk.project.add_articles([copy])
    desk.project.queues.put_near_copies(dict.fromkeys((copy.id, desk.session.snapshot.article.id), "x"))
    desk.window.reload_list()
    return desk


def opened(desk, verb):
    desk.window.act(verb)
    QApplication.processEvents()
    overlays = [w for w in desk.window.findChildren(Overlay) if w.isVisible()]
    found = overlays[-1] if overlays else QApplication.activeModalWidget()
    assert found is not None
    if isinstance(found, QDialog):
        desk.qtbot.waitUntil(found.isActiveWindow)
    return found


def tab_through(desk, inside):
    met, wanted = set(), controls(inside)
    for _ in range(2 * len(wanted) + 5):
        met.add(QApplication.focusWidget())
        desk.press("Tab")
    return wanted, met


@pytest.mark.parametrize("verb", [*DIALOGS, *PICKERS])
def test_it_is_named_and_so_is_every_control(desk, verb):
    found = opened(desk, verb)
    assert spoken(found) or found.windowTitle()
    assert [described(w) for w in controls(found) if not spoken(w)] == []
    desk.press("Escape")


@pytest.mark.parametrize("verb", DIALOGS)
def test_the_focus_begins_inside_and_tab_reaches_every_control(desk, verb):
    found = opened(desk, verb)
    assert found.isAncestorOf(QApplication.focusWidget())
    wanted, met = tab_through(desk, found)
    assert [described(w) for w in wanted if not reached(w, met)] == []
    assert all(w is None or found.isAncestorOf(w) for w in met)
    desk.press("Escape")


@pytest.mark.parametrize("verb", [*DIALOGS, *PICKERS])
def test_esc_closes_it_and_nothing_is_changed(desk, verb):
    before = desk.stored()
    found = opened(desk, verb)
    gone = []
    found.destroyed.connect(lambda: gone.append(verb))
    desk.press("Escape")
    desk.qtbot.waitUntil(lambda: bool(gone))
    assert desk.stored() == before


@pytest.mark.parametrize("verb", DIALOGS)
def test_enter_presses_the_button_that_has_the_focus(desk, verb):
    found = opened(desk, verb)
    assert sum(b.isDefault() for b in found.findChildren(QPushButton)) <= 1
    buttons = [b for b in found.findChildren(QPushButton) if b.isVisible()]
    leave = next(b for b in buttons if b.text() in ("Cancel", "Close"))
    ended = []
    found.finished.connect(ended.append)
    leave.setFocus()
    desk.press("Return")
    assert len(ended) == 1
    assert desk.stored().empty
    assert desk.session.project.queues.sample is None


@pytest.mark.parametrize(
    "make",
    [
        lambda w: MessageDialog("That did not work", "One sentence.", w.theme, w.fonts, w, details="trace"),
        lambda w: NameDialog("anna", w.theme, w.fonts, w),
        lambda w: WelcomeDialog(w.theme, w.fonts, said="It is gone.", parent=w),
    ],
    ids=["message", "name", "welcome"],
)
def test_dialogs_of_the_program_itself(desk, make):
    made = make(desk.window)
    made.open()
    desk.qtbot.waitUntil(made.isActiveWindow)
    assert [described(w) for w in controls(made) if not spoken(w)] == []
    wanted, met = tab_through(desk, made)
    assert [described(w) for w in wanted if not reached(w, met)] == []
    desk.press("Escape")
    assert not made.isVisible()


@pytest.mark.parametrize("verb", DIALOGS)
def test_fields_are_named_as_their_labels_say(desk, verb):
    """A label that stands for a field names it; keys underlined in labels and buttons differ."""
    found = opened(desk, verb)
    underlined = []
    for label in found.findChildren(QLabel):
        if label.buddy() is not None and label.isVisible():
            words = label.text().replace("&", "")
            assert spoken(label.buddy()).casefold().startswith(words.casefold().rstrip(":"))
            underlined.append(_underlined(label.text()))
    underlined += [_underlined(b.text()) for b in found.findChildren(QAbstractButton) if b.isVisible()]
    keys = [key for key in underlined if key]
    assert len(keys) == len(set(keys))
    desk.press("Escape")


def _underlined(words):
    at = words.replace("&&", "").find("&")
    return words.replace("&&", "")[at + 1].casefold() if at >= 0 else ""


def test_spoken_rows_say_content_speaker_target_topic_and_state(desk):
    card = desk.window.page.card
    assert card.accessibleName().startswith("Statement 1")
    row = desk.window.page.statements
    said = row.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for words in (
        "Statement 1, suggested",
        "to return to the table",
        "Ilse Verhoeven",
        "Serbia",
        "Peace talks",
    ):
        assert words in said
        assert words in card.accessibleName()
