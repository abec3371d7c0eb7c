"""What was stated of each cell of the tables: by Land, target group and umbrella, and two of them crossed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product, starmap

from measures.enums import SumsOver, TargetGroupKind
from measures.models import Indicator, ReportingRound, TargetGroup
from partners.models import Region
from reporting.aggregates.participation import (
    FEDERAL_GOVERNMENT,
    LAENDER,
    ParticipantGroup,
    participation,
)
from reporting.aggregates.regions import in_reading_order
from reporting.aggregates.sums import sum_over_organisations
from reporting.aggregates.totals import Totals, load_totals_by_target_group
from reporting.disclosure.cells import CellKey
from reporting.frozen.schema import Amount

_CODES = {LAENDER: "LAENDER", FEDERAL_GOVERNMENT: "BUND"}
"""Of kinds of partners that have no umbrella of their own."""


class Breakdowns:
    """``totals`` are those of all target groups together; the groups are read when they are asked for."""

    def __init__(
        self,
        indicators: Sequence[Indicator],
        rounds: Sequence[ReportingRound],
        totals: Totals,
        regions: Sequence[Region],
    ) -> None:
        self._indicators = {indicator.code: indicator for indicator in indicators}
        self._totals = totals
        self._stating: dict[str, frozenset[str]] = {}
        self.regions = in_reading_order(regions)
        self.target_groups = [
            group
            for group in TargetGroup.objects.exclude(kind=TargetGroupKind.TOTAL)
            if any(each.is_asked_by(group.pk) for each in indicators)
        ]
        self.participation = {each.year: participation(each) for each in rounds}
        self._of_groups = load_totals_by_target_group(
            indicators=[each for each in indicators if each.target_groups],
            years=[each.year for each in rounds],
            target_groups=[group.pk for group in self.target_groups],
        )

    @cached_property
    def _umbrella_of(self) -> Mapping[int, Mapping[int, str]]:
        """By year, to which umbrella each organisation belongs; by id and code."""
        return {
            year: {each.organisation_id: code_of(group) for group in groups for each in group.participants}
            for year, groups in self.participation.items()
        }

    @cached_property
    def umbrella_names(self) -> Mapping[str, str]:
        """By code, as msgids, in the order of the last round that each is in."""
        names: dict[str, str] = {}
        for year in sorted(self.participation, reverse=True):
            for group in self.participation[year]:
                names.setdefault(code_of(group), group.name)
        return names

    @cached_property
    def _with_members(self) -> set[str]:
        return {
            code_of(group)
            for groups in self.participation.values()
            for group in groups
            if any(each.code != group.code for each in group.participants)
        }

    def umbrellas_of(self, indicator: str) -> frozenset[str]:
        """Those whose members gave a value in some year; none where a single organisation speaks for all."""
        if indicator not in self._stating:
            found = {
                belongs[contribution.due.organisation_id]
                for year, belongs in self._umbrella_of.items()
                for totals in self._totals_of(indicator)
                for contribution, amount in totals.contributions(indicator, year)
                if amount.reported
            }
            has_parts = len(found) > 1 or found & self._with_members
            self._stating[indicator] = frozenset(found if has_parts else ())
        return self._stating[indicator]

    def _totals_of(self, indicator: str) -> Iterator[Totals]:
        yield self._totals
        yield from (self._of_groups[code] for code in self.groups_of(indicator))

    def amount(self, indicator: str, year: int, cell: CellKey) -> Amount:
        """Like a total of everything; ``due`` counts those who are due in the cell."""
        known = self._indicators[indicator]
        if cell.group and not known.is_asked_by(cell.group):
            return sum_over_organisations([])
        totals = self._of_groups[cell.group] if cell.group else self._totals
        if not cell.umbrella:
            return totals.total(indicator, year, cell.region or None)
        belongs = self._umbrella_of[year]
        return sum_over_organisations(
            [
                amount
                for contribution, amount in totals.contributions(indicator, year, cell.region or None)
                if belongs.get(contribution.due.organisation_id) == cell.umbrella
            ],
            may_be_summed=SumsOver.ORGANISATIONS in known.sums_over,
        )

    def cells(self, indicator: str, year: int) -> Iterator[CellKey]:
        """Every cell that can have a value, all three crossed included."""
        groups = ["", *self.groups_of(indicator)]
        regions = {
            region for totals in self._totals_of(indicator) for region in totals.regions(indicator, year)
        }
        umbrellas = self.umbrellas_of(indicator)
        return starmap(CellKey, product(["", *sorted(regions)], groups, ["", *sorted(umbrellas)]))

    def groups_of(self, indicator: str) -> list[str]:
        known = self._indicators[indicator]
        return [group.pk for group in self.target_groups if known.is_asked_by(group.pk)]


def code_of(group: ParticipantGroup) -> str:
    return _CODES.get(group.code, group.code)
