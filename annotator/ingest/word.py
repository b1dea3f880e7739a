"""Word documents (docx): every paragraph in its order, tables and text boxes included."""

import io
from collections.abc import Iterator
from typing import Any

from annotator.ingest.archives import open_archive, part_of
from annotator.ingest.finishing import believable_title, headline
from annotator.ingest.results import Draft, UnfitError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}


def read_word(data: bytes) -> Draft:
    """The document's text; tracked insertions are in it, deletions are not."""
    archive = open_archive(data)
    if "[Content_Types].xml" not in archive.namelist():
        raise UnfitError("it is not a Word document")
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, SyntaxError):
        raise UnfitError("it is not a Word document, or a broken one") from None
    text = "\n\n".join(p for p in _paragraphs(document.element.body) if p.strip())
    core = document.core_properties
    title = believable_title(core.title) if part_there(archive, "docProps/core.xml") else None
    return Draft(text, f"python-docx {docx.__version__}", title=title or headline(text))


def part_there(archive: Any, name: str) -> bool:
    """True when the container holds the part, whole."""
    return name in archive.namelist() and bool(part_of(archive, name))


def _paragraphs(body: Any) -> Iterator[str]:
    """Texts of all paragraphs; one inside another (a text box) comes after it."""
    for paragraph in body.iter(_W + "p"):
        if not any(a.tag == _FALLBACK for a in paragraph.iterancestors()):
            yield "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in (_W + "p", _FALLBACK, _W + "pPr", _W + "rPr"):
            yield from _pieces(child)
