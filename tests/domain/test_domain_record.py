import json
from copy import deepcopy
from dataclasses import replace

import pytest
from domain_samples import ACTORS, layers, metas, texts
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article
from annotator.domain.layer import Layer
from annotator.domain.record import actor_from_dict, dumps, from_record, to_record
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Speaker, Statement

TEXT = "Qin 😀 said no."
LAYER = Layer(
    Article(TEXT).id,
    "ann",
    mentions={"m": Mention("m", Span(0, 3), "PERSON", "person:qin")},
    statements={
        "s": Statement("s", (Span(11, 13),), Kind.INDIRECT, speaker=Speaker(Span(0, 3), ("person:qin",)))
    },
)
KNOWN = Actors(
    [
        Actor("person:qin", "Qin", "person", merged_into="person:qin-gang"),
        Actor("person:qin-gang", "Qin Gang", "person", "mfa:CN"),
        Actor("mfa:CN", "Chinese Foreign Ministry", "mfa", "state:CN"),
    ]
)


@given(st.data())
def test_a_record_comes_back_from_its_line(data):
    text = data.draw(texts)
    article = Article(text, data.draw(st.sampled_from([None, "en"])), data.draw(metas))
    layer = data.draw(layers(text, article.id))
    line = dumps(to_record(article, layer, Actors()))
    assert "\n" not in line
    record = from_record(json.loads(line))
    assert record.article == article
    assert record.layer == layer
    assert {a.id for a in record.actors} <= set(ACTORS)
    assert dumps(to_record(record.article, record.layer, Actors(record.actors))) == line


def test_every_span_says_its_words():
    record = to_record(Article(TEXT), LAYER, Actors())
    assert record["mentions"][0]["text"] == "Qin"
    assert record["statements"][0]["spans"] == [{"start": 11, "end": 13, "text": "no"}]
    assert record["statements"][0]["cue"] is None


def test_merged_actors_stand_under_whom_they_are_with_whom_they_speak_for():
    record = to_record(Article(TEXT), LAYER, KNOWN)
    assert record["mentions"][0]["actor"] == "person:qin-gang"
    assert record["statements"][0]["speaker"]["actors"] == ["person:qin-gang"]
    assert [a["id"] for a in record["actors"]] == ["mfa:CN", "person:qin-gang", "state:CN"]


def test_keys_that_are_unknown_are_passed_over():
    record = to_record(Article(TEXT), LAYER, Actors())
    more = {**record, "colour": "red", "statements": [{**record["statements"][0], "mood": 3}]}
    assert from_record(more) == from_record(record)


def put(record, value, *path):
    record = deepcopy(record)
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return record


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("schema",), "annotator/9", "schema"),
        (("offset_unit",), "utf16", "not code points"),
        (("text",), "", "text is missing"),
        (("text",), "Another text.", "text_sha256"),
        (("mentions", 0, "text"), "Gin", "the text says 'Qin', not 'Gin'"),
        (("mentions", 0, "end"), 300, "reaches past"),
        (("mentions", 0, "end"), 0, "not a span"),
        (("mentions", 0, "start"), 0.0, "whole numbers"),
        (("mentions", 0, "start"), True, "whole numbers"),
        (("mentions", 0, "id"), None, "id is missing"),
        (("mentions", 0), 3, "shape"),
        (("statements", 0, "kind"), "loud", "loud"),
        (("statements", 0, "spans"), [], "needs content"),
        (("statements", 0, "decision"), "perhaps", "perhaps"),
        (("layer", "state"), "asleep", "asleep"),
        (("layer", "kind"), "alien", "alien"),
    ],
)
def test_a_wrong_record_is_refused_with_the_reason(path, value, why):
    record = json.loads(dumps(to_record(Article(TEXT), LAYER, Actors())))
    with pytest.raises(ValueError, match=why):
        from_record(put(record, value, *path))


def test_an_id_may_stand_once():
    record = to_record(Article(TEXT), LAYER, Actors())
    with pytest.raises(ValueError, match="stands twice"):
        from_record({**record, "mentions": record["mentions"] * 2})


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_other_json_is_no_record(data):
    with pytest.raises(ValueError, match="not a record"):
        from_record(data)


def test_a_span_outside_the_text_is_never_written():
    wrong = replace(LAYER, mentions={"m": Mention("m", Span(0, 99), "PERSON")})
    with pytest.raises(ValueError, match="reaches past"):
        to_record(Article(TEXT), wrong, Actors())


@pytest.mark.parametrize("name", [None, "", "  "])
def test_an_actor_without_a_name_goes_by_its_id(name):
    assert actor_from_dict({"id": "org:x", "name": name}).name == "org:x"
