"""Progress reports: what was frozen, what it rests on, and the documents made from it."""

from functools import cached_property
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import FigureUse
from measures.triggers import never_truncated
from reporting.enums import DocumentFormat, Language, ReportStatus
from reporting.frozen.decoding import decode, schema_version
from reporting.frozen.schema import SCHEMA_VERSION, SnapshotData
from reporting.querysets import ProgressReportQuerySet
from reporting.triggers import document_triggers, report_triggers

if TYPE_CHECKING:
    from measures.querysets import FigureUseQuerySet


class Snapshot(models.Model):
    """The frozen data set of a report, exactly as it was hashed. Rendering reads this and nothing else."""

    year = models.PositiveSmallIntegerField(_("year"))
    data = models.TextField(_("data"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["sha256"], name="snapshot_unique_content")]
        triggers = [
            pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.sha256[:12]}"

    @cached_property
    def frozen(self) -> SnapshotData:
        """The data, read by the schema version they were stored in."""
        return decode(self.data.encode())

    @property
    def is_of_current_version(self) -> bool:
        return schema_version(self.data.encode()) == SCHEMA_VERSION

    @property
    def uses(self) -> "FigureUseQuerySet":
        """The versions its numbers were added up from: the way back to file and cell."""
        return FigureUse.objects.filter(snapshot=self.sha256)


class ProgressReport(models.Model):
    """A report of one year, asked for by a person, made by the queue and released by another person."""

    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.QUEUED)
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("snapshot"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("error"), blank=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_report_status_known", condition=Q(status__in=ReportStatus.values)
            ),
            models.CheckConstraint(
                name="progress_report_ready_has_its_data",
                condition=~Q(status__in=ReportStatus.finished)
                | Q(snapshot__isnull=False, finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="progress_report_released_has_who_and_when",
                condition=Q(
                    status=ReportStatus.RELEASED, released_by__isnull=False, released_at__isnull=False
                )
                | (~Q(status=ReportStatus.RELEASED) & Q(released_by__isnull=True, released_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="progress_report_released_by_another_person",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="progress_report_failed_says_why",
                condition=~Q(status=ReportStatus.FAILED) | ~Q(error=""),
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(status__in=ReportStatus.pending),
                name="progress_report_one_in_work_a_year",
                violation_error_message=_("A report of this year is already being produced."),
            ),
        ]
        triggers = [*report_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_status_display()}"

    @property
    def is_finished(self) -> bool:
        """Whether its data and documents are there, released or not."""
        return self.status in ReportStatus.finished

    @property
    def is_released(self) -> bool:
        return self.status == ReportStatus.RELEASED


class Document(models.Model):
    """A report in one format and one language."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="documents", verbose_name=_("report")
    )
    format = models.CharField(_("format"), max_length=4, choices=DocumentFormat)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    file = models.FileField(_("file"), upload_to="reports/")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["language", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "language"], name="document_unique_report_format_language"
            ),
            models.CheckConstraint(
                name="document_format_known", condition=Q(format__in=DocumentFormat.values)
            ),
            models.CheckConstraint(name="document_language_known", condition=Q(language__in=Language.values)),
        ]
        triggers = [
            *document_triggers(),
            pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """The name a reader's computer gives it."""
        stem = "Fortschrittsbericht" if self.language == Language.GERMAN else "Progress-report"
        return f"{stem}-{self.report.year}.{self.format}"
