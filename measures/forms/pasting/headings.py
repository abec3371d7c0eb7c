"""The headings of a pasted block: which of its rows and columns are headings, and what each names.

Values decide where the headings end, not whether their names are known: a heading that nobody knows names no
cell, and its values are not taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from measures.forms.pasting.blocks import Block
from measures.importing.columns.headings import read_heading
from measures.importing.text.markers import possible_meanings
from measures.importing.text.names import NameIndex
from measures.importing.text.numbers import take_apart
from measures.importing.text.occupations.listed import go_together
from measures.importing.text.periods import DAY, YEAR, periods_in
from measures.importing.text.wording import open_parts, parts_of
from measures.importing.vocabulary import UNASSIGNED

MOST_HEADING_ROWS, MOST_HEADING_COLUMNS, MOST_LABELS, MOST_WORDS = 10, 4, 1_500, 100
LONGEST_HEADING, MOST_LOOKED_UP = 300, 12_000
"""In characters, of one heading and of all that differ: looking them up takes some two seconds at most.

More is not looked up: what nobody looked up is not known, and places nothing.
"""
_YEAR = re.compile(r"(?:19|20)\d{2}")
DIMENSIONS = ("indicator", "target_group", "region", "occupation")


@dataclass(frozen=True)
class NamedLine:
    """What the headings of a row or column say. Without ``meaning`` they name nothing that is known."""

    text: str
    meaning: dict[str, str] = field(default_factory=dict)
    is_left_out: bool = False
    """It holds what is not recorded in the grid: a change, a share, last year's value, a remark."""
    is_unread: bool = False
    """It was not looked up: the block has too many words."""

    @property
    def dimensions(self) -> set[str]:
        return self.meaning.keys() & set(DIMENSIONS)


@dataclass(frozen=True)
class Headings:
    """``rows`` and ``columns`` are None where the block has no headings on that side."""

    first_row: int
    first_column: int
    rows: Sequence[NamedLine] | None
    columns: Sequence[NamedLine] | None
    titles: Sequence[NamedLine] = ()
    """Lines above the headings that name no cell: of all they say, only a year counts."""
    doubts: Sequence[str] = ()
    """Titles with words that narrow the values, or that nobody knows, as the import would ask about them; and
    headings that could be a row of values."""
    unclear: tuple[int, str] | None = None
    """From which row of values on another heading, with these words, may change what the values are."""

    @property
    def are_there(self) -> bool:
        return self.rows is not None or self.columns is not None or bool(self.titles)

    @property
    def occupations(self) -> set[str]:
        """Those that are named beside or above the values."""
        lines = (*(self.rows or ()), *(self.columns or ()))
        return {line.meaning["occupation"] for line in lines if "occupation" in line.meaning}


def is_value(text: str) -> bool:
    """Whether a cell holds a number or a reason for none, as values do and headings do not."""
    return bool(take_apart(text)) or bool(possible_meanings(text))


def read_headings(block: Block, names: NameIndex) -> Headings:
    texts = [[cell.text for cell in row] for row in block]
    return _HeadingReader(texts, names).headings()


class _HeadingReader:
    def __init__(self, texts: list[list[str]], names: NameIndex) -> None:
        self.texts = texts
        self.names = names
        self.width = len(texts[0])
        self.looked_up = 0
        self.known_lines: dict[tuple[str, ...], NamedLine] = {}
        self.first_row = self._heading_rows()
        self.first_column = self._heading_columns()

    def headings(self) -> Headings:
        beside = [[row[at] for row in self.texts[self.first_row :]] for at in range(self.first_column)]
        rows = self._rows(beside) if beside else None
        above, titles = self._above(rows or [])
        columns = self._named(_filled(above))[self.first_column :] if above else None
        unclear = self._words_among_values() or self._section(rows or [])
        doubts = [title.text for title in titles if self._is_doubtful(title)]
        doubts += [
            " ".join(filter(None, row)) for row in self.texts[: self.first_row] if self._may_be_values(row)
        ]
        return Headings(self.first_row, self.first_column, rows, columns, titles, doubts, unclear)

    def _heading_rows(self) -> int:
        """The first rows without a value. Years are none where they stand in a row of headings."""
        count = 0
        while count < min(MOST_HEADING_ROWS, len(self.texts) - 1) and self._is_heading_row(count):
            count += 1
        return count if any(map(any, self.texts[:count])) else 0

    def _is_heading_row(self, at: int) -> bool:
        """Years beside a label that names no cell are headings, too: of last year's values and of this."""
        row = self.texts[at]
        if not any(map(is_value, row)):
            return True
        if any(is_value(text) and not _YEAR.fullmatch(text) for text in row):
            return False
        words = [column for column, text in enumerate(row) if text and not is_value(text)]
        if not words:
            return any(map(any, self.texts[:at]))
        if any(is_value(below[column]) for column in words for below in self.texts[at + 1 :]):
            return True
        return not any(self._line([row[column]]).dimensions for column in words)

    def _heading_columns(self) -> int:
        """The first columns without a value, up to the last with words. A code of an occupation is none.

        After one column of codes, what looks like codes are values.
        """
        count, has_codes = 0, False
        for at in range(min(MOST_HEADING_COLUMNS, self.width - 1)):
            column = [row[at] for row in self.texts[self.first_row :] if row[at]]
            if any(map(is_value, column)):
                if has_codes or not self._are_codes(column):
                    break
                has_codes = True
            if column:
                count = at + 1
        return count

    def _are_codes(self, column: list[str]) -> bool:
        """Whether each is another occupation; where half are, a number that is none is an unknown code.

        A column that may be either is taken for codes: those are looked at before anything is stored.
        """
        codes = [self.names.exact("occupation", text) for text in column]
        known = list(filter(None, codes))
        unknown = [text for text, code in zip(column, codes, strict=True) if not code]
        return (
            len(column) > 1
            and len(known) * 2 >= len(column)
            and len(set(known)) + len(set(unknown)) == len(column)
            and all(map(str.isdigit, unknown))
        )

    def _rows(self, beside: list[list[str]]) -> list[NamedLine]:
        if not self._are_codes([text for text in beside[0] if text]):
            return self._named(_filled(beside))
        return [self._of_code(parts) for parts in zip(*beside, strict=True)]

    def _of_code(self, parts: Sequence[str]) -> NamedLine:
        """The code says which occupation it is, unless the words beside it name another."""
        text, label = " / ".join(filter(None, parts)), " ".join(filter(None, parts[1:]))
        code = self.names.exact("occupation", parts[0]) if parts[0] else None
        if code is None:
            return NamedLine(text)
        is_plain = not label or self.names.exact("occupation", label) == code
        if not is_plain and not self._may_look_up(label):
            return NamedLine(text, is_unread=True)
        return NamedLine(
            text, {"occupation": code} if is_plain or go_together(self.names, code, label) else {}
        )

    def _above(self, rows: list[NamedLine]) -> tuple[list[list[str]], list[NamedLine]]:
        """The rows of headings, outermost first, and the titles over them.

        A single cell beside or above the labels is the heading of all columns if it names what the rows leave
        open, the label of a row without values if it names what they do, and else a title. Where there are no
        labels, a single first cell that names nothing is a title of the headings below it.
        """
        named_by_rows = {kind for line in rows for kind in line.dimensions}
        above: list[list[str]] = []
        titles: list[NamedLine] = []
        lines = [row for row in self.texts[: self.first_row] if any(row)]
        for row in lines:
            first, *others = [at for at, text in enumerate(row) if text]
            line = self._line([row[first]])
            is_over_values = bool(others) or first >= max(self.first_column, 1)
            names_columns = line.dimensions or line.is_left_out or row is lines[-1]
            if is_over_values or (self.first_column == 0 and names_columns):
                above.append(list(row))
            elif not line.dimensions:
                titles.append(NamedLine(line.text) if line.is_unread else _title(line.text))
            elif not line.dimensions & named_by_rows:
                above.append([row[first]] * self.width)
        return above, titles

    def _words_among_values(self) -> tuple[int, str] | None:
        """A known name where values stand: the block has headings in a place that nobody expects."""
        values = (text for row in self.texts[self.first_row :] for text in row[self.first_column :])
        words = [text for text in dict.fromkeys(values) if text and not is_value(text)]
        if len(words) > MOST_WORDS:
            return 0, words[0]
        lines = ((text, self._line([text])) for text in words)
        return next(((0, text) for text, line in lines if line.dimensions or line.is_unread), None)

    def _is_doubtful(self, title: NamedLine) -> bool:
        """What names another period keeps the values out anyway."""
        if "year" in title.meaning:
            return False
        return not self._may_look_up(title.text) or bool(open_parts(parts_of(title.text, self.names)))

    def _may_be_values(self, row: list[str]) -> bool:
        """``Insgesammt | 2030``: beside a label that nobody knows, what is a year may be a number, too."""
        first = next((text for text in row if text), "")
        if is_value(first) or not any(map(is_value, row)):
            return False
        line = self._line([first])
        return not line.dimensions and not line.is_left_out

    def _may_look_up(self, text: str) -> bool:
        self.looked_up += len(text)
        return len(text) <= LONGEST_HEADING and self.looked_up <= MOST_LOOKED_UP

    def _section(self, rows: list[NamedLine]) -> tuple[int, str] | None:
        """A label without values over others: it may say of which indicator or part the rows below it are."""
        are_indicators = sum("indicator" in line.meaning for line in rows) > 1
        for at, line in enumerate(rows):
            below = self.texts[self.first_row + at :]
            is_open = not line.meaning or ("indicator" in line.meaning and not are_indicators)
            if line.text and is_open and not any(below[0][self.first_column :]) and len(below) > 1:
                return at, line.text
        return None

    def _named(self, lines: list[list[str]]) -> list[NamedLine]:
        return [
            self._line(parts) if at < MOST_LABELS else NamedLine(" / ".join(filter(None, parts)))
            for at, parts in enumerate(zip(*lines, strict=True))
        ]

    def _line(self, parts: Iterable[str]) -> NamedLine:
        path = tuple(part for part in parts if part)
        if path not in self.known_lines:
            self.known_lines[path] = self._look_up(path)
        return self.known_lines[path]

    def _look_up(self, path: tuple[str, ...]) -> NamedLine:
        if not path:
            return NamedLine("")
        text = " / ".join(path)
        occupation = self.names.exact("occupation", path[0]) if len(path) == 1 else None
        if occupation and (occupation.isdigit() or (occupation == UNASSIGNED and self.names.occupations)):
            return NamedLine(text, {"occupation": occupation})
        if not self._may_look_up(text):
            return NamedLine(text, is_unread=True)
        heading = read_heading(list(path), self.names)
        if heading.derived or heading.not_kept or heading.of_last_year or heading.role not in ("", "value"):
            return NamedLine(text, is_left_out=True)
        if heading.unread:
            return NamedLine(text)
        known = (*DIMENSIONS, "year")
        return NamedLine(text, {kind: code for kind, code in heading.meaning.items() if kind in known})


def _title(text: str) -> NamedLine:
    """A day is when something was stated; a part of a year is another period than the year."""
    named = {
        str(each.year) if each.form == YEAR else each.text for each in periods_in(text) if each.form != DAY
    }
    return NamedLine(text, {"year": " ".join(sorted(named))} if named else {})


def _filled(lines: list[list[str]]) -> list[list[str]]:
    """Of several lines of headings all but the innermost hold until the next one: merged cells."""
    for line in lines[:-1]:
        last = ""
        for at, text in enumerate(line):
            last = line[at] = text or last
    return lines
