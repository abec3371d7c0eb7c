"""What a cell's number format says about the number in it: a percentage, thousands, words around it.

Only these few formats change what a person sees; numbers that carry one are marked by their type.
"""

from __future__ import annotations

import re
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any, ClassVar

from measures.importing.text.factors import factor_in
from measures.importing.text.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class WithText(Formatted):
    """1, shown as 1 Tsd.: the text around the number is in its format, and nowhere else."""

    __slots__ = ()
    before: ClassVar[str] = ""
    after: ClassVar[str] = ""

    def __str__(self) -> str:
        return tidy(f"{self.before}{_short(float(self))}{self.after}")


class WithWords(Formatted):
    """2, shown as „–“ or „k. A.“: for some numbers the format has words, or nothing, instead of digits."""

    __slots__ = ()
    sections: ClassVar[tuple[str, ...]] = ()
    otherwise: ClassVar[type[float] | None] = None
    """What the format makes of the numbers it shows."""

    def __new__(cls, value: float) -> float:  # type: ignore[misc]
        made = super().__new__(cls, value)
        return made if cls.otherwise is None or made.words is not None else cls.otherwise(value)

    @property
    def words(self) -> str | None:
        """What is shown instead of the number; None where that is shown, if only as a dash for zero."""
        return _words_for(float(self), self.sections)

    def __str__(self) -> str:
        return _short(float(self)) if self.words is None else self.words


_BUILT_IN: dict[int, type[float]] = {9: Percent, 10: Percent}
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*);')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_FOR_NUMBERS = 3
"""Sections of a format; a fourth is for texts."""
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>(?:General|Standard|[0#?.,]+(?:E[+-]?[0#?]+)?))|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_THREE_DECIMALS = re.compile(r"[0#?]\.[0#?]{2}0(?![0#?,])")
_BELOW_ZERO = re.compile(r"\[<(?!>)")
_OF_DATES = frozenset("dmyhsjta")
_NO_EFFECT = frozenset(("", ".", ",", ",-", ",--", ",–", ",—", ":", "=", "+"))


def _short(value: float) -> str:
    text = f"{value:.15g}"
    return text.replace(".", ",")


@cache
def _with_text(before: str, after: str) -> type[float]:
    return type("WithText", (WithText,), {"__slots__": (), "before": before, "after": after})


def _with_words(sections: tuple[str, ...], otherwise: type[float] | None) -> type[WithWords]:
    made = {"__slots__": (), "sections": sections, "otherwise": otherwise}
    return type("WithWords", (WithWords,), made)


def type_of_format(code: str) -> type[float] | None:
    """None for the many formats that show a number as it is.

    The first section is that of a positive number, unless it is given a condition or shows no number at all.
    """
    sections = _SECTION.findall(f"{code};")
    shown = [each for each in sections[:_FOR_NUMBERS] if _words_of_section(each) is None]
    of_positive = (each for each in shown if not _BELOW_ZERO.search(each))
    type_ = _type_of_section(next(of_positive, shown[0] if shown else ""))
    numbers = tuple(sections[:_FOR_NUMBERS])
    if any(_words_for(value, numbers) is not None for value in _samples(numbers)):
        return _with_words(numbers, type_)
    return type_


def _samples(sections: tuple[str, ...]) -> Iterator[float]:
    """Numbers of which every section shows one."""
    yield from (1, -1, 0)
    for condition in filter(None, map(_CONDITION.search, sections)):
        limit = float(condition[2])
        yield from (limit - 1, limit, limit + 1)


def _words_for(value: float, sections: tuple[str, ...]) -> str | None:
    words = _words_of_section(_section_for(value, sections))
    return None if not value and words is not None and _is_dash(words) else words


def _is_dash(words: str) -> bool:
    """A zero is often shown as a dash, or not at all."""
    return not words.strip("-–—")


def _section_for(value: float, sections: tuple[str, ...]) -> str:
    """The section that shows a number: by its condition, else by its sign (``positive;negative;zero``)."""
    conditions = [_CONDITION.search(section) for section in sections]
    if not any(conditions):
        place = 1 if value < 0 else 2 if value == 0 else 0
        return sections[place] if place < len(sections) else sections[0]
    for section, condition in zip(sections[:-1], conditions, strict=False):
        if condition and _HOLDS[condition[1]](value, float(condition[2])):
            return section
        if condition is None and value < 0:
            return section
    return sections[-1]


def _words_of_section(section: str) -> str | None:
    """What a section shows instead of a number; None if it shows the number, a date or the cell's text."""
    words = ""
    for part in _PART.finditer(section):
        other = part["other"] or ""
        if part["digits"] or other == "@" or other.lower() in _OF_DATES - {""}:
            return None
        words += part["quoted"] or part["escaped"] or part["currency"] or other
    return tidy(words)


def _type_of_section(section: str) -> type[float] | None:
    before, after, digits = "", "", ""
    for part in _PART.finditer(section):
        given = part["quoted"] or part["escaped"] or part["currency"] or ""
        if part["digits"]:
            if digits and after.strip():
                before, after = before + after, ""
            digits += part["digits"]
        elif part["other"] == "%":
            return Percent
        elif part["other"] and part["other"].lower() in _OF_DATES:
            return None
        else:
            given = given or part["other"] or ""
        if digits and not part["digits"]:
            after += given
        else:
            before += given
    if not digits:
        return None
    scaled = _SCALE.search(digits)
    scale = 1_000 ** len(scaled[1]) if scaled else 1
    return type_of_parts(before, after, scale=scale, has_three_decimals=bool(_THREE_DECIMALS.search(digits)))


def type_of_parts(before: str, after: str, *, scale: int, has_three_decimals: bool) -> type[float] | None:
    """The text a format puts around a number, how much it shortens the number, and its decimals."""
    before, after = _stated_text(before), _stated_text(after)
    named = factor_in(f"{before} {after}")
    if scale > 1 and named in (None, scale):
        return InThousands if scale == InThousands.scale else InMillions
    if has_three_decimals and named is None:
        return ThreeDecimals
    return _with_text(before, after) if before or after else None


def _stated_text(text: str) -> str:
    """The text beside a number, as far as it can change what the number says."""
    bare = tidy(text).strip()
    return "" if bare in _NO_EFFECT else text


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
