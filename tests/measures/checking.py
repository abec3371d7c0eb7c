"""Plausibility checks for tests, and submissions in which the catalogue's checks find something."""

from typing import Any

from measures.models import CheckWaiver, FigureExplanation, PlausibilityCheck, Submission
from measures.selectors.checks.findings import findings_by_submission
from measures.services.explanations import explain_findings
from partners.models import Organisation, User
from tests.measures.submissions import YEAR, item_of, make_submission, put

JUMP = "no_jump_from_last_year"


def make_check(code: str = "sizes", **facts: Any) -> PlausibilityCheck:
    """Training placements of 5 to 50, unless told otherwise; it counts from the first year on."""
    known = {
        "kind": "range",
        "severity": "query",
        "parameters": {"indicators": ["training_placements"], "minimum": "5", "maximum": "50"},
        "text_de": "5 bis 50 Plätze",
        "text_en": "5 to 50 places",
        "valid_from": 2014,
        "status": "active",
    }
    return PlausibilityCheck.objects.create(code=code, **known | facts)


def waived(
    check: PlausibilityCheck, person: User, organisation: str | None = None, **facts: Any
) -> CheckWaiver:
    found = Organisation.objects.get(code=organisation) if organisation else None
    known = {"first_year": YEAR, "last_year": YEAR, "reason": "Umstellung der Zählung"}
    return CheckWaiver.objects.create(
        plausibility_check=check, organisation=found, given_by=person, **known | facts
    )


def jumping(organisation: str = "IHK-142", *, year: int = YEAR, indicators: int = 1) -> Submission:
    """A draft with as many values ten times those of the year before."""
    codes = ("training_placements", "internships", "companies_won")[:indicators]
    before = make_submission(organisation, codes, year=year - 1)
    submission = make_submission(organisation, codes, year=year)
    for code in codes:
        for each, value in ((before, 10), (submission, 100)):
            put(item_of(each, code), value, region=each.organisation.region_id)
    return submission


def findings(submission: Submission) -> list[tuple[str, str]]:
    """The severity and the rule of each finding."""
    found = findings_by_submission([submission.pk]).get(submission.pk, [])
    return [(finding.severity.value, finding.code) for finding in found]


def names_of(submission: Submission) -> list[str]:
    """The names of the queries that ask for a reason, or did."""
    return [each.name for each in findings_by_submission([submission.pk]).get(submission.pk, []) if each.asks]


def explained(submission: Submission, person: User, text: str = "Neues Programm") -> FigureExplanation:
    """Give this reason for every query; the first explanation."""
    texts = dict.fromkeys(names_of(submission), text)
    explain_findings(submission_id=submission.pk, texts=texts, actor=person)
    return FigureExplanation.objects.filter(item__submission=submission).order_by("pk")[0]


def explanation_fields(submission: Submission, text: str) -> dict[str, str]:
    """What the form on the page of submitting sends for each query."""
    return {f"explanation-{name}": text for name in names_of(submission)}
