"""Listing and counting what is in the queue against the whole project, with 100,000 articles."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.domain.article import Article
from annotator.jobs.queueing import draw
from annotator.storage.project import Project
from annotator.storage.queues import WHOLE, Queue, Sample

ARTICLES, SAMPLE, COPIES, BATCH = 100_000, 5_000, 30_000, 5_000
SHOWN = 300  # rows that the window asks for at once
QUEUES = {
    "a sample": Queue(sample=True),
    "without near-copies": Queue(hide_copies=True),
    "a sample without near-copies": Queue(sample=True, hide_copies=True),
}


def main() -> None:
    """Print milliseconds, and ratios to the same for the whole project."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p.annot", annotator="a") as project,
    ):
        _fill(project)
        first, whole = _first(project, WHOLE), _all(project, WHOLE)
        print(f"whole project: first {SHOWN} {first:.1f} ms, all {whole:.0f} ms")
        for name, queue in QUEUES.items():
            some, rows = _first(project, queue), _all(project, queue)
            counts = _timed(lambda queue=queue: project.counts(queue))
            print(
                f"{name}: first {SHOWN} {some:.1f} ms (ratio {some / first:.1f}), "
                f"all {rows:.0f} ms (ratio {rows / whole:.1f}), counts {counts:.0f} ms"
            )


def _fill(project: Project) -> None:
    for start in range(0, ARTICLES, BATCH):
        project.add_articles(Article(f"Text number {n}.") for n in range(start, start + BATCH))
    ids = project.article_ids()
    leads = {id: ids[n - n % 3] if n < COPIES else id for n, id in enumerate(ids)}
    project.queues.put_near_copies(leads)
    project.queues.assign(Sample(draw(ids, SAMPLE, 1)))


def _first(project: Project, queue: Queue) -> float:
    return _timed(lambda: project.rows(queue=queue, limit=SHOWN))


def _all(project: Project, queue: Queue) -> float:
    return _timed(lambda: project.rows(queue=queue))


def _timed(do: Callable[[], object]) -> float:
    """Milliseconds of the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        do()
        best = min(best, time.perf_counter() - start)
    return 1000 * best


if __name__ == "__main__":
    main()
