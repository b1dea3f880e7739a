"""What the project file costs, as ratios: an edit against a bare commit, a project of 100,000
articles against an empty one, its list and its search. `python tests/bench/bench_storage.py [N]`.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddStatement, ChangeStatement, Placed, Step
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import (
    Kind,
    Mention,
    Provenance,
    Reason,
    Role,
    Speaker,
    Statement,
    Target,
    accepted,
)
from annotator.storage.project import Project

AT = "2026-03-02T10:14:05Z"
SENTENCE = "the minister said that Beijing will not accept any pressure over Taiwan and warned Tokyo again"
WORDS = SENTENCE.split()


def milliseconds(act: Callable[[], Any], times: int = 1) -> float:
    """Median of `times` runs."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def made_articles(count: int, words: int) -> Iterator[Article]:
    for n in range(count):
        text = " ".join([f"{n}", *(WORDS[(n + i * i) % len(WORDS)] for i in range(words))])
        yield Article(text, "en", Meta(title=f"Article {n}", outlet="Daily", published="2023-04-02"))


def suggestion(n: int, start: int) -> Statement:
    return Statement(
        f"s{n}",
        (Span(start, start + 40), Span(start + 50, start + 80)),
        Kind.MIXED,
        cue=Span(start + 41, start + 45),
        speaker=Speaker(Span(start + 46, start + 49), ("person:qin-gang",)),
        targets=(Target("state:JP", Role.ADDRESSEE, Span(start + 3, start + 9)),),
        topics=("territory.taiwan",),
        provenance=Provenance(
            suggester="rules 1", score=0.9, reasons=(("speaker", Reason(0.9, "cue said")),)
        ),
    )


def bare_commit(folder: Path, times: int) -> float:
    conn = sqlite3.connect(folder / "bare.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")
    took = milliseconds(lambda: conn.execute("INSERT INTO t (words) VALUES (?)", ("x" * 100,)), times)
    conn.close()
    return took


def edits(folder: Path, spans: int) -> tuple[float, float, float]:
    """Confirming a suggestion, changing a statement, opening the layer; beside `spans` others."""
    with Project.create(folder / f"edits{spans}.annot", annotator="ann") as project:
        article = next(made_articles(1, spans * 20))
        project.add_articles([article])
        statements = {s.id: s for s in (suggestion(n, n * 100) for n in range(spans // 5))}
        mentions = {
            m.id: m for m in (Mention(f"m{n}", Span(n * 20, n * 20 + 9), "GPE") for n in range(spans))
        }
        layer = Layer(
            article.id,
            "rules 1",
            LayerKind.MACHINE,
            mentions=MappingProxyType(mentions),
            statements=MappingProxyType(statements),
        )
        put = milliseconds(lambda: project.put_machine_layer(article.id, layer))
        waiting = [accepted(s, "ann", AT) for s in statements.values()]

        def do(edit: Any) -> None:
            project.do(Step("Bench", (Placed(edit, article.id, "ann"),)))

        confirm = milliseconds(lambda: do(AddStatement(waiting.pop())), min(200, len(waiting)))
        last = list(statements)[-1]
        notes = iter(range(10_000))
        change = milliseconds(lambda: do(ChangeStatement(last, (("note", str(next(notes))),))), 200)
        read = milliseconds(lambda: project.view(article.id), 5)
        print(f"    {spans} mentions, {len(statements)} statements: suggestions stored {put:.0f} ms")
        return confirm, change, read


def main(count: int = 100_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = bare_commit(folder, 300)
        print(f"bare commit of one row (WAL, FULL): {bare:.3f} ms")
        for spans in (50, 5_000):
            confirm, change, read = edits(folder, spans)
            print(f"  confirm a suggestion {confirm:.2f} ms = {confirm / bare:.1f} bare commits")
            print(f"  change a statement   {change:.2f} ms = {change / bare:.1f} bare commits")
            print(f"  read the view        {read:.1f} ms")

        Project.create(folder / "empty.annot", annotator="ann").close()
        big = folder / "big.annot"
        with Project.create(big, annotator="ann") as project:
            took = milliseconds(lambda: project.add_articles(made_articles(count, 300)))
            print(f"{count} articles of 300 words added in {took / 1000:.1f} s")
            with project.batch():
                for id in project.article_ids()[: count // 5]:
                    layer = Layer(id, "rules 1", LayerKind.MACHINE, statements={"s1": suggestion(1, 10)})
                    project.put_machine_layer(id, layer)
            for id in project.article_ids()[:500]:
                project.do(Step("Bench", (Placed(AddStatement(accepted(suggestion(1, 10), "ann", AT)), id),)))
        open_empty = milliseconds(lambda: Project.open(folder / "empty.annot").close(), 9)
        open_big = milliseconds(lambda: Project.open(big).close(), 9)
        ratio = open_big / open_empty
        print(f"open: empty {open_empty:.1f} ms, {count} articles {open_big:.1f} ms = {ratio:.1f}×")
        with Project.open(big) as project:
            for label, act in {
                "rows(), all": lambda: project.rows(),
                "rows(state=doing)": lambda: project.rows(state=State.DOING),
                "rows(query='beij 4711')": lambda: project.rows(query="4711 beij"),
                "rows(query='beijing')": lambda: project.rows(query="beijing"),
                "rows(order='title')": lambda: project.rows(order="title"),
                "counts()": project.counts,
                "ids_without_suggestions()": project.ids_without_suggestions,
                "search('warned Tokyo')": lambda: project.search("warned Tokyo"),
                "history()": project.history,
            }.items():
                print(f"{label:28} {milliseconds(act, 5):8.1f} ms")
            print(f"{'backup()':28} {milliseconds(lambda: project.backup(folder / 'copy.annot')):8.1f} ms")
            print(f"{'check()':28} {milliseconds(project.check):8.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
