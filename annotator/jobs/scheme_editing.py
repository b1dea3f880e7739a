"""What the scheme editor does to a scheme: pure changes of a draft, what is wrong with one, saving it
under a new version, and merging what is in use into another.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.domain.edits import ChangeMention, ChangeStatement, LayerEdit, Placed, Step
from annotator.domain.layer import Layer
from annotator.domain.scheme import Act, Area, Label, LabelScheme, Topic
from annotator.jobs.progress import Job, Progress
from annotator.storage.project import Project
from annotator.storage.usage import Group

Item = Label | Act | Area | Topic
T = TypeVar("T", bound=Item)

GROUP_WORDS: dict[Group, str] = {"label": "entity label", "topic": "topic", "act": "act"}
LETTERS = "asdfghjklqwertyuiopzxcvbnm"  # the home row first
TAKEN_KEYS = frozenset("/?")  # the pickers' own: search and help


# Changes of a draft


def put(scheme: LabelScheme, item: Item) -> LabelScheme:
    """`item` in the place of the one of its id, or at the end of its group (a topic's: its area)."""
    match item:
        case Label():
            return replace(scheme, labels=_put(scheme.labels, item))
        case Act():
            return replace(scheme, acts=_put(scheme.acts, item))
        case Area():
            return replace(scheme, areas=_put(scheme.areas, item))
        case Topic():
            return _in_area(scheme, item.id, lambda topics: _put(topics, item))


def taken_out(scheme: LabelScheme, item: Item) -> LabelScheme:
    """Without `item`; for what is not in use."""
    match item:
        case Label():
            return replace(scheme, labels=_without(scheme.labels, item.id))
        case Act():
            return replace(scheme, acts=_without(scheme.acts, item.id))
        case Area():
            return replace(scheme, areas=_without(scheme.areas, item.id))
        case Topic():
            return _in_area(scheme, item.id, lambda topics: _without(topics, item.id))


def moved(scheme: LabelScheme, item: Item, by: int) -> LabelScheme:
    """With `item` moved `by` places within its group; it stops at the ends."""
    match item:
        case Label():
            return replace(scheme, labels=_moved(scheme.labels, item.id, by))
        case Act():
            return replace(scheme, acts=_moved(scheme.acts, item.id, by))
        case Area():
            return replace(scheme, areas=_moved(scheme.areas, item.id, by))
        case Topic():
            return _in_area(scheme, item.id, lambda topics: _moved(topics, item.id, by))


def new_label(scheme: LabelScheme, name: str) -> Label:
    """A label with an id of its own, made of its name."""
    return Label(_fresh(_slug(name).upper() or "LABEL", (x.id for x in scheme.labels)), name)


def new_act(scheme: LabelScheme, name: str) -> Act:
    """An act with an id of its own; never "none", which says that there is no act."""
    return Act(_fresh(_slug(name) or "act", ["none", *(a.id for a in scheme.acts)]), name)


def new_area(scheme: LabelScheme, name: str) -> Area:
    """An area with an id of its own."""
    return Area(_fresh(_slug(name) or "area", (a.id for a in scheme.areas)), name)


def new_topic(scheme: LabelScheme, area: Area, name: str) -> Topic:
    """A topic under `area` with an id of its own."""
    return Topic(_fresh(f"{area.id}.{_slug(name) or 'topic'}", scheme.topics), name)


def free_key(items: Iterable[Item]) -> str:
    """A key that none of the group has; nothing when all letters are taken."""
    taken = {x.key.casefold() for x in items if not x.retired}
    return next((key for key in LETTERS if key not in taken), "")


def _in_area(
    scheme: LabelScheme, topic: str, change: Callable[[tuple[Topic, ...]], tuple[Topic, ...]]
) -> LabelScheme:
    area = scheme.area_of(topic)
    if area is None:
        raise ValueError(f"no area for topic {topic}")
    return replace(scheme, areas=_put(scheme.areas, replace(area, topics=change(area.topics))))


def _put(items: tuple[T, ...], item: T) -> tuple[T, ...]:
    if any(x.id == item.id for x in items):
        return tuple(item if x.id == item.id else x for x in items)
    return (*items, item)


def _without(items: tuple[T, ...], id: str) -> tuple[T, ...]:
    return tuple(x for x in items if x.id != id)


def _moved(items: tuple[T, ...], id: str, by: int) -> tuple[T, ...]:
    at = [x.id for x in items].index(id)
    rest = [*items[:at], *items[at + 1 :]]
    rest.insert(max(0, min(len(rest), at + by)), items[at])
    return tuple(rest)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


def _fresh(id: str, taken: Iterable[str]) -> str:
    known, n = {x.casefold() for x in taken}, 1
    fresh = id
    while fresh.casefold() in known:
        n += 1
        fresh = f"{id}_{n}"
    return fresh


# What is wrong


def problems(scheme: LabelScheme) -> list[str]:
    """Why a draft cannot be saved, one sentence each: names missing, keys given twice or not keys."""
    found = [
        *_group_problems("entity labels", scheme.labels),
        *_group_problems("acts", scheme.acts),
        *_group_problems("areas", scheme.areas),
    ]
    for area in scheme.areas:
        found += _group_problems(f"topics of “{area.name}”", area.topics)
    offered = scheme.offered()
    for words, left in (("entity label", offered.labels), ("act", offered.acts), ("topic", offered.areas)):
        if not left:
            found.append(f"At least one {words} must stay on offer.")
    return found


def _group_problems(group: str, items: Sequence[Item]) -> list[str]:
    found = [f"One of the {group} has no name." for x in items if not x.name.strip()]
    by_key: dict[str, Item] = {}
    names: dict[str, Item] = {}
    for item in items:
        if item.retired:
            continue
        if (name := item.name.strip().casefold()) and names.setdefault(name, item) is not item:
            found.append(f"Two of the {group} are called “{item.name}”.")
        if problem := _key_problem(item):
            found.append(problem)
        elif item.key and by_key.setdefault(item.key.casefold(), item) is not item:
            other = by_key[item.key.casefold()]
            found.append(
                f"“{other.name}” and “{item.name}” of the {group} both have the key {item.key.upper()}."
            )
    return found


def _key_problem(item: Item) -> str:
    if not item.key or (len(item.key) == 1 and item.key.isprintable() and not item.key.isspace()):
        return (
            f"The key {item.key} of “{item.name}” is taken by the pickers." if item.key in TAKEN_KEYS else ""
        )
    return f"“{item.key}” of “{item.name}” is not one key."


# Saving and merging


def next_version(version: str) -> str:
    """Raised by one in its last number: `3` after `2`, `1.10` after `1.9`, `draft 2` after `draft`."""
    match = re.search(r"(\d+)(\D*)$", version)
    if match is None:
        return f"{version} 2".strip()
    return f"{version[: match.start()]}{int(match[1]) + 1}{match[2]}"


def save(project: Project, draft: LabelScheme) -> LabelScheme:
    """Save a draft under the next version; the scheme as it is now, unchanged when nothing differs.

    Raises ValueError when there are `problems`, AnnotatorError when it cannot be saved.
    """
    if wrong := problems(draft):
        raise ValueError(wrong[0])
    now = project.scheme
    draft = replace(draft, version=now.version)
    if draft == now:
        return now
    saved = replace(draft, version=next_version(now.version))
    project.set_scheme(saved)
    return saved


def merge(project: Project, draft: LabelScheme, group: Group, old: str, new: str) -> LabelScheme:
    """Let everything that uses `old` use `new`, retire `old`, save the draft; all of it or nothing.

    What people decided changes in one undoable step, suggestions with it; undoing gives people's
    decisions `old` again, which stays in the scheme, retired. Raises as `save` does.
    """
    items = {x.id: x for x in items_of(draft, group)}
    gone, kept = items[old], items[new]
    if old == new or kept.retired:
        raise ValueError(f"{old} cannot be merged into {new}")
    label = f"Merge {GROUP_WORDS[group]} {gone.name} into {kept.name}"
    edits = (
        Placed(edit, layer.article, layer.annotator, layer.kind)
        for layer in project.layers_using(group, old)
        for edit in _merging(layer, group, old, new)
    )
    with project.batch():
        project.do(Step(label, tuple(edits)))
        project.remap_suggestions(group, old, new)
        return save(project, put(draft, replace(gone, retired=True, merged_into=new)))


def merge_job(project: Project, draft: LabelScheme, group: Group, old: str, new: str) -> Job[LabelScheme]:
    """`merge` beside the window; what is merged cannot be stopped half-way."""
    with project.sibling() as own:
        yield Progress(0, None, "Merging")
        return merge(own, draft, group, old, new)


def items_of(scheme: LabelScheme, group: Group) -> Sequence[Label | Topic | Act]:
    """All of a group, retired ones too."""
    if group == "label":
        return scheme.labels
    return scheme.acts if group == "act" else tuple(scheme.topics.values())


def _merging(layer: Layer, group: Group, old: str, new: str) -> Iterable[LayerEdit]:
    if group == "label":
        for mention in layer.ordered_mentions():
            if mention.label == old:
                yield ChangeMention(mention.id, (("label", new),))
        return
    for statement in layer.ordered_statements():
        if group == "act" and statement.act == old:
            yield ChangeStatement(statement.id, (("act", new),))
        if group == "topic" and old in statement.topics:
            topics = dict.fromkeys(new if t == old else t for t in statement.topics)
            yield ChangeStatement(statement.id, (("topics", tuple(topics)),))
