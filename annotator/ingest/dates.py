"""Dates as files write them -> ISO 8601."""

import re
from datetime import date
from email.utils import parsedate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[T\s])")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?=$|[T\s,])")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)


def iso_date(value: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD; None when `value` is no date or could be two (02/04/2023)."""
    value = value.strip()[:60]
    if m := _ISO.match(value):
        return _iso(m[1], m[2], m[3])
    if m := _PACKED.match(value):
        return _iso(*m.groups())
    if m := _NUMBERS.match(value):
        return _from_numbers(int(m[1]), int(m[2]), m[3])
    if m := _DAY_MONTH.search(value):
        return _iso(m[3], _month(m[2]), m[1])
    if m := _MONTH_DAY.search(value):
        return _iso(m[3], _month(m[1]), m[2])
    return mail_date(value)


def mail_date(value: str) -> str | None:
    """The day of an e-mail's Date header as its sender wrote it."""
    try:
        parts = parsedate(value)
    except (TypeError, ValueError, IndexError):
        return None
    return _iso(str(parts[0]), str(parts[1]), str(parts[2])) if parts else None


def _from_numbers(first: int, second: int, year: str) -> str | None:
    if first > 12 or first == second:
        return _iso(year, str(second), str(first))
    return _iso(year, str(first), str(second)) if second > 12 else None


def _month(name: str) -> str:
    name = name.lower()
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else "0"


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]
