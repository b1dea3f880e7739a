"""Article text: normalised once at import, identified by its content, measured in code points.

Nothing here composes characters (NFC) or straightens quotation marks: both move offsets
and lose evidence.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_CRLF = re.compile("\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SOFT_HYPHEN = "\u00ad"
_BOM = "\ufeff"
LONGEST_RUN = 1000


@dataclass(frozen=True)
class Normalised:
    """A text fit to be frozen, and what was done to it: `changed` holds "what ×count" notes."""

    text: str
    changed: tuple[str, ...]


def normalise(raw: str) -> Normalised:
    """Return `raw` with LF line ends and without BOM, NUL, soft hyphens, control characters
    and lone surrogates (halves that stand together are joined). Idempotent.
    """
    text, changed = raw, []

    def note(what: str, count: int) -> None:
        if count:
            changed.append(f"{what} ×{count}")

    text, count = _SURROGATE_PAIR.subn(_join_surrogates, text)
    note("surrogate pairs joined", count)
    text, count = _SURROGATE.subn("\N{REPLACEMENT CHARACTER}", text)
    note("lone surrogates replaced", count)
    note("byte order marks dropped", text.count(_BOM))
    text = text.replace(_BOM, "")
    text, count = _CRLF.subn("\n", text)
    note("line ends made LF", count)
    note("soft hyphens dropped", text.count(_SOFT_HYPHEN))
    text = text.replace(_SOFT_HYPHEN, "")
    controls = {c for c in set(text) if unicodedata.category(c) == "Cc" and c not in "\n\t"}
    note("control characters dropped", sum(text.count(c) for c in controls))
    if controls:
        text = text.translate(dict.fromkeys(map(ord, controls)))
    return Normalised(text, tuple(changed))


def _join_surrogates(match: re.Match[str]) -> str:
    return match.group().encode("utf-16", "surrogatepass").decode("utf-16")


def without_long_runs(text: str, longest: int = LONGEST_RUN) -> list[str]:
    """The text in pieces, none of which holds more than `longest` characters in a row without
    white space: what cuts words takes time that grows with the square of such a run. Joined, the
    pieces are the text.
    """
    cuts = [
        at
        for run in re.finditer(rf"\S{{{longest + 1},}}", text)
        for at in range(run.start() + longest, run.end(), longest)
    ]
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def sha256(text: str) -> str:
    """Hex SHA-256 of the text's UTF-8 bytes. Raises UnicodeEncodeError on a lone surrogate."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_id(text: str) -> str:
    """Id of an article: the first 16 hex digits of the hash, the same on every laptop."""
    return sha256(text)[:16]


class CharMap:
    """Converts offsets of one text between code points and UTF-16 units (Qt's count)."""

    def __init__(self, text: str) -> None:
        self.length_cp = len(text)
        self._astral_cp = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]
        self._astral_u16 = [cp + n for n, cp in enumerate(self._astral_cp)]
        self.length_u16 = self.length_cp + len(self._astral_cp)

    def to_u16(self, cp: int) -> int:
        """UTF-16 offset of the code point offset `cp`. Raises ValueError outside the text."""
        if not 0 <= cp <= self.length_cp:
            raise ValueError(f"code point offset {cp} outside 0..{self.length_cp}")
        return cp + bisect_left(self._astral_cp, cp)

    def to_cp(self, u16: int, *, up: bool = False) -> int:
        """Code point offset of `u16`; inside a surrogate pair snap down, or up when asked.

        Raises ValueError outside the text.
        """
        if not 0 <= u16 <= self.length_u16:
            raise ValueError(f"UTF-16 offset {u16} outside 0..{self.length_u16}")
        before = bisect_left(self._astral_u16, u16)
        inside_pair = before > 0 and self._astral_u16[before - 1] == u16 - 1
        return u16 - before + (inside_pair and up)

    def span_to_cp(self, start_u16: int, end_u16: int) -> tuple[int, int]:
        """Code point range of a UTF-16 range, widened to whole characters."""
        return self.to_cp(start_u16), self.to_cp(end_u16, up=True)
