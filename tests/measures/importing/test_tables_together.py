"""Several tables on one sheet: side by side, stacked, and apart only by looks."""

import pytest


def found(reading):
    return [
        (row.indicator, row.year, row.organisation, int(row.value), row.cell)
        for row in reading.rows
        if not row.held
    ]


def totals(reading):
    return [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]


def areas(reading):
    return [
        (area.first_column, area.header_first, area.data_last, area.last_column)
        for area in reading.sheets[0].areas
    ]


def test_two_tables_side_by_side(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016", "", "", "", "Praktikumsplätze 2015"],
            [],
            ["Kammer", "Plätze", "", "", "Kammer", "Plätze"],
            ["IHK Köln", 5, "", "", "IHK Aachen", 7],
            ["IHK Aachen", 6, "", "", "IHK Köln", 8],
            ["Summe", 11, "", "", "IHK Ulm", 9],
            ["", "", "", "", "Summe", 25],
        )
    )

    assert reading.status == "ready"
    assert found(reading) == [
        ("training_placements", 2016, "IHK-142", 5, "B4"),
        ("training_placements", 2016, "IHK-101", 6, "B5"),
        ("internships", 2015, "IHK-101", 7, "F4"),
        ("internships", 2015, "IHK-142", 8, "F5"),
        ("internships", 2015, "IHK-177", 9, "F6"),
    ]
    assert totals(reading) == [("B6", 11, True), ("F7", 25, False)]
    assert areas(reading) == [("A", 3, 6, "B"), ("E", 3, 7, "F")]


def test_title_over_both_tables_holds_for_both(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            [],
            ["IHK", "Plätze", "", "HWK", "Plätze"],
            ["Köln", 5, "", "Köln", 7],
            ["Aachen", 6, "", "Aachen", 8],
        )
    )

    assert found(reading) == [
        ("training_placements", 2016, "IHK-142", 5, "B4"),
        ("training_placements", 2016, "IHK-101", 6, "B5"),
        ("training_placements", 2016, "HWK-00032", 7, "E4"),
        ("training_placements", 2016, "HWK-00033", 8, "E5"),
    ]


def test_tables_of_different_length_below_each_other_and_abreast(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016", "", "Kammer", "Praktikumsplätze 2016"],
            ["IHK Köln", 5, "", "IHK Köln", 1],
            ["IHK Aachen", 6, "", "IHK Aachen", 2],
            ["", "", "", "IHK Ulm", 3],
            [],
            [
                "Kammer",
                "EQ-Plätze 2015",
                "Willkommenslotsen 2015",
                "Beratungen 2015",
                "Praktikumsplätze 2015",
            ],
            ["IHK Köln", 7, 8, 9, 10],
            ["IHK Aachen", 11, 12, 13, 14],
        )
    )

    assert areas(reading) == [("A", 1, 3, "B"), ("D", 1, 4, "E"), ("A", 6, 8, "E")]
    assert [entry[3] for entry in found(reading)] == [5, 6, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14]


@pytest.mark.parametrize("merge", [(), ("B1:E1",)])
def test_empty_column_between_years_parts_nothing(read, sheet, merge):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze", "", "", "EQ-Plätze"],
            ["", 2015, "", "", 2016],
            ["IHK Köln", 5, "", "", 7],
            ["IHK Aachen", 6, "", "", 8],
            merge=merge,
        )
    )

    assert [(entry[1], entry[3]) for entry in found(reading)] == [(2015, 5), (2016, 7), (2015, 6), (2016, 8)]
    assert areas(reading) == [("A", 1, 4, "E")]


def test_remark_far_to_the_right_is_no_table(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016", "", "", "Rückfragen an Frau Meier"],
            ["IHK Köln", 5, "", "", "Stand 3/2017"],
            ["IHK Aachen", 6, "", "", ""],
        )
    )

    assert found(reading) == [
        ("training_placements", 2016, "IHK-142", 5, "B2"),
        ("training_placements", 2016, "IHK-101", 6, "B3"),
    ]


def test_head_of_the_sheet_holds_for_the_tables_below(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["Jahresmeldung 2016"],
            [],
            ["EQ-Plätze"],
            ["Zielgruppe", "Anzahl"],
            ["Insgesamt", 5],
            ["Frauen", 2],
            [],
            ["Praktikumsplätze"],
            ["Zielgruppe", "Anzahl"],
            ["Insgesamt", 7],
            ["Frauen", 3],
        )
    )

    assert reading.status == "ready"
    assert found(reading) == [
        ("training_placements", 2016, "IHK-142", 5, "B6"),
        ("training_placements", 2016, "IHK-142", 2, "B7"),
        ("internships", 2016, "IHK-142", 7, "B11"),
        ("internships", 2016, "IHK-142", 3, "B12"),
    ]


def test_indicator_of_one_table_is_not_that_of_the_next(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln: EQ-Plätze 2016"],
            [],
            ["Zielgruppe", "Anzahl"],
            ["Insgesamt", 5],
            [],
            ["Sonstige Plätze 2016"],
            ["Zielgruppe", "Anzahl"],
            ["Insgesamt", 7],
        )
    )

    assert [(row.indicator, row.value) for row in reading.rows] == [("training_placements", 5)]
