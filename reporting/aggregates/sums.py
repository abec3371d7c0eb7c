"""Rule 6: a sum adds the values present and counts them ("n of m"); without any value it has a reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reporting.frozen.schema import AbsenceCount, Amount, AmountState, Basis

NOT_REPORTED = Amount(state=AmountState.NOT_REPORTED, due=1)


def sum_over_regions(parts: Sequence[Amount]) -> Amount:
    """One organisation's total: its regions are a partition, so a missing part makes it "at least"."""
    if len(parts) <= 1:
        return parts[0] if parts else NOT_REPORTED
    qualities = _qualities(parts)
    values = [part.value for part in parts if part.value is not None]
    if not values:
        states = {part.state for part in parts}
        state = states.pop() if len(states) == 1 else AmountState.UNKNOWN
        return Amount(state=state, due=1, absences=_absences({state: 1}), qualities=qualities)
    basis = Basis.AT_LEAST if len(values) < len(parts) else _basis(parts)
    return Amount(
        state=AmountState.VALUE,
        value=sum(values, Decimal(0)),
        basis=basis,
        reported=1,
        due=1,
        qualities=qualities,
    )


def sum_over_organisations(
    amounts: Sequence[Amount], *, may_be_summed: bool = True, organisations: Sequence[int] = ()
) -> Amount:
    """The Alliance's total of what each organisation due stated.

    What may not be summed has a total only where a single organisation is due. ``organisations``: of how many
    each amount is already the sum; of one each unless given.
    """
    counts = organisations or [1] * len(amounts)
    reported = 0
    stated: list[Amount] = []
    absent: Counter[AmountState] = Counter()
    for count, amount in zip(counts, amounts, strict=True):
        if amount.value is None:
            absent[amount.state] += count
        else:
            stated.append(amount)
            reported += count
    due = reported + absent.total()
    absences = _absences(absent)
    qualities = _qualities(amounts)
    if reported and due > 1 and not may_be_summed:
        return Amount(
            state=AmountState.NOT_SUMMED, reported=reported, due=due, absences=absences, qualities=qualities
        )
    if reported:
        return Amount(
            state=AmountState.VALUE,
            value=sum((amount.value for amount in stated if amount.value is not None), Decimal(0)),
            basis=_basis(stated),
            reported=reported,
            due=due,
            absences=absences,
            qualities=qualities,
        )
    return Amount(
        state=_state_without_value(list(absent)),
        due=due,
        absences=absences,
        qualities=qualities,
    )


def ratio(numerator: Amount, denominator: Amount) -> Amount:
    """Divide two sums, each formed first. A denominator of 0 gives no ratio.

    Nor do sums that unequally many organisations stated, unless nobody is missing in either.
    """
    due, reported = numerator.due + denominator.due, numerator.reported + denominator.reported
    qualities = _qualities([numerator, denominator])
    if numerator.value is None or denominator.value is None:
        missing = [amount.state for amount in (numerator, denominator)]
        state = missing[0] if missing[0] is missing[1] else AmountState.INCOMPLETE
        if AmountState.WITHHELD in missing:
            state = AmountState.WITHHELD
        return Amount(state=state, due=due, reported=reported, qualities=qualities)
    if not numerator.is_comparable_with(denominator):
        return Amount(state=AmountState.NOT_COMPARABLE, due=due, reported=reported, qualities=qualities)
    if denominator.value == 0:
        return Amount(state=AmountState.NOT_APPLICABLE, due=due, reported=reported, qualities=qualities)
    return Amount(
        state=AmountState.VALUE,
        value=numerator.value / denominator.value,
        basis=_basis([numerator, denominator]),
        due=due,
        reported=reported,
        qualities=qualities,
    )


def sum_of_terms(terms: Sequence[tuple[int, Amount]]) -> Amount:
    """Add and subtract sums of a formula. It needs all of them: one that is missing leaves its reason."""
    amounts = [amount for _, amount in terms]
    due, reported = sum(each.due for each in amounts), sum(each.reported for each in amounts)
    qualities = _qualities(amounts)
    missing = [amount.state for amount in amounts if amount.value is None]
    if missing:
        return Amount(state=_state_without_value(missing), due=due, reported=reported, qualities=qualities)
    return Amount(
        state=AmountState.VALUE,
        value=sum((sign * amount.value for sign, amount in terms if amount.value is not None), Decimal(0)),
        basis=_basis(amounts),
        due=due,
        reported=reported,
        qualities=qualities,
    )


def _state_without_value(states: Sequence[AmountState]) -> AmountState:
    found = set(states)
    if AmountState.WITHHELD in found:
        return AmountState.WITHHELD
    if len(found) == 1:
        return found.pop()
    return AmountState.INCOMPLETE if found else AmountState.NOT_REPORTED


def _basis(amounts: Iterable[Amount]) -> Basis:
    found = {amount.basis or Basis.STATED for amount in amounts}
    if Basis.AT_LEAST in found:
        return Basis.AT_LEAST
    return found.pop() if len(found) == 1 else Basis.MIXED


def _absences(counted: Mapping[AmountState, int]) -> tuple[AbsenceCount, ...]:
    return tuple(
        AbsenceCount(state=state, count=counted[state])
        for state in sorted(counted)
        if state not in (AmountState.NOT_REPORTED, AmountState.VALUE)
    )


def _qualities(amounts: Iterable[Amount]) -> tuple[str, ...]:
    return tuple(sorted({quality for amount in amounts for quality in amount.qualities}))
