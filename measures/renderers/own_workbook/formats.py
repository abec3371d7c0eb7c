"""How cells look, and what every sheet has in common."""

from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

INK, QUIET, LINE = "#131525", "#4A4E63", "#C0C3D5"
SHADE, HEAD = "#ECEDF3", "#171A6B"
A4 = 9
_LINE_HEIGHT = 13.0
_LETTER = 0.72
"""A letter's width, on the safe side, in the digits that widths of columns are counted in."""

# A protected sheet still lets a person widen columns and read everything.
ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_hyperlinks": True,
}


class Formats:
    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """One format for the same properties: a workbook holds only so many."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(
                {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top", **properties}
            )
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.get(bold=True, font_size=14)

    @property
    def section(self) -> Format:
        return self.get(bold=True, font_size=12)

    @property
    def line(self) -> Format:
        return self.get()

    @property
    def head(self) -> Format:
        return self.get(
            bold=True, font_color="#FFFFFF", bg_color=HEAD, border=1, border_color=LINE, text_wrap=True
        )

    @property
    def text(self) -> Format:
        return self.get(text_wrap=True)

    def label(self, *, is_first: bool) -> Format:
        return self.get(
            bg_color=SHADE, text_wrap=True, border=1, border_color=LINE, **_top(is_first=is_first)
        )

    def fixed_number(self, decimals: int, *, is_first: bool) -> Format:
        return self.get(
            bg_color=SHADE,
            font_color=QUIET,
            num_format=number_format(decimals),
            align="right",
            border=1,
            border_color=LINE,
            **_top(is_first=is_first),
        )

    def number(self, decimals: int, *, is_first: bool) -> Format:
        return self.get(
            locked=False,
            num_format=number_format(decimals),
            align="right",
            border=1,
            border_color=LINE,
            **_top(is_first=is_first),
        )

    def entry(self, *, is_first: bool = False) -> Format:
        return self.get(
            locked=False,
            num_format="@",
            text_wrap=True,
            border=1,
            border_color=LINE,
            **_top(is_first=is_first),
        )


def _top(*, is_first: bool) -> dict[str, Any]:
    """A stronger line where the next indicator begins."""
    return {"top": 2, "top_color": QUIET} if is_first else {}


def height_of(*texts: tuple[str, float]) -> float | None:
    """How high a row must be for texts in columns of these widths; None: as high as any other.

    Programs fit rows to wrapped text only when somebody types into them.
    """
    lines = max(
        sum(max(1, ceil(len(part) * _LETTER / width)) for part in text.split("\n")) for text, width in texts
    )
    return lines * _LINE_HEIGHT + 2 if lines > 1 else None


def number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def set_up(sheet: Worksheet, title: str) -> None:
    """Protect without a password, and print as wide as the paper is."""
    sheet.protect("", dict(ALLOWED))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")
    sheet.hide_gridlines(2)
