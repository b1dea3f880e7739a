"""Fits resources/cues/topic_weights.tsv to statements marked by hand, and says how well it does on articles
left out: `python -m tests.bench.fit_topics [--write] MARKED.jsonl …`.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from annotator import paths
from annotator.domain.record import from_record
from annotator.domain.spans import Span
from annotator.suggest.analysis import default_scheme
from annotator.suggest.loglinear import Weights
from annotator.suggest.topic_words import NONE
from annotator.suggest.topics import Ranking, Topics, place_weights
from tests.bench.fitting import Choice, fit, write

_TABLE = paths.resources() / "cues" / "topic_weights.tsv"
_BINS = 5


@dataclass(frozen=True)
class Marked:
    """One article: its text, and the spans and topics of its statements."""

    name: str
    text: str
    statements: tuple[tuple[tuple[Span, ...], frozenset[str]], ...]


def read(path: Path) -> list[Marked]:
    """Articles of JSON lines: records as the program exports them, or rows with "quotes"."""
    lines = filter(None, path.read_text(encoding="utf-8").split("\n"))
    return [_flat(row) if "quotes" in row else _record(row) for row in map(json.loads, lines)]


def _flat(row: dict) -> Marked:  # type: ignore[type-arg]
    statements = [((Span(q["start"], q["end"]),), frozenset(q.get("topics") or ())) for q in row["quotes"]]
    return Marked(row["id"], row["text"], tuple(statements))


def _record(row: dict) -> Marked:  # type: ignore[type-arg]
    record = from_record(row)
    statements = [(s.spans, frozenset(s.topics)) for s in record.layer.ordered_statements()]
    return Marked(row["id"], record.article.text, tuple(statements))


def choices(topics: Topics, article: Marked) -> list[Choice]:
    """What there is to choose from for each statement; articles count with the root of their length."""
    ranking = Ranking(topics, article.text)
    return [
        _choice(ranking, spans, meant, len(article.statements) ** -0.5) for spans, meant in article.statements
    ]


def _choice(ranking: Ranking, spans: tuple[Span, ...], meant: frozenset[str], weight: float) -> Choice:
    options = ranking.options(spans)
    right = [float(t in meant or (t == NONE and not meant)) for t in options]
    total = sum(right)
    return Choice(
        [dict(o) for o in options.values()], [r / (total or 1) for r in right], weight * bool(total)
    )


def fitted(found: list[Choice]) -> Weights:
    """Weights under which the right topics are likeliest."""
    names = list(place_weights().values)
    values = fit(found, names)
    return Weights(dict(zip(names, map(float, values), strict=True)), place_weights().why)


def counted(topics: Topics, article: Marked, weighing: Weights) -> list[tuple[bool, int, int, float]]:
    """For each statement: a topic right (or none, rightly); topics right and given; its score."""
    ranking, out = Ranking(topics, article.text, weighing=weighing), []
    for spans, meant in article.statements:
        ranked = ranking.of(spans)
        given = {t for t, _ in ranked.topics}
        out.append((bool(given & meant) or given == meant, len(given & meant), len(given), ranked.score))
    return out


def told(rows: list[tuple[bool, int, int, float]]) -> str:
    """Share of statements with a right topic, topics given for each, share of those that are right."""
    right, hits, given = (sum(r[i] for r in rows) for i in range(3))
    n = max(1, len(rows))
    return f"{100 * right / n:.1f} of {n}, {given / n:.2f} given, {100 * hits / max(1, given):.0f} % right"


def main() -> None:
    """Fit, print, and write when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, nargs="+", help="JSON lines with statements marked by hand")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args()
    topics = Topics(default_scheme())
    sets = {path: [a for a in read(path) if a.statements] for path in options.marked}
    found = {a.name: choices(topics, a) for articles in sets.values() for a in articles}
    weighing, unseen = fitted([c for cs in found.values() for c in cs]), []
    for path, articles in sets.items():
        seen = [row for a in articles for row in counted(topics, a, weighing)]
        left = []
        for a in articles:
            others = [c for name, cs in found.items() if name != a.name for c in cs]
            left += counted(topics, a, fitted(others))
        unseen += left
        print(f"{path.name}: seen {told(seen)}; left out {told(left)}")
    print(f"all, left out: {told(unseen)}")
    for some in np.array_split(np.array(sorted(unseen, key=lambda r: r[3]), dtype=float), _BINS):
        print(f"  score {some[:, 3].mean():.2f}: right {some[:, 0].mean():.2f}")
    print(weighing.values)
    if options.write:
        write(weighing, _TABLE)


if __name__ == "__main__":
    main()
