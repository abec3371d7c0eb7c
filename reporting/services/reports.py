"""Producing a progress report: requested, frozen, its documents made. Every step can be repeated safely."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pgtransaction
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import FigureUse, Phase, ReportingRound
from partners.models import User
from reporting.aggregates.provenance import provenance_of
from reporting.editions.types import ANNUAL, report_type_of
from reporting.enums import ReportStatus
from reporting.exceptions import ReportError
from reporting.models import ProgressReport, Snapshot
from reporting.querysets import TRIES
from reporting.selectors.editions import scopes_of, scopes_with_values
from reporting.services.documents import finish_report, pending_documents, plan_documents, produce_document
from reporting.services.failures import in_words
from reporting.snapshot import Collected, collect

_USES = f"""
INSERT INTO {FigureUse._meta.db_table} (snapshot, year, version_id)
SELECT %s, %s, used.version_id FROM ({{versions}}) used
"""  # noqa: S608, SLF001  # our own text


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Which release a report corrects, and the note that readers get about it."""

    release: ProgressReport
    note_de: str
    note_en: str

    @property
    def columns(self) -> dict[str, Any]:
        return {"corrects": self.release, "correction_de": self.note_de, "correction_en": self.note_en}


@contextmanager
def one_moment() -> Iterator[None]:
    """Open a transaction in which every query sees the database as it is at the first one."""
    with pgtransaction.atomic(durable=True, isolation_level=pgtransaction.REPEATABLE_READ):
        yield


@contextmanager
def _freezing() -> Iterator[None]:
    """One moment, in which nobody else freezes: so two people who ask at once share a snapshot.

    The lock comes before the first query and keeps nobody from reading.
    """
    with one_moment():
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
def request_report(  # which report, and what it corrects
    *,
    year: int,
    actor: User,
    report_type: str = ANNUAL,
    scope: str = "",
    correction: Correction | None = None,
) -> ProgressReport:
    """Ask for a report. While one of the same type, year and scope is in work, that one is returned."""
    [report] = request_reports(
        year=year, actor=actor, report_type=report_type, scopes=[scope], correction=correction
    )
    return report


@transaction.atomic
def request_reports(
    *,
    year: int,
    actor: User,
    report_type: str,
    scopes: Sequence[str],
    correction: Correction | None = None,
) -> list[ProgressReport]:
    """As above for several Länder or umbrellas with values, with as many queries as for one."""
    scopes = editions_with_values(report_type, scopes, year)
    list(ReportingRound.objects.select_for_update(no_key=True).filter(year=year))
    of_type = ProgressReport.objects.filter(report_type=report_type, year=year, scope__in=scopes)
    in_work = {report.scope: report for report in of_type.filter(status__in=ReportStatus.pending)}
    if correction and in_work:
        raise ReportError(_("This report is already being produced; wait until it is finished."))
    new = ProgressReport.objects.bulk_create(
        ProgressReport(
            report_type=report_type,
            year=year,
            scope=scope,
            requested_by=actor,
            **(correction.columns if correction else {}),
        )
        for scope in scopes
        if scope not in in_work
    )
    return sorted([*in_work.values(), *new], key=lambda report: scopes.index(report.scope))


def editions_with_values(report_type: str, scopes: Sequence[str], year: int) -> list[str]:
    """Of these Länder or umbrellas, those of which a value is approved: else nothing would be in it."""
    _check_year(year)
    check_editions(report_type, scopes, year)
    known = report_type_of(report_type)
    if known is None or not known.has_scope:
        return list(scopes)
    with_values = scopes_with_values(known, year)
    found = [scope for scope in scopes if scope in with_values]
    if not found:
        names = [name for code, name in scopes_of(known, year) if code in scopes]
        raise ReportError(
            _("Up to %(year)s no values of %(names)s are approved, so there is nothing to report yet.")
            % {"year": year, "names": ", ".join(names)}
        )
    return found


def check_editions(report_type: str, scopes: Sequence[str], year: int) -> None:
    known = report_type_of(report_type)
    if known is None:
        raise ReportError(_("There is no report of this kind."))
    if not scopes:
        raise ReportError(
            _("In %(year)s no umbrella organisation has members, so there is no such report.")
            % {"year": year}
        )
    if not {code for code, _name in scopes_of(known, year)}.issuperset(scopes):
        raise ReportError(_("There is no report of this kind about this part of the Alliance."))


def take_snapshot(*, year: int, actor: User | None) -> Snapshot:
    """Freeze the data of the report of ``year`` as they are now."""
    _check_year(year)
    with _freezing():
        return _store(collect(year=year, taken_at=timezone.now()), actor)


def produce_report(*, report_id: int) -> None:
    """Freeze the data and make every document that is still missing, one after the other in this process.

    The queue has several workers do the same with these steps.
    """
    for production_id in freeze_report(report_id=report_id):
        produce_document(production_id=production_id)


def freeze_report(*, report_id: int) -> list[int]:
    """Freeze the data and plan the documents; returns those that still have to be made.

    The lock of the row is the lease: a second worker returns at once, and the lock of a worker that dies is
    released. What was frozen by then stays, and the next one continues from there. After three tries the
    report is given up.
    """
    if _begun(report_id):
        with _freezing():
            report = _leased(report_id)
            if report is None:
                return []
            if report.snapshot is None:
                collected = collect(year=report.year, taken_at=timezone.now())
                report.snapshot = _store(collected, report.requested_by)
            plan_documents(report)
            report.status = ReportStatus.PRODUCING
            report.error = ""
            report.save(update_fields=["snapshot", "status", "error"])
    pending = pending_documents(report_id=report_id)
    if not pending:
        finish_report(report_id=report_id)
    return pending


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
    ProgressReport.objects.filter(pk=report_id, status__in=ReportStatus.pending).update(
        status=ReportStatus.FAILED, error=in_words(error), finished_at=timezone.now()
    )


@transaction.atomic
def _begun(report_id: int) -> bool:
    """Count the try before anything can go wrong, so that a report which kills its worker comes to an end.

    Not where the data are frozen and the documents planned: from then on each document has tries of its own.
    """
    report = _leased(report_id)
    if report is None or report.attempts >= TRIES or report.productions.exists():
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
    if last and last.is_of_current_version and _is_frozen_in(last, collected):
        return last
    data = replace(collected.data, provenance=provenance_of(collected.used)).to_json()
    snapshot = Snapshot.objects.create(
        year=collected.data.year,
        data=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        taken_at=collected.data.taken_at,
        taken_by=actor,
    )
    versions, parameters = collected.used.values("version_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_USES.format(versions=versions), [snapshot.sha256, snapshot.year, *parameters])
    return snapshot


def _is_frozen_in(snapshot: Snapshot, collected: Collected) -> bool:
    """Whether it holds the same, added up from the very versions of these figures."""
    provenance = snapshot.frozen.provenance
    same = replace(collected.data, taken_at=snapshot.taken_at, provenance=provenance)
    return (
        provenance is not None
        and same == snapshot.frozen
        and provenance_of(collected.used, provenance.salt) == provenance
    )
