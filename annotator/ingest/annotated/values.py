"""Values in strangers' JSON: taken only when they are of the right kind, and made fit to be kept."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from annotator.domain.text import normalise

V = TypeVar("V", bound=StrEnum)

MOST_NAME = 200  # code points of a label, an id or a name
_MOST_NOTE = 10_000


def name_of(value: object) -> str:
    """Text on one line that may be a label, an id or a name; a whole number is one; else empty."""
    if type(value) is int:
        value = str(value) if abs(value) < 10**18 else ""
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable():
        return " ".join(value[:MOST_NAME].split())
    return " ".join(normalise(value[: 10 * MOST_NAME]).text.split())[:MOST_NAME]


def note_of(value: object) -> str | None:
    """Free text; None when it is none."""
    return (normalise(value[:_MOST_NOTE]).text.strip() or None) if isinstance(value, str) else None


def words_of(value: object) -> str | None:
    """The words a file gives for a place; None when it gives none."""
    return value if isinstance(value, str) and value else None


def names_in(value: object) -> tuple[str, ...]:
    """The names in a list, or the one name that stands where a list might."""
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    return tuple(name for v in values if (name := name_of(v)))


def dicts_in(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing for anything else."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def dict_of(value: object) -> Mapping[str, Any]:
    """The object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def offsets(start: object, end: object) -> tuple[int, int] | None:
    """Two whole numbers; None when they are not."""
    if type(start) is int and type(end) is int and max(abs(start), abs(end)) < 10**12:
        return start, end
    return None


def value_in(values: type[V], said: object) -> V | None:
    """The value of this name, in upper or lower case; None when there is no such."""
    known = {v.value: v for v in values}
    return known.get(said.strip().lower()) if isinstance(said, str) else None
