"""What a file is by its first bytes, whatever its name says."""

import re

from annotator.ingest.results import UnfitError
from annotator.ingest.suffixes import EPUB, HTML, MAIL, PDF, PLAIN, RTF, WORD

NAMES = {
    PDF: "a PDF",
    WORD: "a Word document",
    EPUB: "an electronic book",
    RTF: "a rich text document",
    HTML: "a web page",
    MAIL: "an e-mail message",
}

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
_STRANGERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"wOFF", "a font"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(head: bytes) -> str | None:
    """The format that the bytes show, or None for anything that may be text.

    Raises UnfitError for what no reader takes: pictures, programs, archives, old Word files.
    """
    for signature, name in _STRANGERS:
        if head.startswith(signature):
            raise UnfitError(f"it is {name}, not an article")
    if head[4:8] == b"ftyp":
        raise UnfitError("it is a film or sound file, not an article")
    if head.startswith(_OLE):
        raise UnfitError(_old_office(head))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_container(head)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return RTF
    return HTML if _PAGE.match(head[:4096].lstrip(b"\xef\xbb\xbf")) else None


def settle(suffix_format: str, data: bytes) -> str:
    """The format to read `data` as. Raises UnfitError when name and content do not go together."""
    kind = kind_of(data)
    if kind is None:
        if suffix_format in (PDF, WORD, EPUB, RTF):
            raise UnfitError(f"it is not {NAMES[suffix_format]}, whatever its name says")
        return suffix_format
    if kind == HTML and suffix_format == MAIL:
        return suffix_format
    return kind


def refuse_container(head: bytes, wanted: str) -> None:
    """Raise UnfitError when the beginning of a table or JSONL file is no text."""
    if kind_of(head) is not None:
        raise UnfitError(f"it is {NAMES.get(kind_of(head) or PLAIN, 'another format')}, not {wanted}")


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is protected by a password"
    return "it is an Office file of the old kind; save it as docx first"


def _kind_of_container(data: bytes) -> str:
    if b"application/epub+zip" in data[:200] or b"META-INF/container.xml" in data:
        return EPUB
    if b"word/" in data or b"[Content_Types].xml" in data:
        if b"xl/workbook" in data:
            raise UnfitError("it is an Excel workbook; save it as CSV first")
        if b"ppt/presentation" in data:
            raise UnfitError("it is a presentation, not an article")
        return WORD
    if b"opendocument.text" in data[:200]:
        raise UnfitError("it is an OpenDocument text; save it as docx first")
    if data.startswith(b"PK\x05\x06") or b"PK\x01\x02" in data:
        raise UnfitError("it is a zip archive; unpack it first")
    raise UnfitError("it is a broken or incomplete container (docx, epub or zip)")
