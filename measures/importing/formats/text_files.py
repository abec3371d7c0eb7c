"""Text files as rows of cells: encoding, mark between cells and quotes are sniffed, never assumed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from measures.importing.addresses import address
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from measures.importing.vocabulary import Limits

SHEET = "CSV"
"""A text file has no sheet name; the file's own name must not speak for its content."""

_LONGEST_CELL = 2**20
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


def rows_of(text: str, limits: Limits) -> list[list[str]]:
    """Lines split into cells, all equally long; row numbers as a spreadsheet program shows them."""
    delimiter = ""
    if declared := _DECLARED.match(text):
        delimiter, text = declared[1], text[declared.end() :]
    text = text.rstrip("\x1a")
    csv.field_size_limit(_LONGEST_CELL)
    rows = _split(text, delimiter or _delimiter(text), limits.rows + 1)
    width = max(map(len, rows), default=0)
    if len(rows) > limits.rows:
        raise Refusal("too_many_rows", sheet=SHEET, limit=str(limits.rows))
    if width > limits.columns:
        raise Refusal("too_many_columns", sheet=SHEET, limit=str(limits.columns))
    if width * len(rows) > limits.cells:
        raise Refusal("too_many_cells", sheet=SHEET, cell=address(len(rows) - 1, width - 1))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def _split(text: str, delimiter: str, most: int) -> list[list[str]]:
    """A quote that is never closed would swallow the lines below it: then quotes are signs like others."""
    source = io.StringIO(text, newline="")
    try:
        return list(islice(csv.reader(source, delimiter=delimiter, strict=True), most))
    except csv.Error:
        source.seek(0)
    try:
        rows = list(islice(csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE), most))
    except csv.Error as error:
        raise Refusal("damaged") from error
    return [[_unquoted(cell) for cell in row] if '"' in "".join(row) else row for row in rows]


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1]
    return cell.replace('""', '"')


def _delimiter(text: str) -> str:
    """The mark that splits most lines into the same number of cells; a comma may be a decimal mark."""
    lines = [line for line in text[:200_000].splitlines()[:300] if line.strip()]
    best, score = ";", 0.0
    for mark in ";\t|,":
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
        except csv.Error:
            continue
        share = max((count for width, count in widths.items() if width > 1), default=0) / max(len(lines), 1)
        if share > score:
            best, score = mark, share
    return best
