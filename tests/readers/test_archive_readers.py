"""UIMA CAS XMI as dkpro-cassis reads it, TEI as lxml does, with the structure that TEI P5 asks for."""

import json

import pytest
from cassis import load_cas_from_xmi, load_typesystem
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def cases(exported):
    folder = exported("xmi")
    with (folder / "TypeSystem.xml").open("rb") as f:
        types = load_typesystem(f)
    found = {}
    for file in folder.glob("*.xmi"):
        with file.open("rb") as f:
            found[file.stem] = load_cas_from_xmi(f, typesystem=types)
    return found


def words(annotation):
    return annotation.get_covered_text() if annotation else None


def test_cassis_covers_the_very_words(cases, records, kept):
    assert set(cases) == set(records)
    for id, cas in cases.items():
        record = records[id]
        assert cas.sofa_string == record["text"]
        mentions = {(m.id, m.get_covered_text(), m.label, m.actor) for m in cas.select("annotator.Mention")}
        assert mentions == {(m["id"], m["text"], m["label"], m["actor"]) for m in kept(id, "mentions")}
        statements = {s.id: s for s in cas.select("annotator.Statement")}
        assert set(statements) == {s["id"] for s in kept(id, "statements")}
        for s in kept(id, "statements"):
            found = statements[s["id"]]
            assert [words(x) for x in found.contents.elements] == [x["text"] for x in s["spans"]]
            assert words(found.cue) == (s["cue"] or {}).get("text")
            assert (found.notStated, found.noTarget) == (s["speaker"]["not_stated"], s["no_target"])
            if s["speaker"]["span"]:
                assert words(found.speaker) == s["speaker"]["span"]["text"]
            targets = found.targets.elements if found.targets else []
            assert [t.actor for t in targets] == [t["actor"] for t in s["targets"]]


def test_cassis_finds_the_whole_record(cases, records):
    for id, cas in cases.items():
        [found] = cas.select("annotator.Record")
        assert json.loads(found.json) == {k: v for k, v in records[id].items() if k != "text"}


@pytest.fixture(scope="module")
def corpus(exported):
    [file] = exported("tei").glob("*.xml")
    return etree.parse(str(file)).getroot()


def test_tei_has_the_structure_of_a_corpus(corpus, records):
    assert corpus.tag == f"{TEI}teiCorpus"
    head, *texts = corpus
    assert [t.tag for t in texts] == [f"{TEI}TEI"] * len(records)
    for each in (head, *(t[0] for t in texts)):
        assert each.tag == f"{TEI}teiHeader"
        assert each[0].tag == f"{TEI}fileDesc"
        names = [child.tag.removeprefix(TEI) for child in each[0]]
        assert names == ["titleStmt", "publicationStmt", "sourceDesc"]
        assert each[0][0][0].tag == f"{TEI}title"
    for text, id in zip(texts, records, strict=True):
        assert text.find(f".//{TEI}sourceDesc//{TEI}idno").text == id
        [body] = text.findall(f"{TEI}text/{TEI}body")
        assert {p.tag for p in body} == {f"{TEI}p"}
        assert "\n".join("".join(p.itertext()) for p in body) == records[id]["text"]


def test_teis_pointers_point_and_its_ids_are_unique(corpus):
    ids = [e.get(ID) for e in corpus.iter() if e.get(ID)]
    assert len(ids) == len(set(ids)) > 20
    pointers = ("who", "toWhom", "ref", "corresp", "next", "prev")
    pointed = [p for e in corpus.iter() for a in pointers for p in (e.get(a) or "").split()]
    assert len(pointed) > 20
    assert {p.removeprefix("#") for p in pointed} <= set(ids)
    following = {e.get(ID): e.get("next") for e in corpus.iter() if e.get("next")}
    before = {e.get("prev"): f"#{e.get(ID)}" for e in corpus.iter() if e.get("prev")}
    assert {f"#{a}": b for a, b in following.items()} == before


def test_tei_has_each_statement_as_said_with_its_words(corpus, records, kept):
    texts = [e for e in corpus if e.tag == f"{TEI}TEI"]
    for text, id in zip(texts, records, strict=True):
        said = {e.get(ID): e for e in text.iter(f"{TEI}said")}
        firsts = [e for e in said.values() if not e.get("prev")]
        wholes = []
        for e in firsts:
            parts = ["".join(e.itertext())]
            while e.get("next"):
                e = said[e.get("next").removeprefix("#")]
                parts.append("".join(e.itertext()))
            wholes.append("".join("".join(parts).split()))
        wanted = ["".join("".join(x["text"] for x in s["spans"]).split()) for s in kept(id, "statements")]
        assert sorted(wholes) == sorted(wanted)
