"""Invitations as entries of the history: sent, accepted, withdrawn."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.enums import Role
from partners.models import InvitationVersion, User

WHAT = {
    "sent": gettext_lazy("Invitation sent"),
    "accepted": gettext_lazy("Invitation accepted"),
    "withdrawn": gettext_lazy("Invitation withdrawn"),
}


def invitation_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in seven queries at most. Who accepted one is known by its address."""
    versions = InvitationVersion.objects.select_related("pgh_context").prefetch_related("organisation")
    invited = User.objects.filter(email__iexact=OuterRef("email")).order_by().values("pk")[:1]
    logs = [
        _log("sent", versions, "invited_by"),
        _log("accepted", versions.annotate(accepted_by=Subquery(invited)), "accepted_by"),
        _log("withdrawn", versions, "pgh_context__metadata__user"),
    ]
    return with_names(entries_of_logs(HistoryKind.INVITATIONS, logs, search))


def _log(label: str, versions: Any, person: str) -> Log:
    return Log(
        rows=versions.filter(pgh_label=label),
        at="pgh_created_at",
        pk="pgh_id",
        person=person,
        organisation="organisation",
        events={label: Q()},
        entry=_of_version,
    )


def _of_version(version: Any, place: int) -> HistoryEntry:
    noted = of_context(version)
    organisation = getattr(version, "organisation", None)
    if version.pgh_label == "sent":
        noted["by_number"] = version.invited_by_id
    elif version.pgh_label == "accepted":
        noted["by_number"] = version.accepted_by
    return HistoryEntry(
        kind=HistoryKind.INVITATIONS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[version.pgh_label],
        title=version.email,
        organisation=name_of(version, "organisation", "short_name"),
        remark=str(Role(version.role).label),
        address=reverse("partners:organisation_detail", args=[organisation.code]) if organisation else "",
        **noted,
    )


SOURCE = HistorySource(HistoryKind.INVITATIONS, WHAT.items, invitation_entries)
