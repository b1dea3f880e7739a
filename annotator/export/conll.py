"""CoNLL-2003: a token a line in four columns, IOB2 tags in the last, sentences between blank lines.

Columns two and three hold placeholders, this program tags no parts of speech. Tags never nest:
of overlapping spans the one that wins is written, every other is reported.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from annotator.export.formats import Format, Job, Option, Record, Writer
from annotator.export.loss import Loss, quoted
from annotator.export.tokens import DOCSTART, Tokeniser, TokenRange, Tokens

_DOCUMENT = f"{DOCSTART} -X- O O"
# Of two roles on one token the earlier here wins: a statement is its content first of all.
ROLES = ("CONTENT", "SPEAKER", "CUE", "TARGET")


@dataclass(frozen=True)
class Wanted:
    """A span that asks for a tag. `what` names it in the loss report."""

    start: int
    end: int
    label: str
    what: str


@dataclass(frozen=True)
class Tagged:
    """A range of tokens under one label."""

    tokens: TokenRange
    label: str


class ConllWriter(Writer):
    """Writes `STEM.conll`, a document an article in the order of article ids."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.conll"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._tokeniser = Tokeniser()

    def add(self, record: Record) -> str:
        """Write one document; a reader must find its words, and the tagged spans token by token."""
        tokens = self._tokeniser.tokens(record["text"], record["lang"])
        if self.options["labels"] == "roles":
            spans, starts = self._roles(record, tokens)
        else:
            spans, starts = self._entities(record, tokens)
        _report_common(record, self.loss)
        self._file.writelines(_lines(tokens.words, iob2(len(tokens), spans), starts))
        return _found("".join(record["text"].split()), tokens.words, spans)

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Read the file as its users do: words and IOB2 spans of each document."""
        for words, tags in read_documents(self._path):
            yield _found("".join(words), words, read_spans(tags))

    def _entities(self, record: Record, tokens: Tokens) -> tuple[list[Tagged], list[int]]:
        wanted = entity_spans(record, self.loss)
        wanted.sort(key=lambda w: (w.start - w.end, w.start, w.label))
        kept = flat(wanted, tokens, record, self.loss)
        self.loss.add("statements (only entities are asked for)", count=len(record["statements"]))
        self.loss.add("actors of entities", count=sum(m["actor"] is not None for m in record["mentions"]))
        return kept, tokens.sentence_starts(t.tokens for t in kept)

    def _roles(self, record: Record, tokens: Tokens) -> tuple[list[Tagged], list[int]]:
        wanted = role_spans(record, self.loss)
        wanted.sort(key=lambda w: (ROLES.index(w.label), w.start - w.end, w.start))
        kept = flat(wanted, tokens, record, self.loss)
        starts = tokens.sentence_starts(t.tokens for t in kept if t.label != "CONTENT")
        self.loss.add("entities (only roles are asked for)", count=len(record["mentions"]))
        _report_roles(record, self.loss)
        return self._cut(kept, starts, tokens, record), starts

    def _cut(
        self, spans: Sequence[Tagged], starts: Sequence[int], tokens: Tokens, record: Record
    ) -> list[Tagged]:
        """The spans without a sentence start inside: no tag may go on over a blank line."""
        out = []
        for span in spans:
            first, last = span.tokens
            edges = [first, *(i for i in starts if first < i < last), last]
            if len(edges) > 2:
                place = quoted(record, *tokens.surface_range(span.tokens))
                self.loss.add("spans cut at the ends of sentences", place)
            out += [Tagged((a, b), span.label) for a, b in pairwise(edges)]
        return out


def entity_spans(record: Record, loss: Loss) -> list[Wanted]:
    """The mentions that are not rejected."""
    wanted = []
    for m in record["mentions"]:
        if m["decision"] == "rejected":
            loss.leave_out("rejected entities", quoted(record, m["start"], m["end"]))
        else:
            wanted.append(Wanted(m["start"], m["end"], _one_word(m["label"]), m["label"]))
    return wanted


def role_spans(record: Record, loss: Loss) -> list[Wanted]:
    """Content, cue, speaker and target spans of the statements that are not rejected, each once."""
    wanted: dict[Wanted, None] = {}
    for s in record["statements"]:
        spans = s["spans"]
        if s["decision"] == "rejected":
            loss.leave_out("rejected statements", quoted(record, spans[0]["start"], spans[-1]["end"]))
            continue
        if len(spans) > 1:
            place = quoted(record, spans[0]["start"], spans[-1]["end"])
            loss.add("that the pieces of a split statement belong together", place)
        roles = [("CONTENT", x) for x in spans]
        roles += [("SPEAKER", s["speaker"]["span"]), ("CUE", s["cue"])]
        roles += [("TARGET", t["span"]) for t in s["targets"]]
        for label, span in roles:
            if span is not None:
                wanted.setdefault(Wanted(span["start"], span["end"], label, label.lower()))
    return list(wanted)


def flat(wanted: Iterable[Wanted], tokens: Tokens, record: Record, loss: Loss) -> list[Tagged]:
    """The wanted spans on whole tokens, the first of overlapping ones, in order of the text."""
    taken = bytearray(len(tokens))
    kept = []
    for w in wanted:
        place = quoted(record, w.start, w.end)
        range_ = tokens.aligned(w.start, w.end)
        if range_ is None:
            loss.add("spans without a token", f"{w.what} {place}")
        elif any(taken[range_[0] : range_[1]]):
            loss.add("spans inside or across another one", f"{w.what} {place}")
        else:
            taken[range_[0] : range_[1]] = b"\1" * (range_[1] - range_[0])
            kept.append(Tagged(range_, w.label))
            moved = tokens.surface_range(range_)
            if moved != (w.start, w.end):
                words = record["text"][slice(*moved)]
                loss.add("spans widened to whole tokens", f"{w.what} {place} became “{words}”")
    return sorted(kept, key=lambda t: t.tokens)


def _report_common(record: Record, loss: Loss) -> None:
    loss.add("ids and metadata of articles (documents stand in the order of article ids)")
    loss.add("exact white space of articles")
    items = [*record["mentions"], *record["statements"]]
    loss.add("decisions and their provenance", count=len(items))
    undecided = sum(m["decision"] == "suggested" for m in items)
    loss.add("that something is only suggested", count=undecided)


def _report_roles(record: Record, loss: Loss) -> None:
    for s in record["statements"]:
        if s["decision"] == "rejected":
            continue
        loss.add("links between content, speaker, cue and targets of a statement")
        loss.add("kinds, topics, acts, flags and notes of statements")
        loss.add("speakers explicitly not stated", count=s["speaker"]["not_stated"])
        loss.add("targets explicitly none", count=s["no_target"])
        loss.add("actors of speakers", count=len(s["speaker"]["actors"]))
        loss.add("actors, roles and stances of targets", count=len(s["targets"]))
        loss.add("targets without words", count=sum(t["span"] is None for t in s["targets"]))
        loss.add("who relayed a statement", count=s["via"] is not None)


def _one_word(label: str) -> str:
    return "_".join(label.split())


def iob2(length: int, spans: Iterable[Tagged]) -> list[str]:
    """A tag for each of `length` tokens; spans must not overlap."""
    tags = ["O"] * length
    for span in spans:
        first, last = span.tokens
        tags[first:last] = [f"B-{span.label}"] + [f"I-{span.label}"] * (last - first - 1)
    return tags


def _lines(words: Sequence[str], tags: Sequence[str], starts: Sequence[int]) -> Iterator[str]:
    yield f"{_DOCUMENT}\n"
    begins = set(starts)
    for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
        if i in begins:
            yield "\n"
        yield f"{word} -X- O {tag}\n"
    yield "\n"


def _found(letters: str, words: Sequence[str], spans: Iterable[Tagged]) -> str:
    """What is compared: all letters of the text, the words, and the spans over them."""
    return json.dumps([letters, list(words), [[*s.tokens, s.label] for s in spans]], ensure_ascii=False)


def read_documents(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of each document of a CoNLL-2003 file. No tag goes on over a blank line."""
    words: list[str] = []
    tags: list[str] = []
    begun = fresh = False
    with path.open(encoding="utf-8", newline="\n") as f:
        for line in f:
            columns = line.split()
            if columns and columns[0] == DOCSTART:
                if begun:
                    yield words, tags
                words, tags, begun = [], [], True
            elif columns:
                words.append(columns[0])
                tags.append(f"B{columns[-1][1:]}" if fresh and columns[-1] != "O" else columns[-1])
            fresh = not columns
    if begun:
        yield words, tags


def read_spans(tags: Sequence[str]) -> list[Tagged]:
    """The spans that IOB2 tags say, in order."""
    out: list[Tagged] = []
    for i, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and out and out[-1] == Tagged((out[-1].tokens[0], i), label):
            out[-1] = Tagged((out[-1].tokens[0], i + 1), label)
        elif prefix in ("B", "I"):
            out.append(Tagged((i, i + 1), label))
    return out


_LABELS = Option(
    "labels",
    ("entities", "roles"),
    "entities: the entity labels; roles: SPEAKER, TARGET, CUE and CONTENT of statements",
)

FORMAT = Format(
    name="conll",
    title="CoNLL-2003",
    note="One token a line, IOB2 tags: entities, or the roles SPEAKER, TARGET, CUE and CONTENT. Of nested "
    "entities the longest is written; of roles on the same words first content, then speaker, cue, target.",
    suffix=".conll",
    writer=ConllWriter,
    options=(_LABELS,),
)
