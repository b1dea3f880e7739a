"""What hint mode puts letters on, and what it writes beside the text."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from window_samples import ACTORS, ARTICLE, TEXT, find, machine_layer

from annotator.domain.actors import Actors
from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Speaker, Statement
from annotator.ui.offers import Offers
from annotator.ui.snapshot import Snapshot

KNOWN = Actors(ACTORS)
WHOLE = Span(0, len(TEXT))


@pytest.fixture
def snapshot():
    return Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine_layer())


def offered(snapshot, number, role, visible=WHOLE, known=KNOWN):
    return Offers(snapshot, snapshot.statements[number - 1], known, role).in_order(visible)


def test_whoever_is_in_view_is_offered_once_before_all_repetitions(snapshot):
    found = offered(snapshot, 1, "target")
    actors = [c.actor for c in found if not c.aside and c.actor]
    once = list(dict.fromkeys(actors))
    assert actors[: len(once)] == once
    assert set(once) >= {"state:RS", "person:goran-petric", "org:NATO"}


def test_names_without_an_entity_are_offered_as_new_actors(snapshot):
    layer = machine_layer()
    only = {s.id: s for s in layer.ordered_statements()[1:2]}
    layer = replace(layer, mentions=MappingProxyType({}), statements=MappingProxyType(only))
    bare = Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), layer)
    found = {c.span: c for c in offered(bare, 1, "speaker", known=Actors())}
    petric = found[find("Goran Petric")]
    assert petric.new is not None
    assert petric.new.name == "Goran Petric"
    assert found[find("Serbia")].actor == "state:RS"


def test_others_whom_a_pronoun_may_stand_for_keep_its_words(snapshot):
    aside = [c for c in offered(snapshot, 2, "speaker") if c.aside]
    assert {c.span for c in aside} == {find("she")}
    assert "person:goran-petric" in {c.actor for c in aside}
    assert "person:ilse-verhoeven" not in {c.actor for c in aside}


@pytest.mark.parametrize(
    ("words", "person"), [("he", True), ("the Foreign Minister", True), ("the alliance", False)]
)
def test_persons_come_first_where_the_words_mean_one_person(words, person):
    text = f"Goran Petric met Ilse Verhoeven on Monday in Serbia. In Brussels, {words} said it was late."
    where = Span(text.index(words), text.index(words) + len(words))
    content = (Span(text.index("it was"), len(text) - 1),)
    said = Statement("s1", content, Kind.INDIRECT, speaker=Speaker(where, ("org:NATO",)))
    article = Article(text, "en", Meta(title="T"))
    layer = replace(machine_layer(), article=article.id, mentions=MappingProxyType({}))
    layer = replace(layer, statements=MappingProxyType({"s1": said}))
    shown = Snapshot(article, Layer(article.id, "anna"), layer)
    found = Offers(shown, said, KNOWN, "speaker").in_order(Span(0, len(text)))
    first = next(c.actor for c in found if c.aside)
    assert first.startswith("person:") == person


def test_targets_that_are_not_in_view_stand_beside_the_text(snapshot):
    head = Span(0, TEXT.index("“We expect"))
    aside = [c.actor for c in offered(snapshot, 1, "target", head) if c.aside]
    assert {"person:goran-petric", "org:NATO", "org:EU"} <= set(aside)
    assert "state:RS" not in aside


def test_no_two_letters_stand_at_one_place(snapshot):
    for role in ("speaker", "target"):
        starts = [c.span.start for c in offered(snapshot, 2, role) if not c.aside]
        assert len(starts) == len(set(starts))
