"""What a workbook says beside its cells and is not read, or is read unseen: it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import address
from measures.importing.formats.workbook import hidden_parts
from measures.importing.layout.grid import shown
from measures.importing.problems import Problem
from measures.importing.text.markers import speaks_of_colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.formats.workbook import Workbook

_MOST_COVERED = 50


def unread_extras(workbook: Workbook) -> Iterator[Problem]:
    """What is never read, whoever made the workbook."""
    if workbook.has_macros:
        yield Problem("macros_ignored", "", "")
    if workbook.has_comments:
        yield Problem("comments_not_read", "", "")


def unread_parts(workbook: Workbook, texts: dict[str, list[str]], elsewhere: list[str]) -> Iterator[Problem]:
    """``texts``: the titles and notes of each sheet; ``elsewhere``: the lines of sheets without a table."""
    yield from unread_extras(workbook)
    for sheet in workbook.sheets:
        if sheet.hidden:
            yield Problem("sheet_hidden", sheet.name, "", sheet.name)
            continue
        rows, columns = hidden_parts(sheet)
        if rows or columns:
            params = (("rows", ", ".join(rows)), ("columns", ", ".join(columns)))
            yield Problem("rows_hidden", sheet.name, "", "", params)
        for place, (top, left, bottom, right), content in sheet.covered[:_MOST_COVERED]:
            span = f"{address(top, left)}:{address(bottom, right)}"
            yield Problem("content_covered", sheet.name, address(*place), shown(content), (("range", span),))
    for sheet_name, lines in (*texts.items(), ("", elsewhere)):
        for line in dict.fromkeys(lines):
            if speaks_of_colours(line):
                yield Problem("colours_not_read", sheet_name, "", line)
