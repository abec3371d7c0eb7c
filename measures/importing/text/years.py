"""Years as spreadsheets write them: with footnote marks, as spans, as dates, as day numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from measures.importing.text.folding import split_marks, tidy
from measures.importing.text.quality import QUALITY_WORD, SIGNS, quality_in

_YEAR_ALONE = re.compile(
    r"^(?:(?:berichtsjahr|jahr|kalenderjahr|ausbildungsjahr|schuljahr|stand|year|fy)\s*:?\s*)?"
    r"(?:(?:\d{1,2}\.\s?){2})?(?P<year>\d{4})(?:\s*[/–-]\s*(?P<to>\d{2}|\d{4}))?"
    r"(?:(?:\s*|\s+\w?)(?P<marks>(?:\d{1,2}\)\s*,?\s*)+)|\s+(?P<glued>\d))?"
    rf"\s*(?:\(?(?P<status>{QUALITY_WORD}|[{''.join(SIGNS)}])\)?)?\s*$",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?$")
_SERIAL_YEARS = range(1990, 2050)
SINCE_1900, SINCE_1904 = dt.date(1899, 12, 30).toordinal(), dt.date(1904, 1, 1).toordinal()
"""The day a sheet's day numbers are counted from, in the two systems there are."""


class Year(NamedTuple):
    """``day``: the cell holds a date of that year; ``is_season``: 2015/16, which ends in the year."""

    year: int
    marks: tuple[str, ...] = ()
    quality: str = ""
    day: dt.date | None = None
    is_season: bool = False


def _ending(first: int, second: str | None) -> int | None:
    """A season such as 2015/16 carries the year in which it ends; a longer span is no year."""
    if not second:
        return first
    last = int(second) if len(second) > 2 else first // 100 * 100 + int(second)  # noqa: PLR2004  two-digit years
    return last if last == first + 1 else None


def parse_year(value: object, *, serial: int = 0) -> Year | None:
    """Read a year from a cell; ``serial`` is the day from which the numbers count that dates turn into."""
    if isinstance(value, dt.date):
        return Year(value.year, day=value.date() if isinstance(value, dt.datetime) else value)
    if isinstance(value, (int, float)):
        return _year_of_number(value, serial=serial)
    return _year_of_text(value) if isinstance(value, str) else None


def _year_of_number(value: float, *, serial: int) -> Year | None:
    if isinstance(value, bool) or not (isinstance(value, int) or value.is_integer()):
        return None
    number = int(value)
    if serial and (day := day_of_serial(number, serial)):
        return Year(day.year, day=day)
    return Year(number) if 1000 <= number <= 9999 else None  # noqa: PLR2004  four digits


def day_of_serial(number: float, first_day: int) -> dt.date | None:
    """The date a day number stands for, if it is one that reports are about."""
    if not 10_000 <= number <= 99_999 or number != int(number):  # noqa: PLR2004  five digits
        return None
    day = dt.date.fromordinal(first_day + int(number))
    return day if day.year in _SERIAL_YEARS else None


def _year_of_text(value: str) -> Year | None:
    text, marks = split_marks(tidy(value))
    if _ISO_DATE.fullmatch(text):
        return _year_of_day(text, "%Y-%m-%d")
    found = _YEAR_ALONE.match(text)
    year = _ending(int(found["year"]), found["to"]) if found else None
    if found is None or year is None:
        return None
    inner = re.findall(r"\d+", found["marks"] or found["glued"] or "")
    status = found["status"] or ""
    quality = SIGNS.get(status.casefold()) or quality_in(status)
    day = _day_before(text, found)
    return Year(year, (*inner, *marks), quality, day, is_season=bool(found["to"]))


def _year_of_day(text: str, form: str) -> Year | None:
    try:
        day = dt.datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return Year(day.year, day=day)


def _day_before(text: str, found: re.Match[str]) -> dt.date | None:
    """The day of ``30.09.2016``."""
    stated = _DAY_AND_MONTH.search(text[: found.start("year")])
    if not stated:
        return None
    try:
        return dt.date(int(found["year"]), int(stated[2]), int(stated[1]))
    except ValueError:
        return None
