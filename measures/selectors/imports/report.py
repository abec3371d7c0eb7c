"""An import for programs: the object that the shell's ``--json`` and the preview's address give.

It is written piece by piece: a file of a million rows takes no more memory than one of ten.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, override

from measures.enums import Verdict
from measures.import_workflow import ImportStatus
from measures.importing.decisions import Decision
from measures.selectors.imports.accounts import account_of_run
from measures.selectors.imports.messages import problem_text
from measures.selectors.imports.preview import questions_of, reason_for_refusal
from measures.selectors.visible_imports import VisibleImport

REASONS_SHOWN = 20
ROWS_AT_ONCE = 2000

_FIGURE = (
    "indicator", "year", "organisation", "region", "occupation", "target_group", "value", "absence",
    "quality", "is_below_half_unit", "is_uncertain", "note", "sheet", "cell",
)  # fmt: skip
_JUDGED = ("verdict", "original", "old_value", "old_absence", "last_year")
_NUMBERS = ("value", "old_value", "last_year")


def summary(visible: VisibleImport) -> dict[str, Any]:
    """The import without its problems and figures; its tables and their account are of all it holds."""
    run, counts = visible.run, visible.counts
    if run.status in ImportStatus.unsuccessful:
        status, reason = "refused", reason_for_refusal(visible)
    else:
        status = str(run.status)
        reason = " ".join(
            list(dict.fromkeys(entry["message"] for entry in questions_of(visible)))[:REASONS_SHOWN]
        )
    return {
        "file": run.file_name,
        "sha256": run.source_file.sha256,
        "status": status,
        "reason": reason,
        "tables": [
            {name: table[name] for name in ("sheet", "header_rows", "data_range")}
            for table in (run.tables if visible.is_whole else ())
            if any(column["role"] == "value" for column in table["columns"])
        ],
        "account": account_of_run(run) if visible.is_whole else None,
        "counts": {**counts.by_verdict, "absent": counts.absent},
        "control_totals": [
            {
                "sheet": total.sheet,
                "cell": total.cell,
                "stated": plain(total.stated),
                "sum": plain(total.sum),
                "ok": total.is_ok,
            }
            for total in visible.control_totals().order_by("sheet", "pk")
        ],
    }


def figures(visible: VisibleImport, *, judged: bool = False) -> Iterator[Mapping[str, Any]]:
    """What would be written, in the order of the file; ``judged``: each with its verdict, held ones too."""
    rows = visible.rows().order_by("pk")
    if not judged:
        rows = rows.exclude(verdict=Verdict.HELD)
    fields = _FIGURE + _JUDGED if judged else _FIGURE
    numbers = [fields.index(name) for name in _NUMBERS if name in fields]
    for row in rows.values_list(*fields).iterator(chunk_size=ROWS_AT_ONCE):
        values = list(row)
        for number in numbers:
            values[number] = plain(values[number])
        yield dict(zip(fields, values, strict=True))


def report_json(
    visible: VisibleImport,
    *,
    with_figures: bool,
    judged: bool = False,
    decisions: Sequence[Decision] | None = None,
) -> Iterator[str]:
    """The whole object in pieces, in the language active now; ``judged``: with causes and verdicts.

    ``decisions``: why the file was read as it was, if that is to be shown.
    """
    language = get_language()
    return _pieces(visible, str(language), with_figures=with_figures, judged=judged, decisions=decisions)


def _pieces(
    visible: VisibleImport,
    language: str,
    *,
    with_figures: bool,
    judged: bool,
    decisions: Sequence[Decision] | None,
) -> Iterator[str]:
    # One transaction: a cursor on the server then hands the rows over as they are asked for.
    with transaction.atomic(), override(language):
        yield _json(summary(visible))[:-1]
        yield from _list("problems", _problems(visible))
        if judged:
            yield from _list("causes", _causes(visible))
        if decisions is not None:
            yield from _list("why", _why(decisions))
        if with_figures:
            yield from _list("figures", figures(visible, judged=judged))
        yield "}"


def _problems(visible: VisibleImport) -> Iterator[Mapping[str, Any]]:
    for problem in visible.problems().iterator(chunk_size=ROWS_AT_ONCE):
        yield {
            "severity": problem.severity,
            "code": problem.code,
            "sheet": problem.sheet,
            "cell": problem.cell,
            "found": problem.found,
            "message": problem_text(problem.code, problem.found, visible.message_of(problem)),
        }


def _causes(visible: VisibleImport) -> Iterator[Mapping[str, Any]]:
    causes = visible.causes()
    for cause in causes if isinstance(causes, list) else causes.iterator(chunk_size=ROWS_AT_ONCE):
        yield {
            "severity": cause.severity,
            "code": cause.code,
            "sheet": cause.sheet,
            "cells": cause.first_cells,
            "count": cause.count,
            "found": cause.found,
            "message": problem_text(cause.code, cause.found, cause.message),
            "holds": cause.holds,
        }


def _why(decisions: Iterable[Decision]) -> Iterator[Mapping[str, Any]]:
    """Places as the spreadsheet names them, codes beside sentences."""
    return (
        {
            "sheet": decision.subject.sheet,
            "kind": decision.kind,
            "place": decision.subject.place,
            "text": decision.subject.text,
            "taken_for": decision.taken_for,
            "meaning": dict(decision.meaning),
            "evidence": [
                {"code": piece.code, "params": dict(piece.params), "message": piece.message}
                for piece in decision.evidence
            ],
        }
        for decision in decisions
    )


def _list(name: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    start = f', "{name}": ['
    left = iter(entries)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield start + _json(some)[1:-1]
        start = ", "
    yield "]" if start == ", " else start + "]"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
