"""Fits resources/cues/target_weights.tsv to statements marked by hand, and says how well it does on articles
left out: `python -m tests.bench.fit_targets [--write] MARKED.jsonl …`.

Later statements lean on the targets of earlier ones, so the weights are fitted in rounds: each round reads
the articles with the weights of the round before.
"""

import argparse
from pathlib import Path

import numpy as np

from annotator import paths
from annotator.suggest import loglinear
from annotator.suggest.candidates import NOBODY, Candidate
from annotator.suggest.loglinear import Weights
from annotator.suggest.targets import Targets, weights
from tests.bench.fitting import Choice, Read, features, fit, parsed, plain, read, write

_ROUNDS = 4
_TABLE = paths.resources() / "cues" / "target_weights.tsv"


def choices(article: Read, weighing: Weights) -> list[tuple[Choice, frozenset[str]]]:
    """The choices of one article, read with some weights; and the names that these weights choose."""
    chains, resolver, seen = article.pass_over()
    targets = Targets(article.reading, chains, resolver, weighing)
    out = []
    for statement in seen:
        ranked = targets.ranked(statement.draft, statement.speakers, statement.act)
        if not statement.pieces:
            continue
        name = {c.id: plain(chains.actor(c.id).name) for _, c in ranked}
        chosen = frozenset(name[t.actor] for t in targets.chosen(ranked).targets if t.actor)
        meant = frozenset().union(*(p.targets for p in statement.pieces))
        options = [c for _, c in ranked]
        out.append((_choice(options, name, meant, len(statement.pieces)), chosen))
    return out


def _choice(options: list[Candidate], name: dict[str, str], meant: frozenset[str], count: int) -> Choice:
    right = [float(not meant if c.id == NOBODY else name[c.id] in meant) for c in options]
    total = sum(right)
    return Choice(
        [dict(c.features) for c in options],
        [r / total if total else 0.0 for r in right],
        count if total else 0.0,
        [c.id for c in options],
        meant,
    )


def fitted(articles: list[Read], weighing: Weights, rounds: int = _ROUNDS) -> Weights:
    """Weights for these articles."""
    for _ in range(rounds):
        found = [c for a in articles for c, _ in choices(a, weighing)]
        names = features(found)
        values = fit(found, names)
        weighing = Weights({n: float(v) for n, v in zip(names, values, strict=True)}, weighing.why)
    return weighing


def left_out(articles: list[Read], weighing: Weights) -> dict[str, np.ndarray]:
    """Per article, counted on weights that have not seen it: right, marked, chosen, agreeing, all."""
    found = [[c for c, _ in choices(a, weighing)] for a in articles]
    names = list(weighing.values)
    start = np.array(list(weighing.values.values()))
    out = {}
    for i, article in enumerate(articles):
        others = [c for k, cs in enumerate(found) if k != i for c in cs]
        values = fit(others, names, start, steps=2)
        unseen = Weights(dict(zip(names, map(float, values), strict=True)), weighing.why)
        out[article.marked.name] = counted(choices(article, unseen))
    return out


def counted(found: list[tuple[Choice, frozenset[str]]]) -> np.ndarray:
    """Right, marked, chosen targets; statements with at least one right; statements."""
    total = np.zeros(5)
    for choice, chosen in found:
        meant = choice.answer
        agrees = bool(meant & chosen) or meant == chosen
        total += np.array([len(meant & chosen), len(meant), len(chosen), agrees, 1])
    return total


def told(total: np.ndarray) -> str:
    """F1, precision and recall over names; share of statements with a right target."""
    right, marked, chosen, agrees, n = total
    return (
        f"F1 {100 * 2 * right / max(1, marked + chosen):.1f} "
        f"(P {100 * right / max(1, chosen):.0f}, R {100 * right / max(1, marked):.0f}), "
        f"one right {100 * agrees / max(1, n):.1f} of {n:.0f}"
    )


def main() -> None:
    """Fit, print, and write when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, nargs="+", help="JSON lines with statements marked by hand")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args()
    shipped = weights() if _TABLE.exists() else loglinear.Weights()
    sets = {path: parsed(read([path])) for path in options.marked}
    articles = [a for found in sets.values() for a in found]
    weighing = fitted(articles, Weights({}, shipped.why))
    without = left_out(articles, weighing)
    for path, found in sets.items():
        seen = sum((counted(choices(a, weighing)) for a in found), np.zeros(5))
        unseen = sum((without[a.marked.name] for a in found), np.zeros(5))
        print(f"{path.name}: seen {told(seen)}; left out {told(unseen)}")
    print(f"all, left out: {told(sum(without.values(), np.zeros(5)))}")
    if options.write:
        write(weighing, _TABLE)


if __name__ == "__main__":
    main()
