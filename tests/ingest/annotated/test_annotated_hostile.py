"""Broken and hostile files: one sentence each, and nothing else is lost."""

import io
import json
import os
import pickle
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import srsly
from annotated_samples import plain, project_of
from export_samples import ACTORS, samples, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.record import to_record
from annotator.ingest import Foreign, Read, Refused, Unplaced, find, read_file
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.storage.project import Project

ONE_FILE = {
    "conll": ".conll",
    "conllu": ".conllu",
    "docbin": ".spacy",
    "doccano": ".jsonl",
    "labelstudio": ".json",
    "prodigy": ".jsonl",
}


def refused(path: Path) -> str:
    """Why the file, and nothing of it, is taken in."""
    (result,) = read_file(path)
    assert isinstance(result, Refused), result
    assert "\n" not in str(result)
    return str(result)


def file_of(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def ours(format: str, folder: Path) -> Path:
    """The file of all samples in a format."""
    pairs = samples() if format != "xmi" else [plain()]
    files, _ = written(format, [to_record(*pair, ACTORS) for pair in pairs], folder)
    return next(f for f in files if f.suffix not in (".xml", ".txt"))


def test_what_is_no_such_file(tmp_path):
    cases = {
        "a.spacy": (b"nothing of the kind", "it is not a spaCy DocBin"),
        "b.spacy": (zlib.compress(b"nothing"), "it is not a spaCy DocBin"),
        "c.spacy": (zlib.compress(srsly.msgpack_dumps({"attrs": 1})), "it is not a spaCy DocBin"),
        "d.spacy": (b"", "it is empty"),
        "a.conll": (
            "Words without any tags\n",
            "line 1: the last column of line 1 is no tag such as O or B-ORG (tags)",
        ),
        "b.conll": ("Word\n", "line 1: no word and tag"),
        "c.conll": (b"\x00\x01\x02\x03\x04\x05" * 9, "it is not a text file"),
        "a.conllu": ("some text\n", "line 1: line 1 is not a token of CoNLL-U"),
        "b.conllu": ("# newdoc id = 1\n# text = Words\n", "there are no tokens of CoNLL-U in it"),
        "c.conllup": ("# global.columns = A B\n", "its columns do not begin with ID and FORM"),
        "a.json": ("[1, x", "item 2 is not JSON"),
        "f.json": ("[1, 2", "it breaks off: the list has no end"),
        "b.json": ("[]", "there is no text in it"),
        "c.json": ('{"data": {"n": 1}, "annotations": []}', "it has no text"),
        "d.json": ("nothing", "item 1 is not JSON"),
        "e.json": ("[" * 200_000, "item 1 is nested too deeply"),
        "a.xmi": ("<a/>", "it is not XMI"),
        "b.xmi": ("<xmi:XMI", "it is not XML, or broken"),
        "c.xmi": ('<x:XMI xmlns:x="http://www.omg.org/XMI"/>', "there is no text in it"),
        "a.ann": ("T1\tGPE 0 1\tx\n", "the text it speaks of, a.txt, is not beside it"),
    }
    for name, (content, why) in cases.items():
        results = list(read_file(file_of(tmp_path, name, content)))
        assert all(isinstance(r, Refused) for r in results), name
        assert why in str(results[-1]), name
        assert str(results[0]).startswith(f"{name}: "), name


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (os.environ["ANNOTATOR_TEST_BOMB"],)


def test_a_pickle_is_never_opened(tmp_path, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_TEST_BOMB", str(tmp_path / "gone-off"))
    poison = pickle.dumps(Bomb())
    arrays = {b"nd": True, b"type": "O", b"kind": b"O", b"shape": [1], b"data": poison}
    parts = {"attrs": [65], "tokens": b"", "spaces": b"", "lengths": b"", "strings": [], "cats": []}
    for n, content in enumerate((poison, zlib.compress(poison))):
        assert "it is not a spaCy DocBin" in refused(file_of(tmp_path, f"{n}.spacy", content))
    inside = zlib.compress(srsly.msgpack_dumps({**parts, "user_data": [arrays], "lengths": poison}))
    assert all(isinstance(r, Refused) for r in read_file(file_of(tmp_path, "c.spacy", inside)))
    nested = zlib.compress(srsly.msgpack_dumps({**parts, "flags": arrays}))
    assert not any(isinstance(r, Foreign) for r in read_file(file_of(tmp_path, "d.spacy", nested)))
    assert not (tmp_path / "gone-off").exists()


def test_a_compressed_bomb_is_not_unpacked(tmp_path):
    bomb = zlib.compress(bytes(40_000_000), 9)
    assert len(bomb) < 60_000
    assert "unpack to far more than its size" in refused(file_of(tmp_path, "a.spacy", bomb))


def test_entities_in_xmi_are_refused(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = f'<!DOCTYPE a [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'
    file_of(tmp_path, "secret.txt", "secret")
    for head in (bomb, outside, '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">'):
        body = f'{head}<x:XMI xmlns:x="http://www.omg.org/XMI"><Sofa sofaString="&a;"/></x:XMI>'
        assert "entities" in refused(file_of(tmp_path, "a.xmi", body))


def test_an_xmi_whose_text_lies_elsewhere(tmp_path):
    secret = file_of(tmp_path, "secret.txt", "Secret words.")
    body = (
        '<x:XMI xmlns:x="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore">'
        f'<cas:Sofa x:id="1" sofaURI="file://{secret}"/></x:XMI>'
    )
    assert refused(file_of(tmp_path, "a.xmi", body)) == "a.xmi: its text lies elsewhere"


def test_brat_reads_no_text_but_the_one_beside_it(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    file_of(tmp_path, "secret.txt", "Secret words.")
    for name in ("..%2fsecret.ann", "...ann", "secret.ann"):
        assert "is not beside it" in refused(file_of(inner, name, "T1\tGPE 0 6\tSecret\n"))


def test_zips_are_refused_whatever_is_in_them(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.ann", "T1\tGPE 0 1\tx\n")
        archive.writestr("../../evil.txt", "x")
    for name in ("a.zip", "a.xmi", "a.ann", "a.json", "a.conll", "a.spacy"):
        results = list(read_file(file_of(tmp_path, name, out.getvalue())))
        assert all(isinstance(r, Refused) for r in results)
        assert len(results) == 1
    assert not (tmp_path.parent.parent / "evil.txt").exists()


@pytest.mark.parametrize("suffix", [".ann", ".conll", ".conllu", ".spacy", ".json", ".jsonl", ".xmi"])
@pytest.mark.parametrize("letter", [b"\x93", b"x", b"[", b"\n1\tx"])
def test_ten_megabytes_of_garbage(tmp_path, suffix, letter):
    path = file_of(tmp_path, f"a{suffix}", letter * (10_000_000 // len(letter)))
    file_of(tmp_path, "a.txt", "Words.")
    results = [r for _, r in zip(range(3), read_file(path), strict=False)]
    if suffix == ".ann":
        assert isinstance(results.pop(), Read), "the text is not to blame"
    assert results
    assert all(isinstance(r, Refused) and len(str(r)) < 300 for r in results)


@pytest.mark.parametrize("format", [*ONE_FILE, "xmi"])
def test_a_file_cut_off_anywhere_never_fails_otherwise(tmp_path, format):
    whole = ours(format, tmp_path / "whole")
    data = whole.read_bytes()
    texts = {pair[0].text for pair in samples()}
    for at in range(0, len(data), max(1, len(data) // 25)):
        cut = file_of(tmp_path, f"cut{whole.suffix}", data[:at])
        for result in read_file(cut):
            assert isinstance(result, (Foreign, Refused)), result
            if isinstance(result, Foreign) and format not in ("conll", "conllu"):
                assert result.record.article.text in texts


def test_a_broken_line_costs_only_itself(tmp_path):
    for format in ("doccano", "prodigy"):
        path = ours(format, tmp_path / format)
        lines = path.read_text("utf-8").strip("\n").split("\n")
        lines[1] = lines[1][:-9]
        results = list(read_file(file_of(tmp_path, "a.jsonl", "\n".join(lines))))
        assert sum(isinstance(r, Foreign) for r in results) == len(lines) - 1
        assert [r.where for r in results if isinstance(r, Refused)] == ["line 2"]


def test_a_broken_task_leaves_those_before_it(tmp_path):
    path = ours("labelstudio", tmp_path)
    data = path.read_text("utf-8")
    results = list(read_file(file_of(tmp_path, "a.json", data[: len(data) * 3 // 4])))
    assert sum(isinstance(r, Foreign) for r in results) >= 2
    assert "is not JSON" in str(results[-1])


def test_a_broken_document_of_conll_costs_only_itself(tmp_path):
    content = "-DOCSTART- -X- O O\n\nQin -X- O B-PERSON\n\n-DOCSTART- -X- O O\n\nbroken\n\n"
    content += "-DOCSTART- -X- O O\n\nTokyo -X- O I-GPE\n"
    one, bad, two = read_file(file_of(tmp_path, "a.conll", content))
    assert isinstance(one, Foreign)
    assert isinstance(two, Foreign)
    assert str(bad) == "a.conll: line 5: line 7 is not a word with its tag"


@pytest.mark.parametrize("format", list(ONE_FILE)[3:])
def test_wrong_kinds_of_values(tmp_path, format):
    """Every value of a task replaced by every kind of wrong one: refused, listed, or without effect."""
    path = ours(format, tmp_path)
    (record,) = (
        json.loads(line.rstrip(",")) for line in path.read_text("utf-8").splitlines() if "Qin" in line
    )
    wrong = [None, -1, 10**30, 1.5, True, "", "\ud800", [], {}, [[]], [{}], {"start": 1}]
    for n, broken in enumerate(_broken(record, wrong)):
        content = json.dumps(broken)
        results = list(read_file(file_of(tmp_path, f"x{n % 7}{path.suffix}", content)))
        assert results, content
        assert all(isinstance(r, (Foreign, Read, Refused)) for r in results)
        assert not [r for r in results if isinstance(r, Refused) and re.search("broken|shape", r.why)], (
            content,
            results,
        )
        for result in results:
            if isinstance(result, Foreign):
                to_record(result.record.article, result.record.layer, ACTORS)
                json.dumps(to_record(result.record.article, result.record.layer, ACTORS)).encode()


def _broken(value: Any, wrong: list[Any]) -> Any:
    """Copies of a JSON value with one part replaced; of long lists only the first two items."""
    yield from wrong
    if isinstance(value, dict):
        for key in value:
            for other in _broken(value[key], wrong):
                yield {**value, key: other}
    if isinstance(value, list):
        for n in range(min(2, len(value))):
            for other in _broken(value[n], wrong):
                yield [*value[:n], other, *value[n + 1 :]]


def test_relations_that_go_round_or_nowhere(tmp_path):
    text = "Qin said trade must grow and talks go on."
    places = {1: ("trade must grow", "CONTENT"), 2: ("talks go on", "CONTENT"), 3: ("Qin", "SPEAKER")}
    entities = [
        {"id": id, "label": label, "start_offset": text.index(w), "end_offset": text.index(w) + len(w)}
        for id, (w, label) in places.items()
    ]
    pairs = [(1, 2, "CONTINUES"), (2, 1, "CONTINUES"), (1, 9, "CUE"), (3, 1, "SPEAKER"), (1, 1, "LIKES")]
    relations = [{"id": n, "from_id": a, "to_id": b, "type": t} for n, (a, b, t) in enumerate(pairs)]
    line = json.dumps({"text": text, "entities": entities, "relations": relations})
    found, *listed = read_file(file_of(tmp_path, "a.jsonl", line))
    assert isinstance(found, Foreign)
    assert found.record.layer.empty
    assert all(isinstance(r, Unplaced) for r in listed)
    assert [str(r).partition("line 1: ")[2] for r in listed] == [
        "relation 2 (CUE) is not placed: it leads to a mark that is not there",
        "relation 3 (SPEAKER) is not placed: only CONTENT has relations here, to speaker, cue, target, via",
        "relation 4 (LIKES) is not placed: only CONTENT has relations here, to speaker, cue, target, via",
        "1 (CONTENT) is not placed: its relations go round in a circle",
        "2 (CONTENT) is not placed: its relations go round in a circle",
        "3 (SPEAKER) is not placed: it belongs to no statement",
    ]


def test_xmi_references_that_go_round(tmp_path):
    body = (
        '<x:XMI xmlns:x="http://www.omg.org/XMI" xmlns:c="http:///uima/cas.ecore" '
        'xmlns:annotator="http:///annotator.ecore"><c:Sofa x:id="1" sofaString="Words said."/>'
        '<c:FSArray x:id="2" elements="2 3"/>'
        '<annotator:Statement x:id="3" sofa="1" begin="0" end="5" contents="2" targets="3 3" speaker="3"/>'
        '<annotator:Mention x:id="4" sofa="1" begin="0" end="99" label="ORG"/></x:XMI>'
    )
    found, *listed = read_file(file_of(tmp_path, "a.xmi", body))
    assert isinstance(found, Foreign)
    assert [str(r) for r in listed] == [
        "a.xmi: Statement 3 is not placed: its content is not there",
        "a.xmi: Mention 4 is not placed: 0 to 99 lies outside the text or inside a character",
    ]


def test_a_thousand_wrong_marks_do_not_fill_the_report(tmp_path):
    lines = "".join(f"T{n}\tGPE 90 99\tnowhere\n" for n in range(3000))
    file_of(tmp_path, "a.txt", "Words.")
    results = list(read_file(file_of(tmp_path, "a.ann", lines)))
    assert len(results) == 1002
    assert str(results[-1]) == "a.ann: 2,000 more are not placed"


def test_the_others_of_a_folder_come_in(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    ours("doccano", folder)
    file_of(folder, "a.spacy", b"bad")
    file_of(folder, "b.xmi", b"bad")
    file_of(folder, "c.conll", "Qin B-PERSON\nspoke O\n")
    with Project.create(tmp_path / "p.annot", annotator="bo") as project:
        report = run(import_paths(project, [folder]))
        assert project.check() == []
    assert report.added == len(samples()) + 1
    assert [str(r) for r in report.refused if not isinstance(r, Unplaced)] == [
        "in/a.spacy: it is not a spaCy DocBin",
        "in/b.xmi: it is not XML, or broken",
    ]


BYTES = st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda s: s.encode("utf-8", "replace")))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A good file of every format."""
    return {format: ours(format, tmp_path_factory.mktemp(format)) for format in (*ONE_FILE, "xmi")}


@pytest.mark.parametrize("format", [*ONE_FILE, "xmi"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bytes_changed_anywhere_never_fail_otherwise(tmp_path_factory, made, format, data):
    content = made[format].read_bytes()
    at = data.draw(st.integers(0, len(content)))
    changed = content[:at] + data.draw(BYTES) + content[at + data.draw(st.integers(0, 30)) :]
    path = file_of(tmp_path_factory.mktemp("x"), f"a{made[format].suffix}", changed)
    results = list(read_file(path))
    assert results
    assert all(isinstance(r, (Foreign, Read, Refused)) for r in results)


def test_texts_of_brat_come_with_their_annotations_once(tmp_path):
    for name in ("a.txt", "a.ann", "b.txt", "LOSS.md", "release.json"):
        file_of(tmp_path, name, {"a.ann": "", "release.json": '{"text": "no"}'}.get(name, name))
    file_of(tmp_path, "list.json", ' \n[{"text": "In a list."}]')
    assert [p.name for p in find([tmp_path])] == ["a.ann", "b.txt", "list.json"]
    assert [p.name for p in find([tmp_path / "release.json"])] == ["release.json"]
    with project_of(tmp_path / "p.annot", []) as project:
        assert run(import_paths(project, [tmp_path])).added == 3


def test_a_file_cut_off_within_a_letter_is_still_utf8(tmp_path):
    lines = '{"text": "Die Höhe."}\n{"text": "Dr. Kö'.encode()
    results = list(read_file(file_of(tmp_path, "a.jsonl", lines[:-1])))
    assert results[0].article.text == "Die Höhe."
    assert [r.where for r in results[1:]] == ["line 2"]
