import re

from export_samples import (
    ACTORS,
    articles,
    crlf,
    emoji,
    layer_of,
    mention,
    place,
    sample_records,
    samples,
    tangled,
    written,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator.domain.article import Article
from annotator.domain.record import to_record

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def parsed(records, folder):
    (file,), loss = written("tei", records, folder)
    root = etree.parse(str(file)).getroot()
    assert root.tag == f"{TEI}teiCorpus"
    return root.findall(f"{TEI}TEI"), loss


def one(pair, folder):
    (tei,), loss = parsed([to_record(*pair, ACTORS)], folder)
    return tei, loss


def text_of(tei):
    return "\n".join("".join(p.itertext()) for p in tei.iter(f"{TEI}p") if p.get("n"))


def words(element):
    return "".join(element.itertext())


def chain(tei, element):
    """The words of an element and of all its following parts."""
    by_id = {e.get(ID): e for e in tei.iter() if e.get(ID)}
    out = [words(element)]
    while element.get("next"):
        before, element = element, by_id[element.get("next")[1:]]
        assert element.get("prev") == f"#{before.get(ID)}"
        out.append(words(element))
    return out


def test_every_text_is_there_letter_by_letter(tmp_path):
    teis, _ = parsed(sample_records(), tmp_path)
    assert [text_of(t) for t in teis] == [a.text for a, _ in samples()]


def test_a_split_statement_is_two_said_that_name_each_other(tmp_path):
    tei, _ = one(emoji(), tmp_path)
    first, second = tei.iter(f"{TEI}said")
    assert chain(tei, first) == ["We are 🧑🏽‍🚀 ready", "to talk 🤝"]
    assert second.get("prev") == f"#{first.get(ID)}"
    actors = {e.get(ID): e.find(f"{TEI}idno").text for e in tei.iter(f"{TEI}person", f"{TEI}org")}
    assert actors[first.get("who")[1:]] == "person:qin-gang"
    assert actors[first.get("toWhom")[1:]] == "state:JP"
    assert first.get("direct") == "true"
    assert {"kind:direct", "act:request", "topic:territory.taiwan", "decision:corrected"} <= set(
        first.get("ana").split()
    )
    nested = [words(n) for n in tei.iter(f"{TEI}name") if n.find(f".//{TEI}name") is not None]
    assert nested == ["Foreign Minister Qin Gang"]


def test_content_over_line_ends_and_explicit_nones(tmp_path):
    tei, loss = one(crlf(), tmp_path)
    first = next(tei.iter(f"{TEI}said"))
    assert chain(tei, first) == ["trade. Must", "grow"]
    assert {"none:speaker", "none:target", "none:topic", "act:none"} <= set(first.get("ana").split())
    assert first.get("who") is None
    assert loss.counts()["spans written in parts (next, prev)"] == 2


def test_crossing_spans_are_cut_into_parts(tmp_path):
    tei, _ = one(tangled(), tmp_path)
    event = next(e for e in tei.iter(f"{TEI}name") if e.get("type") == "EVENT")
    assert "".join(chain(tei, event)) == "Embassy in Tokyo said"
    assert len(chain(tei, event)) > 1
    said = [chain(tei, e) for e in tei.iter(f"{TEI}said") if not e.get("prev")]
    assert said == [["Beijing told Seoul that Tokyo must wait"], ["Tokyo must wait"]]
    objects = next(tei.iter(f"{TEI}said")).get("ana")
    assert "object:#" in objects


def test_ids_are_unique_and_every_reference_is_there(tmp_path):
    teis, _ = parsed(sample_records(), tmp_path)
    ids = [e.get(ID) for t in teis for e in t.iter() if e.get(ID)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", id) for id in ids)
    for tei in teis:
        for e in tei.iter():
            for name in ("who", "toWhom", "ref", "corresp", "next", "prev", "ana"):
                for reference in re.findall(r"#(\S+)", e.get(name) or ""):
                    assert reference in ids


def test_what_xml_cannot_hold_is_replaced_and_reported(tmp_path):
    text = "A\uffff & <b> said \ufffe."
    article = Article(text, "en")
    layer = layer_of(article, [mention("m1", place(text, "& <b>"), "ORG")])
    tei, loss = one((article, layer), tmp_path)
    assert text_of(tei) == "A\ufffd & <b> said \ufffd."
    assert [words(n) for n in tei.iter(f"{TEI}name") if n.get("type")] == ["& <b>"]
    assert loss.counts()["characters that XML cannot hold (replaced by U+FFFD)"] == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_every_statement_is_a_said_whatever_it_crosses(tmp_path, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    teis, _ = parsed(records, tmp_path)
    for tei, record in zip(teis, records, strict=True):
        heads = [e for e in tei.iter(f"{TEI}said") if not e.get("prev")]
        kept = [s for s in record["statements"] if s["decision"] != "rejected"]
        said = sorted("".join(chain(tei, e)).replace("\n", "") for e in heads)
        meant = sorted(
            "".join(line for x in s["spans"] for line in x["text"].split("\n") if line.strip()) for s in kept
        )
        assert said == [m.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}) for m in meant]
