"""The addresses that numbers and names on a dashboard lead to."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from partners.permissions import Access
from reporting.aggregates.participation import Participant
from reporting.dashboards.data import View
from reporting.dashboards.filters import AS_OF, ORGANISATION, REGION, STANDING, TARGET_GROUP, Filters

OF_TRAIL = frozenset({REGION, ORGANISATION, TARGET_GROUP, STANDING, AS_OF})
"""The filters of the pages on what a number is made of; its year is part of their address."""


def trail_url(
    indicator: str, filters: Filters, *, year: int | None = None, region: str | None = None, **changes: Any
) -> str:
    """What the number of these filters is made of; the further arguments take the place of filters."""
    asked = replace(filters, **changes) if region is None else replace(filters, region=region, **changes)
    address = reverse("reporting:trail", args=[indicator, year or filters.year])
    return address + asked.query(OF_TRAIL)


def view_url(view: View, filters: Filters) -> str:
    """A view under those of the filters that apply to it."""
    return reverse("reporting:view", args=[view.code]) + filters.query(view.applying)


def submission_url(member: Participant, access: Access) -> str:
    """A submission for whoever may see it; empty for others, and where it has left its round since."""
    if member.submission_id is None or not access.sees_organisation(member.organisation_id):
        return ""
    return reverse("measures:submission_detail", args=[member.submission_id])
