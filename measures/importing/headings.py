"""What the heading of a column says: which indicator, year or group its values are, and in what unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from measures.importing.grid import DERIVED, FACTORS, ROLE_OF_WORD, UNITS, Grid, is_year, role_of, shown
from measures.importing.names import (
    Names,
    fold,
    split_marks,
    tidy,
    without_participle,
)
from measures.importing.vocabulary import TOTAL
from measures.importing.years import parse_year, years_in

if TYPE_CHECKING:
    from measures.importing.layout import Block

_SEPARATORS = re.compile(
    r"\s*(?:[,;:|()]|\s[–—-]\s|\s(?=(?:darunter|davon|nachrichtlich|of which)\b))\s*", re.IGNORECASE
)
_COMPARING = re.compile(
    r"(?:prozentuale )?(?:veraenderung|differenz|abweichung|anteil|entwicklung|change|share|difference)\b"
)
_STATUS_WORDS = (
    (re.compile(r"vorlaeufig|preliminary|\bvorl\b"), "preliminary"),
    (re.compile(r"schaetz|estimate"), "estimate"),
    (re.compile(r"revidiert|berichtigt|revised|korrigiert"), "revised"),
)


@dataclass(slots=True)
class Heading:
    """The reading of one column's heading."""

    text: str = ""
    meaning: dict[str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    role: str = ""
    factor: int = 1
    quality: str = ""
    unread: list[str] = field(default_factory=list)
    derived: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.meaning)


def quality_in(text: str) -> str:
    key = fold(text)
    return next((quality for pattern, quality in _STATUS_WORDS if pattern.search(key)), "")


def header_paths(grid: Grid, block: Block, columns: list[int]) -> dict[int, list[Any]]:
    """Per column its heading from top to bottom, spans and stacked groups filled to the right."""
    paths: dict[int, list[Any]] = {column: [] for column in columns}
    for depth, row in enumerate(block.header):
        below = block.header[depth + 1 :]
        spans = grid.has_spans(row)
        last: Any = ""
        for column in columns:
            value = grid.spanned(row, column)
            if value == "" and last != "" and not spans and any(grid.spanned(r, column) != "" for r in below):
                value = last
            elif value != "":
                last = "" if _is_describing(value) else value
            else:
                last = ""
            if value != "" and (not paths[column] or paths[column][-1] != value):
                paths[column].append(value)
    return paths


def _is_describing(value: Any) -> bool:
    return role_of(value) not in ("", "value")


def read_heading(path: list[Any], names: Names, *, indicator_hint: str = "") -> Heading:
    heading = Heading(text=" ".join(tidy(shown(part)) for part in path))
    for part in path:
        _read_part(part, heading, names, indicator_hint)
    return heading


def _read_part(part: Any, heading: Heading, names: Names, hint: str) -> None:
    if isinstance(part, str):
        part = part.rstrip(" :")
    year = parse_year(part, serial=names.first_day)
    if year is not None and (is_year(part) or not isinstance(part, str)):
        _set_year(heading, year.year, year.marks, year.quality)
        return
    text, marks = split_marks(tidy(shown(part)))
    heading.marks.extend(marks)
    if _read_exact(text, heading, names):
        return
    # A heading that says several things at once: "EQ-Plätze 2016 (Anzahl)", "2016: Frauen".
    for found, start, end in reversed(years_in(text)):
        heading.meaning.setdefault("year", str(found))
        text = f"{text[:start]} {text[end:]}".strip()
    heading.quality = heading.quality or quality_in(text)
    if not text or _read_exact(text.strip(" ,;:()–-"), heading, names):
        return
    for piece in filter(None, _SEPARATORS.split(text)):
        bare, more = split_marks(piece)
        heading.marks.extend(more)
        if not (_read_exact(bare, heading, names) or quality_in(bare) or _is_of_indicator(bare, hint)):
            heading.unread.append(bare)


def _set_year(heading: Heading, year: int, marks: tuple[str, ...], quality: str) -> None:
    heading.meaning["year"] = str(year)
    heading.marks.extend(marks)
    heading.quality = quality or heading.quality


def _read_exact(text: str, heading: Heading, names: Names) -> bool:
    """Read a heading, or a piece of one, that says one known thing. False: it says something else."""
    key = fold(text)
    if not key and text not in ROLE_OF_WORD and text != "%":
        return True
    if key in FACTORS:
        heading.factor = FACTORS[key]
    elif text == "%" or key in DERIVED:
        heading.derived = True
    elif indicator := names.exact("indicator", text):
        heading.meaning.setdefault("indicator", indicator)
    elif _COMPARING.match(key):
        heading.derived = True
    elif role := ROLE_OF_WORD.get(key or text):
        heading.role = heading.role or role
    else:
        return _read_group(text, heading, names) or key in UNITS or _read_place(text, heading, names)
    return True


def _read_group(text: str, heading: Heading, names: Names) -> bool:
    bare, is_part = without_participle(text)
    if is_part and not bare:
        return True
    group = names.exact("target_group", bare)
    if group and (group != TOTAL or "target_group" not in heading.meaning):
        heading.meaning["target_group"] = group
    return group is not None


def _read_place(text: str, heading: Heading, names: Names) -> bool:
    for kind in ("region", "organisation", "occupation"):
        if code := names.exact(kind, text):
            heading.meaning.setdefault(kind, code)
            return True
    return False


def _is_of_indicator(text: str, hint: str) -> bool:
    """Whether a heading only repeats words of the indicator the title names (``Plätze``)."""
    key = fold(text)
    return bool(key) and bool(hint) and f" {key} " in f" {hint} "
