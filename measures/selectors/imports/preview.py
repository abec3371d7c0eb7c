"""What an import would do, in words."""

from dataclasses import dataclass
from typing import Any

from measures.enums import Severity
from measures.importing.problems import QUESTIONS, problem_type, render
from measures.models import ImportCause, ImportRun
from measures.selectors.imports.messages import problem_text, refusal_text


@dataclass(frozen=True)
class Cause:
    """One cause of trouble and the cells it shows in."""

    pk: int
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
    def has_values(self) -> bool:
        return bool(self.cells) and problem_type(self.code).has_value

    @property
    def may_be_explained(self) -> bool:
        return problem_type(self.code).is_explainable

    @property
    def severity_label(self) -> str:
        return str(Severity(self.severity).label)


def causes(run: ImportRun, most: int | None = None) -> list[Cause]:
    """What stands out, errors first, in the order a reader meets it; at ``most`` so many."""
    return [_in_words(cause) for cause in ImportCause.objects.filter(import_run=run)[:most]]


def find_cause(run: ImportRun, key: str) -> Cause | None:
    """One of the run's causes, by what an address names."""
    cause = ImportCause.objects.filter(import_run=run, pk=key).first() if key.isdecimal() else None
    return _in_words(cause) if cause else None


def _in_words(cause: ImportCause) -> Cause:
    return Cause(
        pk=cause.pk,
        severity=cause.severity,
        code=cause.code,
        sheet=cause.sheet,
        cells=cause.first_cells,
        count=cause.count,
        found=cause.found,
        message=problem_text(cause.code, cause.found, cause.message),
        holds=cause.holds,
    )


def reason_for_refusal(run: ImportRun) -> str:
    return refusal_text(run.refusal) if run.refusal else ""


def questions_of(run: ImportRun) -> list[dict[str, Any]]:
    """Questions with their sentence in the reader's language."""
    return [
        {**question, "message": render(QUESTIONS[question["code"]].message, {"found": question["found"]})}
        for question in run.questions
    ]
