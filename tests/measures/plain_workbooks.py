"""Workbooks of texts and numbers alone: written in a third of the time that openpyxl needs for them.

Thousands of tests begin with a small one. What is no plain text or number is left to openpyxl.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter import Workbook

Rows = Iterable[Iterable[Any]]

_OF_MEANING = re.compile(r"^[=#]|_x|[^\n\x20-\ufffd]")
"""What begins a formula or an error, or is written in a way of its own."""
_LONGEST = 32_767


def plain_workbook(sheets: Mapping[str, Rows]) -> bytes | None:
    """The .xlsx file with these rows, ``None`` and ``""`` as empty cells; None if it takes more than that."""
    content = {title: [list(row) for row in rows] for title, rows in sheets.items()}
    if not all(map(_is_plain_title, content)) or len({title.lower() for title in content}) < len(content):
        return None
    if not all(_is_plain(value) for rows in content.values() for row in rows for value in row):
        return None
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        for title, rows in content.items():
            sheet = book.add_worksheet(title)
            write = {str: sheet.write_string, bool: sheet.write_boolean}
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value not in (None, ""):
                        write.get(type(value), sheet.write_number)(number, column, value)
    return written.getvalue()


def _is_plain_title(title: str) -> bool:
    return 0 < len(title) <= 31 and not re.search(r"[\[\]:*?/\\']", title)


def _is_plain(value: Any) -> bool:
    if type(value) is str:
        return len(value) <= _LONGEST and not _OF_MEANING.search(value)
    if type(value) in (int, float):
        return value == float(f"{value:.16G}")
    return value is None or type(value) is bool
