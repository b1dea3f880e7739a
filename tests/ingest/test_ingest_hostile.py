"""Whatever a file is or holds, reading it ends in an article or in one clear sentence."""

import errno
import io
import os
import struct
import zipfile
from pathlib import Path

import ingest_samples as made
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.ingest import SUFFIXES, Foreign, Read, Refused, read_file, registry
from annotator.ingest.decoding import decode
from annotator.ingest.results import UnfitError
from annotator.ingest.suffixes import OPENABLE

EXCEL = "it is an Excel workbook; save it as CSV first"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    (result,) = read_file(path)
    assert isinstance(result, Refused), result
    assert "\n" not in str(result)
    return str(result)


def bomb() -> bytes:
    return made.zip_of(word__document_DOT_xml=b" " * 60_000_000)


def lying_zip() -> bytes:
    """A part that says it is small; only what it says may be unpacked."""
    data = bytearray(made.docx("x" * 100_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        part = archive.getinfo("word/document.xml")
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    struct.pack_into("<I", data, at + 24, part.file_size // 2)
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(made.docx("x"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def entities(where: str) -> bytes:
    part = (
        {"word__document_DOT_xml": made.ENTITY_BOMB}
        if where == "docx"
        else {"OPS__p_DOT_opf": made.ENTITY_BOMB}
    )
    return made.repacked(made.docx() if where == "docx" else made.epub(), **part)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.docx", b"", "it is empty"),
        ("a.csv", b"", "it is empty"),
        ("a.jsonl", b"", "it is empty"),
        ("a.txt", b" \n\t\r\n\xef\xbb\xbf\x00", "there is no text in it"),
        ("a.jsonl", b"\n \n", "there is no text in it"),
        ("a.csv", b" \n\n", "there is no text in it"),
        ("a.html", b"<html><script>only()</script></html>", "there is no text in it"),
        ("a.pdf", made.pdf(()), "there is no text in it, perhaps only scanned pictures"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "it is a picture, not an article"),
        ("a.md", bytes(range(32)) * 20, "it is not a text file"),
        ("a.md", bytes(range(256)) * 20, "it is not text in any encoding this program knows"),
        ("a.txt", b"\x7fELF" + bytes(100), "it is a program, not an article"),
        ("a.csv", b"SQLite format 3\0" + bytes(100), "it is a database, not an article"),
        ("a.txt", b"\x1f\x8b\x08" + bytes(20), "it is a compressed file, not an article"),
        ("a.docx", b"Just words.", "it is not a Word document, whatever its name says"),
        ("a.pdf", b"Just words.", "it is not a PDF, whatever its name says"),
        ("a.rtf", b"Just words.", "it is not a rich text document, whatever its name says"),
        ("a.epub", b"Just words.", "it is not an electronic book, whatever its name says"),
        ("a.eml", b"Just words, no headers.", "it is not an e-mail message"),
        ("a.csv", made.pdf(("x",)), "it is a PDF, not a table"),
        ("a.jsonl", made.docx(), "it is a Word document, not lines of JSON"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password"),
        ("a.docx", OLE + bytes(100), "it is an Office file of the old kind; save it as docx first"),
        ("a.docx", locked_zip(), "it is protected by a password"),
        ("a.docx", made.docx()[:3000], "it is broken: its container cannot be opened"),
        ("a.docx", made.docx()[:-100] + bytes(100), "it is broken: its container cannot be opened"),
        ("a.docx", lying_zip(), "it is broken: a part of it is damaged"),
        ("a.docx", bomb(), "it would unpack to far more than its size (a zip bomb)"),
        ("a.docx", entities("docx"), "its XML declares entities, which may be an entity bomb"),
        ("a.epub", entities("epub"), "its XML declares entities, which may be an entity bomb"),
        ("a.html", made.ENTITY_BOMB, "its XML declares entities, which may be an entity bomb"),
        ("a.docx", made.zip_of(x=b"1"), "it is a zip archive; unpack it first"),
        ("a.docx", made.zip_of(xl__workbook_DOT_xml=b"<a/>", word__x=b""), EXCEL),
        ("a.pdf", made.locked_pdf("secret"), "it is protected by a password"),
        ("a.pdf", b"%PDF-1.4\nnothing more", "it is a broken PDF"),
        ("a.pdf", made.pdf(("x",)).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "it is a broken PDF"),
        ("a.xls", b"x", f"this kind of file cannot be opened; {OPENABLE} can"),
        ("b.annot", b"x", "it is a project; open it instead"),
    ],
)  # fmt: skip
def test_refused_in_one_sentence(tmp_path, capfd, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path) == f"{name}: {why}"
    assert capfd.readouterr() == ("", "")


def test_broken_pdf_says_nothing_to_the_terminal(tmp_path, capfd):
    path = tmp_path / "a.pdf"
    path.write_bytes(made.pdf(("Words to be found.",)).replace(b"startxref\n", b"startxref\n9"))
    assert [type(r) for r in read_file(path)] == [Read]
    assert capfd.readouterr() == ("", "")


def test_too_large(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(registry.MOST_BYTES + 1)
    assert refusal(path) == "a.txt: it is too large for one article (more than 50 MB)"


def test_folder_named_like_a_file(tmp_path):
    (tmp_path / "x.txt").mkdir()
    assert refusal(tmp_path / "x.txt") == "x.txt: it is a folder"


def test_links_pipes_and_missing_files(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert refusal(tmp_path / "a.txt") == "a.txt: it is a link that leads back to itself"
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "pipe.txt") == "pipe.txt: it is not an ordinary file"
    assert refusal(tmp_path / "gone.txt") == "gone.txt: it is not there (any more)"
    assert refusal(Path("a\0b.txt")).endswith("it is too broken to be read (ValueError)")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(errno.EACCES, "denied"), "you have no permission to read it"),
        (FileNotFoundError(errno.ENOENT, "gone"), "it is not there (any more)"),
        (OSError(errno.EIO, "Input/output error"), "it cannot be read (Input/output error)"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_unreadable_or_vanished(tmp_path, monkeypatch, error, why, name):
    path = tmp_path / name
    path.write_bytes(b"text\n" * 3)

    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == f"{name}: {why}"


def test_vanished_while_a_stream_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    open_, content = Path.open, path.read_text()

    class Failing(io.StringIO):
        def readline(self, *args):
            line = super().readline(*args)
            if "Two" in line:
                raise OSError(errno.EIO, "Input/output error")
            return line

    def open_failing(self, mode="r", **kwargs):
        return open_(self, mode, **kwargs) if "b" in mode else Failing(content)

    monkeypatch.setattr(Path, "open", open_failing)
    first, second = read_file(path)
    assert isinstance(first, Read)
    assert str(second) == "a.jsonl: it cannot be read (Input/output error)"


def test_file_name_that_is_not_unicode(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"Words.")
    (result,) = read_file(path)
    assert isinstance(result, Read)
    assert result.article.meta.file == "caf\ufffd.txt"


def test_odd_headers_of_mail(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"Subject: =?utf-8?b?////?= =?nope?q?x?=\nDate: 99 Foo\nFrom: <<>>@\nContent-Type: text/plain; "
        b"charset=nope\n\n\xe9t\xe9"
    )
    (result,) = read_file(path)
    assert isinstance(result, Read)
    assert result.article.text == "été"
    assert result.article.meta.published is None


def test_deep_html_and_deep_json(tmp_path):
    (tmp_path / "a.html").write_bytes(b"<p>Words</p>" + b"<div>" * 50_000 + b"deep words")
    why = "a.html: its page is nested too deeply, or too large, to be read whole"
    assert refusal(tmp_path / "a.html") == why
    deep = '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}"
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n' + deep + '\n{"text": "Three."}\n')
    first, second, third = read_file(tmp_path / "a.jsonl")
    assert isinstance(first, Read)
    assert str(second) == "a.jsonl: line 2: it is nested too deeply"
    assert isinstance(third, Read)


PATTERNS = [
    "# x" + " " * 300_000 + "y",
    "[" * 100_000,
    "**a " * 50_000,
    "!" + "[x" * 50_000,
    "\\" * 100_001,
    "- \n" * 90_000,
]


@pytest.mark.parametrize("text", PATTERNS, ids=range(len(PATTERNS)))
@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_no_text_makes_a_pattern_slow(tmp_path, suffix, text):
    path = tmp_path / ("a" + suffix)
    path.write_text(text)
    assert len(list(read_file(path))) == 1


STARTS = [
    b"", b"%PDF-1.5\n", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"Subject: x\n", b"\xff\xfe", b"\xfe\xff",
    b"\xef\xbb\xbf",     b"id,text\n1,", b'{"text": "', b'{"schema": "annotator/1", "text": "',
]  # fmt: skip


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
@example(start=b"", rest=b"\x80\x81")
def test_any_bytes_to_any_reader(tmp_path, suffix, start, rest):
    path = tmp_path / ("x" + suffix)
    path.write_bytes(start + rest)
    results = list(read_file(path))
    assert results
    for result in results:
        assert isinstance(result, (Read, Foreign, Refused))
        if isinstance(result, Read):
            result.article.text.encode()
            assert result.article.text.strip()


@pytest.mark.parametrize(
    ("suffix", "whole"),
    [
        (".docx", made.docx()), (".pdf", made.pdf(("Some words.", "More."))), (".epub", made.epub()),
        (".rtf", made.rtf()), (".eml", made.mail()), (".html", made.html()),
    ],
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files(tmp_path, suffix, whole, data):
    damaged = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        damaged[at] = data.draw(st.integers(0, 255))
    path = tmp_path / ("x" + suffix)
    path.write_bytes(bytes(damaged[: data.draw(st.integers(0, len(whole)))] or damaged))
    assert all(isinstance(r, (Read, Refused)) for r in read_file(path))


@given(st.binary(max_size=300))
def test_decoding_never_fails_otherwise(data):
    try:
        text, _ = decode(data)
    except UnfitError:
        return
    text.encode()
