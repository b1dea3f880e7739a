"""How soon words are found in a large project, as ratios to reading one article and in milliseconds, and
how long the window stands still while it looks. `python -m tests.bench finding`.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.actors import Actor
from annotator.domain.layer import Layer, LayerKind
from annotator.jobs.actor_search import ActorSearch
from annotator.jobs.finding import FIRST, Wish, find_job
from annotator.jobs.progress import run
from annotator.storage.finding import Sought
from annotator.storage.project import Project
from annotator.ui import theme as looks
from annotator.ui.find_page import PAUSE, FindPage
from tests.bench.bench_storage import made_articles, milliseconds, suggestion

WORDS = 120


def main(count: int = 100_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, _filled(Path(name) / "big.annot", count) as project:
        id = project.article_ids()[0]
        bare = milliseconds(lambda: project.article(id), 20)
        print(f"{count:,} articles of {WORDS} words; reading one: {bare:.2f} ms")
        text = project.article(id).text.split()
        common, pair = text[1], " ".join(text[2:4])
        for label, sought, order, limit in (
            ("a common word, first hits", Sought(common), "file", FIRST),
            ("two words, first hits", Sought(pair), "file", FIRST),
            ("no such word", Sought("zzyzx"), "file", FIRST),
            ("newest first", Sought(common), "newest", FIRST),
            ("state and date", Sought(common, frozenset({"todo"}), since="2020"), "file", FIRST),
            ("an actor", Sought(common, actor="state:JP"), "file", FIRST),
            ("an actor nobody names", Sought(common, actor="state:XX"), "file", FIRST),
            ("a topic", Sought(common, topic="territory"), "file", FIRST),
            ("disagreement", Sought(common, disagreement=True), "file", FIRST),
            ("a common word, all", Sought(common), "file", -1),
        ):
            wish = Wish(sought, order)
            took = milliseconds(lambda w=wish, n=limit: run(find_job(project, w, n)), 3)
            print(f"{label:28} {took:8.1f} ms = {took / bare:7.1f}x")
        search = ActorSearch(project.actors())
        took = milliseconds(lambda: search.find("mfa ch"), 10)
        print(f"{'typing an actor':28} {took:8.1f} ms")
        _window(project, common)


def _window(project: Project, word: str) -> None:
    """From the last letter to the first row, and the longest time without an event."""
    app = QApplication.instance() or QApplication(["bench"])
    looks.apply(app, looks.THEMES["light"], looks.choose_fonts())
    page = FindPage(project, (), looks.THEMES["light"], looks.choose_fonts())
    page.resize(1280, 720)
    page.show()
    QTest.qWait(200)
    longest, last = 0.0, time.perf_counter()

    def beat() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(1)
    begun = time.perf_counter()
    page.filters.field.setText(word)
    while not page.table.rows.rowCount() and time.perf_counter() - begun < 10:
        QTest.qWait(1)
    first = time.perf_counter() - begun
    while page.runner.running:
        QTest.qWait(5)
    print(
        f"{'window: letter to first row':28} {first * 1000:8.1f} ms, of which {PAUSE} wait for more letters"
    )
    print(f"{'window: longest standstill':28} {longest * 1000:8.1f} ms")
    page.shutdown()
    page.close()


def _filled(path: Path, count: int) -> Project:
    project = Project.create(path, annotator="ann")
    actors = (Actor("person:qin-gang", "Qin Gang", "person"), Actor("state:JP", "Japan", "state"))
    with project.batch():
        project.add_articles(made_articles(count, WORDS))
        for n, id in enumerate(project.article_ids()):
            if n % 10 == 0:
                found = {f"s{i}": suggestion(i, i * 100) for i in range(5)}
                layer = Layer(id, "rules 1", LayerKind.MACHINE, statements=MappingProxyType(found))
                project.put_machine_layer(id, layer, actors)
    return project


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
