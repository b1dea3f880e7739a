"""How long the window takes from a key to the finished picture, against an empty repaint."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Provenance, Speaker, Statement
from annotator.storage.project import Project
from annotator.ui import theme as looks
from annotator.ui.main_window import MainWindow
from annotator.ui.tidying import Tidying

SENTENCE = "Minister Qin said the talks in Geneva would go on until all sides had agreed to stop. "
ROUNDS = 30


def main() -> None:
    """Print medians and 95th percentiles in milliseconds, and their ratio to an empty repaint."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    looks.apply(app, looks.THEMES["light"], looks.choose_fonts())
    tidying = Tidying(app)  # as in the program
    for sentences, statements in ((60, 50), (12_000, 5_000)):
        with tempfile.TemporaryDirectory() as folder:
            _measure(app, Path(folder) / "b.annot", sentences, statements)
    tidying.stop()


def _measure(app: QApplication, path: Path, sentences: int, statements: int) -> None:
    article = Article((SENTENCE * 5 + "\n\n") * (sentences // 5), "en", Meta(title="Bench"))
    with Project.create(path, annotator="bench") as project:
        project.add_articles([article])
        project.put_machine_layer(article.id, _layer(article, statements))
        window = MainWindow(project)
        window.show()
        started = time.perf_counter()
        window.open_article(article.id)
        app.processEvents()
        opened = time.perf_counter() - started
        print(
            f"{len(article.text):>9,} characters, {statements:,} statements: opened in {opened * 1000:.0f} ms"
        )
        empty = _times(app, window.article.viewport().update)
        _say("empty repaint", empty, empty)
        for name, keys in (
            ("next statement", "J"),
            ("page down", "PgDown"),
            ("confirm", "Return"),
            ("undo", "U"),
            ("hint mode on and off", "S Escape"),
        ):
            act = partial(_press, window.article, [QKeySequence(key) for key in keys.split()])
            _say(name, _times(app, act), empty)
        window.close()


def _press(widget: QWidget, keys: Iterable[QKeySequence]) -> None:
    for key in keys:
        QTest.keySequence(widget, key)


def _times(app: QApplication, act: Callable[[], object]) -> list[float]:
    out = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        app.processEvents()
        out.append((time.perf_counter() - started) * 1000)
    return out


def _say(name: str, times: list[float], empty: list[float]) -> None:
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"  {name:22} {middle:7.1f} ms, 95 % below {high:7.1f} ms"
        f" = {high / statistics.median(empty):5.1f} × empty"
    )


def _layer(article: Article, count: int) -> Layer:
    by = Provenance(suggester="bench", score=0.8)
    statements, mentions, at = {}, {}, 0
    for n in range(count):
        at = article.text.index("Minister Qin", at)
        name = Span(at + 9, at + 12)
        content = Span(at + 18, at + 60)
        statements[f"s{n}"] = Statement(
            f"s{n}", (content,), Kind.INDIRECT, speaker=Speaker(name, ("person:qin",)), no_target=True,
            topics=("conflict.peace_talks",), act="assert", provenance=by,
        )  # fmt: skip
        mentions[f"m{n}"] = Mention(f"m{n}", name, "PERSON", "person:qin", provenance=by)
        at += len("Minister Qin")
    return Layer(
        article.id, "bench", LayerKind.MACHINE,
        statements=MappingProxyType(statements), mentions=MappingProxyType(mentions),
    )  # fmt: skip


if __name__ == "__main__":
    main()
