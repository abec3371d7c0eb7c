"""What the reader proposes for a file's columns, names and markers, and what a person may choose instead."""

import json
from dataclasses import dataclass
from typing import Any

from measures.enums import Absence
from measures.importing.markers import ZERO
from measures.importing.vocabulary import Answers
from measures.models import ImportProblem, ImportRun, Indicator, Occupation, ReportingRound, TargetGroup
from partners.models import Organisation, Region

NAMES_ASKED = 40

Choices = list[tuple[str, str]]

UNKNOWN_NAMES = {
    "organisation_unknown": "organisation",
    "region_unknown": "region",
    "indicator_unknown": "indicator",
    "target_group_unknown": "target_group",
    "occupation_unknown": "occupation",
}


@dataclass(frozen=True)
class Unclear:
    """A name or a sign of the file whose meaning a person may settle; ``kind`` empty for a sign."""

    kind: str
    found: str
    sheet: str
    cell: str


def choices(kinds: set[str]) -> dict[str, Choices]:
    """What there is to choose from, by kind; only the kinds asked for are looked up."""
    sources: dict[str, Any] = {
        "indicator": lambda: [
            (indicator.code, indicator.name) for indicator in Indicator.objects.filter(is_recorded=True)
        ],
        "year": lambda: [
            (str(year), str(year)) for year in ReportingRound.objects.values_list("year", flat=True)
        ],
        "target_group": lambda: [(group.code, group.name) for group in TargetGroup.objects.all()],
        "organisation": lambda: list(Organisation.objects.values_list("code", "short_name")),
        "region": lambda: [(region.code, region.name) for region in Region.objects.all()],
        "occupation": lambda: [
            (
                occupation.code,
                occupation.label if occupation.level == 0 else f"{occupation.code} {occupation}",
            )
            for occupation in Occupation.objects.order_by("level", "code")
        ],
        "marker": lambda: [(ZERO, "0"), *((str(value), str(label)) for value, label in Absence.choices)],
    }
    return {kind: sources[kind]() for kind in kinds}


def unclear(run: ImportRun, answers: Answers) -> list[Unclear]:
    """Names nobody knows and signs to be confirmed, each once, in the order of the file."""
    codes = [*UNKNOWN_NAMES, "absence_to_confirm"]
    found: dict[tuple[str, str], Unclear] = {}
    for problem in ImportProblem.objects.filter(import_run=run, code__in=codes):
        kind = UNKNOWN_NAMES.get(problem.code, "")
        found.setdefault((kind, problem.found), Unclear(kind, problem.found, problem.sheet, problem.cell))
    for kind, names in answers.names.items():
        for text in names:
            found.setdefault((kind, text), Unclear(kind, text, "", ""))
    for text in answers.markers:
        found.setdefault(("", text), Unclear("", text, "", ""))
    return list(found.values())[:NAMES_ASKED]


def as_stored(answers: Answers) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(answers.to_json())
    return stored
