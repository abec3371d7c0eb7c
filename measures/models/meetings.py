"""Meetings of the Alliance, what they resolve, and who has committed to what by it."""

import datetime as dt
import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from measures.enums import Audience, CommitmentState
from measures.models.catalogue import Measure
from measures.models.indicators import Indicator, Target
from measures.querysets import CommitmentQuerySet, MeetingQuerySet, ResolutionQuerySet
from measures.review_triggers import append_only, commitment_triggers, revised
from measures.triggers import never_truncated
from partners.models import Organisation
from partners.models.versioned import versioned


class Titled(models.Model):
    """A title in German and, where there is one, in English; and a number for calendars, with its revisions.

    ``sequence`` counts the changes: a page that was shown an older one is out of date.
    """

    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True, editable=False)
    title_de = models.CharField(_("title (German)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return (get_language() == "en" and self.title_en) or self.title_de


@versioned(
    "MeetingVersion",
    _("version of a meeting"),
    _("versions of meetings"),
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
    obj_field=pghistory.ObjForeignKey(related_name="versions"),
)
class Meeting(Titled):
    """A meeting on one day: agenda before, minutes after it, and who takes part."""

    day = models.DateField(_("day"))
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("of a meeting", "place"), max_length=200, blank=True)
    audience = models.CharField(_("open to"), max_length=12, choices=Audience, default=Audience.PARTNERS)
    agenda = models.TextField(_("agenda"), max_length=10_000, blank=True)
    minutes = models.TextField(_("minutes"), max_length=100_000, blank=True)
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="meetings", verbose_name=_("organisations")
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="meetings", verbose_name=_("people")
    )
    guests = models.TextField(_("guests"), max_length=2000, blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-day", "-begins", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ends=None) | Q(begins__isnull=False, ends__gt=F("begins")),
                violation_error_message=_("A meeting ends after it has begun."),
            ),
            models.CheckConstraint(name="meeting_audience_known", condition=Q(audience__in=Audience.values)),
        ]
        triggers = [
            revised(
                "title_de",
                "title_en",
                "day",
                "begins",
                "ends",
                "place",
                "audience",
                "agenda",
                "minutes",
                "guests",
                "is_cancelled",
            ),
            never_truncated(),
        ]

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def starts_at(self) -> dt.datetime | None:
        """The moment in the portal's own time zone; None for a whole day."""
        return timezone.make_aware(dt.datetime.combine(self.day, self.begins)) if self.begins else None

    @property
    def ends_at(self) -> dt.datetime | None:
        return timezone.make_aware(dt.datetime.combine(self.day, self.ends)) if self.ends else None


@versioned(
    "ResolutionVersion",
    _("version of a resolution"),
    _("versions of resolutions"),
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
    obj_field=pghistory.ObjForeignKey(related_name="versions"),
)
class Resolution(Titled):
    """What a meeting resolved: who is responsible for it follows in a commitment for each organisation."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="resolutions", verbose_name=_("meeting")
    )
    text_de = models.TextField(_("text (German)"), max_length=5000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=5000, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="resolutions", verbose_name=_("measures")
    )
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="resolutions", verbose_name=_("indicators")
    )
    targets = models.ManyToManyField(
        Target, blank=True, related_name="resolutions", verbose_name=_("targets")
    )
    is_reported = models.BooleanField(
        _("stands in the progress report"),
        default=True,
        help_text=_("With who is responsible, and whether it was kept."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = [F("due_on").asc(nulls_last=True), "title_de", "pk"]
        triggers = [
            revised("title_de", "title_en", "text_de", "text_en", "due_on", "is_reported"),
            never_truncated(),
        ]

    @property
    def text(self) -> str:
        return (get_language() == "en" and self.text_en) or self.text_de

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over and somebody still has something to do, asked of those it was read with."""
        is_past = self.due_on is not None and self.due_on < timezone.localdate()
        return is_past and any(commitment.is_unfinished for commitment in self.commitments.all())


@versioned(
    "CommitmentVersion",
    _("commitment added or removed"),
    _("commitments added or removed"),
    pghistory.InsertEvent("insert"),
    pghistory.DeleteEvent("delete"),
    obj_field=pghistory.ObjForeignKey(related_name="versions"),
)
class Commitment(models.Model):
    """An organisation's part in a resolution, and how far it is, as a data steward has decided.

    The state names who set it, why, and on which report of the organisation; the database logs each one.
    """

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("resolution")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("set by"),
    )
    state_reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)
    state_report = models.ForeignKey(
        "CommitmentReport", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    state_at = models.DateTimeField(_("set at"), default=timezone.now, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "organisation"], name="commitment_unique_organisation"
            ),
            models.CheckConstraint(
                name="commitment_state_known", condition=Q(state__in=CommitmentState.values)
            ),
            models.CheckConstraint(
                name="commitment_state_has_a_reason",
                condition=Q(state=CommitmentState.OPEN) | ~Q(state_reason=""),
            ),
        ]
        triggers = [*commitment_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.resolution}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in CommitmentState.unfinished

    @property
    def is_overdue(self) -> bool:
        due_on = self.resolution.due_on
        return self.is_unfinished and due_on is not None and due_on < timezone.localdate()


class CommitmentReport(models.Model):
    """What a responsible organisation reports of its commitment. It stays as it was sent."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="reports", verbose_name=_("commitment")
    )
    state = models.CharField(_("state as reported"), max_length=8, choices=CommitmentState)
    text = models.TextField(_("what was done"), max_length=4000)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("report on a commitment")
        verbose_name_plural = _("reports on commitments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_report_state_known", condition=Q(state__in=CommitmentState.reportable)
            ),
            models.CheckConstraint(name="commitment_report_has_words", condition=~Q(text="")),
        ]
        triggers = [append_only(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.get_state_display()}"


class CommitmentEvent(models.Model):
    """A state that was set, as the database logged it. Rows are added, never changed.

    Without an actor it came with the starting data.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="events", verbose_name=_("commitment")
    )
    from_state = models.CharField(_("from"), max_length=8, choices=CommitmentState)
    to_state = models.CharField(_("to"), max_length=8, choices=CommitmentState)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"))
    report = models.ForeignKey(CommitmentReport, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("state of a commitment")
        verbose_name_plural = _("states of commitments")
        ordering = ["pk"]
        triggers = [append_only(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.get_to_state_display()}"


class CalendarFeed(models.Model):
    """The private address of a person's calendar. Only a hash of what stands in it is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


MeetingVersion = Meeting.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
ResolutionVersion = Resolution.pgh_event_model  # type: ignore[attr-defined]  # as above
CommitmentVersion = Commitment.pgh_event_model  # type: ignore[attr-defined]  # as above
