"""Comparison: two years or two Länder side by side, or an organisation among its peers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator, ReportingRound
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.breaks import Breaks, load_breaks
from reporting.aggregates.regions import region_label
from reporting.charts.bars import diverging_bars
from reporting.charts.chart import Chart
from reporting.charts.layout import ChartMark
from reporting.dashboards.comparing.peers import PeerLine, Peers, load_peers
from reporting.dashboards.comparing.settings import BESIDE, OPTIONS, OTHER_REGION, OTHER_YEAR, Beside
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.figures import Figures, amount_number, amount_row, load_figures
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, indicators_of, notes_on_breaks
from reporting.dashboards.links import page_url, trail_url
from reporting.dashboards.rows import HUNDRED, ViewRow
from reporting.frozen.schema import Amount, AmountState, Basis
from reporting.renderers import wording

CODE = "compare"


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands in one of the two columns."""

    name: str
    filters: Filters
    amounts: dict[str, Amount]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both sides. Across a break in the series nothing is compared."""

    one: _Side
    other: _Side
    breaks: Breaks

    def is_parted(self, indicator: Indicator) -> bool:
        earlier, later = sorted((self.one.filters.year, self.other.filters.year))
        return self.breaks.part(indicator.code, earlier, later)

    def difference(self, indicator: Indicator) -> Decimal | None:
        one, other = (side.amounts[indicator.code].value for side in (self.one, self.other))
        return None if one is None or other is None or self.is_parted(indicator) else one - other


def load(filters: Filters, access: Access) -> ViewData:
    indicators = [each for each in indicators_of(filters) if each.is_asked_by(filters.target_group)]
    if Beside(BESIDE.of(filters)) is not Beside.PEERS:
        return _two_sides(filters, indicators)
    if not filters.organisation:
        return _nothing(gettext("Choose an organisation to see it among its peers."))
    peers = load_peers(filters, access, indicators)
    if peers is None:
        return _nothing(gettext("An umbrella has no peers; choose one of its members."))
    return _among_peers(peers, filters)


def _nothing(reason: str) -> ViewData:
    return ViewData(make_rows=tuple, notes=(reason,))


def _two_sides(filters: Filters, indicators: Sequence[Indicator]) -> ViewData:
    pair = _sides(filters, indicators)
    one, other = pair.one, pair.other
    shown = [each for each in indicators if one.amounts[each.code].due or other.amounts[each.code].due]
    return ViewData(
        make_rows=lambda: (row for each in shown for row in _rows(each, pair)),
        charts=tuple(_against(shown, pair)),
        tables=(_table(shown, pair),),
        notes=tuple(_notes(shown, pair)),
        definitions=definitions_of(shown),
    )


def _sides(filters: Filters, indicators: Sequence[Indicator]) -> _Pair:
    if Beside(BESIDE.of(filters)) is Beside.REGION:
        beside = replace(filters, region=OTHER_REGION.of(filters))
        regions = {region.code: region for region in Region.objects.all()}
        names = [
            region_label(regions[each.region]) if each.region else gettext("All Länder")
            for each in (filters, beside)
        ]
    else:
        beside = replace(filters, year=int(OTHER_YEAR.of(filters) or filters.year - 1))
        names = [str(filters.year), str(beside.year)]
    years = sorted({filters.year, beside.year})
    figures = load_figures(replace(filters, region=""), indicators, years)
    one, other = (
        _Side(name, each, _amounts(figures, indicators, each))
        for name, each in zip(names, (filters, beside), strict=True)
    )
    return _Pair(one, other, load_breaks(indicators, years))


def _amounts(figures: Figures, indicators: Sequence[Indicator], side: Filters) -> dict[str, Amount]:
    return {each.code: figures.amount(each, side.year, side.region or None) for each in indicators}


def _rows(indicator: Indicator, pair: _Pair) -> Iterator[ViewRow]:
    """Both sides under their own keys, and the difference under that of the first."""
    for side in (pair.one, pair.other):
        yield amount_row(CODE, indicator, side.amounts[indicator.code], side.filters)
    yield _calculated(
        f"{indicator.code}_difference",
        indicator,
        pair.one.filters,
        pair.difference(indicator),
        absence=AmountState.NOT_COMPARABLE if pair.is_parted(indicator) else AmountState.INCOMPLETE,
    )


def _calculated(  # noqa: PLR0913  # the columns of a row
    code: str,
    indicator: Indicator,
    filters: Filters,
    value: Decimal | None,
    *,
    reported: int = 0,
    due: int = 0,
    absence: AmountState = AmountState.INCOMPLETE,
) -> ViewRow:
    return ViewRow(
        view=CODE,
        indicator=code,
        year=filters.year,
        region=filters.region,
        organisation=filters.organisation,
        target_group=filters.target_group,
        measure=indicator.measure.code if indicator.measure else "",
        value=value,
        state=(absence if value is None else AmountState.VALUE).value,
        basis="" if value is None else Basis.DERIVED.value,
        reported=reported,
        due=due,
    )


def _table(indicators: Sequence[Indicator], pair: _Pair) -> ViewTable:
    one, other = pair.one, pair.other

    def line(indicator: Indicator) -> TableLine:
        numbers = (_number(indicator, one), _number(indicator, other))
        if pair.is_parted(indicator):
            return TableLine(name=indicator.name, cells=(*numbers, gettext("break in the series"), None))
        difference = pair.difference(indicator)
        return TableLine(
            name=indicator.name,
            cells=(
                *numbers,
                None if difference is None else _signed(difference),
                _change(difference, other.amounts[indicator.code]),
            ),
        )

    return ViewTable(
        caption=gettext("%(one)s and %(other)s") % {"one": one.name, "other": other.name},
        headings=(
            TableHeading(gettext("Figure")),
            *(
                TableHeading(text, is_numeric=True)
                for text in (
                    one.name,
                    other.name,
                    gettext("Difference"),
                    pgettext("since last year", "Change"),
                )
            ),
        ),
        lines=tuple(line(each) for each in indicators),
        note="" if indicators else gettext("Nobody is due for this choice."),
    )


def _number(indicator: Indicator, side: _Side) -> LinkedNumber | None:
    amount = side.amounts[indicator.code]
    return (
        amount_number(amount, trail_url(indicator.code, side.filters), is_brief=True) if amount.due else None
    )


def _signed(value: Decimal) -> LinkedNumber:
    return LinkedNumber(text=f"{'+' if value > 0 else ''}{wording.number(value)}", is_gap=False)


def _change(difference: Decimal | None, base: Amount) -> LinkedNumber | None:
    """In per cent of the second; of nothing there is no share."""
    if difference is None or not base.value:
        return None
    share = difference / abs(base.value)
    sign = "+" if share > 0 else wording.MINUS if share < 0 else ""
    return LinkedNumber(text=f"{sign}{wording.rounded_percent_with_decimal(abs(share))}", is_gap=False)


def _against(indicators: Sequence[Indicator], pair: _Pair) -> Iterator[Chart]:
    """The first in per cent of the second, where both are above nothing and no break lies between them."""
    one, other = pair.one, pair.other
    marks = [
        _mark(each.name, one.amounts[each.code].value, other.amounts[each.code].value, one.filters, each)
        for each in indicators
        if not pair.is_parted(each)
    ]
    found = [mark for mark in marks if mark]
    if found:
        title = gettext("%(one)s in per cent of %(other)s") % {"one": one.name, "other": other.name}
        yield diverging_bars("compared", title, found)


def _mark(
    name: str, value: Decimal | None, base: Decimal | None, filters: Filters, indicator: Indicator
) -> ChartMark | None:
    if value is None or base is None or value < 0 or base <= 0:
        return None
    return ChartMark(
        name=name,
        value=value * HUNDRED / base,
        text=wording.percent_with_decimal(value / base),
        url=trail_url(indicator.code, filters),
    )


def _notes(indicators: Sequence[Indicator], pair: _Pair) -> Iterator[str]:
    year = pair.other.filters.year
    if year != pair.one.filters.year and not ReportingRound.objects.filter(year=year).exists():
        yield gettext("There is no reporting round of %(year)s.") % {"year": year}
    yield from notes_on_breaks(indicators, pair.breaks)
    yield gettext(
        "Where different numbers of organisations have reported, the two sides are comparable only in part."
    )


def _among_peers(peers: Peers, filters: Filters) -> ViewData:
    indicators = [line.indicator for line in peers.lines]
    own = replace(filters, region="")
    marks = [
        _mark(line.indicator.name, line.own.value, line.spread.median, own, line.indicator)
        for line in peers.lines
        if line.spread
    ]
    found = [mark for mark in marks if mark]
    title = gettext("%(name)s in per cent of its peers' median") % {"name": peers.organisation.name}
    return ViewData(
        make_rows=lambda: (row for line in peers.lines for row in _peer_rows(line, own)),
        charts=(diverging_bars("compared", title, found),) if found else (),
        tables=(_peer_table(peers, own), *([_names(peers, filters)] if peers.names else [])),
        notes=tuple(_peer_notes(peers, filters)),
        definitions=definitions_of(indicators),
    )


def _peer_rows(line: PeerLine, filters: Filters) -> Iterator[ViewRow]:
    yield amount_row(CODE, line.indicator, line.own, filters)
    for name in ("lower", "median", "upper"):
        value = getattr(line.spread, name) if line.spread else None
        yield _calculated(
            f"{line.indicator.code}_peers_{name}",
            line.indicator,
            filters,
            value,
            reported=line.reported,
            due=line.due,
        )


def _peer_table(peers: Peers, filters: Filters) -> ViewTable:
    def line(each: PeerLine) -> TableLine:
        spread = each.spread
        quartiles = (spread.lower, spread.median, spread.upper) if spread else (None, None, None)
        return TableLine(
            name=each.indicator.name,
            cells=(
                amount_number(each.own, trail_url(each.indicator.code, filters), is_brief=True),
                *(None if value is None else _rounded(value) for value in quartiles),
                gettext("%(count)s of %(due)s")
                % {"count": wording.number(each.reported), "due": wording.number(each.due)},
            ),
        )

    return ViewTable(
        caption=gettext("%(name)s among its peers") % {"name": peers.organisation.name},
        headings=(
            TableHeading(gettext("Figure")),
            *(
                TableHeading(text, is_numeric=True)
                for text in (
                    peers.organisation.name,
                    gettext("Lower quartile"),
                    gettext("Median"),
                    gettext("Upper quartile"),
                )
            ),
            TableHeading(gettext("Peers with an approved value")),
        ),
        lines=tuple(line(each) for each in peers.lines),
        note=gettext("There is a distribution from five peers on; of single peers nothing is shown."),
    )


def _rounded(value: Decimal) -> LinkedNumber:
    number = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    whole = number.to_integral_value()
    return LinkedNumber(text=wording.number(whole if number == whole else number), is_gap=False)


def _names(peers: Peers, filters: Filters) -> ViewTable:
    """Who the peers are, for those who read all figures anyway."""
    address = page_url("reporting:view", CODE)
    return ViewTable(
        caption=gettext("The peers"),
        headings=(TableHeading(gettext("Organisation")),),
        lines=tuple(
            TableLine(
                name=each.name,
                url=address + replace(filters, organisation=each.code).query(),
                cells=(),
            )
            for each in peers.names
        ),
    )


def _peer_notes(peers: Peers, filters: Filters) -> Iterator[str]:
    count = {"count": wording.number(peers.count)}
    if peers.is_of_size:
        yield (
            gettext(
                "Peers: %(count)s organisations of the same kind below the same umbrella and of the "
                "same size. Size is the number of new contracts of the year, in three equal classes."
            )
            % count
        )
    else:
        yield (
            gettext(
                "Peers: all %(count)s organisations of the same kind below the same umbrella; their size "
                "could not be compared, or too few are of the same."
            )
            % count
        )
    yield gettext("Of peers only approved values count.")
    if filters.region:
        yield gettext("The Land chosen does not narrow this comparison.")


VIEW = View(
    code=CODE,
    title=_("Comparison"),
    question=_("How does one year, Land or organisation stand beside another?"),
    group=GROUPS.places,
    filters=frozenset({REGION, ORGANISATION, MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    options=OPTIONS,
    load=load,
)
