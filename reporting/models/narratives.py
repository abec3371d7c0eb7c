"""Texts that people write for a report: what was asked of whom, and every version in every language."""

import hashlib

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.triggers import never_truncated
from partners.models import Organisation
from reporting.editions.narratives import NARRATIVE_PLACES
from reporting.editions.types import ANNUAL
from reporting.enums import Language, NarrativeStatus
from reporting.narrative_triggers import version_triggers
from reporting.querysets import NarrativeQuerySet


class Narrative(models.Model):
    """A text asked for one place of one report. Without an organisation it is the ministry's own.

    ``assignee``: who is asked to write it; everybody who works for the organisation may.
    """

    report_type = models.CharField(_("kind of report"), max_length=40, default=ANNUAL)
    year = models.PositiveSmallIntegerField(_("year"))
    place = models.CharField(_("place in the report"), max_length=40)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked to write"),
    )
    due_on = models.DateField(_("due on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("text for a report")
        verbose_name_plural = _("texts for reports")
        ordering = ["due_on", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report_type", "year", "place", "organisation"],
                name="narrative_asked_once",
                nulls_distinct=False,
                violation_error_message=_("This text has already been asked for."),
            ),
            models.CheckConstraint(
                name="narrative_place_known", condition=Q(place__in=list(NARRATIVE_PLACES))
            ),
        ]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.place_name} {self.year}"

    @property
    def place_name(self) -> str:
        return str(NARRATIVE_PLACES[self.place].name)


class NarrativeVersion(models.Model):
    """One version of a text in one language, in Markdown.

    A draft changes as it is written; ``writers`` are all who wrote in it. Once submitted it stays as it is,
    and somebody else accepts it or sends it back. The last accepted one stands in the reports made after.
    """

    narrative = models.ForeignKey(
        Narrative, on_delete=models.PROTECT, related_name="versions", verbose_name=_("text for a report")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=NarrativeStatus, default=NarrativeStatus.DRAFT
    )
    text = models.TextField(_("text"))
    writers = ArrayField(models.BigIntegerField(), default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "language", "number"], name="narrative_version_unique_number"
            ),
            models.UniqueConstraint(
                fields=["narrative", "language"],
                condition=Q(status__in=NarrativeStatus.open),
                name="narrative_version_one_open",
            ),
            models.CheckConstraint(
                name="narrative_version_status_known", condition=Q(status__in=NarrativeStatus.values)
            ),
            models.CheckConstraint(
                name="narrative_version_language_known", condition=Q(language__in=Language.values)
            ),
            models.CheckConstraint(
                name="narrative_version_decided_has_who_and_when",
                condition=Q(
                    status__in=NarrativeStatus.decided, decided_by__isnull=False, decided_at__isnull=False
                )
                | (
                    ~Q(status__in=NarrativeStatus.decided)
                    & Q(decided_by__isnull=True, decided_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="narrative_version_returned_has_reason",
                condition=~Q(status=NarrativeStatus.RETURNED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="narrative_version_written_is_among_writers",
                condition=Q(writers__contains=[F("written_by")]),
            ),
        ]
        triggers = [*version_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.narrative} ({self.language}), {self.number}"

    @property
    def fingerprint(self) -> str:
        """What a form carries of the version it shows, so that nobody overwrites what they have not seen."""
        content = f"{self.pk}\n{self.status}\n{self.text}"
        return hashlib.sha256(content.encode()).hexdigest()
