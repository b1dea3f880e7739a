"""Who is offered as speaker and target where the machine took a name for no entity."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from window_samples import ACTORS, ARTICLE, TEXT, find, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.ui.candidates import Candidate, candidates, identities, on_screen
from annotator.ui.snapshot import Snapshot

KNOWN = Actors(ACTORS)
ILSE = Candidate(find("Ilse Verhoeven"), "person:ilse-verhoeven")


@pytest.fixture
def snapshot():
    machine = replace(machine_layer(), mentions=MappingProxyType({}))
    return Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine)


def test_speakers_of_other_statements_have_letters(snapshot):
    last = snapshot.statements[2]
    found = on_screen(snapshot, last, KNOWN, "speaker", Span(0, len(TEXT)))
    assert ILSE in found
    assert len({c.span for c in found}) == len(found)


def test_they_stand_in_the_list_with_their_place_in_the_article(snapshot):
    last = snapshot.statements[2]
    choices = candidates(snapshot, last, KNOWN, "speaker")
    found = [c for c in choices if c.value.actor == ILSE.actor]
    assert [c.detail for c in found] != ["not in the article"]
    assert len(found) == 1


def test_a_pronoun_stands_for_who_spoke_before_it():
    full = Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine_layer())
    offered = identities(find("she"), full, full.statements[1], KNOWN)
    assert offered[0].value == ILSE.actor
    assert identities(find("Belgrade"), full, None, KNOWN)[0].value == "state:RS"
