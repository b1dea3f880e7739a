"""Cue words of the label scheme: where they stand in a text, and what they say for which topic."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.suggest.lexicon import rows

WEAK = 0.5  # of a common word that several topics could claim
Weights = dict[str, float]
Word = tuple[int, int, str]  # start, end, and the word itself
WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_OWNED = re.compile(r"['’]s(?!\w)")
_GAP = re.compile(r"\.? ?|[-–\s]|['’]s? ")
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class Hit:
    """A cue word in a text: where it starts, its words, and the weight it gives to topics."""

    start: int
    words: str
    cue: str
    weights: tuple[tuple[str, float], ...]


class Cues:
    """The cue words of one scheme; build it once."""

    def __init__(self, scheme: LabelScheme) -> None:
        weights: dict[str, list[str]] = {}
        for topic in scheme.topics.values():
            for written in dict.fromkeys(topic.cues):
                weights.setdefault(written, []).append(topic.id)
        self._cues: dict[str, list[_Cue]] = {}
        for text, ids in weights.items():
            words = tuple(WORD.findall(text))
            if not words:
                continue
            weight = _specificity(text) / len(ids)
            cue = _Cue(text, words, tuple(_forms(w) for w in words), tuple((t, weight) for t in ids))
            for form in cue.forms[0]:
                self._cues.setdefault(form, []).append(cue)
        self._openings: dict[str, list[_Cue]] = {}  # by the word as it is written
        for cues in self._cues.values():
            cues.sort(key=lambda c: (-len(c.words), -len(c.text), c.text))

    def hits(self, text: str, words: list[Word] | None = None) -> list[Hit]:
        """All cue words of a text, in order, the longest at each place; linear. `words` are those written."""
        words = written(text) if words is None else words
        out, free = [], 0
        for at, (start, _, word) in enumerate(words):
            cues = self._opened_by(word)
            if not cues or at < free or (cue := _fitting(cues, text, words, at)) is None:
                continue
            free = at + len(cue.words)
            end = words[free - 1][1]
            owned = _OWNED.match(text, end)
            out.append(Hit(start, text[start : owned.end() if owned else end], cue.text, cue.weights))
        return out

    def _opened_by(self, word: str) -> list["_Cue"]:
        """The cues whose first word is this one, in these capitals."""
        known = self._openings.get(word)
        if known is None:
            cues = self._cues.get(word.lower())
            if cues is None:
                return []
            known = self._openings[word] = [c for c in cues if _same_capitals(c.words[0], word)]
        return known


def written(text: str) -> list[Word]:
    """The words of a text as it writes them, and where they stand."""
    return [(*m.span(), m.group()) for m in WORD.finditer(text)]


def _fitting(cues: list["_Cue"], text: str, words: list[Word], at: int) -> "_Cue | None":
    """The first of some cues, all opened by the word at a place, whose further words follow there."""
    for cue in cues:
        if len(cue.words) == 1 or cue.goes_on(text, words[at : at + len(cue.words)]):
            return cue
    return None


@dataclass(frozen=True)
class _Cue:
    """A cue: its words, the lower-case forms each may take in a text, and the topics it speaks for."""

    text: str
    words: tuple[str, ...]
    forms: tuple[frozenset[str], ...]
    weights: tuple[tuple[str, float], ...]

    def goes_on(self, text: str, here: list[Word]) -> bool:
        """Do the words after the first say the cue, in its capitals, with no more than a space between?"""
        if len(here) < len(self.words):
            return False
        for n in range(1, len(here)):
            start, _, word = here[n]
            if word.lower() not in self.forms[n] or not _same_capitals(self.words[n], word):
                return False
            if not _GAP.fullmatch(text, here[n - 1][1], start):
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
    out: Weights = {}
    seen: dict[str, int] = {}
    for hit in hits:
        times = seen[hit.cue] = seen.get(hit.cue, 0) + 1
        for topic, weight in hit.weights:
            out[topic] = out.get(topic, 0.0) + weight / times
    return out


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
