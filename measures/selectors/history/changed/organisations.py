"""What was changed of organisations, and of who belongs to whom, as entries of the history."""

from dataclasses import replace
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from measures.selectors.history.changed.versions import changes_log, changes_of
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.models import Affiliation, AffiliationVersion, Organisation, OrganisationVersion

WHAT = {
    "organisation_insert": gettext_lazy("Organisation added"),
    "organisation_update": gettext_lazy("Organisation changed"),
    "organisation_end": gettext_lazy("Organisation ended"),
    "organisation_delete": gettext_lazy("Organisation removed"),
    "affiliation_insert": gettext_lazy("Affiliation added"),
    "affiliation_update": gettext_lazy("Affiliation changed"),
    "affiliation_delete": gettext_lazy("Affiliation removed"),
}
_ENDED = (
    Q(pgh_label="update", valid_until__isnull=False)
    & ~Q(state_before=None)
    & (Q(state_before__valid_until=None) | ~Q(state_before__valid_until=F("state__valid_until")))
)


def organisation_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in five queries at most."""
    organisations = changes_log(
        OrganisationVersion, Organisation, _of_organisation, prefix="organisation", organisation="pgh_obj"
    )
    events = {
        **organisations.events,
        "organisation_update": Q(pgh_label="update") & ~_ENDED,
        "organisation_end": _ENDED,
    }
    affiliations = changes_log(
        AffiliationVersion,
        Affiliation,
        _of_affiliation,
        prefix="affiliation",
        organisation="member",
        related=("member", "umbrella"),
    )
    logs = [replace(organisations, events=events), affiliations]
    return with_names(entries_of_logs(HistoryKind.ORGANISATIONS, logs, search))


def _of_organisation(version: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT["organisation_end" if _is_end(version) else f"organisation_{version.pgh_label}"],
        organisation=version.short_name,
        remark=changes_of(version, Organisation),
        address=""
        if version.pgh_label == "delete"
        else reverse("partners:organisation_detail", args=[version.code]),
        **of_context(version),
    )


def _is_end(version: Any) -> bool:
    before = version.state_before
    return (
        version.pgh_label == "update"
        and before is not None
        and version.valid_until is not None
        and before["valid_until"] != version.state["valid_until"]
    )


def _of_affiliation(version: Any, place: int) -> HistoryEntry:
    member = getattr(version, "member", None)
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"affiliation_{version.pgh_label}"],
        title=name_of(version, "umbrella", "short_name"),
        organisation=name_of(version, "member", "short_name"),
        remark=changes_of(version, Affiliation),
        address=reverse("partners:organisation_detail", args=[member.code]) if member else "",
        **of_context(version),
    )


SOURCE = HistorySource(HistoryKind.ORGANISATIONS, WHAT.items, organisation_entries)
