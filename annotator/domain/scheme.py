"""The label scheme: entity labels, topics in two levels, acts and flags."""

import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Label:
    """An entity label; `key` is the key that picks it, `note` its definition. What is retired is shown
    where it is used but not offered; `merged_into` is what stands for it in new suggestions.
    """

    id: str
    name: str
    key: str = ""
    note: str = ""
    retired: bool = False
    merged_into: str | None = None


@dataclass(frozen=True)
class Act:
    """What is done with words; `cues` are words that suggest it, `note` its definition."""

    id: str
    name: str
    key: str = ""
    plover: str = ""
    cues: tuple[str, ...] = ()
    note: str = ""
    retired: bool = False
    merged_into: str | None = None


@dataclass(frozen=True)
class Topic:
    """A subtopic, `area.subtopic`; `definition` is shown to annotators, `cues` feed the suggester."""

    id: str
    name: str
    key: str = ""
    definition: str = ""
    cues: tuple[str, ...] = ()
    retired: bool = False
    merged_into: str | None = None


@dataclass(frozen=True)
class Area:
    """The upper level of the topic list; retiring it retires what stands under it."""

    id: str
    name: str
    key: str = ""
    topics: tuple[Topic, ...] = ()
    retired: bool = False


@dataclass(frozen=True)
class LabelScheme:
    """What may be chosen; ids are stable, names are display text."""

    id: str
    version: str
    labels: tuple[Label, ...]
    acts: tuple[Act, ...]
    areas: tuple[Area, ...]
    entity_flags: tuple[str, ...] = ()
    statement_flags: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    confidences: tuple[str, ...] = ()
    max_topics: int = 3

    @classmethod
    def from_toml(cls, source: str) -> "LabelScheme":
        """Read the shape of resources/scheme. Raises ValueError or KeyError on another shape."""
        return cls.from_dict(tomllib.loads(source))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "LabelScheme":
        """Inverse of `as_dict`."""
        return cls(
            id=data["id"],
            version=str(data["version"]),
            labels=tuple(Label(**row) for row in data["label"]),
            acts=tuple(Act(**{**row, "cues": tuple(row["cues"])}) for row in data["act"]),
            areas=tuple(_area(row) for row in data["area"]),
            entity_flags=tuple(data.get("entity_flags", ())),
            statement_flags=tuple(data.get("statement_flags", ())),
            stances=tuple(data.get("stances", ())),
            confidences=tuple(data.get("confidences", ())),
            max_topics=int(data.get("max_topics", 3)),
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, in the shape that `from_dict` reads."""
        return {
            "id": self.id,
            "version": self.version,
            "label": [vars(x) for x in self.labels],
            "act": [{**vars(x), "cues": list(x.cues)} for x in self.acts],
            "area": [_area_row(a) for a in self.areas],
            "entity_flags": list(self.entity_flags),
            "statement_flags": list(self.statement_flags),
            "stances": list(self.stances),
            "confidences": list(self.confidences),
            "max_topics": self.max_topics,
        }

    def offered(self) -> "LabelScheme":
        """What can still be chosen: without what is retired, and without areas left empty. Names of
        the rest are looked up in the whole scheme.
        """
        areas = (
            replace(a, topics=tuple(t for t in a.topics if not t.retired))
            for a in self.areas
            if not a.retired
        )
        return replace(
            self,
            labels=tuple(x for x in self.labels if not x.retired),
            acts=tuple(a for a in self.acts if not a.retired),
            areas=tuple(a for a in areas if a.topics),
        )

    @cached_property
    def gone_labels(self) -> dict[str, str | None]:
        """What stands for each retired label: the one it was merged into, or nothing."""
        return _gone(self.labels, set())

    @cached_property
    def gone_acts(self) -> dict[str, str | None]:
        """What stands for each retired act."""
        return _gone(self.acts, set())

    @cached_property
    def gone_topics(self) -> dict[str, str | None]:
        """What stands for each retired topic; those of a retired area are retired too."""
        under = {t.id for a in self.areas if a.retired for t in a.topics}
        return _gone(tuple(self.topics.values()), under)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """All subtopics by id."""
        return {t.id: t for a in self.areas for t in a.topics}

    def area_of(self, topic_id: str) -> Area | None:
        """The area a topic id stands under."""
        return next((a for a in self.areas if a.id == topic_id.partition(".")[0]), None)

    def topic_name(self, topic_id: str) -> str:
        """`Conflict & peace › Ceasefire`; an unknown id is shown as it is."""
        area, topic = self.area_of(topic_id), self.topics.get(topic_id)
        return f"{area.name} › {topic.name}" if area and topic else topic_id

    def act_name(self, act_id: str) -> str:
        """Display name of an act; an unknown id is shown as it is."""
        return next((a.name for a in self.acts if a.id == act_id), act_id)

    def label_name(self, label_id: str) -> str:
        """Display name of an entity label; an unknown id is shown as it is."""
        return next((x.name for x in self.labels if x.id == label_id), label_id)


def _gone(items: tuple[Label | Act | Topic, ...], also: set[str]) -> dict[str, str | None]:
    by_id = {x.id: x for x in items}
    gone = {x.id for x in items if x.retired} | also

    def follow(id: str) -> str | None:
        seen: set[str] = set()
        last: str | None = id
        while last in gone and last not in seen:
            seen.add(last)
            last = by_id[last].merged_into
        return last if last in by_id and last not in gone else None

    return {id: follow(id) for id in gone}


def _area(row: dict[str, Any]) -> Area:
    topics = tuple(
        Topic(
            id=t["id"],
            name=t["name"],
            key=t.get("key", ""),
            definition=t.get("def", ""),
            cues=tuple(t.get("cues", ())),
            retired=t.get("retired", False),
            merged_into=t.get("merged_into"),
        )
        for t in row["topic"]
    )
    return Area(row["id"], row["name"], row.get("key", ""), topics, row.get("retired", False))


def _area_row(area: Area) -> dict[str, Any]:
    row = {k: v for k, v in vars(area).items() if k != "topics"}
    return {**row, "topic": [_topic_row(t) for t in area.topics]}


def _topic_row(topic: Topic) -> dict[str, Any]:
    row = {**vars(topic), "cues": list(topic.cues)}
    row["def"] = row.pop("definition")
    return row
