"""What a row looks like by its cells: data, heading, numbering, legend; before it belongs to any table."""

from __future__ import annotations

import re
from typing import Any

from measures.importing.layout.grid import CellKind, SheetGrid, is_date, is_serial_of_label, role_of, shown
from measures.importing.text.folding import fold, tidy
from measures.importing.text.letters.contacts import is_key_of_number
from measures.importing.text.markers import legend_in
from measures.importing.text.periods import periods_in
from measures.importing.text.wording import INDICATOR, parts_of

SHORT_ROW = 3
_NEAR = 4
_SEXES = {"m", "w"}
_HEADING_LIKE_NUMBER = re.compile(r"[mMwW]\.?|[’']\d\d|\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z][a-zä]+\.?)")
_MOST_PARAMETERS = 30
_MARK = re.compile(r"\*{1,3}|\(?\d{1,2}\)|\[\d{1,2}\]")


_NUMBERED_FROM = 3


DESCRIBING = {CellKind.ENTITY, CellKind.TOTAL}


_NAMING = {*DESCRIBING, CellKind.TEXT}


_LABEL_ROLES = {
    "organisation",
    "region",
    "indicator",
    "target_group",
    "occupation",
    "occupation_label",
    "year",
}


def cells_of(grid: SheetGrid, row: int) -> list[tuple[int, Any]]:
    return list(grid.filled(row))


def is_numbering(grid: SheetGrid, row: int) -> bool:
    """A row that only counts the columns: 1 2 3 4, also as (1) (2) (3)."""
    values = [value for _, value in grid.filled(row)]
    if len(values) < _NUMBERED_FROM:
        return False
    try:
        numbers = [float(value.strip(" ().") if isinstance(value, str) else value) for value in values]
    except (TypeError, ValueError):
        return False
    return numbers[0] in (0, 1) and numbers == [numbers[0] + place for place in range(len(numbers))]


def is_of_contacts(grid: SheetGrid, row: int) -> bool:
    """``Ansprechpartner/in | Fr. Roth | Hr. Dietz`` below the chambers: who answers for each."""
    (_, first), *others = cells_of(grid, row) or [(0, "")]
    return (
        bool(others)
        and role_of(first) == "ignore"
        and all(grid.kind(value) is CellKind.TEXT for _, value in others)
    )


def is_legend(cells: list[tuple[int, Any]]) -> bool:
    """A sign or a mark and what it stands for."""
    texts = [tidy(str(value)) for _, value in cells if value is not None]
    if len(texts) == 2 and _MARK.fullmatch(texts[0]) and not any(map(str.isdigit, texts[1])):  # noqa: PLR2004
        return True
    return (
        bool(texts) and len(texts) <= SHORT_ROW and bool(legend_in([f"{texts[0]} = {' '.join(texts[1:])}"]))
    )


def is_data(grid: SheetGrid, row: int) -> bool:
    """``Kammer | m | w`` and ``Kammer | 30.06. | 31.12.`` are headings, though signs and numbers look so."""
    cells = cells_of(grid, row)
    if len(cells) < 2 or is_legend(cells) or is_numbering(grid, row):  # noqa: PLR2004  a label and a value
        return False
    kinds = [grid.kind(value) for _, value in cells]
    if CellKind.NUMBER in kinds and not _NAMING & set(kinds):
        first_day = grid.names.first_day
        kinds = [
            CellKind.YEAR if is_serial_of_label(value, first_day) else kind
            for kind, (_, value) in zip(kinds, cells, strict=True)
        ]
    if CellKind.NUMBER in kinds or CellKind.MARKER in kinds:
        return not _heads_days_or_sexes(grid, row, cells)
    if _heads_indicators(grid, row, kinds):
        return False
    if _counts_like_a_year(grid, row, kinds):
        return True
    entities = kinds.count(CellKind.ENTITY)
    is_named = entities in (1, 2) and (CellKind.YEAR in kinds or CellKind.INDICATOR in kinds)
    return is_named and not begins_anew(grid, row)  # ``Kammer | 2015 | 2016 | Summe 2015–2016``


def _heads_days_or_sexes(grid: SheetGrid, row: int, cells: list[tuple[int, Any]]) -> bool:
    """Whether whatever looks like a number or a sign is a day, a short year or the letter of a sex."""
    values = [value for _, value in cells if grid.kind(value) in (CellKind.NUMBER, CellKind.MARKER)]
    if not all(isinstance(value, str) and _HEADING_LIKE_NUMBER.fullmatch(value.strip()) for value in values):
        return False
    return begins_anew(grid, row) or {fold(text) for _, text in cells if isinstance(text, str)} >= _SEXES


def _heads_indicators(grid: SheetGrid, row: int, kinds: list[CellKind]) -> bool:
    """``IHK Siegen | 2015 | 2016`` over rows of indicators: whose they are, and the years."""
    if kinds[0] is not CellKind.ENTITY or set(kinds[1:]) != {CellKind.YEAR} or row + 1 >= len(grid.rows):
        return False
    below = cells_of(grid, row + 1)
    return len(below) > 1 and grid.kind(below[0][1]) is CellKind.INDICATOR


def _counts_like_a_year(grid: SheetGrid, row: int, kinds: list[CellKind]) -> bool:
    """``Beratungen | 2001`` among rows of indicators and their numbers: a number, and no year."""
    if set(kinds[1:]) != {CellKind.YEAR} or not row or not names_indicator(grid, cells_of(grid, row)[0][1]):
        return False
    column, above = cells_of(grid, row)[0][0], cells_of(grid, row - 1)
    if len(above) < 2 or above[0][0] != column:  # noqa: PLR2004  a label and a value
        return False
    first, *others = (grid.kind(value) for _, value in above)
    is_named = first is CellKind.GROUP or names_indicator(grid, above[0][1])
    is_among = is_named and CellKind.NUMBER in others
    is_first = role_of(above[0][1]) == "indicator" and CellKind.YEAR not in others
    below = cells_of(grid, row + 1) if row + 1 < len(grid.rows) else []
    leads_to_chambers = len(below) > 1 and grid.kind(below[0][1]) is CellKind.ENTITY
    return (is_among or is_first) and not leads_to_chambers


def names_indicator(grid: SheetGrid, value: Any) -> bool:
    """Also by a name that is a word for units as well (``Beratungen``)."""
    return grid.kind(value) is CellKind.INDICATOR or (
        isinstance(value, str) and grid.names.exact("indicator", tidy(value)) is not None
    )


def is_header(grid: SheetGrid, row: int) -> bool:
    cells = cells_of(grid, row)
    if len(cells) < 2:  # noqa: PLR2004  one cell alone is a title
        return False
    if is_numbering(grid, row):
        return True
    return not is_data(grid, row) and not is_legend(cells)


def may_start(grid: SheetGrid, row: int, floor: int) -> bool:
    cells = cells_of(grid, row)
    if len(cells) == 1:
        known = grid.kind(cells[0][1]) in DESCRIBING
        return known and row > floor and is_header(grid, row - 1)
    is_contact = len(cells) == 2 and is_key_of_number(str(cells[0][1]))  # noqa: PLR2004  a key and its value
    return is_data(grid, row) and not is_contact and not _is_parameter(grid, row, floor, len(cells))


def _is_parameter(grid: SheetGrid, row: int, floor: int, width: int) -> bool:
    """``Stichtag | 30.09.`` among the lines a program writes above its table: what is shown, and when.

    They are two cells wide, name nothing of the table, have words, days or years beside their keys, and end
    at a gap above a wider row.
    """
    if width != 2:  # noqa: PLR2004  a key and its value
        return False
    first, highest = row, max(floor, row - _MOST_PARAMETERS)
    while first > highest and cells_of(grid, first - 1):
        first -= 1
    lines, last = [], first
    while last < len(grid.rows) and last < first + _MOST_PARAMETERS and (cells := cells_of(grid, last)):
        lines.append(cells)
        last += 1
    below = next(
        (cells for at in range(last, min(last + _NEAR, len(grid.rows))) if (cells := cells_of(grid, at))), []
    )
    return (
        len(lines) > 1
        and len(below) > 2  # noqa: PLR2004  a table is wider than its parameters
        and all(len(cells) == 2 and _is_key_of_program(grid, cells) for cells in lines)  # noqa: PLR2004
    )


def _is_key_of_program(grid: SheetGrid, cells: list[tuple[int, Any]]) -> bool:
    (_, key), (_, value) = cells
    text = tidy(shown(value)) if value is not None else ""
    is_number = grid.kind(value) in (CellKind.NUMBER, CellKind.MARKER) and not periods_in(text)
    return isinstance(key, str) and grid.kind(key) in (CellKind.TEXT, CellKind.WORD) and not is_number


def names_values_alone(grid: SheetGrid, header: list[int], row: int) -> bool:
    """``Anzahl`` or a year over the values, and nothing over the labels."""
    cells = [cell for place in header for cell in cells_of(grid, place)]
    first = cells_of(grid, row)[0][0]
    return bool(cells) and all(
        column > first and (grid.kind(value) is CellKind.WORD or is_year_over(grid, column, value, row))
        for column, value in cells
    )


def is_year_over(grid: SheetGrid, column: int, value: Any, row: int) -> bool:
    """``2017`` alone over ``EQ-Plätze | 438``: the year of what stands below it."""
    if grid.kind(value) is not CellKind.YEAR:
        return False
    first, *others = cells_of(grid, row)
    return first[0] < column and column in {place for place, _ in others} and isinstance(first[1], str)


def spans_some_columns(grid: SheetGrid, row: int, column: int) -> bool:
    """A single cell merged over some, not all, columns heads a group of them; otherwise it is a title."""
    used = [c for c in range(grid.left, grid.right) if grid.anchor(row, c) == (row, column)]
    wide = max((c for c, _ in grid.filled(row + 1)), default=0) - min(
        (c for c, _ in grid.filled(row + 1)), default=0
    )
    return 1 < len(used) <= wide


def names_every_column(grid: SheetGrid, row: int) -> bool:
    """A heading such as Kammer, Kennzahl, Jahr, Wert is complete; what follows is data, however it looks."""
    roles = [role_of(value) for _, value in grid.filled(row)]
    return "value" in roles and "" not in roles and len(roles) >= SHORT_ROW


def is_followed_by_rows(grid: SheetGrid, header: list[int], place: int) -> bool:
    """Whether what looks like more headings are rows with words for numbers: ``IHK Aachen | 12-15``.

    A heading with a word for the labels and one for every value is complete. A further row of headings would
    leave the labels' column blank, name units, or number the columns.
    """
    cells = cells_of(grid, place)
    below = [row for row in header if row > place]
    if not below or len(cells) < 2 or role_of(cells[0][1]) not in _LABEL_ROLES:  # noqa: PLR2004  label and value
        return False
    first, columns = cells[0][0], {column for column, _ in cells}
    for row in below:
        line = cells_of(grid, row)
        if not line or line[0][0] != first or not {column for column, _ in line} <= columns:
            return False
        kinds = [grid.kind(value) for _, value in line]
        if kinds[0] not in (CellKind.ENTITY, CellKind.TEXT) or is_numbering(grid, row):
            return False
        if CellKind.WORD in kinds[1:] or CellKind.GROUP in kinds[1:] or CellKind.INDICATOR in kinds[1:]:
            return False
    return True


def is_line_with_print_date(grid: SheetGrid, cells: list[tuple[int, Any]], below: int) -> bool:
    """``Meldung 2016 | | | 15.01.2017`` above complete headings is a title with the day of printing.

    So is ``EQ-Plätze der Kammern | | 2016`` above ``Kammer | Plätze | Bemerkung`` one with its year.
    """
    dates = [value for _, value in cells if is_date(value)]
    is_titled = len(cells) == 2 and len(cells_of(grid, below)) > len(cells)  # noqa: PLR2004  title and day
    (first, title), (last, value) = cells[0], cells[-1]
    line = cells_of(grid, below)
    is_year = grid.kind(value) is CellKind.YEAR and isinstance(title, str) and begins_anew(grid, below)
    return is_titled and (len(dates) == 1 or (is_year and (first, last) == (line[0][0], line[-1][0])))


def is_key_and_value(grid: SheetGrid, cells: list[tuple[int, Any]], below: int) -> bool:
    """``Berichtsjahr: | 2016`` above a wider header belongs to the title."""
    first = cells[0][1]
    line = cells_of(grid, below)
    return (
        len(cells) == 2  # noqa: PLR2004  a key and its value
        and len(line) > len(cells)
        and cells[0][0] <= line[0][0]
        and isinstance(first, str)
        and (first.strip().endswith(":") or grid.kind(first) is CellKind.WORD)
    )


def is_plain(grid: SheetGrid, line: list[Any]) -> bool:
    """Whether the cells of a row go from a label to a number, as in nearly every row of data.

    Such a row neither names columns nor begins another table.
    """
    kinds = grid.kinds
    last, first = kinds[line[-1]], kinds[line[0]]
    ends_in_number = last is CellKind.NUMBER or last is CellKind.MARKER
    return ends_in_number and first is not CellKind.WORD and first is not CellKind.BLANK


def heads_labels(value: Any) -> bool:
    """Whether a cell is a word for the labels of a table: ``Kammer``, ``Kennzahl``."""
    return role_of(value) in _LABEL_ROLES


def begins_anew(grid: SheetGrid, row: int) -> bool:
    """``Kammer | Beratene Betriebe`` among the rows: headings of another table, gap or not."""
    first = next(grid.filled(row), (0, None))[1]
    return isinstance(first, str) and grid.kind(first) is CellKind.WORD and heads_labels(first)


def has_words_for_numbers(grid: SheetGrid, cells: list[tuple[int, Any]]) -> bool:
    """``IHK Köln | siehe Anlage`` among the rows of a table: told as no number, not passed over."""
    first, *others = (grid.kind(value) for _, value in cells)
    return first is CellKind.ENTITY and set(others) == {CellKind.TEXT}


def gap_above_list(grid: SheetGrid, row: int, floor: int) -> tuple[list[int], list[tuple[int, Any]]]:
    """The empty row above ``Beratene Betriebe: | 120``, as letters and forms list figures without heading.

    A line of one cell between them (``A Betriebe``) is a heading of what follows.
    """
    sections: list[tuple[int, Any]] = []
    line, gap = cells_of(grid, row), -1
    if not line:
        return [], []
    for above in range(row - 1, floor, -1):
        cells = cells_of(grid, above)
        if not cells:
            gap = above
            break
        if len(cells) > 1 or sections or cells[0][0] > line[0][0]:
            break
        sections = [(above, cells[0][1])]
    if gap < 0 or not _goes_on(grid, row, line):
        return [], []
    return [gap], sections


def is_name_and_number(grid: SheetGrid, cells: list[tuple[int, Any]], *, is_part: bool = False) -> bool:
    """``Neuverträge zum 30.09.2017 | 120``; ``is_part``: ``darunter Frauen | 40`` as well."""
    if len(cells) != 2 or grid.kind(cells[1][1]) not in (CellKind.NUMBER, CellKind.YEAR):  # noqa: PLR2004
        return False
    name = cells[0][1]
    if names_indicator(grid, name) or (is_part and grid.kind(name) is CellKind.GROUP):
        return True
    return isinstance(name, str) and any(part.kind == INDICATOR for part in parts_of(name, grid.names))


def _goes_on(grid: SheetGrid, row: int, line: list[tuple[int, Any]]) -> bool:
    """Whether the next row with a figure is one more of the list, below headings at most."""
    kinds = [grid.kind(value) for _, value in line]
    is_of_owners = _is_owner_and_number(kinds)
    if not is_of_owners and not is_name_and_number(grid, line):
        return False
    for below in range(row + 1, min(row + _NEAR, len(grid.rows))):
        cells = cells_of(grid, below)
        if len(cells) > 1:
            if [column for column, _ in cells] != [column for column, _ in line]:
                return False
            if not is_of_owners:
                return is_name_and_number(grid, cells, is_part=True)
            own, *others = (grid.kind(value) for _, value in cells)
            if others != kinds[1:] or own is not CellKind.TEXT:  # a chamber nobody knows may be among them
                return [own, *others] == kinds
    return False


def _is_owner_and_number(kinds: list[CellKind]) -> bool:
    """``IHK Köln | 120``, ``IHK Köln | 2016 | 120``: whose figure it is, perhaps of what, and a number."""
    if len(kinds) < 2:  # noqa: PLR2004  a label and a value
        return False
    first, *between, last = kinds
    is_number = last is CellKind.NUMBER or (last is CellKind.YEAR and not between)
    return first is CellKind.ENTITY and is_number and set(between) <= {CellKind.YEAR, CellKind.INDICATOR}


def is_key_beside_values(grid: SheetGrid, cells: list[tuple[int, Any]], row: int) -> bool:
    """``Kammer: | IHK Erfurt`` above ``Beratungen | | 120``: whose form it is, and no heading of numbers."""
    first = cells[0][1]
    valued = {
        column
        for column, value in cells_of(grid, row)
        if grid.kind(value) in (CellKind.NUMBER, CellKind.YEAR)
    }
    return (
        len(cells) == 2  # noqa: PLR2004  a key and its value
        and isinstance(first, str)
        and first.strip().endswith(":")
        and cells[1][0] not in valued
    )
