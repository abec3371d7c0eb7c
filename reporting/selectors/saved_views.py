"""The views that a person has kept, with where they lead and whether they still may open them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse

from partners.permissions import Access
from reporting.dashboards.choices import load_choices
from reporting.dashboards.filters import ORGANISATION, YEAR
from reporting.dashboards.registry import view_of
from reporting.models import SavedView

MOST_VIEWS = 50
"""So many a person may keep."""


@dataclass(frozen=True, slots=True)
class SavedViewLine:
    saved: SavedView
    title: str
    address: str


def saved_views_of(access: Access, *, only_pinned: bool = False) -> list[SavedViewLine]:
    """One's own by name; those of a view that there is no longer lead nowhere and are left out."""
    found = SavedView.objects.of(access)
    return [
        SavedViewLine(saved, str(view.title), address_of(saved))
        for saved in (found.pinned() if only_pinned else found)
        if (view := view_of(saved.view)) is not None
    ]


def address_of(saved: SavedView) -> str:
    return reverse("reporting:view", args=[saved.view]) + saved.query


def may_open(saved: SavedView, access: Access) -> bool:
    """Whether the view exists, and the person has a role and sees the organisation that it is about.

    Who stands below an umbrella depends on the year, which is the one that the view opens with.
    """
    if view_of(saved.view) is None or not (access.memberships or access.is_superuser):
        return False
    code = _parameters(saved).get(ORGANISATION, [""])[0]
    if not code:
        return True
    year = _parameters(saved).get(YEAR, [""])[0]
    choices = load_choices(access)
    shown = int(year) if year.isdecimal() else choices.usual_year
    return any(each.code == code for each in choices.organisations.visible(access, shown))


def _parameters(saved: SavedView) -> Mapping[str, list[str]]:
    return parse_qs(saved.query.removeprefix("?"))
