"""What was released: listed, found by number, compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError
from annotator.storage.project import Entry, Project, Release


@dataclass(frozen=True)
class Changes:
    """From one release to another. Articles are ids; statements `article/statement`. `changed`
    articles differ in anything, `changed` statements in more than provenance and notes; `moved`
    articles stand in another split.
    """

    articles_added: tuple[str, ...] = ()
    articles_removed: tuple[str, ...] = ()
    articles_changed: tuple[str, ...] = ()
    articles_moved: tuple[str, ...] = ()
    statements_added: tuple[str, ...] = ()
    statements_removed: tuple[str, ...] = ()
    statements_changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        out: dict[str, Any] = {"articles": {}, "statements": {}}
        for key, ids in vars(self).items():
            what, how = key.split("_")
            out[what][how] = list(ids)
        return out

    def summary(self) -> str:
        """On one line: `2 articles added, 1 statement changed`."""
        parts = []
        for key, ids in vars(self).items():
            what, how = key.split("_")
            if ids:
                moved = "moved to another split" if how == "moved" else how
                parts.append(f"{len(ids):,} {what if len(ids) > 1 else what[:-1]} {moved}")
        return ", ".join(parts) or "nothing changed"


def find(project: Project, number: int) -> Release:
    """Raises AnnotatorError when there is no such release."""
    releases = project.releases.all()
    for release in releases:
        if release.number == number:
            return release
    known = ", ".join(str(r.number) for r in releases) or "none yet"
    raise AnnotatorError(f"There is no release {number} in {project.path.name}.", f"Releases: {known}.")


def compare(project: Project, one: int, other: int) -> Changes:
    """What changed from release `one` to release `other`."""
    return changes(
        project.releases.entries(find(project, one).number),
        project.releases.entries(find(project, other).number),
    )


def different_options(project: Project, one: int, other: int) -> dict[str, tuple[Any, Any]]:
    """Options in which two releases differ, as `filters.topics`, with the values of both."""
    before, after = (dict(_flat(find(project, n).options)) for n in (one, other))
    keys = sorted(before.keys() | after.keys())
    return {k: (before.get(k), after.get(k)) for k in keys if before.get(k) != after.get(k)}


def changes(before: Iterable[Entry], after: Iterable[Entry]) -> Changes:
    """What changed from some records to others."""
    old = {(e.article, e.layer): e for e in before}
    new = {(e.article, e.layer): e for e in after}
    both = sorted(old.keys() & new.keys())
    old_articles, new_articles = {a for a, _ in old}, {a for a, _ in new}
    was, now = dict(_statements(old.values())), dict(_statements(new.values()))
    layers_differ = {a for a, _ in old.keys() ^ new.keys()} & old_articles & new_articles
    changed = {a for a, _ in (k for k in both if old[k].sha256 != new[k].sha256)} | layers_differ
    return Changes(
        articles_added=tuple(sorted(new_articles - old_articles)),
        articles_removed=tuple(sorted(old_articles - new_articles)),
        articles_changed=tuple(sorted(changed)),
        articles_moved=tuple(sorted({k[0] for k in both if old[k].split != new[k].split})),
        statements_added=_names(now.keys() - was.keys()),
        statements_removed=_names(was.keys() - now.keys()),
        statements_changed=_names(k for k in was.keys() & now.keys() if was[k] != now[k]),
    )


def listing(project: Project) -> list[dict[str, Any]]:
    """Every release as plain values, by number."""
    return [
        {
            "number": r.number,
            "name": r.name,
            "articles": r.articles,
            "sha256": r.sha256,
            "made_at": r.made_at,
            "program": r.program,
            "note": r.note,
            "options": dict(r.options),
        }
        for r in project.releases.all()
    ]


Key = tuple[str, str, str]


def _statements(entries: Iterable[Entry]) -> Iterator[tuple[Key, str]]:
    for e in entries:
        for id, digest in e.statements.items():
            yield (e.article, e.layer, id), digest


def _flat(options: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in options.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def _names(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(sorted({f"{article}/{id}" for article, _, id in keys}))
