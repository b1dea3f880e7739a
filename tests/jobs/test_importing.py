"""Importing into a real project: counts, refusals, cancelling, and records that come back unchanged."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article, Meta
from annotator.domain.edits import Placed, PutActor, Step
from annotator.domain.layer import Layer, LayerKind, State, view
from annotator.domain.record import dumps, to_record
from annotator.domain.spans import Span, merged
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Reason,
    Role,
    Speaker,
    Statement,
    Target,
    Via,
)
from annotator.errors import AnnotatorError
from annotator.jobs.importing import BATCH, ImportReport, import_paths, split
from annotator.jobs.progress import Progress, run
from annotator.storage.project import Project, view_of


@pytest.fixture
def project(tmp_path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", annotator="a1") as project:
        yield project
        assert project.check() == []


def written(folder: Path, name: str, *lines: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text("".join(dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_folder_with_good_and_bad_files(project, tmp_path):
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("First article.")
    (folder / "deep" / "a.txt").write_bytes(b"First article.")
    (folder / "deep" / "b.txt").write_bytes(b"")
    (folder / "deep" / "c.docx").write_bytes(b"no")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "d.jsonl").write_text('{"text": "Second."}\n{"text": \n{"text": "Third."}\n')
    report = run(import_paths(project, [folder, tmp_path / "gone.txt"]))
    assert (report.added, report.already, report.skipped, report.layers) == (3, 1, 1, 0)
    assert report.lines() == [
        "3 articles added, 1 already there, 4 refused, 1 other file passed over.",
        "news/d.jsonl: line 2: it is not JSON (Expecting value at character 10).",
        "news/deep/b.txt: it is empty.",
        "news/deep/c.docx: it is not a Word document, whatever its name says.",
        "gone.txt: it is not there (any more).",
    ]
    again = run(import_paths(project, [folder]))
    assert (again.added, again.already) == (0, 4)
    assert len(project.article_ids()) == 3


def test_progress_reaches_its_total(project, tmp_path):
    lines = [{"text": f"Article number {n}."} for n in range(120)]
    paths = [written(tmp_path, "a.jsonl", *lines)]
    for n in range(3):
        paths.append(tmp_path / f"{n}.txt")
        paths[-1].write_text(f"Words {n}")
    seen: list[Progress] = []
    report = run(import_paths(project, paths), seen.append)
    assert report == ImportReport(added=123)
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert {p.total for p in seen} == {124}
    assert seen[-1] == Progress(124, 124, "123 articles added")
    assert Progress(50, 124, "a.jsonl") in seen


def test_cancelling_keeps_whole_batches(project, tmp_path):
    path = written(tmp_path, "a.jsonl", *({"text": f"Article number {n}."} for n in range(3 * BATCH)))
    job = import_paths(project, [path])
    for progress in job:
        if progress.done > BATCH:
            break
    job.close()
    assert len(project.article_ids()) == BATCH
    assert run(import_paths(project, [path])) == ImportReport(added=2 * BATCH, already=BATCH)


def test_into_a_project_open_for_reading(project, tmp_path):
    (tmp_path / "a.txt").write_text("Words.")
    with (
        Project.open(project.path, read_only=True) as reader,
        pytest.raises(AnnotatorError, match="reading only"),
    ):
        run(import_paths(reader, [tmp_path / "a.txt"]))


TEXT = "“Stay out,” Norland’s envoy told Sudria. 😀 No reply came from anybody there."
ARTICLE = Article(TEXT, "en", Meta(title="T", changed=("line ends made LF ×1",)))
HAND = Provenance(by="a1", at="2026-03-02T10:14:05Z", seconds=4.1)
MACHINE = Provenance(suggester="rules 1", score=0.75, reasons=(("cue", Reason(0.5, "told")),))


def layer(
    *items: Statement | Mention, annotator: str = "a1", kind: LayerKind = LayerKind.HUMAN, **head: Any
) -> Layer:
    return Layer(
        ARTICLE.id,
        annotator,
        kind,
        mentions=MappingProxyType({i.id: i for i in items if isinstance(i, Mention)}),
        statements=MappingProxyType({i.id: i for i in items if isinstance(i, Statement)}),
        **head,
    )


def statement(id: str, start: int, end: int, *actors: str, **fields: Any) -> Statement:
    fields = {"decision": Decision.CONFIRMED, "provenance": HAND, **fields}
    return Statement(id, (Span(start, end),), Kind.DIRECT, speaker=Speaker(actors=actors), **fields)


def suggested(id: str, start: int, end: int, **fields: Any) -> Statement:
    fields = {"decision": Decision.SUGGESTED, "provenance": MACHINE, **fields}
    return statement(id, start, end, **fields)


def imported(project: Project, folder: Path, *layers: Layer, actors: Actors = Actors()) -> ImportReport:  # noqa: B008
    path = written(folder, "r.jsonl", *(to_record(ARTICLE, each, actors) for each in layers))
    return run(import_paths(project, [path]))


def test_a_persons_record_is_split(project, tmp_path):
    touched = suggested("s2", 41, 50, provenance=Provenance(by="a2", suggester="rules 1", changed=("topic",)))
    mention = Mention("m1", Span(12, 19), "GPE", "state:NL", provenance=MACHINE)
    record = layer(statement("s1", 0, 11), touched, suggested("s3", 52, 60), mention, annotator="a2")
    report = imported(project, tmp_path, record)
    assert (report.added, report.layers) == (1, 2)
    assert list(project.layer(ARTICLE.id, "a2").statements) == ["s1", "s2"]
    machine = project.machine_layer(ARTICLE.id)
    assert machine is not None
    assert (machine.annotator, list(machine.statements), list(machine.mentions)) == (
        "rules 1",
        ["s3"],
        ["m1"],
    )
    assert project.actors().name("state:NL") == "NL"
    assert project.layer(ARTICLE.id).empty


def test_the_same_work_again_is_already_there_and_other_work_is_refused(project, tmp_path):
    imported(project, tmp_path, layer(statement("s1", 0, 11, "state:NL"), state=State.DOING))
    again = imported(project, tmp_path, layer(statement("s1", 0, 11, "state:NL"), state=State.DOING))
    assert (again.already, again.layers, again.refused) == (1, 0, [])
    other = imported(project, tmp_path, layer(statement("s1", 0, 9), state=State.DOING))
    assert (other.already, other.layers) == (1, 0)
    assert [str(r) for r in other.refused] == [
        "r.jsonl: line 1: a1 has already work on this article; nothing changed"
    ]
    assert project.layer(ARTICLE.id).statements["s1"].spans == (Span(0, 11),)
    second = imported(project, tmp_path, layer(statement("s1", 0, 9), annotator="a2"))
    assert (second.already, second.layers, second.refused) == (1, 1, [])


def test_the_same_work_again_after_actors_were_merged(project, tmp_path):
    mine = layer(statement("s1", 0, 11, "state:NL"))
    imported(project, tmp_path, mine)
    nation = Actor("state:NO", "Norland", "state")
    merge = Actor("state:NL", "NL", "state", merged_into="state:NO")
    project.do(Step("Merge", (Placed(PutActor(nation)), Placed(PutActor(merge)))))
    assert imported(project, tmp_path, mine).refused == []


def test_known_actors_are_never_overwritten(project, tmp_path):
    mine = Actors([Actor("state:NL", "Norland", "state")])
    ministry = Actor("mfa:NL", "Ministry", "mfa", speaks_for="state:NL")
    theirs = Actors([Actor("state:NL", "Other name", "state"), ministry])
    imported(project, tmp_path, layer(statement("s1", 0, 11, "state:NL")), actors=mine)
    imported(project, tmp_path, layer(statement("s1", 0, 11, "mfa:NL"), annotator="a2"), actors=theirs)
    assert project.actors().name("state:NL") == "Norland"
    assert project.actors().get("mfa:NL") == ministry


def test_machine_and_gold_records(project, tmp_path):
    machine = layer(suggested("s1", 0, 11), annotator="rules 1", kind=LayerKind.MACHINE)
    better = layer(suggested("s2", 0, 9), annotator="rules 2", kind=LayerKind.MACHINE)
    gold = layer(statement("g1", 0, 11), annotator="gold", kind=LayerKind.GOLD)
    assert imported(project, tmp_path, machine, machine, gold).layers == 2
    assert imported(project, tmp_path, better).layers == 1
    assert project.machine_layer(ARTICLE.id) == better
    assert project.gold_layer(ARTICLE.id) == gold
    other = layer(statement("g1", 0, 9), annotator="gold", kind=LayerKind.GOLD)
    assert len(imported(project, tmp_path, gold, other).refused) == 1


def test_what_people_left_open_adds_up_to_the_machines_layer(project, tmp_path):
    one = layer(statement("s1", 0, 11), suggested("s2", 41, 50), annotator="a1")
    two = layer(statement("s2", 41, 50), suggested("s1", 0, 11), annotator="a2")
    stranger = layer(
        suggested("x", 52, 60, provenance=Provenance(suggester="rules 9")), state=State.DOING, annotator="a3"
    )
    imported(project, tmp_path, one, two, stranger)
    machine = project.machine_layer(ARTICLE.id)
    assert machine is not None
    assert sorted(machine.statements) == ["s1", "s2"]
    for each in (one, two):
        assert view(project.layer(ARTICLE.id, each.annotator), machine) == each


def test_a_layer_without_a_name_is_refused(project, tmp_path):
    report = imported(project, tmp_path, layer(statement("s1", 0, 11), annotator=""))
    assert [r.why for r in report.refused] == ["its layer names no annotator"]
    assert report.added == 1


WORDS = st.text(st.sampled_from("ab ,.“”‘’é😀👩🏽עب中\u0301\n\u00a0"), min_size=1, max_size=60).filter(
    str.strip
)
NAMES = st.sampled_from(["state:CN", "mfa:CN", "person:qin", "person:qin-gang", "org:UNKNOWN", "group:é 😀"])
KNOWN = Actors(
    [
        Actor("state:CN", "China", "state"),
        Actor("state:PRC", "PRC", "state", merged_into="state:CN"),
        Actor("mfa:CN", "Foreign Ministry", "mfa", speaks_for="state:PRC"),
        Actor("person:qin-gang", "Qin Gang", "person", speaks_for="mfa:CN"),
        Actor("person:qin", "Qin", "person", merged_into="person:qin-gang"),
    ]
)
NOTES = st.none() | st.text(st.sampled_from("note 😀\n\t“"), min_size=1, max_size=8)
SCORES = st.none() | st.floats(0, 1).map(lambda x: round(x, 4))


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def statements(draw: st.DrawFn, length: int, id: str, *, machine: bool) -> Statement:
    one, maybe = spans(length), st.none() | spans(length)
    none = draw(st.booleans())
    target = st.builds(Target, NAMES, st.none() | st.sampled_from(Role), maybe, st.none())
    return Statement(
        id,
        merged(draw(st.lists(one, min_size=1, max_size=3))),
        draw(st.sampled_from(Kind)),
        cue=draw(maybe),
        speaker=Speaker(not_stated=True)
        if none
        else Speaker(draw(maybe), tuple(draw(st.lists(NAMES, max_size=2, unique=True)))),
        via=draw(st.none() | st.builds(Via, maybe, NAMES)),
        targets=() if none else tuple(draw(st.lists(target, max_size=2))),
        no_target=none,
        topics=() if none else tuple(draw(st.lists(st.sampled_from(["a.b", "c.d"]), unique=True))),
        no_topic=none,
        act=draw(st.sampled_from([None, "none", "warn"])),
        flags=tuple(draw(st.lists(st.sampled_from(["x", "y"]), unique=True))),
        note=draw(NOTES),
        confidence=draw(st.sampled_from([None, "sure"])),
        **draw(decisions(machine=machine)),
    )


@st.composite
def mentions(draw: st.DrawFn, length: int, id: str, *, machine: bool) -> Mention:
    label, actor = draw(st.sampled_from(["GPE", "PERSON"])), draw(st.none() | NAMES)
    flags = tuple(draw(st.lists(st.just("metonym"), max_size=1)))
    return Mention(id, draw(spans(length)), label, actor, flags, **draw(decisions(machine=machine)))


@st.composite
def decisions(draw: st.DrawFn, *, machine: bool) -> dict[str, Any]:
    reasons = tuple(draw(st.lists(st.tuples(st.just("cue"), st.builds(Reason, SCORES, NOTES)), max_size=1)))
    score = draw(SCORES)
    if machine:
        return {"provenance": Provenance(suggester="rules 1", score=score, reasons=reasons)}
    suggester, changed = draw(st.sampled_from([(None, ()), ("rules 1", ()), ("rules 1", ("target", "act"))]))
    by = Provenance("ann", "2026-03-02T10:14:05Z", suggester, score, changed, draw(SCORES), reasons, "2")
    return {"decision": draw(st.sampled_from(Decision)), "provenance": by}


@st.composite
def views(draw: st.DrawFn) -> tuple[Article, Layer]:
    text = draw(WORDS)
    meta = Meta(title=draw(NOTES), published="2023-04-02", changed=("x ×1",), practice=draw(st.booleans()))
    article = Article(text, draw(st.sampled_from([None, "en"])), meta)

    def items(make: Any, prefix: str, *, machine: bool) -> MappingProxyType[str, Any]:
        count = draw(st.integers(0, 3))
        made = [draw(make(len(text), f"{prefix}{n}", machine=machine)) for n in range(count)]
        return MappingProxyType({item.id: item for item in made})

    def made_layer(annotator: str, kind: LayerKind, **head: Any) -> Layer:
        machine = kind is LayerKind.MACHINE
        letter = draw(st.sampled_from("xy")) if machine else "x"
        return Layer(
            article.id,
            annotator,
            kind,
            **head,
            mentions=items(mentions, "m" + letter, machine=machine),
            statements=items(statements, "s" + letter, machine=machine),
        )

    machine = made_layer("rules 1", LayerKind.MACHINE)
    kind = draw(st.sampled_from(LayerKind))
    if kind is LayerKind.MACHINE:
        return article, machine
    state = draw(st.sampled_from([State.DOING, State.DONE, State.FLAGGED]))
    outcome = draw(st.sampled_from([None, "nothing_here"]))
    own = made_layer("ann", kind, state=state, outcome=outcome, guideline="2")
    return article, view(own, machine) if kind is LayerKind.HUMAN else own


def exported(project: Project, article: str, kind: LayerKind) -> str:
    layers = {
        LayerKind.HUMAN: view_of,
        LayerKind.MACHINE: lambda p, a: p.machine_layer(a),
        LayerKind.GOLD: lambda p, a: p.gold_layer(a),
    }
    return dumps(to_record(project.article(article), layers[kind](project, article), project.actors()))


@settings(max_examples=60, deadline=None)
@given(st.lists(views(), min_size=1, max_size=4, unique_by=lambda pair: pair[0].id))
def test_records_come_back_as_the_same_bytes(pairs):
    lines = [dumps(to_record(article, each, KNOWN)) for article, each in pairs]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        with Project.create(Path(folder) / "p.annot", annotator="ann") as project:
            report = run(import_paths(project, [path]))
            assert (report.added, report.refused) == (len(pairs), [])
            assert [exported(project, article.id, each.kind) for article, each in pairs] == lines
            again = run(import_paths(project, [path]))
            assert (again.already, again.layers, again.refused) == (len(pairs), 0, [])
            assert project.check() == []


def test_split_of_a_record_is_exactly_what_the_view_joins():
    own = layer(statement("s1", 0, 11), Mention("m1", Span(12, 19), "GPE", provenance=HAND))
    machine = layer(suggested("s2", 41, 50), annotator="rules 1", kind=LayerKind.MACHINE)
    assert split(view(own, machine)) == (own, machine)
    assert split(own) == (own, None)


def test_a_disk_that_fails_leaves_nothing_half_written(project, tmp_path, monkeypatch):
    record = to_record(ARTICLE, layer(statement("s1", 0, 11)), Actors())
    path = written(tmp_path, "r.jsonl", {"text": "Another article."}, record)

    def fail(*_args: object) -> None:
        raise AnnotatorError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Project, "put_layer", fail)
        with pytest.raises(AnnotatorError, match="disk is full"):
            run(import_paths(project, [path]))
    assert project.article_ids() == []
    assert run(import_paths(project, [path])) == ImportReport(added=2, layers=1)


def test_names_of_files_that_are_not_unicode(project, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.jsonl")
    path.write_text(json.dumps({"text": "Words."}) + "\n[]\n")
    report = run(import_paths(project, [path]))
    assert report.added == 1
    "".join(report.lines()).encode()


def test_a_disk_that_fills_amid_an_import_keeps_and_counts_what_is_in(tmp_path, monkeypatch):
    for i in range(5):
        (tmp_path / f"{i}.txt").write_text(f"Article {i}.", encoding="utf-8")
    monkeypatch.setattr("annotator.jobs.importing.BATCH", 2)
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        add, calls = project.add_articles, []

        def full_at_the_second(articles):
            calls.append(1)
            if len(calls) > 1:
                raise AnnotatorError("The disk is full.", "Free some space.")
            return add(articles)

        monkeypatch.setattr(project, "add_articles", full_at_the_second)
        report = run(import_paths(project, [tmp_path]))
        assert report.added == 2
        assert len(project.article_ids()) == 2
        assert [str(r) for r in report.refused] == [
            "p.annot: the import stopped here: The disk is full. Free some space"
        ]
