"""Every format tells errors, formulas without a result, spans and blanks apart."""

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from odf import opendocument, table, text

from tests.measures.importing.conftest import SAMPLES

HEADING = ["Kammer", "EQ-Plätze 2016"]


def outcome(reading):
    return (
        [(row.organisation, row.value) for row in reading.rows if not row.held],
        [(problem.cell, problem.code, problem.found) for problem in reading.problems],
    )


def test_xls_shows_its_errors(read, tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Übersicht")
    for row, (name, value) in enumerate(
        [HEADING, ("IHK Köln", 5), ("IHK Aachen", None), ("IHK Trier", None)]
    ):
        sheet.write(row, 0, name)
        if value is not None:
            sheet.write(row, 1, value)
    sheet.row(2).set_cell_error(1, "#REF!")
    book.save(str(tmp_path / "meldung.xls"))

    assert outcome(read(tmp_path / "meldung.xls")) == (
        [("IHK-142", 5)],
        [("B3", "cell_error", "#REF!"), ("B4", "empty_not_reported", "")],
    )


def test_ods_shows_errors_spans_and_formulas_without_result(read, tmp_path):
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Meldung")

    def row(*cells):
        line = table.TableRow()
        for cell in cells:
            line.addElement(cell)
        sheet.addElement(line)

    def cell(content="", **attributes):
        made = table.TableCell(**({"valuetype": "string"} if content else {}), **attributes)
        if content:
            made.addElement(text.P(text=content))
        return made

    row(cell("Kammer"), cell("EQ-Plätze", numbercolumnsspanned="2"), table.CoveredTableCell())
    row(cell(), cell("2015"), cell("2016"))
    row(cell("IHK Köln"), cell("#REF!", formula="of:=[.Z1]"), cell("5"))
    row(cell("IHK Aachen"), cell(formula="of:=SUM([.Z1:.Z3])"), cell("7"))
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "meldung.ods"))

    assert outcome(read(tmp_path / "meldung.ods")) == (
        [("IHK-142", 5), ("IHK-101", 7)],
        [("B3", "cell_error", "#REF!"), ("B4", "formula_without_value", "=SUM([.Z1:.Z3])")],
    )


def record(kind: int, data: bytes = b"") -> bytes:
    kinds = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return kinds + bytes([len(data) & 0x7F | 0x80, len(data) >> 7]) + data


def wide(content: str) -> bytes:
    return struct.pack("<I", len(content)) + content.encode("utf-16-le")


def xlsb(*rows) -> bytes:
    """A workbook as small as the format allows: texts within cells, numbers, errors."""
    cells = b""
    for number, row in enumerate(rows):
        cells += record(0, struct.pack("<I", number) + b"\0" * 13)
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, bytes):
                cells += record(3, head + value)
            elif isinstance(value, str):
                cells += record(6, head + wide(value))
            else:
                cells += record(5, head + struct.pack("<d", value))
    extent = struct.pack("<4I", 0, len(rows) - 1, 0, 1)
    package = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/package/2006/content-types"/>'.encode(),
        "xl/_rels/workbook.bin.rels": (
            f'<Relationships xmlns="{package}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{package}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>"
        ).encode(),
        "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Meldung"))
        + record(144)
        + record(157)
        + record(132),
        "xl/worksheets/sheet1.bin": record(129) + record(148, extent) + record(145) + cells + record(146),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_xlsb_is_read_and_shows_its_errors(read, tmp_path):
    path = tmp_path / "meldung.xlsb"
    path.write_bytes(xlsb(HEADING, ["IHK Köln", 5.0], ["IHK Aachen", b"\x17"]))

    assert outcome(read(path)) == ([("IHK-142", 5)], [("B3", "cell_error", "#REF!")])


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_formula_that_yields_nothing_is_an_empty_cell(read, tmp_path, suffix):
    """A stored empty text is a result; only a missing one is an error."""
    path = tmp_path / "roh.xlsx"
    book = openpyxl.Workbook()
    for row in (HEADING, ["IHK Köln", 5], ["IHK Aachen", '=IF(1,"","")'], ["IHK Trier", "=1+1"]):
        book.active.append(row)
    book.save(path)
    target = tmp_path / f"meldung{suffix}"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            content = source.read(info).replace(b'<c r="B3">', b'<c r="B3" t="str">')
            archive.writestr(info.filename, content)

    assert outcome(read(target)) == (
        [("IHK-142", 5)],
        [("B3", "empty_not_reported", ""), ("B4", "formula_without_value", "=1+1")],
    )


@pytest.mark.parametrize(
    ("sample", "suffix"),
    [
        ("IHK_Koeln_Berufe_2016.xls", ".xlsx"),
        ("BA_AsA_2015.ods", ".xls"),
        ("ZDH_Handwerkskammern_2015-2016.xlsx", ".csv"),
        ("BFB_Laender_2015-2016.csv", ".xlsx"),
    ],
)
def test_file_is_read_by_its_content_whatever_it_is_called(read, tmp_path, sample, suffix):
    called = tmp_path / f"meldung{suffix}"
    called.write_bytes((SAMPLES / sample).read_bytes())

    assert outcome(read(called)) == outcome(read(SAMPLES / sample))


def test_hidden_rows_and_columns_are_named_in_xls(read, tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung")
    for number, row in enumerate((HEADING, ["IHK Köln", 5], ["IHK Aachen", 7])):
        for column, value in enumerate(row):
            page.write(number, column, value)
    page.row(2).hidden = True
    page.col(1).hidden = True
    book.save(str(tmp_path / "meldung.xls"))

    (view,) = read(tmp_path / "meldung.xls").sheets

    assert (view.hidden_rows, view.hidden_columns) == (["3"], ["B"])


def test_line_break_and_tab_within_a_cell_part_words_in_ods(read, tmp_path):
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Meldung")
    for cells in (["Kammer", "EQ-Plätze 2016"], [text.LineBreak(), "5"], [text.Tab(), "6"]):
        row = table.TableRow()
        for content in cells:
            paragraph = text.P()
            if isinstance(content, str):
                paragraph.addText(content)
            else:
                paragraph.addText("IHK")
                paragraph.addElement(content)
                paragraph.addElement(text.Span(text="Köln" if content.qname[1] == "tab" else "Aachen"))
            cell = table.TableCell(valuetype="string")
            cell.addElement(paragraph)
            row.addElement(cell)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "meldung.ods"))

    rows = read(tmp_path / "meldung.ods").rows

    assert [(row.organisation, row.value) for row in rows] == [("IHK-101", 5), ("IHK-142", 6)]


def test_hidden_rows_and_columns_are_named_in_ods(read, tmp_path):
    document = opendocument.OpenDocumentSpreadsheet()
    page = table.Table(name="Meldung")
    page.addElement(table.TableColumn())
    page.addElement(table.TableColumn(visibility="collapse"))
    for row in (HEADING, ["IHK Köln", 5], ["IHK Aachen", 7]):
        line = table.TableRow(**({"visibility": "filter"} if row[0] == "IHK Köln" else {}))
        for value in row:
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=str(value)))
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(tmp_path / "meldung.ods"))

    (view,) = read(tmp_path / "meldung.ods").sheets

    assert (view.hidden_rows, view.hidden_columns) == (["2"], ["B"])
