"""A value merged over several figures is nobody's alone, and what errors stand in place of is not blank."""

import openpyxl
import pytest
import xlsxwriter

from tests.measures.importing.test_formats import outcome

TWO_YEARS = [
    ["EQ-Plätze", "", ""],
    ["Kammer", "2015", "2016"],
    ["IHK Köln", 315, ""],
    ["IHK Aachen", 75, 71],
]


@pytest.fixture
def workbook(read, tmp_path):
    """Read rows with cells of them merged."""

    def _workbook(rows, *merged, hidden=None):
        path = tmp_path / "meldung.xlsx"
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("Meldung")
            for span in merged:
                page.merge_range(span, "")
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value != "":
                        page.write(row, column, value)
            for cell, value in (hidden or {}).items():
                page.write(cell, value)
        return read(path)

    return _workbook


def found(reading):
    return [
        (each.code, each.cell, each.found, dict(each.params).get("range", "")) for each in reading.problems
    ]


def test_value_merged_over_two_years_is_held(workbook):
    reading = workbook(TWO_YEARS, "B3:C3")

    assert [(row.organisation, row.year, row.value) for row in reading.rows if not row.held] == [
        ("IHK-101", 2015, 75),
        ("IHK-101", 2016, 71),
    ]
    assert found(reading) == [("joint_value", "B3", "315", "B3:C3")]


def test_value_merged_over_two_chambers_is_held_and_the_second_is_not_called_empty(workbook):
    rows = [["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 315], ["IHK Bonn", ""], ["IHK Aachen", 75]]

    reading = workbook(rows, "B2:B3")

    assert [(row.organisation, row.held) for row in reading.rows] == [("IHK-142", True), ("IHK-101", False)]
    assert found(reading) == [("joint_value", "B2", "315", "B2:B3")]


def test_marker_merged_over_two_chambers_is_held_too(workbook):
    rows = [["Kammer", "EQ-Plätze 2016"], ["IHK Köln", "k. A."], ["IHK Bonn", ""], ["IHK Aachen", 75]]

    reading = workbook(rows, "B2:B3")

    assert [row.organisation for row in reading.rows if not row.held] == ["IHK-101"]
    assert [each.code for each in reading.problems] == ["joint_value"]


def test_row_that_takes_two_lines_keeps_its_value(workbook):
    """Its label is merged over the same lines, so that the value belongs to nobody else."""
    rows = [
        ["Kammer", "EQ-Plätze 2016"],
        ["IHK Köln", 315],
        ["", ""],
        ["IHK Aachen", 75],
        ["IHK Trier", 60],
    ]

    assert outcome(workbook(rows, "A2:A3", "B2:B3")) == (
        [("IHK-142", 315), ("IHK-101", 75), ("IHK-176", 60)],
        [],
    )


def test_empty_cells_that_are_merged_stay_empty_cells(workbook):
    rows = [TWO_YEARS[0], TWO_YEARS[1], ["IHK Köln", "", ""], TWO_YEARS[3]]

    reading = workbook(rows, "B3:C3")

    assert [(each.code, each.cell) for each in reading.problems] == [
        ("empty_not_reported", "B3"),
        ("empty_not_reported", "C3"),
    ]


def test_label_merged_over_its_rows_holds_for_all_of_them(workbook):
    rows = [
        ["Kammer", "Jahr", "EQ-Plätze"],
        ["IHK Köln", 2015, 240],
        ["", 2016, 252],
        ["IHK Aachen", 2016, 75],
    ]

    reading = workbook(rows, "A2:A3")

    assert [(row.organisation, row.year, row.value) for row in reading.rows] == [
        ("IHK-142", 2015, 240),
        ("IHK-142", 2016, 252),
        ("IHK-101", 2016, 75),
    ]
    assert reading.problems == []


def test_content_under_merged_cells_is_reported_and_not_read(workbook):
    reading = workbook(TWO_YEARS, "B3:C3", hidden={"C3": 399})

    assert found(reading) == [
        ("joint_value", "B3", "315", "B3:C3"),
        ("content_covered", "C3", "399", "B3:C3"),
    ]
    assert "399" not in {row.original for row in reading.rows}


def test_content_under_merged_cells_that_repeats_what_they_show_is_nothing_new(workbook):
    rows = [
        ["Kammer", "Jahr", "EQ-Plätze"],
        ["IHK Köln", 2015, 240],
        ["", 2016, 252],
        ["IHK Aachen", 2016, 75],
    ]

    reading = workbook(rows, "A2:A3", hidden={"A3": "IHK Köln"})

    assert [row.organisation for row in reading.rows] == ["IHK-142", "IHK-142", "IHK-101"]
    assert reading.problems == []


def test_row_whose_label_shows_an_error_is_held_and_so_are_those_below_it(read, tmp_path):
    """The label above does not hold for them: the error stands where another one was."""
    path = tmp_path / "meldung.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["Kammer", "Jahr", "EQ-Plätze"],
        ["IHK Köln", 2015, 240],
        ["", 2016, 252],
        ["#REF!", 2015, 75],
        ["", 2016, 71],
    ):
        book.active.append(["" if value == "" else value for value in row])
    book.active["A4"].data_type = "e"
    book.save(path)

    reading = read(path)

    assert [(row.organisation, row.year, row.value) for row in reading.rows if not row.held] == [
        ("IHK-142", 2015, 240),
        ("IHK-142", 2016, 252),
    ]
    assert {(each.code, each.found) for each in reading.problems} == {("cell_error", "#REF!")}
