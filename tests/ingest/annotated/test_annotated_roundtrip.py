"""What our exports hold comes back: everything that the loss report did not give up."""

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from annotated_samples import FITTING, brat_can_tell, plain, project_of, records, said, there_and_back
from export_samples import ACTORS, articles, bare, mention, sample_records, samples, scripts, tangled, written
from hypothesis import HealthCheck, assume, example, given, settings

from annotator.domain.actors import Actors
from annotator.domain.layer import LayerKind
from annotator.domain.record import dumps, from_record, to_record
from annotator.domain.statement import Decision
from annotator.export.filters import Filters
from annotator.export.registry import FORMATS
from annotator.ingest import Foreign, Refused, read_file
from annotator.jobs.exporting import export_project
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.jobs.release_options import ReleaseOptions
from annotator.jobs.releasing import release_project
from annotator.paths import seeds
from annotator.storage.project import Project

WHOLE = ("docbin", "conllu", "conllup", "xmi")
ALL_MARKS = ("decisions", "actors", "details", "nones")
CARRIED = {"brat": ALL_MARKS, "labelstudio": ALL_MARKS, "doccano": (), "prodigy": ()}


@pytest.mark.parametrize("format", WHOLE)
def test_whole_records_come_back_whole(tmp_path, format):
    pairs = [*(make() for make in FITTING), tangled(), scripts(), bare()]
    old, new, report = there_and_back(format, tmp_path, pairs)
    assert list(map(dumps, new.values())) == list(map(dumps, old.values()))
    assert report.refused == []


@pytest.mark.parametrize("format", CARRIED)
def test_marks_come_back_with_what_the_format_carries(tmp_path, format):
    old, new, report = there_and_back(format, tmp_path, [make() for make in FITTING])
    assert old.keys() == new.keys()
    for id in old:
        assert said(new[id], *CARRIED[format]) == said(old[id], *CARRIED[format])
    assert report.refused == []


@pytest.mark.parametrize("format", ["brat", "doccano", "labelstudio", "xmi"])
def test_the_practice_articles_come_back(tmp_path, format):
    pairs = []
    for file in sorted((seeds() / "gold").glob("*.jsonl")):
        for line in file.read_text("utf-8").strip("\n").split("\n"):
            found = from_record(json.loads(line))
            pairs.append((found.article, replace(found.layer, kind=LayerKind.HUMAN, annotator="ann")))
    old, new, report = there_and_back(format, tmp_path, pairs)
    carried = CARRIED.get(format, ALL_MARKS)
    assert [said(r, *carried) for r in new.values()] == [said(r, *carried) for r in old.values()]
    assert sum(len(r["statements"]) for r in new.values()) > 100
    assert report.refused == []


@pytest.mark.parametrize("format", ["doccano", "labelstudio", "prodigy"])
def test_metadata_come_back(tmp_path, format):
    old, new, _ = there_and_back(format, tmp_path, [plain()])
    for key in ("title", "outlet", "published", "url", "source_id"):
        assert [r["meta"][key] for r in new.values()] == [r["meta"][key] for r in old.values()]
    assert {r["layer"]["annotator"] for r in new.values()} == {"ann"}


def test_ids_come_back_from_label_studio(tmp_path):
    old, new, _ = there_and_back("labelstudio", tmp_path, [plain()])
    for part in ("mentions", "statements"):
        assert _ids(new, part) == _ids(old, part)


def _ids(found: dict[str, Any], part: str) -> list[str]:
    return [item["id"] for record in found.values() for item in record[part]]


def test_brat_signs_with_whoever_imports(tmp_path):
    _, new, _ = there_and_back("brat", tmp_path, [plain()])
    (record,) = new.values()
    assert record["layer"] == {**record["layer"], "annotator": "bo", "kind": "human", "state": "doing"}
    for item in (*record["mentions"], *record["statements"]):
        assert item["provenance"] == {
            "by": "bo",
            "at": None,
            "suggester": None,
            "score": None,
            "changed": [],
            "seconds": None,
            "reasons": [],
            "guideline": None,
        }


def test_an_undecided_suggestion_stays_one(tmp_path):
    article, layer = tangled()
    old, new, report = there_and_back("brat", tmp_path, [(article, layer)])
    suggested = [s for s in new[article.id]["statements"] if s["decision"] == "suggested"]
    assert [s["spans"] for s in suggested] == [old[article.id]["statements"][0]["spans"]]
    assert suggested[0]["provenance"]["by"] is None
    assert [str(r).partition(" is not placed: ")[2] for r in report.refused] == [
        "topic trade.tariffs is not in the scheme",
        "topic security.alliance is not in the scheme",
    ]


def test_conll_brings_words_and_entities(tmp_path):
    article, layer = plain()
    _, new, report = there_and_back("conll", tmp_path, [(article, layer)])
    (record,) = new.values()
    words = [(m["text"], m["label"]) for m in record["mentions"]]
    assert words == [("Norland", "GPE"), ("Ada Berg", "PERSON"), ("Sudria", "GPE"), ("Norpress", "ORG")]
    assert record["text"].split() == record["text"].split(" ")
    assert "".join(record["text"].split()) == "".join(article.text.split())
    assert "text put together from words with single spaces" in record["meta"]["changed"]
    assert report.refused == []


def test_roles_of_conll_are_listed(tmp_path):
    _, new, report = there_and_back("conll", tmp_path, [plain()], labels="roles")
    assert [r["statements"] for r in new.values()] == [[]]
    assert report.unplaced == len(report.refused) == 9
    assert str(report.refused[0]) == (
        "out/before.conll: line 1: SPEAKER “Ada Berg” is not placed: CoNLL-2003 does not say of which "
        "statement it is"
    )


@pytest.mark.parametrize("format", ["labelstudio", "doccano", "prodigy"])
def test_a_machines_layer_comes_back_as_the_machines(tmp_path, format):
    with Project.create(tmp_path / "a.annot", annotator="ann") as before:
        article, layer = plain()
        before.add_articles([article])
        suggested = _as_machine(layer)
        before.put_machine_layer(article.id, suggested, ACTORS)
        run(export_project(before, format, tmp_path / "out", layer="machine"))
    with Project.create(tmp_path / "b.annot", annotator="bo") as after:
        run(import_paths(after, [tmp_path / "out"]))
        machine = after.machine_layer(article.id)
        assert machine is not None
        assert machine.annotator == "rules 1"
        assert after.human_layers(article.id) == []
        assert {m.provenance.suggester for m in machine.mentions.values()} == {"rules 1"}
        assert {m.decision for m in machine.mentions.values()} == {Decision.SUGGESTED}


def _as_machine(layer: Any) -> Any:
    by = next(iter(tangled()[1].ordered_statements())).provenance
    mentions = {
        id: replace(m, decision=Decision.SUGGESTED, provenance=by) for id, m in layer.mentions.items()
    }
    return replace(
        layer,
        annotator="rules 1",
        kind=LayerKind.MACHINE,
        mentions=MappingProxyType(mentions),
        statements=MappingProxyType({}),
    )


def test_work_that_is_there_is_never_overwritten(tmp_path):
    article, layer = plain()
    with project_of(tmp_path / "a.annot", [(article, layer)]) as project:
        run(export_project(project, "labelstudio", tmp_path / "out"))
        kept = records(project)
        (file,) = (tmp_path / "out").glob("*.json")
        changed = file.read_text("utf-8").replace('"PERSON"', '"ORG"')
        file.write_text(changed, encoding="utf-8")
        report = run(import_paths(project, [file]))
        assert records(project) == kept
    assert [str(r) for r in report.refused] == [
        "a.labelstudio.json: item 1: ann has already work on this article; nothing changed"
    ]


SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(format: str, record: dict[str, Any], folder: Path) -> tuple[dict[str, Any], list[Refused]]:
    """The record that a reader finds in what we wrote."""
    files, _ = written(format, [record], folder)
    (file,) = (f for f in files if f.suffix not in (".xml", ".txt"))
    results = list(read_file(file))
    (found,) = (r.record for r in results if isinstance(r, Foreign))
    refused = [r for r in results if isinstance(r, Refused)]
    return to_record(found.article, found.layer, Actors(found.actors)), refused


@pytest.mark.parametrize("format", WHOLE)
@SETTINGS
@given(pair=articles())
def test_any_whole_record_comes_back(tmp_path_factory, format, pair):
    record = to_record(*pair, ACTORS)
    assume(record["text"].strip())
    found, refused = read_back(format, record, tmp_path_factory.mktemp("x"))
    assert (dumps(found), refused) == (dumps(record), [])


@pytest.mark.parametrize("format", ["brat", "labelstudio", "doccano"])
@SETTINGS
@given(pair=articles())
@example(pair=scripts())
def test_any_marks_come_back(tmp_path_factory, format, pair):
    record = to_record(*pair, ACTORS)
    assume(format != "brat" or brat_can_tell(record))
    found, refused = read_back(format, record, tmp_path_factory.mktemp("x"))
    assert said(found, *CARRIED[format]) == said(record, *CARRIED[format])
    assert refused == []


def test_every_sample_comes_back_from_prodigy_on_whole_tokens(tmp_path):
    for n, record in enumerate(sample_records()):
        found, refused = read_back("prodigy", record, tmp_path / str(n))
        assert refused == []
        assert len(found["mentions"]) == sum(m["decision"] != "rejected" for m in record["mentions"])
        assert len(found["statements"]) == sum(s["decision"] != "rejected" for s in record["statements"])
        for old, new in zip(record["statements"], found["statements"], strict=False):
            assert (new["cue"] is None) == (old["cue"] is None)
            assert (new["speaker"]["span"] is None) == (old["speaker"]["span"] is None)


def test_an_xmi_that_another_program_changed_says_what_it_says_now(tmp_path):
    article, layer = plain()
    files, _ = written("xmi", [to_record(article, layer, ACTORS)], tmp_path)
    file = next(f for f in files if f.suffix == ".xmi")
    content = file.read_text("utf-8").replace('kind="mixed"', 'kind="direct"')
    file.write_text(content, encoding="utf-8")
    (found,) = read_file(file)
    assert isinstance(found, Foreign)
    assert [s.kind.value for s in found.record.layer.ordered_statements()] == [
        "direct",
        "indirect",
        "indirect",
    ]
    assert found.record.layer.annotator == "ann"
    assert found.record.article.meta.title == article.meta.title
    assert found.notes == (
        "its marks were changed since our export, whose record beside them is passed over",
    )


def test_all_layers_of_an_article_come_back(tmp_path):
    article, layer = plain()
    other = replace(
        layer,
        annotator="cy",
        mentions=MappingProxyType({"x": mention("x", next(iter(layer.ordered_mentions())).span, "ORG")}),
    )
    with project_of(tmp_path / "a.annot", [(article, layer), (article, other)]) as project:
        run(export_project(project, "labelstudio", tmp_path / "out", layer="all"))
    with Project.create(tmp_path / "b.annot", annotator="bo") as after:
        report = run(import_paths(after, [tmp_path / "out"]))
        assert [x.annotator for x in after.human_layers(article.id)] == ["ann", "cy"]
    assert (report.added, report.already, report.layers) == (1, 1, 2)


def test_the_samples_are_not_all_alike():
    assert len({json.dumps(said(to_record(*pair, ACTORS))) for pair in samples()}) == 5


def test_a_whole_release_comes_back_and_its_tables_are_no_articles(tmp_path):
    formats = ("jsonl", "table-csv", "table-jsonl", "hf", "docbin")
    filters = Filters(only="all", negatives=("rejected", "candidates"))
    options = ReleaseOptions("r", formats=formats, filters=filters)
    pairs = [make() for make in (*FITTING, tangled, bare)]
    with project_of(tmp_path / "a.annot", pairs) as before:
        report = run(release_project(before, options, tmp_path / "out"))
        old = records(before)
    with Project.create(tmp_path / "b.annot", annotator="bo") as after:
        found = run(import_paths(after, [report.folder]))
        assert records(after).keys() == old.keys()
    empty = {"it is empty", "it has no rows below its header"}  # splits without a statement
    assert {r.why for r in found.refused} - empty == {
        "its rows are statements, not articles; import the canonical records instead"
    }
    assert {str(r).rpartition("/")[0].rpartition("out/")[2] for r in found.refused} == {
        "table-csv",
        "table-jsonl",
        "negatives",
    }


NASTY = (
    'X "<&>\'', "white  space", "-DOCSTART-", "B-PER", "🙂", "=cmd|' /C calc'!A0", "a|b;c:d", "#x", "T1\tE2",
    '{"a":1}', "../../x", "O", "\u2028x", "x" * 500, "a\x01b\x1f",
)  # fmt: skip


def nasty_record(words: str) -> dict[str, Any]:
    """One where every name there is is `words`."""
    article, layer = plain()
    meta = replace(article.meta, title=words, outlet=words, url=words)
    article = replace(article, text=f"{article.text} {NASTY.index(words)}", meta=meta)
    mentions = {
        id: replace(m, label=words, actor=f"person:{words}", flags=(words,))
        for id, m in layer.mentions.items()
    }
    statements = {
        id: replace(s, topics=(words,), no_topic=False, act=words, flags=(words,), note=words)
        for id, s in layer.statements.items()
    }
    layer = replace(
        layer,
        article=article.id,
        annotator=words.strip(),
        mentions=MappingProxyType(mentions),
        statements=MappingProxyType(statements),
    )
    return to_record(article, layer, ACTORS)


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"shape"}))
def test_no_name_breaks_a_format(tmp_path, format):
    wanted = {r["id"]: r for r in map(nasty_record, NASTY)}
    files, _ = written(format, wanted.values(), tmp_path)  # reads back what was meant
    assert {f.parent for f in files} == {tmp_path}
    if format in WHOLE:
        results = [r for f in files if f.name != "TypeSystem.xml" for r in read_file(f)]
        found = [r.record for r in results if isinstance(r, Foreign)]
        records = [to_record(r.article, r.layer, Actors(r.actors)) for r in found]
        assert {r["id"]: dumps(r) for r in records} == {id: dumps(r) for id, r in wanted.items()}
        assert len(results) == len(wanted)
