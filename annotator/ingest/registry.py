"""One reader a format, and the one door through which files come in."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from errno import ELOOP
from hashlib import sha256
from pathlib import Path

from annotator.ingest import epub, html, mail, pdf, plain, rtf, word
from annotator.ingest.finishing import finish, tidy
from annotator.ingest.jsonlines import read_jsonl
from annotator.ingest.results import Columns, Draft, Read, Refused, Result, UnfitError
from annotator.ingest.sniffing import NAMES, settle
from annotator.ingest.suffixes import (
    EPUB,
    FORMAT_OF,
    HTML,
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

_log = logging.getLogger(__name__)


def read_file(path: Path, *, columns: Columns | None = None) -> Iterator[Result]:
    """Everything in a file: articles, canonical records, refusals. Never raises for what a file
    is or holds; tables and JSONL are streamed.
    """
    name = tidy(path.name) or "?"
    try:
        yield from _read(path, name, columns or Columns())
    except UnfitError as e:
        yield Refused(name, "", str(e))
    except OSError as e:
        yield Refused(name, "", _os_words(e))
    except Exception as e:  # noqa: BLE001 - parsers raise anything on a broken file; the rest must go on
        _log.info("%s could not be read", name, exc_info=True)
        yield Refused(name, "", f"it is too broken to be read ({type(e).__name__})")


def _read(path: Path, name: str, columns: Columns) -> Iterator[Result]:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise UnfitError("it is a folder")
    if suffix == ".annot":
        raise UnfitError("it is a project; open it instead")
    if suffix not in SUFFIXES:
        raise UnfitError(f"this kind of file cannot be opened; {OPENABLE} can")
    if not path.is_file():
        path.stat()  # says why, unless it is a pipe or a device
        raise UnfitError("it is not an ordinary file")
    if FORMAT_OF[suffix] == TABLE:
        yield from read_table(path, name, columns)
    elif FORMAT_OF[suffix] == JSONL:
        yield from read_jsonl(path, name, columns)
    else:
        yield _read_one(path, name, FORMAT_OF[suffix])


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
