"""Choosing what a dataset is made of: filters over a project, near-copies, splits. What was chosen
can be counted, shown and written; the records themselves are read again each time, never all held.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.layer import Layer
from annotator.errors import AnnotatorError
from annotator.export.agreement import Agreement
from annotator.export.filters import Filters, left_out, trimmed, why_not
from annotator.export.loss import Loss
from annotator.export.masking import Masking, masked, people_of
from annotator.export.splits import NAMES, Item, SplitOptions, assign, crossing
from annotator.export.tally import Tally
from annotator.jobs.progress import Progress
from annotator.jobs.queueing import group_articles
from annotator.jobs.whose_work import Choice
from annotator.storage.project import Project

Record = dict[str, Any]

_STANDING = ("done", "flagged", "doing", "todo")  # of near-copies the one furthest on is kept


class Best(Choice):
    """Takes the adjudicated gold of an article before its only annotator's work."""

    def check(self) -> None:
        """Says what else could be chosen."""
        try:
            super().check()
        except AnnotatorError as e:
            other = "Finish articles first, or choose others: --only all, --only decided."
            raise AnnotatorError(e.message, e.hint or other) from e

    def _default(self, id: str, humans: list[Layer], machine: Layer | None) -> Layer:
        return self._project.gold_layer(id) or super()._default(id, humans, machine)


@dataclass(frozen=True)
class NearCopies:
    """Groups of near-copies among what was chosen, of more than one article; `left_out` articles
    when one of each is kept; `pulled` ones stand in another split than their outlet because of them.
    """

    groups: int = 0
    articles: int = 0
    left_out: int = 0
    pulled: int = 0


@dataclass(frozen=True)
class Chosen:
    """What a dataset is made of. Reads from `project`, which must stay open and should not change."""

    project: Project = field(repr=False)
    filters: Filters
    masking: Masking
    splits: Mapping[str, str]
    near_copies: NearCopies
    left_out: Mapping[str, int]
    new_names: Mapping[str, str]
    several: tuple[str, ...]  # articles that more than one person worked on
    choice: type[Choice] = Best

    def in_split(self, split: str) -> list[str]:
        """Ids of its articles, sorted."""
        return [id for id, where in self.splits.items() if where == split]

    def split_names(self) -> list[str]:
        """The splits that hold something."""
        there = set(self.splits.values())
        return [name for name in NAMES if name in there]

    def records(self, split: str) -> Iterator[Record]:
        """Its records as they go out, by article id."""
        return self.records_of(self.in_split(split))

    def all_records(self) -> Iterator[Record]:
        """The records of all splits, by article id."""
        return self.records_of(self.splits)

    def records_of(self, ids: Iterable[str]) -> Iterator[Record]:
        """The records of these articles, of those chosen, as they go out."""
        choice = self.choice(self.project, self.filters.layer, self.filters.only, Loss())
        for id in ids:
            for record in choice.records(id):
                if why_not(record, self.filters) is None:
                    yield masked(trimmed(record, self.filters), self.masking, self.new_names)

    def has_gold(self) -> bool:
        """Whether any of its articles has been adjudicated."""
        return any(self.project.gold_layer(id) for id in self.splits)

    def agreement(self) -> list[dict[str, Any]]:
        """Agreement of every two people over the articles chosen, under the names they go out by."""
        agreement = Agreement(self.project.actors())
        for id in self.several:
            agreement.add(self.project.human_layers(id))
        return [
            {"annotators": [self.new_names.get(n) or "?" for n in pair], **tally.as_dict()}
            for pair, tally in sorted(agreement.pairs.items())
        ]


def choose(
    project: Project, filters: Filters, splits: SplitOptions, masking: Masking, choice: type[Choice] = Best
) -> Generator[Progress, None, Chosen]:
    """Decide which articles go in, and where. Nothing is written.

    Raises AnnotatorError when nothing is left, and as `export_project` does for layers.
    """
    ids = project.article_ids()
    groups = yield from group_articles(project)
    looking = _Looking(project, filters, groups, choice)
    for n, id in enumerate(ids):
        yield Progress(n, len(ids), "Choosing articles")
        looking.look(id)
    return looking.chosen(splits, masking)


def count(chosen: Chosen) -> Generator[Progress, None, Tally]:
    """Sizes and distributions of what was chosen."""
    tally, done = Tally(), 0
    for split in chosen.split_names():
        for record in chosen.records(split):
            yield Progress(done, len(chosen.splits), f"Counting {split}")
            tally.add(record, split)
            done += 1
    return tally


@dataclass(frozen=True)
class _Seen:
    """What of an article is remembered until all are known."""

    item: Item
    rank: tuple[Any, ...]
    people: frozenset[str]
    several: bool


class _Looking:
    """One pass over the articles."""

    def __init__(
        self, project: Project, filters: Filters, groups: Mapping[str, str], choice: type[Choice]
    ) -> None:
        self._project = project
        self._filters = filters
        self._groups = groups
        self._loss = Loss()
        self._choice = choice(project, filters.layer, filters.only, self._loss)
        self._left_out: Counter[str] = Counter()
        self._actors = project.actors()
        self._seen: list[_Seen] = []

    def look(self, id: str) -> None:
        """Remember the article when it goes in."""
        humans = self._project.human_layers(id)
        if not self._agreed(humans):
            self._left_out["articles that people disagree on"] += 1
            return
        kept = []
        for record in self._choice.records(id, humans):
            reason = why_not(record, self._filters)
            if reason:
                self._left_out[reason] += 1
                continue
            kept.append(trimmed(record, self._filters))
            self._left_out.update(left_out(record, kept[-1]))
        if kept:
            self._seen.append(self._remembered(kept, humans))

    def chosen(self, splits: SplitOptions, masking: Masking) -> Chosen:
        """After the last article."""
        self._choice.check()
        for what, tally in self._loss.left_out.items():
            self._left_out[what] += tally.count
        if not self._seen:
            reasons = ", ".join(f"{n:,} {why}" for why, n in sorted(self._left_out.items()))
            raise AnnotatorError("Nothing is left to put into a dataset.", f"Left out: {reasons}.")
        copies, kept = self._without_copies()
        placed = assign((s.item for s in kept), splits)
        pulled = len(crossing((s.item for s in kept), placed)) if splits.by == "outlet" else 0
        people = {p for s in kept for p in s.people}
        return Chosen(
            project=self._project,
            filters=self._filters,
            masking=masking,
            splits={id: placed[id] for id in sorted(placed)},
            near_copies=NearCopies(len(copies), sum(copies.values()), len(self._seen) - len(kept), pulled),
            left_out=dict(sorted(self._left_out.items())),
            new_names=masking.new_names(people),
            several=tuple(s.item.id for s in kept if s.several),
            choice=type(self._choice),
        )

    def _agreed(self, humans: Iterable[Layer]) -> bool:
        if self._filters.least_agreement is None:
            return True
        score = Agreement(self._actors).add(humans)
        return score is None or score >= self._filters.least_agreement

    def _remembered(self, records: list[Record], humans: list[Layer]) -> _Seen:
        first = records[0]
        meta = first["meta"]
        statements = [s for r in records for s in r["statements"] if s["decision"] != "rejected"]
        item = Item(
            id=first["id"],
            group=self._groups[first["id"]],
            topics=tuple(t for s in statements for t in s["topics"]),
            published=meta["published"],
            outlet=meta["outlet"],
        )
        standing = min(_STANDING.index(r["layer"]["state"]) for r in records)
        decided = sum(s["decision"] != "suggested" for s in statements)
        rank = (standing, -decided, meta["published"] or "~", item.id)
        people = {h.annotator for h in humans} | {p for r in records for p in people_of(r)}
        return _Seen(item, rank, frozenset(people), len(humans) > 1)

    def _without_copies(self) -> tuple[dict[str, int], list[_Seen]]:
        """Sizes of the groups with more than one article, and what is kept of all."""
        groups: dict[str, list[_Seen]] = defaultdict(list)
        for seen in self._seen:
            groups[seen.item.group].append(seen)
        copies = {name: len(group) for name, group in groups.items() if len(group) > 1}
        if self._filters.near_copies == "together":
            return copies, self._seen
        return copies, [min(group, key=lambda s: s.rank) for group in groups.values()]
