"""What was changed of meetings and resolutions, and by whom, as entries of the history."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.models import (
    Meeting,
    MeetingOrganisationVersion,
    MeetingPersonVersion,
    MeetingVersion,
    Resolution,
    ResolutionIndicatorVersion,
    ResolutionMeasureVersion,
    ResolutionTargetVersion,
    ResolutionVersion,
)
from measures.selectors.history.changed.names import RowNames, label_of, name_at
from measures.selectors.history.changed.versions import (
    change_of_part,
    changes_log,
    changes_of,
    fields_changed,
    links_log,
)
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, of_context, with_names
from measures.selectors.history.sources import HistorySource

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHAT = {
    "meeting_insert": gettext_lazy("Meeting added"),
    "meeting_update": gettext_lazy("Meeting changed"),
    "resolution_insert": gettext_lazy("Resolution added"),
    "resolution_update": gettext_lazy("Resolution changed"),
}


@dataclass(frozen=True)
class _MeetingLinks:
    """The links of a many-to-many field of a meeting or a resolution."""

    versions: Any
    whole: str
    to: str
    label: "StrOrPromise"


_LINKS = [
    _MeetingLinks(MeetingOrganisationVersion, "meeting", "organisation", label_of(Meeting, "organisations")),
    _MeetingLinks(MeetingPersonVersion, "meeting", "user", label_of(Meeting, "people")),
    _MeetingLinks(ResolutionMeasureVersion, "resolution", "measure", label_of(Resolution, "measures")),
    _MeetingLinks(ResolutionIndicatorVersion, "resolution", "indicator", label_of(Resolution, "indicators")),
    _MeetingLinks(ResolutionTargetVersion, "resolution", "target", label_of(Resolution, "targets")),
]


def meeting_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in eleven queries at most, and one for each kind of row that they name."""
    names = RowNames()
    logs = [
        _log("meeting", MeetingVersion, Meeting, names),
        _log("resolution", ResolutionVersion, Resolution, names),
    ]
    logs += [
        links_log(
            links.versions,
            partial(_of_link, links=links, names=names),
            event=f"{links.whole}_update",
            organisation="organisation" if links.to == "organisation" else "",
            related=(links.whole,),
        )
        for links in _LINKS
    ]
    return with_names(entries_of_logs(HistoryKind.MEETINGS, logs, search))


def _log(prefix: str, versions: Any, of: type[models.Model], names: RowNames) -> Log:
    return changes_log(
        versions,
        of,
        lambda version, place: _of_version(version, place, prefix, of, names),
        events=("insert", "update"),
        prefix=prefix,
    )


def _of_version(
    version: Any, place: int, prefix: str, of: type[models.Model], names: RowNames
) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.MEETINGS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{prefix}_{version.pgh_label}"],
        title=(get_language() == "en" and version.title_en) or version.title_de,
        remark=_changed(version, of, names),
        address=reverse("measures:meeting_detail", args=[version.pgh_obj_id])
        if prefix == "meeting"
        else reverse("measures:meeting_detail", args=[version.meeting_id]),
        **of_context(version),
    )


def _changed(version: Any, of: type[models.Model], names: RowNames) -> str:
    """A change of who takes part leaves a version of the same fields, beside those of the links."""
    if fields_changed(version, of) == []:
        return _("Changed: who takes part, who is responsible, or what it is linked with")
    return changes_of(version, of, names)


def _of_link(version: Any, place: int, links: _MeetingLinks, names: RowNames) -> HistoryEntry:
    whole = getattr(version, links.whole, None)
    meeting = whole.meeting_id if isinstance(whole, Resolution) else version.meeting_id if whole else None
    return HistoryEntry(
        kind=HistoryKind.MEETINGS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{links.whole}_update"],
        title=str(whole or f"#{getattr(version, f'{links.whole}_id')}"),
        remark=change_of_part(version, links.label, name_at(version, links.to, names)),
        address=reverse("measures:meeting_detail", args=[meeting]) if whole else "",
        **of_context(version),
    )


SOURCE = HistorySource(HistoryKind.MEETINGS, WHAT.items, meeting_entries)
