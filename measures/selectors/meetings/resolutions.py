"""Resolutions as lists: narrowed by state, organisation, measure and due date."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from measures.models import Commitment, Resolution
from measures.querysets import ResolutionQuerySet
from partners.permissions import Access


@dataclass(frozen=True)
class ResolutionChoice:
    """What a reader narrows the list to; empty is all."""

    state: str = ""
    organisation: str = ""
    measure: str = ""
    overdue: bool = False
    wanted: str = ""


def resolutions(access: Access, chosen: ResolutionChoice) -> ResolutionQuerySet:
    """By due date, each with its state, its meeting and its commitments."""
    found = Resolution.objects.visible_to(access).with_state()
    if chosen.state:
        found = found.filter(Q(state=chosen.state))  # annotated, so that mypy knows no such field
    if chosen.organisation:
        found = found.filter(commitments__organisation__code=chosen.organisation)
    if chosen.measure:
        found = found.filter(measures__code=chosen.measure)
    if chosen.overdue:
        unfinished = Commitment.objects.unfinished().filter(resolution=OuterRef("pk"))
        found = found.filter(Exists(unfinished), due_on__lt=timezone.localdate())
    for word in chosen.wanted.split():
        found = found.filter(title_de__icontains=word) | found.filter(title_en__icontains=word)
    return with_commitments(found.distinct()).order_by(F("due_on").asc(nulls_last=True), "title_de", "pk")


def with_commitments(found: ResolutionQuerySet) -> ResolutionQuerySet:
    commitments = Commitment.objects.with_report().select_related("organisation", "state_by")
    return found.select_related("meeting").prefetch_related(Prefetch("commitments", commitments))
