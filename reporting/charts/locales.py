"""Number and date forms of drawings in the active language, as Vega wants them."""

from functools import cache
from typing import Any

from django.utils.dates import MONTHS, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language

NARROW_SPACE = "\u202f"
MINUS = "\u2212"


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def number_forms() -> dict[str, Any]:
    decimal, thousands = (".", ",") if is_english() else (",", ".")
    return {
        "decimal": decimal,
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", "\u00a0€"],
        "percent": "%" if is_english() else f"{NARROW_SPACE}%",
        "minus": MINUS,
    }


def date_forms() -> dict[str, Any]:
    return _date_forms(get_language() or "")


@cache
def _date_forms(language: str) -> dict[str, Any]:
    """The same for every chart of a language, and looked up once: ``language`` is the active one."""
    sunday_first = [6, *range(6)]
    months = range(1, 13)
    return {
        "dateTime": "%A, %-d %B %Y, %H:%M" if is_english() else "%A, %-d. %B %Y, %H:%M Uhr",
        "date": "%d/%m/%Y" if is_english() else "%d.%m.%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": [str(WEEKDAYS[day]) for day in sunday_first],
        "shortDays": [str(WEEKDAYS_ABBR[day]) for day in sunday_first],
        "months": [str(MONTHS[month]) for month in months],
        "shortMonths": [str(MONTHS_AP[month]) for month in months],
    }


def percent_labels() -> str:
    """Labels of an axis of shares, for a specification that names no locale."""
    space = "" if is_english() else NARROW_SPACE
    return f"replace(format(datum.value * 100, '.0f'), '-', '{MINUS}') + '{space}%'"
