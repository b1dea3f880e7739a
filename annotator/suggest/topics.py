"""Topics: the scheme's cue words over content, sentence, headline and article, scored by specificity."""

import re
from collections import Counter
from dataclasses import dataclass

from annotator.domain.scheme import LabelScheme

# Weights of the places where a topic's words stand, set on held-out articles.
OWN, NEAR, ARTICLE, BEFORE, FURTHER = 1.0, 0.15, 6.0, 1.0, 0.4
_ENDINGS = r"(?:s|es|d|ed|ing|'s|’s|al|ian|ies)?"


@dataclass(frozen=True)
class Ranked:
    """Topic ids, likeliest first, each with its weight; `cue` is the word that decided for the first."""

    topics: tuple[tuple[str, float], ...]
    cue: str = ""


class Topics:
    """Scores topics of one scheme; build it once."""

    def __init__(self, scheme: LabelScheme) -> None:
        self._max = scheme.max_topics
        self._weights: dict[str, list[tuple[str, float]]] = {}
        for topic in scheme.topics.values():
            if topic.retired:
                continue
            for cue in topic.cues:
                self._weights.setdefault(cue.lower(), []).append((topic.id, _specificity(cue)))
        words = sorted(self._weights, key=len, reverse=True)
        self._pattern = (
            re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))}){_ENDINGS}(?!\w)", re.IGNORECASE)
            if words
            else None
        )

    def count(self, text: str) -> Counter[str]:
        """Weight of each topic in a text."""
        out: Counter[str] = Counter()
        for topic, weight, _ in self._hits(text):
            out[topic] += weight  # type: ignore[assignment] - weights are no whole numbers
        return out

    def _hits(self, text: str) -> list[tuple[str, float, str]]:
        if self._pattern is None:
            return []
        found = []
        seen: Counter[str] = Counter()
        for match in self._pattern.finditer(text):
            cue = match.group(1).lower()
            seen[cue] += 1
            share = self._weights[cue]
            for topic, weight in share:
                found.append((topic, weight / len(share) / seen[cue], match.group(1)))
        return found

    def share(self, text: str) -> Counter[str]:
        """Share of each topic in all that a text's words say; what the article is about."""
        counts = self.count(text)
        total = sum(counts.values()) or 1.0
        return Counter({topic: weight / total for topic, weight in counts.items()})  # type: ignore[misc]

    def rank(self, content: str, around: str, article: Counter[str], before: Counter[str]) -> Ranked:
        """At most three topics, most specific first: by words of the content, then of the words around
        it, the article's own topics, and those of the statement before. A further topic only with
        words of its own in the content.
        """
        hits = self._hits(content)
        own: Counter[str] = Counter()
        for topic, weight, _ in hits:
            own[topic] += weight  # type: ignore[assignment]
        near = self.count(around)
        total = {
            t: OWN * own[t] + NEAR * min(near[t], 3.0) + ARTICLE * article[t] + BEFORE * before[t]
            for t in {*own, *near, *article, *before}
        }
        order = sorted(total, key=lambda t: (-total[t], t))
        if not order:
            return Ranked(())
        first = order[0]
        kept = [first, *(t for t in order[1:] if own[t] >= 1 and total[t] >= FURTHER * total[first])]
        cue = next((word for topic, _, word in hits if topic == first), "")
        return Ranked(tuple((t, total[t]) for t in kept[: self._max]), cue)


def _specificity(cue: str) -> float:
    """Names and phrases say more than single common words."""
    words = len(cue.split())
    named = any(c.isupper() for c in cue)
    return 1.0 + 0.6 * (words - 1) + (0.5 if named else 0.0)
