"""Labels at several levels in one column, subtotals, and totals over rows and columns."""

import openpyxl
import pytest
from openpyxl.styles import Alignment

NBSP = "\u00a0"


def figures(reading, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in reading.rows if not row.held]


def totals(reading):
    return [
        (total.cell, total.organisation, total.region, int(total.stated), total.ok)
        for total in reading.control_totals
    ]


def told(reading):
    return [(problem.cell, problem.severity, problem.code) for problem in reading.problems]


@pytest.mark.parametrize("men", ["männlich", "  davon männlich", "Männer"])
def test_women_below_the_men_are_those_of_whoever_is_above_both(read, sheet, men):
    rows = [["IHK Köln", 120], [men, 70], ["davon weiblich", 50], ["IHK Kölln", 9], ["davon weiblich", 4]]
    reading = read(sheet(["Kammer", "Neuverträge 2016"], *rows))

    assert figures(reading, "organisation", "target_group", "value") == [
        ("IHK-142", "_T", 120),
        ("IHK-142", "W", 50),
    ]


@pytest.mark.parametrize("space", ["", "  ", NBSP * 2])
def test_land_over_its_occupations_gives_them_the_region(read, sheet, space):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Unbesetzte Ausbildungsstellen 2016"],
            [],
            ["", "Anzahl"],
            ["Bayern", 12],
            [f"{space}24 Metallerzeugung, -bearbeitung, Metallbau", 5],
            [f"{space}71 Berufe in Unternehmensführung und -organisation", 7],
            ["Hessen", 9],
            [f"{space}24 Metallerzeugung, -bearbeitung, Metallbau", 8],
            [f"{space}Sonstige Berufe", 2],
        )
    )

    assert figures(reading, "region", "occupation", "value") == [
        ("09", "_T", 12),
        ("09", "24", 5),
        ("09", "71", 7),
        ("06", "_T", 9),
        ("06", "24", 8),
        ("06", "_U", 2),
    ]
    assert told(reading) == [("B8", "query", "parts_differ")]


@pytest.mark.parametrize("space", ["", "    "])
def test_head_without_values_gives_its_rows_what_they_lack(read, sheet, space):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Beruf", "Unbesetzte Ausbildungsstellen 2016"],
            ["Bayern"],
            [f"{space}24 Metallbau", 5],
            [f"{space}Insgesamt", 5],
            ["Hessen"],
            [f"{space}24 Metallbau", 8],
            [f"{space}Insgesamt", 8],
        )
    )

    assert figures(reading, "region", "occupation", "value") == [
        ("09", "24", 5),
        ("09", "_T", 5),
        ("06", "24", 8),
        ("06", "_T", 8),
    ]
    assert told(reading) == []
    assert [row.kind for row in reading.sheets[0].rows] == [
        *("title", "header", "section", "data", "total", "section", "data", "total"),
    ]


def test_chambers_over_their_occupations(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            ["Kammer / Beruf", "Plätze"],
            ["IHK Köln", 12],
            ["  24 Metallbau", 5],
            ["  71 Büro", 7],
            ["IHK Aachen", 3],
            ["  24 Metallbau", 3],
            ["Insgesamt", 15],
        )
    )

    assert reading.status == "ready"
    assert figures(reading, "organisation", "occupation", "value") == [
        ("IHK-142", "_T", 12),
        ("IHK-142", "24", 5),
        ("IHK-142", "71", 7),
        ("IHK-101", "_T", 3),
        ("IHK-101", "24", 3),
    ]
    assert totals(reading) == [("B8", "", "", 15, True)]


def test_groups_below_their_indicator(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["Kennzahl", 2015, 2016],
            ["EQ-Plätze", 10, 12],
            ["darunter Frauen", 4, 5],
            ["darunter Geflüchtete", 1, 2],
            ["Praktikumsplätze", 20, 22],
            ["darunter Frauen", 9, 8],
        )
    )

    assert figures(reading, "indicator", "year", "target_group", "value")[::2] == [
        ("training_placements", 2015, "_T", 10),
        ("training_placements", 2015, "W", 4),
        ("training_placements", 2015, "J5", 1),
        ("internships", 2015, "_T", 20),
        ("internships", 2015, "W", 9),
    ]
    assert told(reading) == []


def test_years_in_the_column_of_the_chambers(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze", "Praktikumsplätze"],
            [2015, "", ""],
            ["IHK Köln", 5, 6],
            ["IHK Aachen", 7, 8],
            [2016, "", ""],
            ["IHK Köln", 9, 10],
            ["IHK Aachen", 11, 12],
        )
    )

    assert figures(reading, "year", "organisation", "value")[::2] == [
        (2015, "IHK-142", 5),
        (2015, "IHK-101", 7),
        (2016, "IHK-142", 9),
        (2016, "IHK-101", 11),
    ]


def test_indent_of_the_alignment_counts_like_spaces(read, sheet):
    path = sheet(
        ["IHK Köln"],
        ["Beruf", "EQ-Plätze 2016"],
        ["Metallberufe", 9],
        ["24 Metallbau", 5],
        ["26 Mechatronik", 3],
        ["Insgesamt", 8],
    )
    book = openpyxl.load_workbook(path)
    for row in (4, 5):
        book.active.cell(row, 1).alignment = Alignment(indent=1)
    book.save(path)

    reading = read(path)

    assert figures(reading, "occupation", "value") == [("24", 5), ("26", 3), ("_T", 8)]
    assert told(reading) == [
        ("A3", "note", "subtotal_not_kept"),
        ("B3", "query", "subtotal_differs"),
    ]


def test_unknown_district_over_its_chambers_is_their_subtotal(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["Bezirk Mitte", 12],
            ["  IHK Köln", 5],
            ["  IHK Aachen", 7],
            ["Insgesamt", 12],
        )
    )

    assert figures(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7)]
    assert totals(reading) == [("B5", "", "", 12, True)]
    assert told(reading) == [("A2", "note", "subtotal_not_kept")]


def test_land_over_its_chambers_is_a_control_total(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["Nordrhein-Westfalen", 12],
            ["  IHK Köln", 5],
            ["  IHK Aachen", 7],
            ["Bayern", 4],
            ["  IHK Schwaben", 3],
        )
    )

    assert figures(reading, "organisation", "region", "value") == [
        ("IHK-142", "05", 5),
        ("IHK-101", "05", 7),
        ("IHK-104", "09", 3),
    ]
    assert totals(reading) == [("B2", "", "05", 12, True), ("B5", "", "09", 4, False)]


def test_group_within_a_group_is_refused(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze 2016"],
            ["Zielgruppe", "Plätze"],
            ["Insgesamt", 10],
            ["  Frauen", 4],
            ["  Geflüchtete", 3],
            ["    Frauen", 1],
        )
    )

    assert figures(reading, "target_group", "value") == [("_T", 10), ("W", 4), ("J5", 3)]
    assert told(reading) == [("A7", "error", "target_group_within")]


def test_group_within_a_group_of_the_heading_is_left_out(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016", "", "", ""],
            ["", "Insgesamt", "Frauen", "Geflüchtete", ""],
            ["", "", "", "Insgesamt", "Frauen"],
            ["IHK Köln", 10, 4, 3, 1],
            merge=("B1:E1", "D2:E2"),
        )
    )

    assert figures(reading, "target_group", "value") == [("_T", 10), ("W", 4), ("J5", 3)]
    assert told(reading) == [("E3", "note", "column_not_kept")]


@pytest.mark.parametrize("first", [True, False])
def test_total_column_over_chambers_is_a_control_total(read, sheet, first):
    order = ["Insgesamt", "IHK Köln", "IHK Aachen"] if first else ["IHK Köln", "IHK Aachen", "Insgesamt"]
    values = {"Insgesamt": (12, 9), "IHK Köln": (5, 3), "IHK Aachen": (7, 4)}
    reading = read(
        sheet(
            ["EQ-Plätze"],
            ["Jahr", *order],
            *([year, *[values[name][place] for name in order]] for place, year in enumerate((2015, 2016))),
        )
    )

    assert reading.status == "ready"
    assert sorted(figures(reading, "year", "organisation", "value")) == [
        (2015, "IHK-101", 7),
        (2015, "IHK-142", 5),
        (2016, "IHK-101", 4),
        (2016, "IHK-142", 3),
    ]
    assert [(stated, ok) for *_, stated, ok in totals(reading)] == [(12, True), (9, False)]


def test_total_column_over_laender_is_a_control_total(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            ["Eintritte in AsA"],
            ["Jahr", "Bayern", "Hessen", "Insgesamt"],
            [2015, 5, 7, 12],
            [2016, 6, 8, 15],
        )
    )

    assert figures(reading, "year", "region", "value") == [
        (2015, "09", 5),
        (2015, "06", 7),
        (2016, "09", 6),
        (2016, "06", 8),
    ]
    assert totals(reading) == [("D4", "BA", "DE", 12, True), ("D5", "BA", "DE", 15, False)]


def test_total_column_over_occupations_is_the_statement(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            [
                "Kammer",
                "24 Metallbau",
                "Gartenbauberufe und Floristik",
                "Insgesamt",
            ],
            ["IHK Köln", 5, 7, 12],
            ["IHK Aachen", 1, 2, 4],
        )
    )

    assert figures(reading, "organisation", "occupation", "value") == [
        ("IHK-142", "24", 5),
        ("IHK-142", "12", 7),
        ("IHK-142", "_T", 12),
        ("IHK-101", "24", 1),
        ("IHK-101", "12", 2),
        ("IHK-101", "_T", 4),
    ]
    assert told(reading) == [("D4", "query", "parts_differ")]


@pytest.mark.parametrize(
    ("parts", "left_out"), [((2015, 2016), True), (("EQ-Plätze 2016", "Praktikumsplätze 2016"), True)]
)
def test_total_over_years_or_indicators_is_left_out(read, sheet, parts, left_out):
    reading = read(sheet(["EQ-Plätze"], ["Kammer", *parts, "Summe"], ["IHK Köln", 5, 7, 12]))

    assert [row.value for row in reading.rows] == [5, 7]
    assert told(reading) == [("D2", "note", "column_ignored")]


def test_total_column_beside_overlapping_groups_is_everyone(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016", "", ""],
            ["", "Frauen", "Geflüchtete", "Insgesamt"],
            ["IHK Köln", 5, 7, 9],
        )
    )

    assert figures(reading, "target_group", "value") == [("W", 5), ("J5", 7), ("_T", 9)]
    assert told(reading) == []


def test_occupations_written_once_hold_for_the_rows_below(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["EQ-Plätze"],
            ["Beruf", "Jahr", "Plätze"],
            ["24 Metallbau", 2015, 5],
            ["", 2016, 6],
            ["71 Büro", 2015, 7],
            ["", 2016, 8],
        )
    )

    assert figures(reading, "occupation", "year", "value") == [
        ("24", 2015, 5),
        ("24", 2016, 6),
        ("71", 2015, 7),
        ("71", 2016, 8),
    ]


def test_blank_occupation_beside_a_chamber_written_once_is_its_total(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "Beruf", "EQ-Plätze 2016"],
            ["IHK Köln", "", 12],
            ["", "24 Metallbau", 5],
            ["", "71 Büro", 7],
            ["IHK Aachen", "", 3],
            ["", "24 Metallbau", 3],
        )
    )

    assert figures(reading, "organisation", "occupation", "value") == [
        ("IHK-142", "_T", 12),
        ("IHK-142", "24", 5),
        ("IHK-142", "71", 7),
        ("IHK-101", "_T", 3),
        ("IHK-101", "24", 3),
    ]
    assert told(reading) == []


def test_unknown_indicator_over_others_is_no_subtotal(read, sheet):
    reading = read(
        sheet(
            ["IHK Köln"],
            ["Kennzahl", 2016],
            ["Alles zusammengezählt, neu", 12],
            ["  EQ-Plätze", 5],
            ["  Praktikumsplätze", 7],
        )
    )

    assert figures(reading, "indicator", "value") == [("training_placements", 5), ("internships", 7)]
    assert told(reading) == [("A3", "error", "indicator_unknown")]


def test_number_alone_among_chambers_is_no_occupation(read, sheet):
    rows = [["IHK Köln", 240], [1, 2], ["IHK Aachen", 120]]

    reading = read(sheet(["Plätze EQ 2016"], [], ["Kammer", "Plätze EQ"], *rows))

    assert [(row.cell, row.occupation) for row in reading.rows if not row.held] == [
        ("B4", "_T"),
        ("B6", "_T"),
    ]
