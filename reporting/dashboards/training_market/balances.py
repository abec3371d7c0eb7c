"""The balances of the training market under the filters of a view."""

from collections.abc import Iterable, Sequence

from measures.models import Indicator, ReportingRound
from reporting.aggregates.totals import Totals, load_totals
from reporting.dashboards.filters import Filters
from reporting.frozen.codes import SURVEY
from reporting.frozen.formation import INPUTS
from reporting.frozen.schema import Amount, AmountState
from reporting.market.balance import Balance, balance_of, source_of_contracts

YEARS_AT_ONCE = 8
_NOT_ASKED = Amount(state=AmountState.NOT_REPORTED)


class MarketFigures:
    """The balance of every year and region asked for, of one reading of the figures."""

    def __init__(self, indicators: Sequence[Indicator], totals: Totals) -> None:
        self.indicators = {indicator.code: indicator for indicator in indicators}
        self._totals = totals

    def input(self, code: str, year: int, region: str = "") -> Amount:
        """The total of an indicator; no region is the whole country."""
        if code not in self.indicators:
            return _NOT_ASKED
        return self._totals.total(code, year, region or None)

    def balance(self, year: int, region: str = "") -> Balance:
        return balance_of(
            lambda code: self.input(code, year, region),
            contracts=source_of_contracts(self.input(SURVEY, year)),
        )

    def is_anybody_due(self, year: int, region: str) -> bool:
        return any(self.input(code, year, region).due for code in INPUTS)


def load_market(filters: Filters, years: Iterable[int]) -> MarketFigures:
    found = {each.code: each for each in Indicator.objects.filter(code__in=INPUTS).select_related("measure")}
    indicators = [found[code] for code in INPUTS if code in found]
    totals = load_totals(indicators=indicators, years=years, standing=filters.standing, as_of=filters.as_of)
    return MarketFigures(indicators, totals)


def years_shown(year: int) -> list[int]:
    """The years of the series: the latest rounds, or those up to an older year."""
    rounds = sorted(ReportingRound.objects.values_list("year", flat=True))
    latest = rounds[-YEARS_AT_ONCE:]
    return latest if year in latest else [each for each in rounds if each <= year][-YEARS_AT_ONCE:]
