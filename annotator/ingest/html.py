"""Web pages: the article found by trafilatura, or every block of text when it finds none."""

import logging
import re
from collections.abc import Iterator, Set
from typing import Any

from annotator.ingest.archives import refuse_entities
from annotator.ingest.dates import iso_date
from annotator.ingest.decoding import decode, looks_binary
from annotator.ingest.finishing import believable_title, headline
from annotator.ingest.results import Draft, UnfitError

_MOST_FOR_TRAFILATURA = 3_000_000  # characters; beyond it is slow
_TINY = 300  # characters of an article
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "title", "tr", "ul",
))
_SILENT = frozenset((
    "button", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
))
# fmt: on
_PARTS = frozenset(("body", "code", "head", "item", "list", "p", "quote", "row"))  # of trafilatura's body


def read_html(data: bytes) -> Draft:
    """The main text of a page, its headline first."""
    refuse_entities(data[:65536])
    declared = _CHARSET.search(data[:4096])
    text, notes = decode(data, declared[1].decode("ascii") if declared else None)
    if looks_binary(text):
        raise UnfitError("it is not a web page")
    parse(text)  # refuses what trafilatura would read in part
    draft = _by_trafilatura(text) if len(text) < _MOST_FOR_TRAFILATURA else None
    draft = draft or _by_blocks(text)
    return Draft(**{**vars(draft), "changed": notes})


def _by_trafilatura(text: str) -> Draft | None:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):  # they tell the terminal what they discard
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    found: Any = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or found.body is None:
        return None
    paragraphs = list(_paragraphs_of_body(found.body))
    size = sum(map(len, paragraphs))
    if size < _TINY and size < 0.8 * sum(map(len, page_blocks(text))):
        return None  # on a page this small everything is the article
    return Draft(
        "\n\n".join(_with_headline(paragraphs, text)),
        f"trafilatura {trafilatura.__version__}",
        title=believable_title(found.title),
        outlet=found.sitename,
        published=iso_date(found.date or ""),
        url=found.url,
    )


def _by_blocks(text: str) -> Draft:
    from lxml import etree

    tree = parse(text)
    title = None if tree is None else tree.findtext(".//title")
    body = "\n\n".join(page_blocks(text))
    return Draft(body, f"lxml {etree.__version__}", title=believable_title(title) or headline(body))


def _with_headline(paragraphs: list[str], page: str) -> list[str]:
    """The page's headline in front, where the reader's eye meets it, unless it is there."""
    tree = parse(page)
    headings = [] if tree is None else [_spaced("".join(h.itertext())) for h in tree.iterfind(".//h1")]
    shown = [h for h in headings if h]
    if len(shown) != 1 or shown[0] in paragraphs[:4]:
        return paragraphs
    return [shown[0], *paragraphs]


def _paragraphs_of_body(body: Any) -> Iterator[str]:
    """Paragraphs of the body that trafilatura found; `lb` is its line break."""
    yield from _gather(body, _PARTS, "lb", frozenset())


def page_blocks(text: str) -> Iterator[str]:
    """Every block of text of a page in its order, scripts and styles left out."""
    tree = parse(text)
    if tree is not None:
        yield from _gather(tree, _BLOCKS, "br", _SILENT)


def parse(text: str) -> Any | None:
    """The page's tree, or None when there is nothing in it; never fetches or expands anything.

    Raises UnfitError when the parser gives up half-way: a part would be lost in silence.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnfitError("its page is nested too deeply, or too large, to be read whole")
    return tree


def _gather(tree: Any, blocks: Set[str], line_break: str, silent: Set[str]) -> Iterator[str]:
    from lxml import etree

    pieces: list[str] = []
    unheard = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        unheard += (1 if event == "start" else -1) if tag in silent else 0
        if tag in blocks:
            yield from _flushed(pieces)
        elif tag in ("cell", "td", "th") and event == "end":
            pieces.append(" ")
        elif tag == line_break and event == "start":
            pieces.append("\x1f")
        after = element.text if event == "start" else element.tail
        if after and not unheard:
            pieces.append(after)
    yield from _flushed(pieces)


def _flushed(pieces: list[str]) -> Iterator[str]:
    lines = (_spaced(line) for line in "".join(pieces).split("\x1f"))
    pieces.clear()
    if paragraph := "\n".join(line for line in lines if line):
        yield paragraph


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")
