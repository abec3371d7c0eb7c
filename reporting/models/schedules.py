"""Reports that are produced by the clock, each for the person who set it up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.triggers import never_truncated
from reporting.editions.types import ReportType, report_type_of
from reporting.enums import Recurrence, ScheduleEnd, YearOfReport
from reporting.models.reports import ProgressReport
from reporting.querysets import ReportScheduleQuerySet


class ReportSchedule(models.Model):
    """A report to be produced at ``time`` on ``first_on`` and then again and again, by the portal's clock.

    ``scope``: as that of a report, or ``*`` for every Land or umbrella. ``next_at``: the moment of the next
    time; None where it runs no longer, and ``end`` is why.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: reports are asked for in this person's name
        related_name="+",
        verbose_name=_("owner"),
    )
    report_type = models.CharField(_("kind of report"), max_length=40)
    scope = models.CharField(_("scope"), max_length=20, blank=True, default="")
    year_of_report = models.SmallIntegerField(
        _("reporting year"), choices=YearOfReport, default=YearOfReport.PREVIOUS
    )
    recurrence = models.CharField(_("how often"), max_length=10, choices=Recurrence)
    first_on = models.DateField(_("for the first time on"))
    time = models.TimeField(_("time of day"))
    next_at = models.DateTimeField(_("next time"), null=True, blank=True, editable=False)
    end = models.CharField(
        _("state"), max_length=10, choices=ScheduleEnd, default=ScheduleEnd.NONE, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("set up at"), default=timezone.now, editable=False)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
        ordering = [F("next_at").asc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_schedule_recurrence_known", condition=Q(recurrence__in=Recurrence.values)
            ),
            models.CheckConstraint(
                name="report_schedule_year_known", condition=Q(year_of_report__in=YearOfReport.values)
            ),
            models.CheckConstraint(
                name="report_schedule_runs_or_ended",
                condition=Q(end=ScheduleEnd.NONE, next_at__isnull=False)
                | Q(end__in=ScheduleEnd.ended, next_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="report_schedule_next", condition=Q(next_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.report_type} {self.scope} {self.get_recurrence_display()}"

    @property
    def type(self) -> ReportType | None:
        return report_type_of(self.report_type)

    @property
    def runs(self) -> bool:
        return self.next_at is not None


class ScheduledReport(models.Model):
    """That a schedule had a report produced, or why it could not. One row for each time and scope."""

    schedule = models.ForeignKey(
        ReportSchedule, on_delete=models.PROTECT, related_name="runs_so_far", verbose_name=_("schedule")
    )
    due_at = models.DateTimeField(_("due at"))
    scope = models.CharField(_("scope"), max_length=20, blank=True, default="")
    report = models.ForeignKey(
        ProgressReport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("report"),
    )
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("scheduled report")
        verbose_name_plural = _("scheduled reports")
        ordering = ["-due_at", "scope", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "due_at", "scope"], name="scheduled_report_once"),
            models.CheckConstraint(
                name="scheduled_report_has_report_or_problem",
                condition=Q(report__isnull=False, problem="") | (Q(report__isnull=True) & ~Q(problem="")),
            ),
        ]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.schedule}: {self.due_at}"
