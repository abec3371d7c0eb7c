"""What a cell's number format says about the number in it: a percentage, thousands, three decimals.

Only these few formats change what a person sees; numbers that carry one are marked by their type.
"""

from __future__ import annotations

import re
from typing import Any

Run = tuple[int, int, "type[float]"]
"""First and last row of equal format within a column."""

Runs = dict[int, list[Run]]


class Formatted(float):
    """A number that is not the same as a plain one: what is remembered per value must tell them apart."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other.__class__ is self.__class__ and super().__eq__(other)

    def __hash__(self) -> int:
        return hash((self.__class__.__name__, float(self)))


class Percent(Formatted):
    """0.125, shown as 12,5 %."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{_short(float(self) * 100)} %"


class InThousands(Formatted):
    """522200, shown as 522."""

    __slots__ = ()
    scale = 1_000

    def __str__(self) -> str:
        return _short(float(self))


class InMillions(InThousands):
    """5222000, shown as 5."""

    __slots__ = ()
    scale = 1_000_000


class ThreeDecimals(Formatted):
    """7.3, shown as 7.300: perhaps seven thousand three hundred to whoever typed it."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{float(self):.3f}"


_BUILT_IN: dict[int, type[float]] = {9: Percent, 10: Percent}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_THREE_DECIMALS = re.compile(r"[0#?]\.[0#?]{2}0(?![0#?,])")


def _short(value: float) -> str:
    text = f"{value:.15g}"
    return text.replace(".", ",")


def type_of_format(code: str) -> type[float] | None:
    """None for the many formats that show a number as it is."""
    bare = _LITERAL.sub("", code.partition(";")[0] or code)
    if "%" in bare:
        return Percent
    if scaled := _SCALE.search(bare):
        return InThousands if len(scaled[1]) == 1 else InMillions
    return ThreeDecimals if _THREE_DECIMALS.search(bare) else None


def types_of_styles(formats: dict[int, str], style_formats: list[int]) -> dict[int, type[float]]:
    """Style number -> type, for the styles that matter. ``style_formats``: each style's format number."""
    by_format = {number: type_ for number, code in formats.items() if (type_ := type_of_format(code))}
    known = {**_BUILT_IN, **by_format}
    return {style: known[number] for style, number in enumerate(style_formats) if number in known}


def add_run(runs: Runs, column: int, first: int, last: int, type_: type[float]) -> None:
    """Note that a column's cells carry a format; what follows on the column's last run extends it."""
    of_column = runs.setdefault(column, [])
    if of_column and of_column[-1][1] == first - 1 and of_column[-1][2] is type_:
        of_column[-1] = (of_column[-1][0], last, type_)
    else:
        of_column.append((first, last, type_))


def mark_numbers(rows: list[list[Any]], runs: Runs) -> None:
    width = len(rows[0]) if rows else 0
    for column, of_column in runs.items():
        if column >= width:
            continue
        for first, last, type_ in of_column:
            for row in rows[first : last + 1]:
                value = row[column]
                if value.__class__ is float or value.__class__ is int:
                    row[column] = type_(value)
