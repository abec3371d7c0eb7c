"""The names of cells, rows and columns: ``C7`` is row 6 and column 2, both counted from zero."""

from __future__ import annotations

import re
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
"""The letters of the column and the number of the row."""

_DIGITS, _LETTERS = digits.encode(), ascii_uppercase.encode()


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The cell's name as a spreadsheet shows it; both counted from zero."""
    return f"{column_letters(column)}{row + 1}"


def taken_apart(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The letters of the columns and the numbers of the rows of many addresses."""
    if not cells:
        return [], []
    text = "\n".join(cells).encode()
    letters, rows = text.translate(None, _DIGITS), text.translate(None, _LETTERS)
    return letters.decode().split("\n"), rows.decode().split("\n")


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an address, both counted from zero."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)
