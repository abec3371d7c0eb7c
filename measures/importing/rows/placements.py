"""Where each value of a table belongs, and which rows hold totals instead of figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.columns.plan import BLANK, CHAMBER_KIND, Label
from measures.importing.decisions import Evidence, evidence
from measures.importing.rows.dimensions import Dimensions
from measures.importing.text.names import Candidate
from measures.importing.text.terms.places import PARTS_OF_COUNTRY
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.names import NameIndex


class Placement(NamedTuple):
    """The dimensions of one value."""

    indicator: Label
    year: Label
    organisation: Label
    region: Label
    occupation: Label
    target_group: Label

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for cell in self for mark in cell.marks)

    @property
    def year_number(self) -> int:
        return int(self.year.code) if self.year.code else 0


class TotalScope(NamedTuple):
    """The organisation and region a total runs over (empty: all), and why it is a total."""

    organisation: str
    region: str
    dimension: str
    """Whose label makes it a total; where a heading gives that, the column is one, not the row."""
    reason: Evidence


class Placements:
    def __init__(self, grid: SheetGrid, plan: Plan, base: int = 1) -> None:
        self.plan = plan
        self.names: NameIndex = grid.names
        self.dimensions = Dimensions(grid, plan, base)
        self.lists = self.dimensions.lists
        self._agreeing: set[tuple[str, str]] = set()
        self._codes: dict[tuple[str, str], list[Any]] = {}
        self._distinct: dict[str, list[Label]] = {}
        self._known_places: dict[tuple[str, str], list[str]] = {}
        organisations = {cell.code for cell in self.different("organisation")} | self._in_headings(
            "organisation"
        )
        for kind in {value.chamber_kind for value in plan.values} - {""}:
            organisations |= {cell.code for cell in self.dimensions.chambers(kind)}
        regions = {cell.code for cell in self.different("region")} | self._in_headings("region")
        known = self.names.organisations
        self.umbrellas = organisations & {known[code].umbrella for code in organisations if code in known} - {
            ""
        }
        self.limited = {
            code
            for code in organisations
            if code in known and (known[code].valid_from or known[code].valid_until)
        }
        """Organisations that came or went: not every year of theirs may have figures."""
        self.has_organisations = len(organisations - {TOTAL, ""}) > 1 or "organisation" in plan.roles
        self.has_regions = bool(regions - {COUNTRY, TOTAL, "", *PARTS_OF_COUNTRY})
        self.checked = [dimension for dimension in Placement._fields if self._needs_checking(dimension)]

    def _in_headings(self, dimension: str) -> set[str]:
        return {value.heading.meaning.get(dimension, "") for value in self.plan.values}

    def _needs_checking(self, dimension: str) -> bool:
        """Dimensions without a single fault are not looked at again for every row."""
        if dimension == "region":
            return dimension in self.lists or bool(self._in_headings(dimension) - {"", COUNTRY, TOTAL})
        if dimension == "organisation" and self.limited:
            return True
        if dimension in ("occupation", "target_group") and dimension not in self.lists:
            return False
        cells = self.different(dimension) if dimension in self.lists else [BLANK]
        headings = [Label(code) for code in self._in_headings(dimension) if code]
        return any(self.fault(dimension, cell) for cell in (*cells, *headings))

    def at(self, position: int, meaning: dict[str, str]) -> Placement:
        """The target of one data row in a column whose heading says ``meaning``."""
        return Placement._make(self._cell(dimension, position, meaning) for dimension in Placement._fields)

    def _cell(self, dimension: str, position: int, meaning: dict[str, str]) -> Label:
        if fixed := self._fixed(dimension, meaning):
            return Label(fixed)
        cells = self._cells(dimension, meaning)
        if cells is not None:
            return cells[position]
        return Label(TOTAL) if dimension == "occupation" else BLANK

    def _cells(self, dimension: str, meaning: dict[str, str]) -> list[Label] | None:
        """The labels of a dimension; of towns those of the chambers that the column's heading is about."""
        kind = meaning.get(CHAMBER_KIND, "") if dimension == "organisation" else ""
        return self.dimensions.chambers(kind) if kind else self.lists.get(dimension)

    def _fixed(self, dimension: str, meaning: dict[str, str]) -> str:
        """What the column's heading says comes before the row's labels."""
        fixed = meaning.get(dimension, "")
        if dimension == "target_group" and fixed == TOTAL and dimension in self.lists:
            return ""
        return fixed

    def codes_of(self, meaning: dict[str, str]) -> dict[str, list[Any]]:
        """Every data row's codes in a column; ``place`` is the region the figure goes to."""
        count = len(self.plan.block.data)
        codes: dict[str, list[Any]] = {}
        for dimension in Placement._fields:
            if fixed := self._fixed(dimension, meaning):
                codes[dimension] = [int(fixed) if dimension == "year" else fixed] * count
            else:
                codes[dimension] = self._own_codes(dimension, meaning)
        codes["occupation_label"] = [""] * count if self._fixed("occupation", meaning) else self._own_labels()
        codes["place"] = self._places(codes, meaning)
        return codes

    def _places(self, codes: dict[str, list[Any]], meaning: dict[str, str]) -> list[str]:
        """The regions figures go to; columns whose headings say nothing of a place share them."""
        owner = self._fixed("organisation", meaning) or meaning.get(CHAMBER_KIND, "")
        key = (owner, self._fixed("region", meaning))
        known = self._known_places.get(key)
        if known is None:
            pairs = list(zip(codes["organisation"], codes["region"], strict=True))
            regions = {pair: self.region(*pair) for pair in set(pairs)}
            known = self._known_places[key] = [regions[pair] for pair in pairs]
        return known

    def _own_codes(self, dimension: str, meaning: dict[str, str]) -> list[Any]:
        key = (dimension, meaning.get(CHAMBER_KIND, "") if dimension == "organisation" else "")
        known = self._codes.get(key)
        if known is None:
            cells = self._cells(dimension, meaning)
            if cells is None:
                default: Any = {"occupation": TOTAL, "year": 0}.get(dimension, "")
                known = [default] * len(self.plan.block.data)
            elif dimension == "year":
                numbers = {cell.code: int(cell.code or 0) for cell in self.different(dimension)}
                known = [numbers[cell.code] for cell in cells]
            else:
                known = [cell.code for cell in cells]
            self._codes[key] = known
        return known

    def _own_labels(self) -> list[str]:
        cells = self.lists.get("occupation")
        return [""] * len(self.plan.block.data) if cells is None else [cell.label for cell in cells]

    def different(self, dimension: str) -> list[Label]:
        """A dimension's cells, each once."""
        known = self._distinct.get(dimension)
        if known is None:
            cells = self.lists.get(dimension, ())
            known = self._distinct[dimension] = list(dict(zip(map(id, cells), cells, strict=True)).values())
        return known

    def states_all_occupations(self) -> bool:
        """Whether some row or column is the total of occupations that stand beside it."""
        named = {cell.code for cell in self.different("occupation")} | self._in_headings("occupation")
        return TOTAL in named

    def unclear(self, meaning: dict[str, str], codes: dict[str, list[Any]]) -> set[int]:
        """The data rows whose labels call for a closer look: faults, totals, marks, an unusual year."""
        found: set[int] = set()
        count = len(self.plan.block.data)
        for dimension in Placement._fields:
            if fixed := self._fixed(dimension, meaning):
                if self.fault(dimension, Label(fixed)):
                    return set(range(count))
                continue
            if dimension not in self.lists:
                if dimension not in ("region", "occupation"):
                    return set(range(count))
                continue
            own = self._cells(dimension, meaning) or []
            cells = self.different(dimension) if own is self.lists[dimension] else own
            special = {id(cell) for cell in cells if self._is_special(dimension, cell)}
            if special:
                found.update(position for position, cell in enumerate(own) if id(cell) in special)
        places = list(zip(codes["organisation"], codes["region"], codes["indicator"], strict=True))
        odd = {place for place in set(places) if self._is_odd(*place)}
        if odd:
            found.update(position for position, place in enumerate(places) if place in odd)
        if self.limited:
            owners = enumerate(zip(codes["organisation"], codes["year"], strict=True))
            found.update(position for position, (owner, year) in owners if self.lapse(owner, year))
        return found

    def lapse(self, organisation: str, year: int) -> str:
        """The code of what is wrong with figures of an organisation for a year in which there was none."""
        if organisation not in self.limited or not year:
            return ""
        term = self.names.organisations[organisation]
        if term.existed_in(year):
            return ""
        return (
            "organisation_ended"
            if term.valid_until and term.valid_until.year < year
            else "organisation_later"
        )

    def lapse_params(self, target: Placement) -> tuple[tuple[str, str], ...]:
        term = self.names.organisations[target.organisation.code]
        days = {"since": term.valid_from, "until": term.valid_until}
        params = {"year": target.year.code, **{name: f"{day:%d.%m.%Y}" for name, day in days.items() if day}}
        params["successor"] = ""
        if term.successor in self.names.organisations:
            params["successor"] = self.names.label("organisation", term.successor)
            candidate = Candidate(term.successor, params["successor"], 100)
            params["candidate_codes"] = json.dumps([candidate], ensure_ascii=False)
        return tuple(params.items())

    def _is_special(self, dimension: str, cell: Label) -> bool:
        return bool(self.fault(dimension, cell) or cell.marks or cell.quality or cell.is_figure)

    def _is_odd(self, organisation: str, region: str, indicator: str) -> bool:
        """Whether such a row is a total, or names another Land than the chamber's own."""
        target = Placement(Label(indicator), BLANK, Label(organisation), Label(region), BLANK, BLANK)
        return self.total_scope(target) is not None or self.contradicts(target)

    def fault(self, dimension: str, cell: Label) -> str:
        """The code of what is wrong with a label by itself."""
        if cell.problem:
            return cell.problem
        if not cell.code:
            return "" if dimension == "region" else "dimension_missing"
        if dimension == "year" and int(cell.code) not in self.names.vocabulary.years:
            return "year_out_of_range"
        return ""

    def contradicts(self, target: Placement) -> bool:
        """Whether the row names another Land than the chamber's own."""
        pair = (target.organisation.code, target.region.code)
        if pair in self._agreeing:
            return False
        owner = self.names.organisations.get(pair[0])
        if owner is None or owner.region in (COUNTRY, pair[1]) or pair[1] in ("", COUNTRY, TOTAL):
            self._agreeing.add(pair)
            return False
        return True

    def region(self, organisation: str, region: str) -> str:
        """A chamber's region is its Land, whatever the file leaves out."""
        owner = self.names.organisations.get(organisation)
        if owner is not None and owner.region != COUNTRY:
            return owner.region
        return COUNTRY if region in ("", TOTAL) else region

    def total_scope(self, target: Placement) -> TotalScope | None:
        """What a total row stands for; None for a figure."""
        if self.plan.block.overrides and any(cell.is_figure for cell in target):
            return None
        organisation, region = target.organisation.code, target.region.code
        is_country = region in (TOTAL, COUNTRY)
        names_nobody = not organisation and not target.organisation.problem and self.has_organisations
        owner_found = target.organisation.found or organisation
        if TOTAL in (organisation, target.indicator.code) or (names_nobody and is_country):
            return TotalScope("", "" if is_country else region, *_reason_of_whole(target))
        if organisation in self.umbrellas:
            return TotalScope(
                organisation, "", "organisation", evidence("umbrella_of_others", found=owner_found)
            )
        owner = self.names.organisations.get(organisation)
        if owner is not None and owner.kind == "land" and self._land_is_subtotal(target):
            return TotalScope(
                "", owner.region, "organisation", evidence("land_of_chambers", found=owner_found)
            )
        is_part = is_country or region in PARTS_OF_COUNTRY
        if is_part and self.has_regions and (owner is None or owner.region == COUNTRY):
            reason = evidence("sum_of_laender", found=target.region.found or region)
            return TotalScope(organisation, COUNTRY if is_country else region, "region", reason)
        return None

    def _land_is_subtotal(self, target: Placement) -> bool:
        indicator = self.names.indicators.get(target.indicator.code)
        return indicator is not None and bool(indicator.asked_of) and "land" not in indicator.asked_of


def _reason_of_whole(target: Placement) -> tuple[str, Evidence]:
    """Why a row is a total over organisations: a label means all of them, or none is named."""
    for dimension, label in (("organisation", target.organisation), ("indicator", target.indicator)):
        if label.code == TOTAL:
            return dimension, evidence("total_word", found=label.found or TOTAL)
    return "region", evidence("whole_country")
