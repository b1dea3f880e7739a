"""Near-copies: articles that are mostly the same words, grouped and never dropped.

Every article is cut into runs of words (shingles). The smallest hash in each of a fixed number
of bins is its sketch; articles that share a band of the sketch are compared by all their shingles.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from zlib import crc32

RUN = 4  # words in a shingle
BINS = 96  # positions of a sketch
BAND = 3  # positions that must agree: at half the words alike, 98 in 100 pairs are compared
ALIKE = 0.5  # shared part of all shingles from which two articles are near-copies

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # CJK has no spaces
_MASK = 0xFFFFFFFF
_EMPTY = _MASK + 1


class Grouping:
    """Groups articles step by step: `add` each once, drive `link` to its end, ask for `groups`."""

    def __init__(self) -> None:
        self._shingles: dict[str, array[int]] = {}
        self._hashes: dict[str, int] = {}
        self._leader: dict[str, str] = {}

    def add(self, id: str, text: str) -> None:
        """One more article."""
        self._shingles[id] = array("I", sorted(set(_shingles(text, self._hashes))))
        self._leader[id] = id

    def link(self) -> Iterator[int]:
        """Compare the articles; yields how many have been compared with those before them."""
        leader = self._leader
        for n, pairs in enumerate(_candidates(self._shingles)):
            yield n
            for a, b in pairs:
                one, other = _lead(leader, a), _lead(leader, b)
                if one != other and alike(self._shingles[a], self._shingles[b]) >= ALIKE:
                    leader[max(one, other)] = min(one, other)

    def groups(self) -> dict[str, str]:
        """Group id of each article id; articles of one group are linked by near-copies, and its id
        is the smallest of theirs.
        """
        return {id: _lead(self._leader, id) for id in self._shingles}


def groups(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The groups of (id, text) pairs, which may come in any order with the same answer."""
    grouping = Grouping()
    for id, text in texts:
        grouping.add(id, text)
    for _ in grouping.link():
        pass
    return grouping.groups()


def alike(a: "array[int]", b: "array[int]") -> float:
    """Shared part of all shingles of two articles, 0..1 (Jaccard)."""
    both = len(set(a).intersection(b))
    return both / (len(a) + len(b) - both) if both else 0.0


def _shingles(text: str, hashes: dict[str, int]) -> Iterator[int]:
    """32-bit hashes of all runs of words; a text shorter than a run is one shingle."""
    words = _WORD.findall(text.casefold())
    for word in words:
        if word not in hashes:
            hashes[word] = crc32(word.encode())
    run = 0
    numbers = [hashes[word] for word in words]
    if len(numbers) < RUN:
        if numbers:
            yield crc32(repr(numbers).encode())
        return
    for a, b, c, d in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        run = (a * 0x9E3779B1 + b * 0x85EBCA6B + c * 0xC2B2AE35 + d * 0x27D4EB2F) & _MASK
        run ^= run >> 15
        yield (run * 0x2C1B3C6D) & _MASK


def _sketch(shingles: "array[int]") -> list[int]:
    """Smallest hash of each bin; an empty bin borrows from the next one that is not."""
    smallest = [_EMPTY] * BINS
    for value in shingles:
        place = value % BINS
        smallest[place] = min(smallest[place], value)
    if not shingles:
        return []
    last = _EMPTY
    for place in (*reversed(range(BINS)), *reversed(range(BINS))):
        if smallest[place] == _EMPTY:
            smallest[place] = last
        last = smallest[place]
    return smallest


def _candidates(shingles: "dict[str, array[int]]") -> Iterator[list[tuple[str, str]]]:
    """Pairs worth comparing, an article at a time: it and the smallest and the previous id of its buckets."""
    buckets: dict[tuple[int, ...], tuple[str, str]] = {}
    for id in sorted(shingles):
        sketch, met = _sketch(shingles[id]), set()
        for at in range(0, len(sketch), BAND):
            key = (at, *sketch[at : at + BAND])
            first, last = buckets.get(key, (id, id))
            buckets[key] = (first, id)
            met |= {first, last} - {id}
        yield [(other, id) for other in sorted(met)]


def _lead(leader: dict[str, str], id: str) -> str:
    while leader[id] != id:
        leader[id] = leader[leader[id]]
        id = leader[id]
    return id
