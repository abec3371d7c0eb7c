"""Marking a file, in the guarded process: their own workbook if it is one, else a new one of its cells."""

from __future__ import annotations

import re
import traceback
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.formats.problem_sheet import is_problem_sheet
from measures.importing.formats.workbook import read_workbook
from measures.importing.marking.new_workbook import write_cells
from measures.importing.marking.their_workbook import mark_theirs
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from measures.importing.marking.marks import Order
    from measures.importing.vocabulary import Limits

TOO_MANY_ROWS, NOT_READ = "too_many_rows", "not_read"

_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CHUNK = 4 * 2**20


class MarkingResult(NamedTuple):
    """``why``: only the list of problems can be given; ``trouble``: what openpyxl stumbled over."""

    why: str = ""
    trouble: str = ""


def mark_file(path: Path, name: str, target: Path, order: Order, limits: Limits) -> MarkingResult:
    """Write the marked workbook: their own, or a new one of the cells."""
    trouble = ""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            is_theirs = any(part.endswith("workbook.xml") for part in archive.namelist())
            if is_theirs and _rows_in(archive) > order.most_rows:
                return MarkingResult(TOO_MANY_ROWS)
        if is_theirs:
            trouble = _mark_theirs(path, target, order)
            if not trouble:
                return MarkingResult()
    try:
        workbook = read_workbook(path, name, limits)
    except Refusal:
        return MarkingResult(NOT_READ, trouble)
    workbook.sheets = [sheet for sheet in workbook.sheets if not is_problem_sheet(sheet.rows)]
    if sum(len(sheet.rows) for sheet in workbook.sheets) > order.most_rows:
        return MarkingResult(TOO_MANY_ROWS, trouble)
    write_cells(workbook, target, order)
    return MarkingResult(trouble=trouble)


def _mark_theirs(path: Path, target: Path, order: Order) -> str:
    try:
        mark_theirs(path, target, order)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  whatever openpyxl stumbles over: the cells can still be had
        return traceback.format_exc()
    return ""


def _rows_in(archive: zipfile.ZipFile) -> int:
    """Rows of all sheets together, without understanding any."""
    rows = 0
    for part in archive.namelist():
        if "worksheets/" in part and part.endswith(".xml"):
            with archive.open(part) as stream:
                rest = b""
                while chunk := stream.read(_CHUNK):
                    data = rest + chunk
                    cut = data.rfind(b"<") if len(chunk) == _CHUNK else len(data)
                    rows += len(_ROW.findall(data[:cut]))
                    rest = data[cut:]
    return rows
