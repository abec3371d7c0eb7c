"""What comes as a compound file (OLE): .xls as other programs write it, and what only looks like one."""

import struct

import pytest
import xlwt

from tests.measures.importing.test_formats import HEADING, outcome

END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096
STORAGE, STREAM, ROOT = 1, 2, 5
NO_ENTRY = 0xFFFFFFFF
READ = ([("IHK-142", 5)], [("B3", "cell_error", "#REF!")])


def entry(name: str, kind: int, *, child=NO_ENTRY, right=NO_ENTRY, first=END, size=0) -> bytes:  # noqa: PLR0913  an entry has them
    written = f"{name}\0".encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), kind, 1, NO_ENTRY, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)


def numbers(values: list[int]) -> bytes:
    return b"".join(struct.pack("<I", value) for value in values)


def chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def compound(streams: dict[str, bytes], *, storage: str = "") -> bytes:
    """A file of these streams, at its top or in a storage; short ones lie together, as the format wants."""
    sectors: list[bytes] = []
    table: list[int] = []
    small, small_table = b"", []

    def add(content: bytes) -> int:
        first, count = len(sectors), -(-len(content) // SECTOR)
        sectors.extend(
            content[place : place + SECTOR].ljust(SECTOR, b"\0") for place in range(0, len(content), SECTOR)
        )
        table.extend(chain(first, count))
        return first

    places = {}
    for name, content in streams.items():
        if len(content) >= SMALL:
            places[name] = add(content)
            continue
        count = -(-len(content) // SMALL_SECTOR)
        places[name] = len(small_table)
        small_table += chain(len(small_table), count)
        small += content.ljust(count * SMALL_SECTOR, b"\0")
    small_first = add(small) if small else END
    small_table_first = add(numbers(small_table).ljust(SECTOR, b"\xff")) if small else END
    entries = [entry("Root Entry", ROOT, child=1, first=small_first, size=len(small))]
    if storage:
        entries.append(entry(storage, STORAGE, child=2))
    for number, (name, content) in enumerate(streams.items(), 1):
        right = len(entries) + 1 if number < len(streams) else NO_ENTRY
        entries.append(entry(name, STREAM, right=right, first=places[name], size=len(content)))
    directory = add(b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0"))
    parts = next(count for count in range(1, 110) if len(table) + count <= count * SECTOR // 4)
    parts_of_table = range(len(table), len(table) + parts)
    table += [FAT_SECTOR] * parts
    add(numbers(table).ljust(parts * SECTOR, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, parts, directory, 0, SMALL, small_table_first, bool(small), END, 0)
    return (header + numbers([*parts_of_table])).ljust(SECTOR, b"\xff") + b"".join(sectors)


def workbook_stream() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Meldung")
    for row, values in enumerate((HEADING, ["IHK Köln", 5], ["IHK Aachen"])):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    sheet.row(2).set_cell_error(1, "#REF!")
    return book.get_biff_data()


@pytest.fixture
def answer(read, tmp_path):
    def _answer(content: bytes):
        path = tmp_path / "meldung.xls"
        path.write_bytes(content)
        return read(path)

    return _answer


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK"])
def test_workbook_is_known_whatever_case_its_stream_is_written_in(answer, name):
    stream = workbook_stream().ljust(SMALL, b"\0")

    assert outcome(answer(compound({name: stream}))) == READ


def test_workbook_so_small_that_its_sectors_are_shared_shows_its_errors(answer):
    stream = workbook_stream()
    assert len(stream) < SMALL

    assert outcome(answer(compound({"Workbook": stream}))) == READ


def test_document_with_a_workbook_embedded_in_it_is_a_document(answer):
    content = compound({"Workbook": workbook_stream().ljust(SMALL, b"\0")}, storage="ObjectPool")

    assert answer(content).reason_code == "document"


def test_encrypted_workbook_asks_for_one_without_password(answer):
    content = compound({"EncryptionInfo": b"\4\0\4\0" * 20, "EncryptedPackage": b"\1\2" * 3000})

    assert answer(content).reason_code == "password"


def test_text_in_a_cell_makes_neither_password_nor_macros(answer):
    """Names count where they are names: in the directory."""
    stream = workbook_stream().ljust(SMALL, b"\0")
    stream += "EncryptedPackage\0_VBA_PROJECT\0".encode("utf-16-le")

    reading = answer(compound({"Workbook": stream}))

    assert outcome(reading) == READ


def test_workbook_with_macros_is_read_without_them(answer):
    streams = {"Workbook": workbook_stream().ljust(SMALL, b"\0"), "_VBA_PROJECT_CUR": b"\0" * 64}

    reading = answer(compound(streams))

    assert outcome(reading)[0] == READ[0]
    assert [problem.code for problem in reading.problems] == ["cell_error", "macros_ignored"]


def test_directory_of_many_entries_is_worked_through(answer):
    streams = {f"Strom {number}": b"" for number in range(300)}

    assert outcome(answer(compound({**streams, "Workbook": workbook_stream().ljust(SMALL, b"\0")}))) == READ


def test_directory_too_deep_to_follow_is_refused(answer):
    """Its parser calls itself for each entry that hangs on another."""
    streams = {f"Strom {number}": b"" for number in range(5000)}

    reading = answer(compound({**streams, "Workbook": workbook_stream().ljust(SMALL, b"\0")}))

    assert (reading.status, reading.reason_code) == ("refused", "damaged")


def test_sectors_that_lead_in_circles_are_refused(answer):
    content = compound({"Workbook": workbook_stream().ljust(SMALL, b"\0")})
    table = content.rindex(numbers([1, 2, 3, 4]))

    reading = answer(content[:table] + numbers([0, 0, 0, 0]) + content[table + 16 :])

    assert (reading.status, reading.reason_code) == ("refused", "damaged")
