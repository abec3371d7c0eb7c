"""Their own xlsx, as they sent it, with its problems marked. Hostile input: for the guarded process only."""

from __future__ import annotations

import zipfile
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from measures.importing.addresses import CELL
from measures.importing.formats.problem_sheet import SIGN, is_problem_sheet
from measures.importing.marking.losses import IMAGES, PIVOTS, losses
from measures.importing.marking.marks import (
    COLOURS,
    MOST_LINKS,
    SHEET_COLUMNS,
    WIDTHS,
    Mark,
    Order,
    Wording,
    cell_marks,
    comment_size,
    free_name,
    heading,
    link_to,
    looks_like_formula,
    place_of,
)
from measures.importing.marking.results_of_formulas import BookWriter, results_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SIGN_COLUMN = SHEET_COLUMNS + 1
"""Hidden: the sign of the sheet, and below it the style each cell had before it was marked."""
_SIGN_LETTER = get_column_letter(_SIGN_COLUMN)
_CELL_COLUMN = 3
_FIRST_ROWS = 5
_LIGHT = 160
_WHITE_THEME, _WHITE_INDEXES = 0, (1, 9)

Styles = dict[tuple[str, str], Any]


def mark_theirs(path: Path, target: Path, order: Order) -> None:
    marks, wording = order.marks, order.wording
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        # Macros stay out: what they do is not ours to hand on. By its content: a name may end in anything.
        book = openpyxl.load_workbook(file, rich_text=True, keep_vba=False)
        results = results_in(archive)
        lost = losses(archive, kept=_kept(book))
    _remove_earlier_marks(book, wording)
    reported, fewer_comments = cell_marks(marks, wording)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    before: Styles = {}
    for mark in reported:
        sheet = sheets.get(mark.sheet)
        if sheet is None:
            continue
        cell = _anchor(sheet, mark.row, mark.column)
        before.setdefault((sheet.title, _address(mark.row, mark.column)), copy(cell._style))  # noqa: SLF001  kept
        _colour(cell, COLOURS[mark.severity])
        if mark.text:
            _comment(cell, mark.text, wording)
    lines = wording.lines(losses=lost, fewer_comments=fewer_comments)
    _add_problem_sheet(book, marks, wording, lines, before)
    book.calculation.fullCalcOnLoad = True
    book.template = False
    BookWriter(book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED), results).save()


def _kept(book: Any) -> dict[str, int]:
    return {
        IMAGES: sum(len(sheet._images) for sheet in book.worksheets),  # noqa: SLF001  openpyxl has no other way
        PIVOTS: sum(len(sheet._pivots) for sheet in book.worksheets),  # noqa: SLF001  openpyxl has no other way
    }


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _anchor(sheet: Any, row: int, column: int) -> Any:
    """The cell itself, or the one that shows for it where cells are merged."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        span = next(span for span in sheet.merged_cells.ranges if cell.coordinate in span)
        cell = sheet.cell(span.min_row, span.min_col)
    return cell


def _colour(cell: Any, colour: str) -> None:
    cell.fill = PatternFill("solid", fgColor=colour)
    if _is_light(cell.font.color):
        font = copy(cell.font)
        font.color = "000000"
        cell.font = font


def _is_light(colour: Any) -> bool:
    """Whether this font could not be read on our colours."""
    if colour is None:
        return False
    if colour.type == "rgb":
        return min(bytes.fromhex(colour.rgb[-6:])) > _LIGHT
    return (colour.type == "theme" and colour.theme == _WHITE_THEME) or (
        colour.type == "indexed" and colour.indexed in _WHITE_INDEXES
    )


def _comment(cell: Any, text: str, wording: Wording) -> None:
    """Ours below theirs."""
    theirs = cell.comment
    author = wording.author
    if theirs is not None:
        text, author = f"{theirs.text.rstrip()}\n\n{text}", theirs.author or author
    width, height = comment_size(text)
    cell.comment = Comment(text, author, height=height, width=width)


def _remove_earlier_marks(book: Any, wording: Wording) -> None:
    """Marks of an earlier check go: a corrected cell looks as it did before it was marked."""
    for sheet in list(book.worksheets):
        if is_problem_sheet(list(sheet.iter_rows(max_row=_FIRST_ROWS, values_only=True))):
            _restore_styles(book, sheet)
            book.remove(sheet)
    first_line = heading(wording)
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):  # noqa: SLF001  only what is there: cell() would make more
            if cell.comment is None or first_line not in cell.comment.text:
                continue
            theirs, author = cell.comment.text.partition(first_line)[0].rstrip(), cell.comment.author
            cell.comment = Comment(theirs, author) if theirs else None
            if _is_ours(cell.fill):
                cell.fill = PatternFill()


def _restore_styles(book: Any, listed: Any) -> None:
    for row in listed.iter_rows(max_col=_SIGN_COLUMN):
        name, place = str(row[1].value), str(row[2].value)
        if name not in book.sheetnames or not CELL.fullmatch(place):
            continue
        cell = book[name]._cells.get(coordinate_to_tuple(place))  # noqa: SLF001  as above
        if isinstance(cell, MergedCell):
            cell = _anchor(book[name], cell.row, cell.column)
        if cell is not None and _is_ours(cell.fill):
            cell._style = copy(row[-1]._style)  # noqa: SLF001  the style as a whole


def _is_ours(fill: Any) -> bool:
    return (
        fill.fill_type == "solid" and fill.fgColor.type == "rgb" and fill.fgColor.rgb[-6:] in COLOURS.values()
    )


def _add_problem_sheet(
    book: Any, marks: Sequence[Mark], wording: Wording, lines: Sequence[str], before: Styles
) -> None:
    names = {sheet.title for sheet in book.worksheets}
    sheet = _first_sheet(book, wording)
    for number, line in enumerate(lines, 1):
        _write(sheet, number, 1, line)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    _write(sheet, 1, _SIGN_COLUMN, SIGN)
    header = len(lines) + 2
    for column, text in enumerate(wording.headers, 1):
        _write(sheet, header, column, text).font = Font(bold=True)
    looks: dict[_Look, Any] = {}
    for number, mark in enumerate(marks, header + 1):
        is_linked = mark.sheet in names and number - header <= MOST_LINKS and bool(place_of(mark.cell))
        for column, text in enumerate(wording.row(mark), 1):
            cell = _write(sheet, number, column, text)
            colour = COLOURS[mark.severity] if column == 1 else ""
            is_link = is_linked and column == _CELL_COLUMN
            _dress(cell, _Look(colour, is_link=is_link, is_quoted=looks_like_formula(text)), looks)
            if is_link:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link_to(mark.sheet, mark.cell))
        if style := before.get((mark.sheet, mark.cell)):
            sheet.cell(number, _SIGN_COLUMN)._style = copy(style)  # noqa: SLF001  the style as a whole
    if not marks:
        _write(sheet, header + 1, 1, wording.no_problem)
    sheet.freeze_panes = f"A{header + 1}"
    # The hidden column is sorted along: it belongs to its line.
    sheet.auto_filter.ref = f"A{header}:{_SIGN_LETTER}{header + max(1, len(marks))}"


class _Look(NamedTuple):
    colour: str
    is_link: bool
    is_quoted: bool


def _dress(cell: Any, look: _Look, looks: dict[_Look, Any]) -> None:
    """Each look is made once and copied: a hundred thousand lines have but a few."""
    if look in looks:
        cell._style = copy(looks[look])  # noqa: SLF001  the style as a whole
        return
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if look.colour:
        cell.fill = PatternFill("solid", fgColor=look.colour)
    if look.is_link:
        cell.font = Font(underline="single", color="0000EE")
    cell.quotePrefix = look.is_quoted
    looks[look] = copy(cell._style)  # noqa: SLF001  the style as a whole


def _first_sheet(book: Any, wording: Wording) -> Any:
    """A new sheet, before all others and the one that shows."""
    views = [sheet.views for sheet in book.worksheets] + [sheet.sheetViews for sheet in book.chartsheets]
    for view in (view for of_sheet in views for view in of_sheet.sheetView):
        view.tabSelected = False  # what is typed goes into every selected sheet
    sheet = book.create_sheet(free_name(wording.sheet_name, book.sheetnames), 0)
    sheet.sheet_view.tabSelected = True
    book.active = 0
    for window in book.views:
        window.firstSheet = window.activeTab = 0
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions[_SIGN_LETTER].hidden = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    """As text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    return cell
