"""What was changed of meetings and resolutions, and by whom, as entries of the history."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.models import Meeting, MeetingVersion, Resolution, ResolutionVersion
from measures.selectors.history.changed.versions import changes_log, changes_of, fields_changed
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, of_context, with_names
from measures.selectors.history.sources import HistorySource

WHAT = {
    "meeting_insert": gettext_lazy("Meeting added"),
    "meeting_update": gettext_lazy("Meeting changed"),
    "resolution_insert": gettext_lazy("Resolution added"),
    "resolution_update": gettext_lazy("Resolution changed"),
}


def meeting_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in three queries."""
    logs = [
        _log("meeting", MeetingVersion, Meeting),
        _log("resolution", ResolutionVersion, Resolution),
    ]
    return with_names(entries_of_logs(HistoryKind.MEETINGS, logs, search))


def _log(prefix: str, versions: Any, of: type[models.Model]) -> Log:
    return changes_log(
        versions,
        of,
        lambda version, place: _of_version(version, place, prefix, of),
        events=("insert", "update"),
        prefix=prefix,
    )


def _of_version(version: Any, place: int, prefix: str, of: type[models.Model]) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.MEETINGS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{prefix}_{version.pgh_label}"],
        title=(get_language() == "en" and version.title_en) or version.title_de,
        remark=_changed(version, of),
        address=reverse("measures:meeting_detail", args=[version.pgh_obj_id])
        if prefix == "meeting"
        else reverse("measures:meeting_detail", args=[version.meeting_id]),
        **of_context(version),
    )


def _changed(version: Any, of: type[models.Model]) -> str:
    """What a list of those who take part leaves is a version of the same fields."""
    if fields_changed(version, of) == []:
        return _("Changed: who takes part, who is responsible, or what it is linked with")
    return changes_of(version, of)


SOURCE = HistorySource(HistoryKind.MEETINGS, WHAT.items, meeting_entries)
