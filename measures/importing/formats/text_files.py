"""Text files as rows of cells: encoding, delimiter and quotes are found in the file, never assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measures.importing.addresses import address
from measures.importing.formats.delimited.dialects import find_dialect
from measures.importing.formats.delimited.prepared import Prepared
from measures.importing.formats.delimited.records import LONGEST_CELL, Records
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from measures.importing.vocabulary import Limits

SHEET = "CSV"
"""A text file has no sheet name; the file's own name must not speak for its content."""

_ROWS_ABOVE = 2
_FEW_NULLS = 3
_BYTES_PER_NULL = 100
_MOSTLY_GERMAN = 0.5
_UMLAUTS = set("äöüÄÖÜß")
_GERMAN_SIGNS = set("äöüÄÖÜßéèáàçôâê–—„“”‚‘’…€§°²³½­ «»·•†®©µ±×\xa0")
_DECLARED = re.compile(r'"?sep=([^"\r\n])"?[;,\t]*(?:\r\n?|\n|$)', re.IGNORECASE)


def decode(content: bytes, *, is_workbook_name: bool = False) -> tuple[str, str]:
    """Sniff, never assume: the same table comes as ISO-8859-1, UTF-8 with and without mark, and UTF-16."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decode_or_refuse(content, encoding, "damaged"), encoding
    nulls = content.count(0)
    odd, even = content[1::2].count(0), content[::2].count(0)
    if nulls and max(odd, even) >= len(content) // 4:
        if is_workbook_name:
            raise Refusal("damaged")
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _decode_or_refuse(content, encoding, "not_text"), encoding
    if nulls > max(_FEW_NULLS, len(content) // _BYTES_PER_NULL) or (nulls and is_workbook_name):
        raise Refusal("damaged" if is_workbook_name else "not_text")
    try:
        text, encoding = content.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _decode_single_byte(content)
    if sum(char < " " and char not in "\0\t\r\n\f\x1a" for char in text[:4096]) > 2:  # noqa: PLR2004  not text
        raise Refusal("damaged" if is_workbook_name else "not_text")
    return text, encoding


def _decode_or_refuse(content: bytes, encoding: str, reason: str) -> str:
    """Half a surrogate pair damages one sign; it is replaced where all texts are made storable."""
    try:
        return content.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise Refusal(reason) from error


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


@dataclass(slots=True)
class TextRows:
    """The rows of a text file. ``rows`` are equally long; what is peculiar to one is kept beside them."""

    rows: list[list[str]]
    widths: list[int]
    """How many cells each row has in the file."""
    surplus: dict[int, list[str]]
    """Cells beyond the width of all other rows around."""
    strays: dict[int, list[int]]
    """Columns in which a quote breaks the rules, by row."""
    other_delimiters: set[int]
    """Rows with a delimiter of their own."""
    delimiter: str = ""


def read_rows(text: str, limits: Limits) -> TextRows:
    """Lines split into cells; row numbers as a spreadsheet program shows them."""
    delimiter = ""
    if declared := _DECLARED.match(text):
        delimiter, text = declared[1], text[declared.end() :]
    text = text.rstrip("\x1a")
    dialect, usual = find_dialect(text, delimiter)
    records = Records(Prepared(text, dialect), usual)
    rows = records.read(limits.rows)
    widths = list(map(len, rows))
    surplus = _taken_off(rows, widths, usual)
    width = max(map(len, rows), default=0)
    if len(rows) > limits.rows:
        raise Refusal("too_many_rows", sheet=SHEET, limit=str(limits.rows))
    if max(widths, default=0) > limits.columns:
        raise Refusal("too_many_columns", sheet=SHEET, limit=str(limits.columns))
    if width * len(rows) > limits.cells:
        raise Refusal("too_many_cells", sheet=SHEET, cell=address(len(rows) - 1, width - 1))
    if any(len(cell) > LONGEST_CELL for row in rows if sum(map(len, row)) > LONGEST_CELL for cell in row):
        raise Refusal("damaged")
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return TextRows(rows, widths, surplus, records.strays, records.other_delimiters, dialect.delimiter)


def _taken_off(rows: list[list[str]], widths: list[int], usual: tuple[int, ...]) -> dict[int, list[str]]:
    """Cut rows longer than those right above and below, and as hardly any row is: they widen no table.

    A row with nothing but what stands beyond the others is no row of theirs.
    """
    surplus: dict[int, list[str]] = {}
    filled = [row for row, width in enumerate(widths) if width]
    for place in range(_ROWS_ABOVE, len(filled)):
        row = filled[place]
        if widths[row] in usual:
            continue
        above = {widths[other] for other in filled[place - _ROWS_ABOVE : place]}
        below = {widths[other] for other in filled[place + 1 : place + 2]}
        is_longer = len(above) == 1 and widths[row] > (width := above.pop()) > 1 and below <= {width}
        if is_longer and any(cell.strip() for cell in rows[row][:width]):
            surplus[row] = rows[row][width:]
            del rows[row][width:]
    return surplus
