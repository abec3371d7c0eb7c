"""The portal's own workbook is known by what is in it, in whatever guise it comes back."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from measures.importing.results import is_own_workbook
from measures.renderers.own_workbook import (
    Content,
    Name,
    RequestedIndicator,
    Rule,
    StatedValue,
    WorkbookRow,
    render_own_workbook,
)
from measures.renderers.own_workbook_keys import COLUMNS, VERSION
from tests.measures.importing.variants import load, save
from tests.measures.own_workbooks import columns, fill_in, open_book, row_of, saved, version_1

QUALIFICATION, PLACES = "training_placements", "additional_places"
YEAR = 2016
LAST_YEARS = 4711


@pytest.fixture(scope="module")
def content():
    """A workbook with two indicators, filled in but for one row."""
    qualification = RequestedIndicator(
        code=QUALIFICATION,
        name="Betriebliche Plätze für Teilnehmende (Einstiegsqualifizierung)",
        unit="Plätze",
        occupation_digits=2,
        target_groups=("W",),
    )
    places = RequestedIndicator(code=PLACES, name="Zusätzlich angebotene Ausbildungsplätze", unit="Plätze")
    land, everyone, women = (
        Name("05", "Nordrhein-Westfalen"),
        Name("_T", "Alle Zielgruppen"),
        Name("W", "Frauen"),
    )

    def line(asked, group, value, occupation=("_T", "Alle Berufe")):
        return WorkbookRow(
            indicator=asked,
            region=land,
            target_group=group,
            occupation=Name(*occupation) if occupation else None,
            last_year=StatedValue(LAST_YEARS),
            now=StatedValue(value),
        )

    return render_own_workbook(
        Content(
            year=YEAR,
            organisation=Name("IHK-142", "IHK zu Köln"),
            language="de",
            opens_on=dt.date(2017, 1, 2),
            closes_on=dt.date(2017, 3, 31),
            lines=[
                line(qualification, everyone, 1204),
                line(qualification, everyone, 1204, ("43", "Informatik")),
                line(qualification, women, 380),
                line(qualification, everyone, None, None),
                line(places, everyone, None),
            ],
            indicators=[qualification, places],
            target_groups=[everyone, women],
            regions=[land],
            occupations={2: [Name("43", "Informatik")]},
            absences={key: key for key in ("unknown", "confidential", "not_applicable", "pending")},
            checks=[Rule("Fehler", "Regel")],
            holding=[],
        )
    )


FIGURES = {
    (QUALIFICATION, YEAR, "IHK-142", "05", "_T", "_T", 1204),
    (QUALIFICATION, YEAR, "IHK-142", "05", "43", "_T", 1204),
    (QUALIFICATION, YEAR, "IHK-142", "05", "_T", "W", 380),
}


def figures(reading):
    return {
        (row.indicator, row.year, row.organisation, row.region, row.occupation, row.target_group, row.value)
        for row in reading.rows
        if not row.held
    }


def told(reading):
    return [
        (problem.code, problem.cell) for problem in reading.problems if problem.code != "empty_not_reported"
    ]


@pytest.fixture
def kept(tmp_path):
    def _kept(content, name="vorlage.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return _kept


@pytest.mark.parametrize("name", ["vorlage.xlsx", "Lehrlingsbestand 1999.xlsx", "x"])
def test_it_is_read_without_a_question_whatever_its_name(read, kept, content, name):
    reading = read(kept(content, name))

    assert (reading.status, is_own_workbook(reading.tables), reading.questions) == ("ready", True, [])
    assert figures(reading) == FIGURES
    assert [(p.code, p.cell) for p in reading.problems] == [("empty_not_reported", "G13")]


def test_it_is_known_by_its_technical_row_and_says_so(read, kept, content):
    reading = read(kept(content))

    evidence = {kind: set() for kind in ("area", "row", "column", "word")}
    for decision in reading.decisions:
        evidence[decision.kind] |= {piece.code for piece in decision.evidence}
    assert evidence == {
        "area": {"technical_row"},
        "row": {"labels_and_values", "value_empty"},
        "column": {"technical_name"},
        "word": set(),
    }


@pytest.mark.parametrize("suffix", [".ods", ".xls", ".csv", ".xlsx"])
def test_saved_in_another_format_it_is_the_same(read, kept, content, tmp_path, suffix):
    """What is left is the cells of the sheet: no names, nothing hidden, no protection."""
    written = save(load(kept(content))[:1], tmp_path / f"gespeichert{suffix}")

    reading = read(written)

    assert (reading.status, is_own_workbook(reading.tables)) == ("ready", True)
    assert figures(reading) == FIGURES
    assert told(reading) == []


def test_text_file_may_write_numbers_the_german_way(read, kept, content, tmp_path):
    rows = [list(row) for row in open_book(content).worksheets[0].iter_rows(values_only=True)]
    value = columns(open_book(content).worksheets[0])["value"] - 1
    rows[8][value] = "1.204"
    with (tmp_path / "gespeichert.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)

    assert figures(read(tmp_path / "gespeichert.csv")) == FIGURES


def test_saved_again_by_another_program_it_is_the_same(read, kept, content):
    assert figures(read(kept(saved(open_book(content))))) == FIGURES


def renamed_and_reordered(book):
    sheet = book.worksheets[0]
    sheet.title = "Tabelle 7"
    book.move_sheet(sheet, 2)


def headings_renamed(book):
    for cell in book.worksheets[0][7]:
        cell.value = f"Spalte {cell.column}"


def last_years_heading_says_this_year(book):
    sheet = book.worksheets[0]
    sheet.cell(7, columns(sheet)["last_year"]).value = f"{YEAR} Wert"


def columns_added(book):
    sheet = book.worksheets[0]
    sheet.insert_cols(1, 2)
    sheet.insert_cols(9)
    for row in range(1, 15):
        sheet.cell(row, 1).value = "Abteilung"
        sheet.cell(row, 9).value = row * 1000


def lines_added_above(book):
    sheet = book.worksheets[0]
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Rückfragen an Frau Muster"
    sheet["C2"] = 2031


def sorted_and_with_blank_rows(book):
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=9)]
    sheet.delete_rows(9, len(rows))
    for number, row in enumerate(reversed(rows)):
        for column, value in enumerate(row, 1):
            sheet.cell(9 + 2 * number, column).value = value


def everything_shown(book):
    sheet = book.worksheets[0]
    for dimension in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()):
        dimension.hidden = False
    sheet.protection.sheet = False


@pytest.mark.parametrize(
    "change",
    [
        renamed_and_reordered,
        headings_renamed,
        last_years_heading_says_this_year,
        columns_added,
        lines_added_above,
        sorted_and_with_blank_rows,
        everything_shown,
    ],
    ids=lambda change: change.__name__,
)
def test_what_people_do_to_a_workbook_does_not_matter(read, kept, content, change):
    book = open_book(content)
    change(book)

    reading = read(kept(saved(book)))

    assert (reading.status, figures(reading), told(reading)) == ("ready", FIGURES, [])


def test_row_of_ones_own_is_read_by_its_words(read, kept, content):
    def change(sheet, places):
        row = sheet.max_row + 2
        sheet.cell(row, places["indicator_name"], "Zusätzlich angebotene Ausbildungsplätze")
        sheet.cell(row, places["target_group_name"], "Frauen")
        sheet.cell(row, places["occupation_name"], "Alle Berufe")
        sheet.cell(row, places["value"], 6)

    reading = read(kept(fill_in(content, change)))

    assert figures(reading) == FIGURES | {(PLACES, YEAR, "IHK-142", "05", "_T", "W", 6)}


@pytest.mark.parametrize(
    "damage",
    [
        ("indicator", "???", "indicator_unknown"),
        ("target_group", "Z9", "target_group_unknown"),
        ("occupation", "Müllers", "occupation_unknown"),
        ("year", "bald", "year_unreadable"),
        ("organisation", "XYZ-1", "organisation_unknown"),
    ],
)
def test_damaged_key_holds_its_row_and_the_cell_is_named(read, kept, content, damage):
    role, put_there, code = damage
    cells = []

    def change(sheet, places):
        cells.append(sheet.cell(row_of(sheet, QUALIFICATION, "W"), places[role]))
        cells[0].value = put_there

    reading = read(kept(fill_in(content, change)))

    assert figures(reading) == {figure for figure in FIGURES if figure[5] != "W"}
    assert told(reading) == [(code, cells[0].coordinate)]


def test_key_that_was_wiped_out_is_missing_not_as_in_the_row_above(read, kept, content):
    def change(sheet, places):
        for row in (10, 11):
            for role in ("indicator", "indicator_name"):
                sheet.cell(row, places[role]).value = None

    reading = read(kept(fill_in(content, change)))

    assert figures(reading) == {figure for figure in FIGURES if figure[4] == figure[5]}
    assert [code for code, _cell in told(reading)] == ["dimension_missing"] * 2


def test_lost_column_is_refused_and_named(read, kept, content):
    def change(sheet, places):
        sheet.delete_cols(places["target_group"])

    reading = read(kept(fill_in(content, change)))

    assert (reading.status, reading.reason_code) == ("refused", "template_damaged")
    assert reading.reason_params["names"] == COLUMNS[VERSION]["target_group"]


def test_version_from_the_future_is_refused(read, kept, content):
    book = open_book(content)
    book.worksheets[0]["B6"] = VERSION + 1

    reading = read(kept(saved(book)))

    assert (reading.status, reading.reason_code) == ("refused", "template_version_unknown")
    assert f"Version {VERSION + 1} " in reading.reason


def test_sheet_without_its_technical_row_is_a_table_like_any_other(read, kept, content):
    book = open_book(content)
    book.worksheets[0].delete_rows(8)

    reading = read(kept(saved(book)))

    assert not is_own_workbook(reading.tables)
    assert ("template_without_keys", "A6") in told(reading)


def test_further_sheet_with_content_is_said_not_to_be_read(read, kept, content):
    book = open_book(content)
    book.create_sheet("Nebenrechnung").append(["Summe", 12])

    reading = read(kept(saved(book)))

    assert figures(reading) == FIGURES
    assert [
        (problem.code, problem.sheet) for problem in reading.problems if problem.code.startswith("template")
    ] == [("template_sheet_ignored", "Nebenrechnung")]


def test_quality_is_that_of_its_row_in_either_language(read, kept, content):
    words = {"_T": "geschätzt", "W": "revised"}

    def change(sheet, places):
        for group, word in words.items():
            sheet.cell(row_of(sheet, QUALIFICATION, group), places["quality"], word)

    reading = read(kept(fill_in(content, change)))

    assert {(row.target_group, row.occupation): row.quality for row in reading.rows} == {
        ("_T", "_T"): "estimate",
        ("_T", "43"): "final",
        ("W", "_T"): "revised",
    }


@pytest.mark.parametrize("word", ["k. A.", "unbekannt", "unknown"])
def test_agreed_word_needs_no_confirmation(read, kept, content, word):
    def change(sheet, places):
        sheet.cell(row_of(sheet, QUALIFICATION, "W"), places["value"], word)

    reading = read(kept(fill_in(content, change)))

    assert told(reading) == []
    assert [row.absence for row in reading.rows if row.target_group == "W"] == ["unknown"]


def test_first_version_had_other_names_and_no_quality(read, kept):
    rows = [
        {"indicator": QUALIFICATION, "target_group": "_T", "region": "05", "value": 1204, "last_year": 7},
        {
            "indicator": QUALIFICATION,
            "target_group": "_T",
            "region": "05",
            "occupation": "43 IT",
            "value": 1204,
        },
        {"indicator": QUALIFICATION, "target_group": "W", "region": "05", "value": 380, "note": "Stand Mai"},
        {"indicator": PLACES, "target_group": "_T", "region": "05"},
    ]

    reading = read(kept(version_1(YEAR, "IHK-142", rows)))

    assert figures(reading) == FIGURES
    assert told(reading) == [("template_old_version", "")]
    assert [row.note for row in reading.rows if row.note] == ["Stand Mai"]


def test_empty_workbook_with_nothing_to_report_is_a_reading_without_rows(read, kept, content):
    def change(sheet, places):
        sheet.delete_rows(9, sheet.max_row)

    reading = read(kept(fill_in(content, change)))

    assert (reading.status, len(reading.rows), is_own_workbook(reading.tables)) == ("ready", 0, True)


def test_workbook_that_is_not_ours_is_left_to_the_ordinary_reader(read, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["portal_template_version", 2])
    book.active.append(["Kammer", "Kennzahl", "Jahr", "Wert"])
    book.active.append(["IHK Köln", "EQ-Plätze", YEAR, 5])
    written = io.BytesIO()
    book.save(written)
    (tmp_path / "a.xlsx").write_bytes(written.getvalue())

    reading = read(tmp_path / "a.xlsx")

    assert not is_own_workbook(reading.tables)
    assert [row.value for row in reading.rows] == [5]
