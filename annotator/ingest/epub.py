"""Electronic books (epub): all chapters in reading order, as one article."""

import posixpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from annotator.ingest.archives import open_archive, part_of
from annotator.ingest.dates import iso_date
from annotator.ingest.decoding import decode
from annotator.ingest.html import page_blocks
from annotator.ingest.results import Draft, UnfitError

_CONTAINER = "META-INF/container.xml"


def read_epub(data: bytes) -> Draft:
    """The book's text, with title, publisher and date as its package says."""
    archive = open_archive(data)
    if _CONTAINER not in archive.namelist():
        raise UnfitError("it is not an electronic book")
    root = _first(_xml(archive, _CONTAINER), "rootfile")
    package_at = "" if root is None else root.get("full-path", "")
    package = _xml(archive, package_at)
    paragraphs: list[str] = []
    for name in _chapters(package, posixpath.dirname(package_at)):
        if name in archive.namelist():
            paragraphs += page_blocks(decode(part_of(archive, name))[0])
    return Draft(
        "\n\n".join(paragraphs),
        "epub 1",
        title=_words(package, "title"),
        outlet=_words(package, "publisher"),
        published=iso_date(_words(package, "date") or ""),
    )


def _xml(archive: ZipFile, name: str) -> Any:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(part_of(archive, name))
    except (ParseError, DefusedXmlException, ValueError):
        raise UnfitError(f"it is broken: its part {name} is not clean XML") from None


def _chapters(package: Any, folder: str) -> list[str]:
    items = {e.get("id"): e.get("href", "") for e in package.iter() if _local(e) == "item"}
    spine = [e.get("idref") for e in package.iter() if _local(e) == "itemref"]
    return [posixpath.normpath(posixpath.join(folder, unquote(items[i]))) for i in spine if i in items]


def _first(tree: Any, name: str) -> Any | None:
    return next((e for e in tree.iter() if _local(e) == name), None)


def _words(tree: Any, name: str) -> str | None:
    found = _first(tree, name)
    return None if found is None else "".join(found.itertext()).strip() or None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
