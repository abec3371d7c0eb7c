"""The follow-up of a commitment: its organisation reports, a data steward decides, the database logs."""

from django.db import IntegrityError, transaction

from measures.enums import CommitmentState
from measures.exceptions import (
    CommitmentOfOneselfError,
    CommitmentReportedMeanwhileError,
    ReasonMissingError,
    StepNotPossibleError,
)
from measures.models import Commitment, CommitmentReport
from measures.permissions import may_change_meetings, may_report_commitment
from measures.services.notices.commitments import settle_reminders, write_notice_of_state
from partners.models import User
from partners.permissions import access_for
from partners.services.twice import stated_a_moment_ago
from partners.violations import broken_rule


@transaction.atomic
def report_commitment(
    *, commitment_id: int, state: CommitmentState, text: str, evidence: str, actor: User
) -> CommitmentReport:
    """What the organisation states. The commitment stays as it is until somebody decides on it."""
    commitment = _locked(commitment_id)
    if not may_report_commitment(access_for(actor), commitment):
        raise StepNotPossibleError
    if not text.strip():
        raise ReasonMissingError
    content = {"state": state, "text": text.strip(), "evidence": evidence.strip()}
    undecided = commitment.reports.filter(pk__gt=commitment.state_report_id or 0)
    if stated := stated_a_moment_ago(undecided, by="author_id", person_id=actor.pk, at="at", **content):
        return stated
    settle_reminders([commitment])
    return CommitmentReport.objects.create(commitment=commitment, **content, author=actor)


@transaction.atomic
def decide_commitment(
    *, commitment_id: int, state: CommitmentState, reason: str, actor: User, seen_report: int | None
) -> Commitment:
    """Set the state, with what was seen of the organisation's reports: a newer one is to be read first."""
    commitment = _locked(commitment_id)
    if not may_change_meetings(access_for(actor)):
        raise StepNotPossibleError
    if not reason.strip():
        raise ReasonMissingError
    newest = commitment.reports.order_by("-pk").values_list("pk", flat=True).first()
    if newest != seen_report:
        raise CommitmentReportedMeanwhileError
    decision = {
        "state": state,
        "state_by_id": actor.pk,
        "state_reason": reason.strip(),
        "state_report_id": newest,
    }
    if all(getattr(commitment, name) == value for name, value in decision.items()):
        return commitment  # sent twice
    for name, value in decision.items():
        setattr(commitment, name, value)
    try:
        with transaction.atomic():
            commitment.save(update_fields=["state", "state_by", "state_reason", "state_report"])
    except IntegrityError as error:
        if broken_rule(error) != "commitment_decided_by_somebody_else":
            raise
        raise CommitmentOfOneselfError from error
    write_notice_of_state(commitment, actor)
    return commitment


def _locked(commitment_id: int) -> Commitment:
    locked = Commitment.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("organisation", "resolution").get(pk=commitment_id)
