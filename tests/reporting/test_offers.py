"""Whether three offers were made to everybody, from numbers of which some are missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.aggregates.offers import (
    INVITED,
    PLACED,
    STAGES,
    THREE,
    UNPLACED,
    Promise,
    PromiseVerdict,
    Stations,
)
from reporting.frozen.schema import Amount, AmountState, Basis


def complete(value: int) -> Amount:
    return Amount(state=AmountState.VALUE, value=Decimal(value), basis=Basis.STATED, reported=3, due=3)


def partly(value: int) -> Amount:
    """Two of three have reported."""
    return Amount(state=AmountState.VALUE, value=Decimal(value), basis=Basis.STATED, reported=2, due=3)


NOTHING = Amount(state=AmountState.NOT_REPORTED, due=3)
NOBODY_ASKED = Amount(state=AmountState.NOT_REPORTED)


def stations(**amounts: Amount) -> Stations:
    return Stations(dict.fromkeys(STAGES, NOTHING) | amounts)


def promise(*, unplaced: Amount = NOTHING, offered: Amount = NOTHING, invited: Amount = NOTHING) -> Promise:
    return stations(**{UNPLACED: unplaced, THREE: offered, INVITED: invited}).promise


def test_three_offers_to_as_many_as_are_without_a_place_keep_the_promise():
    assert promise(unplaced=complete(20), offered=complete(20)) == Promise(PromiseVerdict.KEPT)


def test_one_offer_too_few_breaks_it():
    assert promise(unplaced=complete(20), offered=complete(19)) == Promise(PromiseVerdict.NOT_KEPT)


def test_a_chamber_that_has_not_reported_can_still_make_it_either():
    assert promise(unplaced=complete(20), offered=partly(19)) == Promise(PromiseVerdict.OPEN, (THREE,))


def test_what_is_enough_already_needs_no_further_report():
    assert promise(unplaced=complete(20), offered=partly(20)) == Promise(PromiseVerdict.KEPT)


def test_what_is_too_little_already_needs_no_further_count():
    assert promise(unplaced=partly(20), offered=complete(19)) == Promise(PromiseVerdict.NOT_KEPT)


def test_more_invited_than_offered_three_breaks_it_though_nobody_counts_those_without_a_place():
    assert promise(unplaced=NOBODY_ASKED, offered=complete(4), invited=complete(9)) == Promise(
        PromiseVerdict.NOT_KEPT
    )


def test_three_offers_to_all_invited_do_not_say_that_all_were_invited():
    assert promise(unplaced=NOBODY_ASKED, offered=complete(9), invited=complete(9)) == Promise(
        PromiseVerdict.OPEN, (UNPLACED,)
    )


def test_without_any_number_both_are_missing():
    assert promise() == Promise(PromiseVerdict.OPEN, (UNPLACED, THREE))


amounts = st.one_of(
    st.just(NOTHING), st.builds(complete, st.integers(0, 4)), st.builds(partly, st.integers(0, 4))
)


@given(unplaced=amounts, offered=amounts, more_unplaced=st.integers(0, 5), more_offered=st.integers(0, 5))
def test_a_verdict_stays_whatever_is_reported_later(unplaced, offered, more_unplaced, more_offered):
    before = promise(unplaced=unplaced, offered=offered)
    later_unplaced = (
        unplaced if unplaced.reported == 3 else complete(int(unplaced.value or 0) + more_unplaced)
    )
    later_offered = offered if offered.reported == 3 else complete(int(offered.value or 0) + more_offered)
    after = promise(unplaced=later_unplaced, offered=later_offered)

    assert after.verdict is not PromiseVerdict.OPEN
    assert before.verdict in (PromiseVerdict.OPEN, after.verdict)
    assert bool(before.lacking) is (before.verdict is PromiseVerdict.OPEN)


def test_those_still_without_a_place_are_those_invited_less_those_placed():
    placed = dict(zip(PLACED, map(complete, (4, 2, 1)), strict=True))

    still = stations(**{INVITED: complete(9)}, **placed).still_unplaced

    assert (still.value, still.reported, still.due) == (Decimal(2), 3, 3)


@pytest.mark.parametrize("gap", [partly(2), NOTHING])
def test_with_a_gap_in_it_a_difference_is_no_number(gap):
    placed = dict(zip(PLACED, (complete(4), gap, complete(1)), strict=True))

    found = stations(**{INVITED: complete(9)}, **placed).still_unplaced

    assert (found.value, found.state) == (None, AmountState.INCOMPLETE)


def test_where_nobody_reports_the_difference_is_not_reported():
    assert stations().still_unplaced.state is AmountState.NOT_REPORTED
