"""What labels, totals, formulas and the surroundings of real tables hide: one test for each trap."""

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula

from tests.measures.importing.conftest import CHAMBERS
from tests.measures.importing.test_cells import found, problems, totals
from tests.measures.importing.test_traps import COUNT, ods, values

# Footnotes


@pytest.mark.parametrize("year", ["2016 2", "20162)", "2016²", "2016 2)", "2016\n2)", "2016 (2)"])
def test_footnote_mark_glued_to_a_year_is_none_of_its_digits(read, sheet, year):
    heading = read(sheet(["EQ-Plätze"], ["Kammer", 2015, year], ["IHK Köln", 5, 6], [], ["2) vorläufig"]))
    rows = read(sheet(["Kammer", "Jahr", "EQ-Plätze"], ["IHK Köln", year, 6], [], ["2) vorläufig"]))

    assert found(heading, "year", "quality")[1] == (2016, "preliminary")
    assert found(rows, "year", "quality") == [(2016, "preliminary")]


def test_footnote_mark_glued_to_a_season_leaves_the_season_to_be_asked_about(read, sheet):
    """The indicator is of calendar years: 2016/17 might be either."""
    across = read(
        sheet(["EQ-Plätze"], ["Kammer", 2015, "2016/17²"], ["IHK Köln", 5, 6], [], ["2) vorläufig"])
    )
    down = read(sheet(["Kammer", "Jahr", "EQ-Plätze"], ["IHK Köln", "2016/17²", 6], [], ["2) vorläufig"]))

    assert [(question.code, question.cell) for question in across.questions] == [("period", "C2")]
    assert found(across, "year", "value") == [(2015, 5)]
    assert [(problem.code, problem.cell) for problem in down.problems] == [("period_differs", "B2")]
    assert all(row.held for row in down.rows)


@pytest.mark.parametrize("number_", ["1.234 2)", "1234²", "1.234²", "1 234 2)"])
def test_footnote_mark_glued_to_a_number_is_none_of_its_digits(read, column, number_):
    reading = read(column(COUNT, number_, 7, below=[[], ["2) geschätzt"]]))

    assert found(reading, "value", "quality") == [(1234, "estimate"), (7, "final")]


@pytest.mark.parametrize(
    ("label", "mark"), [("IHK Köln 4)", "4"), ("IHK Köln*", "*"), ("IHK Köln⁴", "4"), ("IHK Köln (4)", "4")]
)
def test_footnote_mark_glued_to_a_label_is_no_part_of_the_name(read, sheet, label, mark):
    reading = read(sheet(["Kammer", COUNT], [label, 5], [], [f"{mark}) Ohne Nachmeldungen"]))

    assert found(reading, "organisation", "note") == [("IHK-142", "Ohne Nachmeldungen")]


# Names and codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Freie und Hansestadt Hamburg", "02"),
        ("Hansestadt Hamburg", "02"),
        ("NRW", "05"),
        ("Meck.-Pomm.", "13"),
        ("Sachsen Anhalt", "15"),
        ("Thu\u0308ringen", "16"),
        ("BADEN-WUERTTEMBERG", "08"),
        ("Nordrhein-\nWestfalen", "05"),
    ],
)
def test_land_is_known_by_every_name_it_goes_by(read, sheet, name, code):
    reading = read(sheet(["Land", "Eintritte in AsA 2016"], [name, 5]), supplier="BA")

    assert found(reading, "region") == [(code,)]


def test_name_with_a_typing_error_is_not_guessed(read, sheet):
    reading = read(
        sheet(["Land", "Eintritte in AsA 2016"], ["Baden-Wurttemberg", 5], ["Bayren", 1]), supplier="BA"
    )

    assert ("A3", "error", "region_unknown") in problems(reading)


def test_leading_zero_that_was_lost_is_put_back(read, sheet):
    land = read(sheet(["AGS", "Eintritte in AsA 2016"], [5, 5], ["01", 1], [9, 2]), supplier="BA")
    rows = [["Kammer", "KldB", COUNT], ["IHK Köln", 24, 4], ["IHK Köln", 1, 3], ["IHK Köln", 71, 2]]
    occupation = read(sheet(*rows))

    assert found(land, "region") == [("05",), ("01",), ("09",)]
    assert found(occupation, "occupation") == [("24",), ("01",), ("71",)]


# Totals


@pytest.mark.parametrize(
    "word", ["Insgesamt", "Summe", "Gesamt", "Kammern insgesamt", "Bundesgebiet", "Deutschland"]
)
@pytest.mark.parametrize("first", [True, False])
def test_total_row_is_compared_and_not_counted(read, sheet, word, first):
    rows = [["IHK Köln", 5], ["IHK Aachen", 7]]
    rows.insert(0 if first else 2, [word, 12])

    reading = read(sheet(["Kammer", COUNT], *rows))

    assert found(reading, "organisation", "value") == [("IHK-142", 5), ("IHK-101", 7)]
    assert totals(reading) == [("B2" if first else "B4", 12, True)]


@pytest.mark.parametrize(("stated", "ok"), [(90, True), (93, True), (99, False)])
def test_total_of_numbers_rounded_to_three_may_differ_a_little(read, sheet, stated, ok):
    rounded = zip(CHAMBERS, (12, 15, 18, 21, 24), strict=True)

    reading = read(sheet(["Kammer", COUNT], *rounded, ["Insgesamt", stated]))

    assert totals(reading) == [("B7", stated, ok)]


# Formulas and errors


def test_formulas_without_a_result_are_told_whatever_their_kind(read, tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (["Kammer", COUNT], *([chamber, None] for chamber in CHAMBERS)):
        page.append(row)
    page["B2"] = 5
    page["B3"] = "=SUM(C1:C9)"
    page["B4"] = ArrayFormula("B4:B5", "=C1:C2*2")
    book.save(tmp_path / "meldung.xlsx")

    assert problems(read(tmp_path / "meldung.xlsx")) == [
        ("B3", "error", "formula_without_value"),
        ("B4", "error", "formula_without_value"),
        ("B5", "note", "empty_not_reported"),
        ("B6", "note", "empty_not_reported"),
    ]


def test_formula_that_xls_never_calculated_is_told(read, tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung")
    for row, (chamber, value) in enumerate(
        [("Kammer", COUNT), ("IHK Köln", 5), ("IHK Aachen", xlwt.Formula("SUM(C1:C9)"))]
    ):
        page.write(row, 0, chamber)
        page.write(row, 1, value)
    page.write(3, 0, "IHK Trier")
    page.write(3, 1, xlwt.Formula('IF(C1=0;"";C1)'))
    book.save(str(tmp_path / "meldung.xls"))

    assert problems(read(tmp_path / "meldung.xls")) == [
        ("B3", "error", "formula_without_value"),
        ("B4", "note", "empty_not_reported"),
    ]


def test_formula_that_ods_never_calculated_is_told(read, tmp_path):
    rows = [
        ("Kammer", COUNT),
        ("IHK Köln", ("5", "float", None, "of:=2+3")),
        ("IHK Aachen", ("", None, None, "of:=SUM([.C1:.C9])")),
        ("IHK Trier", ("", "string", None, 'of:=IF([.C1]=0;"";[.C1])')),
    ]

    reading = read(ods(tmp_path / "meldung.ods", rows))

    assert values(reading) == [5]
    assert problems(reading) == [
        ("B3", "error", "formula_without_value"),
        ("B4", "note", "empty_not_reported"),
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "#BEZUG!",
        "#REF!",
        "#DIV/0!",
        "#NV",
        "#N/A",
        "#WERT!",
        "#NAME?",
        "#ZAHL!",
        "Err:502",
        "#####",
        "=SUMME(B2:B9)",
    ],
)
def test_error_shown_in_a_text_file_is_none_of_its_numbers(read, tmp_path, shown):
    path = tmp_path / "meldung.csv"
    path.write_text(f"Kammer;{COUNT}\nIHK Köln;5\nIHK Aachen;{shown}\nIHK Trier;7\n", encoding="utf-8")

    reading = read(path)

    assert values(reading) == [5, 7]
    assert problems(reading) == [
        ("B3", "error", "formula_without_value" if shown.startswith("=") else "cell_error")
    ]


# What text carries unseen


@pytest.mark.parametrize(
    "name", ["IHK  Köln ", "'IHK Köln", "IHK\nKöln", "IHK Kö\u00adln", "IHK\u00a0Köln", "IHK Kö-\nln"]
)
def test_name_is_read_through_what_is_not_seen_of_it(read, sheet, name):
    assert found(read(sheet(["Kammer", COUNT], [name, 5])), "organisation") == [("IHK-142",)]


@pytest.mark.parametrize("value", ["'7", " 7 ", "7\u00a0", "7\n", "\u200b7"])
def test_number_is_read_through_what_is_not_seen_of_it(read, column, value):
    assert values(read(column(COUNT, value, 3))) == [7, 3]


# Meaning beside the cells


def test_comments_colours_and_hidden_parts_are_told(read, sheet):
    path = sheet(["Kammer", COUNT], ["IHK Köln", 5], ["IHK Aachen", 7], [], ["gelb = vorläufig"])
    book = openpyxl.load_workbook(path)
    page = book["Meldung"]
    page["B2"].comment = Comment("noch nicht endgültig", "Kammer")
    page["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    page["A3"].parent.row_dimensions[3].hidden = True
    page.auto_filter.ref = "A1:B3"
    page.freeze_panes = "B2"
    book.save(path)

    reading = read(path)

    assert values(reading) == [5, 7]
    assert [(problem.code, problem.found) for problem in reading.problems] == [
        ("comments_not_read", ""),
        ("rows_hidden", ""),
        ("colours_not_read", "gelb = vorläufig"),
    ]


# Several tables and what stands around them


def test_tables_apart_from_each_other_and_their_notes_are_told_apart(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze 2016"],
            ["Kammer", "Insgesamt", "darunter Frauen"],
            ["IHK Köln", 5, 2],
            ["1) Ohne Nachmeldungen"],
            ["Quelle: eigene Erhebung", "", 2015],
            [],
            ["Praktikumsplätze 2016"],
            ["Kammer", "Insgesamt"],
            [],
            ["IHK Köln", 9],
            ["© IHK Köln, Stand: 30.09.2016"],
        )
    )

    assert found(reading, "indicator", "target_group", "value") == [
        ("training_placements", "_T", 5),
        ("training_placements", "W", 2),
        ("internships", "_T", 9),
    ]


def test_years_side_by_side_with_women_among_them_are_melted(read, sheet):
    reading = read(
        sheet(
            ["EQ-Plätze"],
            ["Kammer", 2015, "", 2016, ""],
            ["", "insgesamt", "darunter: weiblich", "insgesamt", "darunter: weiblich"],
            ["IHK Köln", 5, 2, 6, 3],
            merge=["B2:C2", "D2:E2"],
        )
    )

    assert found(reading, "year", "target_group", "value") == [
        (2015, "_T", 5),
        (2015, "W", 2),
        (2016, "_T", 6),
        (2016, "W", 3),
    ]
