"""Who was reminded of what, and when: the logs of reminders, which also keep any from being sent twice."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import ReminderKind
from measures.models.meetings import Commitment
from measures.models.rounds import ReportingRound, Submission
from measures.triggers import never_truncated


class Reminder(models.Model):
    """A reminder that was written. Rows are added, never changed.

    ``days`` is its place in the plan of the round, ``due_on`` the due date it counts from: after an extension
    the plan begins anew. Those for reviewers are about no single one, and come every week beside the plan.
    Without an actor it was the clock.
    """

    round = models.ForeignKey(
        ReportingRound, on_delete=models.PROTECT, related_name="reminded", verbose_name=_("reporting round")
    )
    submission = models.ForeignKey(
        Submission,
        on_delete=models.DO_NOTHING,  # a submission that is dropped from its round leaves its number
        db_constraint=False,
        null=True,
        related_name="reminders",
        verbose_name=_("submission"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReminderKind)
    days = models.SmallIntegerField(_("days from the due date"), null=True)
    due_on = models.DateField(_("due on"))
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    text = models.TextField(_("text"), blank=True)
    recipient_count = models.PositiveIntegerField(_("number of recipients"))
    recipients = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        verbose_name=_("recipients"),
        help_text=_("Their numbers, so that the log stays as it is whoever leaves."),
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reminder_counts_its_recipients",
                condition=Q(recipients=[]) | Q(recipients__len=F("recipient_count")),
            ),
            models.CheckConstraint(name="reminder_kind_known", condition=Q(kind__in=ReminderKind.values)),
            models.CheckConstraint(
                name="reminder_is_of_its_kind",
                condition=Q(kind=ReminderKind.OPENED, submission__isnull=False, actor=None, days=None)
                | Q(kind=ReminderKind.PLANNED, submission__isnull=False, actor=None, days__isnull=False)
                | Q(kind=ReminderKind.REVIEW, submission=None, actor=None, days__isnull=False)
                | (
                    Q(kind=ReminderKind.PERSONAL, submission__isnull=False, actor__isnull=False, days=None)
                    & ~Q(text="")
                ),
            ),
            models.UniqueConstraint(
                fields=["submission"],
                name="reminder_opened_once",
                condition=Q(kind=ReminderKind.OPENED),
            ),
            models.UniqueConstraint(
                fields=["submission", "due_on", "days"],
                name="reminder_planned_once",
                condition=Q(kind=ReminderKind.PLANNED),
            ),
            models.UniqueConstraint(
                fields=["round", "due_on", "days"],
                name="reminder_review_once",
                condition=Q(kind=ReminderKind.REVIEW),
            ),
            models.UniqueConstraint(
                fields=["submission", "day"],
                name="reminder_personal_once_a_day",
                condition=Q(kind=ReminderKind.PERSONAL),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_kind_display()}, {self.day}"


class CommitmentReminder(models.Model):
    """A reminder by the clock that a commitment is or was due. Rows are added, never changed.

    ``days`` is its place in the plan, ``due_on`` the due date it counts from: with another one the
    plan begins anew.
    """

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.DO_NOTHING,  # a commitment that is taken back leaves its number
        db_constraint=False,
        related_name="reminders",
        verbose_name=_("commitment"),
    )
    due_on = models.DateField(_("due on"))
    days = models.SmallIntegerField(_("days from the due date"))
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    recipient_count = models.PositiveIntegerField(_("number of recipients"))
    recipients = ArrayField(
        models.BigIntegerField(), default=list, editable=False, verbose_name=_("recipients")
    )

    class Meta:
        verbose_name = _("reminder of a commitment")
        verbose_name_plural = _("reminders of commitments")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "due_on", "days"], name="commitment_reminder_once"),
            models.CheckConstraint(
                name="commitment_reminder_counts_its_recipients",
                condition=Q(recipients__len=F("recipient_count")) | Q(recipients=[], recipient_count=0),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.day}"
