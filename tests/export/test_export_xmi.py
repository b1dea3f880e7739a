import json
import xml.etree.ElementTree as ET

from export_samples import ACTORS, articles, emoji, sample_records, samples, scripts, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.domain.layer import Layer
from annotator.domain.record import to_record

ID = "{http://www.omg.org/XMI}id"
OURS = "{http:///annotator.ecore}"


def cas(folder, name):
    """(text as UTF-16 bytes, elements by id)."""
    root = ET.parse(folder / f"{name}.xmi").getroot()  # noqa: S314 - we wrote it
    sofa = next(e for e in root if e.tag.endswith("Sofa"))
    return sofa.get("sofaString").encode("utf-16-le"), {e.get(ID): e for e in root if e.get(ID)}


def words(text, element):
    return text[2 * int(element.get("begin")) : 2 * int(element.get("end"))].decode("utf-16-le")


def of_type(elements, name):
    return [e for e in elements.values() if e.tag == f"{OURS}{name}"]


def test_offsets_are_utf16_units(tmp_path):
    written("xmi", [to_record(*emoji(), ACTORS)], tmp_path)
    text, elements = cas(tmp_path, emoji()[0].id)
    assert text.decode("utf-16-le") == emoji()[0].text
    assert [words(text, m) for m in of_type(elements, "Mention")] == [
        "🇨🇳",
        "Foreign Minister Qin Gang",
        "Qin Gang",
        "Japan",
    ]
    (statement,) = of_type(elements, "Statement")
    pieces = [words(text, elements[id]) for id in statement.get("contents").split()]
    assert pieces == ["We are 🧑🏽‍🚀 ready", "to talk 🤝"]
    assert words(text, elements[statement.get("speaker")]) == "Qin Gang"
    assert [a.text for a in elements[statement.get("speaker")]] == ["person:qin-gang"]
    assert words(text, elements[statement.get("cue")]) == "told"
    assert elements[statement.get("targets")].get("role") == "addressee"
    assert [t.text for t in statement.iter("topics")] == ["territory.taiwan"]


def test_the_record_lies_in_the_cas(tmp_path):
    written("xmi", sample_records(), tmp_path)
    for record, (article, _) in zip(sample_records(), samples(), strict=True):
        text, elements = cas(tmp_path, article.id)
        (found,) = of_type(elements, "Record")
        head = json.loads(found.get("json"))
        assert {**head, "text": text.decode("utf-16-le")} == record


def test_a_target_without_words_stands_nowhere_and_rejected_ones_are_left_out(tmp_path):
    _, loss = written("xmi", [to_record(*tangled(), ACTORS)], tmp_path)
    _, elements = cas(tmp_path, tangled()[0].id)
    nowhere = [t.get("actor") for t in of_type(elements, "Target") if t.get("end") == "0"]
    assert nowhere == ["state:JP"]
    assert len(of_type(elements, "Statement")) == 2
    assert loss.left_out["rejected statements"].count == 1


def test_every_type_and_feature_is_declared(tmp_path):
    written("xmi", sample_records(), tmp_path)
    ns = "{http://uima.apache.org/resourceSpecifier}"
    declared = {
        t.find(f"{ns}name").text: {f.find(f"{ns}name").text for f in t.iter(f"{ns}featureDescription")}
        for t in ET.parse(tmp_path / "TypeSystem.xml").getroot().iter(f"{ns}typeDescription")  # noqa: S314
    }
    for article, _ in samples():
        for e in cas(tmp_path, article.id)[1].values():
            if e.tag.startswith(OURS):
                features = set(e.attrib) - {ID, "sofa", "begin", "end"} | {c.tag for c in e}
                assert features <= declared[f"annotator.{e.tag.removeprefix(OURS)}"]


def test_line_ends_and_tabs_and_unfit_characters(tmp_path):
    article = Article('a\tb\n\nc & <d> "e" \ufffe\'', "en")
    record = to_record(article, Layer(article.id, "ann"), ACTORS)
    _, loss = written("xmi", [record], tmp_path)
    text, _ = cas(tmp_path, article.id)
    assert text.decode("utf-16-le") == article.text.replace("\ufffe", "\ufffd")
    assert loss.counts() == {"characters that XML cannot hold (replaced by U+FFFD)": 1}


def test_two_layers_of_one_article_are_two_files(tmp_path):
    record = to_record(*scripts(), ACTORS)
    files, _ = written("xmi", [record, record], tmp_path)
    id = record["id"]
    assert [f.name for f in files] == [f"{id}.xmi", f"{id}-2.xmi", "TypeSystem.xml"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3, unique_by=lambda p: p[0].id))
def test_any_records_read_back(tmp_path, pairs):
    records = sorted((to_record(article, layer, ACTORS) for article, layer in pairs), key=lambda r: r["id"])
    written("xmi", records, tmp_path)
    for record in records:
        _, elements = cas(tmp_path, record["id"])
        kept = [s for s in record["statements"] if s["decision"] != "rejected"]
        assert len(of_type(elements, "Statement")) == len(kept)
