"""Years as spreadsheets write them: with footnote marks, as spans, as dates, as day numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from measures.importing.text.names import split_marks, tidy

_YEAR = re.compile(r"(?<!\d)(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?(?!\d)")
_YEAR_ALONE = re.compile(
    r"^(?:(?:berichtsjahr|jahr|kalenderjahr|ausbildungsjahr|schuljahr|stand|year|fy)\s*:?\s*)?"
    r"(?:(?:\d{1,2}\.\s?){2})?(?P<year>\d{4})(?:\s*[/–-]\s*(?P<to>\d{2}|\d{4}))?"
    r"(?:(?:\s*|\s+\w?)(?P<marks>(?:\d{1,2}\)\s*,?\s*)+)|\s+(?P<glued>\d))?"
    r"\s*(?P<status>\(?(?:vorläufig|vorl\.?|geschätzt|schätzung|revidiert|p|r|s)\)?)?\s*$",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}")
_SERIAL_YEARS = range(1990, 2050)
_STATUS = {"v": "preliminary", "p": "preliminary", "g": "estimate", "s": "estimate", "r": "revised"}
SINCE_1900, SINCE_1904 = dt.date(1899, 12, 30).toordinal(), dt.date(1904, 1, 1).toordinal()
"""The day a sheet's day numbers are counted from, in the two systems there are."""


class Year(NamedTuple):
    year: int
    marks: tuple[str, ...] = ()
    quality: str = ""


def _ending(first: int, second: str | None) -> int:
    """A span such as 2015/16 carries the year in which it ends."""
    if not second:
        return first
    last = int(second) if len(second) > 2 else first // 100 * 100 + int(second)  # noqa: PLR2004  two-digit years
    return last if last in (first + 1, first) else first


def parse_year(value: object, *, serial: int = 0) -> Year | None:
    """Read a year from a cell; ``serial`` is the day from which the numbers count that dates turn into."""
    if isinstance(value, dt.date):
        return Year(value.year)
    if isinstance(value, (int, float)):
        return _year_of_number(value, serial=serial)
    return _year_of_text(value) if isinstance(value, str) else None


def _year_of_number(value: float, *, serial: int) -> Year | None:
    if isinstance(value, bool) or not (isinstance(value, int) or value.is_integer()):
        return None
    number = int(value)
    if serial and (day := day_of_serial(number, serial)):
        return Year(day.year)
    return Year(number) if 1000 <= number <= 9999 else None  # noqa: PLR2004  four digits


def day_of_serial(number: float, first_day: int) -> dt.date | None:
    """The date a day number stands for, if it is one that reports are about."""
    if not 10_000 <= number <= 99_999 or number != int(number):  # noqa: PLR2004  five digits
        return None
    day = dt.date.fromordinal(first_day + int(number))
    return day if day.year in _SERIAL_YEARS else None


def _year_of_text(value: str) -> Year | None:
    text, marks = split_marks(tidy(value))
    if day := _ISO_DATE.fullmatch(text):
        return Year(int(day[1]))
    found = _YEAR_ALONE.match(text)
    if not found:
        return None
    inner = re.findall(r"\d+", found["marks"] or found["glued"] or "")
    quality = _STATUS[found["status"].strip("(").casefold()[0]] if found["status"] else ""
    return Year(_ending(int(found["year"]), found["to"]), (*inner, *marks), quality)


def years_in(text: str) -> list[tuple[int, int, int]]:
    """Years named within a text: (year, start, end). Dates are not years of a report."""
    return [
        (_ending(int(found[1]), found[2]), found.start(), found.end())
        for found in _YEAR.finditer(text)
        if 1990 <= int(found[1]) <= 2100  # noqa: PLR2004  years that reports are about
    ]
