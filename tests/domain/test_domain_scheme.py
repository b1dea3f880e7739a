import json

import pytest

from annotator import paths
from annotator.domain.ids import fresh_id, suggestion_id
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span


@pytest.fixture(scope="module")
def scheme():
    return LabelScheme.from_toml((paths.resources() / "scheme" / "diplomacy.toml").read_text("utf-8"))


def test_a_scheme_survives_json(scheme):
    assert LabelScheme.from_dict(json.loads(json.dumps(scheme.as_dict()))) == scheme


def test_every_choice_has_its_own_id_and_every_topic_its_area(scheme):
    for group in (scheme.labels, scheme.acts, scheme.areas):
        assert len({x.id for x in group}) == len(group) > 0
    for id, topic in scheme.topics.items():
        assert id.startswith(f"{scheme.area_of(id).id}.")
        assert topic.definition


def test_keys_that_pick_are_not_given_twice(scheme):
    for group in (scheme.areas, scheme.labels, scheme.acts, *(a.topics for a in scheme.areas)):
        keys = [x.key for x in group if x.key]
        assert len(set(keys)) == len(keys)


def test_names_are_for_people_and_unknown_ids_stay(scheme):
    assert "›" in scheme.topic_name("territory.taiwan")
    assert scheme.topic_name("gone.topic") == "gone.topic"
    assert scheme.act_name("warn") != "warn"
    assert scheme.act_name("shout") == "shout"
    assert scheme.label_name("GPE") != "GPE"
    assert scheme.label_name("X") == "X"


def test_equal_suggestions_have_equal_ids():
    spans = [Span(5, 6), Span(0, 3)]
    assert suggestion_id("s", "a", spans) == suggestion_id("s", "a", reversed(spans))
    assert suggestion_id("m", "a", spans, "GPE") != suggestion_id("m", "a", spans, "ORG")
    assert suggestion_id("s", "a", spans) != suggestion_id("s", "b", spans)


def test_ids_by_chance_never_meet():
    assert len({fresh_id("s") for _ in range(1000)}) == 1000
