"""Dates where a number or a code should stand: spreadsheets make them of 1-2, 3/4 and 10.12."""

from __future__ import annotations

import datetime as dt
import re

from measures.importing.text.terms.months import MONTH

_WRITTEN = re.compile(
    rf"\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}(?:[T ].*)?"
    rf"|\d{{1,2}}[.\s-]{{1,2}}(?:{MONTH})(?:[\s-]\d{{2,4}})?",
    re.IGNORECASE,
)
_LONGEST = 24


def is_made_date(value: object) -> bool:
    """A date by its type, or as a spreadsheet program exports it to text (``01. Feb``, ``2016-02-01``)."""
    if isinstance(value, str):
        return len(value) <= _LONGEST and _WRITTEN.fullmatch(value.strip()) is not None
    return isinstance(value, (dt.date, dt.time, dt.timedelta))


def date_shown(value: dt.date) -> str:
    """As the sheet shows it; a time at midnight is none."""
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{value:%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}"
