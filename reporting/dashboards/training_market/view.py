"""The training market: supply and demand by year and by Land, with their ratios and types of regions."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.enums import RegionLevel
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.breaks import load_breaks
from reporting.aggregates.regions import in_reading_order, region_label
from reporting.charts.bars import EVEN
from reporting.charts.chart import Chart
from reporting.charts.laender_map import laender_map
from reporting.charts.series import Break, Point, SeriesLine, series
from reporting.dashboards.data import (
    FigureDefinition,
    LinkedNumber,
    TableHeading,
    TableLine,
    View,
    ViewData,
    ViewTable,
)
from reporting.dashboards.figures import amount_number, amount_row
from reporting.dashboards.filters import REGION, STATUS_OF_DATA, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of
from reporting.dashboards.links import trail_url
from reporting.dashboards.rows import ViewRow, amount_columns
from reporting.dashboards.training_market.balances import MarketFigures, load_market, years_shown
from reporting.dashboards.training_market.numbers import (
    formation_url,
    land_mark,
    quantity_number,
    quantity_text,
)
from reporting.frozen import codes, formation
from reporting.frozen.schema import AmountState
from reporting.market import balance as market
from reporting.market.breaks import breaks_of
from reporting.market.definitions import (
    ANOTHER_SOURCE,
    QUANTITY_TEXTS,
    TYPE_DEFINITION,
    TYPE_NAMES,
    TYPE_SOURCE,
)
from reporting.market.region_types import region_type
from reporting.renderers import wording

BY_LAND = (
    codes.SUPPLY,
    codes.DEMAND_EXTENDED,
    codes.ANR,
    codes.EANR,
    codes.SHARE_UNFILLED,
    codes.SHARE_UNSUCCESSFUL,
    codes.MATCHING_INDEX,
)
"""The columns of the table by Land, after the new contracts."""

Place = tuple[int, str]
"""A year and a region; no region is the whole country."""


def load(filters: Filters, access: Access) -> ViewData:
    years = years_shown(filters.year)
    found = load_market(filters, years)
    regions = [] if filters.region else _regions(found, filters.year)
    places = [(year, filters.region) for year in years]
    places += [(filters.year, region.code) for region in regions]
    tables = [_by_year(found, years, filters)]
    if regions:
        tables.append(_by_land(found, regions, filters))
    return ViewData(
        charts=tuple(_charts(found, years, regions, filters)),
        make_rows=lambda: (row for place in places for row in _rows(found, place, filters)),
        tables=tuple(tables),
        notes=tuple(_notes(found, places)),
        definitions=tuple(_definitions(found)),
    )


def _regions(found: MarketFigures, year: int) -> list[Region]:
    """The Länder, then what is assigned to none, where somebody states it."""
    regions = in_reading_order(Region.objects.exclude(code=Region.COUNTRY))
    return [region for region in regions if found.is_anybody_due(year, region.code)]


def _charts(
    found: MarketFigures, years: Sequence[int], regions: Sequence[Region], filters: Filters
) -> Iterator[Chart]:
    """Both ratios over the years, around the line of 100; of one year the map, once a Land has a ratio."""
    yield series(
        "ratios",
        gettext("Places for every 100 people asking for one"),
        [
            SeriesLine(
                name=str(QUANTITY_TEXTS[code].short_name), points=tuple(_points(found, code, years, filters))
            )
            for code in (codes.ANR, codes.EANR)
        ],
        breaks=tuple(_breaks(found, years, filters)),
        reference=EVEN,
    )
    marks = [
        land_mark(codes.EANR, found.balance(filters.year, region.code).amount(codes.EANR), filters, region)
        for region in regions
        if region.level == RegionLevel.LAND
    ]
    if any(mark.value is not None for mark in marks):
        yield laender_map(
            "laender",
            gettext("Extended supply-demand ratio by Land, %(year)s") % {"year": filters.year},
            marks,
            even=EVEN,
        )


def _breaks(found: MarketFigures, years: Sequence[int], filters: Filters) -> Iterator[Break]:
    """Where an input of both ratios is counted anew, and where the contracts come from another source."""
    balances = {year: found.balance(year, filters.region) for year in years}
    for each in breaks_of(balances, load_breaks(found.indicators.values(), years)):
        reasons = [part.reason for part in each.counted_anew]
        if each.is_another_source:
            reasons.append(str(ANOTHER_SOURCE))
        yield Break(year=each.year, text="; ".join(reasons))


def _points(found: MarketFigures, code: str, years: Sequence[int], filters: Filters) -> Iterator[Point]:
    for year in years:
        amount = found.balance(year, filters.region).amount(code)
        text = quantity_text(code, amount)
        yield Point(
            year=year,
            value=market.shown_value(code, amount),
            text=text if amount.value is None else wording.marked(text, amount),
            url=formation_url(code, filters, year),
        )


def _rows(found: MarketFigures, place: Place, filters: Filters) -> Iterator[ViewRow]:
    """All that is known of a year and a region: the inputs, then what is formed of them."""
    year, region = place
    balance = found.balance(year, region)
    for code, indicator in found.indicators.items():
        yield amount_row(VIEW.code, indicator, balance.inputs[code], filters, year=year, region=region)
    for code in formation.QUANTITIES:
        amount = balance.amount(code)
        columns: dict[str, Any] = amount_columns(amount) | {"value": market.shown_value(code, amount)}
        yield ViewRow(view=VIEW.code, indicator=code, year=year, region=region, **columns)


def _by_year(found: MarketFigures, years: Sequence[int], filters: Filters) -> ViewTable:
    balances = {year: found.balance(year, filters.region) for year in years}
    inputs = [
        TableLine(
            name=indicator.name,
            level=1,
            cells=tuple(_input(found, code, (year, filters.region), filters) for year in years),
        )
        for code, indicator in found.indicators.items()
    ]
    formed = [
        TableLine(
            name=str(QUANTITY_TEXTS[code].name),
            is_total=code in formation.RATIOS or code == codes.MATCHING_INDEX,
            cells=tuple(quantity_number(code, balances[year].amount(code), filters, year) for year in years),
        )
        for code in formation.QUANTITIES
    ]
    return ViewTable(
        caption=gettext("By year"),
        headings=(
            TableHeading(text=gettext("On 30 September")),
            *(TableHeading(text=str(year), is_numeric=True) for year in years),
        ),
        lines=(*inputs, *formed),
    )


def _by_land(found: MarketFigures, regions: Sequence[Region], filters: Filters) -> ViewTable:
    """The Länder that something was reported of; the others are named once below."""
    country = found.balance(filters.year)
    source = country.contracts
    columns = [source, *BY_LAND] if source in found.indicators else BY_LAND

    def is_silent(region: Region) -> bool:
        balance = found.balance(filters.year, region.code)
        return all(balance.amount(code).state is AmountState.NOT_REPORTED for code in columns)

    silent = [each for each in regions if is_silent(each)]
    shown = [region for region in regions if region not in silent]
    headings = [gettext("New contracts")] if source in found.indicators else []
    headings += [str(QUANTITY_TEXTS[code].short_name) for code in BY_LAND]

    def line(name: str, region: str, *, is_total: bool = False) -> TableLine:
        balance = found.balance(filters.year, region)
        kind = region_type(balance, country) if region and region != Region.UNASSIGNED else None
        contracts = (
            [_input(found, source, (filters.year, region), filters)] if source in found.indicators else []
        )
        return TableLine(
            name=name,
            is_total=is_total,
            cells=(
                *contracts,
                *(
                    quantity_number(code, balance.amount(code), filters, filters.year, region=region)
                    for code in BY_LAND
                ),
                str(TYPE_NAMES[kind]) if kind else None,
            ),
        )

    return ViewTable(
        caption=gettext("By Land %(year)s") % {"year": filters.year},
        headings=(
            TableHeading(text=gettext("Land")),
            *(TableHeading(text=text, is_numeric=True) for text in headings),
            TableHeading(text=gettext("Type of region")),
        ),
        lines=(
            *(line(region_label(region), region.code) for region in shown),
            line(gettext("Germany"), "", is_total=True),
        )
        if shown
        else (),
        note=" ".join(_about_lands(shown, silent, filters.year)),
    )


def _about_lands(shown: Sequence[Region], silent: Sequence[Region], year: int) -> Iterator[str]:
    if not shown:
        yield gettext("For %(year)s none of this can be stated by Land: inputs were not reported.") % {
            "year": year
        }
        return
    if silent:
        yield gettext("Not reported: %(names)s.") % {"names": "; ".join(map(region_label, silent))}
    yield str(TYPE_DEFINITION)


def _input(found: MarketFigures, code: str, place: Place, filters: Filters) -> LinkedNumber:
    year, region = place
    url = trail_url(code, filters, year=year, region=region)
    return amount_number(found.input(code, year, region), url, is_brief=True)


def _notes(found: MarketFigures, places: Sequence[Place]) -> Iterator[str]:
    """What a reader has to know of these numbers: the source of the contracts, and their quality."""
    sources = {found.balance(year, region).contracts for year, region in places}
    if codes.CHAMBERS in sources:
        yield gettext(
            "In years without a result of the survey of all competent bodies, the new contracts are those "
            "that the chambers reported; what is missing there is missing in supply and demand, and there is "
            "no ratio of them."
        )
    yield gettext(
        "Ratios are formed of the sums of each year and region, never averaged; where an input is "
        "missing, or not stated by everybody due, there is none."
    )
    flags = {
        flag
        for year, region in places
        for amount in found.balance(year, region).inputs.values()
        for flag in amount.qualities
    }
    if flags:
        yield gettext("Among these numbers: %(qualities)s.") % {
            "qualities": ", ".join(wording.qualities(sorted(flags)))
        }


def _definitions(found: MarketFigures) -> Iterator[FigureDefinition]:
    yield from definitions_of(list(found.indicators.values()))
    for texts in QUANTITY_TEXTS.values():
        yield FigureDefinition(
            name=str(texts.name), counted="", text=str(texts.definition), source=str(texts.source)
        )
    yield FigureDefinition(
        name=gettext("Type of region"), counted="", text=str(TYPE_DEFINITION), source=str(TYPE_SOURCE)
    )


VIEW = View(
    code="training_market",
    title=_("Training market"),
    question=_("Are there enough training places, and do places and applicants find each other?"),
    group=GROUPS.market,
    filters=frozenset({REGION, *STATUS_OF_DATA}),
    load=load,
)
