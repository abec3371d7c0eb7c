"""What a file may cost is enforced while it is read; what is no spreadsheet is told what it is."""

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from django.utils.translation import gettext
from odf import office, opendocument, table, text

from measures.importing import Limits, read_file
from measures.importing.refusals import REFUSALS
from tests.measures.importing.grids import CHAMBERS, FORMATS, VOCABULARY

ROWS = [["Kammer", "EQ-Plätze 2016"], *([name, number] for number, name in enumerate(CHAMBERS.values(), 5))]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def read(tmp_path):
    def _read(content, name="meldung.xlsx", **limits):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return read_file(path, name=name, vocabulary=VOCABULARY, limits=Limits(**limits))

    return _read


def zipped(parts, **more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)
    return made.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def written(format_):
    suffix, write = FORMATS[format_]
    return write(ROWS), f"meldung{suffix}"


def two_sheets(format_):
    made = io.BytesIO()
    if format_ == "xls":
        book = xlwt.Workbook()
        for name in ("A", "B"):
            book.add_sheet(name).write(0, 0, "x")
    else:
        book = openpyxl.Workbook()
        book.create_sheet("B")
    book.save(made)
    return made.getvalue()


# Limits


@pytest.mark.parametrize("format_", ["xlsx", "xls", "ods", "xlsb", "UTF-8;"])
@pytest.mark.parametrize(
    ("limit", "reason"),
    [("rows", "too_many_rows"), ("columns", "too_many_columns"), ("cells", "too_many_cells")],
)
def test_sheet_larger_than_allowed_is_refused_in_every_format(read, format_, limit, reason):
    content, name = written(format_)
    exact = {"rows": len(ROWS), "columns": 2, "cells": 2 * len(ROWS)}[limit]

    within, beyond = read(content, name, **{limit: exact}), read(content, name, **{limit: exact - 1})

    assert (within.status, len(within.rows)) == ("ready", len(CHAMBERS))
    assert (beyond.status, beyond.reason_code) == ("refused", reason)
    assert beyond.reason


@pytest.mark.parametrize("format_", ["xlsx", "xls"])
def test_workbook_with_more_sheets_than_allowed_is_refused(read, format_):
    reading = read(two_sheets(format_), f"meldung.{format_}", sheets=1)

    assert (reading.reason_code, reading.reason_params) == ("too_many_sheets", {"limit": "1"})


def test_one_wide_line_among_many_short_ones_is_refused_before_they_are_filled_up(read):
    content = b";" * 9_999 + b"\n" + b"1;2\n" * 10_000

    reading = read(content, "meldung.csv")

    assert (reading.reason_code, reading.reason_params["cell"]) == ("too_many_cells", "NTP10001")


def test_stated_sizes_are_added_up(read):
    content, name = written("xlsx")

    assert read(content, name, unpacked_bytes=2_000).reason_code == "bomb"


def test_archive_of_very_many_parts_is_refused(read):
    content, name = written("xlsx")
    crowd = zipped(parts_of(content), **{f"xl/media/{number}": b"" for number in range(10_000)})

    assert read(content, name).reason_code == ""
    assert read(crowd, name).reason_code == "bomb"


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_size_that_is_a_lie_is_found_out_while_reading(read, part):
    """Both headers of the part say that it is a hundred bytes; it goes on."""
    content, name = written("xlsx, texts shared")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(part)
        sizes = struct.pack("<II", info.compress_size, info.file_size)
    lie = content.replace(sizes, sizes[:4] + struct.pack("<I", 100))

    assert lie != content
    assert read(lie, name).reason_code == "damaged"


def test_part_that_stands_in_the_archive_twice_is_refused(read):
    """What is checked and what is read would not be the same."""
    content, name = written("xlsx")
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

    assert read(made.getvalue(), name).reason_code == "damaged"


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("format_", "part"),
    [
        ("xlsx", "xl/workbook.xml"),
        ("xlsx, texts shared", "xl/sharedStrings.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("xlsx", "xl/styles.xml"),
        ("ods", "content.xml"),
        ("ods", "styles.xml"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_are_declared(read, format_, part, encoding):
    content, name = written(format_)
    parts = parts_of(content)
    head, _, body = parts[part].rpartition(b"?>")
    declared = (head + b"?>" if head else b"") + LAUGHS + body
    parts[part] = declared.replace(b"UTF-8", encoding.upper().encode()).decode().encode(encoding)

    assert read(zipped(parts), name).reason_code == "declarations"


def test_quote_that_is_never_closed_swallows_nothing(read):
    lines = ["Kammer;EQ-Plätze 2016", '"Programm "Zukunft;3', "IHK Köln;5", '"IHK Aachen";"7"']

    reading = read("\n".join(lines).encode(), "meldung.csv")

    assert [(row.organisation, row.value, row.cell) for row in reading.rows if not row.held] == [
        ("IHK-142", 5, "B3"),
        ("IHK-101", 7, "B4"),
    ]


# What a file is


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("meldung.xlsx", b"\x1f\x8b\x08\0" + b"\0" * 40, "archive"),
        ("meldung.xlsx", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "archive"),
        ("meldung.zip", zipped({"meldung.csv": "a;b"}), "archive"),
        ("meldung.xlsx", zipped({"meldung.xlsx": written("xlsx")[0]}), "archive"),
        ("meldung.numbers", zipped({"Index/Document.iwa": b"x"}), "apple_numbers"),
        ("vortrag.pptx", zipped({"ppt/presentation.xml": "<p/>"}), "document"),
        (
            "brief.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "document",
        ),
        ("brief.xls", b"{\\rtf1\\ansi Kammer}", "document"),
        ("foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        ("meldung.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        ("bild.bmp", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "image"),
        ("bild.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        ("export.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
        (
            "alt.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "xml_spreadsheet",
        ),
        (
            "flach.fods",
            b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
            "xml_spreadsheet",
        ),
        ("meldung.xls", b"\r\n\0%PDF-1.4\n", "pdf"),
        ("meldung.slk", b"ID;PWXL;N;E\n", "unknown_type"),
        ("geheim.xlsx", OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "password"),
        ("geheim.ods", zipped({"mimetype": "x", "encrypted-package": b"\1\2"}), "password"),
        ("nachricht.msg", OLE + b"\0" * 504 + "__substg1.0_".encode("utf-16-le") + b"\0" * 600, "document"),
    ],
)
def test_what_is_no_spreadsheet_is_told_what_it_is(read, name, content, reason):
    reading = read(content, name)

    assert (reading.status, reading.reason_code) == ("refused", reason)
    assert reading.reason == gettext(REFUSALS[reason])


def test_encrypted_document_is_known_by_its_manifest(read):
    content, name = written("ods")
    parts = parts_of(content)
    manifest = parts["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )

    assert read(zipped(parts, **{"META-INF/manifest.xml": manifest}), name).reason_code == "password"


# Macros


@pytest.mark.parametrize("format_", ["xlsx", "xlsb"])
def test_macros_of_a_workbook_are_told_and_ignored(read, format_):
    content, name = written(format_)
    with_macros = zipped(parts_of(content), **{"xl/vbaProject.bin": b"\xd0\xcf Sub Auto_Open()"})

    reading = read(with_macros, "meldung.xlsm")

    assert [problem.code for problem in reading.problems] == ["macros_ignored"]
    assert len(reading.rows) == len(read(content, name).rows) == len(CHAMBERS)


def test_macros_of_a_document_are_told_and_ignored(read):
    content, name = written("ods")
    with_macros = zipped(parts_of(content), **{"Basic/Standard/Module1.xml": "<script:module/>"})

    assert [problem.code for problem in read(with_macros, name).problems] == ["macros_ignored"]


def test_comments_in_a_document_are_told_and_no_part_of_the_cell(read):
    document = opendocument.OpenDocumentSpreadsheet()
    page = table.Table(name="Meldung")
    for row in ROWS:
        line = table.TableRow()
        for value in row:
            kind = (
                {"valuetype": "float", "value": str(value)}
                if isinstance(value, int)
                else {"valuetype": "string"}
            )
            cell = table.TableCell(**kind)
            remark = office.Annotation()
            remark.addElement(text.P(text="geschätzt"))
            cell.addElement(remark)
            cell.addElement(text.P(text=str(value)))
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    made = io.BytesIO()
    document.write(made)

    reading = read(made.getvalue(), "meldung.ods")

    assert [row.value for row in reading.rows] == [5, 6, 7, 8]
    assert [problem.code for problem in reading.problems] == ["comments_not_read"]
