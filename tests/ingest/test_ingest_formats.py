"""Every format gives back its words, paragraph by paragraph, and what it says about itself."""

import hashlib
from pathlib import Path

import ingest_samples as made
import pytest

from annotator.domain.article import Article
from annotator.errors import AnnotatorError
from annotator.ingest import Read, read_file, read_paste
from annotator.ingest.pdf import Line, flow


def only(path: Path) -> Article:
    results = list(read_file(path))
    assert [type(r) for r in results] == [Read], results
    (result,) = results
    assert isinstance(result, Read)
    return result.article


@pytest.fixture
def read(tmp_path):
    def read(name: str, data: bytes) -> Article:
        path = tmp_path / name
        path.write_bytes(data)
        return only(path)

    return read


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", made.BODY.encode()),
        ("a.md", made.BODY.encode()),
        ("a.html", made.html()),
        ("a.HTM", made.html()),
        ("a.docx", made.docx()),
        ("a.rtf", made.rtf()),
        ("a.epub", made.epub()),
    ],
)
def test_text_and_title_survive(read, name, data):
    article = read(name, data)
    assert article.text.strip() == made.BODY
    assert article.meta.title == made.TITLE
    assert article.meta.file == name
    assert article.lang == "en"
    assert article.meta.raw_sha256 == hashlib.sha256(data).hexdigest()
    assert article.meta.extractor


def test_plain_text_is_kept_to_the_letter(read):
    text = "  Odd\u00a0 spacing\t\n\n\n\n‘quotes’ ﬁ e\u0301 \u2028 עברית 中文 😀\n\n "
    assert read("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short headline\n\nThe body.", "Short headline"),
        ("\n\nShort headline  \n \nThe body.", "Short headline"),
        ("A sentence.\n\nThe body.", None),
        ("No blank line\nThe body.", None),
        ("Only a line\n\n", None),
        ("word " * 30 + "\n\nThe body.", None),
        ("Windows line ends\r\n\r\nThe body.", "Windows line ends"),
    ],
)
def test_title_of_plain_text(read, text, title):
    article = read("a.txt", text.encode())
    assert article.meta.title == title
    assert "body" not in text or "body" in article.text


def test_markdown_marks_go_and_are_counted(read):
    source = (
        "---\ntitle: 'From the front'\ndate: 2023-04-02\nsource: The Bay Review\n---\n\n# A heading\n\n"
        "He said **no** and _never_ to [Sudria](https://x.example/a) \\* 2*3*4 snake_case_name.\n"
    )
    article = read("a.md", source.encode())
    assert article.text == "A heading\n\nHe said no and never to Sudria * 2*3*4 snake_case_name.\n"
    meta = article.meta
    assert (meta.title, meta.published, meta.outlet) == ("From the front", "2023-04-02", "The Bay Review")
    assert "Markdown marks dropped ×5" in meta.changed
    assert "front matter read as metadata" in meta.changed


def test_markdown_heading_is_the_title(read):
    assert read("a.md", b"intro words\n\n## The *real* one ##\n\nText.").meta.title == "The real one"


def test_html_metadata_and_headline(read):
    head = (
        '<meta property="og:site_name" content="The Bay Review"><link rel="canonical" '
        'href="https://bay.example/fish"><meta property="article:published_time" '
        'content="2023-04-02T09:00:00Z">'
    )
    nav = "<nav><a href=/>Home</a></nav><script>var x = 'never';</script>"
    body = f"<h1>{made.TITLE}</h1>{nav}<article>" + "".join(f"<p>{p}</p>" for p in made.PARAGRAPHS)
    article = read("a.html", made.html(body + "</article><footer>Imprint</footer>", head))
    assert article.text == made.BODY
    meta = article.meta
    assert (meta.outlet, meta.published, meta.url) == (
        "The Bay Review",
        "2023-04-02",
        "https://bay.example/fish",
    )


def test_html_too_small_for_an_article_is_read_by_blocks(read):
    article = read(
        "a.html", b"<div>One<br>two</div><script>no()</script><td>x</td><p>caf&eacute; &amp; co</p>"
    )
    assert article.text == "One\ntwo\n\nx\n\ncafé & co"


def test_html_declares_its_encoding(read):
    page = '<html><head><meta charset="koi8-r"></head><body><p>Москва предупредила</p></body></html>'
    article = read("a.html", page.encode("koi8-r"))
    assert "Москва предупредила" in article.text
    assert "decoded as koi8-r" in article.meta.changed


def test_docx_keeps_insertions_links_and_boxes_but_no_deletions(read):
    document = made.docx("First", "SECOND")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f'<?xml version="1.0"?><w:document {w}><w:body><w:p><w:r><w:t>kept </w:t></w:r><w:ins>'
        "<w:r><w:t>inserted</w:t></w:r></w:ins><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:r><w:tab/><w:t>tab</w:t>"
        "<w:br/><w:t>line</w:t></w:r></w:p><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "</w:body></w:document>"
    )
    article = read("a.docx", made.repacked(document, word__document_DOT_xml=body.encode()))
    assert article.text == "kept inserted\ttab\nline\n\ncell\n\ncontrol"


@pytest.mark.parametrize(("given", "title"), [("A real title", "A real title"), ("Document1", None)])
def test_docx_title(read, given, title):
    assert read("a.docx", made.docx("One sentence only.", title=given)).meta.title == title


def test_rtf_surrogates_are_joined_and_lone_ones_replaced(read):
    article = read(
        "a.rtf", b"{\\rtf1\\ansi A \\u-10179?\\u-8704? and \\u-10179? alone \\'93x\\'94\\par End\\line here}"
    )
    assert article.text == "A 😀 and \ufffd alone “x”\n\nEnd\nhere"
    assert "surrogate pairs joined ×1" in article.meta.changed
    assert "lone surrogates replaced ×1" in article.meta.changed


@pytest.mark.parametrize("as_html", [False, True])
def test_mail(read, as_html):
    article = read("a.eml", made.mail(as_html=as_html))
    assert all(p in article.text for p in made.PARAGRAPHS)
    meta = article.meta
    assert (meta.title, meta.outlet, meta.published) == (made.TITLE, "Norland Foreign Ministry", "2023-04-03")
    assert "attachments left out ×1" in meta.changed


def test_mail_soft_breaks(read):
    data = b"Subject: s\nContent-Type: text/plain; format=flowed\n\nOne long \nline.\n\nNext.\n-- \nname\n"
    assert read("a.eml", data).text == "One long line.\n\nNext.\n-- \nname\n"


def test_pdf_lines_become_paragraphs(read):
    first = (
        "Norland warns Sudria",
        "",
        "The minister on Monday warned the neighbour not to inter-",
        "fere in the co-operation of the disputed bay and its co-",
        "operation with others, saying that (so far) nothing had",
        "been decided.",
        "",
        "“Do not play with fire,” she said in the capital of the",
    )
    second = ("country, where she spoke.", "17")
    article = read("a.pdf", made.pdf(first, second))
    assert article.text == (
        "Norland warns Sudria\n\nThe minister on Monday warned the neighbour not to interfere in the "
        "co-operation of the disputed bay and its co-operation with others, saying that (so far) nothing had "
        "been decided.\n\n"
        "“Do not play with fire,” she said in the capital of the country, where she spoke."
    )
    assert article.meta.title == "Norland warns Sudria"
    assert "hyphens at line ends joined ×2" in article.meta.changed
    assert "page numbers dropped ×1" in article.meta.changed


def test_pdf_paragraphs_by_indent_and_short_line():
    full = "words that fill the whole line of the page up to its end."
    lines = [Line(full, 72, 700), Line("A short end.", 72, 686), Line(full, 72, 672), Line(full, 84, 658)]
    assert flow([lines])[0].split("\n\n") == [f"{full} A short end.", full, full]


def test_pdf_encrypted_with_an_empty_password_is_read(read):
    assert read("a.pdf", made.locked_pdf("")).text == "Secret words here."


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        ("a.txt", made.pdf(("Words of a PDF.",)), "read as a PDF, whatever its name says"),
        ("a.html", made.docx("Words of a PDF."), "read as a Word document, whatever its name says"),
        ("a.docx", made.rtf("Words of a PDF."), "read as a rich text document, whatever its name says"),
        ("a.pdf", made.html("<p>Words of a PDF.</p>"), "read as a web page, whatever its name says"),
    ],
)
def test_wrong_suffix_is_read_by_content(read, name, data, note):
    article = read(name, data)
    assert article.text == "Words of a PDF."
    assert article.meta.changed[0] == note


@pytest.mark.parametrize(
    ("encoding", "text", "noted"),
    [
        ("utf-8-sig", "Café “quoted”", None),
        ("utf-16", "Café “quoted” 😀", None),
        ("utf-32", "Café “quoted”", None),
        ("utf-16-le", "No mark but zeros, “quoted”", None),
        (
            "cp1252",
            "The “ministry” said it’s a café – nothing more than that, they said.",
            "decoded as cp1252",
        ),
        (
            "cp1251",
            "Министерство иностранных дел заявило, что переговоры продолжаются, сообщили в пятницу.",
            "decoded as cp1251",
        ),
    ],
)
def test_encodings(read, encoding, text, noted):
    article = read("a.txt", text.encode(encoding))
    assert article.text == text
    assert [n for n in article.meta.changed if "decoded" in n] == ([noted] if noted else [])


def test_utf8_with_a_broken_byte_stays_utf8(read):
    data = ("“One” “two” “three” “four” “five” " * 3).encode() + b"\xff end"
    article = read("a.txt", data)
    assert article.text.startswith("“One”")
    assert article.text.endswith("\ufffd end")
    assert "bytes that are not UTF-8 replaced ×1" in article.meta.changed


def test_what_normalising_did_is_told(read):
    article = read("a.txt", "\ufeffOne\r\ntwo\x00 so\u00adft".encode())
    assert article.text == "One\ntwo soft"
    assert {"line ends made LF ×1", "control characters dropped ×1", "soft hyphens dropped ×1"} <= {
        *article.meta.changed
    }


def test_five_megabytes_on_one_line(read):
    text = "Norland said no. " * 310_000
    assert len(text) > 5_000_000
    assert read("a.txt", text.encode()).text == text
    assert read("b.html", f"<p>{text}</p>".encode()).text == text.strip()


def test_tiny_text_has_no_language_guess(read):
    assert read("a.txt", b"OK").lang is None
    assert (
        read("a.txt", "Le ministre a déclaré que la réunion aurait lieu demain matin.".encode()).lang == "fr"
    )


def test_paste():
    article = read_paste("A headline\r\n\r\nAnd a text \ud83d\ude00 \ud83d.")
    assert article.text == "A headline\n\nAnd a text 😀 \ufffd."
    assert (article.meta.title, article.meta.extractor) == ("A headline", "paste 1")
    with pytest.raises(AnnotatorError, match="no text"):
        read_paste(" \n ")
