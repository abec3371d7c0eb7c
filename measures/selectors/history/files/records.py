"""The files that recording, review and import hand out, and the lists of the administration."""

from collections.abc import Collection, Iterable, Mapping

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models import Attachment, ImportRun, Submission
from measures.selectors.history.files.addresses import FilesOfPage, FilesOfRecord, FileSubject
from partners.models import ListTransfer


def _imports(keys: Collection[int]) -> Mapping[int, FileSubject]:
    runs = ImportRun.objects.select_related("supplier").in_bulk(keys)
    return {
        pk: FileSubject(run.file_name, run.supplier.short_name if run.supplier else "", pk)
        for pk, run in runs.items()
    }


def _imports_of(organisation_id: int, _code: str) -> Iterable[int]:
    of_it = Q(supplier=organisation_id) | Q(organisations__contains=[organisation_id])
    return ImportRun.objects.filter(of_it).order_by().values_list("pk", flat=True)


def _submissions(keys: Collection[int]) -> Mapping[int, FileSubject]:
    found = Submission.objects.select_related("organisation", "round").in_bulk(keys)
    return {pk: _of_submission(submission) for pk, submission in found.items()}


def _submissions_of(organisation_id: int, _code: str) -> Iterable[int]:
    found = Submission.objects.filter(organisation=organisation_id)
    return found.order_by().values_list("pk", flat=True)


def _attachments(keys: Collection[int]) -> Mapping[int, FileSubject]:
    found = Attachment.objects.select_related(
        "comment__submission__organisation", "comment__submission__round"
    ).in_bulk(keys)
    return {
        pk: _of_submission(attachment.comment.submission, attachment.name) for pk, attachment in found.items()
    }


def _of_submission(submission: Submission, name: str = "") -> FileSubject:
    whose = submission.organisation.short_name
    return FileSubject(name or f"{whose}, {submission.round.year}", whose, submission.pk)


def _lists(keys: Collection[int]) -> Mapping[int, FileSubject]:
    found = ListTransfer.objects.in_bulk(keys)
    return {pk: FileSubject(name_of_list(transfer.list_of)) for pk, transfer in found.items()}


def name_of_list(model: str) -> str:
    """What a list of the administration is called, by the label of its model."""
    try:
        return str(apps.get_model(model)._meta.verbose_name_plural)  # noqa: SLF001  # the documented way
    except (LookupError, ValueError):
        return model


FILES = [
    FilesOfRecord(
        words={
            "measures:import_file": _("Uploaded file"),
            "measures:import_marked": _("Uploaded file with its problems marked"),
            "measures:import_report": _("Preview of the import for programs"),
        },
        page="measures:import_detail",
        subjects=_imports,
        of_organisation=_imports_of,
    ),
    FilesOfRecord(
        words={"measures:submission_own_workbook": _("The portal's workbook")},
        page="measures:submission_detail",
        subjects=_submissions,
        of_organisation=_submissions_of,
    ),
    FilesOfRecord(
        words={"measures:submission_attachment": _("Attachment of a discussion")},
        page="measures:submission_discussion",
        subjects=_attachments,
        of_organisation=_submissions_of,
        key="attachment",
    ),
    FilesOfRecord(
        words={"partners:list_transfer_file": _("List of the administration")},
        page="partners:list_transfer",
        subjects=_lists,
    ),
    FilesOfPage({"measures:import_own_workbook": _("The portal's workbook")}, "measures:import_list"),
    FilesOfPage({"measures:history_export": _("History as CSV")}, "measures:history_search"),
    FilesOfPage({"measures:resolution_csv": _("Resolutions as CSV")}, "measures:resolution_list"),
    FilesOfPage(
        {
            "measures:review_missing_csv": _("Board of a round as CSV"),
            "measures:review_missing_xlsx": _("Board of a round as a workbook"),
        },
        "measures:review_missing",
    ),
]
