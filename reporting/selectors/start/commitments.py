"""What a person's organisations have promised in meetings and not yet kept, by due date."""

from django.urls import reverse
from django.utils.translation import gettext

from measures.models import Commitment
from measures.selectors.meetings.commitments import open_commitments
from partners.permissions import Access
from reporting.selectors.start.parts import FEW, Section, StartEntry, days_left


def commitments(access: Access) -> Section | None:
    """Only where something is open."""
    found = list(open_commitments(access).focused_on(access)[: FEW + 1])
    if not found:
        return None
    return Section(
        key="commitments",
        heading=gettext("Open commitments"),
        entries=[_entry(each) for each in found[:FEW]],
        more_url=reverse("measures:resolution_list") if len(found) > FEW else "",
        more_label=gettext("All resolutions"),
    )


def _entry(commitment: Commitment) -> StartEntry:
    due_on = commitment.resolution.due_on
    return StartEntry(
        title=commitment.resolution.title,
        url=reverse("measures:commitment_detail", args=[commitment.pk]),
        badges=[days_left(due_on)] if due_on else [],
        notes=[commitment.organisation.short_name, commitment.get_state_display()],
    )
