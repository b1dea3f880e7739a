"""What the scheme says of a topic or an act stands in the tool tips of the card."""

from dataclasses import replace

import pytest
from dialog_samples import SCHEME
from PySide6.QtCore import Qt
from window_samples import ACTORS, ARTICLE, Desk, machine_layer, make_project

from annotator.domain.actors import Actors
from annotator.domain.layer import Layer
from annotator.storage.project import Project
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.topics import TopicPicker
from annotator.ui.snapshot import Snapshot
from annotator.ui.wording import Wording


def tip(statement, role, scheme=SCHEME):
    snapshot = Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine_layer())
    return Wording(snapshot, Actors(ACTORS), scheme).cell(statement, role).tip.split("\n")


def test_topics_and_acts_are_explained():
    statement = replace(
        machine_layer().ordered_statements()[0], topics=("conflict.peace_talks", "conflict.ceasefire")
    )
    for topic in statement.topics:
        assert SCHEME.topics[topic].definition in tip(statement, "topic")
    acts = tuple(replace(a, note="wants something") if a.id == "request" else a for a in SCHEME.acts)
    assert "wants something" in tip(statement, "act", replace(SCHEME, acts=acts))


def test_what_is_open_or_none_has_no_definition():
    none, unknown = (
        replace(machine_layer().ordered_statements()[0], topics=(), no_topic=True, act=None),
        replace(machine_layer().ordered_statements()[0], topics=("gone.topic",)),
    )
    assert tip(none, "topic")[0] == "None"
    assert tip(none, "act")[0] == "Not decided"
    assert tip(unknown, "topic")[0] == "gone.topic"


def test_the_card_names_the_subtopic_and_its_area_below():
    first = machine_layer().ordered_statements()[0]
    statement = replace(first, topics=("multilateral.regional_orgs", "conflict.ceasefire"))
    snapshot = Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine_layer())
    cell = Wording(snapshot, Actors(ACTORS), SCHEME).cell(statement, "topic")
    assert cell.value == SCHEME.topics["multilateral.regional_orgs"].name
    area = SCHEME.area_of("multilateral.regional_orgs")
    assert cell.source.startswith(f"{area.name} · also ")
    assert cell.source.endswith("› Ceasefire")


def tips(view):
    model = view.model()
    rows = range(model.rowCount())
    return [model.index(n, 0).data(Qt.ItemDataRole.ToolTipRole) or "" for n in rows]


def test_the_card_gives_examples(qapp):
    first = machine_layer().ordered_statements()[0]
    for role, cues in (
        ("topic", SCHEME.topics["conflict.peace_talks"].cues),
        ("act", next(a.cues for a in SCHEME.acts if a.id == "request")),
    ):
        assert any(line.startswith(f"Words such as: {cues[0]}") for line in tip(first, role))


@pytest.fixture
def desk(qtbot, tmp_path):
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        desk = Desk(qtbot, project)
        yield desk
        desk.window.close()


def test_pickers_explain_topics_acts_and_labels_on_hover(desk):
    desk.press("P")
    topics = desk.window.findChild(TopicPicker)
    topic = SCHEME.topics[topics.topics.rows.choice(0).value]
    assert any(topic.definition in t and topic.cues[0] in t for t in tips(topics.topics))
    desk.press("Escape", "A")
    acts = desk.window.findChildren(ChoicePicker)[-1]
    assert len([t for t in tips(acts.list) if "Words such as" in t]) == len(
        [a for a in SCHEME.acts if a.cues]
    )
    desk.press("Escape")
    desk.select("NATO").press("E")
    labels = desk.window.findChildren(ChoicePicker)[-1]
    assert all(x.note in tips(labels.list) for x in SCHEME.labels if x.note)
    desk.press("Escape")
