"""Marking a workbook extends openpyxl where it has no public way: the private parts it relies on, by name.

An update that renames one fails here, not at somebody's file. The version is held to the minor one for that.
"""

import ast
import inspect
import io
import zipfile
from copy import copy
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import _writer as cell_writer
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from measures.importing import marking

MARKING = Path(marking.__file__).parent
OF_A_CELL = {"_style"}
OF_A_SHEET = {"_cells", "_charts", "_images", "_pivots"}
OF_A_SHEET_WHILE_IT_IS_WRITTEN = {"_comments", "_drawing", "_rels"}
OF_THE_WRITERS = {"_archive"}
IMPORTED = {
    ("openpyxl.cell._writer", "_set_attributes"),
    ("openpyxl.cell._writer", "write_cell"),
    ("openpyxl.worksheet._writer", "WorksheetWriter"),
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def own_names(trees: list[ast.Module]) -> set[str]:
    """Private names that our own classes define: methods, and what they set on themselves."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    set_on_self = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    return set_on_self | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text()) for path in MARKING.glob("*.py")]


@pytest.fixture
def sheet():
    made = openpyxl.Workbook().active
    made["A1"] = 5
    made["A1"].font = Font(bold=True)
    made["B1"] = "=A1*2"
    made["A1"].comment = Comment("Bitte prüfen", "BIBB")
    made.add_chart(BarChart(), "C3")
    return made


def test_every_private_part_relied_on_is_named_here(trees):
    used = {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr)
    }
    imported = {
        (node.module, name.name)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("openpyxl")
        for name in node.names
        if is_private(name.name) or any(is_private(part) for part in node.module.split("."))
    }

    assert used - own_names(trees) == (
        OF_A_CELL | OF_A_SHEET | OF_A_SHEET_WHILE_IT_IS_WRITTEN | OF_THE_WRITERS
    )
    assert imported == IMPORTED


def test_the_version_is_the_one_they_were_read_in():
    assert openpyxl.__version__.split(".")[:2] == ["3", "1"]


def test_cells_and_sheets_have_them(sheet):
    sheet["B1"]._style = copy(sheet["A1"]._style)
    assert sheet["B1"].font.bold
    assert sheet._cells[1, 1] is sheet["A1"]
    assert (len(sheet._charts), sheet._images, sheet._pivots) == (1, [], [])


def test_a_sheet_gets_them_while_it_is_written(sheet):
    ExcelWriter(sheet.parent, zipfile.ZipFile(io.BytesIO(), "w")).save()

    assert [record.ref for record in sheet._comments] == ["A1"]
    assert len(sheet._drawing.charts) == 1
    assert {relation.Type.rpartition("/")[2] for relation in sheet._rels} == {
        "comments",
        "drawing",
        "vmlDrawing",
    }


def test_what_is_overridden_is_called_and_takes_the_same(sheet):
    called = []

    class Sheet(WorksheetWriter):
        def write_row(self, xf, row, row_idx):
            called.append(("row", row_idx))
            super().write_row(xf, row, row_idx)

    class Book(ExcelWriter):
        def write_worksheet(self, ws):
            called.append(("sheet", ws.title))
            super().write_worksheet(ws)

    Book(sheet.parent, zipfile.ZipFile(io.BytesIO(), "w")).save()
    writer = Sheet(sheet)
    writer.write()
    writer.cleanup()

    assert called == [("sheet", "Sheet"), ("row", 1)]
    assert list(inspect.signature(cell_writer._set_attributes).parameters) == ["cell", "styled"]
    assert list(inspect.signature(cell_writer.write_cell).parameters) == ["xf", "worksheet", "cell", "styled"]


def test_a_formula_comes_with_the_attributes_of_its_cell(sheet):
    assert cell_writer._set_attributes(sheet["B1"], sheet["B1"].has_style) == ("=A1*2", {"r": "B1"})
