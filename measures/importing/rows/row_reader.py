"""Melt a table into figure rows: one per value cell, with every problem of the cell and its surroundings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import column_letters, place_of
from measures.importing.decisions import evidence
from measures.importing.formats.runs import StruckOut
from measures.importing.layout.grid import shown
from measures.importing.problems import PROBLEMS, Once, Problem, Question
from measures.importing.results import FigureRow
from measures.importing.rows.broken_rows import broken_rows
from measures.importing.rows.joint import JointValues
from measures.importing.rows.occupations.levels import has_several_levels, hold_other_levels
from measures.importing.rows.placements import Placement, Placements, TotalScope
from measures.importing.rows.subtotals import settle_subtotals
from measures.importing.rows.table_rows import TableRows
from measures.importing.rows.totals import StatedTotal, TotalsComparison, compare_occupations
from measures.importing.rows.value_reader import Read, ValueReader, markers_met, state_read
from measures.importing.text.folding import tidy
from measures.importing.text.footnotes import with_remark
from measures.importing.vocabulary import TOTAL, IndicatorTerm

if TYPE_CHECKING:
    from measures.importing.columns.plan import Label, Plan, ValueColumn
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.progress import RowProgress
    from measures.importing.text.footnotes import Effect, Footnotes
    from measures.importing.text.markers import Markers


class _Column:
    """A value column made ready: what its heading fixes, and its reader."""

    def __init__(self, value: ValueColumn, reader: ValueReader, effect: Effect) -> None:
        self.index = value.index
        self.offset = value.offset
        self.letters = column_letters(value.index)
        self.meaning = value.meaning
        self.reader = reader
        self.effect = effect
        self.quality = effect.quality or value.heading.quality
        self.reported: set[tuple[str, str]] = set()


@dataclass(slots=True)
class _Line:
    """A data row while it is read."""

    row: int
    position: int
    note: str
    is_empty: bool
    reported: set[tuple[int, str]] = field(default_factory=set)


class RowReader:
    """Reads the rows of one table."""

    def __init__(  # noqa: PLR0913  the table and what holds around it
        self, grid: SheetGrid, plan: Plan, markers: Markers, footnotes: Footnotes, *, quality: str, base: int
    ) -> None:
        self.grid = grid
        self.plan = plan
        self.sheet = grid.sheet.name
        self.states = grid.sheet.states
        self.indicators = grid.names.indicators
        self.markers = markers
        self.footnotes = footnotes
        self.quality = quality or "final"
        self.targets = Placements(grid, plan, base)
        self.joint = JointValues(grid, plan, self.targets)
        self.out = TableRows()
        self._unreadable: set[int] = set()
        """Rows by identity, until their positions are known."""
        self.totals = TotalsComparison(self.sheet, grid.names, base)
        self.base = base
        self.broken = broken_rows(grid.sheet, plan)

    def read(self, row_progress: RowProgress) -> TableRows:
        """Take the plain cells column by column and look closely only at the others."""
        notes = self._notes()
        columns: list[_Column] = []
        found: list[list[FigureRow | None]] = []
        for value in self.plan.values:
            codes = self.targets.codes_of(value.meaning)
            columns.append(self._column(value, codes["indicator"]))
            found.append(self._plain_rows(columns[-1], codes, notes, row_progress))
        self._read_others(columns, notes, found)
        in_order = found[0] if len(found) == 1 else chain.from_iterable(zip(*found, strict=True))
        self.out.rows = [row for row in in_order if row is not None]
        if self.targets.dimensions.subtotals:
            settle_subtotals(self.out, self.plan.block.data, self.targets.dimensions, self.base)
        if self._unreadable:
            rows = enumerate(self.out.rows)
            self.out.unreadable = {index for index, row in rows if id(row) in self._unreadable}
        if "occupation" in self.targets.lists and has_several_levels(self.targets.different("occupation")):
            roles = self.plan.roles
            at = roles.get("occupation", roles.get("occupation_label", columns[0].index))
            hold_other_levels(self.out, self.sheet, at)
        self._compare()
        self.out.problems += [
            (row, column, problem) for row, line in self.broken.items() for column, problem in line.problems
        ]
        self._note_what_was_used(columns)
        return self.out

    def _note_what_was_used(self, columns: list[_Column]) -> None:
        """Notation, factor and markers, for the preview and for who asks later where a figure comes from."""
        table, rows = self.plan.table, self.grid.rows
        for column in columns:
            shown_as = table.columns[column.offset]
            shown_as.notation, shown_as.factor = column.reader.notation, column.reader.factor
        table.markers = markers_met(
            (column.reader, (rows[row][column.index] for row in self.plan.block.data)) for column in columns
        )

    def _notes(self) -> list[str] | None:
        column = self.plan.roles.get("note", -1)
        if column < 0:
            return None
        texts = [self.grid.rows[row][column] for row in self.plan.block.data]
        if self.plan.is_keyed:  # the portal's own workbook, in which a remark is what was stored
            return texts
        tidied = {text: tidy(shown(text)) if text != "" else "" for text in set(texts)}
        return [tidied[text] for text in texts]

    def _plain_rows(
        self, column: _Column, codes: dict[str, list[Any]], notes: list[str] | None, row_progress: RowProgress
    ) -> list[FigureRow | None]:
        """Figures of cells about which there is nothing to say; None for the others."""
        unclear = self.targets.unclear(column.meaning, codes)
        if self.broken:
            data = enumerate(self.plan.block.data)
            unclear = unclear.union(position for position, row in data if row in self.broken)
        unclear |= self.joint.positions.get(column.index, set())
        remarks = with_remark(notes, column.effect.note) if notes else None
        made: list[FigureRow | None] = []
        count = len(self.plan.block.data)
        for start in range(0, count, _AT_ONCE):
            part = slice(start, min(start + _AT_ONCE, count))
            is_clear = [position not in unclear for position in range(part.start, part.stop)]
            made += self._plain_part(column, codes, remarks, part, is_clear)
            row_progress.add((part.stop - start) / len(self.plan.values))
        return made

    def _plain_part(
        self,
        column: _Column,
        codes: dict[str, list[Any]],
        notes: list[str] | None,
        part: slice,
        is_clear: list[bool],
    ) -> list[FigureRow | None]:
        rows, data = self.grid.rows, self.plan.block.data[part]
        values = [rows[row][column.index] for row in data]
        plain = column.reader.plain(values, codes["indicator"][part], self.indicators)
        is_plain = [read is not None and clear for read, clear in zip(plain, is_clear, strict=True)]
        reads = [read for read in compress(plain, is_plain) if read]
        if not reads:
            return [None] * len(data)
        value, absence, below, uncertain, original = zip(*reads, strict=True)
        keys = [compress(codes[name][part], is_plain) for name in _KEY]
        note = compress(notes[part], is_plain) if notes else repeat(column.effect.note)
        cells = [f"{column.letters}{row + 1}" for row in compress(data, is_plain)]
        quality, sheet = repeat(column.quality or self.quality), repeat(self.sheet)
        fields = (*keys, value, absence, quality, below, uncertain, note, sheet, cells, original, _NOT_HELD)
        made = map(_make, zip(*fields))  # noqa: B905  # what is the same for all repeats without end
        if len(reads) == len(data):
            return list(made)
        return [next(made) if is_one else None for is_one in is_plain]

    def _read_others(
        self, columns: list[_Column], notes: list[str] | None, found: list[list[FigureRow | None]]
    ) -> None:
        rows, data = self.grid.rows, self.plan.block.data
        waiting = sorted({position for rows_ in found for position, row in enumerate(rows_) if row is None})
        for position in waiting:
            row = data[position]
            line = rows[row]
            is_empty = all(line[column.index] == "" for column in columns) and not self._has_state(row)
            place = _Line(row, position, notes[position] if notes else "", is_empty)
            for column, read in zip(columns, found, strict=True):
                if read[position] is None:
                    read[position] = self._read_cell(place, column, line[column.index])

    def _has_state(self, row: int) -> bool:
        return bool(self.states) and any((row, value.index) in self.states for value in self.plan.values)

    def _column(self, value: ValueColumn, codes: list[str]) -> _Column:
        rows = self.grid.rows
        cells = [rows[row][value.index] for row in self.plan.block.data]
        found = {
            (cell, code) for cell, code in zip(cells, codes, strict=True) if cell.__class__ is str and cell
        }
        texts = {
            (cell, code in self.indicators and self.indicators[code].decimals == 0) for cell, code in found
        }
        reader = ValueReader.for_column(self.markers, texts, value.notation, value.heading.factor)
        return _Column(value, reader, self.footnotes.effect(value.heading.marks))

    def _read_cell(self, line: _Line, column: _Column, value: Any) -> FigureRow | None:
        target = self.targets.at(line.position, column.meaning)
        place, state = (line.row, column.index), ""
        if place in self.joint.covered:
            return None
        broken = self.broken.get(line.row)
        is_broken = broken is not None and broken.holds(column.index)
        if is_broken and (value == "" or self.targets.total_scope(target) is not None):
            return None  # what is wrong with the row is reported once, with the row
        if value == "" or (value.__class__ is str and not value.strip()):
            state = self.states.get(place, "")
            if not state:
                self._empty(line, column, target)
                return None
        elif place in self.grid.sheet.struck:
            state = StruckOut(shown(value))
        scope = self.targets.total_scope(target)
        if scope is not None:
            if scope.dimension not in column.meaning:
                self.out.totals_by_row.add(line.row)
                self.out.reasons.add(line.row, scope.reason)
            self._total(line.row, column, target, scope, value)
            return None
        is_misplaced = self._report_faults(line, column, target)
        read, original = self._read_value(place, column, target, value, state)
        is_reported = bool(read.problem) and not (is_misplaced and read.ambiguous)  # held for its label
        held = is_reported and self._report_value_problem(line.row, column, read, original)
        held = held or is_misplaced or is_broken
        made = self._row(line, column, target, read, original, held=held)
        if is_misplaced or is_broken or not read.is_readable:
            self._unreadable.add(id(made))
        return made

    def _read_value(
        self, place: tuple[int, int], column: _Column, target: Placement, value: Any, state: str
    ) -> tuple[Read, str]:
        """What the cell says, and its text as it stands there."""
        if place in self.joint.ranges:
            params = (("range", self.joint.ranges[place]),)
            return Read(problem="joint_value", params=params), state or shown(value)
        if state:
            return state_read(state), state
        return column.reader.read(value, self.indicators.get(target.indicator.code, _ANY)), shown(value)

    def _row(  # noqa: PLR0913  everything a row is made of
        self, line: _Line, column: _Column, target: Placement, read: Read, original: str, *, held: bool
    ) -> FigureRow:
        quality, note = column.quality, line.note
        remark = ""
        if marks := (*target.marks, *read.marks):
            effect = self.footnotes.effect(marks)
            quality, remark = effect.quality or quality, effect.note
        if column.effect.note or remark:
            note = " ".join(dict.fromkeys(filter(None, (note, column.effect.note, remark))))
        return FigureRow(
            target.indicator.code,
            target.year_number,
            target.organisation.code,
            self.targets.region(target.organisation.code, target.region.code),
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

    def _empty(self, line: _Line, column: _Column, target: Placement) -> None:
        """Where a figure was expected, the empty cell is listed; it is no zero."""
        if self.targets.total_scope(target) is not None:
            return
        labels = (target.organisation, target.indicator, target.year)
        if line.is_empty and any(cell.problem or not cell.code for cell in labels):
            return
        cell = f"{column.letters}{line.row + 1}"
        self.out.problems.append((line.row, column.index, Problem("empty_not_reported", self.sheet, cell)))
        if self.out.reasons.wants(line.row):
            self.out.reasons.add(line.row, evidence("value_empty", cell=cell))
        if target.indicator.code and target.year.code:
            region = self.targets.region(target.organisation.code, target.region.code)
            self.totals.add_part(target, region, None, is_empty=True)

    def _report_faults(self, line: _Line, column: _Column, target: Placement) -> bool:
        """Tell what is wrong with the row's labels, once per row. True: the value cannot be placed."""
        found = False
        for dimension in self.targets.checked:
            cell: Label = getattr(target, dimension)
            fault, params = self.targets.fault(dimension, cell), cell.params
            if not fault and dimension == "region" and self.targets.contradicts(target):
                fault, params = "region_differs", (("organisation", target.organisation.found),)
            if not fault and dimension == "organisation":
                fault = self.targets.lapse(cell.code, target.year_number)
                params = self.targets.lapse_params(target) if fault else ()
            if not fault:
                continue
            found = True
            in_heading = cell.column < 0 and dimension in column.meaning
            at = cell.column if cell.column >= 0 else self.plan.roles.get(dimension, column.index)
            at = column.index if in_heading else at
            row = self.plan.block.header[-1] if in_heading else line.row
            if (at, fault) in line.reported or (in_heading and ("heading", fault) in column.reported):
                continue
            line.reported.add((at, fault))
            column.reported.add(("heading" if in_heading else "", fault))
            where = f"{column_letters(at)}{row + 1}"
            text = cell.found or cell.code
            self.out.problems.append((row, at, Problem(fault, self.sheet, where, text, params)))
            if not in_heading and self.out.reasons.wants(row):
                doubt = evidence("label_in_doubt", found=text, cell=where, kind=dimension)
                self.out.reasons.add(row, doubt)
        return found

    def _report_value_problem(self, row: int, column: _Column, read: Read, original: str) -> bool:
        """Tell what is wrong with the value itself. True: the row is held."""
        cell = f"{column.letters}{row + 1}"
        if self.out.reasons.wants(row):
            self.out.reasons.add(row, evidence("value_in_doubt", found=original, cell=cell))
        if read.ambiguous:
            self._ask_notation(column, cell, original)
            return True
        known = PROBLEMS[read.problem]
        once = (known.code, "" if known.once is Once.COLUMN else original.strip())
        if known.once not in (Once.COLUMN, Once.TEXT) or once not in column.reported:
            column.reported.add(once)
            problem = Problem(read.problem, self.sheet, cell, original, read.params)
            self.out.problems.append((row, column.index, problem))
        return known.holds

    def _ask_notation(self, column: _Column, cell: str, original: str) -> None:
        """Ask once for each column."""
        if not any(question.column == column.offset for question in self.out.questions):
            fingerprint = self.plan.table.fingerprint
            self.out.questions.append(
                Question("notation", self.sheet, cell, original, fingerprint, column.offset)
            )

    def _total(self, row: int, column: _Column, target: Placement, scope: TotalScope, value: Any) -> None:
        if value == "" or (isinstance(value, str) and self.markers.meaning(tidy(value)) is not None):
            return
        if (row, column.index) in self.joint.ranges:
            cell = f"{column.letters}{row + 1}"
            self.out.problems.append((row, column.index, Problem("total_unclear", self.sheet, cell)))
            return
        indicator, year = self._only("indicator", target.indicator), self._only("year", target.year)
        read = column.reader.read(value, self.indicators.get(indicator, _ANY))
        if read.problem == "too_large":
            self._report_value_problem(row, column, read, shown(value))
        if read.value is None:
            return
        self.totals.stated.append(
            StatedTotal(
                row,
                column.index,
                f"{column.letters}{row + 1}",
                indicator,
                int(year) if year else None,
                scope.organisation,
                scope.region,
                target.occupation.code or TOTAL,
                target.target_group.code or TOTAL,
                read.value,
                is_clear=bool(indicator and year) and not target.target_group.problem,
            )
        )

    def _only(self, dimension: str, cell: Label) -> str:
        """A total row that leaves a dimension open speaks of the only one there is."""
        if cell.code or cell.problem:
            return "" if cell.code == TOTAL else cell.code
        codes = {other.code for other in self.targets.lists.get(dimension, ()) if other.code}
        return next(iter(codes)) if len(codes) == 1 else ""

    def _compare(self) -> None:
        """Compare totals with parts, once all parts are known."""
        if self.totals.stated:
            self.totals.add_rows(self.out.rows)
        self.out.control_totals, problems = self.totals.compare()
        if self.targets.states_all_occupations():
            problems += compare_occupations(self.out.rows, self.sheet, self.base)
        self.out.problems += [(*place_of(problem.cell), problem) for problem in problems]


_KEY = ("indicator", "year", "organisation", "place", "occupation", "occupation_label", "target_group")
_NOT_HELD = repeat(False)  # noqa: FBT003  # the last field of every figure about which there is nothing to say
_AT_ONCE = 50_000
_make = partial(tuple.__new__, FigureRow)  # as FigureRow._make, which counts the fields of each row
_ANY = IndicatorTerm("", (), decimals=6, negative=True)
