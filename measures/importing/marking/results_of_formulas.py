"""The stored results of formulas, carried over: openpyxl keeps either formulas or results.

Without them a workbook handed back could only be read again after a spreadsheet program had saved it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.cell._writer import _set_attributes, write_cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import Element, SubElement, iterparse

from measures.importing.formats.packages import sheet_paths

if TYPE_CHECKING:
    import zipfile

_CELL, _ROW = f"{{{SHEET_MAIN_NS}}}c", f"{{{SHEET_MAIN_NS}}}row"
_FORMULA, _VALUE = f"{{{SHEET_MAIN_NS}}}f", f"{{{SHEET_MAIN_NS}}}v"
_FORMULA_START = re.compile(rb"<(?:\w+:)?f[\s>/]")
_KINDS = ("n", "str", "b", "e")
_CHUNK = 4 * 2**20


class Result(NamedTuple):
    kind: str
    text: str


Results = dict[str, dict[str, Result]]
"""Sheet name -> cell -> result."""


def results_in(archive: zipfile.ZipFile) -> Results:
    names = set(archive.namelist())
    return {
        sheet: _results_of(archive, part)
        for sheet, part in sheet_paths(archive).items()
        if part in names and _has_formula(archive, part)
    }


def _has_formula(archive: zipfile.ZipFile, part: str) -> bool:
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if _FORMULA_START.search(rest + chunk):
                return True
            rest = chunk[-16:]
    return False


def _results_of(archive: zipfile.ZipFile, part: str) -> dict[str, Result]:
    found = {}
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag == _CELL:
                value, kind = element.findtext(_VALUE), element.get("t", "n")
                if value and kind in _KINDS and element.find(_FORMULA) is not None:
                    found[element.get("r", "")] = Result(kind, value)
            elif element.tag == _ROW:
                element.clear()
    return found


class _SheetWriter(WorksheetWriter):
    """Writes a sheet as openpyxl does, but formulas with the results they had."""

    def __init__(self, sheet: Any, results: dict[str, Result]) -> None:
        self.results = results
        super().__init__(sheet)

    def write_row(self, xf: Any, row: list[Any], row_idx: int) -> None:
        if not any(cell.data_type == "f" and cell.coordinate in self.results for cell in row):
            super().write_row(xf, row, row_idx)
            return
        with xf.element("row", {"r": str(row_idx), **dict(self.ws.row_dimensions.get(row_idx, {}))}):
            for cell in row:
                if cell.comment is not None:
                    self.ws._comments.append(CommentRecord.from_cell(cell))  # noqa: SLF001  as its base does
                if cell.data_type == "f" and cell.coordinate in self.results:
                    _write_formula(xf, cell, self.results[cell.coordinate])
                elif cell.value is not None or cell.has_style or cell.comment:
                    write_cell(xf, self.ws, cell, cell.has_style)


def _write_formula(xf: Any, cell: Any, result: Result) -> None:
    formula, attributes = _set_attributes(cell, cell.has_style)
    element = Element("c", attributes if result.kind == "n" else {**attributes, "t": result.kind})
    if isinstance(formula, ArrayFormula | DataTableFormula):
        written = SubElement(element, "f", dict(formula))
        text = formula.text if isinstance(formula, ArrayFormula) else ""
    else:
        written, text = SubElement(element, "f"), formula
    written.text = text.removeprefix("=")
    SubElement(element, "v").text = result.text
    xf.write(element)


class BookWriter(ExcelWriter):
    """Writes a workbook as openpyxl does, but formulas with the results they had."""

    def __init__(self, book: Any, archive: zipfile.ZipFile, results: Results) -> None:
        super().__init__(book, archive)
        self.results = results

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001  as its base does
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001
        writer = _SheetWriter(ws, self.results.get(ws.title, {}))
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.write(writer.out, ws.path[1:])
        self.manifest.append(ws)
        writer.cleanup()
