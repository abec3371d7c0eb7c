r"""Small spreadsheets with one difficulty each, described in the YAML files of this folder.

A case says what its file holds, what it shows, and what a careful person would make of it:

``sheet``
    The cells of the only sheet, a line a row, cells between ``|``. What looks like a number (``12``, ``1.5``)
    is one, and so is a date (``2016-09-30``); ``'`` in front makes a text of it and keeps the spaces behind;
    ``=SUM(B4:B7) -> 9`` is a formula with its stored result. ``\n``, ``\t`` and ``\u00a0`` stand for what
    they stand for in Python.
``sheets``
    The same for several sheets, by their names.
``format``
    ``xlsx`` (the default), ``ods`` or ``xls``. ``csv`` takes ``text`` in place of cells, ``encoding`` (UTF-8)
    and ``line_ends`` (``\r\n``).
``merge``, ``number_formats``, ``comments``, ``raised``, ``struck``, ``hidden``
    Looks of cells, by address (``B4``, ``B4:B8``, or ``'Tab 2'!B4`` where there are several sheets):
    joined areas, formats of numbers, comments, how many characters at the end are set high, what is struck
    out; hidden rows, columns and sheets.
``edits``, ``company_list``
    Replacements in a part of an xlsx package (``part: [[pattern, text]]``) or in the bytes of an xls file (in
    hexadecimal digits); a second sheet with that many addresses. An ``ods`` may also have XML in place of a
    line (``<table:table-row/>``) or a cell (``<text:p>…``, ``<table:table-cell …``).
``outcome``
    ``read``: clear, must be read without a question. ``ask``: nothing may be stored without a question or an
    error. ``either``: both are right, as long as nothing is stored that is wrong.
``figures``
    What is right to store: indicator, year, and target group or occupation if any, with a value for each
    organisation. ``reported``: rows that must be named in a problem. ``because``: why, where it is not plain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
ORGANISATIONS = HERE.parents[3] / "partners" / "catalogue" / "organisations.yaml"
OUTCOMES = ("read", "ask", "either")
TOTAL = "_T"


class FigureKey(NamedTuple):
    """What a figure is about."""

    indicator: str
    year: int
    organisation: str
    target_group: str = TOTAL
    occupation: str = TOTAL


@dataclass(frozen=True)
class Case:
    """One spreadsheet, and what a careful person would store of it."""

    name: str
    shows: str
    outcome: str
    content: dict[str, Any]
    figures: dict[FigureKey, float] = field(default_factory=dict)
    reported: tuple[int, ...] = ()
    because: str = ""

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.content.get('format', 'xlsx')}"

    def __str__(self) -> str:
        return self.name


@cache
def all_cases() -> dict[str, Case]:
    """Every case by its name, which is unique over all files."""
    found: dict[str, Case] = {}
    for path in sorted(HERE.glob("*.yaml")):
        for case in _cases_of(path):
            if case.name in found:
                raise ValueError(f"Two cases are called {case.name}.")
            found[case.name] = case
    return found


def _cases_of(path: Path) -> Iterator[Case]:
    for name, given in _load(path).items():
        content = dict(given)
        outcome, shows = content.pop("outcome"), content.pop("shows")
        if outcome not in OUTCOMES:
            raise ValueError(f"{name}: {outcome} is no outcome.")
        yield Case(
            name=name,
            shows=shows,
            outcome=outcome,
            figures=dict(_figures(content.pop("figures", {}))),
            reported=tuple(content.pop("reported", ())),
            because=content.pop("because", ""),
            content=content,
        )


def _load(path: Path) -> dict[str, Any]:
    """With the parser in C, which is there wherever PyYAML comes as a wheel."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  both loaders are safe


def _figures(given: dict[str, dict[str, float]]) -> Iterator[tuple[FigureKey, float]]:
    """``training_placements 2016 J5 24``: indicator, year, and target group and occupation if any."""
    for about, values in given.items():
        indicator, year, *more = about.split()
        occupation = next((part for part in more if re.fullmatch(r"\d+", part)), TOTAL)
        group = next((part for part in more if part != occupation), TOTAL)
        for name, value in values.items():
            organisation = organisation_codes().get(name, name)
            yield FigureKey(indicator, int(year), organisation, group, occupation), float(value)


@cache
def organisation_codes() -> dict[str, str]:
    """The code of each organisation by its names; a name of two organisations is none."""
    codes: dict[str, set[str]] = {}
    for entry in _load(ORGANISATIONS)["organisations"]:
        for name in (entry["name_de"], entry.get("short_name"), *entry.get("aliases", ())):
            codes.setdefault(name, set()).add(entry["code"])
    return {name: min(found) for name, found in codes.items() if len(found) == 1}
