"""Rows that no label explains are recognised by recomputing them; the decision keeps what they rest on."""

import pytest

from measures.importing.decisions import COLUMN, ROW

HEADING = ["Kammer", "EQ-Plätze 2015", "EQ-Plätze 2016", "EQ-Plätze 2017"]
KOELN, AACHEN = ["IHK Köln", 241, 252, 263], ["IHK Aachen", 127, 131, 114]
BONN, TRIER = ["IHK Bonn/Rhein-Sieg", 75, 71, 83], ["IHK Trier", 62, 67, 59]


def stored(reading):
    return {row.cell for row in reading.rows if not row.held}


def reasons(reading, kind):
    return {
        decision.subject.place: [(piece.code, dict(piece.params)) for piece in decision.evidence]
        for decision in reading.decisions
        if decision.kind == kind
    }


def test_sum_above_its_rows_needs_no_label(read, sheet):
    reading = read(sheet(HEADING, ["", 443, 454, 460], KOELN, AACHEN, BONN))

    assert stored(reading) == {f"{column}{row}" for column in "BCD" for row in (3, 4, 5)}
    assert reasons(reading, ROW)["2"] == [("computed_from_rows", {"rows": "3–5", "kind": "sum"})]


@pytest.mark.parametrize(
    ("row", "kind", "rows"),
    [
        (["", 126.3, 130.3, 129.8], "mean", "2–5"),
        (["+/-", 114, 121, 149], "difference", "2–3"),
        (["Anteil in %", 52.7, 51.98, 43.35], "share", "2–3"),
        (["Veränderung in %", 89.8, 92.4, 130.7], "change", "2–3"),
    ],
)
def test_row_is_proven_computed_by_its_numbers(read, sheet, row, kind, rows):
    reading = read(sheet(HEADING, KOELN, AACHEN, BONN, TRIER, row))

    assert stored(reading) == {f"{column}{row}" for column in "BCD" for row in (2, 3, 4, 5)}
    assert reasons(reading, ROW)["6"] == [("computed_from_rows", {"rows": rows, "kind": kind})]


def test_word_for_a_change_proves_nothing(read, sheet):
    reading = read(sheet(HEADING, KOELN, AACHEN, BONN, TRIER, ["Veränderung in %", 17, 40, 22]))

    assert stored(reading) == {f"{column}{row}" for column in "BCD" for row in (2, 3, 4, 5)}
    assert ("A6", "organisation_unknown") in [(problem.cell, problem.code) for problem in reading.problems]


def test_subtotals_per_land_without_any_label_are_recognised(read, sheet):
    reading = read(
        sheet(
            ["Land", *HEADING],
            ["Nordrhein-Westfalen", *KOELN],
            ["", *AACHEN],
            ["", *BONN],
            ["", "", 443, 454, 460],
            ["Rheinland-Pfalz", *TRIER],
            ["", "IHK Koblenz", 288, 305, 311],
            ["", "", 350, 372, 370],
            ["", "", 793, 826, 830],
        )
    )

    assert stored(reading) == {f"{column}{row}" for column in "CDE" for row in (2, 3, 4, 6, 7)}
    found = {place: reasons(reading, ROW)[place] for place in ("5", "8", "9")}
    assert found == {
        "5": [("computed_from_rows", {"rows": "2–4", "kind": "sum"})],
        "8": [("computed_from_rows", {"rows": "6–7", "kind": "sum"})],
        "9": [("computed_from_rows", {"rows": "5, 8", "kind": "sum"})],
    }


def test_mean_column_is_set_aside_with_its_reason(read, sheet):
    rows = [KOELN, AACHEN, BONN, TRIER, ["IHK Koblenz", 288, 305, 311]]
    rows = [[*row, round(sum(row[1:]) / 3, 1)] for row in rows]
    reading = read(sheet([*HEADING, "EQ-Plätze Mittelfrist"], *rows))

    reason = ("computed_from_columns", {"columns": "B, C, D", "kind": "mean"})
    assert stored(reading) == {f"{column}{row}" for column in "BCD" for row in range(2, 7)}
    assert reason in reasons(reading, COLUMN)["E1:E6"]


@pytest.mark.parametrize(("metal", "differs"), [(12, False), (13, True)])
def test_only_occupations_of_a_file_rounded_to_three_may_differ_from_their_total(read, sheet, metal, differs):
    rows = [["Insgesamt", 36], ["24 Metallbau", metal], ["25 Maschinenbau", 9], ["26 Mechatronik", 6]]
    more = [["27 Technische Entwicklung", 3], ["28 Textil", 3]]
    reading = read(sheet(["IHK Köln"], ["Beruf", "EQ-Plätze 2016"], *rows, *more))

    assert ("parts_differ" in [problem.code for problem in reading.problems]) is differs
