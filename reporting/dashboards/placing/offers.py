"""Three offers after 30 September: the way from being without a place to a placement, and the promise."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.offers import (
    INVITED,
    STAGES,
    THREE,
    UNPLACED,
    PromiseVerdict,
    Stations,
)
from reporting.aggregates.regions import in_reading_order, region_label
from reporting.aggregates.sums import ratio
from reporting.dashboards.data import View, ViewData
from reporting.dashboards.figures import Figures, amount_row, load_figures
from reporting.dashboards.filters import ORGANISATION, REGION, STATUS_OF_DATA, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, recorded_indicators
from reporting.dashboards.placing import offers_tables as tables
from reporting.dashboards.placing.pictures import offers_charts
from reporting.dashboards.rows import HUNDRED, ViewRow, amount_columns
from reporting.frozen.schema import Amount, AmountState, Basis
from reporting.renderers import wording

CODE = "offers"
NOBODY_DUE = Amount(state=AmountState.NOT_REPORTED)


def load(filters: Filters, access: Access) -> ViewData:
    found = {each.code: each for each in recorded_indicators().filter(code__in=STAGES)}
    indicators = [found[code] for code in STAGES]
    figures = load_figures(filters, indicators, [filters.year])
    whole = tables.OffersScope(
        gettext("All"), _stations(figures, indicators, None), filters.region, filters.organisation
    )
    lands = [] if filters.region else list(_lands(figures, indicators))
    chambers, hidden = _chambers(figures, found, access)
    scopes = [whole, *lands, *chambers]
    return ViewData(
        make_rows=lambda: (row for scope in scopes for row in _rows(scope, indicators, filters)),
        charts=tuple(offers_charts(whole, lands, indicators, filters)),
        tables=(
            tables.way(whole, indicators, filters),
            tables.promise([whole, *lands], found, filters),
            *([tables.by_land(lands, indicators, filters)] if lands else []),
            *([tables.by_chamber(chambers, hidden, found, filters)] if chambers or hidden else []),
        ),
        notes=_notes(whole),
        definitions=definitions_of(indicators),
        completeness=wording.coverage(whole.stations.amounts[THREE]),
    )


def _stations(figures: Figures, indicators: Sequence[Indicator], region: str | None) -> Stations:
    year = figures.filters.year
    return Stations({each.code: figures.amount(each, year, region) for each in indicators})


def _lands(figures: Figures, indicators: Sequence[Indicator]) -> Iterator[tables.OffersScope]:
    """The Länder, and what belongs to none, where anybody is due."""
    for region in in_reading_order(Region.objects.all()):
        stations = _stations(figures, indicators, region.code)
        if any(amount.due for amount in stations.amounts.values()):
            yield tables.OffersScope(region_label(region), stations, region.code)


def _chambers(
    figures: Figures, indicators: Mapping[str, Indicator], access: Access
) -> tuple[list[tables.OffersScope], int]:
    """Those that the reader may see, by name, and how many more there are.

    Nobody counts by chamber who is without a place.
    """
    amounts: dict[int, dict[str, Amount]] = defaultdict(dict)
    named: dict[int, tuple[str, str, str]] = {}
    for code in tables.OF_CHAMBERS:
        for contribution, amount in figures.contributions(indicators[code], figures.filters.year):
            due = contribution.due
            named[due.organisation_id] = (due.organisation_name, due.home, due.organisation_code)
            amounts[due.organisation_id][code] = amount
    nothing = dict.fromkeys(STAGES, NOBODY_DUE)
    visible = [pk for pk in named if access.sees_organisation(pk)]
    return [
        tables.OffersScope(named[pk][0], Stations(nothing | amounts[pk]), named[pk][1], named[pk][2])
        for pk in visible
    ], len(named) - len(visible)


def _rows(scope: tables.OffersScope, indicators: Sequence[Indicator], filters: Filters) -> Iterator[ViewRow]:
    key: dict[str, Any] = {"region": scope.region, "organisation": scope.organisation}
    for indicator in indicators:
        amount = scope.stations.amounts[indicator.code]
        if amount.due:
            yield amount_row(CODE, indicator, amount, filters, **key)
    measure = next((each.measure.code for each in indicators if each.measure), "")
    common: dict[str, Any] = {"view": CODE, "year": filters.year, "measure": measure, **key}
    yield ViewRow(**common, indicator="post_still_unplaced", **amount_columns(scope.stations.still_unplaced))
    whole = _base(scope)
    share = ratio(scope.stations.amounts[THREE], scope.stations.amounts[whole])
    attained = share.value * HUNDRED if share.value is not None and whole == UNPLACED else None
    yield ViewRow(
        **common,
        indicator=f"{THREE}/{whole}",
        target=HUNDRED if whole == UNPLACED else None,
        attainment=attained,
        **amount_columns(share, is_share=True),
    )
    verdict = scope.stations.promise.verdict
    is_open = verdict is PromiseVerdict.OPEN
    yield ViewRow(
        **common,
        indicator="three_offers_kept",
        value=None if is_open else Decimal(verdict is PromiseVerdict.KEPT),
        state=AmountState.INCOMPLETE.value if is_open else AmountState.VALUE.value,
        basis="" if is_open else Basis.DERIVED.value,
    )


def _base(scope: tables.OffersScope) -> str:
    """What offers are a share of: those without a place, or those invited where nobody counts the others."""
    return UNPLACED if scope.stations.amounts[UNPLACED].due else INVITED


def _notes(whole: tables.OffersScope) -> tuple[str, ...]:
    flags = sorted({flag for amount in whole.stations.amounts.values() for flag in amount.qualities})
    notes = [
        gettext(
            "The promise is to everybody without a place on 30 September. Those invited are among them, so a "
            "chamber that made three offers to fewer than it invited has not kept it; who is without a place "
            "is counted by Land, not by chamber."
        ),
        gettext(
            "Applicants who register after 30 September come to this way as well; they stand beside those of "
            "the day and are not added to them."
        ),
    ]
    if flags:
        notes.append(
            gettext("Among these numbers: %(qualities)s.")
            % {"qualities": ", ".join(wording.qualities(flags))}
        )
    return tuple(notes)


VIEW = View(
    code=CODE,
    title=_("Three offers after 30 September"),
    question=_("Did everybody without a place get three offers, and what became of them?"),
    group=GROUPS.market,
    filters=frozenset({REGION, ORGANISATION, *STATUS_OF_DATA}),
    load=load,
)
