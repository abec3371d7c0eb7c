"""Commitments that are open, and those that wait for a decision."""

from django.db.models import F

from measures.models import Commitment, Resolution
from measures.permissions import may_change_meetings
from measures.querysets import CommitmentQuerySet
from partners.permissions import Access


def _with_names() -> CommitmentQuerySet:
    return (
        Commitment.objects.with_report()
        .select_related("organisation", "resolution__meeting")
        .order_by(F("resolution__due_on").asc(nulls_last=True), "resolution__title_de", "pk")
    )


def open_commitments(access: Access) -> CommitmentQuerySet:
    """What the organisations that this person acts for still have to do, by due date."""
    return _with_names().unfinished().filter(organisation__in=list(access.acts_for))


def open_commitments_of(organisation_id: int, access: Access) -> CommitmentQuerySet:
    """What one organisation still has to do, as far as this person may know of it."""
    visible = Resolution.objects.visible_to(access)
    return (
        _with_names().unfinished().filter(organisation=organisation_id, resolution__in=visible.values("pk"))
    )


def commitments_to_decide(access: Access) -> CommitmentQuerySet:
    """Those whose organisations have reported and wait for a data steward."""
    if not may_change_meetings(access):
        return Commitment.objects.none()
    return _with_names().filter(waits=True)
