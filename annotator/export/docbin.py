"""spaCy's DocBin, ready for `spacy train`: entities in `doc.ents`, all marks with their overlaps in
`doc.spans`, topics in `doc.cats`, and the whole record as JSON text in `doc.user_data`.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from annotator.domain.record import dumps
from annotator.export.conll import entity_spans, flat
from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.loss import Loss, quoted
from annotator.export.tokens import Tokeniser, Tokens, tokens_of

USER_DATA = "annotator"  # key of the record in doc.user_data
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "SENT_START")
Marks = dict[str, list[tuple[int, int, str]]]  # group -> (start, end, label) on whole tokens


class DocBinWriter(Writer):
    """Writes `STEM.spacy`, a Doc an article. Holds the whole set until it is written."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        from spacy.tokens import DocBin

        self._path = self.folder / f"{self.stem}.spacy"
        self._bin = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        self._tokeniser = Tokeniser()

    def add(self, record: Record) -> str:
        """Add one Doc; a reader must find text, record, entities, spans and topics in it."""
        doc = self._tokeniser.doc(record["text"], record["lang"])
        span = _Spans(doc)
        tokens = tokens_of(doc, record["text"])
        kept = flat(_longest_first(record), tokens, record, self.loss)
        ents = [(*tokens.surface_range(t.tokens), t.label) for t in kept]
        starts = {tokens.starts[i] for i in tokens.sentence_starts(t.tokens for t in kept)}
        span.begin_sentences(starts)
        doc.ents = [span(*e) for e in ents]
        marks = span_groups(record, tokens, self.loss)
        for group, spans in marks.items():
            doc.spans[group] = [span(*s) for s in spans]
        doc.cats = topics = _topics(record)
        doc.user_data[USER_DATA] = dumps({k: v for k, v in record.items() if k != "text"})
        self._bin.add(doc)
        return _found(record["text"], dumps(record), ents, marks, topics)

    def close(self) -> list[Path]:
        """Write the one file."""
        self._bin.to_disk(self._path)
        return [self._path]

    def reread(self) -> Iterator[str]:
        """What spaCy finds in the file."""
        import spacy
        from spacy.tokens import DocBin

        for doc in DocBin(store_user_data=True).from_disk(self._path).get_docs(spacy.blank("xx").vocab):
            ents = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
            marks = {g: [(s.start_char, s.end_char, s.label_) for s in doc.spans[g]] for g in doc.spans}
            yield _found(doc.text, dumps(record_of(doc)), ents, marks, dict(doc.cats))


def record_of(doc: Any) -> dict[str, Any]:
    """The canonical record that a Doc of this module carries."""
    head = json.loads(doc.user_data[USER_DATA])
    record = {"schema": head["schema"], "id": head["id"], "text": doc.text}
    return {**record, **{k: v for k, v in head.items() if k not in record}}


def span_groups(record: Record, tokens: Tokens, loss: Loss) -> Marks:
    """Everything not rejected, widened to tokens: `entities`; `sc` with CONTENT, SPEAKER, CUE and TARGET
    of statements, each once.
    """
    wanted: dict[str, dict[tuple[int, int, str], None]] = {"entities": {}, "sc": {}}
    for m in record["mentions"]:
        if m["decision"] != "rejected":
            _put(wanted["entities"], m, m["label"], record, tokens, loss)
    for s in record["statements"]:
        if s["decision"] == "rejected":
            loss.leave_out("rejected statements (in user_data alone)")
            continue
        roles = [("CONTENT", x) for x in s["spans"]]
        roles += [("SPEAKER", s["speaker"]["span"]), ("CUE", s["cue"])]
        roles += [("TARGET", t["span"]) for t in s["targets"]]
        for label, span in roles:
            if span:
                _put(wanted["sc"], span, label, record, tokens, loss)
    return {group: sorted(spans) for group, spans in wanted.items()}


def _put(
    group: dict[tuple[int, int, str], None],
    span: Mapping[str, Any],
    label: str,
    record: Record,
    tokens: Tokens,
    loss: Loss,
) -> None:
    range_ = tokens.aligned(span["start"], span["end"])
    if range_ is None:
        loss.add("spans without a token", quoted(record, span["start"], span["end"]))
        return
    start, end = tokens.surface_range(range_)
    if (start, end) != (span["start"], span["end"]):
        place = quoted(record, span["start"], span["end"])
        loss.add("spans widened to whole tokens in doc.spans", f"{label} {place}")
    group.setdefault((start, end, label))


def _longest_first(record: Record) -> list[Any]:
    return sorted(entity_spans(record, Loss()), key=lambda w: (w.start - w.end, w.start, w.label))


class _Spans:
    """Marks one Doc quickly: spaCy's own `char_span` and `is_sent_start` go through all its tokens
    each time.
    """

    def __init__(self, doc: Any) -> None:
        import numpy
        from spacy.tokens import Span

        self._numpy = numpy
        self._make = Span
        self._doc = doc
        lengths = doc.to_array(["LENGTH", "SPACY"]).sum(axis=1).tolist()
        self._starts = list(accumulate(lengths, initial=0))[:-1]

    def begin_sentences(self, starts: Container[int]) -> None:
        """Sentences begin at the first token and at these code points."""
        begins = [[1 if i == 0 or start in starts else -1] for i, start in enumerate(self._starts)]
        self._doc.from_array(["SENT_START"], self._numpy.array(begins, dtype="int64").astype("uint64"))

    def __call__(self, start: int, end: int, label: str) -> Any:
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        return self._make(self._doc, first, last, label=label)


def _topics(record: Record) -> dict[str, float]:
    kept = [s for s in record["statements"] if s["decision"] != "rejected"]
    return dict.fromkeys(sorted({t for s in kept for t in s["topics"]}), 1.0)


def _found(*parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)


FORMAT = Format(
    name="docbin",
    title="spaCy DocBin",
    note="One Doc an article: `doc.ents` (the longest of nested entities), `doc.spans['entities']` and "
    "`doc.spans['sc']` (CONTENT, SPEAKER, CUE, TARGET, overlaps kept), `doc.cats` (topics), and the whole "
    "record as JSON text in `doc.user_data['annotator']`.",
    suffix=".spacy",
    writer=DocBinWriter,
    lossless=True,
)
