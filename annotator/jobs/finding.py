"""Finding words over the whole project without a screen, and what is done with ticked hits: each as one
step, however many articles it touches.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.actors import Actor
from annotator.domain.edits import Placed, PutActor, Step
from annotator.domain.layer import Layer, State, view
from annotator.domain.spans import Span
from annotator.export.wording import counted
from annotator.jobs.flow import FlowDecider
from annotator.jobs.progress import Job, Progress
from annotator.storage.finding import Hit, Sought
from annotator.storage.project import Project

FIRST = 200  # articles that are looked for before all others
AT_ONCE = 60  # hits read before somebody asks for more
MOST = 2_000  # hits that are ticked at once


@dataclass(frozen=True)
class Wish:
    """What is looked for, in which order."""

    sought: Sought
    order: str = "file"


@dataclass(frozen=True)
class Found:
    """Numbers of the articles, `complete` when they are all; the first hits, which are those of the first
    `read` articles; words to try instead when there are none.
    """

    wish: Wish
    numbers: list[int]
    complete: bool
    hits: list[Hit]
    read: int
    near: list[str]


def find_job(project: Project, wish: Wish, limit: int = 0) -> Job[Found]:
    """Look beside the window: at most `limit` articles, by default the FIRST, all with -1."""
    limit = limit or FIRST
    yield Progress(0, None, "Looking for words")
    with project.sibling() as own, own.snapshot():
        numbers = own.finding.articles(wish.sought, wish.order, limit)
        yield Progress(1, None, "Reading what was found")
        hits, read = more_hits(own, wish.sought, numbers, 0)
        while not hits and read < len(numbers):
            yield Progress(read, len(numbers), "Reading what was found")
            hits, read = more_hits(own, wish.sought, numbers, read)
        near = [] if hits else own.finding.near_words(wish.sought.words)
        return Found(wish, numbers, limit < 0 or len(numbers) < limit, hits, read, near)


def more_hits(project: Project, sought: Sought, numbers: Sequence[int], at: int) -> tuple[list[Hit], int]:
    """The hits of the articles from place `at` on until there are AT_ONCE; and up to which place."""
    hits: list[Hit] = []
    stop = min(len(numbers), at + FIRST)
    while at < stop and len(hits) < AT_ONCE:
        hits += project.finding.hits(sought, numbers[at : at + 1])
        at += 1
    return hits, at


def rest_job(project: Project, found: Found, at: int, most: int = MOST) -> Job[tuple[list[Hit], int]]:
    """The hits from the article at place `at` on, beside the window, until there are `most`; and how far."""
    hits: list[Hit] = []
    with project.sibling() as own:
        while at < len(found.numbers) and len(hits) < most:
            yield Progress(at, len(found.numbers), "Reading what was found")
            more, at = more_hits(own, found.wish.sought, found.numbers, at)
            hits += more
    return hits, at


def act_job(project: Project, make: Callable[[Project], Step | None]) -> Job[Step | None]:
    """Make a step over many articles and save it, beside the window; None when there is nothing to do."""
    yield Progress(0, None, "Looking at the articles")
    with project.sibling() as own:
        step = make(own)
        if step:
            own.do(step)
        return step


def mark(
    project: Project, hits: Iterable[Hit], label: str, actor: str | None = None, new: Iterable[Actor] = ()
) -> Step | None:
    """Entities over the hits, as one step; those in titles and those already marked so are passed over."""
    spans: dict[str, list[Span]] = {}
    for hit in hits:
        if hit.span is not None:
            spans.setdefault(hit.article, []).append(hit.span)
    edits: list[Placed] = [Placed(PutActor(a)) for a in new]
    count = 0
    for article, decider in _deciders(project, spans):
        missing = [s for s in spans[article] if not _marked(decider.shown, s, label, actor)]
        step = decider.mark_all(missing, label, actor) if missing else None
        if step:
            edits += step.edits
            count += len(missing)
    name = project.scheme.label_name(label)
    return Step(f"Mark {counted(count, 'place')} as {name}", tuple(edits)) if count else None


def flag(project: Project, articles: Iterable[str]) -> Step | None:
    """All the articles flagged; None when they are."""
    steps = [d.set_state(State.FLAGGED) for _, d in _deciders(project, articles)]
    return _joined("Flag {}", steps)


def skip(project: Project, articles: Iterable[str]) -> Step | None:
    """All the articles out of the way: done, as not relevant, with nothing decided in them."""
    steps = [d.outcome("not_relevant") for _, d in _deciders(project, articles) if not d.human.outcome]
    return _joined("Skip {} as not relevant", steps)


def _joined(label: str, steps: Iterable[Step | None]) -> Step | None:
    made = [s for s in steps if s]
    edits = tuple(edit for step in made for edit in step.edits)
    return Step(label.format(counted(len(made), "article")), edits) if made else None


def _deciders(project: Project, articles: Iterable[str]) -> Iterator[tuple[str, FlowDecider]]:
    actors, guideline = project.actors(), project.scheme.version
    for article in dict.fromkeys(articles):
        human = project.layer(article)
        shown = view(human, project.machine_layer(article))
        yield article, FlowDecider(human, shown, actors, guideline)


def _marked(shown: Layer, span: Span, label: str, actor: str | None) -> bool:
    there = (m for m in shown.mentions.values() if m.span == span)
    return any(m.label == label and m.actor == actor and m.decision != "rejected" for m in there)
