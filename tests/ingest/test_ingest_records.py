"""Canonical records from strangers: taken in whole, or refused by line without harm."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.actors import Actors
from annotator.domain.record import dumps, to_record
from annotator.domain.text import normalise
from annotator.ingest import Foreign, Refused, read_file
from annotator.ingest.records import read_record
from annotator.ingest.results import UnfitError

TEXT = "“Stay out,” Norland’s envoy told Sudria. 😀 No reply came."


def span(start: int, end: int, text: str = TEXT) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end]}


def record(text: str = TEXT) -> dict[str, Any]:
    at = text.index("Norland")
    return {
        "schema": "annotator/1",
        "id": "given-7",
        "text": text,
        "layer": {"annotator": "a1", "kind": "human", "state": "doing"},
        "mentions": [{"id": "m1", **span(at, at + 7, text), "label": "GPE", "actor": "state:NL"}],
        "actors": [{"id": "state:NL", "name": "Norland", "kind": "state", "speaks_for": None}],
        "statements": [
            {
                "id": "s1",
                "kind": "direct",
                "spans": [span(0, text.index("”") + 1, text)],
                "speaker": {"span": span(at, at + 15, text), "actors": ["state:NL", "state:XX"]},
                "decision": "confirmed",
                "provenance": {"by": "a1", "score": 0.5},
            }
        ],
    }


def read(path: Path, *lines: dict[str, Any]) -> list[Any]:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return list(read_file(path))


def test_record_with_little_in_it(tmp_path):
    (result,) = read(tmp_path / "a.jsonl", record())
    assert isinstance(result, Foreign)
    got = result.record
    assert got.article.text == TEXT
    assert (got.article.lang, got.article.meta.source_id, got.article.meta.file) == (
        "en",
        "given-7",
        "a.jsonl",
    )
    assert list(got.layer.statements) == ["s1"]
    assert [a.id for a in got.actors] == ["state:NL", "state:XX"]


def test_text_that_is_not_normalised_takes_its_spans_along(tmp_path):
    raw = "\ufeff" + TEXT.replace(",” ", ",”\r\n").replace("envoy", "en\u00advoy")
    (result,) = read(tmp_path / "a.jsonl", record(raw))
    assert isinstance(result, Foreign)
    text = result.record.article.text
    assert text == normalise(raw).text
    (statement,) = result.record.layer.statements.values()
    assert [s.surface(text) for s in statement.spans] == ["“Stay out,”"]
    assert statement.speaker.span is not None
    assert statement.speaker.span.surface(text) == "Norland’s envo"
    assert "soft hyphens dropped ×1" in result.record.article.meta.changed


WRONG: list[tuple[list[Any], Any, str]] = [
    (["schema"], "annotator/9", "it is a record of schema annotator/9, this program knows annotator/1"),
    (["text"], "", "text is missing or not text"),
    (["text"], 5, "text is missing or not text"),
    (["text_sha256"], "00", "the text is not the one its text_sha256 was made from"),
    (["offset_unit"], "utf-16", "offsets count utf-16, not code points"),
    (["meta"], [1], "it is not of the shape of a record"),
    (["meta"], {"title": 5}, "it is not of the shape of a record (meta is of a wrong kind)"),
    (["meta"], {"title": "half \ud83d"}, "it holds half characters (lone surrogates)"),
    (["lang"], {}, "it is not of the shape of a record (lang is of a wrong kind)"),
    (["layer", "kind"], "alien", "'alien' is not a valid LayerKind"),
    (["layer", "annotator"], 7, "it is not of the shape of a record (annotator is of a wrong kind)"),
    (["mentions", 0, "start"], 1, "the text says"),
    (["mentions", 0, "end"], 5000, "reaches past"),
    (["mentions", 0, "actor"], {"a": 1}, "it is not of the shape of a record"),
    (["mentions", 0], 5, "not of the shape of a record"),
    (["statements", 0, "spans"], [], "a statement needs content"),
    (["statements", 0, "kind"], None, "None is not a valid Kind"),
    (["statements", 0, "topics"], [3], "it is not of the shape of a record (statements is of a wrong kind)"),
    (["statements", 0, "provenance", "score"], "high", "it is not of the shape of a record"),
    (["statements", 0, "provenance", "seconds"], 1e300, "it is not of the shape of a record"),
    (["statements", 0, "note"], 9, "it is not of the shape of a record"),
    (["actors", 0, "id"], "", "actor id is missing"),
]


@pytest.mark.parametrize(("path", "value", "why"), WRONG)
def test_wrong_parts_are_refused_by_line(tmp_path, path, value, why):
    bad = record()
    place: Any = bad
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    first, second, third = read(tmp_path / "a.jsonl", record(), bad, record())
    assert isinstance(first, Foreign)
    assert isinstance(second, Refused)
    assert str(second).startswith("a.jsonl: line 2: ")
    assert why in second.why
    assert isinstance(third, Foreign)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [at] * bool(at) + [p for k in keys for p in places(value[k], (*at, k))]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_value_anywhere_is_taken_or_refused(data):
    bad = copy.deepcopy(record())
    *path, last = data.draw(st.sampled_from(places(bad)))
    place: Any = bad
    for key in path:
        place = place[key]
    place[last] = data.draw(JSON)
    if bad.get("schema") != "annotator/1":
        return
    try:
        got = read_record(bad, file="a.jsonl")
    except (UnfitError, ValueError):
        return
    dumps(to_record(got.article, got.layer, Actors(got.actors))).encode()


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_number_of_thousands_of_digits_is_a_sentence(tmp_path, name):
    line = '{"text": "Envoy warns Sudria", "id": 1' + "0" * 5_000 + "}"
    file = tmp_path / name
    file.write_text(f"[{line}]" if name == "a.json" else line, encoding="utf-8")
    (result,) = read_file(file)
    assert isinstance(result, Refused)
    assert "is too long" in result.why
