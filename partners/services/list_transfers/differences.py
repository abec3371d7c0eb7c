"""What an import changes in each record, and a short account of it that can be stored."""

from collections.abc import Callable
from typing import Any

from diff_match_patch import diff_match_patch
from django.core.exceptions import FieldError, ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError
from import_export import resources
from import_export.exceptions import ImportExportError
from import_export.results import Result, RowResult

ERRORS_OF_ROWS = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    ObjectDoesNotExist,
    ValidationError,
    FieldError,
    DataError,
    IntegrityError,
    ImportExportError,
)
"""What a row can be wrong in. Anything else ends the work: a limit was reached, a store is gone."""

TAGS = {diff_match_patch.DIFF_INSERT: "ins", diff_match_patch.DIFF_DELETE: "del"}

MOST_SHOWN = 100
"""Changes, and errors, that a preview shows; their numbers are complete."""

Cell = list[tuple[str, str]]
"""A cell in pieces, each with what became of it: ``ins``, ``del`` or ``span``."""


class ListDiff(resources.Diff):
    """What a row changes, cell by cell, as plain data."""

    def pieces(self) -> list[Cell]:
        compare = diff_match_patch()
        cells = []
        for before, after in zip(self.left, self.right, strict=True):
            parts = compare.diff_main("" if self.new else str(before), str(after))
            compare.diff_cleanupSemantic(parts)
            cells.append([(TAGS.get(kind, "span"), text) for kind, text in parts])
        return cells

    def as_html(self) -> Any:
        """django-import-export keeps what this gives for every row; a preview of many needs few of them."""
        return self.pieces() if self.left != self.right or self.new else []


class CountedResult(Result):
    """Counts the rows, and raises what django-import-export would take for an error of the row."""

    def __init__(self, count: Callable[[], None]) -> None:
        super().__init__()
        self._count = count

    def increment_row_result_total(self, row_result: RowResult) -> None:
        for each in row_result.errors:
            if not isinstance(each.error, ERRORS_OF_ROWS):
                raise each.error
        super().increment_row_result_total(row_result)
        self._count()


def account_of(result: Result) -> dict[str, Any]:
    """The numbers of an import, its first changes and its first errors."""
    changes = [row for row in result.rows if row.import_type in CHANGES]
    errors = [*_base_errors(result), *_row_errors(result), *_invalid_rows(result)]
    return {
        "headers": list(result.diff_headers or ()),
        "totals": dict(result.totals),
        "changes": [{"kind": row.import_type, "cells": row.diff} for row in changes[:MOST_SHOWN] if row.diff],
        "change_count": len(changes),
        "errors": errors[:MOST_SHOWN],
        "error_count": len(errors),
    }


CHANGES = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_DELETE)


def _base_errors(result: Result) -> list[dict[str, Any]]:
    return [{"row": None, "text": str(error.error)} for error in result.base_errors]


def _row_errors(result: Result) -> list[dict[str, Any]]:
    return [
        {"row": number, "text": str(error.error)}
        for number, errors in result.row_errors()
        for error in errors
    ]


def _invalid_rows(result: Result) -> list[dict[str, Any]]:
    return [
        {
            "row": row.number,
            "text": " ".join([f"{field}:" if field != "__all__" else "", *map(str, texts)]).strip(),
        }
        for row in result.invalid_rows
        for field, texts in row.error_dict.items()
    ]
