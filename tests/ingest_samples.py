"""Files of every format, made in code: what they say is `TITLE` and `PARAGRAPHS`."""

import io
import zipfile
from email.message import EmailMessage

TITLE = "Norland warns Sudria over fishing rights"
FIRST = (
    "The foreign minister of Norland on Monday warned Sudria not to send patrol boats into the bay, saying "
    "that “any step there will be answered” and that talks remain open."
)
SECOND = (
    "Speaking in the capital, she asked the neighbouring government to withdraw its “so-called inspectors” "
    "before the end of the month. 😀 The ministry of Sudria declined to comment on the remarks."
)
THIRD = "A spokesman for the regional council said later that both sides had been invited to a meeting."
PARAGRAPHS = (FIRST, SECOND, THIRD)
BODY = "\n\n".join((TITLE, *PARAGRAPHS))


def docx(*paragraphs: str, title: str = "") -> bytes:
    import docx as library

    document = library.Document()
    document.core_properties.title = title
    for paragraph in paragraphs or (TITLE, *PARAGRAPHS):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A zip container with some parts replaced; `__` stands for `/`, `_DOT_` for a dot."""
    changed = {k.replace("__", "/").replace("_DOT_", "."): v for k, v in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changed.pop(part.filename, old.read(part.filename)))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def pdf(*pages: tuple[str, ...]) -> bytes:
    """One string a printed line, an empty one for the gap before a paragraph."""
    contents = [_page(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
            + f"/Contents {5 + 2 * n} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _assembled(objects)


def _page(lines: tuple[str, ...]) -> bytes:
    out, y = [b"BT /F1 11 Tf"], 750
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        if line:
            out.append(b"1 0 0 1 72 %d Tm (%s) Tj" % (y, escaped.encode("cp1252")))
        y -= 14 if line else 10
    return b" ".join((*out, b"ET"))


def _assembled(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def locked_pdf(password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(("Secret words here.",)))))
    writer.encrypt(user_password=password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rtf(*paragraphs: str) -> bytes:
    body = "\\par\n".join(_rtf_escaped(p) for p in paragraphs or (TITLE, *PARAGRAPHS))
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + body + "\\par\n}").encode("ascii")


def _rtf_escaped(text: str) -> str:
    out = []
    for char in text:
        units = char.encode("utf-16-le")
        codes = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
        out.append(char if char.isascii() else "".join(f"\\u{code}?" for code in codes))
    return "".join(out)


def html(body: str | None = None, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    body = body if body is not None else f"<article><h1>{TITLE}</h1>{paragraphs}</article>"
    page = f"<!DOCTYPE html><html lang=en><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return page.encode()


def mail(*, as_html: bool = False) -> bytes:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = '"Norland Foreign Ministry" <press@mfa.example>'
    message["Date"] = "Mon, 03 Apr 2023 23:30:00 +0800"
    if as_html:
        message.set_content(html().decode(), subtype="html")
    else:
        message.set_content("\n\n".join(PARAGRAPHS) + "\n")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.bin")
    return message.as_bytes()


def epub() -> bytes:
    chapters = [f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>", "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])]
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{TITLE}</dc:title><dc:publisher>The Bay Review</dc:publisher>"
        "<dc:date>2023-04-03</dc:date>"
        '</metadata><manifest><item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        container = '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'
        book.writestr("META-INF/container.xml", container)
        book.writestr("OPS/p.opf", package)
        for name, chapter in zip(("one", "two b"), chapters, strict=True):
            page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{chapter}</body></html>'
            book.writestr(f"OPS/{name}.xhtml", page)
    return out.getvalue()


ENTITY_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><html><body><p>&c;</p></body></html>'
)


def zip_of(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()
