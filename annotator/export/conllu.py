"""CoNLL-U and CoNLL-U Plus: tokens with their places and entity tags, everything else of the record
in comments, white space in SpacesAfter; nothing is lost, texts are put together again from tokens.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.domain.record import dumps
from annotator.export.conll import entity_spans, flat, iob2
from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.loss import Loss
from annotator.export.tokens import Tokeniser, Tokens

_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r"}  # as UDPipe writes them
_NOT_IN_COMMENTS = ("id", "text")
_ROLES = ("CONTENT", "SPEAKER", "CUE", "TARGET")
_PLUS = ("ID", "FORM", "MISC", "ANNOTATOR:ENTITY", *(f"ANNOTATOR:{role}" for role in _ROLES))


class ConlluWriter(Writer):
    """Writes `STEM.conllu`, a `newdoc` an article; lemmas, tags and trees are left blank."""

    ending = ".conllu"

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}{self.ending}"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._tokeniser = Tokeniser()
        self.begin()

    def begin(self) -> None:
        """Write what stands at the top of the file."""

    def put(self, line: str) -> None:
        """Write one line."""
        self._file.write(f"{line}\n")

    def columns(
        self,
        record: Record,  # noqa: ARG002 - for those who need more than entities
        tokens: Tokens,
        ner: Sequence[str],
    ) -> Iterator[list[str]]:
        """The cells of every token after its number."""
        for i, word in enumerate(tokens.words):
            yield [word, *"_" * 7, _misc(tokens, i, ner[i])]

    misc_column = 9

    def add(self, record: Record) -> str | None:
        """Write one document; a reader must be able to put the whole record together again."""
        tokens = self._tokeniser.tokens(record["text"], record["lang"])
        if not len(tokens):
            self.loss.add("articles without a single word", record["id"])
            return None
        wanted = sorted(entity_spans(record, Loss()), key=lambda w: (w.start - w.end, w.start, w.label))
        kept = flat(wanted, tokens, record, Loss())
        starts = [*tokens.sentence_starts(t.tokens for t in kept), len(tokens)]
        rows = list(self.columns(record, tokens, iob2(len(tokens), kept)))
        self.put(f"# newdoc id = {record['id']}")
        for key, value in record.items():
            if key not in _NOT_IN_COMMENTS:
                self.put(f"# {key} = {_one_line(value)}")
        for number, (first, last) in enumerate(pairwise(starts), 1):
            self._sentence(f"{record['id']}-{number}", tokens, rows, first, last)
        return dumps(record)

    def _sentence(self, id: str, tokens: Tokens, rows: Sequence[list[str]], first: int, last: int) -> None:
        start, end = tokens.surface_range((first, last))
        self.put(f"# sent_id = {id}")
        self.put(f"# text = {''.join(' ' if c.isspace() else c for c in tokens.text[start:end])}")
        for number, cells in enumerate(rows[first:last], 1):
            self.put("\t".join([str(number), *cells]))
        self.put("")

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Put every record together again."""
        for record in read_records(self._path, self.misc_column):
            yield dumps(record)


class ConllupWriter(ConlluWriter):
    """Writes `STEM.conllup`: a column for entities and one for each role of statements. A cell names
    the marks on its token, `B-` where one begins, with the number of the mention or statement; `*` is
    none, `;` parts several.
    """

    ending = ".conllup"
    misc_column = 2

    def begin(self) -> None:
        """Name the columns."""
        self.put(f"# global.columns = {' '.join(_PLUS)}")

    def columns(self, record: Record, tokens: Tokens, ner: Sequence[str]) -> Iterator[list[str]]:
        """Cells with all marks that are not rejected, however they overlap."""
        marks: dict[str, list[list[str]]] = {
            column: [[] for _ in range(len(tokens))] for column in ("ENTITY", *_ROLES)
        }
        for column, span, name in _marks(record):
            first, last = tokens.aligned(span["start"], span["end"]) or (0, 0)
            for i in range(first, last):
                marks[column][i].append(f"{'B' if i == first else 'I'}-{name}")
        for i, word in enumerate(tokens.words):
            yield [word, _misc(tokens, i, ner[i]), *(";".join(cells[i]) or "*" for cells in marks.values())]


def _marks(record: Record) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for number, m in enumerate(record["mentions"], 1):
        if m["decision"] != "rejected":
            yield "ENTITY", m, f"{_unparted('_'.join(m['label'].split()))}:{number}"
    for number, s in enumerate(record["statements"], 1):
        if s["decision"] != "rejected":
            for span in s["spans"]:
                yield "CONTENT", span, str(number)
            roles = [("SPEAKER", s["speaker"]["span"]), ("CUE", s["cue"])]
            for role, span in (*roles, *(("TARGET", t["span"]) for t in s["targets"])):
                if span:
                    yield role, span, str(number)


def _misc(tokens: Tokens, i: int, tag: str) -> str:
    text, start, end = tokens.text, tokens.starts[i], tokens.ends[i]
    parts = [f"SpacesBefore={_escaped(text[:start])}"] if i == 0 and start else []
    after = text[end : tokens.starts[i + 1] if i + 1 < len(tokens) else len(text)]
    if not after:
        parts.append("SpaceAfter=No")
    elif after != " ":
        parts.append(f"SpacesAfter={_escaped(after)}")
    parts += [f"start_char={start}", f"end_char={end}", *([f"ner={_unparted(tag)}"] if tag != "O" else [])]
    return "|".join(sorted(parts, key=str.lower))  # as pyconll writes them back


def _unparted(label: str) -> str:
    """A label without the signs that part what stands in one column; the record in comments has it whole."""
    return label.replace("|", "_").replace(";", "_")


def _escaped(spaces: str) -> str:
    return "".join(_ESCAPES.get(c) or f"\\u{ord(c):04x}" for c in spaces)


def _unescaped(escaped: str) -> str:
    spaces = {v: k for k, v in _ESCAPES.items()}
    out, i = [], 0
    while i < len(escaped):
        length = 6 if escaped[i : i + 2] == "\\u" else 2
        part = escaped[i : i + length]
        out.append(chr(int(part[2:], 16)) if length == 6 else spaces[part])
        i += length
    return "".join(out)


def _one_line(value: object) -> str:
    """JSON in which no reader sees a line end."""
    line = json.dumps(value, ensure_ascii=False)
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def read_records(path: Path, misc_column: int = 9) -> Iterator[dict[str, Any]]:
    """The records that lie in the comments and tokens of a file that this module wrote.

    Raises ValueError on other files.
    """
    head: dict[str, Any] = {}
    pieces: list[str] = []
    with path.open(encoding="utf-8", newline="\n") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                if head:
                    yield _record(head, pieces)
                head, pieces = {"id": line.partition(" = ")[2]}, []
            elif line.startswith("#"):
                key, _, value = line[2:].partition(" = ")
                if key not in ("sent_id", "text", "global.columns"):
                    head[key] = json.loads(value)
            elif line:
                pieces += _surface(line.split("\t"), misc_column)
    if head:
        yield _record(head, pieces)


def _surface(cells: Sequence[str], misc_column: int) -> Iterable[str]:
    misc = dict(x.split("=", 1) for x in cells[misc_column].split("|"))
    after = "" if misc.get("SpaceAfter") == "No" else _unescaped(misc.get("SpacesAfter", r"\s"))
    return _unescaped(misc.get("SpacesBefore", "")), cells[1], after


def _record(head: Mapping[str, Any], pieces: Iterable[str]) -> dict[str, Any]:
    record = {"schema": head["schema"], "id": head["id"], "text": "".join(pieces)}
    return {**record, **{k: v for k, v in head.items() if k not in record}}


CONLLU = Format(
    name="conllu",
    title="CoNLL-U",
    note="Tokens with start_char, end_char and ner (IOB2, the longest of nested entities) in MISC; the whole "
    "record without its text as JSON in comments such as `# statements = [...]`.",
    suffix=".conllu",
    writer=ConlluWriter,
    lossless=True,
)
CONLLUP = Format(
    name="conllup",
    title="CoNLL-U Plus",
    note="A column for entities and one for each role (content, speaker, cue, target), overlaps kept; the "
    "whole record without its text as JSON in comments.",
    suffix=".conllup",
    writer=ConllupWriter,
    lossless=True,
)
