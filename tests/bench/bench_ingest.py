"""Importing 10,000 small files against plainly reading and hashing the same bytes; grouping near-copies."""

import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.ingest.near import groups
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.storage.project import Project

FILES = 10_000
WORDS = 350


def main() -> None:
    """Print seconds and ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "texts"
        folder.mkdir()
        texts = _write(folder)
        plain = _timed(lambda: [hashlib.sha256(p.read_bytes()).digest() for p in sorted(folder.iterdir())])
        with Project.create(Path(scratch) / "p.annot", annotator="bench") as project:
            first = _timed(lambda: run(import_paths(project, [folder])))
            again = _timed(lambda: run(import_paths(project, [folder])))
    near = _timed(lambda: groups((str(n), text) for n, text in enumerate(texts)))
    print(f"reading and hashing {FILES:,} files: {plain:.2f} s")
    print(f"importing them:  {first:.2f} s, ratio {first / plain:.1f}, {FILES / first:,.0f} files/s")
    print(f"importing again: {again:.2f} s, ratio {again / plain:.1f}")
    print(f"near-copies:     {near:.2f} s, ratio {near / plain:.1f}")


def _write(folder: Path) -> list[str]:
    chance = random.Random(1)
    words = [f"word{n}" for n in range(5000)] + ["“said”", "minister,", "talks."]
    texts = [" ".join(chance.choices(words, k=WORDS)) for _ in range(FILES)]
    for n, text in enumerate(texts):
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
    return texts


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
