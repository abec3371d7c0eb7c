"""The pages that a person's roles need most often."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from partners.enums import Role
from partners.permissions import Access
from reporting.selectors.start.parts import Empty, Section, StartEntry


def shortcuts(access: Access) -> Section | None:
    """By role, without a query; whoever has no role learns where to get one."""
    entries = list(_entries(access))
    empty = Empty(
        title=gettext("You have no role in the portal yet"),
        text=gettext(
            "The coordination of your organisation or the portal's data management can give you one. "
            "Released reports and the overview are open to you already."
        ),
        url=reverse("reporting:report_list"),
        label=gettext("Reports"),
    )
    return Section(
        key="shortcuts",
        heading=gettext("Go to"),
        entries=entries,
        empty=None if entries else empty,
    )


def _entries(access: Access) -> Iterator[StartEntry]:
    if access.contributes_to:
        yield _to("measures:submission_list", gettext("Record figures"))
    if access.writes_figures:
        yield _to("measures:import_list", gettext("Upload a spreadsheet"))
    if access.coordinates or access.reads_all:
        yield _to("measures:review_missing", gettext("Who is missing"))
    for membership in access.memberships:
        if membership.role == Role.COORDINATOR:
            organisation = membership.organisation
            yield StartEntry(
                title=gettext("People of %(organisation)s") % {"organisation": organisation.short_name},
                url=reverse("partners:organisation_detail", args=[organisation.code]),
            )
    if access.reviews:
        yield _to("reporting:report_list", gettext("Progress reports"))
    if access.manages_data:
        yield _to("measures:round_create", gettext("Open a new round"))
        yield _to("partners:factor_reset_list", gettext("Lost second factors"))
    if access.audits:
        yield _to("measures:history_search", gettext("Search the history"))
    if access.administers:
        yield _to("admin:index", gettext("Administration"))


def _to(name: str, label: str) -> StartEntry:
    return StartEntry(title=label, url=reverse(name))
