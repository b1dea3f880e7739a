from dataclasses import replace

import pytest

from annotator import paths
from annotator.domain.fitting import fitted
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import NO_ACT, Kind, Mention, Statement

SCHEME = LabelScheme.from_toml((paths.resources() / "scheme" / "diplomacy.toml").read_text("utf-8"))
PEACE, CEASEFIRE = "conflict.peace_talks", "conflict.ceasefire"


def changed(group, id, **fields):
    if group == "topics":
        areas = tuple(
            replace(a, topics=tuple(replace(t, **fields) if t.id == id else t for t in a.topics))
            for a in SCHEME.areas
        )
        return replace(SCHEME, areas=areas)
    items = tuple(replace(x, **fields) if x.id == id else x for x in getattr(SCHEME, group))
    return replace(SCHEME, **{group: items})


def layer(*, topics=(PEACE,), act="request", labels=("GPE",)):
    statement = Statement("s1", (Span(0, 9),), Kind.INDIRECT, topics=topics, act=act)
    mentions = {f"m{n}": Mention(f"m{n}", Span(0, 4), label) for n, label in enumerate(labels)}
    return Layer("a", "rules 1", LayerKind.MACHINE, mentions=mentions, statements={"s1": statement})


def test_with_nothing_retired_nothing_changes():
    made = layer()
    assert fitted(made, SCHEME) is made


@pytest.mark.parametrize(
    ("before", "after"), [((PEACE,), (CEASEFIRE,)), ((PEACE, CEASEFIRE), (CEASEFIRE,)), ((), ())]
)
def test_a_merged_topic_is_followed(before, after):
    scheme = changed("topics", PEACE, retired=True, merged_into=CEASEFIRE)
    assert fitted(layer(topics=before), scheme).statements["s1"].topics == after


def test_a_retired_topic_and_act_are_left_open():
    assert fitted(layer(), changed("topics", PEACE, retired=True)).statements["s1"].topics == ()
    assert fitted(layer(), changed("areas", "conflict", retired=True)).statements["s1"].topics == ()
    assert fitted(layer(), changed("acts", "request", retired=True)).statements["s1"].act is None


def test_an_explicit_no_act_stays():
    scheme = changed("acts", "request", retired=True)
    assert fitted(layer(act=NO_ACT), scheme).statements["s1"].act == NO_ACT


def test_a_merged_label_is_followed_once():
    scheme = changed("labels", "GPE", retired=True, merged_into="ORG")
    assert [m.label for m in fitted(layer(), scheme).mentions.values()] == ["ORG"]
    assert list(fitted(layer(labels=("GPE", "ORG")), scheme).mentions) == ["m1"]


def test_mentions_of_a_retired_label_are_left_out():
    scheme = changed("labels", "GPE", retired=True)
    assert [m.label for m in fitted(layer(labels=("GPE", "ORG")), scheme).mentions.values()] == ["ORG"]


def test_rings_and_unknown_ends_of_merging_are_nothing():
    ring = changed("acts", "request", retired=True, merged_into="request")
    assert ring.gone_acts == {"request": None}
    assert changed("acts", "request", retired=True, merged_into="gone").gone_acts == {"request": None}
