"""What an import would do, in words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, IntegerField, Min, When

from measures.enums import Severity
from measures.importing.problems import QUESTIONS, render
from measures.models import ImportProblem, ImportRun
from measures.services.imports.messages import problem_text, refusal_text

CELLS_SHOWN = 8


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
