"""Fits resources/cues/act_weights.tsv to statements marked by hand, and says how well it does on articles
left out: `python -m tests.bench.fit_acts [--write] MARKED.jsonl …`.
"""

import argparse
from pathlib import Path

import numpy as np

from annotator import paths
from annotator.suggest import acts
from annotator.suggest.loglinear import Weights
from tests.bench.fitting import Choice, Read, features, fit, parsed, read, write

_TABLE = paths.resources() / "cues" / "act_weights.tsv"


def choices(article: Read) -> list[Choice]:
    """The choices of one article."""
    _, _, seen = article.pass_over()
    out = []
    for statement in seen:
        marked = {p.act for p in statement.pieces if p.act}
        told = list(acts.told(statement.content))
        options = acts.options(statement.draft.act, statement.content, told)
        if marked & options.keys():
            share = [float(act in marked) for act in options]
            right = [s / sum(share) for s in share]
            count = len(statement.pieces)
            out.append(Choice(list(options.values()), right, count, list(options), frozenset(marked)))
    return out


def right(found: list[Choice], weighing: Weights) -> np.ndarray:
    """How many of the choices these weights make as marked, and how many there are."""
    total = np.zeros(2)
    for choice in found:
        shares = weighing.shares(choice.options)
        best = choice.labels[shares.index(max(shares))]
        total += choice.weight * np.array([best in choice.answer, 1])
    return total


def main() -> None:
    """Fit, print, and write when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, nargs="+", help="JSON lines with statements marked by hand")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args()
    why = acts.weights().why
    sets = {path: [choices(a) for a in parsed(read([path]))] for path in options.marked}
    articles = [found for articles in sets.values() for found in articles]
    names = features(c for found in articles for c in found)
    values = fit([c for found in articles for c in found], names)

    def weighing(of: np.ndarray) -> Weights:
        return Weights(dict(zip(names, map(float, of), strict=True)), why)

    for path, found in sets.items():
        seen, unseen = np.zeros(2), np.zeros(2)
        for one in found:
            others = [c for other in articles if other is not one for c in other]
            seen += right(one, weighing(values))
            unseen += right(one, weighing(fit(others, names, values, steps=3)))
        print(f"{path.name}: seen {_share(seen)}, left out {_share(unseen)} of {seen[1]:.0f}")
    if options.write:
        write(weighing(values), _TABLE)


def _share(total: np.ndarray) -> str:
    return f"{100 * total[0] / max(1.0, total[1]):.1f} %"


if __name__ == "__main__":
    main()
