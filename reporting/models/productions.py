"""How far each document of a report is while the queue makes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reporting.enums import DocumentFormat, DocumentLanguage, ProductionStatus
from reporting.models.reports import ProgressReport
from reporting.querysets import DocumentProductionQuerySet


class DocumentProduction(models.Model):
    """A document that a report is to have: planned with the snapshot, made by whichever worker is free."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="productions", verbose_name=_("report")
    )
    format = models.CharField(_("format"), max_length=20, choices=DocumentFormat)
    language = models.CharField(_("language"), max_length=3, choices=DocumentLanguage)
    status = models.CharField(
        _("status"), max_length=10, choices=ProductionStatus, default=ProductionStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("error"), blank=True)

    objects = DocumentProductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("production of a document")
        verbose_name_plural = _("productions of documents")
        ordering = ["language", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "language"], name="document_production_unique"
            ),
            models.CheckConstraint(
                name="document_production_status_known", condition=Q(status__in=ProductionStatus.values)
            ),
            models.CheckConstraint(
                name="document_production_failed_says_why",
                condition=~Q(status=ProductionStatus.FAILED) | ~Q(error=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_format_display()}, {self.get_language_display()}"

    @property
    def has_failed(self) -> bool:
        return self.status == ProductionStatus.FAILED
