"""CoNLL-U and CoNLL-U Plus: texts put together from tokens and the white space they name, entities from
MISC, and whatever of a record of ours stands in the comments.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from annotator.domain.record import SCHEMA
from annotator.ingest.annotated.articles import article_from
from annotator.ingest.annotated.conll import tagged
from annotator.ingest.annotated.converting import read_any_record
from annotator.ingest.annotated.found import Document, FoundMention, results
from annotator.ingest.annotated.placing import Place
from annotator.ingest.annotated.values import name_of
from annotator.ingest.records import is_record
from annotator.ingest.results import Refused, Result, UnfitError
from annotator.ingest.streams import MOST_CHARACTERS, open_text

_SAMPLE = 1 << 16
_MOST_LINE = 4 * MOST_CHARACTERS
_COMMENT = re.compile(r"#\s*([^=]+?)\s*=\s?(.*)", re.DOTALL)
_NUMBER = re.compile(r"(\d+)(?:-(\d+)|(\.\d+))?")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
_ENTITY_KEYS = ("ner", "NER", "NE", "Entity")
_PARTS = ("layer", "mentions", "actors", "statements", "meta", "lang", "schema", "text_sha256", "offset_unit")


@dataclass
class _Doc:
    """One document as it is read: comments, pieces of text, and a tag for each word."""

    line: int
    id: str = ""
    comments: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)  # where each stands in the text
    tags: list[str] = field(default_factory=list)
    length: int = 0
    inside_until: int = 0  # last word of a token of several words
    bad: str = ""

    def put(self, piece: str) -> None:
        """Text goes on."""
        self.pieces.append(piece)
        self.length += len(piece)
        if self.length > MOST_CHARACTERS:
            self.bad = "it is too large for one article"


def read_conllu(path: Path, name: str) -> Iterator[Result]:
    """The documents of the file; one that cannot be read is refused by its line, the others go on."""
    file, _ = open_text(path, "CoNLL-U")
    found = False
    with file:
        for doc in _docs(file):
            if not doc.bad and not doc.words:
                continue
            found = True
            yield from _results(doc, name)
    if not found:
        raise UnfitError("there are no tokens of CoNLL-U in it")


def looks_like_conllu(path: Path) -> bool:
    """True when the first line with columns has ten, by tabs, and begins with a number."""
    with path.open("rb") as file:
        for line in file.read(_SAMPLE).split(b"\n"):
            cells = line.split(b"\t")
            if line.strip() and not line.startswith(b"#"):
                return len(cells) >= 10 and cells[0][:1].isdigit()
    return False


def _results(doc: _Doc, name: str) -> Iterator[Result]:
    where = f"line {doc.line}"
    if doc.bad:
        yield Refused(name, where, doc.bad)
        return
    text = "".join(doc.pieces)
    try:
        record = _record_in(doc, text)
        if record is not None:
            yield from read_any_record(record, name, where, own="layer" in record)
        else:
            yield from results(_document(doc, text, name), name, where)
    except RecursionError:
        yield Refused(name, where, "its comments are nested too deeply")
    except (UnfitError, ValueError) as e:
        yield Refused(name, where, str(e))


def _record_in(doc: _Doc, text: str) -> dict[str, Any] | None:
    """The record that comments and tokens hold together, when there is one."""
    if not any(part in doc.comments for part in ("schema", "statements", "mentions")):
        return None
    head: dict[str, Any] = {}
    for part in _PARTS:
        if part in doc.comments:
            try:
                head[part] = json.loads(doc.comments[part])
            except json.JSONDecodeError:
                raise UnfitError(f"its comment {part} is not JSON") from None
    head.setdefault("schema", SCHEMA)
    if not is_record(head):
        raise UnfitError("its comments are not those of a record")
    return {**head, "id": doc.id, "text": text}


def _document(doc: _Doc, text: str, name: str) -> Document:
    text = text.rstrip(" ")
    title = doc.comments.get("title")
    row = {"source_id": doc.id, **({"title": title} if title else {})}
    article, text = article_from(row, text, file=name, extractor="conllu 1")
    mentions = []
    for first, last, label in tagged(doc.tags):
        start, end = doc.words[first][0], doc.words[last - 1][1]
        mentions.append(FoundMention(Place(((start, end),), text[start:end], label), label))
    return Document(article, text, tuple(mentions))


def _docs(file: IO[str]) -> Iterator[_Doc]:
    doc, misc, number = _Doc(1), 9, 0
    while line := file.readline(_MOST_LINE):
        number += 1
        line = line.rstrip("\r\n")
        if line.startswith("#"):
            key, value = _comment(line)
            if key in ("newdoc", "newdoc id"):
                yield doc
                doc = _Doc(number, value if key == "newdoc id" else "")
            elif key == "global.columns":
                misc = _misc_column(value)
            else:
                _note(doc, key, value)
        elif line and not doc.bad:
            _token(doc, line.split("\t"), misc, number)
        elif not line:
            doc.inside_until = 0
    yield doc


def _comment(line: str) -> tuple[str, str]:
    match = _COMMENT.fullmatch(line)
    return (match[1], match[2]) if match else (line[1:].strip(), "")


def _misc_column(columns: str) -> int:
    names = columns.split()
    if "ID" not in names[:1] or "FORM" not in names[1:2] or "MISC" not in names:
        raise UnfitError("its columns do not begin with ID and FORM, or MISC is missing")
    return names.index("MISC")


def _note(doc: _Doc, key: str, value: str) -> None:
    if key in ("newpar", "newpar id") and doc.pieces:
        doc.pieces[-1] = doc.pieces[-1].rstrip(" ")
        doc.length = sum(map(len, doc.pieces))
        doc.put("\n\n")
    elif key not in ("sent_id", "text") and key not in doc.comments:
        doc.comments[key] = value


def _token(doc: _Doc, cells: list[str], misc_column: int, number: int) -> None:
    match = _NUMBER.fullmatch(cells[0])
    if match is None or len(cells) <= misc_column or not cells[1]:
        doc.bad = f"line {number} is not a token of CoNLL-U"
        return
    if match[3]:  # a word that stands nowhere in the text
        return
    misc = dict(x.partition("=")[::2] for x in cells[misc_column].split("|"))
    if match[2]:
        doc.inside_until = int(match[2])
    elif int(match[1]) <= doc.inside_until:
        doc.tags[-1] = max(doc.tags[-1], _tag(misc), key=lambda tag: tag != "O")
        return
    doc.put(_unescaped(misc.get("SpacesBefore", "")))
    doc.words.append((doc.length, doc.length + len(cells[1])))
    doc.tags.append(_tag(misc))
    doc.put(cells[1])
    doc.put("" if misc.get("SpaceAfter") == "No" else _unescaped(misc.get("SpacesAfter", r"\s")))


def _tag(misc: dict[str, str]) -> str:
    tag = next((misc[key] for key in _ENTITY_KEYS if key in misc), "O")
    return tag if tag[1:2] == "-" and name_of(tag[2:]) else "O"


def _unescaped(escaped: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _ESCAPED.get(m[2], m[2]), escaped)
