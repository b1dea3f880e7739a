"""Keyed: patterns that hold a rare word after a few others are tried only where that word stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Keyed:
    """A pattern; `key` matches in every match of it, at most `before` words after its first one.

    The words before the key are parted by one white space each. `opening` matches where a match may start.
    """

    pattern: re.Pattern[str]
    key: re.Pattern[str]
    before: int
    opening: re.Pattern[str]

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` yields."""
        free = 0
        for found in self.key.finditer(text):
            if found.start() < free:
                continue
            match = self._around(text, max(free, _words_before(text, found.start(), self.before)), found)
            if match is not None:
                yield match
                free = match.end()

    def _around(self, text: str, start: int, key: re.Match[str]) -> re.Match[str] | None:
        """The first match from a place on that starts no later than its key."""
        for opening in self.opening.finditer(text, start, key.end()):
            if opening.start() > key.start():
                return None
            if (match := self.pattern.match(text, opening.start())) is not None:
                return match
        return None


def _words_before(text: str, at: int, words: int) -> int:
    """Where the word starts that stands so many words before the one at a place."""
    for _ in range(words + 1):
        blank = text.rfind(" ", 0, at)
        at = max(blank, text.rfind("\n", blank + 1, at))
        if at < 0:
            return 0
    return at + 1
