import hashlib
import json
import re
from dataclasses import replace
from types import MappingProxyType
from uuid import uuid4

import pytest
from export_samples import ACTORS, articles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from release_samples import news_project

from annotator.domain.actors import Actor
from annotator.domain.article import Article
from annotator.domain.edits import Placed, SetState, Step
from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Mention, Provenance, Speaker, Statement, accepted
from annotator.errors import AnnotatorError
from annotator.export import jsonl
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.registry import FORMATS
from annotator.jobs.exporting import EVERYTHING, export_project
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.storage.project import Project

AT = "2026-03-02T10:14:05Z"
TEXT = "Qin Gang said that trade must grow. Tokyo replied that it should wait. 🙂"


def article(n=0):
    return Article(f"{TEXT} No. {n}", "en")


def machine_of(a, *, suggester="rules 1"):
    """What a machine suggests: two statements and a mention."""
    provenance = Provenance(suggester=suggester, score=0.5)
    spans = [Span(a.text.index(w), a.text.index(w) + len(w)) for w in ("trade must grow", "it should wait")]
    statements = [
        Statement(suggestion_id("s", a.id, [x]), (x,), Kind.INDIRECT, provenance=provenance) for x in spans
    ]
    qin = Mention(
        suggestion_id("m", a.id, [Span(0, 8)], "PERSON"),
        Span(0, 8),
        "PERSON",
        "person:qin",
        provenance=provenance,
    )
    return layer(a, suggester, statements, [qin], kind=LayerKind.MACHINE)


def layer(a, annotator, statements=(), mentions=(), **fields):
    return Layer(
        a.id,
        annotator,
        mentions=MappingProxyType({m.id: m for m in mentions}),
        statements=MappingProxyType({s.id: s for s in statements}),
        **fields,
    )


def decided_of(a, annotator="ann", state=State.DOING):
    """A person's layer with the machine's first statement corrected."""
    first = machine_of(a).ordered_statements()[0]
    changed = replace(
        first, speaker=Speaker(not_stated=True), provenance=replace(first.provenance, changed=("speaker",))
    )
    return layer(a, annotator, [accepted(changed, annotator, AT)], state=state)


@pytest.fixture
def project(tmp_path):
    """Five articles: done, doing, suggested only, untouched, another done one."""
    with Project.create(tmp_path / "news.annot", annotator="ann") as made:
        articles = sorted((article(n) for n in range(5)), key=lambda a: a.id)
        made.add_articles(articles)
        for a in articles[:3]:
            made.put_machine_layer(a.id, machine_of(a), [Actor("person:qin", "Qin Gang", "person")])
        made.put_layer(decided_of(articles[0], state=State.DONE))
        made.put_layer(decided_of(articles[1]))
        made.put_layer(layer(articles[4], "ann", state=State.DONE, outcome="nothing_here"))
        yield made


def export(project, out, format="jsonl", **choice):
    return run(export_project(project, format, out, **choice))


def lines(report):
    with report.files[0].open(encoding="utf-8", newline="\n") as f:
        return [json.loads(line) for line in f]


def test_every_article_has_one_line_in_the_order_of_ids(project, tmp_path):
    report = export(project, tmp_path / "out")
    records = lines(report)
    assert [r["id"] for r in records] == project.article_ids()
    heads = [(r["layer"]["kind"], r["layer"]["annotator"], r["layer"]["state"]) for r in records]
    assert heads == [
        ("human", "ann", "done"),
        ("human", "ann", "doing"),
        ("machine", "rules 1", "todo"),
        ("human", "", "todo"),
        ("human", "ann", "done"),
    ]
    assert report.records == 5


def test_a_record_is_the_view_of_a_person_over_what_is_still_suggested(project, tmp_path):
    record = lines(export(project, tmp_path / "out"))[1]
    assert [s["decision"] for s in record["statements"]] == ["corrected", "suggested"]
    assert record["statements"][0]["speaker"]["not_stated"] is True
    assert [m["decision"] for m in record["mentions"]] == ["suggested"]
    assert [a["id"] for a in record["actors"]] == ["person:qin"]


def test_the_folder_holds_the_file_and_the_report_alone(project, tmp_path):
    out = tmp_path / "a" / "out"
    report = export(project, out)
    assert sorted(p.name for p in out.iterdir()) == ["LOSS.md", "news.jsonl"]
    loss = report.loss_file.read_text("utf-8")
    digest = hashlib.sha256(report.files[0].read_bytes()).hexdigest()
    assert f"- `news.jsonl` SHA-256 `{digest}`" in loss
    assert "Could not be carried: nothing." in loss


def test_two_formats_share_a_folder_and_its_report(project, tmp_path):
    export(project, tmp_path / "out")
    export(project, tmp_path / "out", "conll", options={"labels": "roles"})
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["LOSS.md", "news.conll", "news.jsonl"]
    loss = (tmp_path / "out" / "LOSS.md").read_text("utf-8")
    assert re.findall(r"^## .*", loss, re.MULTILINE) == ["## conll of news", "## jsonl of news"]
    assert "- labels: roles\n" in loss


def test_files_of_the_last_export_that_this_one_has_not_are_removed(project, tmp_path):
    out = tmp_path / "out"
    export(project, out, "brat")
    assert len(list(out.glob("*.ann"))) == len(list(out.glob("*.txt"))) == 5
    (out / "mine.txt").write_text("not from here")
    export(project, out, "brat", only="done")
    done = [project.article_ids()[i] for i in (0, 4)]
    assert sorted(p.name for p in out.glob("*.ann")) == [f"{id}.ann" for id in done]
    assert (out / "mine.txt").exists()
    export(project, out, "jsonl")
    assert len(list(out.glob("*.ann"))) == 2


def test_exporting_twice_gives_the_same_bytes(project, tmp_path):
    for format in ("jsonl", "conll"):
        one, two = export(project, tmp_path / "1", format), export(project, tmp_path / "2", format)
        assert one.files[0].read_bytes() == two.files[0].read_bytes()
        assert one.loss_file.read_bytes() == two.loss_file.read_bytes()
        again = export(project, tmp_path / "1", format)
        assert again.loss_file.read_bytes() == one.loss_file.read_bytes()


def test_only_done(project, tmp_path):
    report = export(project, tmp_path / "out", only="done")
    ids = project.article_ids()
    assert [r["id"] for r in lines(report)] == [ids[0], ids[4]]
    assert "- articles not done: 3\n" in report.loss_file.read_text("utf-8")


def test_only_done_of_the_machine_means_articles_that_a_person_finished(project, tmp_path):
    records = lines(export(project, tmp_path / "out", only="done", layer="machine"))
    assert [(r["id"], r["layer"]["kind"]) for r in records] == [
        (project.article_ids()[0], "machine"),
        (project.article_ids()[4], "machine"),
    ]


def test_only_decided_keeps_begun_articles_and_decided_statements(project, tmp_path):
    records = lines(export(project, tmp_path / "out", only="decided"))
    ids = project.article_ids()
    assert [r["id"] for r in records] == [ids[0], ids[1], ids[4]]
    assert [[s["decision"] for s in r["statements"]] for r in records] == [["corrected"], ["corrected"], []]


def test_the_machines_layer_can_be_asked_for(project, tmp_path):
    records = lines(export(project, tmp_path / "out", layer="machine"))
    assert [len(r["statements"]) for r in records] == [2, 2, 2, 0, 0]
    assert {r["layer"]["kind"] for r in records} == {"machine"}


def test_two_people_on_one_article_need_a_choice(project, tmp_path):
    a = project.article(project.article_ids()[1])
    project.put_layer(decided_of(a, "bo"))
    with pytest.raises(AnnotatorError, match=rf"{a.id} has the layers.*ann, bo.*--layer NAME"):
        export(project, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    for name in ("ann", "bo"):
        records = lines(export(project, tmp_path / name, layer=name))
        assert len(records) == 5
        assert {r["layer"]["annotator"] for r in records} == {name}
        assert records[1]["statements"][0]["provenance"]["by"] == name


def test_all_layers_are_a_line_each(project, tmp_path):
    ids = project.article_ids()
    project.put_layer(decided_of(project.article(ids[1]), "bo"))
    gold = layer(project.article(ids[3]), "jury", kind=LayerKind.GOLD, state=State.DONE)
    project.put_layer(gold)
    records = lines(export(project, tmp_path / "out", layer="all"))
    heads = [(ids.index(r["id"]), r["layer"]["kind"], r["layer"]["annotator"]) for r in records]
    assert heads == [
        (0, "human", "ann"),
        (0, "machine", "rules 1"),
        (1, "human", "ann"),
        (1, "human", "bo"),
        (1, "machine", "rules 1"),
        (2, "machine", "rules 1"),
        (3, "gold", "jury"),
        (4, "human", "ann"),
    ]
    assert [r["layer"]["kind"] for r in lines(export(project, tmp_path / "g", layer="gold"))] == ["gold"] * 5


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"format": "xls"}, "no export format 'xls'"),
        ({"only": "some"}, "--only cannot be 'some'"),
        ({"layer": "cy"}, "No article has an annotator 'cy'. Annotators here: ann"),
        ({"layer": "gold"}, "No article has a gold layer"),
        ({"options": {"labels": "roles"}}, "has no option 'labels'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_left(project, tmp_path, choice, why):
    with pytest.raises(AnnotatorError, match=re.escape(why)):
        export(project, tmp_path / "out", **choice)
    assert not (tmp_path / "out").exists()


def test_an_empty_choice_is_refused(tmp_path):
    with Project.create(tmp_path / "new.annot", annotator="ann") as project:
        with pytest.raises(AnnotatorError, match="has articles, so nothing was exported"):
            export(project, tmp_path / "out")
        project.add_articles([article()])
        with pytest.raises(AnnotatorError, match="has articles that are done"):
            export(project, tmp_path / "out", only="done")


def test_cancelling_leaves_the_old_files(project, tmp_path):
    before = export(project, tmp_path).files[0].read_bytes()
    project.add_articles([article(9)])
    for steps in range(1, 13):
        job = export_project(project, "jsonl", tmp_path)
        for _ in range(steps):
            next(job)
        job.close()
        assert (tmp_path / "news.jsonl").read_bytes() == before
        assert not list(tmp_path.glob(".*"))


def test_progress_goes_up_to_its_total(project, tmp_path):
    seen = list(export_project(project, "conll", tmp_path / "out"))
    assert [p.done for p in seen] == list(range(10))
    assert {p.total for p in seen} == {10}


def test_what_reads_back_differently_is_not_exported(project, tmp_path, monkeypatch):
    before = export(project, tmp_path / "out").files[0].read_bytes()
    monkeypatch.setattr(jsonl, "dumps", lambda record: json.dumps(record)[:-1] + ', "more": 1}')
    with pytest.raises(AnnotatorError, match="reads back differently at record 1"):
        export(project, tmp_path / "out")
    monkeypatch.setattr(jsonl, "dumps", lambda record: json.dumps(record)[:-1])
    with pytest.raises(AnnotatorError, match="reads back differently"):
        export(project, tmp_path / "out")
    assert (tmp_path / "out" / "news.jsonl").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said(project, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(AnnotatorError, match=r"Cannot export to .*file"):
        export(project, tmp_path / "file")
    with pytest.raises(AnnotatorError, match=r"Cannot export to"):
        export(project, tmp_path / "file" / "below")


def reimported(file, path):
    path.parent.mkdir(exist_ok=True)
    project = Project.create(path, annotator="somebody else")
    report = run(import_paths(project, [file]))
    assert not report.refused
    return project


def test_export_import_export_gives_the_same_bytes(project, tmp_path):
    for n, choice in enumerate(
        [{}, {"layer": "machine"}, {"layer": "ann"}, {"only": "done"}, {"only": "decided"}]
    ):
        where = tmp_path / str(n)
        first = export(project, where / "1", **choice).files[0]
        with reimported(first, where / "news.annot") as again:
            second = export(again, where / "2", **choice).files[0]
        assert second.read_bytes() == first.read_bytes()


LOSSLESS = sorted(name for name, format in FORMATS.items() if format.lossless)


@pytest.mark.parametrize("format", LOSSLESS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3, unique_by=lambda pair: pair[0].id), st.booleans())
def test_any_project_survives_export_and_import(tmp_path, format, pairs, both):
    """In every format that loses nothing; all layers of an article, where it has a machine's too."""
    where = tmp_path / uuid4().hex
    where.mkdir()
    with Project.create(where / "p.annot", annotator="ann") as project:
        project.add_articles([a for a, _ in pairs])
        for a, human in pairs:
            if not human.empty:
                project.put_layer(human, ACTORS)
            if both:
                project.put_machine_layer(a.id, machines(human), ACTORS)
        first = contents(export(project, where / "1", format, layer="all"))
    with reimported(where / "1", where / "again" / "p.annot") as again:
        assert contents(export(again, where / "2", format, layer="all")) == first
        assert len(again.article_ids()) == len(pairs)
        assert again.check() == []


def contents(report):
    return {file.name: file.read_bytes() for file in report.files}


def machines(human):
    """What a machine could have suggested: the same marks, undecided."""

    def suggested(items):
        by = Provenance(suggester="rules 1", score=0.5)
        return MappingProxyType(
            {id: replace(x, decision=Decision.SUGGESTED, provenance=by) for id, x in items.items()}
        )

    return replace(
        human,
        annotator="rules 1",
        kind=LayerKind.MACHINE,
        state=State.TODO,
        mentions=suggested(human.mentions),
        statements=suggested(human.statements),
    )


def filtered(project, out, **filters):
    everything = Filters(only="all", negatives=("rejected",), **filters)
    return run(export_project(project, "jsonl", out, layer="ann", filters=everything))


def test_filters_choose_articles_and_statements_and_the_report_says_which(tmp_path):
    with news_project(tmp_path / "news.annot", stories=12) as project:
        report = filtered(
            project, tmp_path / "out", outlets=("Outlet 1",), topics=("trade",), matching_only=True
        )
        lines = [json.loads(x) for x in report.files[0].read_text("utf-8").split("\n")[:-1]]
        assert lines
        assert {x["meta"]["outlet"] for x in lines} == {"Outlet 1"}
        assert {t for x in lines for s in x["statements"] for t in s["topics"]} == {"trade.tariffs"}
        assert report.loss.left_out["articles of other outlets"].count > 0
        said = report.loss_file.read_text("utf-8")
        assert "- outlets: ['Outlet 1']" in said
        assert "articles of other outlets" in said


def test_filters_keep_what_is_rejected_and_drop_unsure_suggestions(tmp_path):
    with news_project(tmp_path / "news.annot", stories=3) as project:
        report = filtered(project, tmp_path / "out", least_score=0.5)
        decisions = {
            s["decision"]
            for line in report.files[0].read_text("utf-8").split("\n")[:-1]
            for s in json.loads(line)["statements"]
        }
        assert decisions == {"confirmed", "rejected"}
        assert report.loss.left_out["suggested statements"].count == report.records


def test_filters_that_leave_nothing_are_refused(tmp_path):
    with news_project(tmp_path / "news.annot", stories=3) as project:
        with pytest.raises(AnnotatorError, match=r"Nothing is left to export\. .* 7 articles of other"):
            filtered(project, tmp_path / "out", outlets=("Nowhere",))
        assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_earlier_export_is_left_alone(tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "p.jsonl").write_text("the only copy of my articles", encoding="utf-8")
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.add_articles([Article("Qin said no.")])
        with pytest.raises(AnnotatorError, match="no earlier export"):
            run(export_project(project, "jsonl", out))
        assert [f.name for f in out.iterdir()] == ["p.jsonl"]
        assert (out / "p.jsonl").read_text("utf-8") == "the only copy of my articles"
        (out / "p.jsonl").unlink()
        for _ in range(2):
            run(export_project(project, "jsonl", out))
        assert {f.name for f in out.iterdir()} == {"p.jsonl", "LOSS.md"}


def test_names_and_notes_of_people_stay_at_home_when_asked_for(project, tmp_path):
    report = run(
        export_project(
            project, "jsonl", tmp_path / "out", layer="all", masking=Masking("pseudonyms", notes=False)
        )
    )
    written = report.files[0].read_text("utf-8")
    plain = run(export_project(project, "jsonl", tmp_path / "plain", layer="all"))
    people = {r["layer"]["annotator"] for r in lines(plain) if r["layer"]["kind"] == "human"} - {""}
    assert people
    named = {r["layer"]["annotator"] for r in lines(report) if r["layer"]["kind"] == "human"} - {""}
    assert named == {f"a{n}" for n in range(1, len(people) + 1)}
    assert not any(f'"{name}"' in written for name in people)
    assert not any(s["note"] for r in lines(report) for s in r["statements"])
    assert [r["text"] for r in lines(report)] == [r["text"] for r in lines(plain)]
    assert "- names: pseudonyms" in report.loss_file.read_text("utf-8")


@pytest.mark.parametrize("format", ["jsonl", "hf", "table-jsonl"])
def test_one_of_each_group_of_near_copies_is_exported(tmp_path, format):
    words = "The minister of trade said on day {} that talks would go on without a break for all. "
    text = "".join(words.format(n) for n in range(30))
    copies = [Article(text, "en"), Article(f"WIRE COPY. {text}", "en"), Article("Something else.", "en")]
    with Project.create(tmp_path / "copies.annot", annotator="ann") as made:
        made.add_articles(copies)
        done = Placed(SetState(State.DONE), copies[1].id, "ann")
        made.do(Step("Done", (done,)))
        job = export_project(made, format, tmp_path / "out", filters=replace(EVERYTHING, near_copies="one"))
        report = run(job)
    assert report.records == 2
    assert report.loss.left_out["near-copies of articles that are here"].count == 1
    if format == "jsonl":
        assert {r["id"] for r in lines(report)} == {copies[1].id, copies[2].id}  # the one furthest on


def test_a_date_that_is_none_is_a_sentence():
    for wrong in ("1.2.2024", "2024-13", "2024-01-32", "2024-02-31", "soon", "٢٠٢٤"):
        with pytest.raises(AnnotatorError, match="is no date"):
            replace(EVERYTHING, since=wrong)
    assert replace(EVERYTHING, since="2024", until="2024-06-30").until == "2024-06-30"


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -0.1, 80.0])
def test_a_least_score_that_is_none_is_a_sentence(wrong):
    for name in ("least_score", "least_agreement"):
        with pytest.raises(AnnotatorError, match="is no number from 0 to 1"):
            replace(EVERYTHING, **{name: wrong})


def test_cancelling_leaves_nothing_where_all_articles_are_looked_at_first(project, tmp_path):
    first_look = replace(EVERYTHING, near_copies="one")
    steps = sum(1 for _ in export_project(project, "hf", tmp_path / "whole", filters=first_look))
    assert steps > 10
    for n in range(0, steps, 2):
        job = export_project(project, "hf", tmp_path / "out", filters=first_look)
        for _ in range(n + 1):
            next(job)
        job.close()
        assert not (tmp_path / "out").exists()
