"""Three offers for everybody without a place on 30 September: the way there, and whether that was kept.

The promise is to all who are without a place on the day. Whoever is invited is one of them, so a body that
invites more than it makes three offers to has not kept it, even where nobody counts those without a place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.aggregates.sums import sum_of_terms
from reporting.frozen.codes import (
    APPEARED,
    INVITED,
    OFFERED,
    PLACED,
    REGISTERED,
    THREE,
    UNPLACED,
    PromiseVerdict,
)
from reporting.frozen.schema import Amount, AmountState

STAGES = (UNPLACED, REGISTERED, INVITED, APPEARED, *OFFERED, *PLACED)
"""The indicators on the way, in its order; who comes newly stands beside those of the day."""

INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Promise:
    """``lacking``: the indicators whose missing numbers keep the verdict open."""

    verdict: PromiseVerdict
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stations:
    """Everybody's or somebody's numbers on the way, by indicator."""

    amounts: dict[str, Amount]

    @property
    def promise(self) -> Promise:
        """Kept or not where no number that is missing could change it."""
        offered, unplaced = _between(self.amounts[THREE]), _between(self.amounts[UNPLACED])
        due_to_at_least = max(unplaced[0], _between(self.amounts[INVITED])[0])
        if offered[0] >= unplaced[1]:
            return Promise(PromiseVerdict.KEPT)
        if offered[1] < due_to_at_least:
            return Promise(PromiseVerdict.NOT_KEPT)
        return Promise(PromiseVerdict.OPEN, tuple(self._lacking()))

    @property
    def still_unplaced(self) -> Amount:
        """Those invited less those placed: our own calculation, which needs every number."""
        return less(self.amounts[INVITED], [self.amounts[code] for code in PLACED])

    def _lacking(self) -> Iterator[str]:
        for code in (UNPLACED, THREE):
            if not self.amounts[code].is_complete:
                yield code


def less(whole: Amount, parts: Sequence[Amount]) -> Amount:
    """``whole`` without ``parts``; only complete numbers have a difference that means something."""
    involved = [whole, *parts]
    due, reported = max(each.due for each in involved), min(each.reported for each in involved)
    if not all(each.is_complete for each in involved):
        states = {each.state for each in involved}
        state = states.pop() if len(states) == 1 else AmountState.INCOMPLETE
        is_without_value = state is not AmountState.VALUE
        return Amount(state=state if is_without_value else AmountState.INCOMPLETE, reported=reported, due=due)
    difference = sum_of_terms([(1, whole), *((-1, each) for each in parts)])
    return replace(difference, reported=reported, due=due)


def _between(amount: Amount) -> tuple[Decimal, Decimal]:
    """How few and how many it can be: counts are never negative, and what is missing could be any number."""
    least = amount.value if amount.value is not None else Decimal(0)
    return least, least if amount.is_complete else INFINITE
