"""The dimensions of each data row, resolved once per distinct text of a column."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from measures.importing.columns.chapters import below
from measures.importing.columns.loose_groups import loose_groups
from measures.importing.columns.outline import SUBTOTAL, Placed
from measures.importing.columns.owners.towns import chamber_kinds
from measures.importing.columns.periods.of_columns import whole_years
from measures.importing.columns.periods.references import is_own_reference
from measures.importing.columns.plan import BLANK, Label, Outline
from measures.importing.layout.blocks import TOTAL_ROW
from measures.importing.layout.grid import SheetGrid, is_blank, is_year, shown
from measures.importing.rows.labels import (
    LabelReader,
    labels_in_doubt,
    of_chambers,
    unknown_cell,
    year_cell,
)
from measures.importing.rows.occupations.reader import OccupationReader
from measures.importing.rows.sums import ComputedRows
from measures.importing.rows.units_below import name_by_units
from measures.importing.text.folding import split_marks, tidy
from measures.importing.text.names import NameIndex, Unknown
from measures.importing.text.quality import COLUMN_SIGNS, quality_in
from measures.importing.text.terms.concepts import subject_of
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.columns.plan import Plan
    from measures.importing.text.terms.concepts import Concepts

_ADDED_UP = ("occupation", "organisation", "region")
_MAIN = ("organisation", "region", "occupation")
_HOLDING = ("organisation", "indicator", "year", "target_group")
_SAMPLE, _FILL_DOWN_SHARE = 400, 0.2


class Dimensions:
    """Per dimension a list of cells, one for each data row of the plan."""

    def __init__(self, grid: SheetGrid, plan: Plan, base: int = 1) -> None:
        self.grid = grid
        self.plan = plan
        self.names = grid.names
        self.lists: dict[str, list[Label]] = {}
        self._chambers: dict[str, list[Label]] = {}
        self.subtotals: dict[int, list[int]] = {}
        """Rows that add up others, and those, by their positions."""
        self.subtotals_by_code = set[int]()  # those of them that are known by a shorter code
        self.computed = ComputedRows(grid, plan, base)
        self._read_columns()
        self._from_columns = set(self.lists)
        self._take_out_computed_rows()
        if plan.outline is not None and plan.outline.kind in self.lists:
            self._place(plan.outline)
        if "occupation" in self.lists:
            self._find_sums_of_codes(self.lists["occupation"])
        self._from_sections()
        self._hold_below_unknown_sections()
        self._hold_other_periods()
        for dimension in ("organisation", "region", "indicator", "target_group", "year"):
            if dimension not in self.lists and (code := plan.constants.get(dimension)):
                self.lists[dimension] = [Label(code)] * len(plan.block.data)
        if "quality" in plan.roles and "year" in self.lists:
            self._add_quality(plan.roles["quality"])
        for row, kind in plan.block.overrides.items():
            self._take_word(plan.block.data.index(row), kind)

    def chambers(self, kind: str) -> list[Label]:
        """The organisations of the rows, where ``kind`` says which chamber of each town is meant."""
        if kind not in self._chambers:
            column, own = self.plan.roles["organisation"], self.lists["organisation"]
            found = self._resolve(column, LabelReader(self.names, "organisation", column, kind), "")
            self._chambers[kind] = of_chambers(own, found, self.names)
        return self._chambers[kind]

    def _subject(self) -> Concepts:
        """What the titles, or else the sheet's name, are about."""
        return subject_of(self.plan.block.titles) or subject_of([self.grid.sheet.name])

    def _read_columns(self) -> None:
        plan, names = self.plan, self.names
        for dimension in ("organisation", "region", "indicator", "target_group"):
            if dimension in plan.roles:
                column = plan.roles[dimension]
                kinds = chamber_kinds(self.grid, plan, column) if dimension == "organisation" else [""]
                about = self._subject() if dimension == "indicator" else frozenset()
                readers = {kind: LabelReader(names, dimension, column, kind, about) for kind in set(kinds)}
                for reader in readers.values():
                    reader.year = int(plan.constants.get("year", "") or 0)
                if len(readers) == 1:
                    self.lists[dimension] = self._resolve(column, readers[kinds[0]], dimension)
                else:
                    parts = {
                        kind: self._resolve(column, reader, dimension) for kind, reader in readers.items()
                    }
                    self.lists[dimension] = [parts[kind][position] for position, kind in enumerate(kinds)]
        name_by_units(self.lists, self.grid, plan)
        if "year" in plan.roles:
            column = plan.roles["year"]
            texts = {self.grid.rows[row][column] for row in plan.block.data}
            is_whole = whole_years(self.grid, plan, texts)
            self.lists["year"] = self._resolve(column, year_cell(column, names.first_day, is_whole), "year")
        if "occupation" in plan.roles or "occupation_label" in plan.roles:
            self.lists["occupation"] = self._occupations()

    def _place(self, outline: Outline) -> None:
        """Give rows what the rows above them say, and find the rows that add up those below them."""
        placed = Placed(self.grid, self.plan, outline, self.lists[outline.kind])
        self.lists |= {kind: cells for kind, cells in placed.lists.items() if kind not in self._from_columns}
        if "target_group" in outline.kinds and "target_group" not in self._from_columns:
            for position, label in list(loose_groups(self.grid, self.plan, outline, self.lists)):
                self.lists["target_group"][position] = label
        own = self.lists[outline.kind]
        for position, children in placed.children.items():
            cell, row = own[position], self.plan.block.data[position]
            if row in self.plan.block.overrides or self.grid.rows[row][outline.column] in outline.others:
                continue
            if outline.kind == "target_group":
                self._refuse_parts_of_groups(cell, children)
            elif outline.kind in _ADDED_UP and self._adds_up(outline.kind, position, children):
                self._add_subtotal(outline.kind, position, children)

    def _adds_up(self, kind: str, position: int, children: list[int]) -> bool:
        """Whether a row over others is their sum: an organisation's only by its word or its numbers."""
        cell = self.lists[kind][position]
        if kind == "organisation":
            is_head = bool(cell.problem) or self._is_undated(position)
            return is_head and self.computed.adds_up(position, children)
        return bool(cell.problem) or (kind == "occupation" and cell.code != TOTAL)

    def _is_undated(self, position: int) -> bool:
        """Whether a row has no year, as that of a chamber over its years in a pivot table."""
        kinds = self.plan.outline.kinds if self.plan.outline else ()
        return "year" in kinds and not self.lists["year"][position].code

    def _take_out_computed_rows(self) -> None:
        kind = next((kind for kind in _MAIN if kind in self.lists), "")
        for position, row in self.computed.found.items() if kind else ():
            self.lists[kind][position] = Label(SUBTOTAL, column=row.column, found=row.found)
            self.subtotals[position] = row.parts

    def _add_subtotal(self, kind: str, position: int, children: list[int]) -> None:
        cell = self.lists[kind][position]
        self.lists[kind][position] = Label(SUBTOTAL, column=cell.column, found=cell.found)
        self.subtotals[position] = children

    def subtotal_label(self, position: int) -> Label:
        """The label of a row that is a subtotal."""
        kinds = [kind for kind in _ADDED_UP if kind in self.lists]
        cells = [self.lists[kind][position] for kind in kinds]
        return next(cell for cell in cells if cell.code == SUBTOTAL)

    def _refuse_parts_of_groups(self, parent: Label, children: list[int]) -> None:
        """Women among the refugees are neither the women nor the refugees."""
        groups = self.lists["target_group"]
        for child in children if parent.code not in ("", TOTAL) else ():
            found = groups[child].found
            params = (("parent", parent.found),)
            groups[child] = Label("", (), "target_group_within", found, params, groups[child].column)

    def _find_sums_of_codes(self, cells: list[Label]) -> None:
        """Rows with a shorter code (26) that add up rows with longer ones (26112, 26252)."""
        lengths: Counter[int] = Counter()
        for code, count in Counter([cell.code for cell in cells]).items():
            lengths[len(code)] += count if code.isdigit() else 0
        lengths = +lengths
        if len(lengths) < 2:  # noqa: PLR2004  a single level
            return
        usual = lengths.most_common(1)[0][0]
        shorter = [length for length in lengths if length < usual]
        others = [self.lists[name] for name in self._from_columns if name != "occupation"]
        parts: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for position, cell in enumerate(cells):
            if cell.code.isdigit() and len(cell.code) == usual:
                place = tuple(other[position].code for other in others)
                for length in shorter:
                    parts[(*place, cell.code[:length])].append(position)
        for position, cell in enumerate(cells):
            is_overridden = self.plan.block.data[position] in self.plan.block.overrides
            if cell.code.isdigit() and len(cell.code) in shorter and not is_overridden:
                place = tuple(other[position].code for other in others)
                if children := parts.get((*place, cell.code)):
                    self._add_subtotal("occupation", position, children)
                    self.subtotals_by_code.add(position)

    def _add_quality(self, column: int) -> None:
        """What a column of signs says of the values beside it (``p``) is kept with their year."""
        rows = self.grid.rows
        known: dict[tuple[int, Any], Label] = {}
        cells = self.lists["year"]
        for position, (row, cell) in enumerate(zip(self.plan.block.data, cells, strict=True)):
            key = (id(cell), rows[row][column])
            if key not in known:
                text = tidy(shown(key[1]))
                quality = COLUMN_SIGNS.get(text.casefold()) or quality_in(text)
                known[key] = cell._replace(quality=quality) if quality else cell
            cells[position] = known[key]

    def _take_word(self, position: int, kind: str) -> None:
        """Make a row the total, or the figures, that a person says it is."""
        labels = [
            dimension
            for dimension in ("occupation", "organisation", "region", "indicator")
            if dimension in self.lists and dimension in self._from_columns
        ]
        unknown = [dimension for dimension in labels if self.lists[dimension][position].problem]
        if kind == TOTAL_ROW:
            for dimension in unknown or labels[:1]:
                cell = self.lists[dimension][position]
                self.lists[dimension][position] = Label(TOTAL, column=cell.column, found=cell.found)
            return
        for dimension in labels:
            cell = self.lists[dimension][position]
            if cell.code == TOTAL and dimension in ("organisation", "indicator"):
                cell = unknown_cell(dimension, Unknown(cell.found), cell.column)
            elif cell.code == TOTAL and dimension == "region":
                cell = cell._replace(code=COUNTRY)
            self.lists[dimension][position] = cell._replace(is_figure=True)

    def _resolve(self, column: int, resolve: Callable[[Any], Label], dimension: str) -> list[Label]:
        grid, data = self.grid, self.plan.block.data
        values = [grid.rows[row][column] for row in data]
        known = {value: BLANK if is_blank(value) else resolve(value) for value in set(values)}
        cells = [known[value] for value in values]
        for position, label in labels_in_doubt(grid.sheet, column, data):
            cells[position] = label
        blanks = 0
        if any(cell is BLANK for cell in known.values()):
            for position in [place for place, cell in enumerate(cells) if cell is BLANK]:
                value = grid.spanned(data[position], column)
                if is_blank(value):
                    blanks += 1
                else:
                    known[value] = known.get(value) or resolve(value)
                    cells[position] = known[value]
        if blanks and dimension == "organisation" and self.plan.umbrella_column >= 0:
            blanks -= self._take_umbrellas(cells, resolve)
        may_fill = (
            not self.plan.is_keyed
            and dimension != "target_group"
            and not (dimension == "region" and "organisation" in self.plan.roles)
        )
        if blanks and may_fill and blanks >= _FILL_DOWN_SHARE * len(data):
            self._fill_down(cells)
        if self.plan.is_keyed:
            return cells
        if blanks and dimension == "target_group" and not any(cell.code == TOTAL for cell in known.values()):
            cells = [Label(TOTAL) if cell is BLANK else cell for cell in cells]
        return cells

    def _take_umbrellas(self, cells: list[Label], resolve: Callable[[Any], Label]) -> int:
        """Where no member is named, the row is that of whom the column of umbrellas names; how many rows."""
        rows, column = self.grid.rows, self.plan.umbrella_column
        blank = [
            (position, value)
            for position, cell in enumerate(cells)
            if cell is BLANK and not is_blank(value := rows[self.plan.block.data[position]][column])
        ]
        for position, value in blank:
            cells[position] = resolve(value)._replace(column=column)
        return len(blank)

    def _fill_down(self, cells: list[Label]) -> None:
        """A label written once and left empty below it holds until the next; a sum has none of its own."""
        last = BLANK
        skipped = self.computed.skipped
        for index, cell in enumerate(cells):
            if cell is BLANK and index in self.computed.lands:
                cells[index] = Label(TOTAL)
            elif cell is BLANK:
                cells[index] = BLANK if index in skipped else last
            elif cell.code != TOTAL:
                last = cell

    def _from_sections(self) -> None:
        """A heading between the rows (a year, an indicator, a chamber) holds for the rows below it."""
        block, names = self.plan.block, self.names
        if not block.sections:
            return
        is_whole = whole_years(self.grid, self.plan, {value for _, value in block.sections})
        for dimension in ("year", "indicator", "organisation", "target_group"):
            if dimension in self.plan.roles:
                continue
            headings: list[tuple[int, Label]] = []
            for row, value in block.sections:
                cell = self._heading(dimension, value, names)
                year = parse_year(value) if cell is not None and dimension == "year" else None
                if year is not None and (year.day or year.is_season) and not is_whole(year):
                    cell = Label("", (), "period_differs", tidy(shown(value)))
                if cell is not None:
                    headings.append((row, cell))
            if headings:
                stated = self.plan.constants.get(dimension, "")
                first = Label(stated) if stated else BLANK
                self.lists[dimension] = below(headings, block.data, first)

    def _hold_below_unknown_sections(self) -> None:
        """Rows below a heading nobody understands (``Gelöste Verträge``) may be figures of another kind."""
        unknown = self.plan.unknown_sections
        if not unknown:
            return
        dimension, cells = self._to_be_held()
        sections = sorted(row for row, _ in self.plan.block.sections)
        for position, row in enumerate(self.plan.block.data):
            place = bisect_left(sections, row) - 1
            if place >= 0 and position not in self.subtotals and sections[place] in unknown:
                column = cells[position].column
                cells[position] = Label("", (), "section_unknown", unknown[sections[place]], (), column)
        self.lists[dimension] = cells

    def _to_be_held(self) -> tuple[str, list[Label]]:
        """A dimension that no heading of a column gives, by whose labels rows can be held, and its labels."""
        plan = self.plan
        given = {kind for value in plan.values for kind in value.heading.meaning}
        dimension = next((kind for kind in _HOLDING if kind not in given), "organisation")
        own = Label(plan.constants.get(dimension, TOTAL if dimension == "target_group" else ""))
        return dimension, self.lists.get(dimension) or [own] * len(plan.block.data)

    def _hold_other_periods(self) -> None:
        """A row whose own column says another period than its indicator's is held."""
        plan = self.plan
        stated = {value.heading.meaning["year"] for value in plan.values if "year" in value.heading.meaning}
        stated |= {plan.constants["year"]} if "year" in plan.constants else set()
        dimension, cells = self._to_be_held()
        for column in plan.reference_columns:
            for position, row in enumerate(plan.block.data):
                text = tidy(shown(self.grid.rows[row][column]))
                codes = self._indicators_of(position)
                own = {self.lists["year"][position].code} if "year" in self.lists else stated
                years = {int(year) for year in own if year.isdecimal()}
                kinds = {self.names.indicators[code].period for code in codes}
                if text and not all(is_own_reference(text, kind, years) for kind in kinds):
                    cells[position] = Label("", (), "period_differs", text, (), column)
        if plan.reference_columns:
            self.lists[dimension] = cells

    def _indicators_of(self, position: int) -> set[str]:
        """The indicators that the values of a row may be of."""
        cell = self.lists["indicator"][position].code if "indicator" in self.lists else ""
        own = cell or self.plan.constants.get("indicator", "")
        codes = {value.heading.meaning.get("indicator", own) for value in self.plan.values}
        return codes & self.names.indicators.keys()

    @staticmethod
    def _heading(dimension: str, value: Any, names: NameIndex) -> Label | None:
        if dimension == "year":
            year = parse_year(value) if is_year(value) else None
            return Label(str(year.year), year.marks, quality=year.quality) if year else None
        text, marks = split_marks(tidy(shown(value)))
        code = names.exact(dimension, text)
        if code is None or (dimension == "organisation" and names.exact("region", text) is not None):
            return None
        return Label(code, marks) if code != TOTAL or dimension == "target_group" else None

    def _occupations(self) -> list[Label]:
        plan, rows = self.plan, self.grid.rows
        code_column = plan.roles.get("occupation", -1)
        label_column = plan.roles.get("occupation_label", -1)
        first, second = (
            [rows[row][column] if column >= 0 else "" for row in plan.block.data]
            for column in (code_column, label_column)
        )
        pairs = set(zip(first, second, strict=True))
        codes = Counter(text for code, _ in pairs if (text := shown(code).strip()).isdigit())
        read = OccupationReader(self.names, codes, code_column, label_column)
        keys = list(zip(map(type, first), first, second, strict=True))
        known = {key: read(*key[1:]) for key in dict.fromkeys(keys)}
        cells = [known[key] for key in keys]
        for column in {code_column, label_column} - {-1}:
            for position, in_doubt in labels_in_doubt(self.grid.sheet, column, plan.block.data):
                cells[position] = in_doubt
        if any(cell is BLANK for cell in known.values()):
            self._fill_occupations(cells, max(code_column, label_column))
        return cells

    def _fill_occupations(self, cells: list[Label], column: int) -> None:
        """A blank beside a label written once is that label's total; below an occupation it repeats it."""
        data, rows = self.plan.block.data, self.grid.rows
        left = [place for place in self.plan.roles.values() if place < column]
        is_first = [any(rows[row][place] != "" for place in left) for row in data]
        states_totals = any(cell.code == TOTAL for cell in cells)
        if left and not all(is_first) and not states_totals:
            cells[:] = [
                Label(TOTAL) if cell is BLANK and first else cell
                for cell, first in zip(cells, is_first, strict=True)
            ]
        elif cells.count(BLANK) >= _FILL_DOWN_SHARE * len(cells):
            self._fill_down(cells)
