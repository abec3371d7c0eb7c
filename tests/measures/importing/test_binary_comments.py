"""Comments in the binary formats stand apart from the cells they are on, and count as in all others."""

import io
import struct
import zipfile

import pytest
import xlwt

from tests.measures.importing.grids import FORMATS

HEAD = ["Kammer", "EQ-Plätze 2016"]
ROWS = [["IHK Köln", 12], ["IHK Aachen", 7], ["IHK Trier", 9]]
ON_KOELN = (1, 1)
RELATIONS_PART = "xl/worksheets/_rels/sheet1.bin.rels"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Type="comments" Target="../comments1.bin"/></Relationships>'
)


def record(kind, *parts):
    data = b"".join(parts)
    return struct.pack("<HH", kind, len(data)) + data


def object_of_comment(number, text, *, cut=None):
    """OBJ, TXO, and the text in one record or, cut in two, the second part in wide signs."""
    cut = len(text) if cut is None else cut
    pieces = [record(0x3C, b"\0", text[:cut].encode("latin-1"))]
    if cut < len(text):
        pieces.append(record(0x3C, b"\1", text[cut:].encode("utf-16-le")))
    return b"".join(
        (
            record(0xEC, b"\0" * 24),
            record(0x5D, struct.pack("<5H12x", 0x15, 0x12, 0x19, number, 0x4011), b"\0" * 4),
            record(0xEC, b"\0" * 8),
            record(0x1B6, struct.pack("<10x2H4x", len(text), 16)),
            *pieces,
            record(0x3C, b"\0" * 16),
        )
    )


def comment(place, number):
    return record(0x1C, struct.pack("<4H", *place, 0, number), struct.pack("<HB", 3, 0), b"Alt", b"\0")


CHART = record(0x809, b"\0" * 16) + record(0x203, struct.pack("<3Hd", 900, 90, 0, 1.0)) + record(0x0A)


def xls(records):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Meldung")
    for row, values in enumerate([HEAD, *ROWS]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    plain, end = sheet.get_biff_data, record(0x0A)
    sheet.get_biff_data = lambda: plain().removesuffix(end) + records + end
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def in_groups_of_seven(number):
    return bytes([number & 0x7F | 0x80, number >> 7]) if number > 0x7F else bytes([number])


def xlsb(*comments):
    def binary(kind, data=b""):
        return in_groups_of_seven(kind) + in_groups_of_seven(len(data)) + data

    part = binary(628) + binary(633)
    for (row, column), text in comments:
        part += binary(635, struct.pack("<5I16x", 0, row, row, column, column))
        part += binary(637, b"\0" + struct.pack("<I", len(text)) + text.encode("utf-16-le")) + binary(636)
    more = {RELATIONS_PART: RELATIONS, "xl/comments1.bin": part + binary(634) + binary(629)}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["xlsb"][1]([HEAD, *ROWS]))) as plain,
        zipfile.ZipFile(made, "w") as archive,
    ):
        for name in {*plain.namelist()} - {*more}:
            archive.writestr(name, plain.read(name))
        for name, content in more.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def read_content(read, tmp_path):
    def _read(content):
        path = tmp_path / ("meldung.xlsb" if content.startswith(b"PK") else "meldung.xls")
        path.write_bytes(content)
        return read(path)

    return _read


def asked(reading):
    return [(question.cell, question.found) for question in reading.questions]


def values(reading):
    return [int(row.value) for row in reading.rows if not row.held]


XLS = {
    "one record": object_of_comment(1, "nur Vollzeit") + comment(ON_KOELN, 1),
    "continued in wide signs": object_of_comment(1, "nur Vollzeit", cut=5) + comment(ON_KOELN, 1),
    "behind its author": object_of_comment(1, "Alt:\nnur Vollzeit") + comment(ON_KOELN, 1),
    "second of two": object_of_comment(1, "bitte prüfen")
    + object_of_comment(2, "nur Vollzeit")
    + comment((2, 1), 1)
    + comment(ON_KOELN, 2),
    "behind a chart": CHART + object_of_comment(1, "nur Vollzeit") + comment(ON_KOELN, 1),
}


@pytest.mark.parametrize("records", XLS.values(), ids=XLS)
def test_comment_of_an_xls_that_restricts_is_asked_about(read_content, records):
    reading = read_content(xls(records))

    assert (asked(reading), values(reading)) == ([("B2", "nur Vollzeit")], [])


@pytest.mark.parametrize("words", ["nur Vollzeit", "Alt:\nnur Vollzeit"])
def test_comment_of_an_xlsb_that_restricts_is_asked_about(read_content, words):
    reading = read_content(xlsb(((2, 1), "bitte prüfen"), (ON_KOELN, words)))

    assert (asked(reading), values(reading)) == ([("B2", "nur Vollzeit")], [])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(xls(object_of_comment(1, "bitte prüfen") + comment(ON_KOELN, 1)), id="xls"),
        pytest.param(xls(comment(ON_KOELN, 9)), id="xls, without its object"),
        pytest.param(
            xls(record(0x5D, b"\x15") + record(0x1B6, b"\1") + record(0x1C, b"\0")), id="xls, cut off"
        ),
        pytest.param(xlsb((ON_KOELN, "bitte prüfen")), id="xlsb"),
    ],
)
def test_comment_of_a_binary_file_that_restricts_nothing_is_reported(read_content, content):
    reading = read_content(content)

    assert (reading.status, values(reading)) == ("ready", [12, 7, 9])
    assert [problem.code for problem in reading.problems] == ["comments_not_read"]
