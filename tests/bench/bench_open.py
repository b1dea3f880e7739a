"""Opening: a project of 100,000 articles against an empty one, both in the window; an article with
suggestions; and memory over opening 500 articles in turn. `python -m tests.bench.bench_open [N]`.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.article import Article, Meta
from annotator.jobs.suggesting import load_suggester
from annotator.storage.project import Project
from annotator.ui import theme as looks
from annotator.ui.main_window import MainWindow
from annotator.ui.tidying import Tidying

ARTICLES, IN_TURN, SUGGESTED, ROUNDS = 100_000, 500, 20, 5
SEEDS = [p.read_text(encoding="utf-8") for p in sorted(paths.seeds().glob("*.txt"))]


def main(articles: int = ARTICLES) -> None:
    """Print milliseconds, ratios and megabytes."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    looks.apply(app, looks.THEMES["light"], looks.choose_fonts())
    tidying = Tidying(app)  # as in the program
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _projects(app, folder, articles)
        _articles(app, folder / "seeds.annot", tidying)
    tidying.stop()


def _projects(app: QApplication, folder: Path, count: int) -> None:
    empty, big = folder / "empty.annot", folder / "big.annot"
    Project.create(empty, annotator="bench").close()
    with Project.create(big, annotator="bench") as project:
        project.add_articles(_many(count))
    took = {path: statistics.median(_opened(app, path) for _ in range(ROUNDS)) for path in (empty, big)}
    ratio = took[big] / took[empty]
    print(
        f"  window on an empty project {took[empty]:.0f} ms, on {count:,} articles {took[big]:.0f} ms", end=""
    )
    print(f" = {ratio:.2f} ×")


def _opened(app: QApplication, path: Path) -> float:
    """Milliseconds until the window is painted; nothing of spaCy is needed for it."""
    started = time.perf_counter()
    with Project.open(path) as project:
        window = MainWindow(project)
        window.show()
        window.restore()
        window.grab()
        app.processEvents()
        took = time.perf_counter() - started
        window.close()
        window.deleteLater()
        app.processEvents()
    return took * 1000


def _articles(app: QApplication, path: Path, tidying: Tidying) -> None:
    with Project.create(path, annotator="bench") as project:
        project.add_articles(Article(f"{SEEDS[n % len(SEEDS)]}\n\nNumber {n}.", "en") for n in range(IN_TURN))
        ids = project.article_ids()
        _suggest(project, ids[:SUGGESTED])
        window = MainWindow(project)
        window.show()
        took = [_timed(app, partial(window.open_article, id)) for id in ids[:SUGGESTED]]
        print(f"  an article with suggestions {statistics.median(took):.0f} ms, at most {max(took):.0f} ms")
        for n, id in enumerate(ids, 1):
            window.open_article(id)
            app.processEvents()
            if n in (100, 300, IN_TURN):
                tidying.look()
                print(f"  {n} articles opened in turn: {_megabytes():.0f} MB")
        window.close()


def _suggest(project: Project, ids: list[str]) -> None:
    suggester = load_suggester(project)
    for id in ids:
        found = suggester.suggest(id, project.article(id).text)
        project.put_machine_layer(id, found.layer, found.actors)


def _timed(app: QApplication, act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    app.processEvents()
    return (time.perf_counter() - started) * 1000


def _megabytes() -> float:
    """What the process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _many(count: int) -> Iterator[Article]:
    words = SEEDS[0].split()
    for n in range(count):
        at = n % 50
        yield Article(f"Article {n}. " + " ".join(words[at : at + 200]), "en", Meta(title=f"Article {n}"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
