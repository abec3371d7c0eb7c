"""A file as sheets of cells, whatever its format. What is none is refused, with a reason to act on."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import python_calamine

from measures.importing.addresses import column_letters
from measures.importing.formats import ods_states, packages, signatures, suffixes, text_files
from measures.importing.formats.binary.compound_file import CompoundFile
from measures.importing.formats.binary.xls_states import scan_xls
from measures.importing.formats.binary.xlsb_states import scan_xlsb
from measures.importing.formats.number_formats import mark_numbers
from measures.importing.formats.openxml import xlsx_states
from measures.importing.formats.openxml.indents import indents_of_xlsx_styles
from measures.importing.formats.openxml.package_names import with_usual_names
from measures.importing.formats.openxml.xlsx_runs import RunsOfBook
from measures.importing.formats.runs import take_out_struck
from measures.importing.formats.storable_texts import make_storable, storable
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.formats.states import SheetStates, Span
    from measures.importing.vocabulary import Limits

ERROR_WORDS = {
    "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#BEZUG!", "#NV", "#WERT!", "#ZAHL!",
    "#ÜBERLAUF!", "#KALK!", "#FELD!", "#BLOCKIERT!", "#UNBEKANNT!", "#VERBINDEN!",
    *(f"Err:{number}" for number in range(501, 541)), *(f"Fehler:{number}" for number in range(501, 541)),
    *("#" * count for count in range(2, 13)),
}  # fmt: skip
"""What a cell shows in place of a result, in both languages; ``###`` is what a column too narrow exports."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_AS_ITS_FORMAT_STATES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)
"""What parsers raise over bytes that break the rules of their format."""


_MOST_COVERED = 1_000_000
"""Merged cells that are looked under; only damaged or hostile sheets have more."""


class Merge(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Cells from A1 on, all rows equally long, ``''`` where there is nothing."""

    name: str
    rows: list[list[Any]]
    merges: list[Merge] = field(default_factory=list)
    states: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that look blank and are not: an error's text, or a formula (``=``) without a stored result."""
    hidden: bool = False
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    """How far cells are set in by their alignment."""
    text: text_files.TextRows | None = None
    """Of a text file: what is peculiar to its rows."""
    struck: set[tuple[int, int]] = field(default_factory=set)
    """Cells with a text that is struck out as a whole."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    """Comments on cells: they are no figures, and may say what the figures are."""
    page_texts: list[str] = field(default_factory=list)
    """Headers and footers of the printed page: they may say it, too."""
    boxes: list[str] = field(default_factory=list)
    """Lines in boxes of text over the cells, as people write notes."""
    covered: list[tuple[tuple[int, int], Merge, Any]] = field(default_factory=list)
    """Content that the merged cells over it hide, other than what they show: it is not among the cells."""


@dataclass(slots=True)
class Workbook:
    sheets: list[Sheet]
    encoding: str = ""
    suffix: str = ""
    """What the name of such a file ends in."""
    has_macros: bool = False
    has_comments: bool = False
    counts_from_1904: bool = False
    """Day numbers (dates without the format of one) begin in 1904 instead of 1900."""


def read_workbook(path: Path, name: str, limits: Limits) -> Workbook:
    size = path.stat().st_size
    if size == 0:
        raise Refusal("empty_file")
    if size > limits.file_bytes:
        raise Refusal("too_large", limit=str(limits.file_bytes // 2**20))
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        book = _read_zip(path, limits)
    elif head.startswith(_OLE):
        book = _read_ole(path, limits)
    else:
        book = _read_text(path, name, head, limits)
    for sheet in book.sheets:
        sheet.name = storable(sheet.name)
        sheet.states = {place: text.__class__(storable(text)) for place, text in sheet.states.items()}
        sheet.comments = {place: storable(text) for place, text in sheet.comments.items()}
        sheet.page_texts = list(map(storable, sheet.page_texts))
        sheet.boxes = list(map(storable, sheet.boxes))
        make_storable(sheet.rows)
    return book


def _read_zip(path: Path, limits: Limits) -> Workbook:
    try:
        with zipfile.ZipFile(path) as given:
            packages.checked_parts(given, limits)
            renamed = with_usual_names(given)
            if renamed is None:
                return _read_package(given, path, limits)
        with zipfile.ZipFile(renamed) as archive:
            return _read_package(archive, BytesIO(renamed.getvalue()), limits)
    except _NOT_AS_ITS_FORMAT_STATES as error:
        raise Refusal("damaged") from error


def _read_package(archive: zipfile.ZipFile, source: Path | BytesIO, limits: Limits) -> Workbook:
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        states = scan_xlsb(archive, limits)
        book = _with_calamine(source, limits, states.of)
        book.counts_from_1904, book.suffix = states.counts_from_1904, suffixes.XLSB
    elif any(part.lower() == "xl/workbook.xml" for part in parts):
        book = _read_xlsx(archive, source, limits)
        book.suffix = suffixes.XLSM if packages.has_macros(parts) else suffixes.XLSX
    elif "content.xml" in parts or "encrypted-package" in parts:
        book = _read_ods(archive, source, limits)
        book.suffix = suffixes.ODS
    else:
        raise Refusal(signatures.kind_of_archive(parts))
    book.has_macros = packages.has_macros(parts)
    book.has_comments = book.has_comments or packages.has_comments(parts)
    return book


def _read_xlsx(archive: zipfile.ZipFile, source: Path | BytesIO, limits: Limits) -> Workbook:
    paths = packages.sheet_paths(archive)
    types = xlsx_states.types_of_xlsx_styles(archive)
    indents = indents_of_xlsx_styles(archive)
    runs = RunsOfBook(archive)
    book = _with_calamine(
        source,
        limits,
        lambda sheet: xlsx_states.scan_xlsx(
            archive, sheet, paths.get(sheet, ""), limits, types=types, indents=indents, runs=runs
        ),
    )
    book.counts_from_1904 = xlsx_states.counts_from_1904(archive)
    return book


def _read_ods(archive: zipfile.ZipFile, source: Path | BytesIO, limits: Limits) -> Workbook:
    if "encrypted-package" in archive.namelist():
        raise Refusal("password")
    mimetype = archive.read("mimetype")[:200] if "mimetype" in archive.namelist() else b""
    if mimetype.startswith(b"application/vnd.sun.xml.calc"):
        raise Refusal("old_spreadsheet")
    if mimetype and b"spreadsheet" not in mimetype:
        raise Refusal("document")
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(2**20):
                raise Refusal("password")
    states = ods_states.scan_ods(archive, limits)
    book = _with_calamine(source, limits, states.of)
    book.has_comments = states.has_comments
    return book


def _read_ole(path: Path, limits: Limits) -> Workbook:
    container = CompoundFile(path.read_bytes())
    if container.has_stream("EncryptedPackage"):
        raise Refusal("password")
    if not (container.has_stream("Workbook") or container.has_stream("Book")):
        raise Refusal("document")
    states = scan_xls(container, limits)
    whole = container.with_workbook_stream(states.repaired) if states.repaired else None
    book = _with_calamine(BytesIO(whole) if whole else path, limits, states.of)
    book.counts_from_1904, book.has_comments = states.counts_from_1904, states.has_comments
    book.has_macros, book.suffix = container.has_macros, suffixes.XLS
    return book


def _with_calamine(
    source: Path | BytesIO, limits: Limits, states_of: Callable[[str], SheetStates]
) -> Workbook:
    try:
        # By its content: a name may end in .xlsx whatever the file is.
        file_of = source.open("rb") if isinstance(source, Path) else source
        with file_of as file, python_calamine.CalamineWorkbook.from_filelike(file) as book:
            return Workbook(_sheets(book, limits, states_of))
    except python_calamine.PasswordError as error:
        raise Refusal("password") from error
    except (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError) as error:
        raise Refusal("password" if "assword" in str(error) else "damaged") from error
    except _NOT_AS_ITS_FORMAT_STATES as error:
        raise Refusal("damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the parser gave up; this is not an Exception
            raise Refusal("damaged") from error
        raise


def _sheets(
    book: python_calamine.CalamineWorkbook, limits: Limits, states_of: Callable[[str], SheetStates]
) -> list[Sheet]:
    sheets = []
    if len(book.sheets_metadata) > limits.sheets:
        raise Refusal("too_many_sheets", limit=str(limits.sheets))
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            sheets.append(Sheet(meta.name, [], hidden=True))
            continue
        states = states_of(meta.name)
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=False)
        mark_numbers(rows, states.formats)
        for (row, column), text in states.texts.items():
            if row < len(rows) and column < len(rows[row]) and rows[row][column] != "":
                rows[row][column] = text
        struck = take_out_struck(rows, states)
        merges = [Merge(*start, *end) for start, end in sheet.merged_cell_ranges or states.merges]
        sheets.append(
            Sheet(
                meta.name,
                _fitted(rows, states.cells),
                merges,
                states.cells,
                hidden_rows=states.hidden_rows,
                hidden_columns=states.hidden_columns,
                indents=states.indents,
                struck=struck,
                comments=states.comments,
                page_texts=states.page_texts,
                boxes=states.boxes,
                covered=_uncovered(rows, merges),
            )
        )
    return sheets


def _uncovered(rows: list[list[Any]], merges: list[Merge]) -> list[tuple[tuple[int, int], Merge, Any]]:
    """Take out of the cells what merged cells hide; return what differs from what they show."""
    found = []
    left = _MOST_COVERED
    for merge in merges:
        bottom, right = min(merge.bottom, len(rows) - 1), min(merge.right, len(rows[0]) - 1 if rows else -1)
        left -= max(bottom - merge.top + 1, 0) * max(right - merge.left + 1, 0)
        if left < 0:
            break
        for row in range(merge.top, bottom + 1):
            for column in range(merge.left, right + 1):
                value = rows[row][column]
                if value == "" or (row, column) == merge[:2]:
                    continue
                rows[row][column] = ""
                if value != rows[merge.top][merge.left]:
                    found.append(((row, column), merge, value))
    return found


def _fitted(rows: list[list[Any]], states: dict[tuple[int, int], str]) -> list[list[Any]]:
    """Room for cells that carry a state but no value at the sheet's edges."""
    width = max((column + 1 for _, column in states), default=0)
    height = max((row + 1 for row, _ in states), default=0)
    have = len(rows[0]) if rows else 0
    if width > have:
        rows = [row + [""] * (width - have) for row in rows]
    rows.extend([""] * max(width, have) for _ in range(height - len(rows)))
    return rows


def _read_text(path: Path, name: str, head: bytes, limits: Limits) -> Workbook:
    if kind := signatures.foreign_kind(head):
        raise Refusal(kind)
    if Path(name).suffix.lower() not in suffixes.OF_TEXT and not _is_named_like_workbook(name):
        raise Refusal("unknown_type")
    text, encoding = text_files.decode(path.read_bytes(), is_workbook_name=_is_named_like_workbook(name))
    lines = text_files.read_rows(text, limits)
    suffix = suffixes.TXT if lines.delimiter == "\t" else suffixes.CSV
    return Workbook([Sheet(text_files.SHEET, lines.rows, text=lines)], encoding, suffix)


def _is_named_like_workbook(name: str) -> bool:
    return Path(name).suffix.lower() in suffixes.OF_WORKBOOKS


def hidden_parts(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Hidden rows and columns within the sheet's content, as ranges a person can read."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    return (
        _ranges(sheet.hidden_rows, height, lambda row: str(row + 1)),
        _ranges(sheet.hidden_columns, width, column_letters),
    )


def _ranges(spans: list[Span], size: int, name: Any) -> list[str]:
    within = [(first, min(last, size - 1)) for first, last in spans if first < size]
    return [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in within]
