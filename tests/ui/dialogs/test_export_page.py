import json

import pytest
from dialog_samples import LIGHT, fonts, nameless
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from annotator.domain.article import Article, Meta
from annotator.domain.edits import Placed, SetState, Step
from annotator.domain.layer import Layer, LayerKind, State
from annotator.export.filters import Filters
from annotator.export.registry import FORMATS
from annotator.jobs.release_options import ReleaseOptions
from annotator.storage.project import Project
from annotator.ui.dialogs.export_formats import short, tip
from annotator.ui.dialogs.exporting import ExportPage
from annotator.ui.dialogs.releasing import ReleaseDialog
from annotator.ui.pickers.choice import ChoicePicker

WHERE = [("Gazette", "2026-03-02"), ("Gazette", "2026-01-02"), ("Daily", "2026-03")]
ARTICLES = [
    Article(f"The minister said it would rain {n} times.", "en", Meta(f"Rain {n}", outlet=o, published=p))
    for n, (o, p) in enumerate(WHERE)
]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="a1") as made:
        made.add_articles(ARTICLES)
        done = Placed(SetState(State.DONE), ARTICLES[0].id, "a1")
        made.do(Step("Done", (done,)))
        yield made


@pytest.fixture
def page(project, tmp_path, qtbot):
    made = ExportPage(project, LIGHT, fonts())
    qtbot.addWidget(made)
    made.set_folder(str(tmp_path / "out"))
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.shutdown()


def words_of(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_every_format_is_offered_with_its_note(page, qtbot):
    rows = page.formats.rows
    assert [rows.choice(i).label for i in range(rows.rowCount())] == [f.title for f in FORMATS.values()]
    page.formats.setFocus()
    qtbot.keyClick(page.formats, Qt.Key.Key_Down)
    assert page.format.name == "conll"
    qtbot.waitUntil(lambda: page.format.note in words_of(page.loss))
    assert set(page.choices.options) == {"labels"}


def counted(page, qtbot):
    qtbot.waitUntil(lambda: page.splits.words != "Counting…" and not page.splits.runner.running)
    return {name: [cell.text() for cell in cells] for name, cells in page.splits._cells.items()}


def test_counts_stand_on_the_chips_and_in_the_table(page, qtbot):
    assert page.choices.only.chips["done"].text() == "Done 1"
    assert page.choices.only.chips["all"].text() == "All 3"
    sizes = counted(page, qtbot)
    assert [sizes[split] for split in ("train", "dev", "test")] == [["1", "0", "8"]] * 3
    assert "No story stands in two splits." in page.splits.words


def test_where_gold_goes_first_is_said(page, qtbot, project):
    counted(page, qtbot)
    assert "gold" not in page.splits.words
    article = ARTICLES[0]
    project.put_layer(Layer(article.id, "gold", LayerKind.GOLD, State.DONE))
    page.refresh()
    counted(page, qtbot)
    assert "A release takes gold where there is some" in page.splits.words
    page.choices.layer.choose("gold")
    page.choices.changed.emit()
    counted(page, qtbot)
    assert "takes gold" not in page.splits.words


def test_what_is_chosen_is_counted_anew(page, qtbot):
    counted(page, qtbot)
    qtbot.mouseClick(page.choices.only.chips["done"], Qt.MouseButton.LeftButton)
    assert counted(page, qtbot)["train"][0] == "1"
    assert counted(page, qtbot)["dev"][0] == "0"
    page.choices.layer.choose("gold")
    page.choices.changed.emit()
    assert counted(page, qtbot)["train"] == ["", "", ""]
    assert "No article has a gold layer." in page.splits.words


def test_a_release_is_asked_for_frozen_and_listed(page, qtbot, tmp_path, project):
    counted(page, qtbot)
    assert page._freeze.text() == "Freeze as release 1…"
    page.formats.setCurrentIndex(page.formats.rows.index(1, 0))
    page.choices.people.choose("drop")
    page.choices.notes.choose("no")
    qtbot.mouseClick(page._freeze, Qt.MouseButton.LeftButton)
    ask = page.window().findChild(ReleaseDialog)
    assert nameless(ask) == []
    ask.field.setText("First")
    assert "Nobody is named, personal notes are left out" in words_of(ask)
    with qtbot.waitSignal(page.released, timeout=30_000) as made:
        ask.accept()
    report = made.args[0]
    assert (report.number, report.folder) == (1, tmp_path / "out-first")
    facts = json.loads((report.folder / "release.json").read_text("utf-8"))
    assert facts["options"]["formats"] == ["jsonl", "conll"]
    assert facts["options"]["filters"]["only"] == "all"
    assert facts["annotators"] == []
    assert facts["options"]["masking"] == {"names": "drop", "notes": False}
    assert facts["options"]["filters"]["negatives"] == []
    assert facts["options"]["format_options"] == {"conll": {"labels": "entities"}}
    said = words_of(page.came_out)
    assert "“First”" in said
    assert str(tmp_path / "out-first") in said
    assert "No story stands in two splits." in said
    assert "Release 1 · First · " in said
    assert "3 articles" in said
    assert page._freeze.text() == "Freeze as release 2…"
    assert [r.name for r in project.releases.all()] == ["First"]
    counted(page, qtbot)


def test_a_release_without_a_name_is_not_begun(page, qtbot, project):
    counted(page, qtbot)
    page.ask_release()
    ask = page.window().findChild(ReleaseDialog)
    ask.field.setText("  ")
    ask.accept()
    assert "A release needs a name" in ask.said
    assert ask.isVisible()
    ask.reject()
    assert project.releases.all() == []


def test_a_name_that_stood_for_something_else_is_a_sentence(page, qtbot, project, tmp_path):
    page.freeze(ReleaseOptions("First"), tmp_path / "one")
    qtbot.waitUntil(lambda: not page.runner.running)
    assert "Nothing is left" not in page._error.text()
    page.freeze(ReleaseOptions("First", filters=Filters(only="all")), tmp_path / "two")
    qtbot.waitUntil(lambda: not page.runner.running)
    assert "There is already a release 'First'" in page._error.text()
    assert not (tmp_path / "two").exists()


def test_an_export_is_written_read_back_and_reported(page, qtbot, tmp_path, project):
    with qtbot.waitSignal(page.exported, timeout=30_000):
        qtbot.mouseClick(page._go, Qt.MouseButton.LeftButton)
    [file] = (tmp_path / "out").glob("*.jsonl")
    assert {json.loads(row)["id"] for row in file.read_text("utf-8").splitlines()} == {a.id for a in ARTICLES}
    qtbot.waitUntil(lambda: "read back, 3 of 3 the same" in words_of(page.loss))
    said = words_of(page.loss)
    assert "Nothing was lost." in said
    assert str(tmp_path / "out") in said
    assert page._open.isVisible()
    assert project.setting("export_folder") == str(tmp_path / "out")


def test_only_what_is_done_goes_in_where_chosen(page, qtbot, tmp_path):
    qtbot.mouseClick(page.choices.only.chips["done"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.exported, timeout=30_000) as signal:
        page.start()
    assert signal.args[0].records == 1
    qtbot.waitUntil(lambda: "Left out as chosen" in words_of(page.loss))


def test_a_refusal_is_a_sentence_and_writes_nothing(page, qtbot, tmp_path):
    page.choices.layer.choose("gold")
    with qtbot.waitSignal(page.runner.failed, timeout=30_000):
        page.start()
    assert "No article has a gold layer." in page._error.text()
    assert not (tmp_path / "out").exists()
    assert page._go.isVisible()


def pick(page, qtbot, *typed):
    """Add a filter with the keyboard: its name, then its value."""
    page.choices.asked.more.setFocus()
    qtbot.keyClick(page.choices.asked.more, Qt.Key.Key_Space)
    for words in typed:
        [picker] = [p for p in page.window().findChildren(ChoicePicker) if p.isVisible()]
        qtbot.keyClicks(picker.field, words)
        qtbot.keyClick(picker.field, Qt.Key.Key_Return)


def test_filters_are_put_on_counted_and_taken_off(page, qtbot, project):
    assert counted(page, qtbot)["train"][0] == "1"
    pick(page, qtbot, "from", "2026-02")
    pick(page, qtbot, "outlet", "gaz")
    pick(page, qtbot, "no prac")
    assert [chip.text() for chip in page.choices.asked.chips] == [
        "From: 2026-02 ✕",
        "Outlet: Gazette ✕",
        "No practice texts ✕",
    ]
    assert page.filters() == Filters(only="all", since="2026-02", outlets=("Gazette",), practice=False)
    assert [counted(page, qtbot)[s][0] for s in ("train", "dev", "test")] == ["1", "0", "0"]
    assert nameless(page) == []
    qtbot.mouseClick(page.choices.asked.chips[1], Qt.MouseButton.LeftButton)
    assert page.filters() == Filters(only="all", since="2026-02", practice=False)
    assert [counted(page, qtbot)[s][0] for s in ("train", "dev", "test")] == ["1", "1", "0"]


def test_a_filter_takes_several_values_but_a_date_only_one(page, qtbot):
    pick(page, qtbot, "outlet", "gaz")
    pick(page, qtbot, "outlet", "daily")
    pick(page, qtbot, "until", "2026")
    pick(page, qtbot, "topic", "taiwan")
    pick(page, qtbot, "score", "0.75")
    found = page.filters()
    assert found.outlets == ("Gazette", "Daily")
    assert (found.until, found.topics, found.least_score) == ("2026", ("territory.taiwan",), 0.75)
    page.choices.asked.ask()
    [picker] = [p for p in page.window().findChildren(ChoicePicker) if p.isVisible()]
    offered = [picker.list.rows.choice(n).label for n in range(picker.list.rows.rowCount())]
    assert "Until" not in offered
    assert {"Outlet", "From"} <= set(offered)
    picker.cancel()
    counted(page, qtbot)


@pytest.mark.parametrize(
    ("typed", "why"),
    [(("until", "soon"), "'soon' is no date."), (("score", "2"), "'2' is no number from 0 to 1.")],
)
def test_a_value_that_cannot_be_is_a_sentence(page, qtbot, typed, why):
    pick(page, qtbot, *typed)
    assert why in page._error.text()
    assert page.choices.asked.chips == []
    counted(page, qtbot)


def test_an_export_takes_the_filters_and_leaves_people_out(page, qtbot, tmp_path):
    pick(page, qtbot, "outlet", "gaz")
    page.choices.people.choose("pseudonyms")
    with qtbot.waitSignal(page.exported, timeout=30_000) as signal:
        page.start()
    assert signal.args[0].records == 2
    [file] = (tmp_path / "out").glob("*.jsonl")
    assert {json.loads(row)["layer"]["annotator"] for row in file.read_text("utf-8").splitlines()} <= {
        "a1",
        "",
    }
    loss = (tmp_path / "out" / "LOSS.md").read_text("utf-8")
    assert "- outlets: ['Gazette']" in loss
    assert "- names: pseudonyms" in loss


def test_one_of_each_group_is_exported_where_chosen(page, qtbot, project):
    story = " ".join(f"On day {n} the envoy said that talks about grain would go on." for n in range(40))
    project.add_articles([Article(story, "en"), Article(f"WIRE. {story}", "en")])
    page.splits._copies.choose("one")
    with qtbot.waitSignal(page.exported, timeout=30_000) as signal:
        page.start()
    assert signal.args[0].records == len(ARTICLES) + 1
    counted(page, qtbot)


def test_a_shape_of_ones_own_is_a_file_to_choose(page, qtbot, tmp_path):
    row = next(n for n, f in enumerate(FORMATS.values()) if f.name == "shape")
    page.formats.setCurrentIndex(page.formats.rows.index(row, 0))
    assert nameless(page) == []
    with qtbot.waitSignal(page.runner.failed, timeout=30_000):
        page.start()
    assert "needs a mapping file" in page._error.text()
    mapping = tmp_path / "map.toml"
    mapping.write_text('rows = "articles"\n[fields]\nname = "article.meta.title"\n', "utf-8")
    page.choices.options["shape"].choose(str(mapping))
    with qtbot.waitSignal(page.exported, timeout=30_000):
        page.start()
    [file] = (tmp_path / "out").glob("*.shape.jsonl")
    assert sorted(json.loads(line)["name"] for line in file.read_text("utf-8").splitlines()) == [
        "Rain 0",
        "Rain 1",
        "Rain 2",
    ]


def test_the_whole_note_of_a_format_is_under_the_pointer():
    for format in FORMATS.values():
        assert format.title in tip(format)
        assert "`" not in tip(format)
        assert len(tip(format)) > len(format.title) + len(short(format))


def test_every_control_has_a_name(page):
    assert nameless(page) == []
    assert page.choices.layer.accessibleName() == "Whose work"
