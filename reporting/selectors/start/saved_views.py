"""The dashboards that a person has kept and pinned here."""

from django.urls import reverse
from django.utils.translation import gettext

from partners.permissions import Access
from reporting.selectors.saved_views import saved_views_of
from reporting.selectors.start.parts import Section, StartEntry


def saved_views(access: Access) -> Section | None:
    """Only where there are any; one query."""
    found = saved_views_of(access, only_pinned=True)
    if not found:
        return None
    return Section(
        key="saved-views",
        heading=gettext("My views"),
        entries=[StartEntry(title=each.saved.name, url=each.address, notes=[each.title]) for each in found],
        more_url=reverse("reporting:saved_view_list"),
        more_label=gettext("All my views"),
    )
