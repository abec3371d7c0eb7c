"""The documents of a report, each made on its own: by whichever worker is free, and again where it failed.

The database keeps count of what is done. Whoever makes the last document finishes the report, so no message
has to arrive for that.
"""

import hashlib
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.files.storage import removed_on_failure
from partners.violations import broken_rule
from reporting.enums import DocumentFormat, DocumentLanguage, ProductionStatus, ReportStatus
from reporting.exceptions import ReportError
from reporting.models import Document, DocumentProduction, ProgressReport
from reporting.querysets import TRIES, DocumentProductionQuerySet
from reporting.renderers.data.about import about
from reporting.renderers.data.catalogue_entry import Published, render_catalogue_entry
from reporting.renderers.versions import CATALOGUE_ENTRY, documents_of, render_document
from reporting.services.failures import in_words


def plan_documents(report: ProgressReport) -> None:
    """Note every document that the report is to have, in the formats that its data can be rendered in."""
    if report.type is None:
        raise ReportError(_("There is no longer a report of this kind."))
    DocumentProduction.objects.bulk_create(
        (
            DocumentProduction(report=report, language=language, format=document_format)
            for language, document_format in documents_of(report.data, report.type.languages)
            if document_format in report.type.formats
        ),
        ignore_conflicts=True,
    )


def pending_documents(*, report_id: int) -> list[int]:
    """What can be made now; documents whose worker died three times are given up.

    The catalogue entry states sizes and hashes of all others, so it is made once they are.
    """
    with transaction.atomic():
        of_report = DocumentProduction.objects.filter(report=report_id)
        for production in of_report.given_up().select_for_update(of=("self",), skip_locked=True):
            _fail(production, None)
    entry = _of_the_entry(of_report)
    others = list(of_report.pending().exclude(pk__in=entry).values_list("pk", flat=True))
    return others or _due_entry(report_id)


def produce_document(*, production_id: int) -> bool:
    """Make one document, unless it is made, another worker is at it, or it was begun three times.

    The lock of its row is the lease: a worker that dies releases it. Returns whether the report is finished
    with it.
    """
    report_id = _begun(production_id)
    if report_id is None:
        return False
    with removed_on_failure() as stored, transaction.atomic():
        production = _leased(production_id)
        if production is not None:
            _make(production, stored)
            production.status, production.error = ProductionStatus.DONE, ""
            production.save(update_fields=["status", "error"])
    finished_by_entry = [produce_document(production_id=entry_id) for entry_id in _due_entry(report_id)]
    return finish_report(report_id=report_id) or any(finished_by_entry)


def _of_the_entry(productions: DocumentProductionQuerySet) -> DocumentProductionQuerySet:
    language, document_format = CATALOGUE_ENTRY
    return productions.filter(language=language, format=document_format)


def _due_entry(report_id: int) -> list[int]:
    """The production of the catalogue entry, if it is pending and every other document is made."""
    of_report = DocumentProduction.objects.filter(report=report_id)
    entry = list(_of_the_entry(of_report.pending()).values_list("pk", flat=True))
    is_due = not of_report.exclude(pk__in=entry).exclude(status=ProductionStatus.DONE).exists()
    return entry if is_due else []


@transaction.atomic
def finish_report(*, report_id: int) -> bool:
    """Give the report the state that follows from its documents, once none of them is pending, and say so."""
    report = (
        ProgressReport.objects.filter(status=ReportStatus.PRODUCING)
        .select_for_update(of=("self",))
        .filter(pk=report_id)
        .first()
    )
    if report is None or report.snapshot_id is None:
        return False
    found = report.productions.values_list("language", "format", "status")
    statuses = {(language, document_format): status for language, document_format, status in found}
    failed = list(statuses.values()).count(ProductionStatus.FAILED)
    if failed:
        statuses.pop(CATALOGUE_ENTRY, None)  # waits until the others are made
    if not statuses or any(status in ProductionStatus.pending for status in statuses.values()):
        return False
    report.status = ReportStatus.FAILED if failed else ReportStatus.READY
    report.error = _failed_documents(failed) if failed else ""
    report.finished_at = timezone.now()
    report.save(update_fields=["status", "error", "finished_at"])
    return True


def mark_document_failed(*, production_id: int, error: BaseException | None) -> None:
    """Record why a document could not be made. One that is done stays done."""
    with transaction.atomic():
        production = (
            DocumentProduction.objects.filter(status__in=ProductionStatus.pending)
            .select_for_update(of=("self",))
            .filter(pk=production_id)
            .first()
        )
        if production is None:
            return
        _fail(production, error)
    finish_report(report_id=production.report_id)


def repeat_document(*, production_id: int) -> None:
    """Have a document that failed made again, it alone; the report is in production for that time."""
    try:
        with transaction.atomic():
            report = (
                ProgressReport.objects.select_for_update(of=("self",))
                .filter(productions=production_id, status__in=(ReportStatus.FAILED, ReportStatus.PRODUCING))
                .first()
            )
            repeated = report and DocumentProduction.objects.filter(
                pk=production_id, status=ProductionStatus.FAILED
            ).update(status=ProductionStatus.QUEUED, attempts=0, error="")
            if not report or not repeated:
                raise ReportError(_("Nothing was repeated: this document has not failed, or no longer."))
            report.status, report.error, report.finished_at = ReportStatus.PRODUCING, "", None
            report.save(update_fields=["status", "error", "finished_at"])
    except IntegrityError as error:
        if broken_rule(error) != "progress_report_one_in_work_an_edition":
            raise
        raise ReportError(
            _("Nothing was repeated: a newer report of the same kind and year is being produced.")
        ) from error


@transaction.atomic
def _begun(production_id: int) -> int | None:
    """Count the try before anything can go wrong; the number of the report whose document it is."""
    production = _leased(production_id)
    if production is None or production.attempts >= TRIES:
        return None
    production.attempts += 1
    production.status = ProductionStatus.PRODUCING
    production.save(update_fields=["attempts", "status"])
    return production.report_id


def _leased(production_id: int) -> DocumentProduction | None:
    pending = DocumentProduction.objects.filter(status__in=ProductionStatus.pending)
    locked = pending.select_for_update(of=("self",), skip_locked=True).select_related("report__snapshot")
    return locked.filter(pk=production_id).first()


def _make(production: DocumentProduction, stored: list[FieldFile]) -> None:
    report = production.report
    if report.snapshot is None:
        raise ReportError(_("The report's data are missing. Please request it again."))
    sha256 = report.snapshot.sha256
    language, document_format = production.language, DocumentFormat(production.format)
    if (language, document_format) == CATALOGUE_ENTRY:
        content = render_catalogue_entry(
            about(report.data, sha256=sha256),
            [_published(each) for each in report.documents.order_by("language", "format")],
        )
    else:
        content = render_document(
            report.data, language, document_format, sha256=sha256, names=partial(_file_name, report)
        )
    made = Document(
        report=report,
        language=language,
        format=document_format,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    edition = "-".join(part for part in (report.report_type, report.scope) if part)
    made.file.save(
        f"{report.year}/{edition}-{sha256[:12]}-{language}.{document_format}",
        ContentFile(content),
        save=False,
    )
    stored.append(made.file)
    made.save()


def _file_name(report: ProgressReport, language: str, document_format: str) -> str:
    """What a document of the report is called, made or not."""
    return Document(report=report, language=language, format=document_format).file_name


def _published(document: Document) -> Published:
    return Published(
        language=DocumentLanguage(document.language),
        format=DocumentFormat(document.format),
        file_name=document.file_name,
        size=document.size,
        sha256=document.sha256,
    )


def _fail(production: DocumentProduction, error: BaseException | None) -> None:
    production.status, production.error = ProductionStatus.FAILED, in_words(error)
    production.save(update_fields=["status", "error"])


def _failed_documents(count: int) -> str:
    return ngettext(
        "%(count)s document could not be produced; below is why. It can be repeated alone.",
        "%(count)s documents could not be produced; below is why. Each can be repeated alone.",
        count,
    ) % {"count": count}
