"""Where the ratios of the training market break: an input is counted anew, or contracts have a new source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.frozen.codes import STILL_SEARCHING, UNFILLED, UNPLACED, WITH_ALTERNATIVE
from reporting.market.balance import Balance

if TYPE_CHECKING:
    from measures.models import SeriesBreak
    from reporting.aggregates.breaks import Breaks

_BESIDE_CONTRACTS = (UNFILLED, UNPLACED, WITH_ALTERNATIVE, STILL_SEARCHING)
"""What ANR and eANR are formed of, beside the new contracts."""


@dataclass(frozen=True, slots=True)
class MarketBreak:
    """``contracts``: the code of the source of the contracts from this year on."""

    year: int
    counted_anew: "tuple[SeriesBreak, ...]"
    contracts: str
    is_another_source: bool


def breaks_of(balances: Mapping[int, Balance], breaks: "Breaks") -> Iterator[MarketBreak]:
    """By year, ascending. A year without contracts has no source, and so none that is another."""
    source = ""
    for year in sorted(balances):
        balance = balances[year]
        counted_anew = tuple(
            each
            for code in (balance.contracts, *_BESIDE_CONTRACTS)
            for each in breaks.of(code)
            if each.year == year
        )
        is_another_source = False
        if balance.inputs[balance.contracts].value is not None:
            is_another_source = source not in ("", balance.contracts)
            source = balance.contracts
        if counted_anew or is_another_source:
            yield MarketBreak(year, counted_anew, balance.contracts, is_another_source)
