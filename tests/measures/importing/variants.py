"""The same spreadsheet in another guise: renamed, shifted, columns and sheets in another order."""

import csv
import shutil
from typing import Any, NamedTuple

import openpyxl
import python_calamine
import xlwt
from odf import opendocument, table, teletype, text

from measures.renderers.exact_workbook import escape


class Sheet(NamedTuple):
    name: str
    cells: dict[tuple[int, int], Any]
    merges: list[tuple[int, int, int, int]]

    @property
    def width(self):
        return max((column for _, column in self.cells), default=0) + 1


class CellError(str):
    __slots__ = ()


def load(path):
    if path.suffix == ".xlsx":
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            return [
                _load_xlsx(sheet, book.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False))
                for sheet in openpyxl.load_workbook(path).worksheets
            ]
    if path.suffix == ".csv":
        rows = list(csv.reader(path.read_text(encoding="cp1252").splitlines(), delimiter=";"))
        return [_sheet("CSV", rows)]
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return [
            _sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        ]


def _sheet(name, rows):
    cells = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}
    return Sheet(name, cells, [])


def _load_xlsx(sheet, texts):
    """``texts``: the same cells by another reader, which undoes the escapes of OOXML."""
    cells = {
        (cell.row - 1, cell.column - 1): _value(cell, texts)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    merges = [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges]
    return Sheet(sheet.title, cells, merges)


def _value(cell, texts):
    """A formula that is an error becomes the error it shows."""
    if cell.data_type == "f" and cell.value.startswith("=#"):
        return CellError(cell.value[1:])
    if cell.data_type == "e":
        return CellError(cell.value)
    return texts[cell.row - 1][cell.column - 1] if cell.data_type == "s" else cell.value


def save(sheets, path):
    {".xlsx": _save_xlsx, ".csv": _save_csv, ".xls": _save_xls, ".ods": _save_ods}[path.suffix](sheets, path)
    return path


def _save_xlsx(sheets, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for given in sheets:
        sheet = book.create_sheet(given.name)
        for (row, column), value in given.cells.items():
            cell = sheet.cell(row + 1, column + 1)
            cell.value = escape(value) if isinstance(value, str) else value
            if isinstance(value, str) and not isinstance(value, CellError):
                cell.data_type = "s"  # a text stays one, whatever sign it begins with
            if isinstance(value, CellError):
                cell.data_type = "e"
        for top, left, bottom, right in given.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    book.save(path)


def _rows(sheet):
    height = max(row for row, _ in sheet.cells) + 1
    return [[sheet.cells.get((row, column), "") for column in range(sheet.width)] for row in range(height)]


def _save_csv(sheets, path):
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(_rows(sheets[0]))


def _save_xls(sheets, path):
    book = xlwt.Workbook(encoding="utf-8")
    for given in sheets:
        sheet = book.add_sheet(given.name)
        for (row, column), value in given.cells.items():
            sheet.write(row, column, value)
    book.save(str(path))


def _save_ods(sheets, path):
    document = opendocument.OpenDocumentSpreadsheet()
    for given in sheets:
        sheet = table.Table(name=given.name)
        for row in _rows(given):
            line = table.TableRow()
            for value in row:
                number = isinstance(value, (int, float))
                kind = {"valuetype": "float", "value": str(value)} if number else {"valuetype": "string"}
                cell = table.TableCell(**kind)
                for part in str(value).split("\n"):
                    paragraph = text.P()
                    teletype.addTextToElement(paragraph, part)
                    cell.addElement(paragraph)
                line.addElement(cell)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    document.save(str(path))


def moved(sheet, place):
    """Every cell and span at another place; a span keeps its text in its first cell."""
    cells = {place(row, column): value for (row, column), value in sheet.cells.items()}
    merges = []
    for top, left, bottom, right in sheet.merges:
        (one, two), (three, four) = place(top, left), place(bottom, right)
        merges.append((min(one, three), min(two, four), max(one, three), max(two, four)))
        if two != min(two, four):
            cells[one, min(two, four)] = cells.pop((one, two))
    return Sheet(sheet.name, cells, merges)


def renamed(path, folder):
    return shutil.copy(path, folder / f"Anlage 7 (final) 1999{path.suffix}")


def shifted(path, folder):
    sheets = [moved(sheet, lambda row, column: (row + 3, column + 2)) for sheet in load(path)]
    return save(sheets, folder / f"shifted{path.suffix}")


def columns_reversed(path, folder):
    sheets = [
        moved(sheet, lambda row, column, last=sheet.width - 1: (row, last - column)) for sheet in load(path)
    ]
    return save(sheets, folder / f"reversed{path.suffix}")


def first_column_last(path, folder):
    """The labels stand to the right of the values; groups of headings stay together."""
    sheets = [
        moved(sheet, lambda row, column, last=sheet.width - 1: (row, column - 1 if column else last))
        for sheet in load(path)
    ]
    return save(sheets, folder / f"rotated{path.suffix}")


def sheets_reversed(path, folder):
    return save([*load(path)[::-1]], folder / f"sheets{path.suffix}")


def all_at_once(path, folder):
    sheets = [
        moved(sheet, lambda row, column, last=sheet.width - 1: (row + 3, last - column + 2))
        for sheet in load(path)
    ]
    return save(sheets[::-1], folder / f"2031{path.suffix}")


VARIANTS = {
    "renamed": renamed,
    "shifted": shifted,
    "columns reversed": columns_reversed,
    "first column last": first_column_last,
    "sheets reversed": sheets_reversed,
    "all at once": all_at_once,
}
