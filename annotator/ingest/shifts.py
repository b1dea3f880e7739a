"""Where normalising a text moves its offsets."""

import re
from bisect import bisect_right

from annotator.domain.text import normalise

_MOVES = re.compile("\r\n|[\ud800-\udbff][\udc00-\udfff]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\ufeff]")


class Shifts:
    """From code points of a raw text to code points of the same text normalised."""

    def __init__(self, raw: str) -> None:
        self._places, self._totals, total = [0], [0], 0
        for found in _MOVES.finditer(raw):
            total += len(found.group()) - len(normalise(found.group()).text)
            self._places.append(found.end())
            self._totals.append(total)

    def moved(self, offset: int) -> int:
        """The offset in the normalised text."""
        return offset - self._totals[bisect_right(self._places, offset) - 1]
