"""Melt a table into figure rows: one per value cell, with every problem of the cell and its surroundings."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Any

from measures.importing.cell_states import column_letters
from measures.importing.cells import Read, ValueReader, state_read
from measures.importing.dimensions import BLANK, Cell, Dimensions
from measures.importing.grid import shown
from measures.importing.names import Names, tidy
from measures.importing.problems import ERROR, PROBLEMS, Problem, Question
from measures.importing.synonyms import PARTS_OF_COUNTRY
from measures.importing.totals import Part, Stated, Totals, compare_occupations
from measures.importing.vocabulary import COUNTRY, TOTAL, IndicatorTerm

if TYPE_CHECKING:
    from measures.importing.footnotes import Effect, Footnotes
    from measures.importing.grid import Grid
    from measures.importing.markers import Markers
    from measures.importing.results import ControlTotal
    from measures.importing.tables import Plan, ValueColumn

ONCE_PER_COLUMN = {"absence_to_confirm", "dash_read_as_zero"}
HOLDING = {code for code, (severity, _) in PROBLEMS.items() if severity == ERROR} | {"absence_to_confirm"}


@dataclass(slots=True)
class TableRows:
    """Rows as tuples in the order of ``FigureRow``; their places for what compares across tables."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    readable: list[bool] = field(default_factory=list)
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    control_totals: list[ControlTotal] = field(default_factory=list)


@dataclass(slots=True)
class Target:
    """Where a value of one row and column belongs."""

    indicator: Cell
    year: Cell
    organisation: Cell
    region: Cell
    occupation: Cell
    target_group: Cell


class _Column:
    """A value column made ready: what its heading fixes, and its reader."""

    def __init__(self, value: ValueColumn, reader: ValueReader, effect: Effect) -> None:
        self.index = value.index
        self.letters = column_letters(value.index)
        self.reader = reader
        self.effect = effect
        self.quality = effect.quality or value.heading.quality
        self.told: set[tuple[str, str]] = set()


class RowReader:
    def __init__(
        self, grid: Grid, plan: Plan, markers: Markers, footnotes: Footnotes, *, quality: str, base: int
    ) -> None:
        self.grid = grid
        self.plan = plan
        self.names: Names = grid.names
        self.markers = markers
        self.footnotes = footnotes
        self.quality = quality or "final"
        self.years = self.names.vocabulary.years
        self.dimensions = Dimensions(grid, plan)
        self.out = TableRows()
        self.totals = Totals(grid.sheet.name, self.names, base)
        self.base = base
        self._find_what_totals_run_over()

    def read(self) -> TableRows:
        columns = [self._column(value) for value in self.plan.values]
        targets = [self._targets(value) for value in self.plan.values]
        note_column = self.plan.roles.get("note", -1)
        for position, row in enumerate(self.plan.block.data):
            line = self.grid.rows[row]
            note = tidy(shown(line[note_column])) if note_column >= 0 and line[note_column] != "" else ""
            told: set[tuple[int, str]] = set()
            is_empty_row = all(line[column.index] == "" for column in columns) and not self._has_state(row)
            for column, of_row in zip(columns, targets, strict=True):
                self._read_cell(row, line[column.index], column, of_row[position], note, told, is_empty_row)
        self._compare()
        return self.out

    def _has_state(self, row: int) -> bool:
        states = self.grid.sheet.states
        return bool(states) and any((row, value.index) in states for value in self.plan.values)

    def _column(self, value: ValueColumn) -> _Column:
        texts: set[tuple[str, bool]] = set()
        rows = self.grid.rows
        whole = self._wholeness(value)
        for row, is_whole in zip(self.plan.block.data, whole, strict=False):
            cell = rows[row][value.index]
            if cell.__class__ is str and cell:
                texts.add((cell, is_whole))
        reader = ValueReader.for_column(self.markers, texts, value.notation, value.heading.factor)
        return _Column(value, reader, self.footnotes.effect(value.heading.marks))

    def _wholeness(self, value: ValueColumn) -> Any:
        indicators = self.names.indicators
        if code := value.heading.meaning.get("indicator"):
            return repeat(indicators[code].decimals == 0)
        cells = self.dimensions.lists.get("indicator", [])
        return [cell.code in indicators and indicators[cell.code].decimals == 0 for cell in cells]

    def _targets(self, value: ValueColumn) -> list[Target]:
        """One target per row; rows with the same cells share it."""
        meaning = value.heading.meaning
        count = len(self.plan.block.data)
        lists = []
        for dimension in ("indicator", "year", "organisation", "region", "occupation", "target_group"):
            cells = self.dimensions.lists.get(dimension)
            fixed = meaning.get(dimension)
            if fixed and not (dimension == "target_group" and fixed == TOTAL and cells is not None):
                lists.append([Cell(fixed)] * count)
            else:
                lists.append(
                    cells
                    if cells is not None
                    else [Cell(TOTAL) if dimension == "occupation" else BLANK] * count
                )
        cache: dict[tuple[Cell, ...], Target] = {}
        found = []
        for cells in zip(*lists, strict=True):
            target = cache.get(cells)
            if target is None:
                target = cache[cells] = Target(*cells)
            found.append(target)
        return found

    def _find_what_totals_run_over(self) -> None:
        """Which rows hold totals depends on what else the table holds."""
        lists = self.dimensions.lists
        organisations = {cell.code for cell in lists.get("organisation", ()) if cell.code}
        regions = {cell.code for cell in lists.get("region", ()) if cell.code}
        for value in self.plan.values:
            organisations |= {code for code in (value.heading.meaning.get("organisation"),) if code}
            regions |= {code for code in (value.heading.meaning.get("region"),) if code}
        members = {
            self.names.organisations[code].umbrella
            for code in organisations
            if code in self.names.organisations
        }
        self.umbrellas = organisations & members
        self.has_organisations = len(organisations - {TOTAL}) > 1 or "organisation" in self.plan.roles
        self.has_regions = len(regions - {COUNTRY, TOTAL, *PARTS_OF_COUNTRY}) > 0

    def _total_scope(self, target: Target) -> tuple[str, str] | None:
        """(organisation, region) a total row stands for, or None for a figure."""
        organisation, region = target.organisation.code, target.region.code
        if organisation == TOTAL or (
            not organisation
            and not target.organisation.problem
            and self.has_organisations
            and region in (TOTAL, COUNTRY)
        ):
            return "", "" if region in (TOTAL, COUNTRY) else region
        if organisation in self.umbrellas:
            return organisation, ""
        owner = self.names.organisations.get(organisation)
        if owner is not None and owner.kind == "land" and self._land_is_subtotal(target):
            return "", owner.region
        is_country = region in (TOTAL, COUNTRY) or region in PARTS_OF_COUNTRY
        if is_country and self.has_regions and (owner is None or owner.region == COUNTRY):
            return organisation, COUNTRY if region == TOTAL else region
        return None

    def _land_is_subtotal(self, target: Target) -> bool:
        indicator = self.names.indicators.get(target.indicator.code)
        return indicator is not None and bool(indicator.asked_of) and "land" not in indicator.asked_of

    def _read_cell(  # noqa: PLR0913  the hot loop: one call per cell
        self,
        row: int,
        value: Any,
        column: _Column,
        target: Target,
        note: str,
        told: set[tuple[int, str]],
        is_empty_row: bool,
    ) -> None:
        if value == "" or (value.__class__ is str and not value.strip()):
            state = self.grid.sheet.states.get((row, column.index))
            if state is None:
                self._empty(row, column, target, is_empty_row=is_empty_row)
                return
            read, original = state_read(state), state
        else:
            read, original = None, shown(value)
        scope = self._total_scope(target)
        if scope is not None:
            self._total(row, value, column, target, scope)
            return
        misplaced = held = self._tell_dimension_problems(row, column, target, told)
        indicator = self.names.indicators.get(target.indicator.code)
        if read is None:
            read = column.reader.read(value, indicator or _ANY)
        if read.problem:
            held |= self._tell_value_problem(row, column, read, original)
        self._add(row, column, target, read, note, original, held=held)
        self.out.readable.append(not misplaced and read.is_readable)

    def _add(  # noqa: PLR0913  everything a row is made of
        self, row: int, column: _Column, target: Target, read: Read, note: str, original: str, *, held: bool
    ) -> None:
        quality, remark = column.quality, ""
        marks = (*target.organisation.marks, *target.region.marks, *target.occupation.marks, *target.year.marks,
                 *target.indicator.marks, *target.target_group.marks, *read.marks)  # fmt: skip
        if marks:
            effect = self.footnotes.effect(marks)
            quality, remark = effect.quality or quality, effect.note
        if column.effect.note or remark or note:
            note = " ".join(dict.fromkeys(filter(None, (note, column.effect.note, remark))))
        region = self._region(target)
        year = int(target.year.code) if target.year.code else 0
        out = self.out
        out.rows.append(
            (
                target.indicator.code,
                year,
                target.organisation.code,
                region,
                target.occupation.code,
                target.occupation.label,
                target.target_group.code,
                read.value,
                read.absence,
                read.quality or target.year.quality or quality or self.quality,
                read.below_half_unit,
                read.uncertain,
                note,
                self.grid.sheet.name,
                f"{column.letters}{row + 1}",
                original,
                held,
            )
        )
        out.places.append((row, column.index))

    def _region(self, target: Target) -> str:
        owner = self.names.organisations.get(target.organisation.code)
        if owner is not None and owner.region != COUNTRY:
            return owner.region
        region = target.region.code
        return COUNTRY if region in ("", TOTAL) else region

    def _empty(self, row: int, column: _Column, target: Target, *, is_empty_row: bool) -> None:
        """Nothing is turned into zero; where a figure was expected, the empty cell is listed."""
        if self._total_scope(target) is not None:
            return
        incomplete = any(
            cell.problem or not cell.code for cell in (target.organisation, target.indicator, target.year)
        )
        if incomplete and is_empty_row:
            return
        cell = f"{column.letters}{row + 1}"
        self.out.problems.append(
            (row, column.index, Problem("empty_not_reported", self.grid.sheet.name, cell))
        )
        self._part(target, None, is_empty=True)

    def _tell_dimension_problems(
        self, row: int, column: _Column, target: Target, told: set[tuple[int, str]]
    ) -> bool:
        """Errors of the row's labels, each told once per row. Returns whether the row is held."""
        held = False
        for dimension, cell in (
            ("organisation", target.organisation),
            ("region", target.region),
            ("indicator", target.indicator),
            ("year", target.year),
            ("occupation", target.occupation),
            ("target_group", target.target_group),
        ):
            problem, found, params = cell.problem, cell.found, cell.params
            if not problem:
                if not cell.code:
                    if dimension == "region" or dimension not in self.plan.roles:
                        continue
                    problem = "dimension_missing"
                elif dimension == "year" and int(cell.code) not in self.years:
                    problem, found = "year_out_of_range", found or cell.code
                elif dimension == "region" and self._contradicts(cell, target):
                    problem, params = "region_differs", (("organisation", target.organisation.found),)
                else:
                    continue
            held = True
            at = cell.column if cell.column >= 0 else self.plan.roles.get(dimension, column.index)
            if (at, problem) in told:
                continue
            told.add((at, problem))
            place = row if at in self.plan.roles.values() else self.plan.block.header[-1]
            where = f"{column_letters(at)}{place + 1}"
            entry = (place, at, Problem(problem, self.grid.sheet.name, where, found, params))
            if place == row or entry not in self.out.problems:
                self.out.problems.append(entry)
        return held

    def _contradicts(self, cell: Cell, target: Target) -> bool:
        owner = self.names.organisations.get(target.organisation.code)
        return (
            owner is not None
            and owner.region not in (COUNTRY, cell.code)
            and cell.code not in (COUNTRY, TOTAL)
        )

    def _tell_value_problem(self, row: int, column: _Column, read: Read, original: str) -> bool:
        cell = f"{column.letters}{row + 1}"
        if read.ambiguous:
            self._ask_notation(column, cell, original)
            return True
        once = (read.problem, original.strip())
        if not (read.problem in ONCE_PER_COLUMN and once in column.told):
            column.told.add(once)
            problem = Problem(read.problem, self.grid.sheet.name, cell, original, read.params)
            self.out.problems.append((row, column.index, problem))
        return read.problem in HOLDING

    def _ask_notation(self, column: _Column, cell: str, original: str) -> None:
        offset = next(c.index for c in self.plan.table.columns if c.letter == column.letters)
        if not any(q.code == "notation" and q.column == offset for q in self.out.questions):
            self.out.questions.append(
                Question(
                    "notation", self.grid.sheet.name, cell, original, self.plan.table.fingerprint, offset
                )
            )

    def _total(self, row: int, value: Any, column: _Column, target: Target, scope: tuple[str, str]) -> None:
        if value == "":
            return
        indicator, year = self._only("indicator", target.indicator), self._only("year", target.year)
        term = self.names.indicators.get(indicator)
        read = column.reader.read(value, term or _ANY)
        if read.value is None or (isinstance(value, str) and self.markers.meaning(tidy(value)) is not None):
            return
        cell = f"{column.letters}{row + 1}"
        self.totals.stated.append(
            Stated(
                row,
                column.index,
                cell,
                indicator,
                int(year) if year else None,
                scope[0],
                scope[1],
                target.occupation.code or TOTAL,
                target.target_group.code or TOTAL,
                read.value,
                is_clear=bool(indicator and year) and not target.target_group.problem,
            )
        )

    def _only(self, dimension: str, cell: Cell) -> str:
        """A total row that leaves a dimension open speaks of the only one there is."""
        if cell.code or cell.problem:
            return cell.code
        codes = {other.code for other in self.dimensions.lists.get(dimension, ()) if other.code}
        return next(iter(codes)) if len(codes) == 1 else ""

    def _part(self, target: Target, value: Any, *, is_empty: bool = False) -> None:
        if target.indicator.code and target.year.code:
            key = (
                target.indicator.code,
                int(target.year.code),
                target.target_group.code or TOTAL,
                target.occupation.code or TOTAL,
            )
            self.totals.parts[key].append(
                Part(target.organisation.code, self._region(target), value, is_empty)
            )

    def _compare(self) -> None:
        """Totals against parts, once all parts are known."""
        if self.totals.stated:
            for indicator, year, owner, region, occupation, _, group, value, *_, held in self.out.rows:
                part = Part(owner, region, None if held else value)
                self.totals.parts[indicator, year, group, occupation].append(part)
        self.out.control_totals, problems = self.totals.compare()
        if "occupation" in self.dimensions.lists:
            problems += compare_occupations(self.out.rows, self.grid.sheet.name, self.base)
        where = {stated.cell: (stated.row, stated.column) for stated in self.totals.stated}
        where |= (
            {row[_CELL]: place for row, place in zip(self.out.rows, self.out.places, strict=True)}
            if problems
            else {}
        )
        self.out.problems += [(*where[problem.cell], problem) for problem in problems]


_ANY = IndicatorTerm("", (), decimals=6, negative=True)
_CELL = 14
