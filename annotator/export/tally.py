"""Counting what a dataset holds, record by record: sizes by split and how labels are distributed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.export.formats import Record

SIZES = ("articles", "statements", "mentions", "words")
DISTRIBUTIONS = ("decisions", "kinds", "topics", "acts", "target roles", "entity labels", "states")
UNDECIDED = "undecided"


class Tally:
    """Counts over the records of a dataset. Rejected items count under `decisions` alone."""

    def __init__(self, splits: Iterable[str] = ()) -> None:
        self.splits: dict[str, Counter[str]] = {name: Counter() for name in splits}
        self.distributions: dict[str, dict[str, Counter[str]]] = {d: {} for d in DISTRIBUTIONS}
        self.outlets: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.guidelines: set[str] = set()
        self.suggesters: set[str] = set()
        self.dates: set[str] = set()
        self.newest: str | None = None
        self.practice = 0
        self.explicit: Counter[str] = Counter()
        self._articles: set[str] = set()

    def add(self, record: Record, split: str) -> None:
        """Count one record."""
        sizes = self.splits.setdefault(split, Counter())
        statements = [s for s in record["statements"] if s["decision"] != "rejected"]
        mentions = [m for m in record["mentions"] if m["decision"] != "rejected"]
        sizes["statements"] += len(statements)
        sizes["mentions"] += len(mentions)
        if record["id"] not in self._articles:
            self._articles.add(record["id"])
            self._article(record, sizes)
        self._count("states", split, record["layer"]["state"])
        for s in record["statements"]:
            self._count("decisions", split, s["decision"])
        for s in statements:
            self._statement(s, split)
        for m in mentions:
            self._count("entity labels", split, m["label"])
        self._provenance(record)

    def total(self, size: str) -> int:
        """Over all splits."""
        return sum(sizes[size] for sizes in self.splits.values())

    def distribution(self, what: str) -> dict[str, dict[str, int]]:
        """Value -> split -> count, most frequent first."""
        found = self.distributions[what]
        names = sorted(found, key=lambda value: (-found[value].total(), value))
        return {value: {split: found[value][split] for split in self.splits} for value in names}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "splits": {name: {s: sizes[s] for s in SIZES} for name, sizes in self.splits.items()},
            "distributions": {what: self.distribution(what) for what in DISTRIBUTIONS},
            "outlets": dict(sorted(self.outlets.items())),
            "languages": dict(sorted(self.languages.items())),
            "dates": [min(self.dates), max(self.dates)] if self.dates else None,
            "whole_days": bool(self.dates) and min(map(len, self.dates)) == len("2024-01-31"),
            "practice": self.practice,
        }

    def _article(self, record: Record, sizes: Counter[str]) -> None:
        meta = record["meta"]
        sizes["articles"] += 1
        sizes["words"] += len(record["text"].split())
        self.outlets[meta["outlet"] or ""] += 1
        self.languages[record["lang"] or ""] += 1
        self.practice += bool(meta["practice"])
        if meta["published"]:
            self.dates.add(meta["published"])

    def _statement(self, s: Mapping[str, Any], split: str) -> None:
        self._count("kinds", split, s["kind"])
        for topic in s["topics"] or ["none" if s["no_topic"] else UNDECIDED]:
            self._count("topics", split, topic)
        self._count("acts", split, s["act"] or UNDECIDED)
        for target in s["targets"]:
            self._count("target roles", split, target["role"] or UNDECIDED)
        self.explicit["speaker not stated"] += s["speaker"]["not_stated"]
        self.explicit["no target"] += s["no_target"]
        self.explicit["no topic"] += s["no_topic"]

    def _provenance(self, record: Record) -> None:
        layer = record["layer"]
        items = [x["provenance"] for x in (*record["statements"], *record["mentions"])]
        self.guidelines |= {g for g in (layer["guideline"], *(p["guideline"] for p in items)) if g}
        self.suggesters |= {p["suggester"] for p in items if p["suggester"]}
        if layer["kind"] == "machine":
            self.suggesters.add(layer["annotator"])
        newest = max((p["at"] for p in items if p["at"]), default=None)
        if newest and (self.newest is None or newest > self.newest):
            self.newest = newest

    def _count(self, what: str, split: str, value: str) -> None:
        self.distributions[what].setdefault(value, Counter())[split] += 1
