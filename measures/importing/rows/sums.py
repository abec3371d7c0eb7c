"""Rows computed from other rows: sums without a known label, means, medians, counts, shares and changes.

A row is a sum on evidence only: a word for a sum in a label that is no name, or no label at all, and in
either case values that are the sums of the rows above it, or that are proven to be computed from any rows.
A statistic is known by its word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address
from measures.importing.arithmetic.differences import find_differences
from measures.importing.arithmetic.lines import Lines, decimals_of
from measures.importing.arithmetic.relations import find_relations
from measures.importing.arithmetic.rounding import rounding_base, tolerance
from measures.importing.columns.heading_words import names_a_derived_value
from measures.importing.layout.grid import shown
from measures.importing.problems import Problem
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.numbers import GERMAN, number_of_cell
from measures.importing.text.synonyms import SUM_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.arithmetic.lines import Relation
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid

SUM = "sum"
_LABELS = ("organisation", "region", "occupation", "occupation_label", "indicator", "target_group", "year")
_STATISTICS = {
    "durchschnitt": "mean",
    "durchschnittlich": "mean",
    "mittelwert": "mean",
    "mittel": "mean",
    "mean": "mean",
    "average": "mean",
    "median": "median",
    "zentralwert": "median",
    "anzahl": "count",
    "count": "count",
}
_BEFORE_TOWNS = ("", "IHK ", "HWK ")
_DERIVED = "derived"
_UNKNOWN = "unknown"
_MOST_UNKNOWN = 5
_FEWEST_PARTS, _FEWEST_COLUMNS = 3, 2
"""Of a row with a name nobody knows, so much has to agree that it can only be the sum of the rows above."""
_TOO_MANY = 0.5
_MOST_SEARCHED = 400
"""Rows of a table that is searched by its numbers alone: a longer one is a plain list."""
_MOST_MISSES = 0.5
_LEAST_BITS = 4.0
_NEAR = 6


@dataclass(slots=True)
class ComputedRow:
    """A row computed from others, by their positions; what does not agree is a query."""

    operator: str
    parts: list[int]
    found: str
    column: int
    differences: list[tuple[int, Decimal, Decimal]] = field(default_factory=list)
    """Column, the value stated and the value computed."""


class ComputedRows:
    """Finds the computed rows of a table, and the rows that name nothing at all."""

    def __init__(self, grid: SheetGrid, plan: Plan, base: int = 1) -> None:
        self.grid, self.plan, self.base = grid, plan, base
        self.found: dict[int, ComputedRow] = {}
        self._known_columns: list[tuple[int, list[Decimal | None]]] | None = None
        self.nameless_totals: set[int] = set()
        """Rows with a word for a total beside the missing name."""
        self.nameless: set[int] = set()
        """Rows without any label that hold values: nothing above says whose they are."""
        self.lands: set[int] = set()
        """Rows of a Land that name no chamber, where the Land stands once above its chambers."""
        self.main = next((plan.roles[kind] for kind in _LABELS[:4] if kind in plan.roles), -1)
        if self.main < 0 or plan.is_keyed:
            return
        self.labels = sorted({plan.roles[kind] for kind in _LABELS if kind in plan.roles})
        self._search()

    @property
    def skipped(self) -> set[int]:
        """Rows to which the label above them does not belong."""
        return self.nameless | self.nameless_totals | self.found.keys()

    def adds_up(self, position: int, parts: list[int]) -> bool:
        """Whether a row over rows set in below it is their sum, by its word or by its numbers."""
        line = self.plan.block.data[position]
        value = self.grid.rows[line][self.main]
        if isinstance(value, str) and self._kind_of_text(value) in (SUM, "total"):
            return True
        row = ComputedRow(SUM, parts, "", self.main)
        return self._compare(row, position, self._columns()) > len(row.differences)

    def _columns(self) -> list[tuple[int, list[Decimal | None]]]:
        """The table's values as numbers, by column."""
        if self._known_columns is None:
            rows, data = self.grid.rows, self.plan.block.data
            self._known_columns = known = [
                (
                    value.index,
                    [number_of_cell(rows[row][value.index], value.notation or GERMAN) for row in data],
                )
                for value in self.plan.values
            ]
            values = [number for _, numbers in known for number in numbers if number is not None]
            self.base = rounding_base(self.base, values)
        return self._known_columns

    def _search(self) -> None:
        data, stated = self.plan.block.data, self.plan.block.overrides
        candidates: dict[int, str] = {}
        ends: set[int] = set()
        known: dict[Any, str] = {}
        for position, row in enumerate(data):
            value = self.grid.rows[row][self.main]
            if value == "" or value.__class__ is not str:
                kind = self._kind_of_blank(row) if value == "" else ""
            elif (kind := known.get(value, "?")) == "?":
                kind = known[value] = self._kind_of_text(value)
            if kind == "total" or row in stated:
                ends.add(position)
                if kind == "total" and value == "":
                    self.nameless_totals.add(position)
            elif kind:
                candidates[position] = kind
        self.lands = self._lands(candidates)
        candidates |= self._with_unknown_names(known)
        if not candidates or len(candidates) > max(_TOO_MANY * len(data), 3):
            return
        self.nameless = {position for position, kind in candidates.items() if kind == "nameless"}
        self._judge(candidates, ends)

    def _with_unknown_names(self, kinds: dict[Any, str]) -> dict[int, str]:
        """``BWIHK`` below chambers: rows of organisations that are not known, if there are only some."""
        if self.main != self.plan.roles.get("organisation"):
            return {}
        unknown = {value for value, kind in kinds.items() if not kind and not self._is_listed(value)}
        if len(unknown) > _MOST_UNKNOWN:
            return {}
        rows = self.grid.rows
        return {
            position: _UNKNOWN
            for position, row in enumerate(self.plan.block.data)
            if rows[row][self.main] in unknown and row not in self.plan.block.overrides
        }

    def _is_listed(self, value: str) -> bool:
        """Whether a label is an organisation, or the town of a chamber: ``Köln`` below ``IHK``."""
        text = split_marks(tidy(value))[0]
        return any(self.grid.names.exact("organisation", f"{before}{text}") for before in _BEFORE_TOWNS)

    def _lands(self, candidates: dict[int, str]) -> set[int]:
        """Of the rows that name no chamber those that name a Land, if its chambers' rows mostly do not."""
        roles, rows, data = self.plan.roles, self.grid.rows, self.plan.block.data
        land = roles.get("region", -1)
        if self.main != roles.get("organisation", -1) or not 0 <= land < self.main:
            return set()
        named = [row for row in data if rows[row][self.main] != ""]
        if 2 * sum(rows[row][land] != "" for row in named) > len(named):
            return set()
        blank = {position for position, kind in candidates.items() if kind == "unlabelled"}
        return {position for position in blank if rows[data[position]][land] != ""}

    def _kind_of_text(self, value: str) -> str:
        text = split_marks(tidy(value))[0]
        names = self.grid.names
        if names.is_total(text):
            return "total"
        if any(names.exact(kind, text) is not None for kind in ("organisation", "region", "occupation")):
            return ""
        words = fold(text).split()
        if words and words[0] in _STATISTICS:
            return _STATISTICS[words[0]]
        if "%" in text or any(names_a_derived_value(word) for word in (text, *words)):
            return _DERIVED
        return SUM if SUM_WORDS.intersection(words) else ""

    def _kind_of_blank(self, row: int) -> str:
        """What a row is in which the name is missing: the label beside it may say it adds up."""
        rows, grid = self.grid.rows, self.grid
        if grid.spanned(row, self.main) != "":
            return ""
        texts = [(column, grid.spanned(row, column)) for column in self.labels if column != self.main]
        filled = [(column, text) for column, text in texts if tidy(shown(text))]
        roles = self.plan.roles
        if len(filled) == 1 and filled[0][0] == roles.get("occupation_label"):
            is_of_codes = self.main == roles.get("occupation") and isinstance(filled[0][1], str)
            return self._kind_of_text(filled[0][1]) if is_of_codes else ""
        if any(column > self.main for column, _ in filled):
            return ""
        if not any(rows[row][value.index] != "" for value in self.plan.values):
            return ""
        left = rows[row][self.plan.block.left : self.main]  # "Summe" below "IHK" and "HWK" of ``Art``
        for text in (*(text for _, text in filled), *left):
            kind = self._kind_of_text(text) if isinstance(text, str) else ""
            if kind:
                return kind
        return "unlabelled" if filled else "nameless"

    def _judge(self, candidates: dict[int, str], ends: set[int]) -> None:
        count = len(self.plan.block.data)
        columns = self._columns()
        plain: list[int] = []
        since: list[int] = []
        sums: list[int] = []
        unexplained: dict[int, str] = {}
        for position in range(count):
            kind = candidates.get(position)
            if kind is None:
                if position in ends:
                    since = []
                else:
                    plain.append(position)
                    since.append(position)
                continue
            row = self._computed(position, kind, [since, sums, plain], columns)
            if row is None and kind == _UNKNOWN:
                plain.append(position)
                since.append(position)
                continue
            if row is None:
                unexplained[position] = kind
                continue
            self.found[position] = row
            if row.operator == SUM:
                sums.append(position)
                since = []
        if unexplained and count <= _MOST_SEARCHED:
            self._search_by_numbers(unexplained, columns)

    def _search_by_numbers(
        self, candidates: dict[int, str], columns: list[tuple[int, list[Decimal | None]]]
    ) -> None:
        """Take rows as computed whose numbers prove it, from whatever rows and by whatever operation."""
        rows = list(zip(*(numbers for _, numbers in columns), strict=True))
        lines = Lines(rows, base=self.base)
        proven = find_relations(lines, targets=set(candidates), most_misses=_MOST_MISSES)
        for position in candidates:
            near = range(max(position - _NEAR, 0), min(position + _NEAR + 1, len(rows)))
            proven += find_differences(lines, position, [other for other in near if other != position])
        best: dict[int, Relation] = {}
        for relation in proven:
            known = best.get(relation.target)
            if relation.bits >= _LEAST_BITS and (known is None or relation.bits > known.bits):
                best[relation.target] = relation
        for position, relation in best.items():
            if len(relation.matches) <= len(relation.misses):
                continue
            label, found = self._label(position)
            row = ComputedRow(relation.operator, list(relation.parts), found, label)
            for miss in relation.misses:
                column, numbers = columns[miss]
                stated, parts = numbers[position], [numbers[part] or Decimal(0) for part in relation.parts]
                if stated is not None:
                    computed = min(_results(relation.operator, parts), key=lambda each: abs(each - stated))
                    row.differences.append((column, stated, computed))
            self.found[position] = row

    def _label(self, position: int) -> tuple[int, str]:
        """Where the row's first label stands, and what it says."""
        line = self.plan.block.data[position]
        column = next((each for each in self.labels if tidy(shown(self.grid.rows[line][each]))), self.main)
        return column, tidy(shown(self.grid.rows[line][column]))

    def _computed(
        self,
        position: int,
        kind: str,
        ranges: list[list[int]],
        columns: list[tuple[int, list[Decimal | None]]],
    ) -> ComputedRow | None:
        column, found = self._label(position)
        if kind == _DERIVED:
            return None
        if kind in _COMPUTED and kind != SUM:
            row = ComputedRow(kind, list(ranges[2]), found, column)
            self._compare(row, position, columns)
            return row
        for parts in ranges:
            if len(parts) > 1:
                row = ComputedRow(SUM, list(parts), found, column)
                agreeing = self._compare(row, position, columns)
                is_proven = agreeing > len(row.differences)
                if kind == _UNKNOWN:
                    is_long = len(parts) >= _FEWEST_PARTS and agreeing >= _FEWEST_COLUMNS
                    is_proven = is_long and not row.differences
                if is_proven:
                    return row
        return None

    def _compare(
        self, row: ComputedRow, position: int, columns: list[tuple[int, list[Decimal | None]]]
    ) -> int:
        """Note where the row differs, and count the columns in which it is proven."""
        proven = 0
        for column, numbers in columns:
            stated = numbers[position]
            parts = [number for part in row.parts if (number := numbers[part]) is not None]
            if stated is None or not parts:
                continue
            computed = _COMPUTED[row.operator](parts)
            allowed = tolerance(len(parts), self.base) if row.operator == SUM else _half_unit(stated)
            if abs(computed - stated) > allowed:
                row.differences.append((column, stated, computed))
            elif sum(map(bool, parts)) > 1:
                proven += 1
        return proven

    def problems(self) -> list[tuple[int, int, Problem]]:
        """Per statistic that differs from its rows a query, with row and column."""
        made = []
        for position, row in self.found.items():
            line = self.plan.block.data[position]
            for column, stated, computed in row.differences if row.operator != SUM else ():
                params = (("computed", f"{computed:.2f}"),)
                cell = address(line, column)
                made.append(
                    (
                        line,
                        column,
                        Problem("computed_differs", self.grid.sheet.name, cell, str(stated), params),
                    )
                )
        return made


def _half_unit(stated: Decimal) -> Decimal:
    """A printed number is within half a unit of its last digit."""
    return Decimal(1).scaleb(-decimals_of(stated)) / 2


def _mean(parts: list[Decimal]) -> Decimal:
    return sum(parts, Decimal(0)) / len(parts)


_COMPUTED: dict[str, Callable[[list[Decimal]], Decimal]] = {
    SUM: lambda parts: sum(parts, Decimal(0)),
    "mean": _mean,
    "median": median,
    "count": lambda parts: Decimal(len(parts)),
}


def _results(operator: str, parts: list[Decimal]) -> list[Decimal]:
    """What the parts give; a share or change also in per cent."""
    if operator in _COMPUTED:
        return [_COMPUTED[operator](parts)]
    first, second = parts
    if operator == "difference":
        return [first - second]
    if operator == "product":
        return [first * second]
    if not second:
        return [Decimal(0)]
    quotient = (first - second) / second if operator == "change" else first / second
    return [quotient, 100 * quotient]
