"""The addresses that numbers and names on a dashboard lead to."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse

from partners.permissions import Access
from reporting.aggregates.participation import Participant
from reporting.dashboards.data import View
from reporting.dashboards.filters import AS_OF, ORGANISATION, REGION, STANDING, TARGET_GROUP, Filters

OF_TRAIL = frozenset({REGION, ORGANISATION, TARGET_GROUP, STANDING, AS_OF})
"""The filters of the pages on what a number is made of; its year is part of their address."""


def page_url(name: str, *args: str | int) -> str:
    """The path of a page, by the name of its route. A view has hundreds of links, many to the same page."""
    return _reversed(name, args, get_script_prefix())


@lru_cache(maxsize=20_000)
def _reversed(name: str, args: tuple[str | int, ...], _prefix: str) -> str:
    return reverse(name, args=args)


def trail_url(
    indicator: str, filters: Filters, *, year: int | None = None, region: str | None = None, **changes: Any
) -> str:
    """What the number of these filters is made of; the further arguments take the place of filters."""
    asked = replace(filters, **changes) if region is None else replace(filters, region=region, **changes)
    return page_url("reporting:trail", indicator, year or filters.year) + asked.query(OF_TRAIL)


def view_url(view: View, filters: Filters) -> str:
    """A view under those of the filters that apply to it."""
    return page_url("reporting:view", view.code) + filters.query(view.applying)


def submission_url(member: Participant, access: Access) -> str:
    """A submission for whoever may see it; empty for others, and where it has left its round since."""
    if member.submission_id is None or not access.sees_organisation(member.organisation_id):
        return ""
    return page_url("measures:submission_detail", member.submission_id)
