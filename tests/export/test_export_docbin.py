import spacy
from export_samples import ACTORS, articles, emoji, sample_records, samples, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from annotator.domain.record import to_record
from annotator.export.docbin import record_of


def docs(file):
    return list(DocBin().from_disk(file).get_docs(spacy.blank("en").vocab))


def surfaces(spans):
    return [(s.label_, s.text) for s in spans]


def test_texts_and_records_come_back(tmp_path):
    (file,), _ = written("docbin", sample_records(), tmp_path)
    read = docs(file)
    assert [d.text for d in read] == [a.text for a, _ in samples()]
    assert [record_of(d) for d in read] == sample_records()


def test_entities_are_in_ents_and_with_nested_ones_in_spans(tmp_path):
    (file,), _ = written("docbin", [to_record(*emoji(), ACTORS)], tmp_path)
    (doc,) = docs(file)
    assert surfaces(doc.ents) == [("GPE", "🇨🇳"), ("PERSON", "Foreign Minister Qin Gang"), ("GPE", "Japan")]
    assert ("PERSON", "Qin Gang") in surfaces(doc.spans["entities"])
    assert doc.cats == {"territory.taiwan": 1.0}


def test_every_content_span_is_in_spans(tmp_path):
    (file,), _ = written("docbin", sample_records(), tmp_path)
    for doc, record in zip(docs(file), sample_records(), strict=True):
        contents = {s.text for s in doc.spans["sc"] if s.label_ == "CONTENT"}
        wanted = {x["text"] for s in record["statements"] if s["decision"] != "rejected" for x in s["spans"]}
        assert all(any(w in c for c in contents) for w in wanted)
        assert len(contents) == len(wanted)


def test_rejected_and_widened_ones_are_told(tmp_path):
    (file,), loss = written("docbin", [to_record(*tangled(), ACTORS)], tmp_path)
    (doc,) = docs(file)
    assert ("CONTENT", "wait") not in surfaces(doc.spans["sc"])
    assert loss.left_out["rejected statements (in user_data alone)"].count == 1
    assert loss.lost["spans widened to whole tokens in doc.spans"].examples[0].endswith("“Japan”")


def test_the_same_records_give_the_same_bytes(tmp_path):
    (a,), _ = written("docbin", sample_records(), tmp_path / "a")
    (b,), _ = written("docbin", sample_records(), tmp_path / "b")
    assert a.read_bytes() == b.read_bytes()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_records_come_back_whole(tmp_path, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    (file,), _ = written("docbin", records, tmp_path)
    assert [record_of(d) for d in docs(file)] == records
