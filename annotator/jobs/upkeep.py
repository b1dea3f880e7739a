"""Looking after a project: what it holds, whether it is sound, a copy of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.domain.layer import Layer, State, view
from annotator.domain.statement import Decision, Statement
from annotator.storage.project import Project


def stats(project: Project) -> dict[str, Any]:
    """What the project holds, as plain values.

    Statements and mentions are counted in the views that people have of their articles, and in the
    machine's layer where nobody has begun. What is rejected counts under `decisions` alone.
    """
    tally = _Tally()
    people: dict[str, _Person] = {}
    for id in project.article_ids():
        tally.article(project, id, people)
    return {
        "project": str(project.path),
        "articles": tally.articles,
        "states": tally.states(),
        "suggested_articles": tally.suggested,
        "annotators": [people[name].as_dict(name) for name in sorted(people)],
        **tally.as_dict(),
        "actors": len(project.actors()),
    }


def check(project: Project) -> list[str]:
    """What is wrong with the project, one sentence each; nothing when it is sound."""
    return project.check()


def backup(project: Project, to: Path | None = None) -> Path:
    """Copy the project while it stays open; without `to` beside it, among its rotating backups."""
    return project.backup(to)


class _Person:
    """What one annotator did."""

    def __init__(self) -> None:
        self.states: Counter[State] = Counter()
        self.decisions: Counter[Decision] = Counter()

    def add(self, layer: Layer) -> None:
        self.states[layer.state] += 1
        self.decisions.update(s.decision for s in layer.statements.values() if s.decided)

    def as_dict(self, name: str) -> dict[str, Any]:
        return {
            "name": name,
            "articles": self.states.total(),
            "done": self.states[State.DONE],
            "decided_statements": self.decisions.total(),
        }


class _Tally:
    """Counts over all articles, one after the other."""

    def __init__(self) -> None:
        self.articles = 0
        self.suggested = 0
        self._states: Counter[str] = Counter()
        self._counters: dict[str, Counter[str]] = {
            name: Counter() for name in ("decisions", "kinds", "topics", "acts", "labels")
        }
        self._totals = {"statements": 0, "mentions": 0}

    def article(self, project: Project, id: str, people: dict[str, _Person]) -> None:
        machine, humans = project.machine_layer(id), project.human_layers(id)
        self.articles += 1
        self.suggested += machine is not None
        self._states[_state_of(humans)] += 1
        for human in humans:
            people.setdefault(human.annotator, _Person()).add(human)
        views = [view(h, machine) for h in humans] or [machine or Layer(id, project.annotator)]
        for layer in views:
            self._layer(layer)

    def states(self) -> dict[str, int]:
        return {state.value: self._states[state.value] for state in State}

    def as_dict(self) -> dict[str, Any]:
        return {**self._totals, **{name: _ordered(c) for name, c in self._counters.items()}}

    def _layer(self, layer: Layer) -> None:
        mentions = [m for m in layer.mentions.values() if m.decision is not Decision.REJECTED]
        self._totals["mentions"] += len(mentions)
        self._counters["labels"].update(m.label for m in mentions)
        self._counters["decisions"].update(s.decision.value for s in layer.statements.values())
        kept = [s for s in layer.statements.values() if s.decision is not Decision.REJECTED]
        self._totals["statements"] += len(kept)
        self._counters["kinds"].update(s.kind.value for s in kept)
        self._counters["topics"].update(topic for s in kept for topic in _topics(s))
        self._counters["acts"].update(s.act or "undecided" for s in kept)


def _topics(statement: Statement) -> Iterable[str]:
    return statement.topics or (["none"] if statement.no_topic else ["undecided"])


def _state_of(humans: Iterable[Layer]) -> str:
    """The furthest that anybody has come."""
    order = (State.DONE, State.FLAGGED, State.DOING, State.TODO)
    states = {h.state for h in humans}
    return next((s.value for s in order if s in states), State.TODO.value)


def _ordered(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])))


def as_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """What `stats` found, for people."""
    states = ", ".join(f"{n} {state}" for state, n in found["states"].items() if n)
    yield f"{found['project']}"
    yield f"articles    {found['articles']}" + (f" ({states})" if states else "")
    yield f"suggested   {found['suggested_articles']} articles"
    yield f"statements  {found['statements']}"
    yield f"mentions    {found['mentions']}"
    yield f"actors      {found['actors']}"
    for person in found["annotators"]:
        counts = "{articles} articles, {done} done, {decided_statements} statements decided".format(**person)
        yield f"annotator   {person['name']}: {counts}"
    for name in ("decisions", "kinds", "topics", "acts", "labels"):
        if found[name]:
            yield f"{name:<11} " + ", ".join(f"{k} {n}" for k, n in found[name].items())
