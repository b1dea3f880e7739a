"""JSON files: a list of objects, or one object, read piece by piece."""

import json
from collections.abc import Iterator
from typing import IO

from annotator.ingest.results import UnfitError

_PIECE = 1 << 20
_MOST_ITEM = 100_000_000  # characters of one object
_BETWEEN = " \t\r\n,\ufeff"

Item = tuple[int, object]


def items(file: IO[str]) -> Iterator[Item]:
    """The items of the list with their numbers, as they come; a lone object is a list of one.

    Raises UnfitError where it stops being JSON; what came before is whole.
    """
    buffer = _Buffer(file)
    many = buffer.begins("[")
    number = 0
    while buffer.more():
        if many and buffer.begins("]"):
            many = False
            break
        number += 1
        yield number, buffer.value(number)
        if not many:
            return
    if not number:
        raise UnfitError("there is no text in it")
    if many:
        raise UnfitError("it breaks off: the list has no end")


class _Buffer:
    """Characters not yet understood."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)

    def more(self) -> bool:
        """True when anything but white space and commas is left; stands before it."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BETWEEN:
                self._at += 1
            if self._at < len(self._text):
                return True
            if not self._read(_PIECE):
                return False

    def begins(self, sign: str) -> bool:
        """True when this sign stands next, which is then passed over."""
        found = self.more() and self._text[self._at] == sign
        self._at += found
        return found

    def value(self, number: int) -> object:
        """The next value."""
        size = _PIECE
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as e:
                size *= 2
                if len(self._text) - self._at > _MOST_ITEM:
                    raise UnfitError(f"item {number} is too long for one article, or broken") from None
                if not self._read(size):
                    raise UnfitError(f"item {number} is not JSON ({e.msg})") from None
            except RecursionError:
                raise UnfitError(f"item {number} is nested too deeply") from None
            except ValueError:
                raise UnfitError(f"a number in item {number} is too long") from None
            else:
                if end < len(self._text) or not self._read(_PIECE):  # a number may go on
                    self._at = end
                    return value

    def _read(self, size: int) -> bool:
        piece = self._file.read(size)
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)


def _refuse_constant(name: str) -> None:
    raise UnfitError(f"it is not JSON ({name} is no number)")
