"""Workbooks as programs other than Excel write them: packages of other names, odd records, old versions."""

import io
import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.measures.importing.test_compound_files import SMALL, compound
from tests.measures.importing.test_formats import HEADING, outcome

READ = ([("IHK-142", 5)], [("B3", "cell_error", "#REF!")])


def xlsx_parts(**options) -> dict[str, bytes]:
    """A workbook with shared texts, a styled number and an error, part by part."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        page = book.add_worksheet("Meldung")
        page.write_row(0, 0, HEADING)
        page.write_row(1, 0, ["IHK Köln"])
        page.write_number(1, 1, 5, book.add_format({"num_format": '0" Plätze"'}))
        page.write_row(2, 0, ["IHK Aachen"])
        page.write_formula(2, 1, "=Z99", None, "#REF!")
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_backslashes(parts):
    """As writers on Windows that take a path for a part's name."""
    return {name.replace("/", "\\"): content for name, content in parts.items()}


def at_the_root(parts):
    moved = {name.removeprefix("xl/").removeprefix("worksheets/"): content for name, content in parts.items()}
    moved["_rels/workbook.xml.rels"] = moved["_rels/workbook.xml.rels"].replace(b"worksheets/", b"")
    return {name: content.replace(b"/xl/", b"/").replace(b'"xl/', b'"') for name, content in moved.items()}


def under_another_name(parts):
    names = (
        (b"workbook.xml", b"book.xml"),
        (b"sharedStrings.xml", b"texts.xml"),
        (b"styles.xml", b"looks.xml"),
    )
    renamed = parts
    for usual, other in names:
        renamed = {
            name.replace(usual.decode(), other.decode()): content.replace(usual, other)
            for name, content in renamed.items()
        }
    return renamed


def in_a_folder(parts):
    """The folder a package was unpacked into, zipped again."""
    return {f"Meldung 2016/{name}": content for name, content in parts.items()}


def in_capitals(parts):
    return {name if name.startswith("[") else name.upper(): content for name, content in parts.items()}


def without_relations_of_its_own(parts):
    """Only the list of types says what is what."""
    return {name: content for name, content in in_a_folder(parts).items() if "/_rels/.rels" not in name}


@pytest.mark.parametrize(
    "rewrite",
    [
        with_backslashes,
        at_the_root,
        under_another_name,
        in_a_folder,
        in_capitals,
        without_relations_of_its_own,
    ],
)
def test_package_is_read_whatever_its_parts_are_called(read, tmp_path, rewrite):
    path = tmp_path / "meldung.xlsx"
    path.write_bytes(zipped(rewrite(xlsx_parts())))

    assert outcome(read(path)) == READ


def test_package_with_relations_in_the_strict_namespace_shows_its_errors(read, tmp_path):
    strict = {
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
    parts = xlsx_parts()
    for given, other in strict.items():
        parts = {name: content.replace(given, other) for name, content in parts.items()}
    path = tmp_path / "meldung.xlsx"
    path.write_bytes(zipped(parts))

    assert outcome(read(path)) == READ


def test_two_packages_in_one_archive_are_an_archive(read, tmp_path):
    parts = xlsx_parts()
    path = tmp_path / "meldungen.xlsx"
    path.write_bytes(
        zipped({f"{year}/{name}": each for year in (2015, 2016) for name, each in parts.items()})
    )

    assert read(path).reason_code == "archive"


def test_document_with_a_workbook_embedded_in_it_is_a_document(read, tmp_path):
    package = "http://schemas.openxmlformats.org"
    path = tmp_path / "bericht.docx"
    path.write_bytes(
        zipped(
            {
                "[Content_Types].xml": f'<Types xmlns="{package}/package/2006/content-types"/>'.encode(),
                "_rels/.rels": (
                    f'<Relationships xmlns="{package}/package/2006/relationships"><Relationship Id="rId1" '
                    f'Type="{package}/officeDocument/2006/relationships/officeDocument" '
                    'Target="word/document.xml"/></Relationships>'
                ).encode(),
                "word/document.xml": f'<document xmlns="{package}/wordprocessingml/2006/main"/>'.encode(),
                "word/embeddings/Tabelle.xlsx": zipped(xlsx_parts()),
            }
        )
    )

    assert read(path, name="bericht.xlsx").reason_code == "document"


def xls_records() -> list[tuple[int, bytes]]:
    book = xlwt.Workbook()
    page = book.add_sheet("Meldung Ω")
    for row, values in enumerate((HEADING, ["IHK Köln", 5], ["IHK Aachen"])):
        for column, value in enumerate(values):
            page.write(row, column, value)
    page.write(3, 0, "Quelle: Ωmega")
    page.row(2).set_cell_error(1, "#REF!")
    stream, found, place = book.get_biff_data(), [], 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        found.append((kind, stream[place + 4 : place + 4 + length]))
        place += 4 + length
    return found


def xls_of(records: list[tuple[int, bytes]]) -> bytes:
    """The records in a file, with the places of its sheets set right."""
    stream, places, sheets = b"", [], []
    for kind, data in records:
        if kind == 0x85:
            sheets.append(len(stream) + 4)
        if kind == 0x809:
            places.append(len(stream))
        stream += struct.pack("<HH", kind, len(data)) + data
    made = bytearray(stream)
    for sheet, place in zip(sheets, places[1:], strict=True):
        struct.pack_into("<I", made, sheet, place)
    return bytes(made)


@pytest.fixture
def answer(read, tmp_path):
    def _answer(stream: bytes):
        path = tmp_path / "meldung.xls"
        path.write_bytes(compound({"Workbook": stream.ljust(SMALL, b"\0")}))
        return read(path)

    return _answer


@pytest.mark.parametrize("code_page", [1252, 0x8001, 367, 10_000, 65_001])
def test_xls_that_names_the_code_page_of_its_writer_holds_its_texts_all_the_same(answer, code_page):
    """Perl and PHP libraries do; the texts are in Unicode whatever is named."""
    records = [(kind, struct.pack("<H", code_page) if kind == 0x42 else data) for kind, data in xls_records()]

    reading = answer(xls_of(records))

    assert outcome(reading) == READ
    assert reading.sheets[0].name == "Meldung Ω"
    assert "Ωmega" in str(reading.sheets[0].rows)


@pytest.mark.parametrize("kind_of_formula", [0x206, 0x406])
def test_formula_under_the_number_of_an_older_version_has_its_result(answer, kind_of_formula):
    formula = struct.pack("<3Hd", 1, 1, 0, 240.0) + struct.pack("<HIH", 0, 0, 3) + b"\x1e\xf0\0"
    records = [
        (kind_of_formula, formula) if kind in (0x203, 0x27E) and data[:4] == b"\1\0\1\0" else (kind, data)
        for kind, data in xls_records()
    ]
    assert kind_of_formula in dict(records)

    assert outcome(answer(xls_of(records))) == ([("IHK-142", 240)], READ[1])


def test_protected_xls_is_called_so_however_small_it_is(read, tmp_path):
    records = xls_records()
    content = xls_of([records[0], (0x2F, b"\0\0" + b"\x12\x34\x56\x78"), *records[1:]])
    assert len(content) < SMALL
    path = tmp_path / "meldung.xls"
    path.write_bytes(compound({"Workbook": content}))

    assert read(path).reason_code == "password"


def test_protected_workbook_of_excel_5_is_called_so(read, tmp_path):
    path = tmp_path / "meldung.xls"
    begin = struct.pack("<4H", 0x500, 5, 0, 0)
    path.write_bytes(compound({"Book": xls_of([(0x809, begin), (0x2F, b"\x12\x34\x56\x78"), (0x0A, b"")])}))

    assert read(path).reason_code == "password"


def test_workbook_of_excel_5_shows_its_errors_and_footnote_marks(read, tmp_path):
    """Texts are in the cells, in the code page of their writer."""

    def text(row, column, content, *runs):
        data = struct.pack("<4H", row, column, 0, len(content)) + content.encode("cp1252")
        if runs:
            return 0xD6, data + bytes([len(runs)]) + b"".join(struct.pack("<BB", *run) for run in runs)
        return 0x204, data

    name = "Übersicht".encode("cp1252")
    fonts = [(0x31, struct.pack("<5H", 200, 0, 0, 400, super_) + b"\0\0\0\0\x05Arial") for super_ in (0, 1)]
    records = [
        (0x809, struct.pack("<4H", 0x500, 5, 0, 0)),
        (0x42, struct.pack("<H", 1252)),
        *fonts,
        (0xE0, struct.pack("<2H", 0, 0) + b"\0" * 12),
        (0x85, struct.pack("<IH", 0, 0) + bytes([len(name)]) + name),
        (0x0A, b""),
        (0x809, struct.pack("<4H", 0x500, 16, 0, 0)),
        (0x200, struct.pack("<5H", 0, 3, 0, 2, 0)),
        text(0, 0, HEADING[0]),
        text(0, 1, HEADING[1]),
        text(1, 0, "IHK Köln"),
        text(1, 1, "51", (1, 1)),
        text(2, 0, "IHK Aachen"),
        (0x205, struct.pack("<3HBB", 2, 1, 0, 0x17, 1)),
        (0x0A, b""),
    ]
    path = tmp_path / "meldung.xls"
    path.write_bytes(compound({"Book": xls_of(records)}))

    reading = read(path)

    assert outcome(reading) == READ
    assert reading.sheets[0].name == "Übersicht"


@pytest.mark.parametrize(
    "begin",
    [
        pytest.param("0900040007001000", id="Excel 2"),
        pytest.param("09020600000010000000", id="Excel 3"),
        pytest.param("09040600000010000000", id="Excel 4"),
        pytest.param("090808000000100000000000", id="Excel 5, without a container"),
    ],
)
def test_workbook_older_than_its_container_is_called_what_it_is(read, tmp_path, begin):
    path = tmp_path / "meldung.xls"
    number = struct.pack("<5Hd", 0x203, 14, 1, 1, 0, 240.0)
    path.write_bytes(bytes.fromhex(begin) + number + struct.pack("<HH", 0x0A, 0))

    assert read(path).reason_code == "old_spreadsheet"


def test_spreadsheet_of_openoffice_1_is_called_what_it_is(read, tmp_path):
    path = tmp_path / "meldung.sxc"
    path.write_bytes(
        zipped({"mimetype": b"application/vnd.sun.xml.calc", "content.xml": b"<office:document-content/>"})
    )

    assert read(path, name="meldung.ods").reason_code == "old_spreadsheet"


def test_footnote_digit_glued_to_a_grouped_number_holds_its_cell_alone(read, tmp_path):
    """1.2401 is no decimal number of a column that counts: the others group thousands by their dots."""
    path = tmp_path / "meldung.xlsx"
    book = openpyxl.Workbook()
    for row in (["Kammer", "EQ-Plätze 2016"], ["IHK Köln", "1.120"], ["IHK Aachen", "1.2401"]):
        book.active.append(row)
    book.save(path)

    assert outcome(read(path)) == ([("IHK-142", 1120)], [("B3", "not_whole", "1.2401")])
