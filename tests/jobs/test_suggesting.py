import io
import json
from dataclasses import replace

import pytest

from annotator.domain.actors import Actor
from annotator.domain.article import Article
from annotator.domain.edits import AddStatement, Placed, PutActor, Step
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.record import from_record
from annotator.domain.scheme import Area, Topic
from annotator.domain.statement import Decision, rejected
from annotator.jobs.progress import run
from annotator.jobs.streaming import suggest_between
from annotator.jobs.suggesting import load_suggester, suggest_project, suggest_stream
from annotator.storage.project import Project, view_of
from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester

TEXT = "China urged Japan to lift the ban. “We will see,” said Ana Kova."


@pytest.fixture(scope="module")
def suggester():
    return Suggester(scheme=default_scheme())


def stream(suggester, *lines, replies=False):
    out, complaints = [], []
    report = suggest_stream(
        lines, out.append, suggester=suggester, replies=replies, complain=complaints.append
    )
    return [json.loads(line) for line in out], complaints, report


def test_one_record_a_line_in_order(suggester):
    records, complaints, report = stream(
        suggester,
        json.dumps({"id": "b", "text": TEXT, "title": "Ban", "other": [1]}),
        b"\n",
        json.dumps({"id": "a", "text": "Nothing here."}).encode(),
    )
    assert [r["id"] for r in records] == ["b", "a"]
    assert records[0]["text"] == TEXT
    assert records[0]["meta"]["title"] == "Ban"
    assert records[0]["layer"]["kind"] == "machine"
    assert len(from_record(records[0]).layer.statements) == 2
    assert complaints == []
    assert (report.answered, report.refused) == (2, ())


def test_id_and_text_are_echoed_as_given(suggester):
    text = "\ufeffÉ\r\n\u00a0China urged Japan to act.\u0301 🖊"
    records, _, _ = stream(suggester, json.dumps({"id": 7, "text": text}))
    assert (records[0]["id"], records[0]["text"]) == (7, text)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', "no id"),
        ('{"id": "a"}', "no text"),
        ('{"id": "a", "text": 5}', "no text"),
        ('{"id": "a", "text": "\\ud800"}', "half a character"),
        ('{"id": "a", "text": "x", "fill": [{"start": 0, "end": 9}]}', "does not lie in its text"),
        ('{"id": "a", "text": "x", "fill": []}', "does not lie in its text"),
        ('{"id": "a", "text": " ", "fill": [{"start": 0, "end": 1}]}', "holds no words"),
        ('{"id": "a", "text": "x", "fill": [{"start": 0}]}', "no list of spans"),
        ('{"id": "a", "text": "x", "fill": [{"start": 1, "end": 0}]}', "no list of spans"),
        ('{"id": "a", "text": "x", "fill": [{"start": "0", "end": 1.5}]}', "no list of spans"),
        ('{"id": "a", "text": "x", "fill": 7}', "no list of spans"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_bad_lines_are_refused_by_number_and_the_rest_answered(suggester, line, why):
    good = json.dumps({"id": "ok", "text": "Fine."})
    records, complaints, report = stream(suggester, good, line, good)
    assert [r["id"] for r in records] == ["ok", "ok"]
    assert len(complaints) == 1
    assert complaints[0].startswith("line 2: ")
    assert why in complaints[0]
    assert report.refused == tuple(complaints)


def test_refusals_are_answered_when_asked_for(suggester):
    records, _, _ = stream(suggester, '{"id": "a"}', replies=True)
    assert records == [{"id": "a", "error": "it has no text"}]


def test_fill_gives_one_statement(suggester):
    start = TEXT.index("to lift")
    line = json.dumps({"id": "a", "text": TEXT, "fill": [{"start": start, "end": start + 15}]})
    records, _, _ = stream(suggester, line)
    (statement,) = records[0]["statements"]
    assert statement["spans"] == [{"start": start, "end": start + 15, "text": "to lift the ban"}]
    assert statement["speaker"]["actors"] == ["state:CN"]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ana") as project:
        project.add_articles([Article(TEXT), Article("Nothing here.")])
        yield project


def test_a_project_is_suggested_once(project):
    assert run(suggest_project(project)) == 2
    layer = project.machine_layer(Article(TEXT).id)
    assert len(layer.statements) == 2
    assert "state:CN" in project.actors()
    assert run(suggest_project(project)) == 0


def test_cancelling_keeps_what_is_done(project):
    job = suggest_project(project)
    seen = [next(job), next(job), next(job)]
    job.close()
    assert len(project.ids_without_suggestions()) == 2 - seen[-1].done
    assert project.check() == []


def test_a_decision_is_not_touched(project):
    id = Article(TEXT).id
    run(suggest_project(project))
    first = project.machine_layer(id).ordered_statements()[0]
    gone = rejected(first, "ana", "2026-01-01T00:00:00Z")
    project.do(Step("Reject", (Placed(AddStatement(gone), id, "ana"),)))
    again = load_suggester(project).suggest(id, TEXT)
    project.put_machine_layer(id, replace(again.layer, article=id), again.actors)
    assert project.layer(id).statements[gone.id].decision is Decision.REJECTED
    assert [s.decision for s in view_of(project, id).ordered_statements()] == [
        Decision.REJECTED,
        Decision.SUGGESTED,
    ]


def test_what_a_pipeline_lacks_is_said(project, tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "pipe")
    messages = [p.message for p in suggest_project(project, pipeline=str(tmp_path / "pipe"))]
    assert any("has no parser" in m for m in messages)


ODD = [
    {"id": "a", "text": "Qin said no.", "title": "\ud800"},
    {"id": "a", "text": "Qin said no.", "fill": [{"start": float("inf"), "end": 5}]},
    {"id": "a", "text": "   ", "fill": [{"start": 0, "end": 2}]},
    {"id": "\udc00", "text": "a"},
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_line_never_ends_the_stream(suggester, odd):
    after = json.dumps({"id": "z", "text": TEXT})
    records, _, report = stream(suggester, json.dumps(odd), after, replies=True)
    assert len(records) == 2
    assert records[-1]["id"] == "z"
    assert report.answered + len(report.refused) == 2


def test_a_mistake_over_one_text_is_a_refusal_of_that_text(suggester, monkeypatch):
    monkeypatch.setattr(type(suggester), "suggest", lambda *_, **__: 1 / 0)
    records, complaints, _ = stream(suggester, json.dumps({"id": "a", "text": TEXT}), replies=True)
    assert records == [{"id": "a", "error": "it could not be suggested"}]
    assert complaints == ["line 1: it could not be suggested"]


def test_what_people_linked_is_used_for_the_next_article(tmp_path):
    """A name linked once by hand is linked by the machine from then on."""
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        first = Article("Orla Quint said the talks failed. Quint left.")
        project.add_articles([first])
        run(suggest_project(project))
        shown = view_of(project, first.id)
        statement = next(iter(shown.statements.values()))
        speaker = replace(statement.speaker, actors=("person:minister-quint",))
        decided = replace(statement, speaker=speaker, decision=Decision.CORRECTED)
        put = Placed(AddStatement(decided), first.id, "anna")
        known = Placed(PutActor(Actor("person:minister-quint", "Orla Quint-Dale", "person")))
        project.do(Step("Correct", (known, put)))
        second = Article("Orla Quint said the ban would stay.")
        project.add_articles([second])
        run(suggest_project(project))
        found = next(iter(view_of(project, second.id).statements.values()))
    assert found.speaker.actors == ("person:minister-quint",)


def test_again_replaces_suggestions_of_what_is_not_done(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        done, open_ = Article(TEXT), Article(f"{TEXT} It ended.")
        project.add_articles([done, open_])
        run(suggest_project(project))
        project.put_layer(Layer(done.id, "anna", LayerKind.HUMAN, state=State.DONE))
        assert run(suggest_project(project)) == 0
        assert run(suggest_project(project, again=True)) == 1


def test_a_stream_for_a_project_keeps_up_with_it(tmp_path):
    """The child process of the window: it reads the project, and reads it again when it has changed."""
    path = tmp_path / "p.annot"
    text = "The ban on lemons must end, Orla Quint said."
    answers = io.BytesIO()
    with Project.create(path, annotator="anna") as project:
        scheme = project.scheme

        def lines():
            yield json.dumps({"id": "1", "text": text}).encode()
            fruit = Area("fruit", "Fruit", "y", (Topic("fruit.lemons", "Lemons", "l", cues=("lemons",)),))
            project.set_scheme(replace(scheme, areas=(*scheme.areas, fruit)))
            yield json.dumps({"id": "2", "text": text}).encode()

        suggest_between(lines(), answers, project=path)
    first, second = (json.loads(line) for line in answers.getvalue().splitlines())
    assert "fruit.lemons" not in first["statements"][0]["topics"]
    assert "fruit.lemons" in second["statements"][0]["topics"]
