"""Supply and demand of one year and one region, and what is formed of them.

Every quantity is formed of sums: a Land's or the country's ratio divides that region's own totals. Where an
input is missing there is no result, and the result gives the input's reason; a denominator of 0 gives none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.aggregates.sums import ratio, sum_of_terms
from reporting.frozen.codes import CHAMBERS, MATCHING_INDEX, STILL_SEARCHING, SURVEY
from reporting.frozen.formation import FACTORS, INPUTS, RATIOS, TAKEN_AWAY, formed_of
from reporting.frozen.schema import Amount, AmountState


@dataclass(frozen=True, slots=True)
class LevelTerm:
    """A part of a level: an indicator or another level, added or taken away."""

    code: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Balance:
    """The inputs of one year and region. ``contracts`` is the code of the source of the new contracts."""

    inputs: Mapping[str, Amount]
    contracts: str

    def amount(self, code: str) -> Amount:
        """An input as stated, a level as a number, a ratio as a fraction, the index as a product of two."""
        if code in self.inputs:
            return self.inputs[code]
        if code in RATIOS:
            numerator, denominator = (self.amount(part) for part in RATIOS[code])
            return quotient(numerator, denominator)
        if code == MATCHING_INDEX:
            return product(*(self.amount(factor) for factor in FACTORS))
        return sum_of_terms([(term.sign, self.amount(term.code)) for term in self.terms(code)])

    def terms(self, level: str) -> tuple[LevelTerm, ...]:
        """What a level is added up from."""
        is_searching_stated = self.inputs[STILL_SEARCHING].value is not None
        parts = formed_of(level, contracts=self.contracts, is_searching_stated=is_searching_stated)
        return tuple(LevelTerm(part, -1 if part in TAKEN_AWAY else 1) for part in parts)


def balance_of(lookup: Callable[[str], Amount], *, contracts: str) -> Balance:
    """The balance of the totals that ``lookup`` gives for the catalogue's codes."""
    return Balance({code: lookup(code) for code in INPUTS}, contracts)


def source_of_contracts(survey: Amount) -> str:
    """The survey of all competent bodies, or what the chambers report where a year has no result of it.

    One source serves all regions of a year, so that their ratios can be compared.
    """
    return CHAMBERS if survey.value is None else SURVEY


def quotient(numerator: Amount, denominator: Amount) -> Amount:
    """The ratio of two sums; without one of them, the reason of what is missing.

    Both are added up of several sources. Whoever is missing in one of them is not missing in the others, so
    that sums which lack somebody are no supply and no demand to be set against each other.
    """
    both = sum_of_terms([(1, numerator), (1, denominator)])
    if both.value is None:
        return both
    if not both.is_stated_by_all:
        return replace(both, state=AmountState.NOT_COMPARABLE, value=None, basis=None)
    return ratio(numerator, denominator)


def product(first: Amount, second: Amount) -> Amount:
    if first.value is None or second.value is None:
        return sum_of_terms([(1, first), (1, second)])
    both = sum_of_terms([(1, first), (1, second)])
    return Amount(
        state=AmountState.VALUE,
        value=first.value * second.value,
        basis=both.basis,
        reported=both.reported,
        due=both.due,
        qualities=both.qualities,
    )


PER_CENT = Decimal(100)
FACTOR_SHOWN: Mapping[str, Decimal] = dict.fromkeys(RATIOS, PER_CENT) | {MATCHING_INDEX: PER_CENT * PER_CENT}
"""Ratios are shown in per cent, the index as the product of two numbers of per cent: from 0 to 10,000."""


def shown_value(code: str, amount: Amount) -> Decimal | None:
    """The value in the unit it is shown and exported in, unrounded."""
    return None if amount.value is None else amount.value * FACTOR_SHOWN.get(code, Decimal(1))
