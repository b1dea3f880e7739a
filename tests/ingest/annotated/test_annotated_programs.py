"""Files in the shapes that other programs write."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.layer import Layer, LayerKind
from annotator.domain.statement import Decision, Kind
from annotator.ingest import Foreign, Read, Refused, Unplaced, read_file
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.storage.project import Project

TEXT = "Ada Berg of Norland said 🙂 that “talks must go on”. Sudria agreed."


def file_of(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def only(path: Path, **how: Any) -> Foreign:
    (found,) = read_file(path, **how)
    assert isinstance(found, Foreign), found
    return found


def said(layer: Layer, text: str = TEXT) -> list[tuple[str, str]]:
    return [(m.label, m.span.surface(text)) for m in layer.ordered_mentions()]


def u16(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    before = len(TEXT[:start].encode("utf-16-le")) // 2
    return {"start": before, "end": before + len(words.encode("utf-16-le")) // 2}


def region(id: str, words: str, label: str) -> dict[str, Any]:
    value = {**u16(words), "text": words, "labels": [label]}
    return {
        "id": id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": value,
        "origin": "manual",
    }


def test_an_export_of_label_studio(tmp_path):
    content = region("cccc", "talks must go on", "Content")
    result = [
        region("aaaa", "Ada Berg", "PERSON"),
        content,
        {
            **content,
            "from_name": "kind",
            "type": "choices",
            "value": {**u16("talks must go on"), "choices": ["direct"]},
        },
        {
            **content,
            "from_name": "mood",
            "type": "choices",
            "value": {**u16("talks must go on"), "choices": ["calm"]},
        },
        region("ssss", "Sudria", "GPE"),
        {"from_id": "cccc", "to_id": "aaaa", "type": "relation", "direction": "right", "labels": ["speaker"]},
        {"from_id": "ssss", "to_id": "cccc", "type": "relation", "direction": "left", "labels": ["target"]},
    ]
    annotation = {
        "id": 9,
        "completed_by": {"id": 3, "email": "cy@example.org"},
        "result": result,
        "was_cancelled": False,
    }
    guess = {"model_version": "m 2", "score": 0.5, "result": [region("g", "Norland", "GPE")]}
    cancelled = {"id": 10, "completed_by": 4, "result": [], "was_cancelled": True}
    task = {
        "id": 17,
        "annotations": [annotation, cancelled],
        "predictions": [guess],
        "data": {"text": TEXT, "headline": "Talks"},
        "meta": {},
        "project": 1,
    }
    left_out, human, mood, machine = read_file(file_of(tmp_path, "project-1.json", [task]))
    assert str(left_out) == "project-1.json: item 1: 1 cancelled annotations are left out"
    assert isinstance(human, Foreign)
    layer = human.record.layer
    assert (layer.annotator, layer.kind) == ("cy@example.org", LayerKind.HUMAN)
    assert human.notes == ("offsets converted from UTF-16 units",)
    assert human.record.article.meta.title == "Talks"
    assert said(layer) == [("PERSON", "Ada Berg"), ("GPE", "Sudria")]
    (statement,) = layer.ordered_statements()
    assert statement.kind is Kind.DIRECT
    assert statement.speaker.span is not None
    assert statement.speaker.span.surface(TEXT) == "Ada Berg"
    assert [t.span and t.span.surface(TEXT) for t in statement.targets] == ["Sudria"]
    assert (
        str(mood) == "project-1.json: item 1: cccc “mood: calm” is not placed: there is no such choice here"
    )
    assert isinstance(machine, Foreign)
    assert (machine.record.layer.annotator, machine.record.layer.kind) == ("m 2", LayerKind.MACHINE)
    (guessed,) = machine.record.layer.mentions.values()
    assert (guessed.decision, guessed.provenance.score) == (Decision.SUGGESTED, 0.5)


def test_the_short_form_of_label_studio(tmp_path):
    regions = [{**u16(w), "text": w, "labels": [x]} for w, x in (("Norland", "GPE"), ("Sudria", "GPE"))]
    found = only(file_of(tmp_path, "a.json", [{"id": 1, "text": TEXT, "label": regions, "annotator": 2}]))
    assert said(found.record.layer) == [("GPE", "Norland"), ("GPE", "Sudria")]
    assert found.record.layer.annotator == "Label Studio user 2"


def test_sequence_labels_of_doccano(tmp_path):
    line = {"id": 4, "text": TEXT, "label": [[0, 8, "PERSON"], [12, 19, "GPE"]], "outlet": "Bay"}
    found = only(file_of(tmp_path, "admin.jsonl", line))
    assert said(found.record.layer) == [("PERSON", "Ada Berg"), ("GPE", "Norland")]
    assert (found.record.article.meta.source_id, found.record.article.meta.outlet) == ("4", "Bay")
    assert found.record.layer.annotator == ""


def test_relations_of_prodigy_by_last_tokens_alone(tmp_path):
    words = TEXT.replace("“", "“ ").replace("”.", " ” .").replace("d.", "d .").split()
    tokens, at = [], 0
    for n, word in enumerate(words):
        at = TEXT.index(word, at)
        tokens.append({"text": word, "start": at, "end": at + len(word), "id": n})
        at += len(word)
    ends = {t["end"]: t["id"] for t in tokens}
    starts = {t["start"]: t["id"] for t in tokens}
    spans = []
    for words_, label in (
        ("Ada Berg", "PERSON"),
        ("talks must go on", "CONTENT"),
        ("said", "CUE"),
        ("must", "X"),
    ):
        start = TEXT.index(words_)
        end = start + len(words_)
        edges = {"token_start": starts[start], "token_end": ends[end]}
        spans.append({"start": start, "end": end, **edges, "label": label})
    relations = [
        {"head": spans[1]["token_end"], "child": spans[0]["token_end"], "label": "SPEAKER"},
        {"head": spans[1]["token_end"], "child": spans[2]["token_end"], "label": "CUE"},
        {"head": spans[1]["token_end"], "child": 0, "label": "TARGET"},
    ]
    task = {"text": TEXT, "tokens": tokens, "spans": spans, "relations": relations, "answer": "accept"}
    task["_annotator_id"] = "db-cy"
    found, lost = read_file(file_of(tmp_path, "a.jsonl", task))
    assert isinstance(found, Foreign)
    assert found.record.layer.annotator == "db-cy"
    (statement,) = found.record.layer.ordered_statements()
    assert statement.speaker.span is not None
    assert statement.speaker.span.surface(TEXT) == "Ada Berg"
    assert statement.cue is not None
    assert statement.cue.surface(TEXT) == "said"
    assert statement.kind is Kind.DIRECT
    assert "relation 3 (TARGET) is not placed: which of the spans" in str(lost)
    rejected, why = read_file(file_of(tmp_path, "b.jsonl", {**task, "answer": "reject"}))
    assert isinstance(rejected, Foreign)
    assert rejected.record.layer.empty
    assert "its answer is reject" in str(why)


BRAT = """T1	PERSON 0 8	Ada Berg
T2	GPE 12 19	Norland
T3	Statement 20 24	said
T4	Content 33 38;44 49	talks go on
E1	Statement:T3 Content:T4 Speaker:T1
T5	Attack 20 24	said
E2	Attack:T5 Agent:T1
R1	Origin Arg1:T1 Arg2:T2
*	Equiv T1 T2
N1	Reference T2 Wikipedia:21241	Norland
A1	Negation E1
#1	AnnotatorNotes E1	look again
"""


def test_a_collection_of_brat(tmp_path):
    file_of(tmp_path, "a.txt", TEXT)
    (tmp_path / "a.ann").write_text(BRAT, encoding="utf-8")
    found, *listed = read_file(tmp_path / "a.ann")
    assert isinstance(found, Foreign)
    (statement,) = found.record.layer.ordered_statements()
    assert [x.surface(TEXT) for x in statement.spans] == ["talks", "go on"]
    assert statement.note == "look again"
    assert statement.speaker.span is not None
    assert said(found.record.layer)[:2] == [("PERSON", "Ada Berg"), ("GPE", "Norland")]
    assert found.notes == (
        "kinds of statements told by quotation marks ×1",
        "references to Wikipedia left out ×1",
        "relations left out ×2",
    )
    assert [str(r) for r in listed] == [
        "a.ann: E2 “said” is not placed: events of type Attack are not statements"
    ]


def test_entities_in_iob1_and_bioes(tmp_path):
    for tags in ("I-PER I-PER O B-PER", "B-PER E-PER O S-PER", "B-PER I-PER O B-PER"):
        words = zip(["Ada", "Berg", "met", "Qin"], tags.split(), strict=True)
        lines = "".join(f"{word}\tNN\t{tag}\n" for word, tag in words)
        found = only(file_of(tmp_path, "a.conll", f"# id 7 domain=en\n{lines}\n"))
        text = found.record.article.text
        assert text == "Ada Berg met Qin"
        assert said(found.record.layer, text) == [("PER", "Ada Berg"), ("PER", "Qin")]


def test_tags_without_a_beginning_are_not_guessed(tmp_path):
    (result,) = read_file(file_of(tmp_path, "a.conll", "Ada PER\nBerg PER\nmet O\n"))
    assert str(result) == "a.conll: line 1: the last column of line 1 is no tag such as O or B-ORG (PER)"
    (other,) = read_file(file_of(tmp_path, "b.conll", "#begin document (a); part 000\na 0 0 It -\n"))
    assert "CoNLL-2012" in str(other)


CONLLU = """# newdoc id = weblog-1
# newpar
# sent_id = 1
# text = Vámonos al mar, dijo Ada.
1-2	Vámonos	_	_	_	_	_	_	_	_
1	Vamos	ir	VERB	_	_	0	root	_	_
2	nos	nosotros	PRON	_	_	1	obj	_	_
3-4	al	_	_	_	_	_	_	_	_
3	a	a	ADP	_	_	5	case	_	_
4	el	el	DET	_	_	5	det	_	_
5	mar	mar	NOUN	_	_	1	obl	_	SpaceAfter=No
6	,	,	PUNCT	_	_	1	punct	_	_
7	dijo	decir	VERB	_	_	1	parataxis	_	_
7.1	_	_	PRON	_	_	_	_	_	_
8	Ada	Ada	PROPN	_	_	7	nsubj	_	ner=B-PERSON
9	Berg	Berg	PROPN	_	_	8	flat	_	SpaceAfter=No|ner=I-PERSON
10	.	.	PUNCT	_	_	1	punct	_	_

# newpar
# text = Nadie habló.
1	Nadie	nadie	PRON	_	_	2	nsubj	_	_
2	habló	hablar	VERB	_	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_

"""


@pytest.mark.parametrize("name", ["a.conllu", "a.conll"])
def test_a_treebank(tmp_path, name):
    found = only(file_of(tmp_path, name, CONLLU))
    text = found.record.article.text
    assert text == "Vámonos al mar, dijo Ada Berg.\n\nNadie habló."
    assert said(found.record.layer, text) == [("PERSON", "Ada Berg")]
    assert found.record.article.meta.source_id == "weblog-1"


def test_statements_in_comments_of_a_stranger(tmp_path):
    start = TEXT.index("talks")
    span = {"start": start, "end": start + 16, "text": "talks must go on"}
    statements = json.dumps([{"id": "s1", "kind": "direct", "spans": [span], "decision": "confirmed"}])
    words = "".join(f"{n}\t{w}" + "\t_" * 8 + "\n" for n, w in enumerate(TEXT.split(), 1))
    path = file_of(tmp_path, "a.conllu", f"# newdoc id = 1\n# statements = {statements}\n{words}\n")
    found = only(path)
    assert (found.own, found.record.layer.annotator) == (False, "")
    (statement,) = found.record.layer.ordered_statements()
    assert statement.spans[0].surface(found.record.article.text) == "talks must go on"
    with Project.create(tmp_path / "p.annot", annotator="bo") as project:
        run(import_paths(project, [path]))
        (id,) = project.article_ids()
        assert project.layer(id).statements["s1"].provenance.by == "bo"


def test_a_docbin_of_spacy(tmp_path):
    import spacy
    from spacy.tokens import DocBin, Span

    nlp = spacy.blank("en")
    doc = nlp(TEXT)
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "GPE")]
    doc.spans["sc"] = [Span(doc, 3, 4, "GPE"), Span(doc, 0, 4, "ORG")]
    doc.cats = {"peace": 1.0}
    DocBin(docs=[doc, nlp("Second.")], store_user_data=True).to_disk(tmp_path / "train.spacy")
    found, second = read_file(tmp_path / "train.spacy")
    assert isinstance(found, Foreign)
    assert isinstance(second, Foreign)
    assert said(found.record.layer) == [
        ("PERSON", "Ada Berg"),
        ("ORG", "Ada Berg of Norland"),
        ("GPE", "Norland"),
    ]
    assert found.notes == ("topics of the whole text left out ×1",)
    assert second.record.layer.empty


XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<seg:Token xmi:id="5" sofa="1" begin="0" end="3"/><seg:Token xmi:id="6" sofa="1" begin="4" end="8"/>
<ner:NamedEntity xmi:id="7" sofa="1" begin="0" end="8" value="PERSON"/>
<ner:NamedEntity xmi:id="8" sofa="1" begin="{start}" end="{end}" value="GPE"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" sofaString="{text}"/>
<cas:View sofa="1" members="5 6 7 8"/></xmi:XMI>"""


def test_named_entities_of_another_cas(tmp_path):
    found = only(file_of(tmp_path, "a.xmi", XMI.format(**u16("Sudria"), text=TEXT)))
    assert said(found.record.layer) == [("PERSON", "Ada Berg"), ("GPE", "Sudria")]
    assert found.notes == ("annotations of type Token left out ×2",)


def test_plain_articles_stay_plain(tmp_path):
    lines = [{"text": TEXT, "labels": ["news"]}, {"text": "Two.", "entities": {}}, {"text": "3.", "spans": 3}]
    path = file_of(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert [type(r) for r in read_file(path)] == [Read, Read, Read]
    assert [type(r) for r in read_file(file_of(tmp_path, "a.json", lines))] == [Read, Read, Read]


def test_a_format_that_the_suffix_does_not_tell(tmp_path):
    conll = file_of(tmp_path, "train.txt", "Ada B-PERSON\nspoke O\n")
    found = only(conll, format="conll")
    assert found.record.article.text == "Ada spoke"
    (plain,) = read_file(conll)
    assert isinstance(plain, Read)
    (result,) = read_file(file_of(tmp_path, "a.jsonl", {"text": "x"}), format="doccano")
    assert isinstance(result, Refused)
    assert str(result) == "a.jsonl: line 1: it is not a line of doccano"


def test_labels_are_fitted_to_the_scheme_and_never_mapped_silently(tmp_path):
    path = file_of(
        tmp_path, "a.jsonl", {"text": TEXT, "label": [[0, 8, "per"], [12, 19, "gpe"], [20, 24, "V"]]}
    )
    with Project.create(tmp_path / "p.annot", annotator="bo") as project:
        report = run(import_paths(project, [path]))
        (id,) = project.article_ids()
        assert said(project.layer(id)) == [("GPE", "Norland")]
    assert [str(r) for r in report.refused if isinstance(r, Unplaced)] == [
        "a.jsonl: line 1: per “Ada Berg” is not placed: label per is not in the scheme",
        "a.jsonl: line 1: V “said” is not placed: label V is not in the scheme",
    ]
    assert report.summary() == "1 article added, 1 layer of annotations added, 2 marks not placed"
    with Project.create(tmp_path / "q.annot", annotator="bo") as project:
        run(import_paths(project, [path], labels={"PER": "PERSON"}))
        assert said(project.layer(id)) == [("PERSON", "Ada Berg"), ("GPE", "Norland")]
