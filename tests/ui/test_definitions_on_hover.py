"""What the scheme says of a topic or an act stands in the tool tips of the card."""

from dataclasses import replace

from dialog_samples import SCHEME
from window_samples import ACTORS, ARTICLE, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.layer import Layer
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
