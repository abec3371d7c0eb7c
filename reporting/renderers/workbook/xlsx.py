"""The workbook as XLSX, written row by row, so that its memory does not grow with its tables.

Every text stands as it was given: none becomes a formula, a link or a number. The only links lead from the
contents to the sheets and back.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from measures.renderers.exact_workbook import ExactWorkbook
from reporting.charts.drawing import no_drawing
from reporting.frozen.schema import SnapshotData
from reporting.renderers import wording
from reporting.renderers.blocks import ReportDocument
from reporting.renderers.composition import compose
from reporting.renderers.workbook.block_tables import block_tables
from reporting.renderers.workbook.data_table import data_table
from reporting.renderers.workbook.table import Absent, Linked, Look, Share, SheetTable, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_OPTIONS = {
    "in_memory": False,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_INK, _QUIET, _WASH = "#131525", "#555970", "#E7E8F0"


def render_xlsx(snapshot: SnapshotData, language: str, *, sha256: str) -> bytes:
    """Render in the active language. The same snapshot gives the same bytes."""
    document = compose(snapshot, language, sha256=sha256, draw=no_drawing)
    return pack(snapshot, document, [*block_tables(document), data_table(snapshot, language, sha256=sha256)])


def pack(snapshot: SnapshotData, document: ReportDocument, tables: Sequence[SheetTable]) -> bytes:
    content = io.BytesIO()
    with ExactWorkbook(content, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": document.heading,
                "author": snapshot.alliance.implementing_body.in_language(document.language),
                "comments": f"SHA-256: {document.sha256}",
                "created": snapshot.taken_at.replace(tzinfo=None),
            }
        )
        _Writer(workbook).write(document, tables)
    return content.getvalue()


class _Writer:
    def __init__(self, workbook: ExactWorkbook) -> None:
        self.workbook = workbook
        base = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "valign": "top"}
        day = "dd/mm/yyyy" if wording.language() == "en" else "dd.mm.yyyy"
        self.title = workbook.add_format(base | {"font_size": 14, "bold": True})
        self.quiet = workbook.add_format(base | {"font_color": _QUIET})
        self.plain = workbook.add_format(base)
        self.link = workbook.add_format(base | {"font_color": "#171A6B", "underline": 1})
        self.gap = workbook.add_format(base | {"font_color": _QUIET, "italic": True, "align": "right"})
        head = base | {"bold": True, "bg_color": _WASH, "text_wrap": True, "bottom": 1}
        self.head = workbook.add_format(head)
        self.head_of_numbers = workbook.add_format(head | {"align": "right"})
        self.looks: Mapping[Look, Format] = {
            "text": workbook.add_format(base | {"text_wrap": True}),
            "number": workbook.add_format(base | {"num_format": "#,##0", "align": "right"}),
            "share": workbook.add_format(base | {"num_format": "0.0%", "align": "right"}),
            "year": workbook.add_format(base | {"num_format": "0", "align": "right"}),
            "date": workbook.add_format(base | {"num_format": day, "align": "right"}),
        }
        self.fractions = workbook.add_format(base | {"num_format": "#,##0.0##", "align": "right"})

    def write(self, document: ReportDocument, tables: Sequence[SheetTable]) -> None:
        """The contents first: they name every sheet."""
        contents = self.workbook.add_worksheet(pgettext("report", "Contents"))
        names = _sheet_names(tables)
        self._contents(contents, document, zip(names, tables, strict=True))
        for name, table in zip(names, tables, strict=True):
            self._table(self.workbook.add_worksheet(name), table, contents.get_name())

    def _contents(
        self, sheet: Worksheet, document: ReportDocument, listed: Iterable[tuple[str, SheetTable]]
    ) -> None:
        sheet.set_column(0, 0, 36, self.plain)
        sheet.set_column(1, 1, 90, self.plain)
        sheet.write_string(0, 0, document.heading, self.title)
        sheet.write_string(1, 0, document.subtitle, self.quiet)
        row = 2
        for row, (label, fact) in enumerate(
            [
                *((each.label, each.text) for each in document.imprint),
                (document.labels["fingerprint"], document.sha256),
            ],
            start=3,
        ):
            sheet.write_string(row, 0, label, self.quiet)
            sheet.write_string(row, 1, fact, self.plain)
        row += 2
        sheet.write_string(row, 0, pgettext("workbook", "Sheet"), self.head)
        sheet.write_string(row, 1, pgettext("workbook", "Table"), self.head)
        for name, table in listed:
            row += 1
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            sheet.write_string(row, 1, table.title, self.plain)
        self._page(sheet)

    def _table(self, sheet: Worksheet, table: SheetTable, contents: str) -> None:
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
        sheet.write_string(0, 0, table.title, self.title)
        sheet.write_url(
            1, 0, f"internal:'{contents}'!A1", self.link, pgettext("workbook", "Back to the contents")
        )
        head = 3
        for position, column in enumerate(table.columns):
            form = self.head if column.look == "text" else self.head_of_numbers
            sheet.write_string(head, position, column.name, form)
        row = head
        for row, values in enumerate(table.rows, start=head + 1):
            for position, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                self._cell(sheet, (row, position), column.look, value)
        sheet.freeze_panes(head + 1, 1 if len(table.columns) > 1 else 0)
        sheet.autofilter(head, 0, max(row, head + 1), len(table.columns) - 1)
        sheet.repeat_rows(head)
        for position, line in enumerate(table.notes, start=row + 2):
            sheet.write_string(position, 0, line, self.quiet)
        self._page(sheet)

    def _cell(self, sheet: Worksheet, place: tuple[int, int], look: Look, value: Value | Linked) -> None:
        """A link is written first; the number then takes the place of its text and stays a number."""
        if isinstance(value, Linked):
            sheet.write_url(*place, value.url)
            value = value.value
        if value is None or value == "":
            return
        if isinstance(value, Absent):
            sheet.write_string(*place, value.text, self.gap)
        elif isinstance(value, str):
            sheet.write_string(*place, value, self.looks["text"])
        elif isinstance(value, Share):
            sheet.write_number(*place, value.value, self.looks["share"])
        elif isinstance(value, date):
            sheet.write_datetime(*place, value, self.looks["date"])
        else:
            is_fraction = look == "number" and isinstance(value, Decimal) and value % 1
            sheet.write_number(*place, value, self.fractions if is_fraction else self.looks[look])

    @staticmethod
    def _page(sheet: Worksheet) -> None:
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)


def _sheet_names(tables: Sequence[SheetTable]) -> list[str]:
    """The labels without what Excel refuses; the tables of a report are numbered, so each is another one."""
    return [_NOT_IN_NAMES.sub(" ", table.label)[:_LONGEST_NAME].strip() for table in tables]
