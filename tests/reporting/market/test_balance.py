"""Supply, demand and their ratios, formed of sums; without an input there is a reason instead."""

from dataclasses import replace
from decimal import Decimal

import pytest

from measures.models import Indicator, SeriesBreak
from reporting.aggregates.breaks import Breaks
from reporting.frozen import codes, formation
from reporting.frozen.schema import Amount, AmountState, Basis
from reporting.market.balance import balance_of, shown_value, source_of_contracts
from reporting.market.breaks import breaks_of
from reporting.market.region_types import RegionType, region_type

MISSING = Amount(state=AmountState.NOT_REPORTED, due=1)
WITHHELD = Amount(state=AmountState.CONFIDENTIAL, due=1)


def value(number, **flags):
    stated = {"basis": Basis.STATED, "reported": 1, "due": 1} | flags
    return Amount(state=AmountState.VALUE, value=Decimal(number), **stated)


def balance(**inputs):
    """The balance of a region: the inputs given, and the rest not reported."""
    found = {code: value(number) if isinstance(number, int) else number for code, number in inputs.items()}
    return balance_of(lambda code: found.get(code, MISSING), contracts=codes.SURVEY)


def full(**changes):
    return balance(
        **{
            "new_contracts_survey": 900,
            "non_company_contracts": 50,
            "unfilled_30sep": 100,
            "unplaced_30sep": 20,
            "with_alternative_30sep": 80,
        }
        | changes
    )


def shown(of, code):
    found = shown_value(code, of.amount(code))
    return None if found is None else round(found, 2)


def test_every_quantity_of_a_full_balance_is_as_defined():
    found = {code: shown(full(), code) for code in formation.QUANTITIES}

    assert found == {
        "supply": 1000,
        "supply_company": 950,
        "demand_classic": 920,
        "still_searching": 100,
        "demand_extended": 1000,
        "anr": Decimal("108.70"),
        "eanr": 100,
        "share_unfilled": Decimal("10.53"),
        "share_unsuccessful": 10,
        "matching_index": Decimal("105.26"),
    }


def test_those_still_searching_are_taken_as_stated_before_they_are_added_up():
    stated = full(still_searching_30sep=150)

    assert shown(stated, "still_searching") == 150
    assert shown(stated, "demand_extended") == 1050
    assert [term.code for term in stated.terms("still_searching")] == ["still_searching_30sep"]


@pytest.mark.parametrize(
    ("missing", "state"), [(MISSING, AmountState.NOT_REPORTED), (WITHHELD, AmountState.CONFIDENTIAL)]
)
def test_missing_input_leaves_its_reason_wherever_it_is_needed_and_the_rest_stands(missing, state):
    found = full(non_company_contracts=missing)

    for code in ("supply_company", "share_unfilled", "matching_index"):
        assert (found.amount(code).value, found.amount(code).state) == (None, state)
    assert shown(found, "eanr") == 100


def test_two_inputs_missing_for_different_reasons_are_incomplete():
    found = full(unfilled_30sep=WITHHELD, unplaced_30sep=MISSING)

    assert found.amount("anr").state is AmountState.INCOMPLETE


def test_demand_of_zero_gives_no_ratio():
    nothing = full(new_contracts_survey=0, unplaced_30sep=0, with_alternative_30sep=0)

    assert shown(nothing, "supply") == 100
    assert nothing.amount("anr").state is AmountState.NOT_APPLICABLE
    assert nothing.amount("eanr").value is None


def test_ratio_carries_what_its_inputs_are_flagged_with_and_how_many_stated_them():
    flagged = full(unfilled_30sep=value(100, qualities=("example",), reported=4, due=4))

    eanr = flagged.amount("eanr")
    assert (eanr.qualities, eanr.reported, eanr.due) == (("example",), 8, 8)
    assert full().amount("eanr").qualities == ()


def test_sums_that_lack_somebody_are_shown_and_set_against_nothing():
    found = full(unfilled_30sep=value(100, reported=3, due=4))

    assert shown(found, "supply") == 1000
    for code in ("anr", "eanr", "share_unfilled"):
        assert found.amount(code).state is AmountState.NOT_COMPARABLE
    assert shown(found, "share_unsuccessful") == 10
    assert (found.amount("anr").reported, found.amount("anr").due) == (6, 7)


@pytest.mark.parametrize("code", ["anr", "eanr"])
def test_the_same_gap_on_both_sides_does_not_make_a_ratio(code):
    lacking = full(new_contracts_survey=value(900, reported=60, due=80))

    assert lacking.amount(code).state is AmountState.NOT_COMPARABLE


def test_ratios_break_where_an_input_is_counted_anew_or_the_contracts_have_another_source():
    def chambers(**inputs):
        return replace(full(**{"new_contracts": 900} | inputs), contracts=codes.CHAMBERS)

    indicator = Indicator(code="unfilled_30sep")
    other = Indicator(code="non_company_contracts")
    anew = Breaks(
        {
            each.code: [SeriesBreak(indicator=each, year=2017, reason_de="neu", reason_en="new")]
            for each in (indicator, other)
        }
    )
    balances = {2014: full(), 2015: chambers(new_contracts=MISSING), 2016: chambers(), 2017: chambers()}

    found = [
        (each.year, [part.indicator.code for part in each.counted_anew], each.is_another_source)
        for each in breaks_of(balances, anew)
    ]

    assert found == [(2016, [], True), (2017, ["unfilled_30sep"], False)]


def test_chambers_stand_in_for_the_survey_in_a_year_without_it():
    assert source_of_contracts(value(900)) == "new_contracts_survey"
    assert source_of_contracts(MISSING) == "new_contracts"


@pytest.mark.parametrize(
    ("unfilled", "searching", "expected"),
    [
        (50, 200, RegionType.SUPPLY),
        (200, 50, RegionType.FILLING),
        (200, 200, RegionType.MATCHING),
        (50, 50, None),
        (MISSING, 200, None),
    ],
)
def test_region_is_typed_by_which_of_its_shares_are_above_the_countrys(unfilled, searching, expected):
    region = full(unfilled_30sep=unfilled, still_searching_30sep=searching)

    assert region_type(region, full()) is expected
