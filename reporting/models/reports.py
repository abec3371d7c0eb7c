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
from reporting.editions.deriving import derive
from reporting.editions.types import ANNUAL, ReportType, report_type_of
from reporting.enums import DocumentFormat, DocumentLanguage, Language, ReportStatus
from reporting.exceptions import ReportError
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
    """A report of one year, asked for by a person, made by the queue and released by another person.

    ``report_type`` is the code of a registered type, ``scope`` the code of the Land (of its region) or of the
    umbrella that the report is of; empty for the Alliance. An edition is a type, year and scope; ``release``
    numbers what was released of it, from 1. ``publish_at``: the moment from which everybody may read it where
    the release was decided for a later one.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    report_type = models.CharField(_("kind of report"), max_length=40, default=ANNUAL)
    scope = models.CharField(_("scope"), max_length=20, blank=True, default="")
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
    release = models.PositiveSmallIntegerField(_("release"), null=True, blank=True)
    publish_at = models.DateTimeField(_("published from"), null=True, blank=True)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects the release"),
    )
    correction_de = models.TextField(_("what was corrected (German)"), blank=True)
    correction_en = models.TextField(_("what was corrected (English)"), blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_de = models.TextField(_("why it was withdrawn (German)"), blank=True)
    withdrawal_en = models.TextField(_("why it was withdrawn (English)"), blank=True)
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
                    status__in=ReportStatus.published,
                    released_by__isnull=False,
                    released_at__isnull=False,
                    release__gte=1,
                )
                | Q(
                    status=ReportStatus.SCHEDULED,
                    released_by__isnull=False,
                    publish_at__isnull=False,
                    released_at__isnull=True,
                    release__isnull=True,
                )
                | (
                    ~Q(status__in=ReportStatus.decided)
                    & Q(
                        released_by__isnull=True,
                        released_at__isnull=True,
                        release__isnull=True,
                        publish_at__isnull=True,
                    )
                ),
            ),
            models.CheckConstraint(
                name="progress_report_withdrawn_has_who_when_and_why",
                condition=(
                    Q(status=ReportStatus.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_de="")
                    & ~Q(withdrawal_en="")
                )
                | (
                    ~Q(status=ReportStatus.WITHDRAWN)
                    & Q(
                        withdrawn_by__isnull=True,
                        withdrawn_at__isnull=True,
                        withdrawal_de="",
                        withdrawal_en="",
                    )
                ),
            ),
            models.CheckConstraint(
                name="progress_report_correction_has_its_note",
                condition=Q(corrects__isnull=True, correction_de="", correction_en="")
                | (Q(corrects__isnull=False) & ~Q(correction_de="") & ~Q(correction_en="")),
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
                fields=["report_type", "year", "scope"],
                condition=Q(status__in=ReportStatus.pending),
                name="progress_report_one_in_work_an_edition",
                violation_error_message=_("This report is already being produced."),
            ),
            models.UniqueConstraint(
                fields=["report_type", "year", "scope", "release"],
                name="progress_report_unique_release",
                violation_error_message=_("Another report has this number already."),
            ),
        ]
        triggers = [*report_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_status_display()}"

    @property
    def type(self) -> ReportType | None:
        """None: a report of a type that there is no longer."""
        return report_type_of(self.report_type)

    @cached_property
    def data(self) -> SnapshotData:
        """What the report shows: of the snapshot of its year, the part that its type and scope name."""
        if self.type is None:
            raise ReportError(_("There is no longer a report of this kind."))
        if self.snapshot is None:
            raise ReportError(_("The report's data are missing. Please request it again."))
        return derive(self.snapshot.frozen, self.type, self.scope)

    @property
    def is_finished(self) -> bool:
        """Whether its data and documents are there, released or not."""
        return self.status in ReportStatus.finished

    @property
    def is_released(self) -> bool:
        return self.status == ReportStatus.RELEASED

    @property
    def is_published(self) -> bool:
        """Whether everybody reads it, though it may have been withdrawn."""
        return self.status in ReportStatus.published


class Document(models.Model):
    """A report in one format and one language."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="documents", verbose_name=_("report")
    )
    format = models.CharField(_("format"), max_length=20, choices=DocumentFormat)
    language = models.CharField(_("language"), max_length=3, choices=DocumentLanguage)
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
            models.CheckConstraint(
                name="document_language_known", condition=Q(language__in=DocumentLanguage.values)
            ),
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
        report_type = self.report.type
        language = Language.GERMAN if self.language == DocumentLanguage.BOTH else self.language
        stem = report_type.file_stem(language) if report_type else self.report.report_type
        scope = f"-{self.report.scope}" if self.report.scope else ""
        return f"{stem}-{self.report.year}{scope}.{self.format}"
