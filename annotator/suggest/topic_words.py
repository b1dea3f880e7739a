"""Learned words: how much likelier a topic becomes when a word or a pair of words is said. They are learned
from three plain sources: sentences with their topics, lists of words, and the cues of the scheme itself.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.suggest.lexicon import items, rows
from annotator.suggest.topic_cues import WORD, Word, written

NONE = "none"  # talk of no topic of the scheme
_LISTED, _CUE, _PAIR = (
    2.0,
    0.5,
    0.5,
)  # what a listed word, a cue and a pair count, next to a word of a sentence
_UNSEEN = 60.0  # words of no topic that every topic is given: few sightings prove little
_MOST = 4.0
_LETTERS = re.compile(r"[^\W\d_]+")
_VERBS = ("isation", "ization", "ising", "izing", "ised", "ized", "ise", "ize")  # all become "is"
_ENDINGS = (
    *("ations", "ation", "ements", "ement", "ments", "ment", "nesses", "ness", "ingly", "ings", "ing"),
    *("edly", "ies", "ied", "ers", "er", "ed", "es", "s", "ly", "e", "y"),
)
_BESIDE = frozenset({" ", "-", "–"})
_LEAST = 3  # letters that are left of a word


class Said(NamedTuple):
    """A word, or two that follow each other, as it stands in a text; `stem` is what it is known by."""

    start: int
    end: int
    stem: str


class TopicWords:
    """The learned words of one scheme. Topics that it lacks are not learned; new ones have their cues."""

    def __init__(self, scheme: LabelScheme) -> None:
        offered = scheme.offered().topics
        self._counts: dict[str, dict[str, float]] = {}
        self._sizes = dict.fromkeys([*offered, NONE], 0.0)
        for name, counts in _sightings().items():
            self._count(scheme.gone_topics.get(name) or name, counts)
        for topic in offered.values():
            text = "; ".join((topic.name, topic.definition, *topic.cues))
            self._count(topic.id, {stem: _CUE * n for stem, n in Counter(_stems(text)).items()})
        self._all = sum(self._sizes.values()) or 1.0
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}

    def _count(self, topic: str, counts: Mapping[str, float]) -> None:
        if topic not in self._sizes:
            return
        for stem, count in counts.items():
            count *= _PAIR if " " in stem else 1.0
            known = self._counts.setdefault(stem, {})
            known[topic] = known.get(topic, 0.0) + count
            self._sizes[topic] += count

    def of(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Topics that the word speaks for, each with the logarithm of how much likelier they become."""
        known = self._known.get(stem)
        if known is None:
            if stem not in self._counts:
                return ()  # not kept: a stream has ever new words
            known = self._known[stem] = tuple(self._strengths(self._counts[stem]))
        return known

    def _strengths(self, counts: dict[str, float]) -> Iterator[tuple[str, float]]:
        share = sum(counts.values()) / self._all
        for topic, count in counts.items():
            strength = math.log((count / share + _UNSEEN) / (self._sizes[topic] + _UNSEEN))
            if strength > 0:
                yield topic, min(strength, _MOST)


def said(text: str, words: list[Word] | None = None) -> list[Said]:
    """The telling words of a text in order, each pair after its second word. Names of states and plain
    words tell nothing; they and all marks part the words beside them. `words` are those written.
    """
    out: list[Said] = []
    before: Said | None = None
    for start, end, word in written(text) if words is None else words:
        stem = _telling(word)
        if not stem:
            before = None
            continue
        here = Said(start, end, stem)
        out.append(here)
        if before is not None and text[before.end : start] in _BESIDE:
            out.append(Said(before.start, end, f"{before.stem} {stem}"))
        before = here
    return out


def _stems(text: str) -> list[str]:
    """What `said` yields, without places."""
    out, before, end = [], "", 0
    for match in WORD.finditer(text):
        stem = _telling(match.group())
        if stem:
            out.append(stem)
            if before and text[end : match.start()] in _BESIDE:
                out.append(f"{before} {stem}")
        before, end = stem, match.end()
    return out


@cache
def _sightings() -> dict[str, dict[str, float]]:
    """How often each topic has each word, from the tables topic_examples.tsv and topic_words.tsv."""
    folder = paths.resources() / "cues"
    out: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows(folder / "topic_examples.tsv"):
        topics = items(row["topics"])
        for stem in dict.fromkeys(_stems(row["sentence"])):
            for topic in topics:
                out[topic][stem] += len(topics) ** -0.5
    for row in rows(folder / "topic_words.tsv"):
        counts = out[row["topic"]]
        for stem in _stems(row["words"]):
            counts[stem] += _LISTED
    return out


@lru_cache(maxsize=1 << 15)
def _telling(word: str) -> str:
    """What a word is known by; empty for one that tells nothing."""
    low = word.lower()
    if low in _plain() or word.isdigit() or (word[0].isupper() and low in states()):
        return ""
    return word if word.isupper() and len(word) > 1 else stem(low)


@cache
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in rows(paths.resources() / "cues" / "plain_words.tsv"))


@cache
def states() -> frozenset[str]:
    """Words in names of states, their people and capitals: who speaks is not what it is about."""
    cells = (cell for row in rows(paths.resources() / "actors" / "states.tsv") for cell in row.values())
    return frozenset(w.lower() for cell in cells for w in _LETTERS.findall(cell) if w[0].isupper())


def stem(word: str) -> str:
    """A lower-case word without its ending: tariffs → tariff, negotiations → negoti…; rough but steady."""
    for ending in _VERBS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)] + "is"
    if len(word) <= _LEAST:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST + 1 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if word.endswith("i") and len(word) > _LEAST else word
