"""What is printed above and below a page, or stands in a box over it, restricts figures as a cover does."""

import io
import struct
import zipfile

import pytest
import xlsxwriter
import xlwt
from odf import draw, opendocument, style, table, text

from measures.importing.formats.page_texts import lines_of_header
from tests.measures.importing.grids import FORMATS
from tests.measures.importing.test_binary_comments import HEAD, ROWS, in_groups_of_seven

GRID = [HEAD, *ROWS]
BINARY_SHEET, END_OF_SHEET = "xl/worksheets/sheet1.bin", b"\x82\x01\x00"


def xlsx(line, place):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("Meldung")
        for number, row in enumerate(GRID):
            page.write_row(number, 0, row)
        if place == "box":
            page.insert_textbox(1, 5, line)
        else:
            page.set_footer(f'&L&"Arial,Fett"&8{line}&RSeite &P von &N')
    return made.getvalue()


def ods(line, place):
    book = opendocument.OpenDocumentSpreadsheet()
    book.automaticstyles.addElement(style.PageLayout(name="page"))
    kind = style.MasterPage(name="Kopf", pagelayoutname="page")
    header = style.Header()
    paragraph = text.P(text="Seite ")
    paragraph.addElement(text.PageNumber())
    header.addElement(paragraph)
    header.addElement(text.P(text=line if place == "page" else "IHK"))
    kind.addElement(header)
    book.masterstyles.addElement(kind)
    book.automaticstyles.addElement(style.Style(name="ta1", family="table", masterpagename="Kopf"))
    sheet = table.Table(name="Meldung", stylename="ta1")
    if place == "box":
        shapes, frame, box = table.Shapes(), draw.Frame(width="5cm", height="1cm"), draw.TextBox()
        box.addElement(text.P(text=line))
        frame.addElement(box)
        shapes.addElement(frame)
        sheet.addElement(shapes)
    for row in GRID:
        line_of_cells = table.TableRow()
        for value in row:
            is_text = isinstance(value, str)
            given = {"valuetype": "string"} if is_text else {"valuetype": "float", "value": value}
            cell = table.TableCell(**given)
            cell.addElement(text.P(text=str(value)))
            line_of_cells.addElement(cell)
        sheet.addElement(line_of_cells)
    book.spreadsheet.addElement(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xls(line, place):
    book = xlwt.Workbook(encoding="latin-1")
    page = book.add_sheet("Meldung")
    page.header_str, page.footer_str = f"&C{line}".encode(), b"&P"
    for row, values in enumerate(GRID):
        for column, value in enumerate(values):
            page.write(row, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xlsb(line, place):
    texts = [f"&C{line}", None, None, None, None, None]
    given = [
        struct.pack("<I", len(each)) + each.encode("utf-16-le") if each else b"\xff" * 4 for each in texts
    ]
    data = b"\0\0" + b"".join(given)
    record = in_groups_of_seven(479) + in_groups_of_seven(len(data)) + data
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["xlsb"][1](GRID))) as plain,
        zipfile.ZipFile(made, "w") as archive,
    ):
        for name in plain.namelist():
            content = plain.read(name)
            if name == BINARY_SHEET:
                content = content.removesuffix(END_OF_SHEET) + record + END_OF_SHEET
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def read_content(read, tmp_path):
    def _read(make, line, place):
        path = tmp_path / f"meldung.{make.__name__}"
        path.write_bytes(make(line, place))
        reading = read(path)
        return [question.found for question in reading.questions], [
            int(row.value) for row in reading.rows if not row.held
        ]

    return _read


@pytest.mark.parametrize(
    ("make", "place"),
    [(xlsx, "page"), (xlsx, "box"), (ods, "page"), (ods, "box"), (xls, "page"), (xlsb, "page")],
)
def test_text_of_a_page_restricts_its_figures(read_content, make, place):
    assert read_content(make, "nur 1. Halbjahr", place) == (["nur 1. Halbjahr"], [])
    assert read_content(make, "IHK NRW, Frau Meier, Tel. 0221 1640-0", place) == ([], [12, 7, 9])


@pytest.mark.parametrize("line", ["je Betrieb", "bis 30.06.2016", "%"])
def test_line_that_is_a_unit_or_an_end_and_nothing_else_is_asked_about(read_content, line):
    assert read_content(xlsx, line, "page")[1] == []


@pytest.mark.parametrize("line", ["30.06.2016", "Seite 1 je Blatt", "Rückmeldung bis 15.01.2017"])
def test_days_and_instructions_below_pages_say_nothing(read_content, line):
    assert read_content(xlsx, line, "page") == ([], [12, 7, 9])


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("&LIHK Köln&CPlan && Ist&RSeite &P von &N", ["IHK Köln", "Plan & Ist", "Seite von"]),
        ('&C&"Times New Roman,Fett"&12&K01+000Meldung &A', ["Meldung"]),
        ("&C&8&F&R&D &T", []),
        ("&LStand:\nJuni", ["Stand:", "Juni"]),
    ],
)
def test_codes_of_headers_are_no_words(code, lines):
    assert lines_of_header(code) == lines
