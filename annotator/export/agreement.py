"""How far people agree who did the same articles: statements found, roles of those both found, and
Krippendorff's alpha of their topics.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from annotator.domain.actors import Actors
from annotator.domain.layer import Layer, State
from annotator.domain.spans import likeness
from annotator.domain.statement import Decision, Statement

SAME = 0.5  # likeness from which two people's statements are the same one

Pair = tuple[Statement, Statement]


@dataclass
class Tally:
    """What two people agreed on, added up over articles. Counts are of statements."""

    articles: int = 0
    statements: int = 0  # of both together
    exact: int = 0
    alike: int = 0
    speaker: int = 0
    target: int = 0
    topic: int = 0
    topic_pairs: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Rounded shares; None where nothing can be said."""
        return {
            "articles": self.articles,
            "statements": self.statements,
            "f1_exact": _share(2 * self.exact, self.statements),
            "f1_alike": _share(2 * self.alike, self.statements),
            "same_speaker": _share(self.speaker, self.alike),
            "same_targets": _share(self.target, self.alike),
            "same_topics": _share(self.topic, self.alike),
            "alpha_topics": alpha(self.topic_pairs),
        }


class Agreement:
    """Agreement of every two people, article by article. Only articles that both have done count."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self.pairs: dict[tuple[str, str], Tally] = {}

    def add(self, layers: Iterable[Layer]) -> float | None:
        """Count the layers of one article; their mean F1 of like statements, None for fewer than two."""
        done = sorted((x for x in layers if x.state is State.DONE), key=lambda x: x.annotator)
        scores = [self._compare(a, b) for a, b in combinations(done, 2)]
        return sum(scores) / len(scores) if scores else None

    def _compare(self, a: Layer, b: Layer) -> float:
        tally = self.pairs.setdefault((a.annotator, b.annotator), Tally())
        ours, theirs = _decided(a), _decided(b)
        tally.articles += 1
        tally.statements += len(ours) + len(theirs)
        tally.exact += (Counter(s.spans for s in ours) & Counter(s.spans for s in theirs)).total()
        matched = list(match(ours, theirs))
        tally.alike += len(matched)
        for one, other in matched:
            tally.speaker += self._speaker(one) == self._speaker(other)
            tally.target += self._targets(one) == self._targets(other)
            topics = _topics(one), _topics(other)
            tally.topic += topics[0] == topics[1]
            tally.topic_pairs.append(topics)
        return 2 * len(matched) / (len(ours) + len(theirs)) if ours or theirs else 1.0

    def _speaker(self, s: Statement) -> tuple[bool, frozenset[str]]:
        return s.speaker.not_stated, frozenset(self._actors.resolve(a).id for a in s.speaker.actors)

    def _targets(self, s: Statement) -> tuple[bool, frozenset[str]]:
        return s.no_target, frozenset(self._actors.resolve(t.actor).id for t in s.targets if t.actor)


def match(ours: Sequence[Statement], theirs: Sequence[Statement]) -> Iterator[Pair]:
    """Pairs of like statements, the likest first, each statement in one pair at most."""
    scored = [
        (-score, a.spans, b.spans, a.id, b.id, a, b)
        for a in ours
        for b in theirs
        if (score := likeness(a.spans, b.spans)) >= SAME
    ]
    taken: set[tuple[int, str]] = set()
    for *_, a, b in sorted(scored, key=lambda x: x[:5]):
        if (0, a.id) not in taken and (1, b.id) not in taken:
            taken |= {(0, a.id), (1, b.id)}
            yield a, b


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Krippendorff's alpha (nominal) over units that two people judged; None without variation.

    One minus observed over expected disagreement, Krippendorff, Content Analysis (2004), ch. 11.
    """
    counts = Counter(value for pair in pairs for value in pair)
    n = counts.total()
    expected = n * n - sum(c * c for c in counts.values())
    if not expected:
        return None
    observed = 2 * sum(a != b for a, b in pairs)
    return round(1 - (n - 1) * observed / expected, 3)


def _decided(layer: Layer) -> list[Statement]:
    kept = (Decision.CONFIRMED, Decision.CORRECTED)
    return [s for s in layer.ordered_statements() if s.decision in kept]


def _topics(s: Statement) -> frozenset[str]:
    return frozenset(s.topics or (("none",) if s.no_topic else ()))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
