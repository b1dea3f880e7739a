"""Topics: the scheme's cue words over content, the words around it and the article, scored by specificity."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.suggest.lexicon import rows

# Weights of the places where a topic's words stand, chosen on articles marked by hand.
OWN, SENTENCE, NEAR, ARTICLE, BEFORE, FURTHER = 1.0, 0.2, 0.05, 6.0, 0.3, 0.35
UNSURE = 0.65  # a second topic that weighs this share of the first is offered too
LEAST = 0.8  # a topic that weighs less is none
SMOOTH = 8.0  # so much weight of no topic in each article: few words say little
WEAK = 0.5  # of a common word that several topics could claim
Weights = defaultdict[str, float]
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_OWNED = re.compile(r"['’]s(?!\w)")
_GAP = re.compile(r"\.? ?|[-–\s]|['’]s? ")
_MOST_NEAR = 3.0
_VOWELS = frozenset("aeiou")


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
        weights: dict[str, list[str]] = {}
        for topic in scheme.topics.values():
            for written in () if topic.retired else dict.fromkeys(topic.cues):
                weights.setdefault(written, []).append(topic.id)
        self._cues: dict[str, list[_Cue]] = {}
        for text, ids in weights.items():
            words = tuple(_WORD.findall(text))
            if not words:
                continue
            weight = _specificity(text) / len(ids)
            cue = _Cue(text, words, tuple(_forms(w) for w in words), tuple((t, weight) for t in ids))
            for form in cue.forms[0]:
                self._cues.setdefault(form, []).append(cue)
        for cues in self._cues.values():
            cues.sort(key=lambda c: (-len(c.words), -len(c.text), c.text))

    def hits(self, text: str) -> list[Hit]:
        """All cue words of a text, in order, the longest at each place; linear."""
        words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
        out, at = [], 0
        while at < len(words):
            cue = self._at(text, words, at)
            if cue is None:
                at += 1
                continue
            start, end = words[at][0], words[at + len(cue.words) - 1][1]
            owned = _OWNED.match(text, end)
            out.append(Hit(start, text[start : owned.end() if owned else end], cue.text, cue.weights))
            at += len(cue.words)
        return out

    def _at(self, text: str, words: list[tuple[int, int, str]], at: int) -> "_Cue | None":
        for cue in self._cues.get(words[at][2].lower(), ()):
            here = words[at : at + len(cue.words)]
            if len(here) == len(cue.words) and cue.fits(text, here):
                return cue
        return None


@dataclass(frozen=True)
class _Cue:
    """A cue: its words, the lower-case forms each may take in a text, and the topics it speaks for."""

    text: str
    words: tuple[str, ...]
    forms: tuple[frozenset[str], ...]
    weights: tuple[tuple[str, float], ...]

    def fits(self, text: str, here: list[tuple[int, int, str]]) -> bool:
        """Do these words say the cue, in its own capitals, with no more than a space between them?"""
        for n, (start, _, word) in enumerate(here):
            if word.lower() not in self.forms[n] or not _same_capitals(self.words[n], word):
                return False
            if n and not _GAP.fullmatch(text, here[n - 1][1], start):
                return False
        return True


def _same_capitals(cue: str, word: str) -> bool:
    """Names are written as names: WHO is not "who", and the Quad no quad."""
    if len(cue) > 1 and cue.isupper():
        return word.rstrip("s").isupper()
    return not cue[0].isupper() or word[0].isupper()


def _forms(word: str) -> frozenset[str]:
    """What a cue's word may look like: a singular also as a plural, a base form also inflected; a
    name also as an adjective.
    """
    low = word.lower()
    if word[0].isupper() and not word.isupper():
        return frozenset((low, low + "n", low + "an", low + "ian", low + "s"))
    if len(low) < 3 or low.endswith(("s", "ed", "ing")):
        return frozenset((low,))
    if low.endswith("e"):
        return frozenset((low, low + "s", low + "d", low[:-1] + "ing"))
    if low.endswith("y") and low[-2] not in _VOWELS:
        return frozenset((low, low[:-1] + "ies", low[:-1] + "ied", low + "ing"))
    doubled = low + low[-1]
    return frozenset((low, low + "s", low + "es", low + "ed", low + "ing", doubled + "ed", doubled + "ing"))


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
        total = sum(counts.values()) + SMOOTH
        self._about = {topic: weight / total for topic, weight in counts.items()}
        self._before: tuple[str, ...] = ()

    def of(self, content: Iterable[Span], around: Span, sentence: Span | None = None) -> Ranked:
        """At most three topics: by words of the content, then of its sentence, of the words around it, of
        the whole article, and those of the statement before. A further topic only with words of its own
        in the content, or when it is as likely as the first.
        """
        hits = [h for span in content for h in self._within(span)]
        own, near = weights(hits), weights(self._within(around))
        said = weights(self._within(sentence)) if sentence is not None else own
        total = {
            t: OWN * own[t]
            + SENTENCE * min(said[t], _MOST_NEAR)
            + NEAR * min(near[t], _MOST_NEAR)
            + ARTICLE * self._about.get(t, 0.0)
            + BEFORE * (t in self._before)
            for t in {*own, *said, *near, *self._about, *self._before}
        }
        order = sorted(total, key=lambda t: (-total[t], t))
        if not order or total[order[0]] < LEAST:
            self._before = ()
            return Ranked(())
        first = order[0]
        kept = [
            first,
            *(
                t
                for t in order[1:]
                if total[t] >= (FURTHER if own[t] >= 1 else UNSURE) * total[first] and total[t] >= LEAST
            ),
        ]
        self._before = tuple(kept[: self._most])
        cue = next((h.words for h in hits if first in dict(h.weights)), "")
        return Ranked(tuple((t, total[t]) for t in self._before), cue)

    def _within(self, span: Span) -> list[Hit]:
        return self._hits[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


@cache
def _weak() -> frozenset[str]:
    """Common words that say little of a topic by themselves, from resources/cues/weak_topics.tsv."""
    return frozenset(row["word"] for row in rows(paths.resources() / "cues" / "weak_topics.tsv"))


def _specificity(cue: str) -> float:
    """Names and phrases say more than single common words."""
    if cue in _weak():
        return WEAK
    named = any(c.isupper() for c in cue)
    return 1.0 + 0.6 * (len(cue.split()) - 1) + (0.5 if named else 0.0)
