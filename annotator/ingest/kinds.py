"""Whether the fields of domain values hold what they are declared to; each declaration is read once."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_MOST_NUMBER = 1e15
Check = Callable[[Any], bool]


def wrong(value: Any) -> str | None:
    """The first field of a domain value (or of one within) that is not of its declared type."""
    cls: Any = type(value)
    for name, fits in _fields(cls):
        if not fits(getattr(value, name)):
            return name
    return None


@cache
def _fields(cls: Any) -> tuple[tuple[str, Check], ...]:
    hints = get_type_hints(cls)
    return tuple((f.name, _check(hints[f.name])) for f in fields(cls))


@cache
def _check(hint: Any) -> Check:
    """A function that says whether a value fits a declaration."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _one_of([_check(arg) for arg in args])
    if origin is tuple and args[-1] is Ellipsis:
        return _each(_check(args[0]))
    if origin is tuple:
        return _in_turn([_check(arg) for arg in args])
    if origin is not None:  # Mapping[str, Mention | Statement]
        return lambda value: all(wrong(item) is None for item in value.values())
    if hint is float:
        return lambda value: type(value) in (int, float) and abs(value) < _MOST_NUMBER
    if hint is int:
        return lambda value: type(value) is int
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: isinstance(value, hint) and wrong(value) is None
    return lambda value: isinstance(value, hint)


def _one_of(checks: list[Check]) -> Check:
    def fits(value: Any) -> bool:
        for check in checks:  # noqa: SIM110  # called a hundred times a statement: `any` costs twice as much
            if check(value):
                return True
        return False

    return fits


def _each(check: Check) -> Check:
    return lambda value: isinstance(value, tuple) and all(map(check, value))


def _in_turn(checks: list[Check]) -> Check:
    def fits(value: Any) -> bool:
        same = isinstance(value, tuple) and len(value) == len(checks)
        return same and all(check(item) for check, item in zip(checks, value, strict=True))

    return fits
