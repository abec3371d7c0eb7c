"""The headings of a pasted block: which of its rows and columns are headings, and what each names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from measures.forms.pasting.blocks import Block
from measures.importing.columns.headings import read_heading
from measures.importing.text.markers import possible_meanings
from measures.importing.text.names import NameIndex
from measures.importing.text.numbers import take_apart

MOST_HEADING_ROWS, MOST_HEADING_COLUMNS = 3, 2
_YEAR = re.compile(r"(?:19|20)\d{2}")
DIMENSIONS = ("indicator", "target_group", "region", "occupation")


@dataclass(frozen=True)
class NamedLine:
    """What the headings of a row or column say. Without ``meaning`` they name nothing that is known."""

    text: str
    meaning: dict[str, str] = field(default_factory=dict)
    is_left_out: bool = False
    """It holds what is not recorded in the grid: a change, a share, last year's value, a remark."""


@dataclass(frozen=True)
class Headings:
    """``rows`` and ``columns`` are None where the block has no headings on that side."""

    first_row: int
    first_column: int
    rows: Sequence[NamedLine] | None
    columns: Sequence[NamedLine] | None

    @property
    def are_there(self) -> bool:
        return self.rows is not None or self.columns is not None


def is_value(text: str) -> bool:
    """Whether a cell holds a number or a reason for none, as values do and headings do not."""
    return bool(take_apart(text)) or bool(possible_meanings(text))


def read_headings(block: Block, names: NameIndex) -> Headings:
    first_row = 0
    while first_row < min(MOST_HEADING_ROWS, len(block) - 1) and _is_heading_row(block, first_row, names):
        first_row += 1
    width = len(block[0])
    first_column = 0
    while first_column < min(MOST_HEADING_COLUMNS, width - 1) and _is_heading_column(
        block, first_row, first_column, names
    ):
        first_column += 1
    above = _filled([[cell.text for cell in row] for row in block[:first_row]])
    beside = _filled([[row[at].text for row in block[first_row:]] for at in range(first_column)])
    return Headings(
        first_row,
        first_column,
        rows=[_named(parts, names) for parts in zip(*beside, strict=True)] if beside else None,
        columns=[_named(parts, names) for parts in list(zip(*above, strict=True))[first_column:]]
        if above
        else None,
    )


def _is_heading_row(block: Block, at: int, names: NameIndex) -> bool:
    """Whether a row holds no value and one of its cells names something above values."""
    texts = [cell.text for cell in block[at]]
    if any(is_value(text) and not _YEAR.fullmatch(text) for text in texts if text):
        return False
    return any(
        text
        and any(is_value(row[column].text) for row in block[at + 1 :] if row[column].text)
        and _names_something(text, names)
        for column, text in enumerate(texts)
    )


def _is_heading_column(block: Block, first_row: int, at: int, names: NameIndex) -> bool:
    texts = [row[at].text for row in block[first_row:] if row[at].text]
    return not any(map(is_value, texts)) and any(_names_something(text, names) for text in texts)


def _names_something(text: str, names: NameIndex) -> bool:
    line = _named([text], names)
    return line.is_left_out or bool(line.meaning)


def _filled(lines: list[list[str]]) -> list[list[str]]:
    """Of several lines of headings all but the innermost hold until the next one: merged cells."""
    for line in lines[:-1]:
        last = ""
        for at, text in enumerate(line):
            last = line[at] = text or last
    return lines


def _named(parts: Iterable[str], names: NameIndex) -> NamedLine:
    path = [part for part in parts if part]
    if not path:
        return NamedLine("")
    heading = read_heading(path, names)
    text = " / ".join(path)
    if heading.derived or heading.not_kept or heading.of_last_year or heading.role not in ("", "value"):
        return NamedLine(text, is_left_out=True)
    if heading.unread:
        return NamedLine(text)
    known = (*DIMENSIONS, "year")
    return NamedLine(text, {kind: code for kind, code in heading.meaning.items() if kind in known})
