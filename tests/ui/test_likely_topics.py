"""Which topics the picker offers by a digit."""

from dataclasses import replace
from types import MappingProxyType

from window_samples import ARTICLE, machine_layer

from annotator.domain.edits import put_statement
from annotator.domain.layer import Layer
from annotator.domain.statement import accepted, rejected
from annotator.suggest.analysis import default_scheme
from annotator.ui.likely_topics import MOST, likely_topics
from annotator.ui.snapshot import Snapshot

SCHEME = default_scheme()
ME = Layer(ARTICLE.id, "anna")


def with_own(*statements):
    layer = replace(ME, statements=MappingProxyType({s.id: s for s in statements}))
    assert all(put_statement(layer, s) is None for s in statements)
    return Snapshot(ARTICLE, layer, machine_layer())


def test_its_own_topics_come_first_and_then_those_of_the_statements_around():
    shown = with_own()
    found = likely_topics(shown, shown.statements[2], SCHEME)
    assert "conflict.peace_talks" in found
    own = ("territory.taiwan", "conflict.peace_talks", "no.such")
    found = likely_topics(shown, replace(shown.statements[0], topics=own), SCHEME)
    assert found[:2] == ["territory.taiwan", "conflict.peace_talks"]
    assert "no.such" not in found
    assert len(set(found)) == len(found)
    assert len(found) <= MOST


def test_what_people_chose_counts_more_and_what_they_rejected_nothing():
    first, second, _ = machine_layer().ordered_statements()
    chosen = accepted(replace(second, topics=("territory.taiwan",)), "anna", "2026-03-10T08:00:00Z")
    shown = with_own(chosen)
    found = likely_topics(shown, shown.statements[2], SCHEME)
    assert found.index("territory.taiwan") < found.index("conflict.peace_talks")
    both = [rejected(s, "anna", "2026-03-10T08:00:00Z") for s in (first, chosen)]
    shown = with_own(*both)
    assert "territory.taiwan" not in likely_topics(shown, shown.statements[2], SCHEME)


def test_cues_in_the_content_make_a_topic_likely():
    shown = with_own()
    statement = shown.statements[2]
    cue = SCHEME.topics["conflict.ceasefire"].cues[0]
    article = replace(ARTICLE, text=ARTICLE.text.replace("ready to sit down tomorrow", cue))
    start = article.text.index(cue)
    spans = (replace(statement.spans[0], start=start, end=start + len(cue)),)
    shown = Snapshot(article, ME, machine_layer())
    assert "conflict.ceasefire" in likely_topics(shown, replace(statement, spans=spans), SCHEME)
