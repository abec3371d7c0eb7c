"""Reading a file, stage after stage: workbook, grid, layout, columns, rows, problems."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from measures.importing.footnotes import Footnotes, footnotes_in, is_footnote
from measures.importing.grid import Grid, role_of, shown
from measures.importing.headings import quality_in
from measures.importing.layout import Block, find_blocks, lines_of
from measures.importing.markers import Markers, legend_in
from measures.importing.names import Names, tidy
from measures.importing.problems import Problem, Refusal
from measures.importing.results import FIELDS, Reading, refused
from measures.importing.rows import RowReader, TableRows
from measures.importing.tables import Plan, Surroundings, make_plan
from measures.importing.totals import declared_base
from measures.importing.vocabulary import Answers, Limits, Vocabulary
from measures.importing.workbook import Sheet, Workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HELD = FIELDS.index("held")
_VALUE, _ABSENCE, _CELL = FIELDS.index("value"), FIELDS.index("absence"), FIELDS.index("cell")
_SHEET = FIELDS.index("sheet")
_KINDS_WITH_KEYS = ("organisation", "region", "indicator", "target_group")
_KEYS_FROM_TOP = 30


def read_file(
    path: Path, *, name: str, vocabulary: Vocabulary, limits: Limits, answers: Answers | None = None
) -> Reading:
    """Read a spreadsheet into figure rows, or say why not, or ask what only a person can know."""
    try:
        workbook = read_workbook(path, name, limits)
    except Refusal as refusal:
        return refused(name, refusal.code, **refusal.params)
    return read_sheets(workbook, name=name, vocabulary=vocabulary, answers=answers or Answers())


def read_sheets(workbook: Workbook, *, name: str, vocabulary: Vocabulary, answers: Answers) -> Reading:
    reading = Reading(name=name, encoding=workbook.encoding)
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if not any(_has_content(sheet) for sheet in visible):
        return refused(name, "empty_workbook")
    names = Names(vocabulary, answers)
    markers = Markers({}, answers.markers)
    grids = [Grid(sheet, names, markers) for sheet in visible]
    for grid in grids:
        _learn_keys(grid)
    found = [(grid, find_blocks(grid)) for grid in grids]
    notes_sheets = [lines_of(grid, range(len(grid.rows))) for grid, blocks in found if not blocks]
    elsewhere = [line for lines in notes_sheets for line in lines]
    plans = [
        (grid, block, make_plan(grid, block, _surroundings(grid, block, elsewhere, vocabulary), answers))
        for grid, blocks in found
        for block in blocks
    ]
    plans = [(grid, block, plan) for grid, block, plan in plans if plan.values]
    if not plans:
        return refused(name, "no_table")
    read: list[tuple[int, TableRows]] = []
    own_lines: dict[int, list[str]] = defaultdict(list)
    for grid, block, _ in plans:
        own_lines[id(grid)] += [*block.titles, *block.notes]
    for grid, block, plan in plans:
        reading.tables.append(plan.table)
        reading.questions += plan.questions
        reading.problems += plan.problems
        if plan.questions:
            continue
        lines = [*block.titles, *block.notes, *own_lines[id(grid)]]
        rows = _read_rows(grid, plan, lines, elsewhere, answers)
        reading.questions += rows.questions
        read.append((grids.index(grid), rows))
    _finish(reading, read)
    for sheet in workbook.sheets:
        if sheet.hidden:
            reading.problems.append(Problem("sheet_hidden", sheet.name, "", sheet.name))
        elif sheet.has_hidden_parts:
            reading.problems.append(Problem("rows_hidden", sheet.name, ""))
    if reading.questions:
        reading.status = "needs_answers"
    return reading


def _has_content(sheet: Sheet) -> bool:
    return bool(sheet.states) or any(str(value).strip() for row in sheet.rows for value in row)


def _surroundings(grid: Grid, block: Block, elsewhere: list[str], vocabulary: Vocabulary) -> Surroundings:
    notes = [line for line in block.notes if not is_footnote(line)]
    return Surroundings([block.titles, [grid.sheet.name], notes, elsewhere], vocabulary.supplier)


def _learn_keys(grid: Grid) -> None:
    """Take over a list that pairs the file's own keys with names."""
    for row in range(min(len(grid.rows), _KEYS_FROM_TOP)):
        roles = {role_of(value): column for column, value in grid.filled(row)}
        kind = next((kind for kind in _KINDS_WITH_KEYS if kind in roles), "")
        if "key" not in roles or not kind:
            continue
        for line in grid.rows[row + 1 :]:
            key, name = tidy(shown(line[roles["key"]])), tidy(shown(line[roles[kind]]))
            code = grid.names.exact(kind, name) if key and name else None
            if code is not None:
                grid.names.learn(kind, key, code)
        return


def _read_rows(grid: Grid, plan: Plan, lines: list[str], elsewhere: list[str], answers: Answers) -> TableRows:
    legend = {**legend_in(elsewhere), **legend_in(lines)}
    footnotes = Footnotes(footnotes_in(lines), footnotes_in(elsewhere))
    quality = next(
        filter(None, (quality_in(line) for line in plan.block.titles if not is_footnote(line))), ""
    )
    reader = RowReader(
        grid,
        plan,
        Markers(legend, answers.markers),
        footnotes,
        quality=quality,
        base=declared_base([*lines, *elsewhere]),
    )
    return reader.read()


def _finish(reading: Reading, read: list[tuple[int, TableRows]]) -> None:
    """Compare across tables, then put rows and problems into the order a reader meets them."""
    problems = [
        (sheet, row, column, problem) for sheet, table in read for row, column, problem in table.problems
    ]
    problems += _mark_repeated(read)
    problems.sort(key=lambda entry: entry[:3])
    reading.problems += [entry[3] for entry in problems]
    for _, table in read:
        reading.rows.extend(table.rows)
        reading.control_totals += table.control_totals


def _mark_repeated(read: list[tuple[int, TableRows]]) -> Iterable[tuple[int, int, int, Problem]]:
    """The same key twice: one figure if the values agree, else both are held."""
    first: dict[tuple[Any, ...], tuple[int, TableRows, int]] = {}
    problems: list[tuple[int, int, int, Problem]] = []
    for sheet, table in read:
        dropped: set[int] = set()
        for index, row in enumerate(table.rows):
            if not table.readable[index]:
                continue
            key = (row[0], row[1], row[2], row[3], row[4], row[6])
            earlier = first.setdefault(key, (sheet, table, index))
            if earlier[1] is table and earlier[2] == index:
                continue
            problems += _compare_repeated(earlier, (sheet, table, index), dropped)
        if dropped:
            table.rows = [row for index, row in enumerate(table.rows) if index not in dropped]
    return problems


def _compare_repeated(
    earlier: tuple[int, TableRows, int], later: tuple[int, TableRows, int], dropped: set[int]
) -> list[tuple[int, int, int, Problem]]:
    one, other = earlier[1].rows[earlier[2]], later[1].rows[later[2]]
    equal = (one[_VALUE], one[_ABSENCE]) == (other[_VALUE], other[_ABSENCE])
    if equal:
        dropped.add(later[2])
        return [_repeated("repeated_equal", later, one)]
    found = [_repeated("repeated_different", later, one)]
    if not one[_HELD] or ("repeated", earlier[2]) not in dropped:
        found.append(_repeated("repeated_different", earlier, other))
    for place in (earlier, later):
        row = place[1].rows[place[2]]
        place[1].rows[place[2]] = (*row[:_HELD], True)
    return found


def _repeated(
    code: str, place: tuple[int, TableRows, int], other: tuple[Any, ...]
) -> tuple[int, int, int, Problem]:
    sheet, table, index = place
    row = table.rows[index]
    problem = Problem(code, row[_SHEET], row[_CELL], row[15], (("other", other[_CELL]),))
    return (sheet, *table.places[index], problem)
