"""What does not come back is what the loss report says, all of it and nothing else: for any record, whatever
it holds of an aspect comes back whole when the report does not name it, and not at all when it does.
"""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest
from annotated_samples import brat_can_tell, said
from export_samples import ACTORS, articles, written
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotator.domain.actors import Actors
from annotator.domain.record import to_record
from annotator.domain.statement import Role, Speaker, Target, Via
from annotator.ingest import Foreign, Refused, read_file

FORMATS = ("brat", "doccano", "labelstudio", "prodigy")
MOVED = {
    "spans without a token",
    "spans widened to whole tokens",
    "spans with the same place and label (count as one)",
}
# one kind of loss takes what another is about along
ALSO = {
    "actors of speakers": {"actors of speakers without words"},
    "actors of speakers without words": {"actors of speakers"},
    "actors, roles and stances of targets": {
        "targets without words",
        "roles and stances of targets without words",
    },
    "roles and stances of targets without words": {
        "targets without words",
        "actors, roles and stances of targets",
    },
    "flags, notes and confidence of statements": {"flags and confidence of statements"},
    "flags and confidence of statements": {"flags, notes and confidence of statements"},
}


@st.composite
def full_articles(draw):
    """An article whose statements have everything that a statement can have."""
    article, layer = draw(articles())
    some = st.booleans()
    spans = [m.span for m in layer.mentions.values()] or [None]
    actor = st.sampled_from(["state:CN", "mfa:CN", "person:qin-gang"])

    def full(s):
        where = draw(st.sampled_from(spans))
        said_by = Speaker(where, (draw(actor),)) if where and draw(some) else s.speaker
        targets = tuple(
            Target(draw(actor), draw(st.sampled_from(Role)), draw(st.sampled_from(spans)))
            for _ in range(draw(st.integers(0, 2)))
        )
        topics = tuple(
            draw(st.lists(st.sampled_from(["territory.taiwan", "economy.tariffs"]), max_size=2, unique=True))
        )
        return replace(
            s,
            speaker=said_by,
            via=Via(draw(st.sampled_from(spans)), draw(actor)) if draw(some) else None,
            targets=targets,
            no_target=not targets and draw(some),
            topics=topics,
            no_topic=not topics and draw(some),
            act=draw(st.sampled_from([None, "none", "warn"])),
            note=draw(st.sampled_from([None, "mine"])),
            confidence=draw(st.sampled_from([None, "unsure"])),
        )

    statements = {id: full(s) for id, s in layer.statements.items()}
    mentions = {id: replace(m, actor=draw(st.none() | actor)) for id, m in layer.mentions.items()}
    layer = replace(layer, statements=MappingProxyType(statements), mentions=MappingProxyType(mentions))
    return article, layer


def kept(record, what):
    return [x for x in record[what] if x["decision"] != "rejected"]


def key(s):
    return tuple((x["start"], x["end"]) for x in s["spans"])


def actors_of_mentions(record):
    return [(m["start"], m["end"], m["label"], m["actor"]) for m in kept(record, "mentions") if m["actor"]]


def actors_of_speakers(record):
    return [(key(s), a) for s in kept(record, "statements") for a in s["speaker"]["actors"]]


def actors_of_targets(record):
    told = [(key(s), t) for s in kept(record, "statements") for t in s["targets"]]
    return [
        (where, t["span"] and t["span"]["start"], t["actor"], t["role"]) for where, t in told if t["actor"]
    ]


def details(record):
    found = [(key(s), tuple(s["topics"]), s["act"]) for s in kept(record, "statements")]
    return [(where, topics, act) for where, topics, act in found if topics or act not in (None, "none")]


def nones(record):
    def of(s):
        return s["speaker"]["not_stated"], s["no_target"], s["no_topic"], s["act"] == "none"

    return [(key(s), n) for s in kept(record, "statements") for n, said in enumerate(of(s)) if said]


def relayed_silently(record):
    found = [(key(s), s["via"]) for s in kept(record, "statements") if s["via"]]
    return [(where, via["actor"]) for where, via in found if not via["span"]]


def silent_targets(record):
    return [(key(s), t["actor"]) for s in kept(record, "statements") for t in s["targets"] if not t["span"]]


def remarks(record):
    found = [(key(s), s["note"], s["confidence"]) for s in kept(record, "statements")]
    return [x for x in found if x[1] or x[2]]


def doubts(record):
    return [key(s) for s in kept(record, "statements") if s["confidence"]]


def roles_of_silent_targets(record):
    told = [(key(s), t) for s in kept(record, "statements") for t in s["targets"]]
    return [(where, t["role"]) for where, t in told if not t["span"] and t["role"]]


def actors_of_silent_speakers(record):
    silent = [s for s in kept(record, "statements") if not s["speaker"]["span"]]
    return [(key(s), a) for s in silent for a in s["speaker"]["actors"]]


def undecided(record):
    items = [(str(key(s)), s["decision"]) for s in kept(record, "statements")]
    return [x for x in items if x[1] in ("suggested", "corrected")]


def provenance(record):
    items = (*kept(record, "mentions"), *kept(record, "statements"))
    return [x["provenance"]["at"] for x in items if x["provenance"]["at"]]


# what a loss report says -> what it is about, and whether it counts just that
ASPECTS = {
    "actors of mentions": (actors_of_mentions, True),
    "actors of speakers": (actors_of_speakers, True),
    "actors, roles and stances of targets": (actors_of_targets, True),
    "kinds, topics and acts of statements": (details, False),
    "explicit nones (not stated, no target, no topic, no act)": (nones, True),
    "who relayed, without words": (relayed_silently, True),
    "targets without words": (silent_targets, True),
    "actors of speakers without words": (actors_of_silent_speakers, True),
    "roles and stances of targets without words": (roles_of_silent_targets, True),
    "flags, notes and confidence of statements": (remarks, True),
    "flags and confidence of statements": (doubts, True),
    "decisions": (undecided, False),
    "provenance of decisions": (provenance, False),
}


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=full_articles())
def test_what_is_missing_is_what_the_report_says(tmp_path_factory, format, pair):
    record = to_record(*pair, ACTORS)
    assume(format != "brat" or brat_can_tell(record))
    files, loss = written(format, [record], tmp_path_factory.mktemp("x"))
    (file,) = (f for f in files if f.suffix not in (".xml", ".txt"))
    results = list(read_file(file))
    lost = loss.counts()
    if lost.keys() & MOVED:  # the places are others, and told so
        return
    assert [r for r in results if isinstance(r, Refused)] == []
    (back,) = (r.record for r in results if isinstance(r, Foreign))
    found = to_record(back.article, back.layer, Actors(back.actors))
    assert said(found) == said(record), "texts, marks and links always come back"
    for what, (of, counted) in ASPECTS.items():
        there, here = Counter(of(record)), Counter(of(found))
        if what in lost:
            assert not here, f"{what} came back all the same"
            assert not counted or lost[what] == there.total(), what
        elif not ALSO.get(what, set()) & lost.keys():
            assert here == there, what
