"""The look of a text is read: raised digits are footnote marks, numbers struck out are asked about."""

import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf import opendocument, style, table, text
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.measures.importing.test_formats import outcome, record, wide

RAISED, STRUCK = "raised", "struck"
NOTE = "1) ohne Zweigstelle"


def xlsx_with_shared_texts(path, rows):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Meldung")
        looks = {
            RAISED: book.add_format({"font_script": 1}),
            STRUCK: book.add_format({"font_strikeout": True}),
        }
        for row, cells in enumerate(rows):
            for column, runs in enumerate(cells):
                if not isinstance(runs, list):
                    page.write(row, column, runs)
                elif len(runs) == 1:
                    page.write(row, column, runs[0][0], looks[runs[0][1]])
                else:
                    page.write_rich_string(
                        row,
                        column,
                        *(part for given, look in runs for part in (looks.get(look), given) if part),
                    )


def xlsx_with_texts_in_cells(path, rows):
    fonts = {RAISED: InlineFont(vertAlign="superscript"), STRUCK: InlineFont(strike=True), "": InlineFont()}
    book = openpyxl.Workbook()
    for row, cells in enumerate(rows, 1):
        for column, runs in enumerate(cells, 1):
            cell = book.active.cell(row, column)
            if not isinstance(runs, list):
                cell.value = runs
            elif len(runs) == 1:
                cell.value, cell.font = runs[0][0], openpyxl.styles.Font(strike=True)
            else:
                cell.value = CellRichText(*(TextBlock(fonts[look], given) for given, look in runs))
    book.save(path)


def xls(path, rows):
    fonts = {"": xlwt.Font(), RAISED: xlwt.Font(), STRUCK: xlwt.Font()}
    fonts[RAISED].escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    fonts[STRUCK].struck_out = True
    struck = xlwt.XFStyle()
    struck.font = fonts[STRUCK]
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung")
    for row, cells in enumerate(rows):
        for column, runs in enumerate(cells):
            if not isinstance(runs, list):
                page.write(row, column, runs)
            elif len(runs) == 1:
                page.write(row, column, runs[0][0], struck)
            else:
                page.write_rich_text(row, column, [(given, fonts[look]) for given, look in runs])
    book.save(str(path))


def ods(path, rows):
    document = opendocument.OpenDocumentSpreadsheet()
    properties = {RAISED: {"textposition": "super 58%"}, STRUCK: {"textlinethroughstyle": "solid"}}
    for look, given in properties.items():
        for family in ("text", "table-cell"):
            made = style.Style(name=f"{look}-{family}", family=family)
            made.addElement(style.TextProperties(**given))
            document.automaticstyles.addElement(made)
    page = table.Table(name="Meldung")
    for cells in rows:
        line = table.TableRow()
        for runs in cells:
            if isinstance(runs, list):
                whole = {"stylename": f"{runs[0][1]}-table-cell"} if len(runs) == 1 else {}
                cell = table.TableCell(valuetype="string", **whole)
                paragraph = text.P()
                for given, look in runs:
                    paragraph.addElement(
                        text.Span(text=given, **({"stylename": f"{look}-text"} if look else {}))
                    )
            else:
                number = isinstance(runs, (int, float))
                cell = table.TableCell(
                    **({"valuetype": "float", "value": runs} if number else {"valuetype": "string"})
                )
                paragraph = text.P(text=str(runs))
            cell.addElement(paragraph)
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(path))


WRITERS = [
    pytest.param(xlsx_with_shared_texts, "meldung.xlsx", id="xlsx, texts shared"),
    pytest.param(xlsx_with_texts_in_cells, "meldung.xlsx", id="xlsx, texts in cells"),
    pytest.param(xls, "meldung.xls", id="xls"),
    pytest.param(ods, "meldung.ods", id="ods"),
]
each_format = pytest.mark.parametrize(("write", "name"), WRITERS)


@each_format
def test_raised_digit_behind_a_number_is_a_footnote_mark(read, tmp_path, write, name):
    path = tmp_path / name
    write(
        path,
        [
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", [("240", ""), ("1", RAISED)]],
            ["IHK Aachen", [("1.075", ""), ("1)", RAISED)]],
            ["IHK Trier", 75],
            [],
            [NOTE],
        ],
    )

    rows = read(path).rows

    assert [(row.value, row.note) for row in rows] == [
        (240, "ohne Zweigstelle"),
        (1075, "ohne Zweigstelle"),
        (75, ""),
    ]


@each_format
def test_raised_digit_behind_a_year_or_a_name_is_a_footnote_mark(read, tmp_path, write, name):
    path = tmp_path / name
    write(
        path,
        [
            ["EQ-Plätze", ""],
            ["Kammer", [("2015", ""), ("2", RAISED)], "2016"],
            [[("IHK Köln", ""), ("1", RAISED)], 240, 252],
            ["IHK Aachen", 75, 71],
            [],
            [NOTE],
        ],
    )

    rows = read(path).rows

    assert [(row.organisation, row.year, row.value, row.note) for row in rows] == [
        ("IHK-142", 2015, 240, "ohne Zweigstelle"),
        ("IHK-142", 2016, 252, "ohne Zweigstelle"),
        ("IHK-101", 2015, 75, ""),
        ("IHK-101", 2016, 71, ""),
    ]


@each_format
def test_number_struck_out_in_part_or_wholly_is_held(read, tmp_path, write, name):
    path = tmp_path / name
    write(
        path,
        [
            ["Kammer", "EQ-Plätze 2016"],
            ["IHK Köln", [("240", STRUCK), (" 252", "")]],
            ["IHK Aachen", [("75", STRUCK)]],
            ["IHK Trier", [("k. A.", STRUCK)]],
            ["IHK Koblenz", 60],
        ],
    )

    reading = read(path)

    assert [row.cell for row in reading.rows if not row.held] == ["B5"]
    assert [(each.code, each.cell, each.found) for each in reading.problems] == [
        ("struck_out", "B2", "240 252"),
        ("struck_out", "B3", "75"),
        ("struck_out", "B4", "k. A."),
    ]


@each_format
def test_name_is_what_is_left_of_it_and_a_name_struck_out_holds_its_row(read, tmp_path, write, name):
    path = tmp_path / name
    write(
        path,
        [
            ["Kammer", "EQ-Plätze 2016"],
            [[("IHK Bonn ", STRUCK), ("IHK Köln", "")], 240],
            [[("IHK Aachen", STRUCK)], 75],
            ["IHK Trier", 60],
        ],
    )

    assert outcome(read(path)) == (
        [("IHK-142", 240), ("IHK-176", 60)],
        [("A3", "struck_out", "IHK Aachen")],
    )


def test_runs_of_an_xls_are_found_where_its_table_of_texts_is_continued(read, tmp_path):
    """A record holds eight kilobytes; texts, wide ones and rich ones too, run over its end."""
    raised = xlwt.Font()
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    book = xlwt.Workbook()
    remarks, page = book.add_sheet("Anmerkungen"), book.add_sheet("Meldung")
    remarks.visibility = 1
    for number in range(600):
        filler = f"{'Ω' if number % 3 else 'ß'} {'lang ' * (number % 23)}{number}"
        remarks.write_rich_text(number, 0, [filler, ("1", raised)] if number % 2 else [filler])
    for row, cells in enumerate([["Kammer", "EQ-Plätze 2016"], ["IHK Köln"], ["IHK Aachen", 75], [], [NOTE]]):
        for column, value in enumerate(cells):
            page.write(row, column, value)
    page.write_rich_text(1, 1, ["240", ("1", raised)])
    book.save(str(tmp_path / "meldung.xls"))

    rows = read(tmp_path / "meldung.xls").rows

    assert [(row.value, row.note) for row in rows] == [(240, "ohne Zweigstelle"), (75, "")]


def styles_of_xlsb() -> bytes:
    plain = struct.pack("<4H", 220, 0, 400, 0)
    raised, struck = struct.pack("<4H", 220, 0, 400, 1), struct.pack("<4H", 220, 0x08, 400, 0)
    fonts = b"".join(record(43, font + b"\0" * 12) for font in (plain, raised, struck))
    styles = b"".join(record(47, struct.pack("<3H", 0, 0, font) + b"\0" * 10) for font in (0, 2))
    return fonts + record(617, struct.pack("<I", 2)) + styles + record(618)


def text_of_xlsb(content: str, *runs: tuple[int, int]) -> bytes:
    if not runs:
        return record(19, b"\0" + wide(content))
    starts = b"".join(struct.pack("<HH", *run) for run in runs)
    return record(19, b"\1" + wide(content) + struct.pack("<I", len(runs)) + starts)


def test_runs_and_struck_cells_of_an_xlsb_are_read(read, tmp_path):
    texts = [text_of_xlsb(each) for each in ("Kammer", "EQ-Plätze 2016", "IHK Köln", "IHK Aachen")]
    texts.append(text_of_xlsb("2401", (3, 1)))
    cells = b""
    for number, row in enumerate([[(0, 0), (1, 0)], [(2, 0), (4, 0)], [(3, 0), (75.0, 1)]]):
        cells += record(0, struct.pack("<I", number) + b"\0" * 13)
        for column, (value, look) in enumerate(row):
            head = struct.pack("<II", column, look)
            is_number = isinstance(value, float)
            cells += record(5 if is_number else 7, head + struct.pack("<d" if is_number else "<I", value))
    package = "http://schemas.openxmlformats.org"
    of_document = f"{package}/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{of_document}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.bin"),
                ("sharedStrings", "sharedStrings.bin"),
                ("styles", "styles.bin"),
            ],
            1,
        )
    )
    path = tmp_path / "meldung.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/package/2006/content-types"/>')
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{package}/package/2006/relationships">{relations}</Relationships>',
        )
        sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("Meldung")
        archive.writestr("xl/workbook.bin", record(156, sheet) + record(144) + record(157) + record(132))
        archive.writestr("xl/styles.bin", styles_of_xlsb())
        archive.writestr(
            "xl/sharedStrings.bin", record(159, struct.pack("<II", 5, 5)) + b"".join(texts) + record(160)
        )
        extent = record(148, struct.pack("<4I", 0, 2, 0, 1))
        archive.writestr("xl/worksheets/sheet1.bin", record(129) + extent + record(145) + cells + record(146))

    assert outcome(read(path)) == ([("IHK-142", 240)], [("B3", "struck_out", "75")])
