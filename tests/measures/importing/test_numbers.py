"""Numbers as people write them, and the notation a column is written in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.importing.text.numbers import from_float, notation_of, take_apart


def value(text, notation=""):
    written = take_apart(text)
    return None if written is None else written.value(notation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("92,0", 92),
        ("1.642,0", 1642),
        ("1,642.5", Decimal("1642.5")),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234,5", Decimal("1234.5")),
        ("1'234", 1234),
        ("1’234", 1234),
        ("-5", -5),
        ("−5", -5),
        ("–5", -5),
        ("+5", 5),
        ("0,125", Decimal("0.125")),
        ("12.5", Decimal("12.5")),
        ("1234,567", Decimal("1234.567")),
        ("(12)", 12),
        ("1204 1)", 1204),
        ("1204²", 1204),
        ("ca. 500", 500),
    ],
)
def test_number_with_one_reading(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize("text", ["1.234", "1,234", "18.118", "7.300"])
def test_number_with_two_readings_is_not_guessed(text):
    assert value(text) is None
    assert take_apart(text).is_ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.2.3",
        "12..3",
        "1,23,4",
        "1 23",
        "12-13",
        "3/4",
        "1e5",
        "=1+1",
        "(12",
        "0.123.456",
        "1 1234",
    ],
)
def test_text_that_is_no_number(text):
    assert take_apart(text) is None


@pytest.mark.parametrize(
    ("column", "notation"),
    [
        (["1.234", "92,0"], "de"),
        (["1.234", "1.234.567"], "de"),
        (["1,234", "92.5"], "en"),
        (["1.234"], ""),
        (["12", "7"], ""),
        (["92,0", "92.5"], "mixed"),
    ],
)
def test_notation_is_the_columns(column, notation):
    assert notation_of([take_apart(text) for text in column]) == notation


def test_whole_number_indicators_tell_the_notation_if_nothing_else_does():
    grouped = [take_apart("1.204")]

    assert notation_of(grouped, grouped) == "de"


@pytest.mark.parametrize(
    ("text", "quality", "in_parentheses", "marks"),
    [
        ("120r", "revised", False, ()),
        ("120 p", "preliminary", False, ()),
        ("120s", "estimate", False, ()),
        ("ca. 120", "estimate", False, ()),
        ("(120)", "", True, ()),
        ("120 1)", "", False, ("1",)),
        ("120*", "", False, ("*",)),
    ],
)
def test_what_stands_beside_a_number_is_kept(text, quality, in_parentheses, marks):
    written = take_apart(text)

    assert (written.quality, written.in_parentheses, written.marks) == (quality, in_parentheses, marks)


numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
spaces = st.sampled_from(["", ".", " ", "\u00a0", "\u202f", "'"])


@given(number=numbers, group=spaces)
def test_german_number_survives_the_round_trip(number, group):
    text = f"{number:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", group)

    assert value(text, "de") == number


@given(number=numbers, group=st.sampled_from(["", ",", " ", "\u00a0", "'"]))
def test_english_number_survives_the_round_trip(number, group):
    assert value(f"{number:,.2f}".replace(",", group), "en") == number


@given(number=st.integers(min_value=-(10**12), max_value=10**12), group=spaces)
def test_whole_number_is_read_by_its_grouping(number, group):
    written = take_apart(f"{number:,}".replace(",", group))

    assert (written.value("") if not written.is_ambiguous else written.grouped) == number


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=4))
def test_float_is_read_as_the_sheet_shows_it(whole, places):
    number = Decimal(whole) / 10**places

    assert from_float(float(number)) == number
