"""Which records go into a dataset, and what of each: pure predicates over canonical records."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export.formats import Record

NEAR_COPIES = ("together", "one")
NEGATIVES = ("rejected", "candidates")
STATES = ("todo", "doing", "done", "flagged")
ONLY = ("all", "done", "decided")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """What a dataset is made of. Empty and None ask for nothing; several values of one filter are
    alternatives, different filters must all hold.

    `layer` and `only` choose whose work, as an export does; without `layer` gold goes before the only
    annotator's. `decided_by`, `topics` and `actors`
    choose articles with such a statement; `matching_only` leaves their other statements out.
    `topics` are ids or areas. `least_score` drops what is only suggested below it. `since` and
    `until` are ISO dates, both included; undated articles never fit them. `negatives`: `rejected`
    keeps rejected items, `candidates` adds the mentions that are no answer.
    """

    layer: str | None = None
    only: str = "done"
    states: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    least_score: float | None = None
    least_agreement: float | None = None
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    matching_only: bool = False
    practice: bool = True
    near_copies: str = "together"
    negatives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for given, known in (
            ((self.near_copies,), NEAR_COPIES),
            (self.negatives, NEGATIVES),
            (self.states, STATES),
            ((self.only,), ONLY),
        ):
            for value in given:
                if value not in known:
                    raise AnnotatorError(
                        f"There is no choice {value!r}.", f"Choose from: {', '.join(known)}."
                    )
        for share in (self.least_score, self.least_agreement):
            if share is not None and not 0 <= share <= 1:
                raise AnnotatorError(f"{share} is no number from 0 to 1.", "Write a half as 0.5.")
        for day in (self.since, self.until):
            if day and not _is_date(day):
                raise AnnotatorError(f"{day!r} is no date.", "Write it as 2024-06-30, 2024-06 or 2024.")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in vars(self).items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Filters":
        """Inverse of `as_dict`; a missing key is the default."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**{k: v for k, v in values.items() if k in known})


def _is_date(day: str) -> bool:
    """A day of the calendar, a month or a year."""
    try:
        return bool(_DAY.fullmatch(day)) and bool(date.fromisoformat((day + "-01-01")[:10]))
    except ValueError:
        return False


def why_not(record: Record, filters: Filters) -> str | None:
    """Why the record does not go in, in words for a report; None when it does."""
    meta, published = record["meta"], record["meta"]["published"]
    if filters.states and record["layer"]["state"] not in filters.states:
        return "articles in another state"
    if meta["practice"] and not filters.practice:
        return "practice texts"
    if filters.outlets and meta["outlet"] not in filters.outlets:
        return "articles of other outlets"
    if not _in_range(published, filters):
        return "articles of other dates" if published else "articles without a date"
    if _asks_for_statements(filters) and not any(_matching(record, filters)):
        decided = filters.decided_by and record["layer"]["annotator"] in filters.decided_by
        if not decided or filters.topics or filters.actors:
            return "articles without such a statement"
    return None


def trimmed(record: Record, filters: Filters) -> dict[str, Any]:
    """The record with what the filters leave out of it gone; actors nobody names any more go too."""
    mentions = [m for m in record["mentions"] if _kept(m, filters)]
    statements = [s for s in record["statements"] if _kept(s, filters)]
    if filters.matching_only and _asks_for_statements(filters):
        statements = [s for s in statements if _fits(s, record, filters)]
    out = {**record, "mentions": mentions, "statements": statements}
    return {**out, "actors": _still_named(out)}


def left_out(before: Record, after: Record) -> dict[str, int]:
    """How many statements and mentions of each decision `trimmed` took out."""
    counts: dict[str, int] = {}
    for what in ("statements", "mentions"):
        kept = {x["id"] for x in after[what]}
        for x in before[what]:
            if x["id"] not in kept:
                key = f"{x['decision']} {what}"
                counts[key] = counts.get(key, 0) + 1
    return counts


def statement_actors(statement: Mapping[str, Any]) -> set[str]:
    """Ids of its speaker, who relayed it and its targets."""
    named = {*statement["speaker"]["actors"], *(t["actor"] for t in statement["targets"])}
    if statement["via"]:
        named.add(statement["via"]["actor"])
    return {actor for actor in named if actor}


def _in_range(published: str | None, filters: Filters) -> bool:
    if not (filters.since or filters.until):
        return True
    if not published:
        return False
    # A date known to the month or year fits when any day of it does.
    early = bool(filters.since) and published < (filters.since or "")[: len(published)]
    late = bool(filters.until) and published[: len(filters.until or "")] > (filters.until or "")
    return not (early or late)


def _asks_for_statements(filters: Filters) -> bool:
    return bool(filters.topics or filters.actors or filters.decided_by)


def _matching(record: Record, filters: Filters) -> Iterable[bool]:
    return (_kept(s, filters) and _fits(s, record, filters) for s in record["statements"])


def _fits(statement: Mapping[str, Any], record: Record, filters: Filters) -> bool:
    if filters.decided_by and statement["provenance"]["by"] not in filters.decided_by:
        return False
    if filters.topics and not any(_under(t, asked) for t in statement["topics"] for asked in filters.topics):
        return False
    return not filters.actors or not _and_spoken_for(statement, record).isdisjoint(filters.actors)


def _under(topic: str, asked: str) -> bool:
    return topic == asked or topic.startswith(f"{asked}.")


def _and_spoken_for(statement: Mapping[str, Any], record: Record) -> set[str]:
    speaks_for = {a["id"]: a["speaks_for"] for a in record["actors"]}
    found = statement_actors(statement)
    waiting = list(found)
    while waiting:
        other = speaks_for.get(waiting.pop())
        if other and other not in found:
            found.add(other)
            waiting.append(other)
    return found


def _kept(item: Mapping[str, Any], filters: Filters) -> bool:
    if item["decision"] == "rejected":
        return "rejected" in filters.negatives
    score = item["provenance"]["score"]
    undecided = item["decision"] == "suggested"
    return not (undecided and filters.least_score is not None and (score or 0) < filters.least_score)


def _still_named(record: Record) -> list[Mapping[str, Any]]:
    named = {m["actor"] for m in record["mentions"]}
    for statement in record["statements"]:
        named |= statement_actors(statement)
    by_id = {a["id"]: a for a in record["actors"]}
    waiting = [id for id in named if id]
    while waiting:
        other = by_id.get(waiting.pop(), {}).get("speaks_for")
        if other and other not in named:
            named.add(other)
            waiting.append(other)
    return [a for a in record["actors"] if a["id"] in named]
