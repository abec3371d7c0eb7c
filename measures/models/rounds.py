"""Rounds, the submissions and items due in them, and where each is in review."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import Breakdown, PeriodKind
from measures.models.indicators import Indicator
from measures.querysets import ItemQuerySet, ReportingRoundQuerySet, SubmissionQuerySet
from measures.review_triggers import batch_event_triggers
from measures.rules.windows import extension_triggers, round_triggers
from measures.triggers import affiliation_triggers, item_triggers, never_truncated
from measures.workflow import WORKFLOW, ListedStatus, SubmissionAction, SubmissionStatus
from measures.workflow_triggers import event_triggers, submission_triggers
from partners.enums import RegionLevel
from partners.models import Affiliation, Organisation

S = SubmissionStatus


class ReportingRound(models.Model):
    """The window in which the figures of one year are asked for."""

    year = models.PositiveSmallIntegerField(_("year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), help_text=_("The last day on which partners may record."))
    due_on = models.DateField(_("due on"), help_text=_("The day until which partners are asked to submit."))
    reminder_days = ArrayField(
        models.SmallIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("reminders"),
        help_text=_("In days from the due date; before it below zero."),
    )

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting round")
        verbose_name_plural = _("reporting rounds")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["year"], name="round_unique_year"),
            models.CheckConstraint(
                name="round_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("A round cannot close before it opens."),
            ),
            models.CheckConstraint(
                name="round_is_due_after_it_opens",
                condition=Q(due_on__gte=F("opens_on")),
                violation_error_message=_("Figures cannot be due before the round opens."),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="year_never_changes", fields=["year"]), *round_triggers()]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def reference_date(self) -> dt.date:
        """The day whose tree of organisations decides who is due."""
        return dt.date(self.year, 12, 31)

    @property
    def reminders(self) -> list[int]:
        """The plan of reminders in the order of the days."""
        return sorted(self.reminder_days)

    @property
    def is_open(self) -> bool:
        return self.is_open_on(timezone.localdate())

    @property
    def is_before_window(self) -> bool:
        return timezone.localdate() < self.opens_on

    @property
    def is_closed(self) -> bool:
        return self.closes_on < timezone.localdate()

    def is_open_on(self, day: dt.date) -> bool:
        return self.opens_on <= day <= self.closes_on


@pghistory.track(
    pghistory.DeleteEvent("delete"),
    model_name="SubmissionVersion",
    obj_field=None,
    append_only=True,
    level=pghistory.Statement,
    fields=["id", "round", "organisation"],
    meta={"triggers": [never_truncated()]},
)
class Submission(models.Model):
    """One organisation's figures for one round, and where they are in review."""

    round = models.ForeignKey(
        ReportingRound,
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name=_("reporting round"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("organisation")
    )
    status = models.CharField(_("status"), max_length=12, choices=S, default=S.DRAFT)
    extended_until = models.DateField(
        _("extended until"),
        null=True,
        blank=True,
        help_text=_("A later last day for this organisation alone."),
    )
    extension_reason = models.TextField(_("reason of the extension"), blank=True, db_default="")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )

    objects = SubmissionQuerySet.as_manager()
    listed_status: str  # annotated by with_listed_status
    is_asked_back: bool  # annotated by with_request
    item_count: int  # annotated by with_progress, as is the next
    reported_count: int

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-round__year", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="submission_unique_round_organisation"
            ),
            models.CheckConstraint(name="submission_status_known", condition=Q(status__in=S.values)),
            models.CheckConstraint(
                name="submission_extension_has_a_reason",
                condition=Q(extended_until=None, extension_reason="")
                | (Q(extended_until__isnull=False) & ~Q(extension_reason="")),
                violation_error_message=_("An extension needs both its last day and its reason."),
            ),
            models.CheckConstraint(
                name="submission_submitted_has_who_and_when",
                condition=Q(status__in=S.editable)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_approved_has_who_and_when",
                condition=~Q(status=S.APPROVED) | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="owner_never_changes", fields=["round", "organisation"]),
            *submission_triggers(),
            *extension_triggers(),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.round}"

    @property
    def closes_on(self) -> dt.date:
        return max(self.round.closes_on, self.extended_until or self.round.closes_on)

    @property
    def is_extended(self) -> bool:
        """Whether this organisation has longer than the others."""
        return self.extended_until is not None and self.extended_until > self.round.closes_on

    @property
    def due_on(self) -> dt.date:
        """The day until which this organisation is asked to submit."""
        return max(self.round.due_on, self.closes_on) if self.is_extended else self.round.due_on

    @property
    def is_in_window(self) -> bool:
        return self.round.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def is_before_window(self) -> bool:
        return timezone.localdate() < self.round.opens_on

    @property
    def is_editable(self) -> bool:
        return self.status in S.editable

    @property
    def is_missing(self) -> bool:
        """Whether its figures are still to be handed over; while approved ones stand, nothing is missing."""
        return self.is_editable and self.approved_at is None

    @property
    def is_in_correction(self) -> bool:
        """Whether it is open again while what was approved stands."""
        return self.is_editable and self.approved_at is not None

    @property
    def is_returned(self) -> bool:
        return self.status == S.RETURNED

    @property
    def shown_status(self) -> ListedStatus:
        """The status for people; of a submission found ``with_listed_status``."""
        return ListedStatus(self.listed_status)

    @property
    def is_complete(self) -> bool:
        """Whether something is recorded on each item; of a submission found ``with_progress``."""
        return 0 < self.item_count == self.reported_count


class SubmissionEvent(models.Model):
    """One step of a submission through review. Rows are added, never changed.

    ``figure_version`` is the newest version of its figures when the step was taken, as the database notes it.
    ``import_run``: the import that took the step, by being applied or undone; ``batch``: the steps taken at
    once of which this is one.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="events", verbose_name=_("submission")
    )
    action = models.CharField(_("action"), max_length=20, choices=SubmissionAction)
    from_status = models.CharField(_("from"), max_length=12, choices=S)
    to_status = models.CharField(_("to"), max_length=12, choices=S)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    figure_version = models.BigIntegerField(null=True, editable=False)
    import_run = models.ForeignKey(
        "measures.ImportRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
    )
    batch = models.ForeignKey(
        "measures.ReviewBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="events",
        verbose_name=_("steps taken at once"),
    )

    class Meta:
        verbose_name = _("step in review")
        verbose_name_plural = _("steps in review")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at", "id"], name="submission_event_by_time")]
        constraints = [
            models.CheckConstraint(
                name="event_return_and_correction_have_a_reason",
                condition=~Q(action__in=WORKFLOW.needing_reason) | ~Q(reason=""),
                violation_error_message=_("Say why, so that the partner knows what to do."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            *event_triggers(),
            *batch_event_triggers(),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_action_display()}"

    @property
    def label(self) -> str:
        """What was done, as the log puts it."""
        return str(WORKFLOW.step(self.action).done)


@pghistory.track(
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
    pghistory.DeleteEvent("delete"),
    model_name="ItemVersion",
    obj_field=None,
    append_only=True,
    level=pghistory.Statement,
    meta={
        "indexes": [models.Index(fields=["indicator", "submission"], name="item_version_by_indicator")],
        "triggers": [never_truncated()],
    },
)
class Item(models.Model):
    """An organisation's statement on one indicator for one year. That it exists means: this is due.

    ``region_level`` and ``occupation_level`` (KldB digits, 0 for totals alone) are the one level all its
    figures share; ``_T`` and ``_U`` always pass. ``data_as_of`` is the day the data were as of (Datenstand),
    ``approved_data_as_of`` the same day of what was approved.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="items", verbose_name=_("submission")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="items", verbose_name=_("indicator")
    )
    region_level = models.CharField(
        _("level of regions"), max_length=12, choices=RegionLevel, default=RegionLevel.LAND
    )
    occupation_level = models.PositiveSmallIntegerField(_("digits of the occupations"), default=0)
    data_as_of = models.DateField(_("data as of"), null=True, blank=True)
    approved_data_as_of = models.DateField(_("approved data as of"), null=True, blank=True, editable=False)

    objects = ItemQuerySet.as_manager()
    asked_breakdown: list[str]  # annotated by with_asked_breakdown, as are the next
    has_target_groups: bool
    has_occupations: bool
    listed_status: str  # annotated by with_listed_status

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["submission", "indicator__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator"], name="item_unique_submission_indicator"
            ),
            models.CheckConstraint(
                name="item_region_level_is_a_level",
                condition=Q(region_level__in=[RegionLevel.COUNTRY, RegionLevel.LAND]),
            ),
            models.CheckConstraint(
                name="item_occupation_level_is_kldb", condition=Q(occupation_level__lte=5)
            ),
        ]
        triggers = item_triggers()

    def __str__(self) -> str:
        return f"{self.submission}: {self.indicator.code}"

    @property
    def period(self) -> str:
        """What its figures are about in its year; of an item with its submission and round loaded."""
        return PeriodKind(self.indicator.period).of_year(self.submission.round.year)

    @property
    def year_before(self) -> str:
        """As a text, which no thousands separator gets into."""
        return str(self.submission.round.year - 1)

    @property
    def is_by_target_group(self) -> bool:
        """Whether its round asks for target groups, or some are recorded."""
        return Breakdown.TARGET_GROUP in self.asked_breakdown or self.has_target_groups

    @property
    def target_groups(self) -> list[str]:
        """The groups it is stated for beside the total, as the catalogue has them."""
        return self.indicator.target_groups if self.is_by_target_group else []

    @property
    def is_by_occupation(self) -> bool:
        """Whether its round asks for occupations, or some are recorded."""
        return Breakdown.OCCUPATION in self.asked_breakdown or self.has_occupations


class OwnerAffiliation(Affiliation):
    """The tree as the rounds see it: carries the triggers that keep owners apart when it changes."""

    class Meta:
        proxy = True
        triggers = affiliation_triggers()


ItemVersion = Item.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
SubmissionVersion = Submission.pgh_event_model  # type: ignore[attr-defined]  # as above
