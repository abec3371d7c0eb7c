"""Melt a table into figure rows: one per value cell, with every problem of the cell and its surroundings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from measures.importing.cell_states import address, column_letters
from measures.importing.cells import Read, ValueReader, markers_met, state_read
from measures.importing.grid import shown
from measures.importing.names import tidy
from measures.importing.problems import ERROR, PROBLEMS, Problem, Question
from measures.importing.results import FIELDS
from measures.importing.targets import Target, Targets
from measures.importing.totals import Stated, Totals, compare_occupations
from measures.importing.vocabulary import TOTAL, IndicatorTerm

if TYPE_CHECKING:
    from measures.importing.dimensions import Cell
    from measures.importing.footnotes import Effect, Footnotes
    from measures.importing.gauge import Pace
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


class _Column:
    """A value column made ready: what its heading fixes, and its reader."""

    def __init__(
        self, value: ValueColumn, reader: ValueReader, effect: Effect, targets: list[Target]
    ) -> None:
        self.index = value.index
        self.offset = value.offset
        self.letters = column_letters(value.index)
        self.meaning = value.heading.meaning
        self.reader = reader
        self.effect = effect
        self.quality = effect.quality or value.heading.quality
        self.targets = targets
        self.told: set[tuple[str, str]] = set()


@dataclass(slots=True)
class _Line:
    """A data row while it is read."""

    row: int
    position: int
    note: str
    is_empty: bool
    told: set[tuple[int, str]] = field(default_factory=set)


class RowReader:
    """Reads the rows of one table."""

    def __init__(  # noqa: PLR0913  the table and what holds around it
        self, grid: Grid, plan: Plan, markers: Markers, footnotes: Footnotes, *, quality: str, base: int
    ) -> None:
        self.grid = grid
        self.plan = plan
        self.sheet = grid.sheet.name
        self.states = grid.sheet.states
        self.indicators = grid.names.indicators
        self.markers = markers
        self.footnotes = footnotes
        self.quality = quality or "final"
        self.targets = Targets(grid, plan)
        self.out = TableRows()
        self.totals = Totals(self.sheet, grid.names, base)
        self.base = base

    def read(self, pace: Pace) -> TableRows:
        columns = [self._column(value) for value in self.plan.values]
        note_column = self.plan.roles.get("note", -1)
        for position, row in enumerate(pace.over(self.plan.block.data)):
            line = self.grid.rows[row]
            note = tidy(shown(line[note_column])) if note_column >= 0 and line[note_column] != "" else ""
            is_empty = all(line[column.index] == "" for column in columns) and not self._has_state(row)
            place = _Line(row, position, note, is_empty)
            for column in columns:
                self._read_cell(place, column, line[column.index])
        if "occupation" in self.targets.lists:
            self._hold_other_levels(columns)
        self._compare()
        self._tell_what_was_used(columns)
        return self.out

    def _tell_what_was_used(self, columns: list[_Column]) -> None:
        """Notation, factor and markers, for the preview and for who asks later where a figure comes from."""
        table, rows = self.plan.table, self.grid.rows
        for column in columns:
            shown_as = table.columns[column.offset]
            shown_as.notation, shown_as.factor = column.reader.notation, column.reader.factor
        table.markers = markers_met(
            (column.reader, (rows[row][column.index] for row in self.plan.block.data)) for column in columns
        )

    def _has_state(self, row: int) -> bool:
        return bool(self.states) and any((row, value.index) in self.states for value in self.plan.values)

    def _column(self, value: ValueColumn) -> _Column:
        targets = self.targets.of_column(value)
        texts: set[tuple[str, bool]] = set()
        rows = self.grid.rows
        for row, target in zip(self.plan.block.data, targets, strict=True):
            cell = rows[row][value.index]
            if cell.__class__ is str and cell:
                indicator = self.indicators.get(target.indicator.code)
                texts.add((cell, indicator is not None and indicator.decimals == 0))
        reader = ValueReader.for_column(self.markers, texts, value.notation, value.heading.factor)
        return _Column(value, reader, self.footnotes.effect(value.heading.marks), targets)

    def _read_cell(self, line: _Line, column: _Column, value: Any) -> None:
        target = column.targets[line.position]
        state = ""
        if value == "" or (value.__class__ is str and not value.strip()):
            state = self.states.get((line.row, column.index), "")
            if not state:
                self._empty(line, column, target)
                return
        scope = self.targets.total_scope(target)
        if scope is not None:
            self._total(line.row, column, target, scope, value)
            return
        is_misplaced = self._tell_faults(line, column, target)
        if state:
            read, original = state_read(state), state
        else:
            read = column.reader.read(value, self.indicators.get(target.indicator.code, _ANY))
            original = shown(value)
        held = self._tell_value_problem(line.row, column, read, original) if read.problem else False
        self._add(line, column, target, read, original, held=held or is_misplaced)
        self.out.readable.append(not is_misplaced and read.is_readable)

    def _add(  # noqa: PLR0913  everything a row is made of
        self, line: _Line, column: _Column, target: Target, read: Read, original: str, *, held: bool
    ) -> None:
        quality, note = column.quality, line.note
        marks = (*target.marks, *read.marks)
        remark = ""
        if marks:
            effect = self.footnotes.effect(marks)
            quality, remark = effect.quality or quality, effect.note
        if column.effect.note or remark:
            note = " ".join(dict.fromkeys(filter(None, (note, column.effect.note, remark))))
        self.out.rows.append(
            (
                target.indicator.code,
                target.year_number,
                target.organisation.code,
                self.targets.region(target),
                target.occupation.code,
                target.occupation.label,
                target.target_group.code,
                read.value,
                read.absence,
                read.quality or target.year.quality or quality or self.quality,
                read.below_half_unit,
                read.uncertain,
                note,
                self.sheet,
                f"{column.letters}{line.row + 1}",
                original,
                held,
            )
        )
        self.out.places.append((line.row, column.index))

    def _empty(self, line: _Line, column: _Column, target: Target) -> None:
        """Nothing is turned into zero; where a figure was expected, the empty cell is listed."""
        if self.targets.total_scope(target) is not None:
            return
        labels = (target.organisation, target.indicator, target.year)
        if line.is_empty and any(cell.problem or not cell.code for cell in labels):
            return
        cell = f"{column.letters}{line.row + 1}"
        self.out.problems.append((line.row, column.index, Problem("empty_not_reported", self.sheet, cell)))
        if target.indicator.code and target.year.code:
            self.totals.add_part(target, self.targets.region(target), None, is_empty=True)

    def _tell_faults(self, line: _Line, column: _Column, target: Target) -> bool:
        """Tell what is wrong with the row's labels, once per row. True: the value cannot be placed."""
        found = False
        for dimension in self.targets.checked:
            cell: Cell = getattr(target, dimension)
            fault, params = self.targets.fault(dimension, cell), cell.params
            if not fault and dimension == "region" and self.targets.contradicts(target):
                fault, params = "region_differs", (("organisation", target.organisation.found),)
            if not fault:
                continue
            found = True
            in_heading = cell.column < 0 and dimension in column.meaning
            at = cell.column if cell.column >= 0 else self.plan.roles.get(dimension, column.index)
            at = column.index if in_heading else at
            row = self.plan.block.header[-1] if in_heading else line.row
            if (at, fault) in line.told or (in_heading and ("heading", fault) in column.told):
                continue
            line.told.add((at, fault))
            column.told.add(("heading" if in_heading else "", fault))
            where = f"{column_letters(at)}{row + 1}"
            text = cell.found or cell.code
            self.out.problems.append((row, at, Problem(fault, self.sheet, where, text, params)))
        return found

    def _tell_value_problem(self, row: int, column: _Column, read: Read, original: str) -> bool:
        """Tell what is wrong with the value itself. True: the row is held."""
        cell = f"{column.letters}{row + 1}"
        if read.ambiguous:
            self._ask_notation(column, cell, original)
            return True
        once = (read.problem, original.strip())
        if not (read.problem in ONCE_PER_COLUMN and once in column.told):
            column.told.add(once)
            problem = Problem(read.problem, self.sheet, cell, original, read.params)
            self.out.problems.append((row, column.index, problem))
        return read.problem in HOLDING

    def _ask_notation(self, column: _Column, cell: str, original: str) -> None:
        """Ask once for each column."""
        if not any(question.column == column.offset for question in self.out.questions):
            print_ = self.plan.table.fingerprint
            self.out.questions.append(Question("notation", self.sheet, cell, original, print_, column.offset))

    def _total(self, row: int, column: _Column, target: Target, scope: tuple[str, str], value: Any) -> None:
        if value == "" or (isinstance(value, str) and self.markers.meaning(tidy(value)) is not None):
            return
        indicator, year = self._only("indicator", target.indicator), self._only("year", target.year)
        read = column.reader.read(value, self.indicators.get(indicator, _ANY))
        if read.value is None:
            return
        self.totals.stated.append(
            Stated(
                row,
                column.index,
                f"{column.letters}{row + 1}",
                indicator,
                int(year) if year else None,
                *scope,
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
        codes = {other.code for other in self.targets.lists.get(dimension, ()) if other.code}
        return next(iter(codes)) if len(codes) == 1 else ""

    def _hold_other_levels(self, columns: list[_Column]) -> None:
        """One statement is broken down at one level of occupations; the level most rows have is kept."""
        codes = {cell.code for cell in self.targets.lists["occupation"] if cell.code.isdigit()}
        if len(set(map(len, codes))) < 2:  # noqa: PLR2004  a single level
            return
        levels: dict[Any, Counter[int]] = defaultdict(Counter)
        for row in self.out.rows:
            if row[_OCCUPATION].isdigit():
                levels[row[:3]][len(row[_OCCUPATION])] += 1
        usual = {item: counts.most_common(1)[0][0] for item, counts in levels.items()}
        told: set[int] = set()
        for index, (row, (line, _)) in enumerate(zip(self.out.rows, self.out.places, strict=True)):
            code = row[_OCCUPATION]
            if not code.isdigit() or len(code) == usual[row[:3]]:
                continue
            self.out.rows[index] = (*row[:-1], True)
            self.out.readable[index] = False
            if line not in told:
                told.add(line)
                at = self.plan.roles.get(
                    "occupation", self.plan.roles.get("occupation_label", columns[0].index)
                )
                params = (("digits", str(usual[row[:3]])),)
                problem = Problem("occupation_level", self.sheet, address(line, at), code, params)
                self.out.problems.append((line, at, problem))

    def _compare(self) -> None:
        """Compare totals with parts, once all parts are known."""
        if self.totals.stated:
            self.totals.add_rows(self.out.rows)
        self.out.control_totals, problems = self.totals.compare()
        if "occupation" in self.targets.lists:
            problems += compare_occupations(self.out.rows, self.sheet, self.base)
        if not problems:
            return
        where = {stated.cell: (stated.row, stated.column) for stated in self.totals.stated}
        where |= {row[_CELL]: place for row, place in zip(self.out.rows, self.out.places, strict=True)}
        self.out.problems += [(*where[problem.cell], problem) for problem in problems]


_ANY = IndicatorTerm("", (), decimals=6, negative=True)
_CELL, _OCCUPATION = FIELDS.index("cell"), FIELDS.index("occupation")
