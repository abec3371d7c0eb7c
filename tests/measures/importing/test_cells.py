"""What single cells mean, what is asked about them, and what an answer changes."""

import datetime as dt

import openpyxl
import pytest

from measures.importing import Answers, TableAnswers
from measures.importing.columns.constants import as_of


def found(reading, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in reading.rows if not row.held]


def problems(reading):
    return [(problem.cell, problem.severity, problem.code) for problem in reading.problems]


def totals(reading):
    return [(total.cell, int(total.stated), total.ok) for total in reading.control_totals]


def test_unit_in_thousands_multiplies(read, sheet):
    reading = read(
        sheet(
            ["Bundesagentur für Arbeit"],
            [],
            ["Region", "Eintritte in AsA 2016"],
            ["", "in Tsd."],
            ["Bayern", "522,2"],
            ["Hessen", "1.000,5"],
        )
    )

    assert found(reading, "value") == [(522200,), (1000500,)]


def test_thousands_with_one_mark_are_asked_about(read, sheet):
    rows = [
        ["Bundesagentur für Arbeit"],
        [],
        ["Region", "Eintritte in AsA 2016"],
        ["", "in Tsd."],
        ["Bayern", "1.234"],
    ]
    asked = read(sheet(*rows))
    (question,) = asked.questions
    answers = Answers(tables={question.table: TableAnswers(notation={question.column: "en"})})

    answered = read(sheet(*rows), answers=Answers.from_json(answers.to_json()))

    assert (asked.status, question.code, question.cell) == ("needs_answers", "notation", "B5")
    assert found(answered, "value") == [(1234,)]


def test_mark_of_thousands_is_clear_for_whole_numbers(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", "1.204"], ["IHK Aachen", "2.118"]))

    assert found(reading, "value") == [(1204,), (2118,)]


def test_float_that_lost_its_thousands_mark_is_not_taken_for_a_whole_number(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 18.118]))

    assert (found(reading, "value"), problems(reading)) == ([], [("B2", "error", "not_whole")])


def test_date_made_of_a_label_is_an_error(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 3], ["IHK Aachen", dt.date(2016, 2, 1)]))

    assert problems(reading) == [("B3", "error", "date_not_number")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Kammer", "EQ-Plätze"], ["IHK Köln", 5]], "year"),
        ([["2016"], ["Kammer", "Wert"], ["IHK Köln", 5]], "indicator"),
        ([["Beruf", "EQ-Plätze 2016"], ["24 Metallbau", 5]], "organisation"),
        ([["Kammer", "Modul 7"], ["IHK Köln", 3]], "column"),
    ],
)
def test_what_the_file_does_not_say_is_asked(read, sheet, rows, code):
    reading = read(sheet(*rows))

    assert (reading.status, [question.code for question in reading.questions]) == ("needs_answers", [code])
    assert reading.reason


def test_column_nobody_understands_is_asked_about_and_stops_nobody(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016", "Modul 7"], ["IHK Köln", 5, 3]))

    assert (reading.status, [question.code for question in reading.questions]) == ("ready", ["column"])
    assert found(reading, "value", "cell") == [(5, "B2")]


def test_answers_complete_the_mapping(read, sheet):
    path = sheet(["Kammer", "Wert", "männlich"], ["IHK Köln", 5, 3])
    table = read(path).tables[0].fingerprint
    answers = Answers(
        tables={
            table: TableAnswers(
                roles={2: "ignore"}, constants={"indicator": "training_placements", "year": "2016"}
            )
        }
    )

    reading = read(path, answers=Answers.from_json(answers.to_json()))

    assert reading.status == "ready"
    assert found(reading, "indicator", "year", "value") == [("training_placements", 2016, 5)]


def test_confirmed_names_and_markers_let_the_rows_through(read, sheet):
    path = sheet(["Kammer", "EQ-Plätze 2016"], ["Kammer Atlantis", "k. A."], ["IHK Köln", 4])
    answers = Answers(
        names={"organisation": {"Kammer Atlantis": "IHK-101"}}, markers={"k. A.": "confidential"}
    )

    assert problems(read(path)) == [
        ("A2", "error", "organisation_unknown"),
        ("B2", "query", "absence_to_confirm"),
    ]
    reading = read(path, answers=answers)
    assert found(reading, "organisation", "value", "absence") == [
        ("IHK-101", None, "confidential"),
        ("IHK-142", 4, ""),
    ]
    assert problems(reading) == []


def test_supplier_owns_a_table_that_names_nobody(read, sheet):
    reading = read(
        sheet(["Zielgruppe", "EQ-Plätze 2016"], ["Insgesamt", 5], ["Frauen", 2]), supplier="IHK-142"
    )

    assert found(reading, "organisation", "region", "target_group", "value") == [
        ("IHK-142", "05", "_T", 5),
        ("IHK-142", "05", "W", 2),
    ]


def test_own_keys_are_explained_by_a_list_in_the_file(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["K01", 5],
            ["K02", 6],
            more={"Schlüssel": [["Schlüssel", "Kammer"], ["K01", "IHK Köln"], ["K02", "IHK Aachen"]]},
        )
    )

    assert found(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 6)]


def test_legend_of_the_file_wins_over_custom(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", "-"],
            ["IHK Aachen", "."],
            ["IHK Trier", "x"],
            [],
            ["- = Angabe fällt später an; . = geheim zu halten"],
        )
    )

    assert found(reading, "organisation", "value", "absence") == [
        ("IHK-142", None, "pending"),
        ("IHK-101", None, "confidential"),
        ("IHK-176", None, "not_applicable"),
    ]
    assert problems(reading) == []


@pytest.mark.parametrize(
    ("marker", "meaning"),
    [
        ("-", (0, "", False, False)),
        ("–", (0, "", False, False)),
        ("o", (0, "", True, False)),
        ("* ", (None, "confidential", False, False)),
        ("x", (None, "not_applicable", False, False)),
        ("...", (None, "pending", False, False)),
        ("…", (None, "pending", False, False)),
        ("/", (None, "unknown", False, True)),
        ("(7)", (7, "", False, True)),
        (0, (0, "", False, False)),
    ],
)
def test_marker_is_read_as_statistics_use_it(read, sheet, marker, meaning):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", marker], ["IHK Aachen", 1]))

    assert found(reading, "value", "absence", "below_half_unit", "uncertain")[0] == meaning


@pytest.mark.parametrize("marker", [".", "·", "k. A.", "n/a", "keine Angabe", "unbekannt"])
def test_absence_that_somebody_typed_waits_for_confirmation(read, sheet, marker):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Köln", marker], ["IHK Aachen", 1]))

    assert [(row.absence, row.held) for row in reading.rows] == [("unknown", True), ("", False)]
    assert problems(reading) == [("B2", "query", "absence_to_confirm")]


def test_same_figure_with_different_values_is_held_on_both_cells(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", 5],
            ["IHK Aachen", 1],
            ["IHK zu Köln", 6],
            ["IHK Köln", 5],
        )
    )

    assert found(reading, "organisation", "value") == [("IHK-101", 1)]
    assert problems(reading) == [
        ("B2", "error", "repeated_different"),
        ("B4", "error", "repeated_different"),
        ("B5", "note", "repeated_equal"),
    ]


GIVEN_TWICE = ["Kammer", "EQ-Plätze 2016", "Bemerkung"]


@pytest.mark.parametrize(
    ("first", "second", "stated"),
    [
        (("5", ""), ("5", ""), ("final", "")),
        (("5", "inkl. Süd"), ("5", ""), ("final", "inkl. Süd")),
        (("5", ""), ("5", "inkl. Süd"), ("final", "inkl. Süd")),
        (("ca. 5", ""), ("5", "inkl. Süd"), ("estimate", "inkl. Süd")),
    ],
)
def test_of_a_figure_given_twice_all_is_kept_that_is_said_of_it(read, sheet, first, second, stated):
    reading = read(sheet(GIVEN_TWICE, ["IHK Köln", *first], ["IHK Köln", *second]))

    assert found(reading, "cell", "value", "quality", "note") == [("B2", 5, *stated)]
    assert problems(reading) == [("B3", "note", "repeated_equal")]


@pytest.mark.parametrize(
    ("first", "second"), [(("5", "inkl. Süd"), ("5", "mit Süd")), (("ca. 5", ""), ("5 p", ""))]
)
def test_figure_given_twice_with_different_remarks_or_qualities_is_held(read, sheet, first, second):
    reading = read(sheet(GIVEN_TWICE, ["IHK Köln", *first], ["IHK Köln", *second]))

    assert found(reading, "cell") == []
    assert problems(reading) == [("B2", "error", "repeated_different"), ("B3", "error", "repeated_different")]


def test_land_that_is_not_the_chambers_is_an_error(read, sheet):
    reading = read(
        sheet(["Kammer", "Land", "EQ-Plätze 2016"], ["IHK Köln", "Bayern", 5], ["IHK Trier", "", 3])
    )

    assert found(reading, "organisation", "region", "value") == [("IHK-176", "07", 3)]
    assert problems(reading) == [("B2", "error", "region_differs")]


def test_title_over_the_whole_width_is_no_heading(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze im Jahr 2016"],
            ["Kammer", "Insgesamt", "darunter Frauen"],
            ["IHK Köln", 5, 2],
            merge=["A1:C1"],
        )
    )

    assert found(reading, "indicator", "year", "target_group", "value") == [
        ("training_placements", 2016, "_T", 5),
        ("training_placements", 2016, "W", 2),
    ]


def test_numbered_columns_and_repeated_headings_are_no_data(read, sheet):
    heading = ["Kammer", "EQ-Plätze 2016", "Praktikumsplätze 2016"]
    reading = read(sheet(heading, [1, 2, 3], ["IHK Köln", 5, 6], heading, ["IHK Aachen", 7, 8]))

    assert found(reading, "organisation", "value") == [
        ("IHK-142", 5),
        ("IHK-142", 6),
        ("IHK-101", 7),
        ("IHK-101", 8),
    ]


def test_datenstand_is_not_the_year(read, sheet):
    reading = read(sheet(["EQ-Plätze 2015"], ["Datenstand: März 2016"], ["Kammer", "Wert"], ["IHK Köln", 5]))

    assert found(reading, "year") == [(2015,)]
    assert reading.tables[0].as_of == "2016-03-31"


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Stand: 15. März 2017", "2017-03-15"),
        ("Stand: 15. Mrz. 2017", "2017-03-15"),
        ("Stand 30.09.16", "2016-09-30"),
        ("Stand: 30. 9. 2016", "2016-09-30"),
        ("Datenstand: 2017-01-15", "2017-01-15"),
        ("Datenstand: Jänner 2017", "2017-01-31"),
        ("Datenstand: 09/2016", "2016-09-30"),
        ("Stand: 3. Quartal 2016", "2016-09-30"),
        ("Stand: 31.02.2017", ""),
        ("Stand: 2016", ""),
        ("Stand: 30.09.", ""),
        ("Stand: vorläufig", ""),
        ("Stand: 23.10.2024 / 09:21:37", ""),
    ],
)
def test_datenstand_is_the_day_or_the_last_day_of_the_month_named(stated, day):
    assert as_of([stated]) == day


def test_unknown_name_comes_with_what_it_resembles(read, sheet):
    reading = read(sheet(["Kammer", "EQ-Plätze 2016"], ["IHK Kölln", 5], ["IHK Aachen", 6]))

    (problem,) = reading.problems
    assert problem.code == "organisation_unknown"
    assert "IHK zu Köln" in problem.message or "IHK Köln" in problem.message


def test_every_problem_of_a_row_is_told_at_once(read, sheet):
    reading = read(
        sheet(
            ["Kammer", "Kennzahl", "Jahr", "Zielgruppe", "Wert"],
            ["IHK Atlantis", "Einhörner", "neulich", "Marsmenschen", "viele"],
            ["IHK Köln", "EQ", 2016, "Frauen", 1],
        )
    )

    assert problems(reading) == [
        ("A2", "error", "organisation_unknown"),
        ("B2", "error", "indicator_unknown"),
        ("C2", "error", "year_unreadable"),
        ("D2", "error", "target_group_unknown"),
        ("E2", "error", "not_a_number"),
    ]


def test_form_of_one_chamber_with_its_name_and_year_on_top(read, sheet):
    reading = read(
        sheet(
            ["Kammer:", "IHK zu Köln"],
            ["Berichtsjahr:", 2016],
            [],
            ["Kennzahl", "Zielgruppe", "Wert"],
            ["EQ-Plätze", "Insgesamt", 12],
            ["EQ-Plätze", "darunter: Frauen", 5],
        )
    )

    assert found(reading, "organisation", "year", "target_group", "value") == [
        ("IHK-142", 2016, "_T", 12),
        ("IHK-142", 2016, "W", 5),
    ]


def test_column_that_adds_up_years_is_left_out(read, sheet):
    reading = read(sheet(["EQ-Plätze"], ["Kammer", 2015, 2016, "Insgesamt"], ["IHK Köln", 1, 2, 3]))

    assert found(reading, "year", "value") == [(2015, 1), (2016, 2)]
    assert problems(reading) == [("D2", "note", "column_ignored")]


def test_what_only_the_laender_report_is_theirs(read, sheet):
    reading = read(
        sheet(
            ["Land", "Land hat ein Konzept zur Berufsorientierung (1 = ja) 2016"], ["Bayern", 1], ["NRW", 0]
        )
    )

    assert found(reading, "organisation", "region", "value") == [("LAND-09", "09", 1), ("LAND-05", "05", 0)]


def test_equal_forms_in_one_file_are_told_apart(read, sheet):
    rows = [["Kammer", "Wert"], ["IHK Köln", 5]]
    path = sheet(["EQ-Plätze"], *rows, [], ["Praktikumsplätze"], *rows)

    first, second = read(path).tables
    answers = Answers(
        tables={
            first.fingerprint: TableAnswers(constants={"year": "2015"}),
            second.fingerprint: TableAnswers(constants={"year": "2016"}),
        }
    )

    assert found(read(path, answers=answers), "indicator", "year") == [
        ("training_placements", 2015),
        ("internships", 2016),
    ]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_not(read, sheet):
    path = sheet(
        ["Kammer", "EQ-Plätze 2016"],
        ["IHK Köln", 5],
        ["IHK Aachen", 7],
        more={"Alt": [["Kammer", "EQ-Plätze 2015"], ["IHK Köln", 99]]},
    )
    book = openpyxl.load_workbook(path)
    book["Alt"].sheet_state = "hidden"
    book["Meldung"].row_dimensions[3].hidden = True
    book.save(path)

    reading = read(path)

    assert found(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7)]
    assert [(p.sheet, p.code) for p in reading.problems] == [
        ("Meldung", "rows_hidden"),
        ("Alt", "sheet_hidden"),
    ]
