"""Numbers as people and publishers write them. The notation is the column's, never one cell's."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.text.quality import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

GERMAN = "de"
ENGLISH = "en"
MIXED = "mixed"

DASHES = ("-", "–", "—", "−", "‐", "‑")
"""What people and programs write as a minus sign."""

_MINUS = "".join(DASHES)  # the hyphen comes first, so that a class of characters takes it for itself
_SPACES = "\u0020\u00a0\u2009\u202f\u2007"
_GERMAN = re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SPACED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{_SPACES}'’][0-9]{{3}})+(?:[.,][0-9]+)?")
_GAPS = re.compile(rf"[{_SPACES}'’]")
_SHAPE = re.compile(
    r"^(?P<approx>(?:ca\.?|circa|rund|etwa|~|≈)\s*)?"
    rf"(?P<open>\()?\s*(?P<sign>[{_MINUS}+]?)\s*(?P<core>[0-9][0-9.,'’\s]*?)\s*(?P<after>[{_MINUS}]?)\s*"
    r"(?P<status>[rpsRPS])?\s*(?P<close>\))?"
    r"(?P<marks>(?:\s+[0-9]{1,2}\)|\s*[⁰¹²³⁴-⁹]+[)⁾]?|\s*\*{1,2})*)\s*(?P<unit>%|€|EUR|Euro)?$"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class NumberText(NamedTuple):
    """A number as text, taken apart. ``german`` and ``english`` are None where that reading is impossible.

    A minus sign in front is part of both. One behind the number (``5-``) and parentheses are reported only:
    what they mean depends on where they stand.
    """

    german: Decimal | None
    english: Decimal | None
    quality: str
    in_parentheses: bool
    marks: tuple[str, ...]
    unit: str
    sign: str = ""
    sign_after: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the text is a number and nothing else: no mark, unit, doubt or sign behind it."""
        has_more = self.quality or self.marks or self.unit or self.sign_after
        return not has_more and not self.in_parentheses

    @property
    def is_ambiguous(self) -> bool:
        return self.german is not None and self.english is not None and self.german != self.english

    @property
    def grouped(self) -> Decimal:
        """Of an ambiguous number, the reading in which the mark groups thousands."""
        return max((self.german or Decimal(0)), (self.english or Decimal(0)), key=abs)

    @property
    def grouping(self) -> str:
        return GERMAN if self.grouped == self.german else ENGLISH

    def value(self, notation: str) -> Decimal | None:
        """None: ambiguous, or not a number in the column's notation."""
        if self.german is None or self.english is None:
            return self.english if self.german is None else self.german
        if self.german == self.english or notation == GERMAN:
            return self.german
        return self.english if notation == ENGLISH else None


def take_apart(text: str) -> NumberText | None:
    """None: the text is not a number in any notation."""
    shape = _SHAPE.match(text)
    if not shape or bool(shape["open"]) != bool(shape["close"]):
        return None
    if shape["after"] and (shape["sign"] or shape["open"]):
        return None
    core = shape["core"]
    if _GAPS.search(core):
        if not _SPACED.fullmatch(core):
            return None
        core = _GAPS.sub("", core)
    sign = "-" if shape["sign"] in DASHES else ""
    german = english = None
    if _GERMAN.fullmatch(core):
        german = _signed(sign, core.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(core):
        english = _signed(sign, core.replace(",", ""))
    if german is None and english is None:
        return None
    quality = SIGNS.get((shape["status"] or "").lower(), "estimate" if shape["approx"] else "")
    marks = re.findall(r"\d+|\*+", shape["marks"].translate(_SUPERSCRIPTS))
    return NumberText(
        german,
        english,
        quality,
        bool(shape["open"]),
        tuple(marks),
        shape["unit"] or "",
        shape["sign"],
        shape["after"],
    )


def _signed(sign: str, digits: str) -> Decimal:
    number = Decimal(digits)
    return number.copy_negate() if sign and number else number


_GLUED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})*[.,][0-9]{4,5}")


def is_maybe_glued(text: str) -> bool:
    """``1.2401``: a footnote mark may have been glued to 1.240; it tells nothing about the notation."""
    return _GLUED.fullmatch(text) is not None


def notation_of(numbers: Iterable[NumberText], whole: Iterable[NumberText] = ()) -> str:
    """The notation a column's numbers agree on; empty where none of them tells.

    ``whole`` are the numbers of whole-number indicators: there an ambiguous mark can only group thousands,
    which tells about the column if nothing else does.
    """
    counts = Counter(
        GERMAN if number.english is None else ENGLISH
        for number in numbers
        if (number.german is None) != (number.english is None)
    )
    if not counts:
        counts = Counter(number.grouping for number in whole if number.is_ambiguous)
    if len(counts) > 1:
        return MIXED
    return next(iter(counts), "")


def from_float(value: float) -> Decimal | None:
    """What the spreadsheet shows: fifteen digits, no more. None: infinite or none at all."""
    if isinstance(value, int) or value.is_integer():
        return Decimal(int(value))
    return Decimal(f"{value:.15g}") if isfinite(value) else None


def number_of_cell(value: Any, notation: str) -> Decimal | None:
    """The number of a cell in the notation of its column; None: there is none."""
    if isinstance(value, str):
        number = take_apart(value.strip()) if value else None
        return None if number is None else number.value(notation)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return from_float(value)
