"""Files that cannot or must not be read get a reason, and never take the portal with them."""

import io
import os
import struct
import zipfile

import openpyxl
import pytest

from measures.importing import Limits, read_guarded
from measures.importing.process.transfer import PROBLEMS, ROW_FIELDS, ROWS
from tests.measures.importing.conftest import SAMPLES
from tests.processes import children_of


@pytest.fixture
def guarded(vocabulary, tmp_path):
    def _guarded(content: bytes, name: str, **limits):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return read_guarded(path, folder=tmp_path, name=name, vocabulary=vocabulary, limits=Limits(**limits))

    return _guarded


def xlsx_part(old: bytes, new: bytes) -> bytes:
    """The faulty sample with a part of its sheet replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(SAMPLES / "IHK_Koeln_fehlerhaft.xlsx") as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            target.writestr(info.filename, source.read(info).replace(old, new))
    return made.getvalue()


def test_guarded_reading_equals_plain_reading(read, vocabulary, tmp_path):
    path = SAMPLES / "IHK_Koeln_fehlerhaft.xlsx"

    plain = read(path)
    guarded = read_guarded(path, folder=tmp_path, name=path.name, vocabulary=vocabulary, limits=Limits())

    assert (guarded.status, guarded.tables, guarded.sheets) == (plain.status, plain.tables, plain.sheets)
    assert guarded.control_totals == plain.control_totals
    assert guarded.row_count == len(plain.rows)
    rows = [line.split("\t") for line in (tmp_path / ROWS).read_text().splitlines()]
    found = [dict(zip(ROW_FIELDS, row, strict=True)) for row in rows]
    assert [(row["sheet"], row["cell"], row["value"], row["is_held"]) for row in found] == [
        (row.sheet, row.cell, "\\N" if row.value is None else str(row.value), "t" if row.held else "f")
        for row in plain.rows
    ]
    problems = [line.split("\t") for line in (tmp_path / PROBLEMS).read_text().splitlines()]
    assert [problem[:4] for problem in problems] == [
        [problem.severity, problem.code, problem.sheet, problem.cell] for problem in plain.problems
    ]


def test_file_may_be_named_from_the_folder_one_is_in(vocabulary, tmp_path, monkeypatch):
    monkeypatch.chdir(SAMPLES.parent)
    path = SAMPLES.relative_to(SAMPLES.parent) / "IHK_Koeln_fehlerhaft.xlsx"

    read = read_guarded(path, folder=tmp_path, name=path.name, vocabulary=vocabulary, limits=Limits())

    assert read.status != "refused"
    assert read.row_count > 0


def good_xlsx() -> bytes:
    return (SAMPLES / "DIHK_Sammelmeldung_2015-2016.xlsx").read_bytes()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def encrypted_ole() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )


def empty_xlsx() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leer.xlsx", b"", "empty_file"),
        ("bericht.pdf", b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        ("umbenannt.xlsx", b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        ("export.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
        ("export.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "html"),
        ("export.xls", "<html>".encode("utf-16"), "html"),
        ("alt.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas"></Workbook>', "xml"),
        ("geheim.xlsx", encrypted_ole(), "password"),
        ("brief.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "document"),
        ("brief.docx", zipped(**{"word/document.xml": b"<w/>"}), "document"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        ("skript.py", b"print(1)", "unknown_type"),
        ("kaputt.xlsx", b"PK\x03\x04 nothing more", "damaged"),
        ("kein.xlsx", b"\0\x01\x02\x03" * 100, "damaged"),
        ("leer.csv", b" \r\n;;\r\n", "empty_workbook"),
        ("nullen.csv", b"Kammer;\0Wert\n" * 9, "not_text"),
        ("breit.csv", b";".join([b"1"] * 20_000) + b"\n", "too_many_columns"),
        ("text.txt", b"Sehr geehrte Damen und Herren,\nanbei die Zahlen.\n", "no_table"),
    ],
)
def test_file_is_refused_with_a_reason(guarded, name, content, reason):
    reading = guarded(content, name)

    assert (reading.status, reading.reason_code) == ("refused", reason)
    assert reading.reason


def test_truncated_workbook_is_refused(guarded):
    assert guarded(good_xlsx()[:9000], "abgeschnitten.xlsx").reason_code == "damaged"


def test_truncated_old_workbook_is_refused(guarded):
    content = (SAMPLES / "IHK_Koeln_Berufe_2016.xls").read_bytes()

    assert guarded(content[:2200], "abgeschnitten.xls").status == "refused"


def test_workbook_with_broken_sheet_is_refused(guarded):
    assert guarded(xlsx_part(b"</sheetData>", b"</sheetDat"), "kaputt.xlsx").reason_code == "damaged"


def test_empty_workbook_is_refused(guarded):
    assert guarded(empty_xlsx(), "leer.xlsx").reason_code == "empty_workbook"


def test_zip_bomb_is_refused(guarded):
    content = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})

    assert guarded(content, "bombe.xlsx").reason_code == "bomb"


def test_stray_cell_at_the_far_corner_is_named(guarded):
    content = xlsx_part(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    reading = guarded(content, "weit.xlsx")

    assert (reading.reason_code, reading.reason_params["cell"]) == ("too_many_cells", "XFD1048576")
    assert "XFD1048576" in reading.reason


def test_cell_repeated_without_end_in_ods_is_refused(guarded):
    sample = (SAMPLES / "BA_AsA_2015.ods").read_bytes()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as source, zipfile.ZipFile(made, "w") as target:
        for info in source.infolist():
            content = source.read(info).replace(
                b'<table:table-row><table:table-cell office:value-type="float"',
                b"",
            )
            content = content.replace(
                b"</table:table>",
                b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                b'office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p>'
                b"</table:table-cell></table:table-row></table:table>",
            )
            target.writestr(info.filename, content)

    assert guarded(made.getvalue(), "weit.ods").reason_code == "too_many_cells"


def test_file_above_the_limit_is_refused_by_size(guarded):
    assert guarded(b"a;b\n" * 1000, "gross.csv", file_bytes=1000).reason_code == "too_large"


def test_reading_stops_when_memory_runs_out(guarded):
    content = b"Kammer;Kennzahl;Jahr;Wert\r\n" + b"".join(
        b"IHK Aachen;EQ-Pl\xe4tze %d %s;2016;%d\r\n" % (number, b"x" * 2_000, number)
        for number in range(30_000)
    )

    assert guarded(content, "gross.csv", memory_bytes=220 * 2**20).reason_code == "too_costly"


def test_reading_stops_when_time_runs_out(guarded):
    assert guarded(b"a;b\n", "lang.csv", seconds=0).reason_code == "too_costly"


def test_encrypted_old_workbook_is_refused(guarded):
    """An .xls carries FILEPASS (0x002F) as the first record after its beginning."""
    content = bytearray((SAMPLES / "IHK_Koeln_Berufe_2016.xls").read_bytes())
    start = content.index(b"\x09\x08\x10\x00\x00\x06")
    following = start + 20
    content[following : following + 4] = struct.pack(
        "<HH", 0x002F, struct.unpack_from("<H", content, following + 2)[0]
    )

    assert guarded(bytes(content), "geheim.xls").reason_code == "password"


def many_rows(count: int) -> bytes:
    rows = (f"IHK Aachen;EQ-Plätze;2016;{10000 + number};5" for number in range(count))
    return "\r\n".join(["Kammer;Kennzahl;Jahr;KldB;Wert", *rows]).encode()


def test_who_waits_is_told_how_many_rows_are_read(vocabulary, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(many_rows(60_000))
    told = []

    read_guarded(
        path,
        folder=tmp_path,
        name="viele.csv",
        vocabulary=vocabulary,
        limits=Limits(),
        watch=lambda done, total: told.append((done, total)),
    )

    counts = [done for done, total in told if total]
    assert {total for _done, total in told} <= {0, 60_000}
    assert counts == sorted(counts)
    assert any(0 < done <= 60_000 for done in counts)


def test_reading_ends_at_once_when_who_waits_gives_up(vocabulary, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(many_rows(60_000))

    def give_up(done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_guarded(
            path, folder=tmp_path, name="viele.csv", vocabulary=vocabulary, limits=Limits(), watch=give_up
        )
    [server] = children_of(os.getpid())
    assert children_of(server) == []
