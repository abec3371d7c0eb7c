"""The totals that a view shows, under its filters: as amounts, rows for programs, numbers with links."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from measures.enums import SumsOver
from measures.models import Indicator, Target
from reporting.aggregates.attainment import attainment
from reporting.aggregates.sums import ratio, sum_over_organisations
from reporting.aggregates.targets import TargetTable, as_plain_data, load_targets
from reporting.aggregates.totals import Contribution, Totals, load_totals, load_totals_by_target_group
from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import trail_url
from reporting.dashboards.organisations import load_organisations
from reporting.dashboards.rows import HUNDRED, ViewRow, amount_columns, in_per_cent
from reporting.frozen.schema import Amount, TargetData
from reporting.renderers import wording


@dataclass(frozen=True, slots=True)
class YearTotal:
    """A total against what was promised for its year."""

    year: int
    amount: Amount
    target: TargetData | None
    attainment: Decimal | None

    @property
    def is_ceiling(self) -> bool:
        return self.target is not None and self.target.is_ceiling


@dataclass(frozen=True, slots=True)
class RatioAttainment:
    """How far a promise that is a share has come: of applicants without a place, those with three offers."""

    target: Target
    amount: Amount
    attainment: Decimal | None


class Figures:
    """Totals of several indicators and years, narrowed to the Land and the organisation of the filters."""

    def __init__(
        self,
        filters: Filters,
        totals: Totals,
        targets: TargetTable,
        members: Mapping[int, Collection[int]] | None,
    ) -> None:
        """``members``: the ids of the organisations that count in each year; None where all do."""
        self.filters = filters
        self.totals = totals
        self.targets = targets
        self._members = members

    def organisations(self, year: int) -> Collection[int] | None:
        """The ids of those that count; None where all do."""
        return None if self._members is None else self._members[year]

    def contributions(
        self, indicator: Indicator, year: int, region: str | None = None
    ) -> Sequence[tuple[Contribution, Amount]]:
        """What each organisation due states; ``region``: instead of the one of the filters."""
        region = self.filters.region or None if region is None else region
        found = self.totals.contributions(indicator.code, year, region)
        if self._members is None:
            return found
        return [each for each in found if each[0].due.organisation_id in self._members[year]]

    def amount(self, indicator: Indicator, year: int, region: str | None = None) -> Amount:
        if self._members is None:
            region = self.filters.region or None if region is None else region
            return self.totals.total(indicator.code, year, region)
        return self.sum(indicator, [amount for _, amount in self.contributions(indicator, year, region)])

    def sum(self, indicator: Indicator, amounts: Sequence[Amount]) -> Amount:
        """What several organisations stated on an indicator, taken together."""
        return sum_over_organisations(amounts, may_be_summed=SumsOver.ORGANISATIONS in indicator.sums_over)

    def year_total(self, indicator: Indicator, year: int) -> YearTotal:
        amount = self.amount(indicator, year)
        target = self.targets.of(indicator, year) if self.filters.is_whole_alliance else None
        return YearTotal(
            year=year,
            amount=amount,
            target=as_plain_data(target) if target else None,
            attainment=attainment(amount.value, target, indicator.favourable),
        )

    def ratios(self, indicator: Indicator, year: int) -> Iterator[RatioAttainment]:
        """The promises of the year that are shares with this numerator; only of the whole Alliance."""
        if not self.filters.is_whole_alliance:
            return
        for target in self.targets.ratios_of(indicator, year):
            if target.denominator:
                amount = ratio(self.amount(indicator, year), self.amount(target.denominator, year))
                yield RatioAttainment(target, amount, attainment(amount.value, target, indicator.favourable))


def load_figures(
    filters: Filters,
    indicators: Iterable[Indicator],
    years: Sequence[int],
    *,
    targets: TargetTable | None = None,
) -> Figures:
    """Two queries, two for the targets unless given, and two where the filters name an organisation."""
    totals = load_totals(
        indicators=list({indicator.pk: indicator for indicator in indicators}.values()),
        years=years,
        target_group=filters.target_group,
        standing=filters.standing,
        as_of=filters.as_of,
    )
    promised = load_targets(min(years), max(years)) if targets is None else targets
    return Figures(filters, totals, promised, _members(filters, years))


def load_figures_of_groups(
    filters: Filters, indicators: Sequence[Indicator], groups: Iterable[str]
) -> dict[str, Figures]:
    """The figures of the year for several target groups side by side, without targets."""
    totals = load_totals_by_target_group(
        indicators=indicators,
        years=[filters.year],
        target_groups=groups,
        standing=filters.standing,
        as_of=filters.as_of,
    )
    members = _members(filters, [filters.year])
    return {
        group: Figures(replace(filters, target_group=group), found, TargetTable([]), members)
        for group, found in totals.items()
    }


def _members(filters: Filters, years: Iterable[int]) -> dict[int, frozenset[int]] | None:
    """An umbrella stands for its members, in each year for those of that year."""
    if not filters.organisation:
        return None
    tree = load_organisations()
    chosen = tree.by_code[filters.organisation]
    return {year: tree.with_members(chosen.pk, year) for year in years}


def amount_row(  # the key of a number
    view: str,
    indicator: Indicator,
    amount: Amount,
    filters: Filters,
    *,
    total: YearTotal | None = None,
    **key: Any,
) -> ViewRow:
    """The row of an amount. ``key``: the columns of its key that differ from the filters.

    ``total``: what the amount is measured against, and in which year.
    """
    columns: dict[str, Any] = {
        "view": view,
        "indicator": indicator.code,
        "year": total.year if total else filters.year,
        "region": filters.region,
        "organisation": filters.organisation,
        "target_group": filters.target_group,
        "measure": indicator.measure.code if indicator.measure else "",
        "target": total.target.value if total and total.target else None,
        "attainment": in_per_cent(total.attainment) if total else None,
    }
    return ViewRow(**columns | amount_columns(amount) | key)


def total_row(view: str, indicator: Indicator, total: YearTotal, filters: Filters) -> ViewRow:
    return amount_row(view, indicator, total.amount, filters, total=total)


def ratio_row(view: str, each: RatioAttainment) -> ViewRow:
    """The row of a promise that is a share, under the codes of both its indicators."""
    target = each.target
    denominator = target.denominator.code if target.denominator else ""
    return ViewRow(
        view=view,
        indicator=f"{target.indicator.code}/{denominator}",
        year=target.year,
        target=target.value * HUNDRED,
        attainment=in_per_cent(each.attainment),
        **amount_columns(each.amount, is_share=True),
    )


def amount_number(amount: Amount, url: str, *, is_brief: bool = False) -> LinkedNumber:
    """``is_brief``: for a cell of a table, a gap in a word; what is to be known of a number is below it."""
    is_gap = amount.value is None
    if not is_brief:
        return LinkedNumber(text=wording.amount(amount), is_gap=is_gap, url=url)
    return LinkedNumber(
        text=wording.absence(amount.state) if is_gap else wording.amount_without_qualities(amount),
        is_gap=is_gap,
        url=url,
        coverage=", ".join(
            filter(
                None,
                (
                    wording.count(amount) if 0 < amount.reported < amount.due else "",
                    "" if is_gap else wording.example(amount),
                ),
            )
        ),
    )


def share_number(amount: Amount, url: str) -> LinkedNumber:
    return LinkedNumber(
        text=wording.amount(amount) if amount.value is None else wording.percent_with_decimal(amount.value),
        is_gap=amount.value is None,
        url=url,
    )


def total_number(
    indicator: Indicator, total: YearTotal, filters: Filters, *, is_brief: bool = False
) -> LinkedNumber:
    return amount_number(total.amount, trail_url(indicator.code, filters, year=total.year), is_brief=is_brief)
