"""Problems and questions: a code, a place and parameters; the sentence is made when it is shown.

A type of problem is one record in the module of its noun. The reader reports those of ``PROBLEMS``, the
comparison with the database those of ``COMPARISON_PROBLEMS``; everybody else derives from these records what
a problem means for a value, a page or a form.
"""

from __future__ import annotations

from typing import NamedTuple

from measures.importing.problems import (
    of_comparison,
    of_files,
    of_names,
    of_own_workbook,
    of_tables,
    of_text_files,
    of_totals,
    of_values,
    questions,
)
from measures.importing.problems.types import (
    ERROR,
    MARKER,
    NOTE,
    QUERY,
    SIMILAR,
    Once,
    ProblemType,
    QuestionType,
    gettext_noop,
    placeholders,
    render,
)

__all__ = [
    "COMPARISON_PROBLEMS",
    "ERROR",
    "MARKER",
    "NOTE",
    "PROBLEMS",
    "QUERY",
    "QUESTIONS",
    "SIMILAR",
    "Once",
    "Problem",
    "ProblemType",
    "Question",
    "QuestionType",
    "gettext_noop",
    "placeholders",
    "problem_type",
    "render",
]

PROBLEMS: dict[str, ProblemType] = {
    known.code: known
    for module in (of_names, of_values, of_totals, of_tables, of_files, of_text_files, of_own_workbook)
    for known in module.TYPES
}
"""What the reader reports, by code."""

COMPARISON_PROBLEMS: dict[str, ProblemType] = {
    **{known.code: known for known in of_comparison.TYPES},
    **{code: PROBLEMS[code] for code in of_comparison.ALSO_OF_THE_READER},
}
"""What the comparison with the database reports, by code."""

QUESTIONS: dict[str, QuestionType] = {known.code: known for known in questions.TYPES}


def problem_type(code: str) -> ProblemType:
    """The type of a problem, whoever reported it."""
    return PROBLEMS.get(code) or COMPARISON_PROBLEMS[code]


class Problem(NamedTuple):
    code: str
    sheet: str
    cell: str
    found: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        return PROBLEMS[self.code].severity

    @property
    def message(self) -> str:
        return render(PROBLEMS[self.code].message, {"found": self.found, **dict(self.params)})


class Question(NamedTuple):
    """Only a person can answer; the reading stops at ``needs_answers``."""

    code: str
    sheet: str
    cell: str
    found: str = ""
    table: str = ""
    column: int = -1

    @property
    def message(self) -> str:
        return render(QUESTIONS[self.code].message, {"found": self.found})
