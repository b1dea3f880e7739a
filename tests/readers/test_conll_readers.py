"""The CoNLL formats as spaCy's converter, seqeval, nervaluate, conllu and pyconll read them."""

import json
from collections import Counter

import conllu
import pyconll
import pytest
from spacy.training.converters import conll_ner_to_docs


def only(folder, suffix):
    [file] = folder.glob(f"*{suffix}")
    return file.read_bytes().decode("utf-8")


def tags(text):
    """The last column by sentences, documents set apart, as scripts for seqeval read it."""
    sentences = [block.split("\n") for block in text.split("\n\n")]
    words = [[line.split(" ") for line in block if line] for block in sentences]
    return [[w[-1] for w in s] for s in words if s and s[0][0] != "-DOCSTART-"]


def spans_of(tokens):
    """Words and label of each run of IOB2 tags."""
    found = []
    for word, tag in tokens:
        if tag.startswith("B-"):
            found.append(([word], tag[2:]))
        elif tag.startswith("I-"):
            assert found[-1][1] == tag[2:]
            found[-1][0].append(word)
    return found


@pytest.mark.parametrize("labels", ["entities", "roles"])
def test_spacys_converter_finds_a_document_an_article_and_its_entities(exported, records, labels):
    text = only(exported("conll", labels=labels), ".conll")
    docs = list(conll_ner_to_docs(text, n_sents=0, no_print=True))
    words = ["".join(t.text for t in doc) for doc in docs]
    assert words == ["".join(r["text"].split()) for r in records.values()]
    found = {(e.label_, "".join(t.text for t in e)) for doc in docs for e in doc.ents}
    if labels == "entities":
        assert {
            ("GPE", "🇨🇳"),
            ("PERSON", "ForeignMinisterQinGang"),
            ("ORG", "ChineseEmbassyinTokyo"),
            ("ORG", "ForeignMinistry"),
        } <= found
    else:
        assert {("CONTENT", "Weare🧑🏽‍🚀ready"), ("CONTENT", "totalk🤝"), ("CUE", "told")} <= found


@pytest.mark.parametrize("labels", ["entities", "roles"])
def test_seqeval_and_nervaluate_score_the_file_against_itself(exported, labels):
    from nervaluate import Evaluator
    from seqeval.metrics import f1_score
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2

    gold = tags(only(exported("conll", labels=labels), ".conll"))
    assert f1_score(gold, gold, mode="strict", scheme=IOB2) == 1
    kinds = sorted({label for label, _, _ in get_entities(gold)})
    scores = Evaluator(gold, gold, tags=kinds, loader="list").evaluate()["overall"]["strict"]
    begun = sum(tag.startswith("B-") for sentence in gold for tag in sentence)
    assert (scores.correct, scores.possible, scores.f1) == (begun, begun, 1)
    assert len(get_entities(gold)) == begun > 5


def test_conllu_and_pyconll_give_the_same_bytes_back(exported, tmp_path):
    raw = only(exported("conllu"), ".conllu")
    assert "".join(s.serialize() for s in conllu.parse(raw)) == raw
    assert pyconll.load_from_string(raw).conll() == raw


def test_conllu_holds_words_places_and_whole_statements(exported, records):
    sentences = conllu.parse(only(exported("conllu"), ".conllu"))
    documents, id = {}, ""
    for sentence in sentences:
        id = sentence.metadata.get("newdoc id", id)
        documents.setdefault(id, []).append(sentence)
    assert list(documents) == list(records)
    for id, found in documents.items():
        record, head = records[id], found[0].metadata
        assert {k: json.loads(head[k]) for k in ("meta", "layer", "mentions", "actors", "statements")} == {
            k: record[k] for k in ("meta", "layer", "mentions", "actors", "statements")
        }
        tokens = [t for sentence in found for t in sentence]
        for token in tokens:
            start, end = int(token["misc"]["start_char"]), int(token["misc"]["end_char"])
            assert record["text"][start:end] == token["form"]
        assert "".join(t["form"] for t in tokens) == "".join(record["text"].split())
        spans_of((t["form"], t["misc"].get("ner", "O")) for t in tokens)


def test_conllu_reads_the_columns_of_conllu_plus(exported, records, kept):
    raw = only(exported("conllup"), ".conllup")
    fields = raw.split("\n", 1)[0].removeprefix("# global.columns = ").split(" ")
    parsed = conllu.parse(raw, fields=[f.lower() for f in fields])
    assert {s.metadata["newdoc id"] for s in parsed if "newdoc id" in s.metadata} == set(records)
    begun = Counter()
    for token in (t for s in parsed for t in s):
        for column in ("entity", "content", "speaker", "cue", "target"):
            tags = token[f"annotator:{column}"]
            begun[column] += sum(tag.startswith("B-") for tag in tags.split(";"))
    assert begun["entity"] == sum(len(kept(id, "mentions")) for id in records)
    statements = [s for id in records for s in kept(id, "statements")]
    assert begun["content"] >= sum(len(s["spans"]) for s in statements)
    assert begun["speaker"] == sum(bool(s["speaker"]["span"]) for s in statements)
    assert begun["cue"] == sum(bool(s["cue"]) for s in statements)
    assert begun["target"] == sum(bool(t["span"]) for s in statements for t in s["targets"])
