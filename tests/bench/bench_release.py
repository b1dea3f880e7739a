"""A release of many articles: time against the plain export of the same records, memory at two sizes,
and how many articles one new article moves into another split.
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from annotator.domain.article import Article
from annotator.domain.layer import LayerKind, State
from annotator.export.splits import Item, SplitOptions, assign
from annotator.jobs.exporting import export_project
from annotator.jobs.progress import run
from annotator.jobs.release_options import ReleaseOptions
from annotator.jobs.releasing import make_again, release_project
from annotator.storage.project import Project
from tests.bench import bench_export

ARTICLES, SMALL = 4_000, 1_000


def made(path: Path, count: int) -> Project:
    """Done articles with 20 statements each and words of their own."""
    project = Project.create(path, annotator="bench")
    for first in range(0, count, 500):
        with project.batch():
            for n in range(first, min(first + 500, count)):
                _add(project, n)
    return project


def _add(project: Project, n: int) -> None:
    random, plain = Random(n), bench_export.article(n)
    own = " ".join(f"word{random.randrange(9000)}" for _ in range(500))
    article = Article(f"{plain.text}{own}", "en")
    layer = bench_export.layer(plain)
    project.add_articles([article])
    project.put_layer(replace(layer, article=article.id, kind=LayerKind.HUMAN, state=State.DONE))


def _timed(job) -> float:
    start = time.perf_counter()
    run(job)
    return time.perf_counter() - start


def measure(count: int) -> None:
    """In a process of its own: times, then the peak of its memory."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        with made(where / "bench.annot", count) as project:
            plain = _timed(export_project(project, "jsonl", where / "plain"))
            first = _timed(release_project(project, ReleaseOptions("bench"), where / "one"))
            again = _timed(make_again(project, 1, where / "two"))
        size = sum(f.stat().st_size for f in (where / "one" / "jsonl").iterdir()) / 1e6
    peak = next(
        int(line.split()[1]) // 1024
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM")
    )
    print(
        f"{count:,} articles, {size:.0f} MB: release {first:.1f} s = {first / plain:.1f} × plain export, "
        f"again {again / first:.2f} × the first time, peak {peak} MB"
    )


def main() -> None:
    """Two sizes, each in its own process, then the stability of splits."""
    for count in (SMALL, ARTICLES):
        code = f"from tests.bench.bench_release import measure; measure({count})"
        subprocess.run([sys.executable, "-c", code], check=True)
    items = [
        Item(f"{Random(n).getrandbits(64):016x}", f"{n}", (f"area{n % 7}.t{n % 40}",))
        for n in range(ARTICLES)
    ]
    before = assign(items, SplitOptions())
    moved = 0
    for n in range(50):
        after = assign([*items, Item(f"new{n}", f"new{n}", (f"area{n % 7}.t{n % 40}",))], SplitOptions())
        moved += sum(after[id] != split for id, split in before.items())
    print(f"one article more moves {moved / 50:.2f} of {ARTICLES:,} into another split")


if __name__ == "__main__":
    main()
