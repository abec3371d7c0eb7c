"""The dimensions of each data row, resolved once per distinct text of a column."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.dates import is_made_date
from measures.importing.grid import Grid, is_year, shown
from measures.importing.layout import TOTAL_ROW
from measures.importing.names import Names, Unknown, split_marks, tidy
from measures.importing.synonyms import PARTS_OF_COUNTRY
from measures.importing.vocabulary import COUNTRY, TOTAL, UNASSIGNED
from measures.importing.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.tables import Plan

_FILL_DOWN_SHARE = 0.2
_CODE_AND_LABEL = re.compile(r"^(?:KldB\s*)?(\d{1,5})\b[\s.:–-]*(.*)$", re.IGNORECASE)


class Cell(NamedTuple):
    """A dimension as found: its code, or the problem in its place. ``column`` is where the text stands."""

    code: str
    marks: tuple[str, ...] = ()
    problem: str = ""
    found: str = ""
    params: tuple[tuple[str, str], ...] = ()
    column: int = -1
    label: str = ""
    quality: str = ""
    is_figure: bool = False
    """By a person's word the row holds figures, whatever its labels look like."""


BLANK = Cell("")


def _unknown(kind: str, unknown: Unknown, column: int) -> Cell:
    params: tuple[tuple[str, str], ...] = (
        ("candidates", ", ".join(candidate.label for candidate in unknown.candidates)),
    )
    if unknown.candidates:
        params += (("candidate_codes", json.dumps(unknown.candidates, ensure_ascii=False)),)
    return Cell("", (), f"{kind}_unknown", unknown.text, params, column)


def _made_date(text: str, column: int) -> Cell:
    return Cell("", (), "date_not_label", text, (), column)


def _named(names: Names, kind: str, column: int) -> Callable[[Any], Cell]:
    def resolve(value: Any) -> Cell:
        text = tidy(shown(value))
        found = names.resolve(kind, text)
        if isinstance(found, str):
            return Cell(found, column=column, found=text)
        bare, marks = split_marks(text)
        if marks:
            found = names.resolve(kind, bare)
            if isinstance(found, str):
                return Cell(found, marks, column=column, found=text)
        if kind == "organisation" and (region := names.exact("region", bare)):
            if region in (COUNTRY, *PARTS_OF_COUNTRY):
                return Cell(TOTAL, marks, column=column, found=text)
            if region in names.laender:
                return Cell(names.laender[region], marks, column=column, found=text)
        if kind == "region" and text.isdigit() and text.zfill(2) in names.regions:
            return Cell(text.zfill(2), column=column, found=text)
        if kind == "region" and (land := names.land_of_district(text)):
            return Cell("", (), "region_level", text, (("region", names.label("region", land)),), column)
        return _made_date(text, column) if is_made_date(value) else _unknown(kind, found, column)

    return resolve


def _year(column: int, first_day: int) -> Callable[[Any], Cell]:
    def resolve(value: Any) -> Cell:
        year = parse_year(value, serial=first_day)
        if year is None:
            return Cell("", (), "year_unreadable", tidy(shown(value)), (), column)
        return Cell(str(year.year), year.marks, found=tidy(shown(value)), column=column, quality=year.quality)

    return resolve


class Dimensions:
    """Per dimension a list of cells, one for each data row of the plan."""

    def __init__(self, grid: Grid, plan: Plan) -> None:
        self.grid = grid
        self.plan = plan
        self.names = grid.names
        self.lists: dict[str, list[Cell]] = {}
        for dimension in ("organisation", "region", "indicator", "target_group"):
            if dimension in plan.roles:
                column = plan.roles[dimension]
                self.lists[dimension] = self._resolve(
                    column, _named(grid.names, dimension, column), dimension
                )
        if "year" in plan.roles:
            self.lists["year"] = self._resolve(
                plan.roles["year"], _year(plan.roles["year"], grid.names.first_day), "year"
            )
        if "occupation" in plan.roles or "occupation_label" in plan.roles:
            self.lists["occupation"] = self._occupations()
        self._from_columns = set(self.lists)
        self._from_sections()
        for dimension in ("organisation", "region", "indicator", "target_group", "year"):
            if dimension not in self.lists and (code := plan.constants.get(dimension)):
                self.lists[dimension] = [Cell(code)] * len(plan.block.data)
        for row, kind in plan.block.said.items():
            self._take_word(plan.block.data.index(row), kind)

    def _take_word(self, position: int, kind: str) -> None:
        """Make a row the total, or the figures, that a person says it is."""
        labels = [
            dimension
            for dimension in ("occupation", "organisation", "region")
            if dimension in self.lists and dimension in self._from_columns
        ]
        unknown = [dimension for dimension in labels if self.lists[dimension][position].problem]
        if kind == TOTAL_ROW:
            for dimension in unknown or labels[:1]:
                cell = self.lists[dimension][position]
                self.lists[dimension][position] = Cell(TOTAL, column=cell.column, found=cell.found)
            return
        for dimension in labels:
            cell = self.lists[dimension][position]
            if cell.code == TOTAL and dimension == "organisation":
                cell = _unknown(dimension, Unknown(cell.found, ()), cell.column)
            elif cell.code == TOTAL and dimension == "region":
                cell = cell._replace(code=COUNTRY)
            self.lists[dimension][position] = cell._replace(is_figure=True)

    def _resolve(self, column: int, resolve: Callable[[Any], Cell], dimension: str) -> list[Cell]:
        grid, data = self.grid, self.plan.block.data
        rows = grid.rows
        cache: dict[tuple[type, Any], Cell] = {}
        cells: list[Cell] = []
        blanks = 0
        for row in data:
            value = rows[row][column]
            if value == "" or (isinstance(value, str) and not value.strip()):
                value = grid.spanned(row, column)
                if value == "":
                    blanks += 1
                    cells.append(BLANK)
                    continue
            key = (value.__class__, value)
            known = cache.get(key)
            if known is None:
                known = cache[key] = resolve(value)
            cells.append(known)
        may_fill = dimension != "target_group" and not (
            dimension == "region" and "organisation" in self.plan.roles
        )
        if blanks and may_fill and blanks >= _FILL_DOWN_SHARE * len(data):
            self._fill_down(cells)
        if blanks and dimension == "target_group" and not any(cell.code == TOTAL for cell in cache.values()):
            cells = [Cell(TOTAL) if cell is BLANK else cell for cell in cells]
        return cells

    @staticmethod
    def _fill_down(cells: list[Cell]) -> None:
        """A label written once and left empty below it holds until the next."""
        last = BLANK
        for index, cell in enumerate(cells):
            if cell is BLANK:
                cells[index] = last
            elif cell.code != TOTAL:
                last = cell

    def _from_sections(self) -> None:
        """A heading between the rows (a year, an indicator, a chamber) holds for the rows below it."""
        block, names = self.plan.block, self.names
        if not block.sections:
            return
        for dimension in ("year", "indicator", "organisation", "target_group"):
            if dimension in self.plan.roles:
                continue
            headings: list[tuple[int, Cell]] = []
            for row, value in block.sections:
                cell = self._heading(dimension, value, names)
                if cell is not None:
                    headings.append((row, cell))
            if headings:
                self.lists[dimension] = self._below(headings, self.plan.constants.get(dimension, ""))

    @staticmethod
    def _heading(dimension: str, value: Any, names: Names) -> Cell | None:
        if dimension == "year":
            year = parse_year(value) if is_year(value) else None
            return Cell(str(year.year), year.marks, quality=year.quality) if year else None
        text, marks = split_marks(tidy(shown(value)))
        code = names.exact(dimension, text)
        if code is None or (dimension == "organisation" and names.exact("region", text) is not None):
            return None
        return Cell(code, marks) if code != TOTAL or dimension == "target_group" else None

    def _below(self, headings: list[tuple[int, Cell]], default: str) -> list[Cell]:
        cells = []
        waiting = list(reversed(headings))
        current = Cell(default) if default else BLANK
        for row in self.plan.block.data:
            while waiting and waiting[-1][0] < row:
                current = waiting.pop()[1]
            cells.append(current)
        return cells

    def _occupations(self) -> list[Cell]:
        plan, rows = self.plan, self.grid.rows
        code_column = plan.roles.get("occupation", -1)
        label_column = plan.roles.get("occupation_label", -1)
        pairs = [
            (
                rows[row][code_column] if code_column >= 0 else "",
                rows[row][label_column] if label_column >= 0 else "",
            )
            for row in plan.block.data
        ]
        digits = Counter(len(text) for code, _ in set(pairs) if (text := shown(code).strip()).isdigit())
        usual = digits.most_common(1)[0][0] if digits else 0
        cache: dict[tuple[type, Any, Any], Cell] = {}
        cells = []
        for code, label in pairs:
            key = (code.__class__, code, label)
            known = cache.get(key)
            if known is None:
                known = cache[key] = self._occupation(code, label, usual, code_column, label_column)
            cells.append(known)
        return cells

    def _occupation(self, code: Any, label: Any, usual: int, code_column: int, label_column: int) -> Cell:
        text, name = tidy(shown(code)), tidy(shown(label))
        column = code_column if text or label_column < 0 else label_column
        if is_made_date(code if text else label):
            return _made_date(text or name, column)
        whole, marks = split_marks(text or name)
        if not whole:
            return BLANK
        for word in (whole, split_marks(name)[0]):
            known = self.names.exact("occupation", word)
            if known in (TOTAL, UNASSIGNED):
                return Cell(known, marks, found=whole, column=column, label="" if known == TOTAL else name)
        found = _CODE_AND_LABEL.match(whole)
        if found:
            digits = found[1]
            if len(digits) == usual - 1 and f"0{digits}"[:2] in self.names.occupations:
                digits = f"0{digits}"
            if digits[:2] in self.names.occupations or digits in self.names.occupations:
                return Cell(
                    digits,
                    marks,
                    found=whole,
                    column=column,
                    label=(name if text else "") or found[2].strip(),
                )
        elif isinstance(resolved := self.names.resolve("occupation", whole), str):
            return Cell(resolved, marks, found=whole, column=column, label=name)
        return _unknown("occupation", Unknown(whole, self.names.candidates("occupation", whole)), column)
