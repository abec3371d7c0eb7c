"""Supply and demand of the training market, as a report keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from measures.models import Indicator
from partners.models import Region
from reporting.aggregates.breaks import Breaks
from reporting.aggregates.regions import in_reading_order
from reporting.aggregates.totals import Totals
from reporting.disclosure.cells import is_small
from reporting.frozen import codes, formation
from reporting.frozen.contents import LandRatios, Market, MarketSeries, SeriesBreakData
from reporting.frozen.values import Amount, AmountState, Text
from reporting.market import balance as market
from reporting.market.breaks import breaks_of
from reporting.market.definitions import ANOTHER_SOURCE, QUANTITY_TEXTS
from reporting.snapshot import words

_LAND_RATIOS = (codes.EANR, codes.ANR, codes.SHARE_UNFILLED, codes.SHARE_UNSUCCESSFUL)
_SHARES = (codes.SHARE_UNFILLED, codes.SHARE_UNSUCCESSFUL)
_PRINTED_STEP = Decimal("0.1")
_NOT_ASKED = Amount(state=AmountState.NOT_REPORTED)


def market_of(
    totals: Totals,
    indicators: Sequence[Indicator],
    years: Sequence[int],
    regions: Sequence[Region],
    breaks: Breaks,
) -> Market | None:
    """Nothing where nobody is due for any of its numbers."""
    inputs = {each.code: each for each in indicators if each.code in formation.INPUTS}

    def stated(code: str, year: int, region: str | None = None) -> Amount:
        return totals.total(code, year, region) if code in inputs else _NOT_ASKED

    balances = {}
    for year in years:
        contracts = market.source_of_contracts(stated(codes.SURVEY, year))
        balances[year] = market.balance_of(partial(stated, year=year), contracts=contracts)
    if not any(balance.amount(code).due for balance in balances.values() for code in inputs):
        return None
    latest = balances[years[-1]]
    lands = []
    for region in in_reading_order(regions):
        if not region.code.isdigit():
            continue
        of_land = market.balance_of(
            partial(stated, year=years[-1], region=region.code), contracts=latest.contracts
        )
        if any(of_land.amount(code).due for code in inputs):
            lands.append(
                LandRatios(
                    code=region.code,
                    name=words.name_of(region),
                    amounts=tuple(_land_ratio(of_land, code) for code in _LAND_RATIOS),
                )
            )
    return Market(
        years=tuple(years),
        series=tuple(
            _series(code, inputs.get(code), [balances[year].amount(code) for year in years])
            for code in (*(code for code in formation.INPUTS if code in inputs), *formation.QUANTITIES)
        ),
        contracts=words.name_of(inputs[latest.contracts]) if latest.contracts in inputs else Text(de=""),
        land_series=_LAND_RATIOS,
        lands=tuple(lands),
        breaks=tuple(_breaks(balances, breaks)),
    )


def _breaks(balances: Mapping[int, market.Balance], breaks: Breaks) -> Iterator[SeriesBreakData]:
    for each in breaks_of(balances, breaks):
        yield from map(words.break_in_series, each.counted_anew)
        if each.is_another_source:
            reason = words.in_both_languages(lambda: ANOTHER_SOURCE)
            yield SeriesBreakData(indicator=each.contracts, year=each.year, reason=reason)


def _series(code: str, indicator: Indicator | None, amounts: Sequence[Amount]) -> MarketSeries:
    if indicator is not None:
        return MarketSeries(
            code=code,
            name=words.name_of(indicator),
            form="count",
            definition=Text(de=indicator.definition_de, en=indicator.definition_en),
            source=Text(de=indicator.source_de, en=indicator.source_en),
            amounts=tuple(amounts),
        )
    texts = QUANTITY_TEXTS[code]
    form = "count" if code in formation.LEVELS else "share" if code in _SHARES else "ratio"
    return MarketSeries(
        code=code,
        name=words.in_both_languages(lambda: texts.name),
        form="index" if code == codes.MATCHING_INDEX else form,
        definition=words.in_both_languages(lambda: texts.definition),
        source=words.in_both_languages(lambda: texts.source),
        amounts=tuple(_as_printed(code, amount) for amount in amounts),
    )


def _as_printed(code: str, amount: Amount) -> Amount:
    value = market.shown_value(code, amount)
    if value is None or code in formation.LEVELS:
        return amount
    return replace(amount, value=value.quantize(_PRINTED_STEP, rounding=ROUND_HALF_UP))


def _land_ratio(balance: market.Balance, code: str) -> Amount:
    """A Land's ratio; none where a count of one or two persons is in it, which could be computed from it."""
    if any(_is_few(balance.amount(each)) for each in formation.INPUTS if each not in _PLACES):
        return Amount(state=AmountState.CONFIDENTIAL, due=balance.amount(code).due)
    return _as_printed(code, balance.amount(code))


_PLACES = (codes.SURVEY, codes.CHAMBERS, codes.PUBLICLY_FINANCED, codes.UNFILLED)


def _is_few(amount: Amount) -> bool:
    return amount.value is not None and is_small(amount.value)
