"""CoNLL-2003 and its kin: a word and its tag a line. Their texts are gone; words are joined by single
spaces, which the article says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator.ingest.annotated.found import Document, FoundMention, results
from annotator.ingest.annotated.placing import Place, Unplaceable
from annotator.ingest.annotated.values import name_of
from annotator.ingest.finishing import finish
from annotator.ingest.results import Draft, Refused, Result, UnfitError
from annotator.ingest.streams import open_text

_DOCSTART = "-DOCSTART-"
_MOST_LINE = 100_000
_MOST_TOKENS = 2_000_000
_ROLES = frozenset({"CONTENT", "SPEAKER", "CUE", "TARGET"})
_NOTE = "text put together from words with single spaces"


@dataclass
class _Block:
    """The words and tags of one document; `bad` says what is wrong with it."""

    line: int
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bad: str = ""


def read_conll(path: Path, name: str) -> Iterator[Result]:
    """The documents of the file; one that cannot be read is refused by its line, the others go on."""
    file, notes = open_text(path, "words with tags")
    found = False
    with file:
        for block in _blocks(iter(partial(file.readline, _MOST_LINE), "")):
            where = f"line {block.line}"
            if block.bad:
                found = True
                yield Refused(name, where, block.bad)
            elif block.words:
                found = True
                yield from _results(block, name, where, notes)
    if not found:
        raise UnfitError("there are no words with tags in it")


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    block, fresh = _Block(1), True
    for number, line in enumerate(lines, 1):
        cells = line.split("\t") if line.count("\t") else line.split()
        cells = [c.strip() for c in cells]
        if cells and cells[0] == _DOCSTART:
            yield block
            block = _Block(number)
        elif line.startswith("#begin document"):
            raise UnfitError("it is CoNLL-2012, which cannot be read")
        elif not any(cells):
            fresh = True
        elif not block.bad:
            _take(block, cells, number, fresh=fresh)
            fresh = False
    yield block


def _take(block: _Block, cells: Sequence[str], number: int, *, fresh: bool) -> None:
    if len(cells) < 2 or not cells[0]:
        block.bad = f"line {number} is not a word with its tag" if number != block.line else "no word and tag"
    elif len(block.words) >= _MOST_TOKENS:
        block.bad = f"it has more than {_MOST_TOKENS:,} words"
    elif not _is_tag(cells[-1]):
        if not cells[0].startswith("#"):  # a comment
            block.bad = (
                f"the last column of line {number} is no tag such as O or B-ORG ({name_of(cells[-1])})"
            )
    else:
        tag = cells[-1]
        block.words.append(cells[0])
        block.tags.append(f"B{tag[1:]}" if fresh and tag.startswith("I-") else tag)


def _results(block: _Block, name: str, where: str, notes: tuple[str, ...]) -> Iterator[Result]:
    text = " ".join(block.words)
    draft = Draft(text, "conll 1", changed=(*notes, _NOTE))
    spans = list(tagged(block.tags))
    starts, at = [], 0
    for word in block.words:
        starts.append(at)
        at += len(word) + 1
    mentions, unplaceable = [], []
    for first, last, label in spans:
        words = " ".join(block.words[first:last])
        if label in _ROLES:
            unplaceable.append(Unplaceable(label, words, "CoNLL-2003 does not say of which statement it is"))
        else:
            place = Place(((starts[first], starts[last - 1] + len(block.words[last - 1])),), words, label)
            mentions.append(FoundMention(place, label))
    article = finish(draft, file=name)
    document = Document(article, text, tuple(mentions), unplaceable=tuple(unplaceable))
    yield from results(document, name, where)


def _is_tag(tag: str) -> bool:
    return tag in ("O", "-", "_") or tag[:2] in ("B-", "I-", "E-", "S-", "L-", "U-")


def tagged(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first, last + 1, label) of the spans that IOB1, IOB2, BIOES or BILOU tags say, in order."""
    begun, label = -1, ""
    for i, tag in enumerate((*tags, "O")):
        prefix, _, this = tag.partition("-")
        goes_on = begun >= 0 and prefix in ("I", "E", "L") and this == label
        if begun >= 0 and not goes_on:
            yield begun, i, label
            begun = -1
        if begun < 0 and prefix in ("B", "I", "S", "U", "E", "L") and this:
            begun, label = i, name_of(this)
            this = label
        if begun >= 0 and prefix in ("E", "L", "S", "U"):
            yield begun, i + 1, label
            begun = -1
