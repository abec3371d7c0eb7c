"""A file as sheets of cells, whatever its format. What is none is refused, with a reason to act on."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import python_calamine

from measures.importing import binary_states, cell_states
from measures.importing.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.vocabulary import Limits

ERROR_WORDS = {
    "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!",
    "#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "Err:502", "Err:504", "Err:508", "Err:522",
}  # fmt: skip

TEXT_SHEET = "CSV"
"""A text file has no sheet name; the file's own name must not speak for its content."""

MOST_COLUMNS = 16_384
"""What a sheet of any spreadsheet program can hold; a text file with more is none."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ".tab", ".asc", ""}
_MOSTLY_GERMAN = 0.5
_UMLAUTS = set("äöüÄÖÜß")
_GERMAN_SIGNS = set("äöüÄÖÜßéèáàçôâê–—„“”‚‘’…€§°²³½­ «»·•†®©µ±×\xa0")


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
    hidden_rows: list[cell_states.Span] = field(default_factory=list)
    hidden_columns: list[cell_states.Span] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    sheets: list[Sheet]
    encoding: str = ""


def read_workbook(path: Path, name: str, limits: Limits) -> Workbook:
    size = path.stat().st_size
    if size == 0:
        raise Refusal("empty_file")
    if size > limits.file_bytes:
        raise Refusal("too_large", limit=str(limits.file_bytes // 2**20))
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return _read_zip(path, limits)
    if head.startswith(_OLE):
        return _read_ole(path)
    return _read_text(path, name, head)


def _read_zip(path: Path, limits: Limits) -> Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            if total > limits.unpacked_bytes or any(_is_bomb(info, limits) for info in infos):
                raise Refusal("bomb")
            parts = {info.filename for info in infos}
            if any(info.flag_bits & 1 for info in infos):
                raise Refusal("password")
            if "xl/workbook.bin" in parts:
                by_sheet = binary_states.scan_xlsb(archive)
                return _with_calamine(path, lambda sheet: by_sheet.get(sheet, cell_states.SheetStates()))
            if "xl/workbook.xml" in parts or any(part.endswith("/workbook.xml") for part in parts):
                paths = cell_states.sheet_paths(archive)
                return _with_calamine(
                    path,
                    lambda sheet: cell_states.scan_xlsx(archive, sheet, paths.get(sheet, ""), limits.cells),
                )
            if "content.xml" in parts:
                return _read_ods(path, archive, limits)
            raise Refusal("document")
    # zipfile says NotImplementedError of a compression it does not know.
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, NotImplementedError) as error:
        raise Refusal("damaged") from error


def _is_bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    return info.file_size > 20 * 2**20 and info.file_size > limits.unpacked_ratio * max(info.compress_size, 1)


def _read_ods(path: Path, archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    mimetype = archive.read("mimetype")[:200] if "mimetype" in archive.namelist() else b""
    if mimetype and b"spreadsheet" not in mimetype:
        raise Refusal("document")
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(2**20):
                raise Refusal("password")
    states = cell_states.scan_ods(archive, limits.cells)
    return _with_calamine(path, lambda sheet: states.get(sheet, cell_states.SheetStates()))


def _read_ole(path: Path) -> Workbook:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal("password")
    if not any(f"{stream}\0".encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise Refusal("document")
    states = binary_states.scan_xls(content)
    return _with_calamine(path, lambda sheet: states.get(sheet, cell_states.SheetStates()))


def _with_calamine(path: Path, states_of: Callable[[str], cell_states.SheetStates]) -> Workbook:
    sheets = []
    try:
        # By its content: a name may end in .xlsx whatever the file is.
        with path.open("rb") as file, python_calamine.CalamineWorkbook.from_filelike(file) as book:
            for meta in book.sheets_metadata:
                if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
                if hidden:
                    sheets.append(Sheet(meta.name, [], hidden=True))
                    continue
                states = states_of(meta.name)
                sheet = book.get_sheet_by_name(meta.name)
                rows = sheet.to_python(skip_empty_area=False)
                merges = [Merge(*start, *end) for start, end in sheet.merged_cell_ranges or states.merges]
                sheets.append(
                    Sheet(
                        meta.name,
                        _fitted(rows, states.cells),
                        merges,
                        states.cells,
                        hidden_rows=states.hidden_rows,
                        hidden_columns=states.hidden_columns,
                    )
                )
    except python_calamine.PasswordError as error:
        raise Refusal("password") from error
    except (
        python_calamine.CalamineError,
        python_calamine.XmlError,
        python_calamine.ZipError,
        OSError,
    ) as error:
        raise Refusal("password" if "assword" in str(error) else "damaged") from error
    return Workbook(sheets)


def _fitted(rows: list[list[Any]], states: dict[tuple[int, int], str]) -> list[list[Any]]:
    """Room for cells that carry a state but no value at the sheet's edges."""
    width = max((column + 1 for _, column in states), default=0)
    height = max((row + 1 for row, _ in states), default=0)
    have = len(rows[0]) if rows else 0
    if width > have:
        rows = [row + [""] * (width - have) for row in rows]
    rows.extend([""] * max(width, have) for _ in range(height - len(rows)))
    return rows


def _read_text(path: Path, name: str, head: bytes) -> Workbook:
    if head.lstrip().startswith(b"%PDF"):
        raise Refusal("pdf")
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if re.match(rb"<(?:!doctype html|html|head|body|table|!--|meta|style)", start):
        raise Refusal("html")
    if start.startswith(b"<"):
        raise Refusal("html" if b"<html" in start else "xml")
    if Path(name).suffix.lower() not in _TEXT_SUFFIXES and not _is_named_like_workbook(name):
        raise Refusal("unknown_type")
    text, encoding = decode(path.read_bytes(), is_workbook_name=_is_named_like_workbook(name))
    rows = _records(text)
    if rows and len(rows[0]) > MOST_COLUMNS:
        raise Refusal("too_many_cells", sheet=TEXT_SHEET, cell=cell_states.address(0, len(rows[0]) - 1))
    return Workbook([Sheet(TEXT_SHEET, rows)], encoding)


def _is_named_like_workbook(name: str) -> bool:
    return Path(name).suffix.lower() in {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


def decode(content: bytes, *, is_workbook_name: bool = False) -> tuple[str, str]:
    """Sniff, never assume: the same table comes as ISO-8859-1, UTF-8 with and without mark, and UTF-16."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise Refusal("damaged") from error
    if b"\0" in content:
        odd, even = content[1::2].count(0), content[::2].count(0)
        if is_workbook_name or max(odd, even) < len(content) // 4:
            raise Refusal("damaged" if is_workbook_name else "not_text")
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            raise Refusal("not_text") from error
    try:
        text, encoding = content.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _decode_single_byte(content)
    if sum(char < " " and char not in "\t\r\n\f\x1a" for char in text[:4096]) > 2:  # noqa: PLR2004  not text
        raise Refusal("damaged" if is_workbook_name else "not_text")
    return text, encoding


def _decode_single_byte(content: bytes) -> tuple[str, str]:
    """Choose the code page in which the most signs are ones that German text uses."""
    best = (0.0, "", "")
    for encoding in ("cp1252", "cp850", "mac_roman"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        signs = [char for char in text if not char.isascii()]
        share = sum((char in _UMLAUTS) + (char in _GERMAN_SIGNS) for char in signs) / len(signs)
        if share > best[0]:
            best = (share, text, encoding)
    if best[0] > _MOSTLY_GERMAN:
        return best[1], best[2]
    import charset_normalizer  # noqa: PLC0415  # only where the encoding is in doubt

    guess = charset_normalizer.from_bytes(content).best()
    if guess is None:
        raise Refusal("not_text")
    return str(guess), guess.encoding


def _records(text: str) -> list[list[str]]:
    """Lines split into cells; row numbers as a spreadsheet program shows them."""
    delimiter = ""
    if declared := re.match(r"sep=(.)\r?\n?", text):
        delimiter, text = declared[1], text[declared.end() :]
    if not delimiter:
        delimiter = _delimiter(text)
    csv.field_size_limit(2**20)
    try:
        rows = list(csv.reader(io.StringIO(text.rstrip("\x1a"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Refusal("damaged") from error
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def _delimiter(text: str) -> str:
    """The mark that splits most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:300] if line.strip()]
    best, score = ";", (0.0, 0)
    for mark in ";\t|,":
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
        except csv.Error:
            continue
        width, count = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda item: item[1], default=(1, 0)
        )
        if width > 1 and (count / len(lines), width) > score:
            best, score = mark, (count / len(lines), width)
    return best
