"""The sheets of a file as shown for correction: rows with what they were taken for, tables with columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from measures.forms.imports.mapping import MappingForm, TableFields
from measures.importing.addresses import column_letters
from measures.importing.corrections.pointing import in_view
from measures.importing.vocabulary import SheetAnswers

KINDS = {
    "title": _("Title"),
    "header": _("Column headings"),
    "unit": _("Unit"),
    "section": _("Heading between rows"),
    "data": _("Data"),
    "total": _("Total row"),
    "note": _("Remark"),
    "ignored": _("not read"),
    "blank": _("empty"),
}
TEXTS = ("title", "section", "note")
"""Rows of running text: it spreads over the empty cells behind it, as in the spreadsheet."""

WORDS = {
    "header": _("Column headings"),
    "data_first": _("The data begin here"),
    "data_last": _("The data end here"),
    "title": _("Title above the headings"),
    "data": _("Data"),
    "total": _("Total row"),
    "section": _("Heading between rows"),
    "note": _("Remark"),
    "ignored": _("Do not read this row"),
}
OFFERED: dict[str, tuple[str, ...]] = {
    "title": ("header", "data_first"),
    "header": ("title", "data_first", "ignored"),
    "unit": ("title", "data_first", "ignored"),
    "data": ("header", "data_first", "data_last", "total", "section", "note", "ignored"),
    "total": ("data", "header", "data_last", "section", "note", "ignored"),
    "section": ("header", "data", "total", "note", "ignored"),
    "note": ("header", "data_first", "data", "total", "section"),
    "ignored": ("header", "data_first", "data", "total", "section", "note"),
}


@dataclass(frozen=True)
class SheetRow:
    """A row of the sheet, each cell with the columns it takes up; ``skipped``: rows before it not shown."""

    number: int
    kind: str
    cells: list[tuple[str, int]]
    skipped: int
    place: str

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(word, str(WORDS[word])) for word in OFFERED.get(self.kind, ())]


@dataclass(frozen=True)
class ShownColumn:
    """What stands over one column of a table; ``anchor``: the field where it is chosen, if it is asked."""

    role: str
    label: str
    from_heading: str
    anchor: str


@dataclass(frozen=True)
class ShownTable:
    """A table's place on the sheet, and its columns by the sheet's letters; None outside the table."""

    number: int
    first_row: int
    is_read: bool
    columns: list[ShownColumn | None]


@dataclass(frozen=True)
class ShownSheet:
    index: int
    view: dict[str, Any]
    letters: list[str]
    rows: list[SheetRow]
    areas: list[ShownTable]
    tables: list[TableFields]
    answers: SheetAnswers
    is_only: bool
    """No table was found anywhere, so this sheet may well have one."""

    @property
    def is_ignored(self) -> bool:
        return self.answers.ignored

    @property
    def is_open(self) -> bool:
        return bool(self.tables) or self.is_only or self.is_corrected

    @property
    def is_corrected(self) -> bool:
        return bool(self.answers.tables or self.answers.rows)

    @property
    def name(self) -> str:
        return str(self.view["name"])

    @property
    def more_columns(self) -> int:
        return max(0, int(self.view["column_count"]) - len(self.letters))

    @property
    def more_rows(self) -> int:
        """How many rows follow after the last one shown."""
        return int(self.view["row_count"]) - self.rows[-1].number if self.rows else 0

    def lines(self) -> Iterator[tuple[SheetRow, list[ShownTable]]]:
        """Each row with the tables that begin at it."""
        for row in self.rows:
            yield row, [area for area in self.areas if area.first_row == row.number]


def shown_sheets(form: MappingForm) -> tuple[list[ShownSheet], list[TableFields], list[str]]:
    """The sheets with their tables; tables on sheets beyond those shown; the names of hidden sheets."""
    tables = list(form.tables())
    views = form.run.sheets
    sheets = [
        _sheet(
            index,
            view,
            [table for table in tables if table.table["sheet"] == view["name"]],
            form.given.sheets.get(view["fingerprint"], SheetAnswers()),
            is_only=not tables,
        )
        for index, view in enumerate(views)
        if not view["hidden"] and view["rows"]
    ]
    names = {sheet.name for sheet in sheets}
    others = [table for table in tables if table.table["sheet"] not in names]
    return sheets, others, [view["name"] for view in views if view["hidden"]]


def _sheet(
    index: int, view: dict[str, Any], tables: list[TableFields], answers: SheetAnswers, *, is_only: bool
) -> ShownSheet:
    width = max((len(row["cells"]) for row in view["rows"]), default=0)
    letters = [column_letters(column) for column in range(width)]
    known = {table.table["fingerprint"]: table for table in tables}
    areas = [
        _area(number, area, known.get(area["fingerprint"]), letters)
        for number, area in enumerate(view["areas"], start=1)
    ]
    rows = list(_rows(index, view, width, in_view(view, answers).rows))
    return ShownSheet(index, view, letters, rows, areas, tables, answers, is_only)


def _rows(index: int, view: dict[str, Any], width: int, corrected: dict[int, str]) -> Iterator[SheetRow]:
    before = 0
    for row in view["rows"]:
        cells = [(text, 1) for text in row["cells"]]
        if row["kind"] in TEXTS and row["cells"]:
            while len(cells) > 1 and not cells[-1][0]:
                cells.pop()
            cells[-1] = (cells[-1][0], width - len(cells) + 1)
        cells += [("", 1)] * (width - sum(span for _, span in cells))
        kind = "ignored" if corrected.get(row["number"]) == "ignored" else row["kind"]
        yield SheetRow(row["number"], kind, cells, row["number"] - before - 1, f"{index}:{row['number']}")
        before = row["number"]


def _area(number: int, area: dict[str, Any], table: TableFields | None, letters: list[str]) -> ShownTable:
    columns = {entry.column["letter"]: entry for entry in table.columns} if table else {}
    shown = [
        ShownColumn(
            entry.column["role"],
            entry.role_label,
            entry.from_heading,
            entry.role.id_for_label,
        )
        if (entry := columns.get(letter))
        else None
        for letter in letters
    ]
    return ShownTable(number, area["header_first"], area["is_read"], shown)
