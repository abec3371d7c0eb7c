"""What an import would do, in words."""

from dataclasses import dataclass
from typing import Any

from measures.enums import Severity
from measures.importing.problems import QUESTIONS, problem_type, render
from measures.models import ImportCause
from measures.selectors.imports.messages import problem_text, refusal_text
from measures.selectors.visible_imports import VisibleImport


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


def causes(visible: VisibleImport, most: int | None = None) -> list[Cause]:
    """What stands out, errors first, in the order a reader meets it; at ``most`` so many."""
    return [_in_words(cause) for cause in visible.causes()[:most]]


def find_cause(visible: VisibleImport, key: str) -> Cause | None:
    """One of the causes that are seen, by what an address names."""
    cause = visible.cause(key)
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


def reason_for_refusal(visible: VisibleImport) -> str:
    """Why a file was not taken; whom it names is only for those who sent it, had it read or see it all."""
    refusal = visible.run.refusal
    if not refusal:
        return ""
    if visible.knows_names or "names" not in refusal["params"]:
        return refusal_text(refusal)
    return refusal_text({**refusal, "params": {"names": "…"}})


def questions_of(visible: VisibleImport) -> list[dict[str, Any]]:
    """Questions with their sentence in the reader's language; they show texts from anywhere in the file."""
    return [
        {**question, "message": render(QUESTIONS[question["code"]].message, {"found": question["found"]})}
        for question in (visible.run.questions if visible.is_whole else ())
    ]
