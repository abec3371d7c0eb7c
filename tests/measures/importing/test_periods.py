"""Periods as spreadsheets name them, and which of them are the year an indicator is kept for."""

import datetime as dt

import pytest

from measures.importing.text.periods import (
    AFTER_30_SEPTEMBER,
    CALENDAR_YEAR,
    MARKET_YEAR,
    ON_30_SEPTEMBER,
    ON_31_DECEMBER,
    SCHOOL_YEAR,
    periods_in,
    year_meant,
)
from measures.importing.text.years import Year, parse_year

HALF, QUARTER, NINE_MONTHS = (
    ("2016-01-01", "2016-06-30"),
    ("2016-01-01", "2016-03-31"),
    ("2016-01-01", "2016-09-30"),
)
MARKET = ("2015-10-01", "2016-09-30")
YEAR, TERM = ("2016-01-01", "2016-12-31"), ("2015-01-01", "2018-12-31")


@pytest.mark.parametrize(
    ("text", "form", "days"),
    [
        ("2016", "year", YEAR),
        ("FY2016", "year", YEAR),
        ("1. Halbjahr 2016", "part", HALF),
        ("I. Halbjahr 2016", "part", HALF),
        ("erstes Halbjahr 2016", "part", HALF),
        ("1. HJ 2016", "part", HALF),
        ("H1 2016", "part", HALF),
        ("2016 H1", "part", HALF),
        ("Q1/2016", "part", QUARTER),
        ("2016 Q1", "part", QUARTER),
        ("1. Quartal 2016", "part", QUARTER),
        ("I. Quartal 2016", "part", QUARTER),
        ("1.-3. Quartal 2016", "part", NINE_MONTHS),
        ("I. bis III. Quartal 2016", "part", NINE_MONTHS),
        ("Jan–Jun 2016", "part", HALF),
        ("Januar bis Juni 2016", "part", HALF),
        ("Jan-Dez 2016", "part", YEAR),
        ("Okt 2015 bis Sep 2016", "part", MARKET),
        ("10/2015 - 09/2016", "part", MARKET),
        ("1.10.2015–30.09.2016", "part", MARKET),
        ("01.01. bis 31.12.2016", "part", YEAR),
        ("Juni 2016", "part", ("2016-06-01", "2016-06-30")),
        ("Jun 16", "part", ("2016-06-01", "2016-06-30")),
        ("06/2016", "part", ("2016-06-01", "2016-06-30")),
        ("2016-06", "part", ("2016-06-01", "2016-06-30")),
        ("2016/06", "part", ("2016-06-01", "2016-06-30")),
        ("2015–2018", "span", TERM),
        ("2015 bis 2018", "span", TERM),
        ("2015/16", "season", ("2015-01-01", "2016-12-31")),
        ("2015/2016", "season", ("2015-01-01", "2016-12-31")),
        ("seit 2016", "since", YEAR),
        ("bis 2016", "since", YEAR),
        ("30.09.2016", "day", ("2016-09-30", "2016-09-30")),
        ("30. September 2016", "day", ("2016-09-30", "2016-09-30")),
        ("2016-09-30", "day", ("2016-09-30", "2016-09-30")),
    ],
)
def test_period_is_recognised(text, form, days):
    (period,) = periods_in(text)

    assert (period.start, period.end) == (0, len(text))
    assert (period.form, str(period.first), str(period.last)) == (form, *days)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1. Halbjahr", (1, 6)),
        ("Q3", (7, 9)),
        ("Jan. - Juni", (1, 6)),
        ("Monat 6", (6, 6)),
        ("(30.9.)", (9, 30)),
    ],
)
def test_period_without_a_year_waits_for_one(text, months):
    (period,) = periods_in(text)

    assert (period.last, period.months) == (None, months)


@pytest.mark.parametrize(
    "text",
    ["", "1.204 Plätze", "20.000", "1. Lehrjahr", "3 Angebote", "§ 54a", "Mai", "i. H. v.", "H1-3", "12345"],
)
def test_other_text_names_no_period(text):
    assert periods_in(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "year"),
    [
        ("2016", CALENDAR_YEAR, 2016),
        ("2016", AFTER_30_SEPTEMBER, 2016),
        ("Jan-Dez 2016", CALENDAR_YEAR, 2016),
        ("Jan-Dez 2016", MARKET_YEAR, None),
        ("Jan-Jun 2016", CALENDAR_YEAR, None),
        ("1.10.2015–30.09.2016", MARKET_YEAR, 2016),
        ("1.10.2015–30.09.2016", CALENDAR_YEAR, None),
        ("1.10.2016 bis 15.01.2017", AFTER_30_SEPTEMBER, 2016),
        ("1.8.2015 bis 31.7.2016", SCHOOL_YEAR, 2016),
        ("30.09.2016", ON_30_SEPTEMBER, 2016),
        ("30.09.2016", MARKET_YEAR, 2016),
        ("30.06.2016", ON_30_SEPTEMBER, None),
        ("September 2016", ON_30_SEPTEMBER, 2016),
        ("31.12.2016", ON_31_DECEMBER, 2016),
        ("31.12.2016", CALENDAR_YEAR, 2016),
        ("30.09.2016", CALENDAR_YEAR, None),
        ("2015/16", MARKET_YEAR, 2016),
        ("2015/16", AFTER_30_SEPTEMBER, 2015),
        ("2015/16", CALENDAR_YEAR, None),
        ("2015–2018", CALENDAR_YEAR, None),
        ("seit 2015", CALENDAR_YEAR, None),
    ],
)
def test_period_is_the_year_only_if_it_is_all_of_it(text, kind, year):
    (period,) = periods_in(text)

    assert year_meant(period, kind) == year


def test_half_year_takes_the_year_that_stands_elsewhere():
    (period,) = periods_in("2. Halbjahr")

    within = period.within(2016)

    assert (within.first, within.last) == (dt.date(2016, 7, 1), dt.date(2016, 12, 31))


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("2016", ""),
        ("2016 (vorläufig)", "preliminary"),
        ("2016 vorl.", "preliminary"),
        ("2016 preliminary", "preliminary"),
        ("2016 p", "preliminary"),
        ("2016 geschätzt", "estimate"),
        ("2016 (Schätzung)", "estimate"),
        ("2016 s", "estimate"),
        ("2016 revidiert", "revised"),
        ("2016 korrigiert", "revised"),
        ("2016 (r)", "revised"),
    ],
)
def test_year_comes_with_the_quality_that_is_said_of_it(text, quality):
    assert parse_year(text) == Year(2016, quality=quality)


@pytest.mark.parametrize("text", ["2016 x", "2016 geplant", "2016 vorletztes"])
def test_year_with_another_word_is_none(text):
    assert parse_year(text) is None


@pytest.mark.parametrize(
    ("headings", "figures"), [(["1. Halbjahr 2017"], []), (["2016", "1. Halbjahr 2017"], [2016, 2016])]
)
def test_half_year_beside_a_year_is_asked_about_once_and_keeps_only_its_own_values(
    read, sheet, headings, figures
):
    lines = (["IHK Köln", "EQ-Plätze", 4, 3], ["IHK Köln", "Zusätzliche Ausbildungsplätze", 5, 7])
    width = 2 + len(headings)

    reading = read(sheet(["Kammer", "Kennzahl", *headings], *(line[:width] for line in lines)))

    assert [(question.code, question.column) for question in reading.questions] == [("period", width - 1)]
    assert [row.year for row in reading.rows] == figures


@pytest.mark.parametrize("heading", ["Quartal", "Quartal 2016"])
def test_column_of_quarters_leaves_the_whole_table_open(read, sheet, heading):
    reading = read(
        sheet(
            ["Kammer", "Kennzahl", heading, "2016"],
            ["IHK Köln", "EQ-Plätze", 1, 4],
            ["IHK Köln", "EQ-Plätze", 2, 5],
        )
    )

    assert ("period", -1) in [(question.code, question.column) for question in reading.questions]
    assert reading.rows == []


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [("zum 01.10.", 2016, "2016-10-01"), ("30.9.", 2017, "2017-09-30"), ("29.2.", 2015, None)],
)
def test_day_without_a_year_is_that_day_of_the_year_that_stands_elsewhere(text, year, day):
    [period] = periods_in(text)

    within = period.within(year)

    expected = day and dt.date.fromisoformat(day)
    assert (within.first, within.last) == (expected, expected)
