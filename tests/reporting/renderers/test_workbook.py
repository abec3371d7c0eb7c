"""The report as a workbook, opened as a reader's program opens it."""

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from reporting.renderers.blocks import TableBlock
from reporting.renderers.composition import compose
from reporting.renderers.workbook.xlsx import render_xlsx
from tests.reporting.renderers.rendered import sample, sample_documents
from tests.reporting.sample_snapshot import SHA256, make_snapshot


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def german() -> Workbook:
    return opened(sample_documents()["de.xlsx"])


@pytest.fixture(scope="module")
def english() -> Workbook:
    return opened(sample_documents()["en.xlsx"])


def titled(workbook: Workbook, title: str) -> Worksheet:
    return next(each for each in workbook.worksheets if str(each["A1"].value).partition(": ")[2] == title)


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The table's rows, by the names of its columns: the range with a filter."""
    first, head, last, end = openpyxl.utils.cell.range_boundaries(sheet.auto_filter.ref)
    names, *rows = sheet.iter_rows(head, end, first, last, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_each_table_of_the_report_is_a_sheet_with_its_number_and_title(german):
    document = compose(sample(), "de", sha256=SHA256)
    printed = [
        block for section in document.sections for block in section.blocks if isinstance(block, TableBlock)
    ]

    _, *sheets, data = german.worksheets

    assert [sheet.title for sheet in sheets] == [block.number for block in printed]
    assert [sheet["A1"].value for sheet in sheets] == [f"{block.number}: {block.title}" for block in printed]
    assert data.title == "Daten"


def test_the_contents_lead_to_each_sheet_and_back(german):
    contents, *sheets = german.worksheets

    links = [cell.hyperlink for row in contents.iter_rows() for cell in row if cell.hyperlink]
    assert [link.location.partition("!")[0].strip("'") for link in links] == [sheet.title for sheet in sheets]
    assert {sheet["A2"].hyperlink.location for sheet in sheets} == {f"'{contents.title}'!A1"}
    assert any(cell.value == SHA256 for row in contents.iter_rows() for cell in row)


def test_numbers_can_be_calculated_with_and_gaps_are_words(german):
    rows = rows_of(titled(german, "Leitzahlen und Zielwerte"))

    found = {
        (row["Kennzahl"], row["Jahr"]): (row["Wert"], row["Zielwert"], row["Zielerreichung"]) for row in rows
    }
    assert found["Zusätzlich angebotene Ausbildungsplätze", 2015] == (7_300, 20_000, 0.365)
    assert found["Zusätzlich angebotene Ausbildungsplätze", 2016] == (18_118, "–", "–")
    assert found["Praktikumsplätze nach Qualitätsstandard", 2016] == ("nicht gemeldet", 500_000, "–")


def test_notes_and_units_stand_beside_the_numbers(german):
    notes = {row["Wert"]: row["Anmerkungen"] for row in rows_of(titled(german, "Leitzahlen und Zielwerte"))}

    assert notes[18_118] == (
        "Plätze; Wert: teils gemeldet, teils über die Berufe summiert; enthält vorläufige Werte"
    )
    assert "Wert: BA: ohne zugelassene kommunale Träger" in notes[585]


def test_what_is_in_german_is_called_so_in_the_english_workbook(english):
    rows = rows_of(titled(english, "Headline figures and targets"))

    notes = next(row["Notes"] for row in rows if row["Value"] == 585)
    assert "Value: BA: ohne zugelassene kommunale Träger (in German)" in notes


def test_a_cell_over_several_rows_is_repeated_in_each(german):
    rows = rows_of(titled(german, "Beschlüsse und Zusagen"))

    resolutions = [(row["Beschluss"], row["Stand"]) for row in rows]
    assert resolutions[:2] == [
        ("20.000 zusätzliche Ausbildungsplätze", "Nicht eingehalten"),
        ("20.000 zusätzliche Ausbildungsplätze", "Eingehalten"),
    ]


def test_a_table_by_land_has_negative_numbers_its_total_and_what_is_withheld(german):
    (places,) = [
        each
        for each in german.worksheets
        if each["A4"].value == "Land" and "Zusätzlich angebotene" in str(each["A1"].value)
    ]
    (offers,) = [
        each
        for each in german.worksheets
        if each["A4"].value == "Land" and "drei Angeboten" in str(each["A1"].value)
    ]

    by_land = {row["Land"]: (row["2015"], row["2016"]) for row in rows_of(places)}
    assert by_land["Mecklenburg-Vorpommern"] == (-20, 301)
    assert by_land["Allianz insgesamt"] == (7_300, 18_118)
    assert {row["Land"]: row["2016"] for row in rows_of(offers)}["Bremen"] == "geheim gehalten"


def test_sources_stand_below_a_table(german):
    sheet = titled(german, "Zusätzlich angebotene Ausbildungsplätze (Plätze)")

    assert sheet.cell(sheet.max_row, 1).value == "Quelle: Eigene Angaben der Partner"


def test_the_last_sheet_holds_every_figure_once(german):
    rows = rows_of(german.worksheets[-1])

    assert len(rows) == sample_documents()["mul.csv"].count(b"\r\n") - 1
    assert {"geheim gehalten", "nicht gemeldet", 18_118} <= {row["Wert"] for row in rows}


def test_heads_stay_in_sight_and_are_repeated_in_print(german):
    for sheet in german.worksheets[1:]:
        head = openpyxl.utils.cell.range_boundaries(sheet.auto_filter.ref)[1]
        assert sheet.freeze_panes == f"{'B' if sheet.max_column > 1 else 'A'}{head + 1}"
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_english_workbook_is_in_english():
    contents, *_, data = opened(sample_documents()["en.xlsx"]).worksheets

    assert (contents.title, data["A1"].value) == ("Contents", "All figures and their breakdowns as one table")


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        '=HYPERLINK("http://evil.example")',
        "http://example.org",
        "+49 30 1",
        "@SUM(A1)",
        "<r>x</r>",
        "_x000D_",
    ],
)
def test_what_people_typed_is_text_and_never_a_formula_or_a_link(typed):
    snapshot = make_snapshot()
    odd = replace(snapshot.control_totals[0], file=typed)
    snapshot = replace(snapshot, control_totals=(odd,))
    with override("de"):
        content = render_xlsx(snapshot, "de", sha256=SHA256)

    cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
    (cell,) = [each for each in cells if isinstance(each.value, str) and unescape(each.value) == typed]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.hyperlink is None
    with zipfile.ZipFile(BytesIO(content)) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [sheet for sheet in sheets if b"<f>" in sheet] == []
