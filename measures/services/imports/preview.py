"""What an import would do, for pages and for the shell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, IntegerField, Min, When

from measures.enums import ImportStatus, Severity, Verdict
from measures.importing.problems import QUESTIONS, render
from measures.models import ControlTotal, ImportProblem, ImportRun, StagedFigure
from measures.services.imports.messages import problem_text, refusal_text

CELLS_SHOWN = 8
REASONS_TOLD = 20

REPORTED = {ImportStatus.NEEDS_ANSWERS: "needs_answers", ImportStatus.APPLIED: "applied"}
REFUSED = (ImportStatus.REFUSED, ImportStatus.FAILED)


@dataclass(frozen=True)
class Cause:
    """One cause of trouble and the cells it shows in."""

    severity: str
    code: str
    sheet: str
    cells: list[str]
    count: int
    found: str
    message: str
    holds: bool

    @property
    def more(self) -> int:
        return self.count - len(self.cells)

    @property
    def severity_label(self) -> str:
        return str(Severity(self.severity).label)


def causes(run: ImportRun) -> list[Cause]:
    """Every problem, errors first, equal ones in one entry, in the order a reader meets them."""
    rank = Case(
        *(When(severity=severity, then=index) for index, severity in enumerate(Severity.values)),
        output_field=IntegerField(),
    )
    grouped = (
        ImportProblem.objects.filter(import_run=run)
        .values("severity", "code", "sheet", "found", "message", "holds")
        .annotate(
            rank=rank,
            count=Count("pk"),
            first_row=Min("row"),
            first_column=Min("column"),
            cells=ArrayAgg("cell", order_by=["row", "column"]),
        )
        .order_by("rank", "sheet", "first_row", "first_column", "code")
    )
    return [
        Cause(
            severity=entry["severity"],
            code=entry["code"],
            sheet=entry["sheet"],
            cells=[cell for cell in entry["cells"] if cell][:CELLS_SHOWN],
            count=entry["count"],
            found=entry["found"],
            message=problem_text(entry["code"], entry["found"], entry["message"]),
            holds=entry["holds"],
        )
        for entry in grouped
    ]


def reason_for_refusal(run: ImportRun) -> str:
    return refusal_text(run.refusal) if run.refusal else ""


def questions_of(run: ImportRun) -> list[dict[str, Any]]:
    """Questions with their sentence in the reader's language."""
    return [
        {**question, "message": render(QUESTIONS[question["code"]], {"found": question["found"]})}
        for question in run.questions
    ]


def report(run: ImportRun, *, with_figures: bool = False) -> dict[str, Any]:
    """The import as the shell's ``--json`` prints it."""
    if run.status in REFUSED:
        status, reason = "refused", reason_for_refusal(run)
    else:
        status = REPORTED.get(ImportStatus(run.status), "ready")
        reason = " ".join(list(dict.fromkeys(entry["message"] for entry in questions_of(run)))[:REASONS_TOLD])
    described: dict[str, Any] = {
        "file": run.file_name,
        "sha256": run.source_file.sha256,
        "status": status,
        "reason": reason,
        "tables": [
            {name: table[name] for name in ("sheet", "header_rows", "data_range")}
            for table in run.tables
            if any(column["role"] == "value" for column in table["columns"])
        ],
        "counts": {
            **{verdict.value: getattr(run, f"{verdict.value}_count") for verdict in Verdict},
            "absent": run.absent_count,
        },
        "control_totals": [
            {
                "sheet": total.sheet,
                "cell": total.cell,
                "stated": plain(total.stated),
                "sum": plain(total.sum),
                "ok": total.is_ok,
            }
            for total in ControlTotal.objects.filter(import_run=run).order_by("sheet", "pk")
        ],
        "problems": [
            {
                "severity": problem.severity,
                "code": problem.code,
                "sheet": problem.sheet,
                "cell": problem.cell,
                "found": problem.found,
                "message": problem_text(problem.code, problem.found, problem.message),
            }
            for problem in ImportProblem.objects.filter(import_run=run)
        ],
    }
    if with_figures:
        described["figures"] = list(figures(run))
    return described


def figures(run: ImportRun) -> Iterator[Mapping[str, Any]]:
    rows = (
        StagedFigure.objects.filter(import_run=run)
        .exclude(verdict=Verdict.HELD)
        .order_by("pk")
        .values(
            "indicator", "year", "organisation", "region", "occupation", "target_group", "value", "absence",
            "quality", "note", "sheet", "cell",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        yield {**row, "value": plain(row["value"])}


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
