"""One reader a format, and the one door through which files come in."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from errno import ELOOP
from hashlib import sha256
from pathlib import Path

from annotator.ingest import epub, html, mail, pdf, plain, rtf, word
from annotator.ingest.annotated.brat import read_brat
from annotator.ingest.annotated.conll import read_conll
from annotator.ingest.annotated.conllu import looks_like_conllu, read_conllu
from annotator.ingest.annotated.docbin import read_docbin
from annotator.ingest.annotated.objects import KINDS
from annotator.ingest.annotated.xmi import read_xmi
from annotator.ingest.finishing import finish, tidy
from annotator.ingest.jsonlines import read_json, read_jsonl
from annotator.ingest.results import Columns, Draft, Read, Refused, Result, UnfitError
from annotator.ingest.sniffing import NAMES, settle
from annotator.ingest.suffixes import (
    BRAT,
    CONLL,
    CONLLU,
    CONLLUP,
    DOCBIN,
    EPUB,
    FORMAT_OF,
    HTML,
    JSON,
    JSONL,
    MAIL,
    MARKDOWN,
    OPENABLE,
    PDF,
    PLAIN,
    RTF,
    SUFFIXES,
    TABLE,
    WORD,
    XMI,
)
from annotator.ingest.tables import read_table

__all__ = ["MOST_BYTES", "READERS", "SUFFIXES", "read_file"]

MOST_BYTES = 50_000_000  # of a file that holds one article

READERS: dict[str, Callable[[bytes], Draft]] = {
    PLAIN: plain.read_plain,
    MARKDOWN: plain.read_markdown,
    HTML: html.read_html,
    WORD: word.read_word,
    PDF: pdf.read_pdf,
    RTF: rtf.read_rtf,
    MAIL: mail.read_mail,
    EPUB: epub.read_epub,
}

_OBJECTS = frozenset({JSONL, JSON, *KINDS})

_ANNOTATED: dict[str, Callable[[Path, str], Iterator[Result]]] = {
    BRAT: read_brat,
    CONLL: read_conll,
    CONLLU: read_conllu,
    CONLLUP: read_conllu,
    DOCBIN: read_docbin,
    XMI: read_xmi,
}

_log = logging.getLogger(__name__)


def read_file(path: Path, *, columns: Columns | None = None, format: str | None = None) -> Iterator[Result]:
    """Everything in a file: articles, records with layers, refusals. Never raises for what a file
    is or holds; tables, JSONL and the like are streamed. `format`, one of `ASKED_FOR`, overrides
    what suffix and content tell.
    """
    name = tidy(path.name) or "?"
    try:
        yield from _read(path, name, columns or Columns(), format)
    except UnfitError as e:
        yield Refused(name, "", str(e))
    except OSError as e:
        yield Refused(name, "", _os_words(e))
    except Exception as e:  # noqa: BLE001 - parsers raise anything on a broken file; the rest must go on
        _log.info("%s could not be read", name, exc_info=True)
        yield Refused(name, "", f"it is too broken to be read ({type(e).__name__})")


def _read(path: Path, name: str, columns: Columns, asked: str | None) -> Iterator[Result]:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise UnfitError("it is a folder")
    if suffix == ".annot":
        raise UnfitError("it is a project; open it instead")
    format = asked or FORMAT_OF.get(suffix)
    if format is None:
        raise UnfitError(f"this kind of file cannot be opened; {OPENABLE} can")
    if not path.is_file():
        path.stat()  # says why, unless it is a pipe or a device
        raise UnfitError("it is not an ordinary file")
    if format == TABLE:
        yield from read_table(path, name, columns)
    elif format in _OBJECTS:
        read = read_json if suffix == ".json" else read_jsonl
        yield from read(path, name, columns, asked)
    elif format in _ANNOTATED:
        yield from _annotated(path, name, format)
    else:
        yield _read_one(path, name, format)


def _annotated(path: Path, name: str, format: str) -> Iterator[Result]:
    if format != BRAT and path.stat().st_size == 0:  # brat says so that nothing is marked
        raise UnfitError("it is empty")
    if format == BRAT:
        path = path.with_suffix(".ann")
    elif format == CONLL and looks_like_conllu(path):
        format = CONLLU
    yield from _ANNOTATED[format](path, name)


def _read_one(path: Path, name: str, format: str) -> Read:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnfitError(f"it is too large for one article (more than {MOST_BYTES // 1_000_000} MB)")
    if not data:
        raise UnfitError("it is empty")
    settled = settle(format, data)
    draft = READERS[settled](data)
    if settled != format:
        draft = replace(draft, changed=(f"read as {NAMES[settled]}, whatever its name says", *draft.changed))
    return Read(finish(draft, file=name, raw_sha256=sha256(data).hexdigest()))


def _os_words(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there (any more)"
    if isinstance(error, PermissionError):
        return "you have no permission to read it"
    if error.errno == ELOOP:
        return "it is a link that leads back to itself"
    return f"it cannot be read ({error.strerror or type(error).__name__})"
