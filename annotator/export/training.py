"""What spaCy trains on: paragraphs with entities and roles, statements with topics, as DocBins; and the
configs that train on them as they are.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from annotator.export.formats import Record
from annotator.export.loss import Loss, quoted
from annotator.export.tokens import Tokeniser

MARKS, TOPICS = "marks", "topics"  # the two kinds of corpora
ROLES_KEY = "sc"
WIDEST = 100  # tokens; longer contents are left to readers, not to the suggester
_PARAGRAPH = re.compile(r"[^\n\u2028\u2029]+")
_STEPS = 4000
_WORDS = 1 << 16  # rows for words of statements; spaCy's 1 << 18 learns the same five times slower

# component -> corpus that it is trained on
CONFIGS = {"ner": MARKS, "spancat": MARKS, "textcat_multilabel": TOPICS}


class TrainingSet:
    """One split on its way into DocBins. Holds its paragraphs until it is written. What stands in
    `elsewhere`, in the splits that are measured on, is left out: datelines, notices, repeated words.
    """

    def __init__(self, tokeniser: Tokeniser, loss: Loss, elsewhere: AbstractSet[str] = frozenset()) -> None:
        from spacy.tokens import DocBin

        self._tokeniser = tokeniser
        self._loss = loss
        self._elsewhere = elsewhere
        self.words: set[str] = set()  # its paragraphs and statements, as other splits must not have them
        self._marks = DocBin(attrs=("ENT_IOB", "ENT_TYPE", "SENT_START"))
        self._statements: list[tuple[str, str | None, frozenset[str]]] = []
        self.longest = 1  # tokens of the longest role
        self.paragraphs = 0

    @property
    def topics(self) -> set[str]:
        """Topics that its statements are on."""
        return {topic for _, _, topics in self._statements for topic in topics}

    @property
    def statements(self) -> int:
        """Statements with topics, or with none explicitly."""
        return len(self._statements)

    def add(self, record: Record) -> None:
        """Take one article apart into its paragraphs and statements."""
        text = record["text"]
        mentions = [(m["start"], m["end"], m["label"]) for m in record["mentions"] if _kept(m)]
        roles = sorted({role for s in record["statements"] if _kept(s) for role in _roles(s)})
        for found in _PARAGRAPH.finditer(text):
            if not found.group().isspace() and self._is_new(found.group(), "paragraphs"):
                self._add_paragraph(record, found.start(), found.end(), mentions, roles)
        for s in record["statements"]:
            if _kept(s) and (s["topics"] or s["no_topic"]):
                words = " ".join(text[s["spans"][0]["start"] : s["spans"][-1]["end"]].split())
                if self._is_new(words, "statements"):
                    self._statements.append((words, record["lang"], frozenset(s["topics"])))

    def write(self, folder: Path, name: str, topics: Iterable[str]) -> list[Path]:
        """Write both corpora; of topics those that are trained."""
        from spacy.tokens import DocBin

        labels, statements = sorted(topics), DocBin(attrs=())
        for words, lang, found in self._statements:
            doc = self._tokeniser.doc(words, lang)
            doc.cats = {label: float(label in found) for label in labels}
            statements.add(doc)
        files = [folder / f"{name}-{MARKS}.spacy", folder / f"{name}-{TOPICS}.spacy"]
        self._marks.to_disk(files[0])
        statements.to_disk(files[1])
        return files

    def _is_new(self, words: str, what: str) -> bool:
        if words in self._elsewhere:
            self._loss.leave_out(f"{what} for training whose words stand in dev or test too", words)
            return False
        self.words.add(words)
        return True

    def _add_paragraph(
        self, record: Record, start: int, end: int, mentions: Iterable["Place"], roles: Iterable["Place"]
    ) -> None:
        from spacy.util import filter_spans

        doc = self._tokeniser.doc(record["text"][start:end], record["lang"])
        ents = list(self._spans(doc, record, start, end, mentions))
        doc.ents = filter_spans(ents)
        self._loss.add("entities inside or across a longer one", count=len(ents) - len(doc.ents))
        spans = list(self._spans(doc, record, start, end, roles))
        doc.spans[ROLES_KEY] = spans
        self.longest = max(self.longest, *map(len, spans), 1)
        self.paragraphs += 1
        self._marks.add(doc)

    def _spans(
        self, doc: Any, record: Record, start: int, end: int, places: Iterable["Place"]
    ) -> Iterator[Any]:
        """Spans of a paragraph on whole tokens; what goes on over its end is cut there."""
        seen = set()
        for first, last, label in places:
            a, b = max(first, start), min(last, end)
            if a >= b or record["text"][a:b].isspace():
                continue
            if (a, b) != (first, last):
                self._loss.add("spans cut at the ends of paragraphs", quoted(record, first, last))
            span = doc.char_span(a - start, b - start, label=label, alignment_mode="expand")
            if span is not None and (span.start, span.end, label) not in seen:
                seen.add((span.start, span.end, label))
                yield span


Place = tuple[int, int, str]


def config(component: str, lang: str, longest: int) -> str:
    """The whole training config of one component, for `spacy train` in the folder above `configs`."""
    from spacy.cli.init_config import init_config

    made = init_config(lang=lang, pipeline=[component], optimize="efficiency", gpu=False)
    corpus = CONFIGS[component]
    made["paths"].update(train=f"corpus/train-{corpus}.spacy", dev=f"corpus/dev-{corpus}.spacy")
    made["training"].update(max_steps=_STEPS, patience=_STEPS // 4)
    if component == "textcat_multilabel":  # the usual mean over labels counts those nobody measures as missed
        made["training"]["score_weights"] = {"cats_micro_f": 1.0, "cats_score": None}
        made["components"][component]["model"]["length"] = _WORDS
    if component == "spancat":
        made["components"][component]["suggester"] = {
            "@misc": "spacy.ngram_range_suggester.v1",
            "min_size": 1,
            "max_size": min(longest, WIDEST),
        }
    return str(made.to_str()).rstrip("\n") + "\n"


def language(codes: Iterable[str | None]) -> str:
    """The language most articles are in, when spaCy knows it; else the neutral one."""
    import spacy

    known = [code for code in codes if code]
    most = max(sorted(set(known)), key=known.count, default="xx")
    try:
        spacy.blank(most)
    except (ImportError, OSError, ValueError):
        return "xx"
    return most


def _kept(item: Any) -> bool:
    return bool(item["decision"] != "rejected")


def _roles(statement: Any) -> Iterator[Place]:
    named = [("CONTENT", x) for x in statement["spans"]]
    named += [("SPEAKER", statement["speaker"]["span"]), ("CUE", statement["cue"])]
    named += [("TARGET", t["span"]) for t in statement["targets"]]
    for label, span in named:
        if span:
            yield span["start"], span["end"], label
