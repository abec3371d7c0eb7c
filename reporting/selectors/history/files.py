"""The files that dashboards and reports hand out."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from measures.selectors.history.files.addresses import FilesOfPage, FilesOfRecord, FileSubject
from reporting.dashboards.registry import view_of
from reporting.models import ProgressReport
from reporting.querysets import scope_of
from reporting.selectors.editions import edition_names


def _reports(keys: Collection[int]) -> Mapping[int, FileSubject]:
    found = ProgressReport.objects.in_bulk(keys)
    names = edition_names(found.values())
    return {pk: FileSubject(names.title_of(report), page=pk) for pk, report in found.items()}


def _reports_of(organisation_id: int, _code: str) -> Iterable[int]:
    return (
        ProgressReport.objects.filter(scope=scope_of(organisation_id)).order_by().values_list("pk", flat=True)
    )


def _views(keys: Collection[str]) -> Mapping[str, FileSubject]:
    found = ((code, view_of(code)) for code in keys)
    return {code: FileSubject(str(view.title), page=code) for code, view in found if view}


FILES = [
    FilesOfRecord(
        words={"reporting:document": _("Report as %(document_format)s, language: %(language)s")},
        page="reporting:report_detail",
        subjects=_reports,
        of_organisation=_reports_of,
    ),
    FilesOfRecord(
        words={"reporting:view": _("Figures of a dashboard")},
        page="reporting:view",
        subjects=_views,
        key="code",
    ),
    FilesOfPage({"reporting:dashboard": _("Figures of the overview")}, "reporting:dashboard"),
    FilesOfPage({"reporting:attainment_csv": _("Attainment as CSV")}, "reporting:dashboard"),
    FilesOfPage(
        {
            "public:document": _("Published file %(name)s of %(year)s"),
            "public:signature": _("Signature of the published report of %(year)s"),
            "public:data_csv": _("Open data of “%(indicator)s”"),
        }
    ),
]
