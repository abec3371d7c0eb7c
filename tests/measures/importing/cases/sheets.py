"""The cells of a case and how they look, as its description gives them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.utils.cell import range_boundaries

ESCAPES = re.compile(r"\\(n|t|u[0-9a-f]{4})")
LOOKS = ("number_formats", "comments", "raised", "struck")
ONLY_SHEET = "Meldung"
COMPANY_PARTS = ("Bäckerei", "Metallbau", "Elektro", "Autohaus", "Praxis", "Weber", "Schmidt", "Köln")


class Formula(NamedTuple):
    text: str
    result: Any


Value = str | float | dt.date | Formula
Place = tuple[int, int]


@dataclass
class Sheet:
    """Cells and their looks by row and column, both counted from nought."""

    name: str
    cells: dict[Place, Value]
    looks: dict[str, dict[Place, Any]] = field(default_factory=lambda: {kind: {} for kind in LOOKS})
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    markup: dict[int, str] = field(default_factory=dict)
    """OpenDocument's own, ahead of a row: the begin or end of a group, or rows no cell describes."""


def sheets_of(given: dict[str, Any]) -> Iterator[Sheet]:
    grids = given.get("sheets") or {ONLY_SHEET: given.get("sheet", "")}
    hidden = given.get("hidden", {})
    for name, grid in grids.items():
        looks: dict[str, dict[Place, Any]] = {}
        for kind in LOOKS[:-1]:
            looks[kind] = {
                place: look for area, look in given.get(kind, {}).items() for place in _places(area, name)
            }
        looks["struck"] = {place: True for area in given.get("struck", ()) for place in _places(area, name)}
        yield Sheet(
            name,
            dict(_cells(grid)),
            looks,
            [_bounds(area) for area in given.get("merge", ()) if _is_on(area, name)],
            {row - 1 for row in hidden.get("rows", ())},
            {_bounds(f"{letter}1")[1] for letter in hidden.get("columns", ())},
            name in hidden.get("sheets", ()),
            _markup(grid),
        )
    if given.get("company_list"):
        yield Sheet("Betriebsliste", dict(_companies(given["company_list"])))


def _cells(grid: str) -> Iterator[tuple[Place, Value]]:
    rows = (line for line in grid.splitlines() if not _is_markup(line))
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("|")):
            if text.strip():
                yield (row, column), _value(text.strip())


def _is_markup(line: str) -> bool:
    return line.startswith(("<table:", "</table:"))


def _markup(grid: str) -> dict[int, str]:
    found: dict[int, str] = {}
    row = 0
    for line in grid.splitlines():
        if _is_markup(line):
            found[row] = found.get(row, "") + line
        else:
            row += 1
    return found


def _value(text: str) -> Value:
    if text.startswith("'"):
        return _unescaped(text[1:])
    if text.startswith("="):
        formula, _arrow, result = text.partition(" -> ")
        return Formula(formula, _value(result) if result else "")
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return ESCAPES.sub(lambda found: found[0].encode().decode("unicode_escape"), text)


def _companies(count: int) -> Iterator[tuple[Place, Value]]:
    """A list of addresses, none like the other."""
    for row in range(count):
        first, second = COMPANY_PARTS[row % 8], COMPANY_PARTS[row // 8 % 8]
        texts = (f"{first} {second} {row:x}", f"{second}straße {row}", f"Bonn {row:x}", f"Frau {first} {row}")
        yield from (((row, column), text) for column, text in enumerate(texts))


def _is_on(area: str, sheet: str) -> bool:
    return "!" not in area or area.rpartition("!")[0].strip("'") == sheet


def _bounds(area: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column."""
    left, top, right, bottom = (int(edge or 0) - 1 for edge in range_boundaries(area.rpartition("!")[2]))
    return top, left, bottom, right


def _places(area: str, sheet: str) -> Iterator[Place]:
    if _is_on(area, sheet):
        top, left, bottom, right = _bounds(area)
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
