"""The names of months, German and English, long and short, and words that number parts of a year."""

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

ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4}
ORDINALS |= {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "ersten": 1, "zweiten": 2, "dritten": 3}
ORDINALS |= {"vierten": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
"""``I``, ``erstes``, ``1st``: of quarters and half-years."""
