"""Periods as spreadsheets name them: years, half-years, quarters, months, spans of years, single days.

A year of the portal is the year in which an indicator's own period ends. Whatever else a text names is held
against that period: anything shorter, longer or on another day is not the year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from measures.importing.text.folding import REMEMBERED
from measures.importing.text.terms.months import MONTH, NUMBER_OF_MONTH, ORDINALS

YEAR, PART, SPAN, SEASON, SINCE, DAY = "year", "part", "span", "season", "since", "day"
"""Forms: a year; a part of one; several years; 2015/16; an open beginning or end; a single day."""

CALENDAR_YEAR, MARKET_YEAR, SCHOOL_YEAR = "calendar_year", "market_year", "school_year"
ON_30_SEPTEMBER, ON_31_DECEMBER, AFTER_30_SEPTEMBER = "reference_30sep", "reference_31dec", "after_30sep"
_SEASONAL = (MARKET_YEAR, SCHOOL_YEAR, AFTER_30_SEPTEMBER, ON_30_SEPTEMBER)

_YEARS_UP_TO = {ON_30_SEPTEMBER: MARKET_YEAR, ON_31_DECEMBER: CALENDAR_YEAR}
"""The years that end on the day of a stock: tables of the year have it as of that day."""
_Y = r"(?:19|20)\d{2}(?!\d)"
_TO = r"\s*(?:[-‐‑–—]|bis(?:\s+(?:zum|einschließlich|einschl\.|ende))?|to|through)\s*"
_N = "(?:" + "|".join(sorted((*ORDINALS, "[1-4]"), key=len, reverse=True)) + ")"
_HALF = r"(?:halbjahr(?:es)?|halbj\.?|hj\.?|half[- ]?year|half)"
_QUARTER = r"(?:quartal(?:e|s)?|vierteljahr(?:es)?|quart\.?|quarter|qu?\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\."
_DAY_NAMED = rf"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:{MONTH})"
_OCTOBER = (
    r"(?:(?:(?:vom\s+)?0?1(?:\.\s?|st\s|\s))?o[kc]t(?:ober|\.)?|(?:vom\s+)?0?1\.\s?10\.)(?: des jahres)?"
)
_MID_JANUARY = r"(?:(?:mitte|mid-?)\s*(?:januar|jan\.?|january)|15\.\s?(?:januar|jan\.?|0?1\.))"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("after_september", rf"{_OCTOBER}\s?(?P<ay1>{_Y})?{_TO}(?:zum\s+)?{_MID_JANUARY}(?:\s?(?P<ay2>{_Y}))?"),
    ("cut_months", rf"(?:{MONTH})\s?(?:{_Y})?{_TO}(?:anfang|mitte|mid-?|early)\s*(?:{MONTH})(?:\s?{_Y})?"),
    (
        "days",
        rf"(?P<d1>{_DAY}|{_DAY_NAMED})\s?(?P<dy1>{_Y})?{_TO}(?P<d2>{_DAY}|{_DAY_NAMED})\s?(?P<dy2>{_Y})",
    ),
    ("iso_day", r"(?<!\d)(?P<iy>(?:19|20)\d\d)(?P<s>-?)(?P<im>[01]\d)(?P=s)(?P<id>[0-3]\d)(?!\d|[.,]\d)"),
    ("day", rf"(?P<d>{_DAY}|{_DAY_NAMED})(?:\s?(?P<dy>{_Y}|\d{{2}}(?![\d.])))?"),
    ("english_day", rf"(?P<ed>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s(?P<em>{MONTH})\s(?P<ey>{_Y})"),
    (
        "months",
        rf"(?P<m1>{MONTH})\s?(?P<my1>{_Y})?{_TO}(?P<m2>{MONTH})(?:\s?(?P<my2>{_Y}|['’]?\d{{2}}(?![\d.,])))?",
    ),
    (
        "dated_months",
        rf"(?<![\d.])(?P<a1>0?[1-9]|1[0-2])\s?[./]\s?(?P<b1>{_Y}){_TO}(?P<a2>0?[1-9]|1[0-2])\s?[./]\s?(?P<b2>{_Y})",
    ),
    (
        "numbered_months",
        rf"(?<![\d.])(?P<n1>0?[1-9]|1[0-2])\.?{_TO}(?P<n2>0?[1-9]|1[0-2])\s?[./]\s?(?P<ny>{_Y})",
    ),
    ("month", rf"(?P<m>{MONTH})\s?(?:(?P<my>{_Y}(?![.,]\d)|['’]?\d{{2}}(?![\d.,])))"),
    ("iso_month", r"(?<!\d)(?P<ym>(?:19|20)\d{2})[-/](?P<mm>0[1-9]|1[0-2])(?![\d/-])"),
    ("numbered_month", rf"(?<![\d.])(?P<om>0?[1-9]|1[0-2])\s?/\s?(?P<oy>{_Y})"),
    (
        "cumulated_month",
        rf"(?:monat(?:e)?|month)\s*:?\s*(?P<cm>0?[1-9]|1[0-2])\b(?!\.?\d)(?:\s*/?\s*(?P<cy>{_Y}))?",
    ),
    ("half_alone", rf"(?P<hy0>{_Y})\s*[-/]?\s*(?:\bh(?P<h0>[12])\b|(?P<h00>[12])\.?\s*{_HALF})"),
    (
        "half",
        (
            rf"(?:(?P<h1>{_N})\.?\s*{_HALF}|{_HALF}\s*(?P<h2>[12]|i{{1,2}})(?!\d)|\bh(?P<h3>[12])(?=$|[\s/,;)]))"
            rf"(?:\s*(?:/|-|,|von|of|im\s+jahr|des\s+jahres)?\s*(?P<hy>{_Y}))?"
        ),
    ),
    ("half_word", r"\bhalbj(?:ahr|ährlich|aehrlich|ahres)\w*"),
    (
        "quarter_after",
        rf"(?P<qy0>{_Y})\s*[-/]?\s*(?:q(?P<q0>[1-4])\b|(?P<q00>[1-4])\.?\s*{_QUARTER}(?![a-zäöü]))",
    ),
    (
        "quarters",
        rf"(?P<q1>{_N})\.?\s*(?:{_QUARTER})?{_TO}(?P<q2>{_N})\.?\s*{_QUARTER}(?:\s*/?\s*(?P<qy12>{_Y}))?",
    ),
    (
        "quarter",
        (
            rf"(?:(?P<q>{_N})\.?\s*{_QUARTER}(?![a-zäöü])|\bq(?:uartal)?\.?\s?(?P<qq>[1-4]|i{{1,3}}|iv)\b)"
            rf"(?:\s*(?:/|-|,|von|of)?\s*(?P<qy>{_Y}))?"
        ),
    ),
    (
        "quarter_word",
        r"\b(?:quartalsweise|vierteljährlich|vierteljaehrlich|monatlich|monatsweise|quarterly|monthly)\b",
    ),
    ("span", rf"(?<![\d.])(?P<y1>{_Y}){_TO}(?P<y2>{_Y})"),
    (
        "since",
        (
            rf"\b(?:seit|ab|vor|nach|since|from|before|after|bis(?:\s+(?:ende|einschließlich|einschl\.))?|until|up\s+to)\s+"
            rf"(?:dem\s+jahr\s+|anfang\s+|beginn\s+|ende\s+)?(?P<sy>{_Y})(?!\s*[-‐‑–—/])"
        ),
    ),
    ("cumulated", r"\b(?:kumuliert\w*|kum\.|aufgelaufen\w*|cumulated|cumulative)"),
    ("season", r"(?<![\d.])(?P<s1>(?:19|20)\d{2})\s?[/–-]\s?(?P<s2>\d{4}|\d{2})(?![\d-])"),
    ("year", rf"(?<![\d.,])(?:FY\s?)?(?P<yy>{_Y})(?!\s?(?:€|EUR|Euro|%))"),
)
_FINDERS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)
_NAMED_DAY = re.compile(rf"(\d{{1,2}})\.\s?({MONTH}|\d{{1,2}}\.)", re.IGNORECASE)
_FIRST, _LAST = 1990, 2100


class Period(NamedTuple):
    """A period as a text names it, at ``start`` to ``end`` of the text.

    ``first`` and ``last`` are days; None where the text leaves the year open. ``months`` are then the first
    and last month of whichever year it is.
    """

    form: str
    text: str
    start: int
    end: int
    first: dt.date | None = None
    last: dt.date | None = None
    months: tuple[int, int] | None = None
    """Without a year: the first and the last month, or of a day its month and day."""

    @property
    def year(self) -> int | None:
        """The year in which it ends, if it has one."""
        return self.last.year if self.last else None

    def within(self, year: int) -> Period:
        """The same period in a year that stands elsewhere: that in which it begins."""
        if self.last is not None or self.months is None:
            return self
        first, last = self.months
        if self.form == DAY:
            on = dt.date(year, first, last) if last <= calendar.monthrange(year, first)[1] else None
            return self._replace(first=on, last=on)
        ends = year + 1 if self.form == PART and first > last else year
        return self._replace(first=dt.date(year, first, 1), last=_month_ends(ends, last))


@lru_cache(maxsize=REMEMBERED)
def periods_in(text: str) -> tuple[Period, ...]:
    """Every period a text names, in order; what one expression covers is not looked at again."""
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for name, finder in _FINDERS:
        for match in finder.finditer(text):
            start, end = match.span()
            is_taken = any(start < other_end and other_start < end for other_start, other_end in taken)
            if is_taken or not _stands_alone(text, start, end):
                continue
            period = _READERS[name](match)
            if period is not None:
                found.append(period)
                taken.append((start, end))
    return tuple(sorted(found, key=lambda period: period.start))


def season_ending(year: int) -> Period:
    """The season 2015/16, by the year in which it ends."""
    return Period(SEASON, f"{year - 1}/{year % 100:02}", 0, 0, dt.date(year - 1, 1, 1), dt.date(year, 12, 31))


def covered(kind: str, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of an indicator's period that carries this year."""
    year = min(max(year, dt.MINYEAR + 1), dt.MAXYEAR - 1)  # what a file has for a year may be any number
    if kind == MARKET_YEAR:
        return dt.date(year - 1, 10, 1), dt.date(year, 9, 30)
    if kind == SCHOOL_YEAR:
        return dt.date(year - 1, 8, 1), dt.date(year, 7, 31)
    if kind == AFTER_30_SEPTEMBER:
        return dt.date(year, 10, 1), dt.date(year + 1, 1, 15)
    on = {ON_30_SEPTEMBER: dt.date(year, 9, 30), ON_31_DECEMBER: dt.date(year, 12, 31)}.get(kind)
    return (on, on) if on else (dt.date(year, 1, 1), dt.date(year, 12, 31))


def year_meant(period: Period, kind: str) -> int | None:
    """The year whose figures these are, if the period is the whole of the indicator's; None: it is not."""
    if period.form == YEAR:
        return period.year
    if period.last is None or period.first is None:
        return None
    if period.form == SEASON:
        ends = period.first.year if kind == AFTER_30_SEPTEMBER else period.last.year
        return ends if not kind or kind in _SEASONAL else None
    if period.form in (SPAN, SINCE):
        return None
    years = (period.last.year, period.last.year - 1)
    return next(
        (year for year in years if _is_whole(period.form, period.first, period.last, kind, year)), None
    )


def _is_whole(form: str, begins: dt.date, ends: dt.date, kind: str, year: int) -> bool:
    """Whether a day, or the days from ``begins`` to ``ends``, are all of the indicator's period of a year."""
    first, last = covered(kind, year)
    if form != DAY and kind in _YEARS_UP_TO:
        return ends == last and begins in (covered(_YEARS_UP_TO[kind], year)[0], last.replace(day=1))
    is_end = ends == last
    if kind == AFTER_30_SEPTEMBER:
        is_end = (ends.year, ends.month) == (year + 1, 1)  # until mid January, whatever day is named
    if form == DAY:
        return is_end or (kind == AFTER_30_SEPTEMBER and ends == first - dt.timedelta(days=1))
    return is_end and begins == first


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not a part of a longer word or number."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalpha() and text[end - 1].isalnum()
    )


def _month(name: str) -> int:
    return NUMBER_OF_MONTH[name.rstrip(".").lower()]


def _ordinal(text: str) -> int:
    return int(text) if text.isdecimal() else ORDINALS[text.lower()]


def _full_year(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)  # noqa: PLR2004  two-digit years are this century's


def _month_ends(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _period(
    match: re.Match[str],
    form: str,
    first: dt.date | None = None,
    last: dt.date | None = None,
    months: tuple[int, int] | None = None,
) -> Period | None:
    if last is not None and not _FIRST <= last.year <= _LAST:
        return None
    return Period(form, match[0].strip(), match.start(), match.end(), first, last, months)


def _part(
    match: re.Match[str], first: int, last: int, year: str | None, first_year: str | None = None
) -> Period | None:
    if not year:
        return _period(match, PART, months=(first, last))
    ends = _full_year(year)
    begins = _full_year(first_year) if first_year else ends - (first > last)
    return _period(match, PART, dt.date(begins, first, 1), _month_ends(ends, last), (first, last))


def _day_of(text: str, year: int) -> dt.date | None:
    found = _NAMED_DAY.match(text)
    if not found:
        return None
    month = found[2].rstrip(".")
    try:
        return dt.date(year, int(month) if month.isdecimal() else _month(month), int(found[1]))
    except ValueError:
        return None


def _read_after_september(match: re.Match[str]) -> Period | None:
    """``Oktober 2016 bis Mitte Januar 2017``: how the time of the placing after 30 September is called."""
    begins = match["ay1"] or (str(int(match["ay2"]) - 1) if match["ay2"] else None)
    if begins is None:
        return _period(match, PART, months=(10, 1))
    year = int(begins)
    ends = int(match["ay2"] or year + 1)
    return _period(match, PART, dt.date(year, 10, 1), dt.date(ends, 1, 15)) if ends > year else None


def _read_days(match: re.Match[str]) -> Period | None:
    last = _day_of(match["d2"], int(match["dy2"]))
    if last is None:
        return None
    first = _day_of(match["d1"], int(match["dy1"] or match["dy2"]))
    if first is not None and first > last and not match["dy1"]:
        first = _day_of(match["d1"], last.year - 1)
    return _period(match, PART, first, last) if first is not None and first <= last else None


def _read_iso_day(match: re.Match[str]) -> Period | None:
    try:
        day = dt.date(int(match["iy"]), int(match["im"]), int(match["id"]))
    except ValueError:
        return None
    return _period(match, DAY, day, day)


def _read_day(match: re.Match[str]) -> Period | None:
    if not match["dy"]:
        day = _day_of(match["d"], 2000)
        return _period(match, DAY, months=(day.month, day.day)) if day else None
    day = _day_of(match["d"], _full_year(match["dy"]))
    return _period(match, DAY, day, day) if day else None


def _read_months(match: re.Match[str]) -> Period | None:
    return _part(match, _month(match["m1"]), _month(match["m2"]), match["my2"], match["my1"])


def _read_half(match: re.Match[str]) -> Period | None:
    number = _ordinal(match["h1"] or match["h2"] or match["h3"])
    return _part(match, 6 * number - 5, 6 * number, match["hy"]) if number <= 2 else None  # noqa: PLR2004  halves


def _read_half_alone(match: re.Match[str]) -> Period | None:
    number = int(match["h0"] or match["h00"])
    return _part(match, 6 * number - 5, 6 * number, match["hy0"])


def _read_quarter(match: re.Match[str]) -> Period | None:
    number = _ordinal(match["q"] or match["qq"])
    return _part(match, 3 * number - 2, 3 * number, match["qy"])


def _read_quarters(match: re.Match[str]) -> Period | None:
    return _part(match, 3 * _ordinal(match["q1"]) - 2, 3 * _ordinal(match["q2"]), match["qy12"])


def _read_quarter_after(match: re.Match[str]) -> Period | None:
    number = int(match["q0"] or match["q00"])
    return _part(match, 3 * number - 2, 3 * number, match["qy0"])


def _read_season(match: re.Match[str]) -> Period | None:
    begins, second = int(match["s1"]), match["s2"]
    ends = int(second) if len(second) == 4 else begins // 100 * 100 + int(second)  # noqa: PLR2004  digits of a year
    if ends != begins + 1:
        return _read_span_between(match, begins, ends)
    return _period(match, SEASON, dt.date(begins, 1, 1), dt.date(ends, 12, 31))


def _read_span(match: re.Match[str]) -> Period | None:
    return _read_span_between(match, int(match["y1"]), int(match["y2"]))


def _read_span_between(match: re.Match[str], begins: int, ends: int) -> Period | None:
    if ends <= begins:
        return None
    if ends == begins + 1 and "/" in match[0]:
        return _period(match, SEASON, dt.date(begins, 1, 1), dt.date(ends, 12, 31))
    return _period(match, SPAN, dt.date(begins, 1, 1), dt.date(ends, 12, 31))


def _read_since(match: re.Match[str]) -> Period | None:
    year = int(match["sy"])
    return _period(match, SINCE, dt.date(year, 1, 1), dt.date(year, 12, 31))


def _read_year(match: re.Match[str]) -> Period | None:
    year = int(match["yy"])
    return _period(match, YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31))


def _read_english_day(match: re.Match[str]) -> Period | None:
    """``30 Sep 2016``, and ``30 September 2016`` without its point."""
    try:
        day = dt.date(int(match["ey"]), _month(match["em"]), int(match["ed"]))
    except ValueError:
        return None
    return _period(match, DAY, day, day)


_READERS = {
    "english_day": _read_english_day,
    "after_september": _read_after_september,
    "cut_months": lambda match: _period(match, SINCE),
    "days": _read_days,
    "iso_day": _read_iso_day,
    "day": _read_day,
    "months": _read_months,
    "numbered_months": lambda match: _part(match, int(match["n1"]), int(match["n2"]), match["ny"]),
    "dated_months": lambda match: _part(match, int(match["a1"]), int(match["a2"]), match["b2"], match["b1"]),
    "month": lambda match: _part(match, _month(match["m"]), _month(match["m"]), match["my"]),
    "iso_month": lambda match: _part(match, int(match["mm"]), int(match["mm"]), match["ym"]),
    "numbered_month": lambda match: _part(match, int(match["om"]), int(match["om"]), match["oy"]),
    "cumulated_month": lambda match: _part(match, int(match["cm"]), int(match["cm"]), match["cy"]),
    "half": _read_half,
    "half_alone": _read_half_alone,
    "half_word": lambda match: _period(match, PART),
    "quarters": _read_quarters,
    "quarter": _read_quarter,
    "quarter_after": _read_quarter_after,
    "quarter_word": lambda match: _period(match, PART),
    "since": _read_since,
    "cumulated": lambda match: _period(match, SINCE),
    "span": _read_span,
    "season": _read_season,
    "year": _read_year,
}
