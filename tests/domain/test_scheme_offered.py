import json
from dataclasses import replace

import pytest

from annotator import paths
from annotator.domain.scheme import LabelScheme


@pytest.fixture(scope="module")
def scheme():
    return LabelScheme.from_toml((paths.resources() / "scheme" / "diplomacy.toml").read_text("utf-8"))


def retired(items, id):
    return tuple(replace(x, retired=True) if x.id == id else x for x in items)


def test_nothing_retired_offers_everything(scheme):
    assert scheme.offered() == scheme


def test_retired_labels_and_acts_are_not_offered_but_named(scheme):
    changed = replace(scheme, labels=retired(scheme.labels, "FAC"), acts=retired(scheme.acts, "warn"))
    assert "FAC" not in {x.id for x in changed.offered().labels}
    assert "warn" not in {x.id for x in changed.offered().acts}
    assert changed.label_name("FAC") == "Facility"


def test_a_retired_area_takes_its_topics_along(scheme):
    area = scheme.areas[0]
    changed = replace(scheme, areas=retired(scheme.areas, area.id))
    assert not set(changed.offered().topics) & {t.id for t in area.topics}
    assert changed.topic_name(area.topics[0].id).startswith(area.name)


def test_an_area_without_offered_topics_is_not_offered(scheme):
    area = scheme.areas[0]
    empty = replace(area, topics=tuple(replace(t, retired=True) for t in area.topics))
    changed = replace(scheme, areas=(empty, *scheme.areas[1:]))
    assert changed.offered().areas == scheme.areas[1:]


def test_what_is_retired_and_noted_survives_json(scheme):
    changed = replace(
        scheme,
        acts=(replace(scheme.acts[0], note="tells news", retired=True), *scheme.acts[1:]),
        areas=retired(scheme.areas, scheme.areas[2].id),
    )
    assert LabelScheme.from_dict(json.loads(json.dumps(changed.as_dict()))) == changed
