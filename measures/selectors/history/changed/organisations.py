"""What was changed of organisations, who belongs to whom and who uploads for whom, as entries of history."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.selectors.history.changed.names import RowNames
from measures.selectors.history.changed.versions import (
    change_of_part,
    changes_log,
    changes_of,
    days,
    parts_log,
)
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.models import (
    Affiliation,
    AffiliationVersion,
    Mandate,
    MandateVersion,
    Organisation,
    OrganisationAlias,
    OrganisationAliasVersion,
    OrganisationVersion,
)

WHAT = {
    "organisation_insert": gettext_lazy("Organisation added"),
    "organisation_update": gettext_lazy("Organisation changed"),
    "organisation_end": gettext_lazy("Organisation ended"),
    "organisation_delete": gettext_lazy("Organisation removed"),
    "affiliation_insert": gettext_lazy("Affiliation added"),
    "affiliation_update": gettext_lazy("Affiliation changed"),
    "affiliation_delete": gettext_lazy("Affiliation removed"),
    "mandate_insert": gettext_lazy("Mandate given"),
    "mandate_update": gettext_lazy("Mandate changed"),
    "mandate_delete": gettext_lazy("Mandate removed"),
}
_ENDED = (
    Q(pgh_label="update", valid_until__isnull=False)
    & ~Q(state_before=None)
    & (Q(state_before__valid_until=None) | ~Q(state_before__valid_until=F("state__valid_until")))
)


def organisation_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in ten queries at most, and one for each kind of row that a change names."""
    names = RowNames()
    organisations = changes_log(
        OrganisationVersion,
        Organisation,
        partial(_of_organisation, names=names),
        prefix="organisation",
        organisation="pgh_obj",
    )
    events = {
        **organisations.events,
        "organisation_update": Q(pgh_label="update") & ~_ENDED,
        "organisation_end": _ENDED,
    }
    affiliations = changes_log(
        AffiliationVersion,
        Affiliation,
        partial(_of_affiliation, names=names),
        prefix="affiliation",
        organisation="member",
        related=("member", "umbrella"),
    )
    mandates = changes_log(
        MandateVersion,
        Mandate,
        partial(_of_mandate, names=names),
        prefix="mandate",
        related=("agent", "principal"),
    )
    aliases = parts_log(
        OrganisationAliasVersion,
        OrganisationAlias,
        partial(_of_alias, names=names),
        event="organisation_update",
        organisation="organisation",
        related=("organisation",),
    )
    logs = [
        replace(organisations, events=events),
        affiliations,
        replace(mandates, about=lambda pk, _code: Q(agent=pk) | Q(principal=pk)),
        aliases,
    ]
    return with_names(entries_of_logs(HistoryKind.ORGANISATIONS, logs, search))


def _of_organisation(version: Any, place: int, names: RowNames) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT["organisation_end" if _is_end(version) else f"organisation_{version.pgh_label}"],
        organisation=version.short_name,
        remark=changes_of(version, Organisation, names),
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


def _of_affiliation(version: Any, place: int, names: RowNames) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"affiliation_{version.pgh_label}"],
        title=name_of(version, "umbrella", "short_name"),
        organisation=name_of(version, "member", "short_name"),
        remark=changes_of(version, Affiliation, names),
        address=_page_of(version, "member"),
        **of_context(version),
    )


def _of_mandate(version: Any, place: int, names: RowNames) -> HistoryEntry:
    """Of whoever uploads; whom for, and since when, is said with it."""
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"mandate_{version.pgh_label}"],
        title=_("Uploads for %(organisation)s")
        % {"organisation": name_of(version, "principal", "short_name")},
        organisation=name_of(version, "agent", "short_name"),
        remark=changes_of(version, Mandate, names) or days(version.valid_from, version.valid_until),
        address=_page_of(version, "agent"),
        **of_context(version),
    )


def _of_alias(version: Any, place: int, names: RowNames) -> HistoryEntry:
    label = str(OrganisationAlias._meta.verbose_name)  # noqa: SLF001  # the documented way
    return HistoryEntry(
        kind=HistoryKind.ORGANISATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT["organisation_update"],
        organisation=name_of(version, "organisation", "short_name"),
        remark=change_of_part(version, label, version.name, changes_of(version, OrganisationAlias, names)),
        address=_page_of(version, "organisation"),
        **of_context(version),
    )


def _page_of(version: Any, key: str) -> str:
    """Of the organisation that a key without a constraint leads to, if it is still there."""
    found = getattr(version, key, None)
    return reverse("partners:organisation_detail", args=[found.code]) if found else ""


SOURCE = HistorySource(HistoryKind.ORGANISATIONS, WHAT.items, organisation_entries)
