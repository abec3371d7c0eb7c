from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from reporting.frozen.schema import (
    AbsenceCount,
    Amount,
    AmountState,
    Basis,
    RatioTargetData,
    TargetData,
    Text,
)
from reporting.renderers import wording


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", ["18.118", "0", "−20", "1.234,5"]), ("en", ["18,118", "0", "−20", "1,234.5"])],
)
def test_numbers_read_as_the_language_writes_them(language, expected):
    values = [Decimal(18118), Decimal(0), Decimal(-20), Decimal("1234.5")]

    with override(language):
        assert [wording.number(value) for value in values] == expected


def test_characters_for_private_use_are_not_printed():
    """A text processor's sign of a list, and those that sentences mark their links with."""
    assert wording.as_printed("\uf0b7 Plätze \ue000- neu\U0010fffd") == " Plätze – neu"
    whole = RatioTargetData(denominator=Text(de="\ue000/x\ue001Plätze - neu\ue002"), goal=Decimal("0.5"))
    with override("de"):
        assert wording.target(whole) == "50\u202f% von „/xPlätze – neu“"


@pytest.mark.parametrize(
    ("share", "german", "english"),
    [
        ("0.365", "36,5\u202f%", "36.5%"),
        ("0.5", "50\u202f%", "50%"),
        ("0.933333", "93,3\u202f%", "93.3%"),
        ("1.2", "120\u202f%", "120%"),
        ("0.36549", "36,5\u202f%", "36.5%"),
        ("0.3655", "36,6\u202f%", "36.6%"),
        ("-0.05", "−5\u202f%", "−5%"),
        ("12.5", "1.250\u202f%", "1,250%"),
        ("0.000124", "<\u202f0,1\u202f%", "<\u202f0.1%"),
        ("0", "0\u202f%", "0%"),
        ("0.9994", "99,9\u202f%", "99.9%"),
        ("0.9996", ">\u202f99,9\u202f%", ">\u202f99.9%"),
        ("1", "100\u202f%", "100%"),
        ("1.0004", ">\u202f100\u202f%", ">\u202f100%"),
    ],
)
def test_percentages_are_rounded_half_up_to_one_decimal(share, german, english):
    with override("de"):
        assert wording.percent(Decimal(share)) == german
    with override("en"):
        assert wording.percent(Decimal(share)) == english


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        (Amount(state=AmountState.VALUE, value=Decimal(0)), "0", "0"),
        (Amount(state=AmountState.NOT_REPORTED, due=132), "nicht gemeldet", "not reported"),
        (Amount(state=AmountState.UNKNOWN, due=53), "unbekannt", "unknown"),
        (Amount(state=AmountState.NOT_SUMMED, due=2, reported=2), "nicht summierbar", "not added up"),
        (
            Amount(
                state=AmountState.INCOMPLETE,
                due=132,
                absences=(AbsenceCount(state=AmountState.UNKNOWN, count=53),),
            ),
            "unvollständig (53 von 132 unbekannt)",
            "incomplete (53 of 132 unknown)",
        ),
        (Amount(state=AmountState.INCOMPLETE, due=132), "unvollständig (0 von 132)", "incomplete (0 of 132)"),
        (
            Amount(state=AmountState.VALUE, value=Decimal(7300), basis=Basis.AT_LEAST),
            "mindestens 7.300",
            "at least 7,300",
        ),
    ],
)
def test_an_amount_is_a_number_or_says_why_there_is_none(amount, german, english):
    with override("de"):
        assert wording.amount(amount) == german
    with override("en"):
        assert wording.amount(amount) == english


@pytest.mark.parametrize(
    ("target", "german", "english"),
    [
        (TargetData(value=Decimal(20000)), "20.000", "20,000"),
        (TargetData(value=Decimal(10000), is_ceiling=True), "höchstens 10.000", "at most 10,000"),
        (TargetData(value=Decimal(500000), per_year=True), "500.000 je Jahr", "500,000 a year"),
    ],
)
def test_a_target_says_whether_it_is_a_limit_or_yearly(target, german, english):
    with override("de"):
        assert wording.target(target) == german
    with override("en"):
        assert wording.target(target) == english


def test_an_example_is_called_one_in_its_number_or_beside_it():
    example = Amount(state=AmountState.VALUE, value=Decimal(5499), reported=1, due=1, qualities=("example",))

    with override("en"):
        assert wording.amount(example) == "5,499 (example)"
        assert wording.amount_without_qualities(example) == "5,499"
        assert wording.qualities(example.qualities) == ["contains example values"]


def test_moments_are_told_in_the_office_s_time():
    taken = datetime(2016, 12, 31, 23, 30, tzinfo=UTC)

    with override("de"):
        assert wording.moment(taken) == "1. Januar 2017, 00:30 Uhr"
    with override("en"):
        assert wording.moment(taken) == "1 January 2017, 00:30 (CET)"
        assert wording.day(date(2016, 9, 30)) == "30 September 2016"


def test_a_period_names_the_year_in_which_it_ends():
    with override("de"):
        assert wording.period("market_year", 2016) == "1. Oktober 2015 bis 30. September 2016"
        assert wording.period("after_30sep", 2016) == "1. Oktober 2016 bis Mitte Januar 2017"
        assert wording.period("school_year", 2016) == "Schuljahr 2015/2016"
