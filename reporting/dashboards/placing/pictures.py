"""The charts of what does not match and of the three offers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext

from measures.models import Indicator
from reporting.aggregates.offers import INVITED, PLACED, REGISTERED, THREE, UNPLACED
from reporting.aggregates.sums import ratio
from reporting.charts.chart import Chart
from reporting.charts.funnel import Stage, funnel
from reporting.charts.laender_map import LandMark, laender_map
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import page_url, trail_url
from reporting.dashboards.placing import mismatch_rows
from reporting.dashboards.placing.calculation import Calculation
from reporting.dashboards.placing.mismatch_rows import cells_of, exact, served_in_land
from reporting.dashboards.placing.mismatch_tables import KIND_TEXTS, whole_number
from reporting.dashboards.placing.offers_tables import OffersScope
from reporting.dashboards.rows import HUNDRED
from reporting.frozen.schema import Amount
from reporting.mismatch.decomposition import MismatchKind
from reporting.mismatch.matching import MatchingOutcome
from reporting.renderers import wording


def mismatch_charts(found: Calculation, filters: Filters) -> Iterator[Chart]:
    yield _pairs(found, filters)
    if found.matching.outcome is MatchingOutcome.SOLVED and not filters.region:
        yield laender_map(
            "three_offers_possible",
            gettext("Three offers possible, share of those searching"),
            [_reach(found, filters, code) for code in found.regions],
        )


def offers_charts(
    everybody: OffersScope, lands: Sequence[OffersScope], indicators: Sequence[Indicator], filters: Filters
) -> Iterator[Chart]:
    amounts = everybody.stations.amounts
    yield funnel(
        "three_offers",
        gettext("From 30 September to a placement"),
        [
            Stage(
                name=each.name,
                value=amounts[each.code].value,
                text=wording.amount(amounts[each.code]),
                url=trail_url(each.code, filters),
                share=""
                if each.code in (UNPLACED, REGISTERED, INVITED)
                else _of_invited(amounts[each.code], amounts[INVITED]),
                is_part=each.code in PLACED,
            )
            for each in indicators
            if amounts[each.code].due
        ],
    )
    of_laender = [_land(scope, filters) for scope in lands if scope.region.isdigit()]
    if any(mark.value is not None for mark in of_laender):
        yield laender_map(
            "three_offers_by_land", gettext("Three offers, share of those without a place"), of_laender
        )


def _pairs(found: Calculation, filters: Filters) -> Chart:
    """Both sides, the pairs that they could form, and by kind what stands between them."""
    parts = found.decomposition
    share = {
        kind: wording.percent_with_decimal(exact(pairs / parts.meetable)) if parts.meetable else ""
        for kind, pairs in parts.parts.items()
    }
    sides = [
        (
            gettext("Unfilled places"),
            parts.unfilled,
            trail_url(found.sources.places.code, filters, region=""),
        ),
        (
            gettext("People searching"),
            parts.searching,
            trail_url(found.sources.people.code, filters, region=""),
        ),
        (gettext("Pairs that could meet"), parts.meetable, ""),
    ]
    return funnel(
        "mismatch",
        gettext("What does not match (own calculation)"),
        [
            *(
                Stage(name=name, value=Decimal(value), text=wording.number(value), url=url)
                for name, value, url in sides
            ),
            *(
                Stage(
                    name=str(KIND_TEXTS[kind][0]),
                    value=exact(parts.parts[kind]),
                    text=whole_number(parts.parts[kind]),
                    share=share[kind],
                    is_part=True,
                )
                for kind in MismatchKind
            ),
        ],
    )


def _reach(found: Calculation, filters: Filters, region: str) -> LandMark:
    """Hatched where a cell of the Land is missing."""
    cells = cells_of(found, region)
    searching = sum(found.market.searching[cell] for cell in cells)
    value = exact(served_in_land(found, region)) * HUNDRED / searching if searching else None
    address = page_url("reporting:view", mismatch_rows.VIEW)
    return LandMark(
        code=region,
        name=found.regions[region].name,
        value=value,
        text=gettext("not known") if value is None else wording.percent_with_decimal(value / HUNDRED),
        url=address + replace(filters, region=region).query(),
        is_complete=len(cells) == len(found.occupations),
        remark=wording.with_examples(found.sources.qualities),
    )


def _land(scope: OffersScope, filters: Filters) -> LandMark:
    offered, unplaced = scope.stations.amounts[THREE], scope.stations.amounts[UNPLACED]
    share = ratio(offered, unplaced)
    return LandMark(
        code=scope.region,
        name=str(scope.name),
        value=None if share.value is None else share.value * HUNDRED,
        text=wording.amount(share) if share.value is None else wording.percent_with_decimal(share.value),
        url=trail_url(THREE, filters, region=scope.region),
        is_complete=offered.is_complete and unplaced.is_complete,
        remark=wording.with_examples(share.qualities),
    )


def _of_invited(amount: Amount, invited: Amount) -> str:
    share = ratio(amount, invited)
    if share.value is None:
        return ""
    return gettext("%(percent)s of those invited") % {"percent": wording.percent_with_decimal(share.value)}
