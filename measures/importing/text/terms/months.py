"""The names of months, German and English, long and short."""

from __future__ import annotations

_MONTH_NAMES = (
    ("januar", "jan", "january", "jänner"),
    ("februar", "feb", "february", "febr"),
    ("märz", "maerz", "mär", "mrz", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("dezember", "dez", "december", "dec"),
)
NUMBER_OF_MONTH = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

MONTH = "(?:" + "|".join(sorted(NUMBER_OF_MONTH, key=len, reverse=True)) + r")\b\.?"
"""One of them, as a pattern."""
