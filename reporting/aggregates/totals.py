"""Totals of any number of indicators and years, in two queries however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from measures.enums import TOTAL, SumsOver
from measures.models import Indicator, Item
from measures.workflow import SubmissionStatus
from partners.models import Region
from reporting.aggregates.sums import NOT_REPORTED, sum_over_organisations, sum_over_regions
from reporting.enums import Standing
from reporting.frozen.schema import AbsenceCount, Amount, AmountState, Basis

_TOTALS = """
SELECT t.item_id, t.region_id, t.value, t.absence, t.basis, q.qualities
FROM measures_{reading}_total t
JOIN (
    SELECT item_id, region_id,
        array_remove(array_agg(DISTINCT nullif(quality, 'final')), NULL)
        || CASE WHEN bool_or(is_below_half_unit) THEN '{{below_half_unit}}'::varchar[] ELSE '{{}}' END
        || CASE WHEN bool_or(is_uncertain) THEN '{{uncertain}}'::varchar[] ELSE '{{}}' END AS qualities
    FROM measures_{table}
    WHERE item_id = ANY(%({reading})s) AND target_group_id = %(group)s
    GROUP BY item_id, region_id
) q ON q.item_id = t.item_id AND q.region_id = t.region_id
WHERE t.item_id = ANY(%({reading})s) AND t.target_group_id = %(group)s
"""
TOTALS = "{} UNION ALL {}".format(
    _TOTALS.format(reading="approved", table="approvedfigure"),
    _TOTALS.format(reading="current", table="figure"),
)

Key = tuple[str, int]
"""An indicator's code and a year."""


@dataclass(frozen=True, slots=True)
class RegionStatement:
    """What an organisation states for one region."""

    region: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one organisation due states on one indicator for one year; ``is_current``: not yet approved."""

    item_id: int
    submission_id: int
    status: str
    is_current: bool
    organisation_id: int
    organisation_code: str
    organisation_name: str
    home: str
    """The organisation's own region: its Land, or the whole country."""
    parts: tuple[RegionStatement, ...]

    @property
    def amount(self) -> Amount:
        return sum_over_regions([part.amount for part in self.parts])

    def amount_in(self, region: str) -> Amount:
        return next((part.amount for part in self.parts if part.region == region), NOT_REPORTED)

    def is_due_in(self, region: str) -> bool:
        """Whether the region's line waits for this organisation.

        Whoever speaks for the whole country is waited for in every Land once it breaks its figures down by
        Land, and before that in the line "not broken down" alone.
        """
        if any(part.region == region for part in self.parts):
            return True
        if self.home != Region.COUNTRY:
            return self.home == region
        return region != Region.UNASSIGNED and self._breaks_down is not (region == Region.COUNTRY)

    @property
    def _breaks_down(self) -> bool:
        return any(part.region != Region.COUNTRY for part in self.parts)


@dataclass(frozen=True, slots=True)
class RegionLine:
    region: str
    amount: Amount


class Totals:
    """Every organisation's statement on the indicators and years asked for, and what they add up to."""

    def __init__(
        self, indicators: Iterable[Indicator], contributions: Mapping[Key, Sequence[Contribution]]
    ) -> None:
        self._indicators = {indicator.code: indicator for indicator in indicators}
        self._contributions = contributions

    def contributions(
        self, indicator: str, year: int, region: str | None = None
    ) -> list[tuple[Contribution, Amount]]:
        """Those due, by name, each with its total: over all regions, or in one of them."""
        found = self._contributions.get((indicator, year), ())
        if region is None:
            return [(contribution, contribution.amount) for contribution in found]
        return [
            (contribution, contribution.amount_in(region))
            for contribution in found
            if contribution.is_due_in(region)
        ]

    def total(self, indicator: str, year: int, region: str | None = None) -> Amount:
        amounts = [amount for _, amount in self.contributions(indicator, year, region)]
        may_be_summed = SumsOver.ORGANISATIONS in self._indicators[indicator].sums_over
        return sum_over_organisations(amounts, may_be_summed=may_be_summed)

    def by_region(self, indicator: str, year: int, regions: Iterable[str]) -> list[RegionLine]:
        """One line for each of ``regions`` that somebody is due in. The values add up to ``total``."""
        lines = [RegionLine(region, self.total(indicator, year, region)) for region in regions]
        return [line for line in lines if line.amount.due]

    @cached_property
    def item_ids(self) -> list[int]:
        return [each.item_id for group in self._contributions.values() for each in group]


def load_totals(
    *,
    indicators: Sequence[Indicator],
    years: Iterable[int],
    target_group: str = TOTAL,
    standing: Standing = Standing.APPROVED,
    as_if_approved: Collection[int] = (),
) -> Totals:
    """Two queries: who is due, and what they stated.

    ``WITH_SUBMITTED`` reads the current rows of what is in review and the approved rows of the rest.
    ``as_if_approved``: submissions of which the current rows are read, as an approval would make them.
    """
    items = Item.objects.filter(indicator__in=indicators, submission__round__year__in=list(years))
    due = list(
        items.order_by("submission__organisation__sort_key", "pk").values_list(
            "pk",
            "indicator__code",
            "submission__round__year",
            "submission_id",
            "submission__status",
            "submission__organisation_id",
            "submission__organisation__code",
            "submission__organisation__short_name",
            "submission__organisation__region_id",
        )
    )
    in_review = SubmissionStatus.in_review if standing == Standing.WITH_SUBMITTED else ()
    current = [row[0] for row in due if row[4] in in_review or row[3] in as_if_approved]
    approved = [row[0] for row in due if row[4] not in in_review and row[3] not in as_if_approved]
    parts = _parts(approved=approved, current=current, group=target_group)
    contributions: dict[Key, list[Contribution]] = defaultdict(list)
    for pk, indicator, year, submission, status, organisation, code, name, home in due:
        contributions[indicator, year].append(
            Contribution(
                item_id=pk,
                submission_id=submission,
                status=status,
                is_current=status in in_review or submission in as_if_approved,
                organisation_id=organisation,
                organisation_code=code,
                organisation_name=name,
                home=home,
                parts=tuple(parts.get(pk, ())),
            )
        )
    return Totals(indicators, contributions)


def _parts(*, approved: list[int], current: list[int], group: str) -> dict[int, list[RegionStatement]]:
    parts: dict[int, list[RegionStatement]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"approved": approved, "current": current, "group": group})
        for item_id, region, *stated in cursor.fetchall():
            parts[item_id].append(RegionStatement(region, _amount(*stated)))
    return parts


def _amount(value: Any, absence: str | None, basis: str, qualities: list[str]) -> Amount:
    flags = tuple(sorted(qualities))
    if value is None:
        state = AmountState(absence or AmountState.UNKNOWN)
        return Amount(state=state, due=1, absences=(AbsenceCount(state=state, count=1),), qualities=flags)
    return Amount(
        state=AmountState.VALUE, value=value, basis=Basis(basis), reported=1, due=1, qualities=flags
    )
