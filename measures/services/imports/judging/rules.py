"""One thing that is asked of a file: a statement that finds rows, and what is put on record about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from measures.checks import ROUNDED_TO
from measures.enums import Severity
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.services.imports.judging.sql import ALL_ROWS

_MOST_PROBLEMS = 1000
"""Problems kept of one cause. Where a million values would replace others, the first ones suffice."""


@dataclass(frozen=True)
class QueryRule:
    """Explanations are kept under ``name``, problems under ``problem``."""

    name: str
    problem: str
    severity: Severity
    statement: Callable[..., str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.severity == Severity.ERROR

    def found(self, rows: str = ALL_ROWS) -> str:
        return self.statement(rows, **self.options)

    def params(self, run: ImportRun) -> dict[str, Any]:
        return {
            "run": run.pk,
            "rule": self.name,
            "problem": self.problem,
            "severity": self.severity.value,
            "zone": settings.TIME_ZONE,
            "applied_at": run.applied_at if run.status in ImportStatus.written else None,
            "rounded_to": ROUNDED_TO,
            "most_problems": _MOST_PROBLEMS,
            **self.settings,
        }
