"""Rows and columns computed from others are compared and set aside, and nothing is lost to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import share

HEADING = ["Kammer", "EQ-Plätze 2016"]
ROWS = [["IHK Köln", 240], ["IHK Aachen", 120], ["IHK Bonn/Rhein-Sieg", 75]]


def values(reading):
    return [(row.cell, row.value) for row in reading.rows if not row.held]


def problems(reading):
    return [(problem.cell, problem.code) for problem in reading.problems]


def test_sum_without_a_label_is_no_figure_of_the_chamber_above(read, sheet):
    reading = read(sheet(HEADING, *ROWS, ["IHK Trier", ""], ["", 435]))

    assert values(reading) == [("B2", 240), ("B3", 120), ("B4", 75)]
    assert problems(reading) == [("B5", "empty_not_reported"), ("A6", "subtotal_not_kept")]


def test_number_without_a_label_that_is_no_sum_is_held(read, sheet):
    reading = read(sheet(HEADING, *ROWS, ["IHK Trier", ""], ["", 434]))

    assert values(reading) == [("B2", 240), ("B3", 120), ("B4", 75)]
    assert [row.cell for row in reading.rows if row.held] == ["B6"]


@pytest.mark.parametrize(
    "label", ["Rheinland gesamt", "Übrige Total", "Regierungsbezirk Köln zusammen", "Übertrag"]
)
def test_sum_is_recognised_by_word_and_arithmetic(read, sheet, label):
    reading = read(sheet(HEADING, *ROWS, [label, 435], ["IHK Trier", 60]))

    assert values(reading) == [("B2", 240), ("B3", 120), ("B4", 75), ("B6", 60)]
    assert problems(reading) == [("A5", "subtotal_not_kept")]


def test_word_alone_makes_no_sum_of_an_unknown_organisation(read, sheet):
    reading = read(sheet(HEADING, *ROWS, ["Rheinland gesamt", 436], ["IHK Trier", 60]))

    assert ("A5", "organisation_unknown") in problems(reading)
    assert values(reading) == [("B2", 240), ("B3", 120), ("B4", 75), ("B6", 60)]


def test_arithmetic_alone_makes_no_sum_of_an_unknown_organisation(read, sheet):
    reading = read(sheet(HEADING, *ROWS, ["IHK Irgendwo", 435], ["IHK Trier", 60]))

    assert problems(reading) == [("A5", "organisation_unknown")]


@pytest.mark.parametrize(
    ("label", "value"), [("Durchschnitt", 145), ("Mittelwert", 145), ("Median", 120), ("Anzahl Kammern", 3)]
)
def test_statistics_are_no_figures(read, sheet, label, value):
    reading = read(sheet(HEADING, *ROWS, [label, value]))

    assert values(reading) == [("B2", 240), ("B3", 120), ("B4", 75)]
    assert problems(reading) == [("A5", "subtotal_not_kept")]


def test_wrong_mean_is_a_query(read, sheet):
    reading = read(sheet(HEADING, *ROWS, ["Durchschnitt", 146]))

    assert problems(reading) == [("A5", "subtotal_not_kept"), ("B5", "computed_differs")]


def test_sum_beside_a_land_with_an_empty_chamber_is_compared(read, sheet):
    reading = read(
        sheet(
            ["Land", "Kammer", "EQ-Plätze 2016"],
            ["Rheinland-Pfalz", "IHK Trier", 60],
            ["", "IHK Koblenz", 90],
            ["Rheinland-Pfalz zusammen", "", 150],
            ["Nordrhein-Westfalen", "IHK Aachen", 120],
            ["", "IHK Köln", 240],
            ["Nordrhein-Westfalen zusammen", "", 360],
        )
    )

    assert values(reading) == [("C2", 60), ("C3", 90), ("C5", 120), ("C6", 240)]
    assert problems(reading) == [("A4", "subtotal_not_kept"), ("A7", "subtotal_not_kept")]


TWO_YEARS = [
    ["IHK Köln", 240, 252, 12],
    ["IHK Aachen", 120, 131, 11],
    ["IHK Bonn/Rhein-Sieg", 75, 71, -4],
    ["IHK Trier", 60, 67, 7],
    ["IHK Koblenz", 288, 305, 17],
]


def test_difference_column_is_set_aside_without_a_question(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016", "EQ-Plätze Δ"], *TWO_YEARS))

    assert reading.status == "ready"
    assert len(values(reading)) == 10
    assert problems(reading) == [("D1", "column_ignored")]


def test_cell_of_a_difference_column_that_disagrees_is_a_query(read, sheet):
    rows = [[*row] for row in [*TWO_YEARS, ["IHK Ulm", 188, 199, 12]]]
    reading = read(sheet(["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016", "EQ-Plätze Δ"], *rows))

    assert len(values(reading)) == 12
    assert problems(reading) == [("D1", "column_ignored"), ("D7", "computed_cell_differs")]


def test_column_that_is_no_difference_is_still_asked_about(read, sheet):
    rows = [
        [name, one, other, number]
        for (name, one, other, _), number in zip(TWO_YEARS, (9, 31, 5, 2, 44), strict=True)
    ]
    reading = read(sheet(["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016", "EQ-Plätze Δ"], *rows))

    assert [(question.code, question.found) for question in reading.questions] == [("column", "EQ-Plätze Δ")]


KNOWN = ["IHK Köln", "IHK Aachen", "IHK Bonn/Rhein-Sieg", "IHK Trier", "IHK Koblenz", "IHK Ulm"]
pairs = st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 9000)), min_size=3, max_size=6)


def _stored(reading):
    return {(row.organisation, row.year): row.value for row in reading.rows if not row.held}


@share(1)
@given(
    figures=pairs,
    place=st.integers(2, 6),
    label=st.sampled_from(["", "Rheinland gesamt", "Summe", "Durchschnitt"]),
)
def test_inserted_rows_change_no_figure(read, sheet, figures, place, label):
    heading = ["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016"]
    rows = [[name, *row] for name, row in zip(KNOWN, figures, strict=False)]
    before = _stored(read(sheet(heading, *rows)))
    above = figures[:place]
    added = [sum(column) for column in zip(*above, strict=True)]
    if label == "Durchschnitt":
        added = [round(number / len(above), 1) for number in added]

    reading = read(sheet(heading, *rows[:place], [label, *added], *rows[place:]))

    assert reading.status == "ready"
    assert _stored(reading).items() <= before.items()
    held = {row.cell for row in reading.rows if row.held}
    assert len(before) - len(_stored(reading)) <= len(held)


@share(1)
@given(figures=pairs, kind=st.sampled_from(["Δ", "Anteil", "Quote neu"]))
def test_inserted_columns_change_no_figure(read, sheet, figures, kind):
    heading = ["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016"]
    rows = [[name, *row] for name, row in zip(KNOWN, figures, strict=False)]
    before = _stored(read(sheet(heading, *rows)))
    more = [second - first if kind == "Δ" else round(first / second * 100, 1) for first, second in figures]

    reading = read(
        sheet([*heading, f"EQ-Plätze {kind}"], *([*row, each] for row, each in zip(rows, more, strict=True)))
    )

    assert reading.status == "needs_answers" or _stored(reading).items() <= before.items()
