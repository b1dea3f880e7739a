"""Log-linear choice: options with named features, weights from a plain table, shares that add up to one."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.suggest.lexicon import rows

Features = Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """What each feature adds to an option's weight, and the plain words that explain it."""

    values: Mapping[str, float] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    def total(self, features: Features) -> float:
        """The weight of one option."""
        values, out = self.values, 0.0
        for name, value in features.items():
            out += values.get(name, 0.0) * value
        return out

    def shares(self, options: Sequence[Features]) -> list[float]:
        """How likely each of the options is, one of them being right."""
        return softmax([self.total(o) for o in options])

    def strongest(self, features: Features) -> str:
        """The feature that speaks most for an option; empty when none does."""
        adds = ((self.values.get(name, 0.0) * value, name) for name, value in features.items())
        weight, name = max(adds, default=(0.0, ""))
        return name if weight > 0 else ""


def softmax(totals: Sequence[float]) -> list[float]:
    """How likely each of some options with these weights is."""
    highest = max(totals, default=0.0)
    odds = [math.exp(t - highest) for t in totals]
    whole = sum(odds)
    return [o / whole for o in odds]


def read(path: Path) -> Weights:
    """A table with the columns feature, weight, why."""
    lines = list(rows(path))
    return Weights(
        {row["feature"]: float(row["weight"]) for row in lines}, {row["feature"]: row["why"] for row in lines}
    )
