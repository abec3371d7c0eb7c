"""Notices of people as entries of the history, each with the mail it went into."""

from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs
from measures.selectors.history.sources import Events, HistorySource
from partners.models import Notice, NoticeDigest, NoticeOptOutVersion
from partners.notices.kinds import all_kinds, kind_of

OPT_OUTS = {
    "insert": gettext_lazy("Notices by mail switched off"),
    "delete": gettext_lazy("Notices by mail switched on"),
}


def notice_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in three queries at most. ``about`` is who got a notice, kept for a year."""
    return entries_of_logs(
        HistoryKind.NOTICES,
        [
            Log(
                rows=Notice.objects.select_related("person", "organisation", "digest"),
                person="person",
                organisation="organisation",
                events={kind.code: Q(kind=kind.code) for kind in all_kinds()},
                entry=_of_notice,
            ),
            Log(
                rows=NoticeOptOutVersion.objects.prefetch_related("person"),
                at="pgh_created_at",
                pk="pgh_id",
                person="person",
                events={event: Q(pgh_label=event) for event in OPT_OUTS},
                entry=_of_opt_out,
            ),
        ],
        search,
    )


def _events() -> Events:
    return [*((kind.code, kind.label) for kind in all_kinds()), *OPT_OUTS.items()]


def _of_notice(notice: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.NOTICES,
        pk=place,
        at=notice.at,
        what=notice.label,
        about=notice.person,
        organisation=notice.organisation.short_name if notice.organisation else "",
        remark=notice.sentence,
        where_from=_mail(notice.digest),
    )


def _of_opt_out(version: Any, place: int) -> HistoryEntry:
    """By the person, signed in or by the link in a mail."""
    kind = kind_of(version.kind)
    return HistoryEntry(
        kind=HistoryKind.NOTICES,
        pk=place,
        at=version.pgh_created_at,
        what=OPT_OUTS[version.pgh_label],
        by=getattr(version, "person", None),
        by_number=version.person_id,
        remark=str(kind.label) if kind else version.kind,
    )


def _mail(digest: NoticeDigest | None) -> str:
    """The mail that the notice went into."""
    if digest is None:
        return ""
    return _("Mail of %(at)s to %(address)s") % {
        "at": date_format(localtime(digest.at), "SHORT_DATETIME_FORMAT"),
        "address": digest.address,
    }


SOURCE = HistorySource(HistoryKind.NOTICES, _events, notice_entries)
