"""What was done with reports, by whom and why, as entries of the history."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs
from measures.selectors.history.sources import HistorySource
from reporting.models import ProgressReport, ReportPreview, WarningAcknowledgement
from reporting.querysets import scope_of
from reporting.selectors.editions import EditionNames, names_of_scopes

WHAT = {
    "requested": gettext_lazy("Report requested"),
    "released": gettext_lazy("Report released"),
    "corrected": gettext_lazy("Correction of a report released"),
    "withdrawn": gettext_lazy("Report withdrawn"),
    "warning_accepted": gettext_lazy("Warning before the release accepted"),
    "reader_invited": gettext_lazy("Reader invited before the release"),
}


def report_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in six queries, and two where there are reports of a part of the Alliance."""
    scopes = ProgressReport.objects.exclude(scope="").order_by().values_list("scope", flat=True).distinct()
    names = names_of_scopes(list(scopes))
    reports = ProgressReport.objects.all()
    logs = [
        _log(names, reports, "requested", {"requested": Q()}, _of_request),
        _log(
            names,
            reports.exclude(released_at=None),
            "released",
            {"released": Q(corrects=None), "corrected": Q(corrects__isnull=False)},
            _of_release,
        ),
        _log(names, reports.exclude(withdrawn_at=None), "withdrawn", {"withdrawn": Q()}, _of_withdrawal),
        _log(names, WarningAcknowledgement.objects.all(), "", {"warning_accepted": Q()}, _of_warning),
        _log(names, ReportPreview.objects.all(), "invited", {"reader_invited": Q()}, _of_reader),
    ]
    return entries_of_logs(HistoryKind.REPORTS, logs, search)


def _log(
    names: EditionNames,
    rows: QuerySet[Any],
    moment: str,
    events: Mapping[str, Q],
    describe: Callable[[Any], dict[str, Any]],
) -> Log:
    """``moment`` begins the names of the fields for who and when; rows of other tables have a report."""
    person, at = (f"{moment}_by", f"{moment}_at") if moment else ("person", "at")
    report = "" if rows.model is ProgressReport else "report"

    def entry(row: Any, place: int) -> HistoryEntry:
        of = row.report if report else row
        return HistoryEntry(
            kind=HistoryKind.REPORTS,
            pk=place,
            at=getattr(row, at),
            by=getattr(row, person),
            title=names.title_of(of),
            address=reverse("reporting:report_detail", args=[of.pk]),
            **describe(row),
        )

    return Log(
        rows=rows.select_related(*filter(None, [person, report])),
        at=at,
        person=person,
        about=lambda pk, _code: Q(**{"report__scope" if report else "scope": scope_of(pk)}),
        events=events,
        entry=entry,
    )


def _of_request(_report: Any) -> dict[str, Any]:
    return {"what": WHAT["requested"]}


def _of_release(report: Any) -> dict[str, Any]:
    return {
        "what": WHAT["corrected" if report.corrects_id else "released"],
        "reason": report.correction_en if get_language() == "en" else report.correction_de,
    }


def _of_withdrawal(report: Any) -> dict[str, Any]:
    return {
        "what": WHAT["withdrawn"],
        "reason": report.withdrawal_en if get_language() == "en" else report.withdrawal_de,
    }


def _of_warning(accepted: Any) -> dict[str, Any]:
    return {"what": WHAT["warning_accepted"], "remark": accepted.text, "reason": accepted.reason}


def _of_reader(reader: Any) -> dict[str, Any]:
    return {"what": WHAT["reader_invited"], "remark": f"{reader.name}, {reader.email}"}


SOURCE = HistorySource(HistoryKind.REPORTS, WHAT.items, report_entries)
