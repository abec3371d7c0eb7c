"""What was changed of meetings and resolutions, and by whom, as entries of the history."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.models import Meeting, MeetingVersion, Resolution, ResolutionVersion
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, of_context, with_names

WHAT = {
    "meeting_insert": gettext_lazy("Meeting added"),
    "meeting_update": gettext_lazy("Meeting changed"),
    "resolution_insert": gettext_lazy("Resolution added"),
    "resolution_update": gettext_lazy("Resolution changed"),
}
_NOT_NAMED = {"id", "code", "uid", "sequence", "changed_at"}
"""Fields that change with others, and say nothing to people."""


def meeting_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in three queries."""
    logs = [
        _log("meeting", MeetingVersion, Meeting),
        _log("resolution", ResolutionVersion, Resolution),
    ]
    return with_names(entries_of_logs(HistoryKind.MEETINGS, logs, search))


def _log(prefix: str, versions: Any, of: type[models.Model]) -> Log:
    state = JSONObject(**{name: name for name in _fields(of)})
    before = versions.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    return Log.of_versions(
        versions.objects.annotate(
            state=state,
            state_before=Subquery(before.order_by("-pgh_id").annotate(state=state).values("state")[:1]),
        ),
        ("insert", "update"),
        lambda version, place: _of_version(version, place, prefix, of),
        prefix=f"{prefix}_",
    )


def _fields(of: type[models.Model]) -> list[str]:
    return [field.name for field in of._meta.concrete_fields if field.name not in _NOT_NAMED]  # noqa: SLF001  # the documented way


def _of_version(version: Any, place: int, prefix: str, of: type[models.Model]) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.MEETINGS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{prefix}_{version.pgh_label}"],
        title=(get_language() == "en" and version.title_en) or version.title_de,
        remark=_changed(version, of) if version.pgh_label == "update" else "",
        address=reverse("measures:meeting_detail", args=[version.pgh_obj_id])
        if prefix == "meeting"
        else reverse("measures:meeting_detail", args=[version.meeting_id]),
        **of_context(version),
    )


def _changed(version: Any, of: type[models.Model]) -> str:
    """The names of the fields that differ from the version before; nothing where none was kept."""
    before = version.state_before
    if before is None:
        return ""
    names = [
        str(of._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001  # fields of its own
        for name in _fields(of)
        if before[name] != version.state[name]
    ]
    if not names:
        return _("Changed: who takes part, who is responsible, or what it is linked with")
    return _("Changed: %(fields)s") % {"fields": ", ".join(names)}
