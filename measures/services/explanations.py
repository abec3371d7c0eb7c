"""Explaining queries in the portal, and judging the explanations in review.

An explanation is bound to the cell, the rule and the value. Refused, it is a query again, until somebody
gives a new one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.checks import Finding
from measures.enums import TOTAL, Severity
from measures.exceptions import (
    ExplanationRefusedError,
    ReasonMissingError,
    SeparateDutiesError,
    StepNotPossibleError,
)
from measures.models import FigureExplanation, Submission
from measures.selectors.checks.findings import findings_by_submission
from measures.workflow import SubmissionStatus
from partners.models import User

REFUSED_BEFORE = _("This explanation was refused. Please give another one, or correct the value.")

_CELL = ("item", "region", "occupation", "target_group", "rule")
_GIVEN = (
    "value",
    "absence",
    "text",
    "explained_by",
    "explained_at",
    "is_accepted",
    "refusal",
    "judged_by",
    "judged_at",
)


@transaction.atomic
def explain_findings(*, submission_id: int, texts: Mapping[str, str], actor: User) -> int:
    """Keep why these values are right, by the names of the findings; empty texts say nothing.

    What no longer asks for a reason is passed over. Returns how many explanations are new or changed.
    """
    submission = Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=submission_id)
    if not submission.is_editable:
        raise StepNotPossibleError
    asked = {
        finding.name: finding
        for finding in findings_by_submission([submission_id]).get(submission_id, ())
        if finding.asks
    }
    given = {name: text.strip() for name, text in texts.items() if name in asked and text.strip()}
    changed = {name: text for name, text in given.items() if not _is_given_already(asked[name], text)}
    _keep([(asked[name], text) for name, text in changed.items()], actor)
    return len(changed)


def explain_open(findings: Iterable[Finding], actor: User, text: str) -> None:
    """Keep the same reason for all these queries, except those whose explanation was refused.

    For whoever holds the locks of the submissions.
    """
    _keep([(finding, text) for finding in findings if is_open(finding) and not finding.explained], actor)


def is_open(finding: Finding) -> bool:
    """Whether a query waits for an explanation."""
    return finding.severity == Severity.QUERY


@transaction.atomic
def judge_explanation(  # noqa: PLR0913  # what, of which submission, by whom, how and why
    *,
    explanation_id: int,
    submission_id: int,
    actor: User,
    is_accepted: bool,
    refusal: str = "",
    seen_at: dt.datetime | None,
) -> FigureExplanation:
    """Accept or refuse, in review, what the organisation explained; by somebody else than who explained it.

    ``seen_at``: when the explanation was given that the reviewer read; without it nothing was read.
    """
    submission = Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=submission_id)
    if submission.status not in SubmissionStatus.in_review:
        raise StepNotPossibleError
    explanation: FigureExplanation = FigureExplanation.objects.select_for_update().get(
        pk=explanation_id, item__submission=submission_id
    )
    if explanation.explained_at != seen_at:
        raise ExplanationRefusedError(_("There is a new explanation in the meantime. Please decide again."))
    if explanation.explained_by_id == actor.pk:
        raise SeparateDutiesError(_("Somebody else judges an explanation."))
    refusal = refusal.strip()
    if not is_accepted and not refusal:
        raise ReasonMissingError
    explanation.is_accepted = is_accepted
    explanation.refusal = "" if is_accepted else refusal
    explanation.judged_by, explanation.judged_at = actor, timezone.now()
    explanation.save(update_fields=["is_accepted", "refusal", "judged_by", "judged_at"])
    return explanation


def _is_given_already(finding: Finding, text: str) -> bool:
    """Whether the same text stands there; raises ``ExplanationRefusedError`` if it was refused."""
    if finding.explained is None or finding.explained.text != text:
        return False
    if finding.explained.is_refused:
        raise ExplanationRefusedError(REFUSED_BEFORE)
    return True


def _keep(given: Iterable[tuple[Finding, str]], actor: User) -> None:
    now = timezone.now()
    by_place = {
        (finding.cell_name, finding.code): FigureExplanation(
            item_id=finding.item_id,
            region_id=finding.key.region,
            occupation_id=TOTAL,
            target_group_id=finding.key.target_group,
            rule=finding.code,
            value=finding.value,
            absence=finding.absence,
            text=text,
            explained_by=actor,
            explained_at=now,
        )
        for finding, text in given
    }
    FigureExplanation.objects.bulk_create(
        by_place.values(), update_conflicts=True, unique_fields=list(_CELL), update_fields=list(_GIVEN)
    )
