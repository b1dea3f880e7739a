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


def groups(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Group id of each article id; articles of one group are linked by near-copies, and its id
    is the smallest of theirs. Takes (id, text) pairs in any order, with the same answer.
    """
    shingles: dict[str, array[int]] = {}
    hashes: dict[str, int] = {}
    for id, text in texts:
        shingles[id] = array("I", sorted(set(_shingles(text, hashes))))
    leader = {id: id for id in shingles}
    for a, b in _candidates(shingles):
        one, other = _lead(leader, a), _lead(leader, b)
        if one != other and alike(shingles[a], shingles[b]) >= ALIKE:
            leader[max(one, other)] = min(one, other)
    return {id: _lead(leader, id) for id in shingles}


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


def _candidates(shingles: "dict[str, array[int]]") -> Iterator[tuple[str, str]]:
    """Pairs worth comparing: each article with the smallest and the previous id of its bucket."""
    buckets: dict[tuple[int, ...], tuple[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for id in sorted(shingles):
        sketch = _sketch(shingles[id])
        for at in range(0, len(sketch), BAND):
            key = (at, *sketch[at : at + BAND])
            first, last = buckets.get(key, (id, id))
            buckets[key] = (first, id)
            for other in {first, last} - {id}:
                if (other, id) not in seen:
                    seen.add((other, id))
                    yield other, id


def _lead(leader: dict[str, str], id: str) -> str:
    while leader[id] != id:
        leader[id] = leader[leader[id]]
        id = leader[id]
    return id
