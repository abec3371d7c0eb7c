"""Where each value of a table belongs, and which rows hold totals instead of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from measures.importing.dimensions import BLANK, Cell, Dimensions
from measures.importing.synonyms import PARTS_OF_COUNTRY
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from measures.importing.grid import Grid
    from measures.importing.names import Names
    from measures.importing.tables import Plan, ValueColumn


class Target(NamedTuple):
    """The dimensions of one value."""

    indicator: Cell
    year: Cell
    organisation: Cell
    region: Cell
    occupation: Cell
    target_group: Cell

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for cell in self for mark in cell.marks)

    @property
    def year_number(self) -> int:
        return int(self.year.code) if self.year.code else 0


class Targets:
    def __init__(self, grid: Grid, plan: Plan) -> None:
        self.plan = plan
        self.names: Names = grid.names
        self.lists = Dimensions(grid, plan).lists
        self._agreeing: set[tuple[str, str]] = set()
        lists = self.lists
        organisations = {cell.code for cell in lists.get("organisation", ())} | self._in_headings(
            "organisation"
        )
        regions = {cell.code for cell in lists.get("region", ())} | self._in_headings("region")
        known = self.names.organisations
        self.umbrellas = organisations & {known[code].umbrella for code in organisations if code in known}
        self.has_organisations = len(organisations - {TOTAL, ""}) > 1 or "organisation" in plan.roles
        self.has_regions = bool(regions - {COUNTRY, TOTAL, "", *PARTS_OF_COUNTRY})
        self.checked = [dimension for dimension in Target._fields if self._needs_checking(dimension)]

    def _in_headings(self, dimension: str) -> set[str]:
        return {value.heading.meaning.get(dimension, "") for value in self.plan.values}

    def _needs_checking(self, dimension: str) -> bool:
        """Dimensions without a single fault are not looked at again for every row."""
        if dimension == "region":
            return dimension in self.lists
        if dimension in ("occupation", "target_group") and dimension not in self.lists:
            return False
        cells = {id(cell): cell for cell in self.lists.get(dimension, (BLANK,))}
        headings = [Cell(code) for code in self._in_headings(dimension) if code]
        return any(self.fault(dimension, cell) for cell in (*cells.values(), *headings))

    def of_column(self, value: ValueColumn) -> list[Target]:
        """One target for each data row; what the column's heading says comes before the row's labels."""
        count = len(self.plan.block.data)
        lists = []
        for dimension in Target._fields:
            cells = self.lists.get(dimension)
            fixed = value.heading.meaning.get(dimension)
            if fixed and not (dimension == "target_group" and fixed == TOTAL and cells is not None):
                lists.append([Cell(fixed)] * count)
            elif cells is None:
                lists.append([Cell(TOTAL) if dimension == "occupation" else BLANK] * count)
            else:
                lists.append(cells)
        return list(map(Target._make, zip(*lists, strict=True)))

    def fault(self, dimension: str, cell: Cell) -> str:
        """The code of what is wrong with a label by itself."""
        if cell.problem:
            return cell.problem
        if not cell.code:
            return "" if dimension == "region" else "dimension_missing"
        if dimension == "year" and int(cell.code) not in self.names.vocabulary.years:
            return "year_out_of_range"
        return ""

    def contradicts(self, target: Target) -> bool:
        """Whether the row names another Land than the chamber's own."""
        pair = (target.organisation.code, target.region.code)
        if pair in self._agreeing:
            return False
        owner = self.names.organisations.get(pair[0])
        if owner is None or owner.region in (COUNTRY, pair[1]) or pair[1] in ("", COUNTRY, TOTAL):
            self._agreeing.add(pair)
            return False
        return True

    def region(self, target: Target) -> str:
        """A chamber's region is its Land, whatever the file leaves out."""
        owner = self.names.organisations.get(target.organisation.code)
        if owner is not None and owner.region != COUNTRY:
            return owner.region
        region = target.region.code
        return COUNTRY if region in ("", TOTAL) else region

    def total_scope(self, target: Target) -> tuple[str, str] | None:
        """Organisation and region a total row stands for (empty: all); None for a figure."""
        if self.plan.block.said and any(cell.is_figure for cell in target):
            return None
        organisation, region = target.organisation.code, target.region.code
        is_country = region in (TOTAL, COUNTRY)
        names_nobody = not organisation and not target.organisation.problem and self.has_organisations
        if organisation == TOTAL or (names_nobody and is_country):
            return "", "" if is_country else region
        if organisation in self.umbrellas:
            return organisation, ""
        owner = self.names.organisations.get(organisation)
        if owner is not None and owner.kind == "land" and self._land_is_subtotal(target):
            return "", owner.region
        is_part = is_country or region in PARTS_OF_COUNTRY
        if is_part and self.has_regions and (owner is None or owner.region == COUNTRY):
            return organisation, COUNTRY if is_country else region
        return None

    def _land_is_subtotal(self, target: Target) -> bool:
        indicator = self.names.indicators.get(target.indicator.code)
        return indicator is not None and bool(indicator.asked_of) and "land" not in indicator.asked_of
