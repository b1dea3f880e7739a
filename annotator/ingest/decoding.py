"""Bytes -> characters: byte order marks, then strict UTF-8, then a guess that is noted."""

import codecs
import re

from annotator.ingest.results import UnfitError

SAMPLE = 1 << 18  # bytes from which an encoding is guessed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u20ac\u2122\u0152\u0153"
    "\u00a0\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0\u00b7\u00bb\u00bf\u00a1\u00bd\u00bc\u00ad"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûü"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Characters of `data` and notes on what was guessed; `declared` is tried before guessing.

    Raises UnfitError when no encoding makes text of it.
    """
    encoding = marked(data) or "utf-8"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding != "utf-8":
            return data.decode(encoding, "replace"), (f"decoded as {encoding} with errors replaced",)
    if mended := _nearly_utf8(data):
        return mended
    if declared and (text := _try(data, declared)) is not None:
        return text, (f"decoded as {declared.lower()}",)
    encoding = guess(data[:SAMPLE] if _HIGH.search(data[:SAMPLE]) else data)
    return data.decode(encoding, "replace"), (f"decoded as {encoding}",)


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark, or the zeros of UTF-16 without one, tells."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:1024]
    half = len(head) // 2
    if half >= 8 and head[1::2].count(0) > 0.7 * half and not head[::2].count(0):
        return "utf-16-le"
    if half >= 8 and head[::2].count(0) > 0.7 * half and not head[1::2].count(0):
        return "utf-16-be"
    return None


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8. Raises UnfitError when there is none."""
    if _looks_western(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise UnfitError("it is not text in any encoding this program knows")
    return best.encoding.replace("_", "-")


def looks_binary(text: str) -> bool:
    """True when too many control characters stand in the beginning for it to be anyone's text."""
    sample = text[:65536]
    return len(_CONTROLS.findall(sample)) > max(4, len(sample) // 50)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _nearly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few bytes broken is still UTF-8, not some Western encoding."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(c > "\x7f" for c in text) - bad
    if bad * 10 > good:
        return None
    return text, (f"bytes that are not UTF-8 replaced ×{bad}",)


def _looks_western(data: bytes) -> bool:
    text = data.decode("cp1252", "replace")
    high = [c for c in text if c > "\x7f"]
    return len(high) * 8 < len(text) + 16 and _WESTERN.issuperset(high)
