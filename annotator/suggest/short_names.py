"""Short names: "the Council" for the Security Council, "CBI" for a Central Bureau of Inquiry, "the coast
guard" for Japan's.
"""

import re

_LONGEST = 8  # letters of an abbreviation
_BIG = re.compile(r"\b[A-Z]")


class ShortName:
    """A name that may be short for a longer one; one look at it serves for all names it is held against."""

    def __init__(self, text: str) -> None:
        self._letters = text if text.isalpha() and text.isupper() and 1 < len(text) <= _LONGEST else ""
        word = text.istitle() and text.isalpha()
        self._end = f" {text}" if word else f" {text.lower()}" if " " in text and text.islower() else ""

    def fits(self, name: str) -> bool:
        """Is it short for this name, by its initials or its last words?"""
        if self._letters:
            return " " in name and "".join(_BIG.findall(name)) == self._letters
        return bool(self._end) and name.endswith(self._end)
