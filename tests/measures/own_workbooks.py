"""The portal's own workbook in the hands of people: found again, filled in, and as version 1 once was."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from measures.models import Submission
from measures.renderers.own_workbook_keys import COLUMNS, VERSION
from measures.selectors.own_workbook import own_workbook_of

TECHNICAL_ROW = 8
NAMES = COLUMNS[VERSION]


def download(submission: Submission, language: str = "de") -> bytes:
    loaded = Submission.objects.select_related("round", "organisation__region").get(pk=submission.pk)
    return own_workbook_of(loaded, language=language).content


def open_book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    """What a column is -> its number, by the technical row."""
    texts = {cell.value: cell.column for cell in sheet[TECHNICAL_ROW]}
    return {role: texts[name] for role, name in NAMES.items() if name in texts}


def keys_of(sheet: Worksheet, row: int) -> tuple[Any, Any, Any, Any]:
    """Indicator, region, target group and occupation of a row as its hidden keys say them."""
    places = columns(sheet)
    return tuple(
        sheet.cell(row, places[role]).value for role in ("indicator", "region", "target_group", "occupation")
    )


def row_of(
    sheet: Worksheet,
    indicator: str,
    target_group: str | None = "_T",
    occupation: str | None = "_T",
    *,
    region: str = "05",
) -> int:
    """The first row with these keys; without an occupation, the first room for one."""
    wanted = (indicator, region, target_group, occupation)
    return next(row for row in range(TECHNICAL_ROW + 1, sheet.max_row + 1) if keys_of(sheet, row) == wanted)


def fill_in(content: bytes, change: Callable[[Worksheet, Mapping[str, int]], None]) -> bytes:
    """The workbook after a person has been at its first sheet."""
    book = open_book(content)
    sheet = book.worksheets[0]
    change(sheet, columns(sheet))
    return saved(book)


def with_values(content: bytes, values: Mapping[tuple[str, str], Any]) -> bytes:
    """The workbook with these values typed in, by indicator and target group."""

    def change(sheet: Worksheet, places: Mapping[str, int]) -> None:
        for (indicator, group), value in values.items():
            sheet.cell(row_of(sheet, indicator, group), places["value"], value)

    return fill_in(content, change)


def version_1(year: int, organisation: str, rows: list[dict[str, Any]]) -> bytes:
    """As the first version was: other technical names, keys last, no quality, nothing named per row."""
    names = COLUMNS[1]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tabelle1"
    sheet.append(["Meldung"])
    sheet.append(["portal_template_version", 1, "portal_template_year", year])
    sheet.append(["portal_template_organisation", organisation])
    sheet.append(["Wert", "Vorjahr", "Bemerkung", "Beruf"])
    sheet.append(list(names.values()))
    for row in rows:
        sheet.append([row.get(role, "_T" if role == "occupation" else None) for role in names])
    for hidden in (2, 3, 5):
        sheet.row_dimensions[hidden].hidden = True
    return saved(book)
