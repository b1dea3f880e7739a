from dataclasses import replace

import pytest
from dialog_samples import LIGHT, fonts, nameless, press
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from annotator.domain.article import Article, Meta
from annotator.domain.edits import Placed, PutMeta, Step
from annotator.errors import AnnotatorError
from annotator.ingest import read_paste
from annotator.ui.dialogs.details import DetailsDialog, facts, valid_date
from annotator.ui.dialogs.paste import PasteDialog

ARTICLE = Article(
    "Some words.", "en", Meta("Old title", "Wire", "2026-03-10", file="a.txt", changed=("CRLF to LF",))
)


@pytest.mark.parametrize("date", ["2026", "2026-02", "2024-02-29"])
def test_dates_that_exist(date):
    assert valid_date(date)


@pytest.mark.parametrize("date", ["26", "2026-13", "2026-02-30", "2026-2-3", "10 March 2026", "٢٠٢٦-٠٣", ""])
def test_dates_that_do_not(date):
    assert not valid_date(date)


def details(host, **given):
    steps = []
    dialog = DetailsDialog(ARTICLE, given.pop("do", steps.append), LIGHT, fonts(), host, **given)
    dialog.open()
    return dialog, steps


def test_saving_hands_over_one_step(host, qtbot):
    dialog, steps = details(host)
    dialog.form.title.setText(" New   title ")
    dialog.form.date.setText("2026-04")
    dialog.form.outlet.clear()
    dialog.form.title.setFocus()
    qtbot.keyClick(dialog.form.title, Qt.Key.Key_Return)
    meta = Meta("New title", None, "2026-04", file="a.txt", changed=("CRLF to LF",))
    assert steps == [Step("Change article details", (Placed(PutMeta(ARTICLE.id, meta)),))]
    assert not dialog.isVisible()


def test_a_wrong_date_keeps_the_dialog_open(host, qtbot):
    dialog, steps = details(host)
    dialog.form.date.setText("2026-13-01")
    dialog.accept()
    assert steps == []
    assert "day, a month or a year" in dialog.said
    assert dialog.form.date.property("wrong")
    dialog.reject()


def test_nothing_changed_saves_nothing(host):
    dialog, steps = details(host)
    dialog.accept()
    assert steps == []
    assert not dialog.isVisible()


def test_when_saving_fails_what_was_typed_stays(host):
    def do(_step):
        raise AnnotatorError("The disk is full.", "Make room and try again.")

    dialog, _ = details(host, do=do)
    dialog.form.title.setText("New")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.said == "The disk is full. Make room and try again."
    assert dialog.form.title.text() == "New"
    dialog.reject()


def test_read_only_details_cannot_be_changed(host):
    dialog, _ = details(host, read_only=True)
    assert not dialog.form.title.isEnabled()
    assert nameless(dialog) == []
    dialog.reject()


def pasting(host, clipboard, *, new=True):
    QApplication.clipboard().setText(clipboard)
    taken, added = [], []
    dialog = PasteDialog(read_paste, lambda a: (taken.append(a), new)[1], LIGHT, fonts(), host)
    dialog.added.connect(lambda *got: added.append(got))
    dialog.open()
    return dialog, taken, added


def test_the_clipboard_becomes_an_article_with_its_details(host, qtbot):
    dialog, taken, added = pasting(host, "A headline\n\nThe minister said it would rain.")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.form.title.hasFocus)
    press(qtbot, "type:Rain", Qt.Key.Key_Tab, "type:Wire", Qt.Key.Key_Return)
    [article] = taken
    assert article.text.endswith("The minister said it would rain.")
    assert (article.meta.title, article.meta.outlet) == ("Rain", "Wire")
    assert added == [(article.id, True)]


def test_ctrl_enter_adds_it_from_the_text_itself(host, qtbot):
    dialog, taken, _ = pasting(host, "The minister said it would rain.")
    dialog.activateWindow()
    dialog.text.setFocus()
    qtbot.waitUntil(dialog.text.hasFocus)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [a.text.strip() for a in taken] == ["The minister said it would rain."]


def test_characters_that_the_field_would_change_survive(host):
    text = "A no-break\u00a0space and a line\u2028separator, \U0001f30d."
    dialog, taken, _ = pasting(host, text)
    dialog.accept()
    assert taken[0].text.strip() == read_paste(text).text.strip()
    assert "\u00a0" in taken[0].text


def test_what_is_pasted_by_hand_survives_too_and_edits_count(host):
    dialog, taken, _ = pasting(host, "")
    data = QMimeData()
    data.setText("no-break\u00a0space")
    dialog.text.insertFromMimeData(data)
    assert dialog.text.text() == "no-break\u00a0space"
    dialog.text.appendPlainText("more")
    assert dialog.text.text().endswith("\nmore")
    dialog.accept()
    assert taken[0].text.endswith("more")


def test_a_text_that_is_there_already_is_told_so(host):
    dialog, taken, added = pasting(host, "Words.", new=False)
    dialog.accept()
    assert added == [(taken[0].id, False)]


def test_no_text_and_a_wrong_date_are_said(host):
    dialog, taken, _ = pasting(host, "  \n ")
    dialog.accept()
    assert "no text yet" in dialog.said
    dialog.text.setPlainText("Words.")
    dialog.form.date.setText("yesterday")
    dialog.accept()
    assert "date" in dialog.said
    assert taken == []
    assert nameless(dialog) == []
    dialog.reject()


def test_the_hash_of_a_pasted_text_is_called_so():
    pasted = read_paste("Words from the clipboard.")
    assert "SHA-256 of the text" in dict(facts(pasted))
    named = Article(pasted.text, meta=replace(pasted.meta, file="a.txt"))
    assert "SHA-256 of the file" in dict(facts(named))
