"""Projects for round trips: written in a format, read into a new project, compared by what they say."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from export_samples import ACTORS, crlf, emoji, layer_of, mention, place

from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer, view
from annotator.domain.record import to_record
from annotator.domain.statement import Decision, Kind, Provenance, Role, Speaker, Statement, Target, Via
from annotator.jobs.exporting import export_project
from annotator.jobs.importing import ImportReport, import_paths
from annotator.jobs.progress import run
from annotator.storage.project import Project

Pair = tuple[Article, Layer]


def plain() -> Pair:
    """Everything that fits the default scheme; every span on whole tokens."""
    text = (
        "Envoy warns Sudria\n\nNorland’s envoy Ada Berg 🙂 told Sudria on Monday, the agency Norpress "
        "reported, that “any step will be answered”. Sudria, she said, must stop. Nobody replied."
    )
    article = Article(text, "en", Meta(title="Envoy warns Sudria", outlet="Bay", published="2023-04-03"))
    by = Provenance(by="ann")
    first = Statement(
        "s1",
        (place(text, "“any step will be answered”"),),
        Kind.MIXED,
        cue=place(text, "told"),
        speaker=Speaker(place(text, "Ada Berg"), ("person:ada-berg", "state:NO")),
        via=Via(place(text, "Norpress"), "org:norpress"),
        targets=(Target("state:SU", Role.ADDRESSEE, place(text, "Sudria", 1)),),
        topics=("territory.taiwan", "security.alliances"),
        act="warn",
        decision=Decision.CONFIRMED,
        provenance=by,
    )
    second = Statement(
        "s2",
        (place(text, "Sudria", 2), place(text, "must stop")),
        Kind.INDIRECT,
        cue=place(text, "said"),
        speaker=Speaker(place(text, "she"), ("person:ada-berg",)),
        no_target=True,
        no_topic=True,
        act="none",
        decision=Decision.CORRECTED,
        provenance=by,
    )
    third = Statement(
        "s3",
        (place(text, "Nobody replied"),),
        Kind.INDIRECT,
        speaker=Speaker(not_stated=True),
        decision=Decision.CONFIRMED,
        provenance=by,
    )
    mentions = [
        mention("m1", place(text, "Norland"), "GPE", "state:NO"),
        mention("m2", place(text, "Ada Berg"), "PERSON", "person:ada-berg"),
        mention("m3", place(text, "Sudria", 1), "GPE", "state:SU"),
        mention("m4", place(text, "Norpress"), "ORG", "org:norpress"),
    ]
    return article, layer_of(article, mentions, [first, second, third])


def project_of(path: Path, pairs: Iterable[Pair]) -> Project:
    """A new project with these layers."""
    project = Project.create(path, annotator="ann")
    pairs = list(pairs)
    project.add_articles(article for article, _ in pairs)
    for _, layer in pairs:
        if not layer.empty:
            project.put_layer(layer, ACTORS)
    return project


def there_and_back(
    format: str, folder: Path, pairs: Iterable[Pair], **options: str
) -> tuple[dict[str, Any], dict[str, Any], ImportReport]:
    """Records by id: before the export, after the import; and what the import reported."""
    with project_of(folder / "before.annot", pairs) as before:
        run(export_project(before, format, folder / "out", options=options))
        old = records(before)
    with Project.create(folder / "after.annot", annotator="bo") as after:
        report = run(import_paths(after, [folder / "out"]))
        new = records(after)
        again = run(import_paths(after, [folder / "out"]))
        assert (again.added, again.layers) == (0, 0)
        assert again.refused == report.refused, "coming twice changes nothing"
        assert after.check() == []
    return old, new, report


def records(project: Project) -> dict[str, Any]:
    """The record of each article: its only human layer over what the machine suggests."""
    out = {}
    for id in project.article_ids():
        layers = project.human_layers(id)
        layer = view(layers[0] if layers else Layer(id, ""), project.machine_layer(id))
        out[id] = to_record(project.article(id), layer, project.actors())
    return out


def said(record: dict[str, Any], *carried: str) -> list[object]:
    """What a record says, as far as a format carries it: `decisions`, `actors`, `details`, `nones`."""
    mentions = [
        (m["start"], m["end"], m["label"], *_if("actors", carried, m["actor"]), *_decision(m, carried))
        for m in record["mentions"]
        if m["decision"] != "rejected"
    ]
    statements = [_statement(s, carried) for s in record["statements"] if s["decision"] != "rejected"]
    return [record["text"], sorted(map(repr, mentions)), sorted(map(repr, statements))]


def _statement(s: dict[str, Any], carried: tuple[str, ...]) -> object:
    targets = [
        (_span(t["span"]), *_if("actors", carried, t["actor"], t["role"])) for t in s["targets"] if t["span"]
    ]
    nones = s["speaker"]["not_stated"], s["no_target"], s["no_topic"]
    via = s["via"] or {"span": None, "actor": None}
    return (
        [_span(x) for x in s["spans"]],
        _span(s["cue"]),
        _span(s["speaker"]["span"]),
        _span(via["span"]),
        targets,
        *_if("actors", carried, s["speaker"]["actors"] if s["speaker"]["span"] else None),
        *_if("details", carried, s["kind"], s["topics"], s["act"]),
        *_if("nones", carried, nones),
        *_decision(s, carried),
    )


def _if(what: str, carried: tuple[str, ...], *values: object) -> tuple[object, ...]:
    return values if what in carried else ()


def _decision(item: dict[str, Any], carried: tuple[str, ...]) -> tuple[object, ...]:
    return _if("decisions", carried, item["decision"])


def _span(span: dict[str, Any] | None) -> tuple[int, int] | None:
    return span and (span["start"], span["end"])


FITTING = (emoji, crlf, plain)  # to the default scheme


def brat_can_tell(record: dict[str, Any]) -> bool:
    """brat has no way to say that content parted by a line end is in pieces, nor that a cue is the
    content.
    """
    for s in record["statements"]:
        spans = [(x["start"], x["end"]) for x in s["spans"]]
        gaps = [record["text"][a[1] : b[0]] for a, b in pairwise(spans)]
        if s["cue"] and [(s["cue"]["start"], s["cue"]["end"])] == spans:
            return False
        if any(not gap.strip() and set(gap) & set("\n\u2028") for gap in gaps):
            return False
    return True
