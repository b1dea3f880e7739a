"""Train, dev and test: which articles go where. Every article has a place of its own between 0 and 1,
made from its content, so that the same articles always fall the same way and new ones hardly move
old ones. Near-copies stay together whatever is asked for.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from annotator.errors import AnnotatorError

NAMES = ("train", "dev", "test")
WAYS = ("ratio", "date", "outlet")
_NO_TOPIC = ""


@dataclass(frozen=True)
class SplitOptions:
    """`ratios` are parts of train, dev and test, of any sum. `cuts` with `date`: dev begins at the
    first, test at the second; without them the newest articles are test by the ratios.
    """

    by: str = "ratio"
    ratios: tuple[float, float, float] = (80, 10, 10)
    seed: str = "1"
    cuts: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if self.by not in WAYS:
            raise AnnotatorError(f"Splits cannot be made by {self.by!r}.", f"Choose from: {', '.join(WAYS)}.")
        numbers = all(part >= 0 for part in self.ratios) and math.isfinite(sum(self.ratios))
        if len(self.ratios) != len(NAMES) or not numbers or not self.ratios[0]:
            raise AnnotatorError(
                "Ratios are three numbers, for train, dev and test; train needs some.", "As in 80/10/10."
            )
        if self.cuts and (self.by != "date" or self.cuts[0] > self.cuts[1]):
            raise AnnotatorError("Dates that cut are two, in order, for splits by date.")

    @property
    def edges(self) -> tuple[float, float]:
        """Where dev and test begin between 0 and 1."""
        train, dev, _ = accumulate(self.ratios)
        return train / sum(self.ratios), dev / sum(self.ratios)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "by": self.by,
            "ratios": [int(r) if r == int(r) else r for r in self.ratios],
            "seed": self.seed,
            "cuts": list(self.cuts) if self.cuts else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "SplitOptions":
        """Inverse of `as_dict`."""
        train, dev, test = data["ratios"]
        cuts = data.get("cuts")
        return cls(data["by"], (train, dev, test), data["seed"], (cuts[0], cuts[1]) if cuts else None)


@dataclass(frozen=True)
class Item:
    """An article to place. `group` is shared by near-copies; `topics` may repeat, the most frequent
    counts.
    """

    id: str
    group: str
    topics: tuple[str, ...] = ()
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True)
class Unit:
    """Articles that go into one split together; `place` says where among the others."""

    place: tuple[Any, ...]
    ids: tuple[str, ...]


def assign(items: Iterable[Item], options: SplitOptions) -> dict[str, str]:
    """Split of each article id. No group stands in two splits. Each split that has a part gets at
    least one group while there are as many groups as splits.
    """
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda i: i.id):
        groups[item.group].append(item)
    if options.by == "date" and options.cuts:
        return _by_cuts(groups.values(), options.cuts)
    strata = _STRATA[options.by](list(groups.values()), options)
    placed: dict[Unit, str] = {}
    for units in strata:
        placed.update(_along(units, options.edges))
    _fill_empty(placed, options)
    return {id: split for unit, split in placed.items() for id in unit.ids}


def crossing(items: Iterable[Item], splits: Mapping[str, str]) -> list[str]:
    """Articles that stand in another split than most of their outlet's: with splits by outlet those
    that near-copies pulled away.
    """
    by_outlet: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.outlet:
            by_outlet[item.outlet].append(item.id)
    found = []
    for ids in by_outlet.values():
        home = _most(splits[id] for id in ids)
        found += [id for id in ids if splits[id] != home]
    return sorted(found)


def _by_cuts(groups: Iterable[list[Item]], cuts: tuple[str, str]) -> dict[str, str]:
    placed = {}
    for group in groups:
        day = _day(group)
        split = NAMES[sum(day >= cut for cut in cuts)] if day else NAMES[0]
        placed.update({item.id: split for item in group})
    return placed


def _ratio_strata(groups: list[list[Item]], options: SplitOptions) -> Iterator[list[Unit]]:
    """Groups by topic, as far as a topic has enough to be divided; else by area; else all together."""
    parts = [part for part in options.ratios if part]
    least = round(sum(parts) / min(parts))
    waiting = [(_topic(group), group) for group in groups]
    for level in (str, _area):
        strata: dict[str, list[tuple[str, list[Item]]]] = defaultdict(list)
        for topic, group in waiting:
            strata[level(topic)].append((topic, group))
        waiting = [x for small in strata.values() if len(small) < least for x in small]
        for name in sorted(strata):
            if len(strata[name]) >= least:
                yield [_scattered(group, options) for _, group in strata[name]]
    yield [_scattered(group, options) for _, group in waiting]


def _date_strata(groups: list[list[Item]], _: SplitOptions) -> Iterator[list[Unit]]:
    """Whole days in their order; undated articles, and groups by their earliest day, stand first."""
    days: dict[str, list[Item]] = defaultdict(list)
    for group in groups:
        days[_day(group)] += group
    yield [_unit(items, day) for day, items in days.items()]


def _outlet_strata(groups: list[list[Item]], options: SplitOptions) -> Iterator[list[Unit]]:
    """Whole outlets in an order by hash. A group follows the outlet that had it first."""
    outlets: dict[str, list[Item]] = defaultdict(list)
    for group in groups:
        first = min(group, key=lambda i: (i.published or "~", i.id))
        outlets[f"outlet {first.outlet}" if first.outlet else f"group {group[0].group}"] += group
    yield [_unit(items, _point(options.seed, name)) for name, items in outlets.items()]


_STRATA = {"ratio": _ratio_strata, "date": _date_strata, "outlet": _outlet_strata}


def _along(units: Sequence[Unit], edges: tuple[float, float]) -> Iterator[tuple[Unit, str]]:
    """Lay the units along 0..1 in their order, each as long as it has articles; its middle decides."""
    total = sum(len(unit.ids) for unit in units)
    before = 0
    for unit in sorted(units, key=lambda u: u.place):
        middle = (before + len(unit.ids) / 2) / total
        before += len(unit.ids)
        yield unit, NAMES[sum(middle >= edge for edge in edges)]


def _fill_empty(placed: dict[Unit, str], options: SplitOptions) -> None:
    """Give a split that should have something and got nothing the nearest unit of another with more
    than one.
    """
    wanted = [name for name, part in zip(NAMES, options.ratios, strict=True) if part]
    for name in wanted:
        if name in placed.values():
            continue
        several = {s for s, n in Counter(placed.values()).items() if n > 1}
        spare = [(unit.place, len(unit.ids), unit.ids) for unit, split in placed.items() if split in several]
        if not spare:
            return
        unit_ids = (min if name == NAMES[0] else max)(spare)[2]
        for unit in placed:
            if unit.ids == unit_ids:
                placed[unit] = name


def _unit(items: Iterable[Item], place: object) -> Unit:
    ids = tuple(sorted(item.id for item in items))
    return Unit((place, ids[0]), ids)


def _scattered(group: list[Item], options: SplitOptions) -> Unit:
    return _unit(group, _point(options.seed, group[0].group))


def _day(group: Iterable[Item]) -> str:
    return min((item.published for item in group if item.published), default="")


def _topic(group: Iterable[Item]) -> str:
    return _most(topic for item in group for topic in item.topics)


def _area(topic: str) -> str:
    return topic.partition(".")[0]


def _most(values: Iterable[str]) -> str:
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], v), default=_NO_TOPIC)


def _point(seed: str, name: str) -> float:
    digest = hashlib.sha256(f"{seed}\n{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
