"""The words of a content as acts are learned from them: each word and each pair, small ones (will, not, must,
we) as they stand, others without their endings; states, names and numbers are one word each.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from annotator import paths
from annotator.suggest.lexicon import rows
from annotator.suggest.topic_words import states, stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*|[?%$]")
_OPENS = re.compile(r"(?:^|[.!?:;…—])[\s\"“”‘’'«»()\[\]–-]*$")
STATE, NAME, NUMBER = "STATE", "NAME", "NUMBER"
_BARE = {"ca": "can", "wo": "will", "sha": "will"}  # before n't
_SHORT = {"ll": ("will",), "re": ("are",), "ve": ("have",), "m": ("am",), "d": ("would",), "s": ()}
_SAYING = frozenset(
    {"will", "would", "must", "should", "can", "could", "need", "let", "if", "unless", "until"}
)
_SAYING |= {"not", "never", "no"}
_BACK = 8  # characters before a word that show whether a sentence opens with it


class Telling(NamedTuple):
    """A word, or two that follow each other, as it stands in a content; `name` is what it is known by."""

    start: int
    end: int
    name: str


def telling(content: str) -> list[Telling]:
    """All words and pairs of a content in order, each pair after its second word."""
    out: list[Telling] = []
    before: Telling | None = None
    for match in _WORD.finditer(content):
        start, end = match.span()
        word = match.group()
        opens = word[0].isupper() and bool(_OPENS.search(content[max(0, start - _BACK) : start]))
        for name in _names(word, opens=opens):
            here = Telling(start, end, name)
            out.append(here)
            if before is not None:
                out.append(Telling(before.start, end, f"{before.name} {name}"))
            before = here
    return out


@lru_cache(maxsize=1 << 15)
def _names(word: str, *, opens: bool) -> tuple[str, ...]:
    """What a word is known by: two names for "won't" and "we'll"."""
    if word[0].isdigit():
        return (NUMBER,)
    low = word.replace("’", "'").lower()
    first, _, last = low.partition("'")
    if word[0].isupper() and (low.removesuffix("'s") in states()):
        return (STATE,)
    if word[0].isupper() and not opens and len(word) > 1 and first not in small():
        return (NAME,)
    if low.endswith("n't"):
        bare = low[:-3]
        return (_BARE.get(bare, bare), "not")
    if low == "cannot":
        return ("can", "not")
    if last in _SHORT and first:
        return (_known(first), *_SHORT[last])
    return (_known(low),)


def _known(low: str) -> str:
    return low if low in small() else stem(low)


@cache
def small() -> frozenset[str]:
    """Words that are known as they stand."""
    return frozenset(row["word"] for row in rows(paths.resources() / "cues" / "small_words.tsv"))


def shows(name: str) -> bool:
    """Does a word or pair tell a reader something? "It was" does not, "will not" does."""
    return any(part not in small() or part in _SAYING for part in name.split())
