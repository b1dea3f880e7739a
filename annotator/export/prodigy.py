"""Prodigy's JSONL for spans and relations: tokens, spans on whole tokens, and relations that name
their ends by last token and by span.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.loss import quoted
from annotator.export.marks import (
    Mark,
    kept,
    kind_of_layer,
    links_of,
    marks_of_mentions,
    marks_of_statement,
    report_details,
)
from annotator.export.tokens import Tokeniser, Tokens

_META = ("title", "outlet", "published", "url", "source_id")
Span = dict[str, Any]


class ProdigyWriter(Writer):
    """Writes `STEM.prodigy.jsonl`, a task an article."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.prodigy.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._tokeniser = Tokeniser()

    def add(self, record: Record) -> str:
        """Write one task; a reader must find exactly it, every token and span with its words."""
        report_details(record, self.loss, besides=frozenset({"metadata"}))
        tokens = self._tokeniser.tokens(record["text"], record["lang"])
        cut = _Cut(tokens)
        spans: dict[str, Span] = {}
        relations = []
        self._put(spans, list(marks_of_mentions(record, self.loss)), cut, record)
        for s in kept(record, "statements", self.loss):
            marks = marks_of_statement(s)
            self._put(spans, marks, cut, record)
            links = [x for x in links_of(marks) if x.head in spans and x.child in spans]
            relations += [_relation(spans[x.head], spans[x.child], x.label) for x in links]
        self._report_collisions(record, relations, spans)
        line = json.dumps(_task(record, cut.tokens, list(spans.values()), relations), ensure_ascii=False)
        self._file.write(f"{line}\n")
        return _found(json.loads(line))

    def _put(self, spans: dict[str, Span], marks: list[Mark], cut: "_Cut", record: Record) -> None:
        tokens = cut.words
        for mark in marks:
            place = f"{mark.label} {quoted(record, mark.start, mark.end)}"
            range_ = tokens.aligned(mark.start, mark.end)
            if range_ is None:
                self.loss.add("spans without a token", place)
                continue
            start, end = tokens.surface_range(range_)
            if (start, end) != (mark.start, mark.end):
                self.loss.add("spans widened to whole tokens", place)
            first, last = cut.number[range_[0]], cut.number[range_[1] - 1]
            edges = {"token_start": first, "token_end": last}  # inclusive
            spans[mark.key] = {"start": start, "end": end, **edges, "label": mark.label}

    def _report_collisions(
        self, record: Record, relations: list[dict[str, Any]], spans: Mapping[str, Span]
    ) -> None:
        """Spans that end on one token cannot be told apart by `head` and `child` alone, those that are
        equal in all not at all.
        """
        alike = Counter((s["start"], s["end"], s["label"]) for s in spans.values())
        for (start, end, label), count in alike.items():
            place = f"{label} {quoted(record, start, end)}"
            self.loss.add("spans with the same place and label (count as one)", place, count=count - 1)
        ends = Counter(
            token for token, *_ in {(s["token_end"], s["token_start"], s["label"]) for s in spans.values()}
        )
        for r in relations:
            if ends[r["head"]] > 1 or ends[r["child"]] > 1:
                place = quoted(record, r["child_span"]["start"], r["child_span"]["end"])
                self.loss.add(
                    "relations told apart by head_span and child_span alone", f"{r['label']} {place}"
                )

    def close(self) -> list[Path]:
        """Close the one file."""
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Every task, with the words that its tokens and spans take from its text."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            yield from map(_found, map(json.loads, f))


class _Cut:
    """A text cut into words and the white space between them, so that its tokens put together are the
    text: Prodigy's readers make a Doc of them and look for spans by their characters.
    """

    def __init__(self, words: Tokens) -> None:
        self.words = words
        self.number: list[int] = []  # of each word among all tokens
        self.tokens: list[dict[str, Any]] = []
        end = 0
        for start, after in zip(words.starts, words.ends, strict=True):
            self._gap(end, start)
            self.number.append(len(self.tokens))
            self._add(start, after)
            end = after
        self._gap(end, len(words.text))

    def _gap(self, start: int, end: int) -> None:
        """One space belongs to the token before it; what else there is makes a token."""
        if self.tokens and self.words.text[start:end].startswith(" "):
            self.tokens[-1]["ws"] = True
            start += 1
        if start < end:
            self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        text = self.words.text[start:end]
        self.tokens.append({"text": text, "start": start, "end": end, "id": len(self.tokens), "ws": False})


def _task(
    record: Record, tokens: list[dict[str, Any]], spans: list[Span], relations: list[dict[str, Any]]
) -> dict[str, Any]:
    meta = {key: record["meta"][key] for key in _META if record["meta"][key]}
    return {
        "text": record["text"],
        "tokens": tokens,
        "spans": spans,
        "relations": relations,
        "answer": "accept",
        "meta": {
            "article_id": record["id"],
            "annotator": record["layer"]["annotator"],
            **kind_of_layer(record),
            **meta,
        },
    }


def _relation(head: Span, child: Span, label: str) -> dict[str, Any]:
    ends = {"head": head["token_end"], "child": child["token_end"]}
    return {**ends, "head_span": head, "child_span": child, "label": label}


def _found(task: Mapping[str, Any]) -> str:
    text = task["text"]
    if any(text[t["start"] : t["end"]] != t["text"] for t in task["tokens"]):
        raise ValueError("a token's words are not its text's")
    if "".join(t["text"] + " " * t["ws"] for t in task["tokens"]) != text:
        raise ValueError("the tokens do not make up the text")
    words = [text[s["start"] : s["end"]] for s in task["spans"]]
    return json.dumps([task, words], ensure_ascii=False)


FORMAT = Format(
    name="prodigy",
    title="Prodigy relations",
    note="One task an article: tokens, spans (entities, CONTENT, SPEAKER, CUE, TARGET, VIA) and relations "
    "from the first content span of a statement. White space but single spaces makes tokens of its own.",
    suffix=".jsonl",
    writer=ProdigyWriter,
)
