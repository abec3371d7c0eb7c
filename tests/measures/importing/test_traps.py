"""What single cells of real tables hide: one test for each trap, in the formats it comes in."""

import datetime as dt

import openpyxl
import pytest
import xlwt
from odf import number, opendocument, style, table, text
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from measures.importing import Answers, IndicatorTerm, TableAnswers
from tests.measures.importing.conftest import CHAMBERS
from tests.measures.importing.grids import FORMATS
from tests.measures.importing.test_cells import found, problems

COUNT, MONEY, QUOTA = "EQ-Plätze 2016", "Ausgaben 2016", "Ausbildungsquote 2016"


@pytest.fixture
def read(read, vocabulary):
    """The catalogue has no percentage and little with decimals; here it has both."""
    quota = IndicatorTerm("quota", ("Ausbildungsquote",), "percent", decimals=1)

    def _read(path, **more):
        return read(path, indicators=(*vocabulary.indicators, quota), **more)

    return _read


def values(reading):
    return [row.value for row in reading.rows if not row.held]


def answered(read, path, notation):
    table = read(path).tables[0].fingerprint
    return read(path, answers=Answers(tables={table: TableAnswers(notation={1: notation})}))


# A thousands point as text


def test_thousands_point_as_text_groups_whole_numbers(read, column):
    assert values(read(column(COUNT, "7.300", "12"))) == [7300, 12]


def test_thousands_point_is_told_by_a_decimal_comma_beside_it(read, column):
    assert values(read(column(MONEY, "7.300", "7.300,5"))) == [7300, 7300.5]


def test_thousands_point_alone_is_asked_about(read, column):
    reading = read(column(MONEY, "7.300", "12"))

    assert (reading.status, [question.code for question in reading.questions]) == (
        "needs_answers",
        ["notation"],
    )


def test_real_number_beside_a_text_says_nothing_about_its_marks(read, column):
    assert read(column(MONEY, "7.300", 7.5)).status == "needs_answers"


# A real number that only looks the same


@pytest.mark.parametrize("form", ["#.##0,0", "#,##0.0", "0.0", "General", '#,##0.0\\ "€"'])
def test_real_number_is_what_the_cell_holds(read, column, form):
    assert list(map(float, values(read(column(MONEY, 7.3, form=form))))) == [7.3]


@pytest.mark.parametrize("form", ["0.000", "#,##0.000", "#.##0"])
@pytest.mark.parametrize(("notation", "expected"), [("de", 7300), ("en", 7.3)])
def test_real_number_shown_with_three_decimals_is_asked_about(read, column, form, notation, expected):
    path = column(MONEY, 7.3, form=form)
    asked = read(path)

    assert [(question.code, question.cell, question.found) for question in asked.questions] == [
        ("notation", "B2", "7.300")
    ]
    assert [float(value) for value in values(answered(read, path, notation))] == [expected]


@pytest.mark.parametrize(("form", "shown"), [("#,##0,", 522200), ('0.0,,"M"', 5222000)])
@pytest.mark.parametrize("unit", [[], [["", "in Tsd."]]])
def test_number_that_its_format_shortens_is_read_as_the_cell_holds_it(read, sheet, form, shown, unit):
    """Below ``in Tsd.`` the format has divided already."""
    path = sheet(["Kammer", COUNT], *unit, ["IHK Köln", shown], ["IHK Aachen", 7000])
    book = openpyxl.load_workbook(path)
    for cell in book["Meldung"]["B"]:
        cell.number_format = form
    book.save(path)

    reading = read(path)

    assert values(reading) == [shown, 7000]
    assert problems(reading) == [(f"B{2 + len(unit)}", "note", "shown_shortened")]
    assert str(shown) in reading.problems[0].message


# A thousands point dropped on the way through CSV


def test_thousands_point_that_csv_turned_into_a_comma_groups_whole_numbers(read, tmp_path):
    path = tmp_path / "meldung.csv"
    path.write_text(f"Kammer;{COUNT}\nIHK Köln;18,118\nIHK Aachen;7\n", encoding="utf-8")

    assert values(read(path)) == [18118, 7]


# Mixed in one column


def test_every_way_to_group_thousands_is_read_in_one_column(read, sheet):
    ways = ["1.234", "1234", "1 234", "1\u00a0234", "1\u202f234", "1\u2009234", "1'234", "1’234", 1234]
    path = sheet(["Kennzahl", "Zielgruppe", "Wert"], *(["EQ-Plätze", "Insgesamt", way] for way in ways))

    reading = read(path, supplier="IHK-142", years=frozenset([2016]))
    constants = {reading.tables[0].fingerprint: TableAnswers(constants={"year": "2016"})}

    assert {row.value for row in read(path, supplier="IHK-142", answers=Answers(tables=constants)).rows} == {
        1234
    }


def test_both_notations_in_one_column_are_asked_about(read, column):
    reading = read(column(MONEY, "1.234,5", "1,234.5", "1.234"))

    assert values(reading) == [1234.5, 1234.5]
    assert [(question.code, question.cell) for question in reading.questions] == [("notation", "B4")]


# Percent


def test_percentages_are_read_as_per_cent_whatever_the_cell_holds(read, column):
    path = column(QUOTA, 0.125, "12,5 %", form="0.0%")

    assert values(read(path)) == [12.5, 12.5]
    assert [row.original for row in read(path).rows] == ["12,5 %", "12,5 %"]


def test_plain_number_is_per_cent_already(read, column):
    assert values(read(column(QUOTA, 12.5, "7,5"))) == [12.5, 7.5]


def test_share_without_the_format_of_one_is_queried(read, column):
    assert problems(read(column(QUOTA, 0.5, 0.4))) == [("B2", "query", "share_or_percent")]


@pytest.mark.parametrize("value", [0.125, "12,5 %"])
def test_percentage_of_a_count_is_an_error(read, column, value):
    reading = read(column(COUNT, 7, value, form="0%" if value == 0.125 else ""))

    assert ("B3", "error", "percent_not_count") in problems(reading)
    assert "percent" not in values(reading)


def test_percentages_are_known_in_xls(read, tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung")
    percent = xlwt.easyxf(num_format_str="0.0%")
    page.write(0, 0, "Kammer")
    page.write(0, 1, QUOTA)
    for row, value in enumerate((0.125, 0.5), 1):
        page.write(row, 0, CHAMBERS[row])
        page.write(row, 1, value, percent)
    book.save(str(tmp_path / "meldung.xls"))

    assert values(read(tmp_path / "meldung.xls")) == [12.5, 50]


def ods(path, rows, styles=()):
    """``rows`` of (value, type, style name, formula); a text alone is a text."""
    document = opendocument.OpenDocumentSpreadsheet()
    for made in styles:
        document.automaticstyles.addElement(made)
    page = table.Table(name="Meldung")
    for row in rows:
        line = table.TableRow()
        for given in row:
            value, kind, named, formula = given if isinstance(given, tuple) else (given, "string", None, None)
            attributes = {"valuetype": kind, "stylename": named, "formula": formula}
            if kind not in ("string", None):
                attributes["value"] = value
            cell = table.TableCell(**{key: set_ for key, set_ in attributes.items() if set_ is not None})
            if value:
                cell.addElement(text.P(text=str(value)))
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(path))
    return path


def test_percentages_are_known_in_ods(read, tmp_path):
    rows = [("Kammer", QUOTA), ("IHK Köln", ("0.125", "percentage", None, None)), ("IHK Aachen", "12,5 %")]

    assert values(read(ods(tmp_path / "meldung.ods", rows))) == [12.5, 12.5]


def test_three_decimals_are_asked_about_in_ods(read, tmp_path):
    form = number.NumberStyle(name="N1")
    form.addElement(number.Number(decimalplaces="3", minintegerdigits="1"))
    rows = [("Kammer", MONEY), ("IHK Köln", ("7.3", "float", "ce1", None))]
    path = ods(
        tmp_path / "meldung.ods",
        rows,
        [form, style.Style(name="ce1", family="table-cell", datastylename="N1")],
    )

    assert [question.found for question in read(path).questions] == ["7.300"]


# In thousands


@pytest.mark.parametrize(
    "rows",
    [
        [["Kammer", f"{COUNT} in Tsd."]],
        [["Kammer", f"{COUNT} (in 1.000)"]],
        [["Kammer", COUNT], ["", "in Tausend"]],
        [["EQ-Plätze 2016 (in Tsd.)"], ["Kammer", "Wert"]],
        [["EQ-Plätze 2016"], ["Angaben in 1.000"], ["Kammer", "Wert"]],
    ],
)
def test_unit_of_a_thousand_multiplies_wherever_it_stands(read, sheet, rows):
    reading = read(sheet(*rows, ["IHK Köln", "522,2"], ["IHK Aachen", 3]))

    assert values(reading) == [522200, 3000]
    assert reading.tables[0].columns[1].factor == 1000


def test_heading_with_a_unit_of_its_own_is_not_multiplied_by_the_title(read, sheet):
    reading = read(
        sheet(["Angaben in Tsd."], ["Kammer", MONEY, "EQ-Plätze 2016 (Anzahl)"], ["IHK Köln", "5,5", 3])
    )

    assert values(reading) == [5500, 3]
    assert problems(reading) == [("B2", "note", "factor_from_title")]


# Dates that were labels


@pytest.mark.parametrize("value", [dt.date(2016, 2, 1), dt.time(1, 2)])
def test_date_in_place_of_a_number_says_what_to_do(read, column, value):
    (problem,) = read(column(COUNT, 3, value)).problems

    assert (problem.cell, problem.code) == ("B3", "date_not_number")
    assert "als Text" in problem.message


@pytest.mark.parametrize(
    "value", ["01. Feb", "1-Feb", "3. Mrz", "5-Okt-16", "03.04.2016", "2016-12-10 00:00:00"]
)
def test_date_in_a_text_file_is_known_as_well(read, tmp_path, value):
    path = tmp_path / "meldung.csv"
    path.write_text(f"Kammer;{COUNT}\nIHK Köln;5\nIHK Aachen;{value}\n", encoding="utf-8")

    assert problems(read(path)) == [("B3", "error", "date_not_number")]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_date_in_place_of_an_occupation_is_no_occupation(read, sheet, tmp_path, suffix):
    """10.12 would be the main group 10 or the year 2016, were the date taken apart."""
    rows = [["Kammer", "KldB", COUNT], ["IHK Köln", dt.date(2016, 12, 10), 4], ["IHK Köln", "24", 3]]
    path = sheet(*rows)
    if suffix == ".csv":
        path = tmp_path / "meldung.csv"
        path.write_bytes(FORMATS["UTF-8;"][1](rows))

    reading = read(path)

    assert found(reading, "occupation", "value") == [("24", 3)]
    assert problems(reading) == [("B2", "error", "date_not_label")]


# Day numbers


@pytest.mark.parametrize("last_days", [(42369, 42735), (42004, 42735)])
def test_day_numbers_in_headings_are_years(read, sheet, last_days):
    reading = read(sheet(["EQ-Plätze"], ["Kammer", *last_days], ["IHK Köln", 5, 6], ["IHK Aachen", 7, 8]))

    first = 2015 if last_days[0] == 42369 else 2014
    assert [row.year for row in reading.rows][:2] == [first, 2016]


def test_day_numbers_in_a_column_of_years_are_years(read, sheet):
    reading = read(sheet(["Kammer", "Jahr", "EQ-Plätze"], ["IHK Köln", 42735, 5], ["IHK Aachen", 2016, 6]))

    assert found(reading, "year", "value") == [(2016, 5), (2016, 6)]


def test_day_numbers_count_from_1904_where_the_workbook_does(read, tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["EQ-Plätze"], ["Kammer", 40907, 41273], ["IHK Köln", 5, 6], ["IHK Aachen", 7, 8]):
        book.active.append(row)
    book.save(tmp_path / "meldung.xlsx")

    assert [row.year for row in read(tmp_path / "meldung.xlsx").rows] == [2015, 2016, 2015, 2016]


def test_dates_of_1904_are_read_as_shown(read, tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    days = dt.date(2015, 9, 30), dt.date(2016, 9, 30)
    for row in (["EQ-Plätze"], ["Kammer", *days], ["IHK Köln", 5, 6]):
        book.active.append(row)
    book.save(tmp_path / "meldung.xlsx")

    assert [row.year for row in read(tmp_path / "meldung.xlsx").rows] == [2015, 2016]


def test_old_workbook_may_count_from_1904_too(read, tmp_path):
    book = xlwt.Workbook()
    book.dates_1904 = True
    page = book.add_sheet("Meldung")
    for number_, row in enumerate((["EQ-Plätze"], ["Kammer", 40907, 41273], ["IHK Köln", 5, 6])):
        for place, value in enumerate(row):
            page.write(number_, place, value)
    book.save(str(tmp_path / "meldung.xls"))

    assert [row.year for row in read(tmp_path / "meldung.xls").rows] == [2015, 2016]
