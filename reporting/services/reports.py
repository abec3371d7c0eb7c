"""Producing a progress report: requested, frozen, rendered, stored. Every step can be repeated safely."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pgtransaction
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import FigureUse, Phase, ReportingRound
from partners.files.disk_full import is_disk_full
from partners.files.storage import removed_on_failure
from partners.models import User
from reporting.enums import Language, ReportStatus
from reporting.exceptions import ReportError
from reporting.models import Document, ProgressReport, Snapshot
from reporting.querysets import TRIES
from reporting.renderers.versions import render_documents
from reporting.snapshot import Collected, collect


@contextmanager
def one_moment() -> Iterator[None]:
    """Open a transaction in which every query sees the database as it is at the first one.

    Such transactions wait for each other, so that two people who ask at once share a snapshot. The lock comes
    before the first query and keeps nobody from reading.
    """
    with pgtransaction.atomic(durable=True, isolation_level=pgtransaction.REPEATABLE_READ):
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE reporting_snapshot IN SHARE ROW EXCLUSIVE MODE")
        yield


def _check_year(year: int) -> None:
    """A report needs a round of its year and a term of the Alliance that covers it."""
    has_round = ReportingRound.objects.filter(year=year).exists()
    if not has_round or not Phase.objects.filter(starts_on__year__lte=year, ends_on__year__gte=year).exists():
        raise ReportError(
            _("There is no reporting round %(year)s, so there is no report of it.") % {"year": year}
        )


@transaction.atomic
def request_report(*, year: int, actor: User) -> ProgressReport:
    """Ask for the report of a year. While one is in work, that one is returned."""
    _check_year(year)
    list(ReportingRound.objects.select_for_update(no_key=True).filter(year=year))
    in_work = ProgressReport.objects.filter(year=year, status__in=ReportStatus.pending).first()
    return in_work or ProgressReport.objects.create(year=year, requested_by=actor)


def take_snapshot(*, year: int, actor: User | None) -> Snapshot:
    """Freeze the data of the report of ``year`` as they are now."""
    _check_year(year)
    with one_moment():
        return _store(collect(year=year, taken_at=timezone.now()), actor)


def produce_report(*, report_id: int) -> ProgressReport | None:
    """Freeze the data, then make every document that is still missing.

    The lock of the row is the lease: a second worker returns at once, and the lock of a worker that dies is
    released. What was frozen by then stays, and the next one continues from there. After three tries the
    report is given up.
    """
    if not _begun(report_id):
        return None
    with one_moment():
        report = _leased(report_id)
        if report is None:
            return None
        if report.snapshot is None:
            report.snapshot = _store(collect(year=report.year, taken_at=timezone.now()), report.requested_by)
        report.status = ReportStatus.PRODUCING
        report.error = ""
        report.save(update_fields=["snapshot", "status", "error"])
    with transaction.atomic():
        report = _leased(report_id)
        if report is None:
            return None
        _make_documents(report)
        report.status = ReportStatus.READY
        report.finished_at = timezone.now()
        report.save(update_fields=["status", "finished_at"])
    return report


@transaction.atomic
def claim_pending_reports() -> list[int]:
    """Reports that still have to be made, to be handed out again: so a lost message is harmless.

    Waiting for a worker is no failure, however long; only what was begun three times is given up.
    """
    for report in ProgressReport.objects.given_up().select_for_update(of=("self",), skip_locked=True):
        mark_report_failed(report_id=report.pk, error=None)
    pending = ProgressReport.objects.pending().select_for_update(of=("self",), skip_locked=True)
    return [report.pk for report in pending]


def mark_report_failed(*, report_id: int, error: BaseException | None) -> None:
    """Record the failure with a message for people. A finished report stays finished."""
    if isinstance(error, ReportError):
        message = str(error.message)
    elif is_disk_full(error):
        message = gettext(
            "The server has no room left for the documents. No figure was changed. Please request the report "
            "again later."
        )
    elif error is None:
        message = gettext(
            "The report was begun several times and never finished. Please ask those who run the portal."
        )
    else:
        message = gettext(
            "The report could not be produced (%(error)s). No figure was changed. Please request it again; "
            "if that fails too, ask those who run the portal."
        ) % {"error": type(error).__name__}
    ProgressReport.objects.filter(pk=report_id, status__in=ReportStatus.pending).update(
        status=ReportStatus.FAILED, error=message, finished_at=timezone.now()
    )


@transaction.atomic
def _begun(report_id: int) -> bool:
    """Count the try before anything can go wrong, so that a report which kills its worker comes to an end."""
    report = _leased(report_id)
    if report is None or report.attempts >= TRIES:
        return False
    report.attempts += 1
    report.save(update_fields=["attempts"])
    return True


def _leased(report_id: int) -> ProgressReport | None:
    pending = ProgressReport.objects.filter(status__in=ReportStatus.pending)
    return pending.select_for_update(of=("self",), skip_locked=True).filter(pk=report_id).first()


def _store(collected: Collected, actor: User | None) -> Snapshot:
    """Keep what was collected. Where nothing has changed since the last snapshot, that one still holds."""
    last = Snapshot.objects.filter(year=collected.data.year).first()
    if last and last.is_of_current_version and replace(collected.data, taken_at=last.taken_at) == last.frozen:
        used = last.uses.order_by("version_id").values_list("version_id", flat=True)
        if list(used) == collected.version_ids:
            return last
    data = collected.data.to_json()
    snapshot = Snapshot.objects.create(
        year=collected.data.year,
        data=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        taken_at=collected.data.taken_at,
        taken_by=actor,
    )
    FigureUse.objects.bulk_create(
        [
            FigureUse(snapshot=snapshot.sha256, year=snapshot.year, version_id=version_id)
            for version_id in collected.version_ids
        ],
        batch_size=5000,
    )
    return snapshot


def _make_documents(report: ProgressReport) -> None:
    if report.snapshot is None:
        raise ReportError(_("The report's data are missing. Please request it again."))
    snapshot = report.snapshot
    have = set(report.documents.values_list("language", "format"))
    with removed_on_failure() as stored:
        for language, format_, content in render_documents(
            snapshot.frozen, Language.values, sha256=snapshot.sha256
        ):
            if (language, format_) in have:
                continue
            digest = hashlib.sha256(content).hexdigest()
            name = f"{report.year}/{snapshot.sha256[:12]}-{language}.{format_}"
            made = Document(
                report=report, language=language, format=format_, sha256=digest, size=len(content)
            )
            made.file.save(name, ContentFile(content), save=False)
            stored.append(made.file)
            made.save()
