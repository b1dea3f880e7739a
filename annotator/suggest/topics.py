"""Topics: the scheme's cue words over content, the words around it and the article, scored by specificity."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span

# Weights of the places where a topic's words stand, chosen on articles marked by hand.
OWN, NEAR, ARTICLE, BEFORE, FURTHER = 1.0, 0.15, 6.0, 1.0, 0.4
Weights = defaultdict[str, float]
_ENDINGS = ("s", "es", "d", "ed", "ing", "'s", "’s", "al", "ian", "ies")
_WORD = re.compile(r"[^\W_][\w.&+-]*")
_MOST_NEAR = 3.0


@dataclass(frozen=True)
class Ranked:
    """Topic ids, likeliest first, each with its weight; `cue` is the word that decided for the first."""

    topics: tuple[tuple[str, float], ...]
    cue: str = ""


@dataclass(frozen=True)
class Hit:
    """A cue word in a text: where it starts, its words, and the weight it gives to topics."""

    start: int
    words: str
    cue: str
    weights: tuple[tuple[str, float], ...]


class Topics:
    """The cue words of one scheme; build it once."""

    def __init__(self, scheme: LabelScheme) -> None:
        self.most = scheme.max_topics
        weights: dict[str, list[tuple[str, float]]] = {}
        for topic in scheme.topics.values():
            for cue in () if topic.retired else topic.cues:
                weights.setdefault(cue.lower(), []).append((topic.id, _specificity(cue)))
        self._weights = {c: tuple((t, w / len(ts)) for t, w in ts) for c, ts in weights.items()}
        self._by_word: dict[str, list[str]] = {}
        for cue in sorted(weights, key=len, reverse=True):
            first = _WORD.match(cue)
            if first is not None:
                self._by_word.setdefault(first.group(), []).append(cue)

    def hits(self, text: str) -> list[Hit]:
        """All cue words of a text, in order, the longest at each place; linear."""
        lower, out, end = text.lower(), [], 0
        if len(lower) != len(text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        for match in _WORD.finditer(lower):
            if match.start() < end:
                continue
            found = self._at(lower, match)
            if found is not None:
                cue, end = found
                out.append(Hit(match.start(), text[match.start() : end], cue, self._weights[cue]))
        return out

    def _at(self, lower: str, match: re.Match[str]) -> tuple[str, int] | None:
        word, start = match.group(), match.start()
        for first in (word, *_stems(word)):
            for cue in self._by_word.get(first, ()):
                if lower.startswith(cue, start) and (end := _word_end(lower, start + len(cue))) is not None:
                    return cue, end
        return None


def _stems(word: str) -> Iterator[str]:
    word = word.rstrip(".-")
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)]


def _word_end(lower: str, end: int) -> int | None:
    """End of the word after a cue when nothing but a usual ending follows, else None."""
    stop = end
    while stop < len(lower) and (
        lower[stop].isalnum() or (lower[stop] in "'’" and lower[stop + 1 : stop + 2] == "s")
    ):
        stop += 1
    return stop if stop == end or lower[end:stop] in _ENDINGS else None


def weights(hits: Iterable[Hit]) -> Weights:
    """Weight of each topic; a word said again counts less each time."""
    out: Weights = defaultdict(float)
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.cue] += 1
        for topic, weight in hit.weights:
            out[topic] += weight / seen[hit.cue]
    return out


class Ranking:
    """Ranks topics for the statements of one text, in order."""

    def __init__(self, topics: Topics, text: str, head: str) -> None:
        """`head` is headline and lead, which say twice what the article is about."""
        self._most = topics.most
        self._hits = topics.hits(text)
        self._starts = [h.start for h in self._hits]
        heading = topics.hits(head)
        counts = weights([*self._hits, *heading, *heading])
        total = sum(counts.values()) or 1.0
        self._about = {topic: weight / total for topic, weight in counts.items()}
        self._before: tuple[str, ...] = ()

    def of(self, content: Iterable[Span], around: Span) -> Ranked:
        """At most three topics: by words of the content, then of the words around it, of the whole
        article, and those of the statement before. A further topic only with words of its own in the
        content.
        """
        hits = [h for span in content for h in self._within(span)]
        own, near = weights(hits), weights(self._within(around))
        total = {
            t: OWN * own[t]
            + NEAR * min(near[t], _MOST_NEAR)
            + ARTICLE * self._about.get(t, 0.0)
            + BEFORE * (t in self._before)
            for t in {*own, *near, *self._about, *self._before}
        }
        order = sorted(total, key=lambda t: (-total[t], t))
        if not order:
            return Ranked(())
        first = order[0]
        kept = [first, *(t for t in order[1:] if own[t] >= 1 and total[t] >= FURTHER * total[first])]
        self._before = tuple(kept[: self._most])
        cue = next((h.words for h in hits if first in dict(h.weights)), "")
        return Ranked(tuple((t, total[t]) for t in self._before), cue)

    def _within(self, span: Span) -> list[Hit]:
        return self._hits[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _specificity(cue: str) -> float:
    """Names and phrases say more than single common words."""
    named = any(c.isupper() for c in cue)
    return 1.0 + 0.6 * (len(cue.split()) - 1) + (0.5 if named else 0.0)
