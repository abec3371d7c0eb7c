"""What an import would do, in words."""

from dataclasses import dataclass
from typing import Any

from measures.enums import Severity
from measures.importing.problems import QUESTIONS, problem_type, render
from measures.models import ImportCause
from measures.selectors.imports.messages import kind_text, problem_text, refusal_text
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


def causes(visible: VisibleImport) -> list[Cause]:
    """What stands out, errors first, in the order a reader meets it."""
    return [_in_words(cause) for cause in visible.causes()]


@dataclass(frozen=True)
class CauseKind:
    """Causes of one kind, so that two dozen totals that differ are one entry of a page.

    ``count``: how many causes of the kind there are; ``causes``: the first of them.
    """

    causes: list[Cause]
    count: int

    @property
    def first(self) -> Cause:
        return self.causes[0]

    @property
    def text(self) -> str:
        """The sentence of the only cause, or what those of all have in common."""
        return self.first.message if self.count == 1 else kind_text(self.first.code)

    @property
    def more(self) -> int:
        return self.count - len(self.causes)


def causes_by_kind(visible: VisibleImport, most_of_each: int) -> list[CauseKind]:
    """What stands out, errors first, in the order a reader meets the first of each kind."""
    by_kind: dict[tuple[str, str], list[Cause]] = {}
    counts: dict[tuple[str, str], int] = {}
    for cause, count in visible.first_causes_of_each_kind(most_of_each):
        kind = (cause.severity, cause.code)
        by_kind.setdefault(kind, []).append(_in_words(cause))
        counts[kind] = count
    return [CauseKind(found, counts[kind]) for kind, found in by_kind.items()]


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
