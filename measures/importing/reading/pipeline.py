"""Reading a file, stage after stage: workbook, grid, layout, columns, rows, problems."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from measures.importing.columns.constants import indicators_in
from measures.importing.columns.plan import Plan, Surroundings
from measures.importing.columns.planning import make_plan
from measures.importing.corrections.areas import corrected
from measures.importing.formats.problem_sheet import is_problem_sheet
from measures.importing.formats.workbook import Sheet, Workbook, read_workbook
from measures.importing.layout.blocks import Block, lines_of
from measures.importing.layout.fingerprints import sheet_fingerprint
from measures.importing.layout.grid import SheetGrid, role_of, shown
from measures.importing.layout.short_years import with_full_years
from measures.importing.layout.side_by_side import find_tables
from measures.importing.progress import RowProgress, ignore_progress
from measures.importing.reading.account import account_of
from measures.importing.reading.own_workbook import find_own_sheets, read_own_sheets, without_keys
from measures.importing.reading.shared_doubts import share_doubts
from measures.importing.reading.sheet_views import MOST_SHEETS, Understood, sheet_view, understood_block
from measures.importing.reading.stated_around import StatedAround, lines_around
from measures.importing.reading.unread import unread_parts
from measures.importing.reading.why import decisions_of_sheet
from measures.importing.refusals import Refusal
from measures.importing.results import Reading, SheetView, refused
from measures.importing.rows.grand_totals import settle_grand_totals
from measures.importing.rows.remarks import (
    restricting_remarks,
    with_quality_of_notes,
    with_quality_of_remarks,
)
from measures.importing.rows.repeats import settle_repeated
from measures.importing.rows.row_reader import RowReader
from measures.importing.text.folding import tidy
from measures.importing.text.footnotes import Footnotes, is_footnote
from measures.importing.text.markers import Markers
from measures.importing.text.names import NameIndex
from measures.importing.text.quality import quality_in
from measures.importing.text.terms.asked import is_about_filling_in
from measures.importing.text.years import SINCE_1900, SINCE_1904
from measures.importing.vocabulary import Answers, Limits, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from measures.importing.decisions import Decision
    from measures.importing.progress import ProgressCallback
    from measures.importing.results import FigureRow
    from measures.importing.rows.table_rows import TableRows

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_KINDS_WITH_KEYS = ("organisation", "region", "indicator", "target_group")
_KEYS_FROM_TOP = 30
_OF_LISTS = re.compile(r"\blisten?\b|auswahl|drop|lookup|stammdaten|parameter|config|merkmale", re.IGNORECASE)
"""Names of sheets that list what may be chosen, or explain codes."""

_LONGEST_NOTES = 500
"""A longer sheet without a table is a list, of addresses perhaps, and no notes to the tables of others."""


def read_file(  # noqa: PLR0913  the file, what is known, and who wants to hear
    path: Path,
    *,
    name: str,
    vocabulary: Vocabulary,
    limits: Limits,
    answers: Answers | None = None,
    report: ProgressCallback = ignore_progress,
) -> Reading:
    """Read a spreadsheet into figure rows, or say why not, or ask what only a person can know."""
    try:
        workbook = read_workbook(path, name, limits)
    except Refusal as refusal:
        return refused(name, refusal.code, **refusal.params)
    own = [sheet for sheet in workbook.sheets if not is_problem_sheet(sheet.rows)]
    if workbook.sheets and not own:
        return refused(name, "problem_sheet_alone")
    if len(own) < len(workbook.sheets):
        workbook.has_comments = False  # the comments beside the list of problems are our own
        for sheet in own:
            sheet.comments.clear()
    if answers and answers.only_sheets:
        names = ", ".join(sheet.name for sheet in own)
        own = [sheet for sheet in own if sheet.name in answers.only_sheets]
        if not own:
            return refused(name, "sheet_missing", wanted=", ".join(answers.only_sheets), sheets=names)
    workbook.sheets = own
    return read_sheets(
        workbook, name=name, vocabulary=vocabulary, answers=answers or Answers(), report=report
    )


def read_sheets(
    workbook: Workbook,
    *,
    name: str,
    vocabulary: Vocabulary,
    answers: Answers,
    report: ProgressCallback = ignore_progress,
) -> Reading:
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if not any(_has_content(sheet) for sheet in visible):
        return refused(name, "empty_workbook")
    try:
        if own_sheets := find_own_sheets(visible):
            reading, from_own_sheets = read_own_sheets(
                own_sheets, workbook, vocabulary=vocabulary, answers=answers, report=report
            )
            reading.name = name
            _finish(reading, from_own_sheets)
            return reading
    except Refusal as refusal:
        return refused(name, refusal.code, **refusal.params)
    names, markers = NameIndex(vocabulary, answers), Markers({}, answers.markers)
    names.first_day = SINCE_1904 if workbook.counts_from_1904 else SINCE_1900
    grids = [SheetGrid(sheet, names, markers) for sheet in visible]
    for grid in grids:
        grid.rows = with_full_years(grid.sheet, vocabulary.years, partial(names.exact, "occupation"))
        _learn_keys(grid)
    fingerprints, found = _areas(grids, answers)
    of_covers = _lines_of_covers(found)
    elsewhere = [line for lines in of_covers.values() for line in lines]
    reading = Reading(name=name, encoding=workbook.encoding, suffix=workbook.suffix)
    plans = _plans(found, of_covers, vocabulary, answers)
    share_doubts(plans, grids, answers)
    has_figures = not all(plan.is_foreign for _, plan in plans)
    row_progress = RowProgress(sum(len(plan.block.data) for _, plan in plans), report)
    tables: dict[int, TableRows] = {}
    stated = [StatedAround.of(lines_around(blocks), elsewhere) for _, blocks in found]
    for place, (number, plan) in enumerate(plans):
        if plan.is_foreign and has_figures:
            plan.leave_out()
        _take_over(plan, reading)
        plan.set_aside_unclear()
        if plan.values and not (plan.is_blocked and _is_placeless(plan)):
            tables[place] = _read_rows(
                found[number][0], plan, stated[number], answers, row_progress=row_progress
            )
    # Of tables about which a question is open nothing is taken, but they may contradict the others.
    waiting = {place: rows for place, rows in tables.items() if plans[place][1].is_blocked}
    read = {place: rows for place, rows in tables.items() if place not in waiting}
    reading.questions += [question for rows in read.values() for question in rows.questions]
    sheets = _sheet_views(workbook, fingerprints, found, plans, read)
    decisions = _decisions(fingerprints, found, plans, read, answers)
    if not reading.tables:
        return replace(refused(name, "no_table"), sheets=sheets, decisions=decisions)
    reading.sheets, reading.decisions = sheets, decisions
    before = {place: rows.rows for place, rows in read.items()}
    _finish(
        reading,
        [(plans[place][0], rows) for place, rows in read.items()],
        [(plans[place][0], rows) for place, rows in waiting.items()],
    )
    _account(found, plans, read, before)
    texts = {grid.sheet.name: lines_around(blocks) for grid, blocks in found}
    reading.problems += unread_parts(workbook, texts, elsewhere)
    reading.problems += without_keys(visible)
    reading.status = "ready" if not reading.questions or _is_any_column_read(plans, read) else "needs_answers"
    return reading


def _account(
    found: list[tuple[SheetGrid, list[Block]]],
    plans: list[tuple[int, Plan]],
    read: dict[int, TableRows],
    before: dict[int, list[FigureRow]],
) -> None:
    """Count what became of the cells; ``before``: the figures of each table before repetitions went."""
    for place, (number, plan) in enumerate(plans):
        if place in read:
            plan.table.account = account_of(found[number][0], plan, read[place], before[place])
        elif plan.is_blocked:
            plan.table.account = account_of(found[number][0], plan, None)


def _is_placeless(plan: Plan) -> bool:
    """Whether it is open what the table's values belong to, so that they cannot be compared with others."""
    return any(question.code in ("indicator", "year", "organisation") for question in plan.questions)


def _is_any_column_read(plans: list[tuple[int, Plan]], read: dict[int, TableRows]) -> bool:
    """Whether the values of some column are certain; the others wait for what is asked."""
    return any(
        len(plans[place][1].values) > len({question.column for question in rows.questions})
        for place, rows in read.items()
    )


def _areas(grids: list[SheetGrid], answers: Answers) -> tuple[list[str], list[tuple[SheetGrid, list[Block]]]]:
    """Per sheet its fingerprint, from what was detected, and its tables, as a person corrected them."""
    counts: Counter[str] = Counter()
    fingerprints: list[str] = []
    found: list[tuple[SheetGrid, list[Block]]] = []
    for grid in grids:
        blocks = find_tables(grid)
        fingerprint = sheet_fingerprint(grid, blocks)
        counts[fingerprint] += 1
        fingerprints.append(
            fingerprint if counts[fingerprint] == 1 else f"{fingerprint}-{counts[fingerprint]}"
        )
        given = answers.sheets.get(fingerprints[-1])
        found.append((grid, corrected(grid, blocks, given) if given else blocks))
    return fingerprints, found


def _sheet_views(
    workbook: Workbook,
    fingerprints: list[str],
    found: list[tuple[SheetGrid, list[Block]]],
    plans: list[tuple[int, Plan]],
    read: dict[int, TableRows],
) -> list[SheetView]:
    understood: list[list[Understood]] = [[] for _ in found]
    known = {id(plan.block): place for place, (_, plan) in enumerate(plans)}
    for number, (grid, blocks) in enumerate(found):
        for block in blocks:
            place = known.get(id(block), -1)
            plan = plans[place][1] if place >= 0 else None
            understood[number].append(understood_block(grid, block, plan, read.get(place)))
    views = iter(
        sheet_view(grid, fingerprint, tables)
        for (grid, _), fingerprint, tables in zip(found, fingerprints, understood, strict=True)
    )
    return [
        SheetView(sheet.name, hidden=True) if sheet.hidden else next(views)
        for sheet in workbook.sheets[:MOST_SHEETS]
    ]


def _decisions(
    fingerprints: list[str],
    found: list[tuple[SheetGrid, list[Block]]],
    plans: list[tuple[int, Plan]],
    read: dict[int, TableRows],
    answers: Answers,
) -> list[Decision]:
    """Why each sheet was read as it was, in the order of the file."""
    known = {id(plan.block): (plan, read.get(place)) for place, (_, plan) in enumerate(plans)}
    unknown: tuple[Plan | None, TableRows | None] = (None, None)
    has_figures = not all(plan.is_foreign for _, plan in plans)
    decisions: list[Decision] = []
    for fingerprint, (grid, blocks) in zip(fingerprints, found, strict=True):
        given = answers.sheets.get(fingerprint)
        decisions += decisions_of_sheet(
            grid,
            [(block, *known.get(id(block), unknown)) for block in blocks],
            is_ignored=given is not None and given.ignored,
            has_figures=has_figures,
        )
    return decisions


def _lines_of_covers(found: list[tuple[SheetGrid, list[Block]]]) -> dict[str, list[str]]:
    """The lines of each sheet without a table, by its name."""
    return {
        grid.sheet.name: lines_of(grid, range(len(grid.rows)))
        for grid, blocks in found
        if not blocks and len(grid.rows) <= _LONGEST_NOTES
    }


def _plans(
    found: list[tuple[SheetGrid, list[Block]]],
    of_covers: dict[str, list[str]],
    vocabulary: Vocabulary,
    answers: Answers,
) -> list[tuple[int, Plan]]:
    """Every table that has values, with the number of its sheet."""
    elsewhere = [line for lines in of_covers.values() for line in lines]
    covers = [
        line
        for name, lines in of_covers.items()
        if not is_about_filling_in(name) and not _OF_LISTS.search(name)
        for line in _not_about_filling_in(lines)
    ]
    titles = [text for grid, blocks in found if blocks for text in (grid.sheet.name, *blocks[0].titles)]
    years = frozenset(int(year) for text in titles for year in _YEAR.findall(text))
    fingerprints: Counter[str] = Counter()
    plans = []
    for number, (grid, blocks) in enumerate(found):
        beside = covers + _not_about_filling_in(grid.sheet.page_texts)
        for block in blocks:
            notes = [line for line in block.notes if not is_footnote(line)]
            repeats = _heading_of(grid, block) == _heading_of(grid, blocks[0])
            shared = [line for line in block.shared if repeats or not indicators_in([line], grid.names)]
            lines = [block.titles, [grid.sheet.name], notes, shared, elsewhere]
            of_others = [line for other in blocks if other is not block for line in other.titles]
            others = frozenset(indicators_in(of_others, grid.names))
            around = Surroundings(lines, vocabulary.supplier, fingerprints, beside, years, others)
            plan = make_plan(grid, block, around, answers)
            if plan.values or plan.table.fingerprint in answers.tables:
                plans.append((number, plan))
    return plans


def _not_about_filling_in(lines: list[str]) -> list[str]:
    return [line for line in lines if not is_about_filling_in(line)]


def _heading_of(grid: SheetGrid, block: Block) -> list[list[str]]:
    """The texts of a table's heading without years: where they repeat, so does the first one's title."""
    return [[_YEAR.sub("", tidy(shown(value))) for _, value in grid.filled(row)] for row in block.header]


def _take_over(plan: Plan, reading: Reading) -> None:
    reading.tables.append(plan.table)
    reading.questions += plan.questions
    reading.problems += plan.problems


def _has_content(sheet: Sheet) -> bool:
    return bool(sheet.states) or any(str(value).strip() for row in sheet.rows for value in row)


def _learn_keys(grid: SheetGrid) -> None:
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


def _read_rows(
    grid: SheetGrid, plan: Plan, around: StatedAround, answers: Answers, *, row_progress: RowProgress
) -> TableRows:
    stated = around.beside([*plan.block.titles, *plan.block.notes])
    titles = [line for line in plan.block.titles if not is_footnote(line)]
    quality = next(filter(None, map(quality_in, (*titles, *plan.status_notes, plan.table.sheet))), "")
    footnotes = {**plan.footnotes, **stated.footnotes}
    reader = RowReader(
        grid,
        plan,
        Markers(stated.legend, answers.markers, stated.signs),
        Footnotes(footnotes),
        quality=quality,
        base=stated.base,
    )
    rows = reader.read(row_progress)
    rows.rows = with_quality_of_notes(rows.rows, plan.status_of_figures)
    if not plan.is_keyed:
        rows.rows = with_quality_of_remarks(rows.rows, grid.sheet.comments, quality or "final")
    rows.problems += restricting_remarks(rows.rows, grid.names, grid.sheet.comments, footnotes)
    asked = {question.column for question in rows.questions}
    if len(asked) < len(plan.values):
        rows.leave_out(asked, plan.values)
    return rows


def _finish(
    reading: Reading, read: list[tuple[int, TableRows]], waiting: list[tuple[int, TableRows]] | None = None
) -> None:
    """Compare across tables, then put rows and problems into the order a reader meets them.

    Tables ``waiting`` for an answer give no rows; what they state differently holds the others' value.
    """
    settle_grand_totals(read)
    problems = [
        (sheet, row, column, problem) for sheet, table in read for row, column, problem in table.problems
    ]
    problems += settle_repeated([*read, *(waiting or [])])
    problems.sort(key=lambda entry: entry[:3])
    reading.problems += [entry[3] for entry in problems]
    for _, table in read:
        reading.rows.extend(table.rows)
        reading.control_totals += table.control_totals
