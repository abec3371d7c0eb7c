"""The Länder beside each other: a ratio as a map, a count as ranked bars, and all counts as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL
from measures.models import Indicator
from partners.enums import RegionLevel
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.regions import in_reading_order, region_label
from reporting.charts.bars import EVEN
from reporting.charts.chart import Chart
from reporting.charts.laender_map import laender_map
from reporting.dashboards.choices import Choices
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import chart_code, ranked
from reporting.dashboards.figures import Figures, amount_number, amount_row, load_figures
from reporting.dashboards.filters import MEASURE, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, indicators_of, recorded_indicators
from reporting.dashboards.links import trail_url
from reporting.dashboards.options import Option
from reporting.dashboards.rows import ViewRow, amount_columns
from reporting.dashboards.training_market.balances import MarketFigures, load_market
from reporting.dashboards.training_market.numbers import land_mark, quantity_number
from reporting.frozen import codes
from reporting.frozen.schema import Amount, AmountState
from reporting.market import balance as market
from reporting.market.definitions import QUANTITY_TEXTS

RATIOS = (codes.EANR, codes.ANR, codes.SHARE_UNFILLED, codes.SHARE_UNSUCCESSFUL)
"""What a map may show. Counts are ranked instead: a map of them shows where many people live."""

AROUND_EVEN = (codes.EANR, codes.ANR)


def _choices(choices: Choices) -> list[tuple[str, Any]]:
    """The ratios, then whatever is recorded."""
    indicators = [(indicator.code, indicator.name) for indicator in recorded_indicators()]
    return [*((code, QUANTITY_TEXTS[code].name) for code in RATIOS), *indicators]


SHOWN = Option(name="shown", label=_("Shown"), choices=_choices, default=codes.EANR)


@dataclass(frozen=True)
class _Laender:
    """What the view shows. ``ratio`` is the one asked for, ``market`` what it is formed of."""

    filters: Filters
    regions: Sequence[Region]
    indicators: Sequence[Indicator]
    figures: Figures
    shown: Indicator | None
    ratio: str = ""
    market: MarketFigures | None = None

    def stated(self, indicator: Indicator, region: Region) -> Amount | None:
        """The total of a region; None where nobody is due there."""
        amount = self.figures.amount(indicator, self.filters.year, region.code)
        return amount if amount.due else None

    def ratio_of(self, region: str) -> Amount:
        """The ratio of a region's own sums; no region is the whole country."""
        if self.market is None:
            raise ValueError("Ratios are formed where one is asked for.")
        return self.market.balance(self.filters.year, region).amount(self.ratio)

    @cached_property
    def has_ratio_by_land(self) -> bool:
        """Whether there is anything to say of it, be it that it is withheld."""
        states = {self.ratio_of(land.code).state for land in _laender(self)} if self.ratio else set()
        return bool(states - {AmountState.NOT_REPORTED})

    @cached_property
    def drawn(self) -> Indicator | None:
        """The count that is ranked: the one asked for, or one that is stated in place of an unknown ratio."""
        if self.shown or not self.ratio or self.has_ratio_by_land:
            return self.shown
        return next((each for each in self.indicators if _is_stated(self, each)), None)


def load(filters: Filters, access: Access) -> ViewData:
    found = _load(filters)
    return ViewData(
        make_rows=lambda: _rows(found),
        charts=tuple(_charts(found)),
        tables=tuple(_tables(found)),
        notes=tuple(_notes(found)),
        definitions=definitions_of([each for each in found.indicators if _is_stated(found, each)]),
    )


def _load(filters: Filters) -> _Laender:
    code = SHOWN.of(filters)
    indicators = [each for each in indicators_of(filters) if each.is_asked_by(filters.target_group)]
    shown = next((each for each in indicators if each.code == code), None)
    if shown is None and code not in RATIOS:
        shown = recorded_indicators().get(code=code)
        indicators = [shown, *indicators]
    is_ratio = code in RATIOS and filters.target_group == TOTAL
    return _Laender(
        filters=filters,
        regions=in_reading_order(Region.objects.all()),
        indicators=indicators,
        figures=load_figures(filters, indicators, [filters.year]),
        shown=shown,
        ratio=code if is_ratio else "",
        market=load_market(filters, [filters.year]) if is_ratio else None,
    )


def _rows(found: _Laender) -> Iterator[ViewRow]:
    """The ratio of every Land and of the country, then the counts of every region."""
    if found.ratio:
        for region in (*(land.code for land in _laender(found)), ""):
            amount = found.ratio_of(region)
            columns: dict[str, Any] = amount_columns(amount)
            columns["value"] = market.shown_value(found.ratio, amount)
            yield ViewRow(
                view=VIEW.code, indicator=found.ratio, year=found.filters.year, region=region, **columns
            )
    for indicator in found.indicators:
        yield amount_row(
            VIEW.code, indicator, found.figures.amount(indicator, found.filters.year), found.filters
        )
        for place in found.regions:
            amount_there = found.stated(indicator, place)
            if amount_there is not None:
                yield amount_row(VIEW.code, indicator, amount_there, found.filters, region=place.code)


def _laender(found: _Laender) -> list[Region]:
    return [region for region in found.regions if region.level == RegionLevel.LAND]


def _charts(found: _Laender) -> Iterator[Chart]:
    if found.has_ratio_by_land:
        yield laender_map(
            chart_code("map", found.ratio),
            _heading(found, str(QUANTITY_TEXTS[found.ratio].name)),
            [
                land_mark(found.ratio, found.ratio_of(land.code), found.filters, land)
                for land in _laender(found)
            ],
            even=EVEN if found.ratio in AROUND_EVEN else None,
        )
    if found.drawn:
        shown = found.drawn
        bars = ranked(
            chart_code("ranked", shown.code),
            _heading(found, shown.name),
            [
                (region_label(region), amount, _number(found, shown, region))
                for region in found.regions
                if (amount := found.stated(shown, region)) is not None
            ],
        )
        if bars:
            yield bars


def _heading(found: _Laender, name: str) -> str:
    return gettext("%(name)s by Land, %(year)s") % {"name": name, "year": found.filters.year}


def _tables(found: _Laender) -> Iterator[ViewTable]:
    """What the chart shows, then everything counted."""
    if found.has_ratio_by_land:
        yield _ratio_table(found)
    elif found.drawn:
        yield _counts_table(found, [found.drawn], _heading(found, found.drawn.name))
    stated = [each for each in found.indicators if _is_stated(found, each) and each != found.drawn]
    if stated or not (found.has_ratio_by_land or found.drawn):
        yield _counts_table(found, stated, gettext("Figures by Land %(year)s") % {"year": found.filters.year})


def _counts_table(found: _Laender, columns: Sequence[Indicator], caption: str) -> ViewTable:
    lines = []
    for region in found.regions:
        cells = tuple(_number(found, each, region) for each in columns)
        if any(cell is not None for cell in cells):
            lines.append(TableLine(name=region_label(region), cells=cells))
    total = tuple(_number(found, each) for each in columns)
    lines.append(TableLine(name=gettext("Total"), cells=total, is_total=True))
    return ViewTable(
        caption=caption,
        headings=(
            TableHeading(gettext("Land")),
            *(TableHeading(each.name, is_numeric=True) for each in columns),
        ),
        lines=tuple(lines) if columns else (),
        note="" if columns else gettext("Nothing is stated by Land for this choice."),
    )


def _ratio_table(found: _Laender) -> ViewTable:
    def line(name: str, region: str, *, is_total: bool = False) -> TableLine:
        amount = found.ratio_of(region)
        number = quantity_number(found.ratio, amount, found.filters, found.filters.year, region=region)
        return TableLine(name=name, cells=(number,), is_total=is_total)

    texts = QUANTITY_TEXTS[found.ratio]
    return ViewTable(
        caption=_heading(found, str(texts.name)),
        headings=(TableHeading(gettext("Land")), TableHeading(str(texts.short_name), is_numeric=True)),
        lines=(
            *(line(land.name, land.code) for land in _laender(found)),
            line(gettext("Germany"), "", is_total=True),
        ),
        note=f"{texts.definition}. {gettext('Source:')} {texts.source}",
    )


def _number(found: _Laender, indicator: Indicator, region: Region | None = None) -> LinkedNumber | None:
    """A number with what it is made of; None where nobody is due."""
    if region is None:
        amount: Amount | None = found.figures.amount(indicator, found.filters.year)
    else:
        amount = found.stated(indicator, region)
    if amount is None:
        return None
    url = trail_url(indicator.code, found.filters, region=region.code if region else None)
    return amount_number(amount, url, is_brief=True)


def _is_stated(found: _Laender, indicator: Indicator) -> bool:
    return found.figures.amount(indicator, found.filters.year).value is not None


def _notes(found: _Laender) -> Iterator[str]:
    if found.ratio and not found.has_ratio_by_land:
        yield gettext(
            "%(ratio)s: cannot be stated for any Land in %(year)s, because inputs were not reported. "
            "Counts are shown instead; choose others under “Shown”."
        ) % {"ratio": QUANTITY_TEXTS[found.ratio].name, "year": found.filters.year}
    elif found.ratio:
        yield gettext(
            "Ratios are formed of the sums of each Land, never averaged; where an input is missing, "
            "there is none."
        )
    elif found.shown is None:
        yield gettext(
            "The ratios of the training market are formed of all young people together. To see a target "
            "group, choose a count to be shown."
        )


VIEW = View(
    code="laender",
    title=_("Länder"),
    question=_("How do the Länder differ?"),
    group=GROUPS.places,
    filters=frozenset({MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    options=(SHOWN,),
    load=load,
    template="reporting/dashboards/laender.html",
)
