"""Years of two digits over the columns of a table: ``Kammer | 15 | 16 | 17``, ``Kammer | '15 | '16``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from measures.importing.layout.row_kinds import heads_labels
from measures.importing.text.folding import tidy
from measures.importing.text.periods import YEAR, periods_in

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from measures.importing.formats.workbook import Sheet

_FROM_TOP = 40
_FEWEST = 2
_CENTURY = 2000
_SHORT = re.compile(r"(?P<sign>[’'`´])?(?P<digits>\d\d)")
_OF_AGES = re.compile(
    r"\balter|jährig|lebensjahr|\bjahre\b|\bages?\b|geburtsjahr|jahrgang|jahrgänge", re.IGNORECASE
)
_DIVIDED = re.compile(
    r"\b(?:nach|je|pro|by|per)\s+(?!(?:industrie|handwerk|handel|kammer|ihk|hwk|bezirk|land|länder|bundesl|jahr|"
    r"kalenderjahr|berichtsjahr|qualitätsst|de[mnr]\b|chamber|year))\w{3,}",
    re.IGNORECASE,
)
"""``Beratungen nach Uhrzeit``: by what the columns may be, if not by years."""


def with_full_years(
    sheet: Sheet, years: Container[int], occupation_called: Callable[[str], str | None]
) -> list[list[Any]]:
    """The rows, with ``2015 | 2016`` where a row of headings has ``15 | 16``, one after the other.

    Behind the word for the labels, in order and among the years there are, such numbers are years: unless a
    line above names a year of its own, ages or what else divides them, or they are codes of occupations.
    With an apostrophe they are nothing else.
    """
    for row, line in enumerate(sheet.rows[:_FROM_TOP]):
        first = next((value for value in line if value != ""), "")
        if not heads_labels(first):
            continue
        found = {column: short for column, value in enumerate(line) if (short := _short_year(value))}
        if not found or not _are_years(sheet, row, found, years, occupation_called):
            continue
        full = list(line)
        for column, short in found.items():
            full[column] = str(_CENTURY + short)
        return [*sheet.rows[:row], full, *sheet.rows[row + 1 :]]
    return sheet.rows


def _are_years(
    sheet: Sheet,
    row: int,
    found: dict[int, int],
    years: Container[int],
    occupation_called: Callable[[str], str | None],
) -> bool:
    line = sheet.rows[row]
    if all(isinstance(line[column], str) and not line[column].strip()[0].isdigit() for column in found):
        return True
    others = [value for column, value in enumerate(line) if column not in found]
    return (
        _is_run(list(found.values()))
        and all(_CENTURY + short in years for short in found.values())
        and all(isinstance(value, str) for value in others)
        and not any(occupation_called(str(short)) for short in found.values())
        and not _names_division_or_year(sheet, row)
    )


def _short_year(value: Any) -> int:
    """The two digits of a cell, nought if it holds anything else."""
    if isinstance(value, str):
        text = _SHORT.fullmatch(value.strip())
        return int(text["digits"]) if text else 0
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return int(value) if is_number and value == int(value) and 10 <= value <= 99 else 0  # noqa: PLR2004


def _is_run(shorts: list[int]) -> bool:
    """``15 | 16 | 17``, perhaps again below a second indicator."""
    size = len(set(shorts))
    if size < _FEWEST or len(shorts) % size:
        return False
    run = [shorts[0] + place for place in range(size)]
    return shorts == run * (len(shorts) // size)


def _names_division_or_year(sheet: Sheet, row: int) -> bool:
    """Whether something above names ages or another division, or the year that all columns would be of."""
    above = [value for line in sheet.rows[:row] for value in line if value != ""]
    texts = [tidy(value) for value in (sheet.name, *above, *sheet.rows[row]) if isinstance(value, str)]
    return (
        any(isinstance(value, (int, float)) for value in above)
        or any(period.form == YEAR for text in texts for period in periods_in(text))
        or any(_OF_AGES.search(text) or _DIVIDED.search(text) for text in texts)
    )
