"""What surrounds a release: warnings that were accepted, people who read before it, and who hears of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.triggers import never_truncated
from reporting.enums import Language
from reporting.models.reports import ProgressReport
from reporting.querysets import ReportPreviewQuerySet, SubscriberQuerySet


class WarningAcknowledgement(models.Model):
    """That somebody accepts a warning of the checklist, and why.

    ``finding`` identifies the warning with what it found: where it finds something else, it has to be
    accepted again.
    """

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="acknowledgements", verbose_name=_("report")
    )
    finding = models.CharField(_("warning"), max_length=100)
    text = models.TextField(_("what the warning found"))
    reason = models.TextField(_("reason"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("accepted by"),
    )
    at = models.DateTimeField(_("accepted at"), default=timezone.now)

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "finding"], name="acknowledgement_once_a_finding"),
            models.CheckConstraint(name="acknowledgement_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.report}: {self.finding}"


class ReportPreview(models.Model):
    """A named reader who may read a report before its release, by a link that only they were sent.

    Of its token the hash alone is stored, so that nobody can read the link out of the database.
    """

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="previews", verbose_name=_("report")
    )
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.GERMAN)
    token_hash = models.CharField(max_length=64, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)

    objects = ReportPreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader before the release")
        verbose_name_plural = _("readers before the release")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="report_preview_unique_token"),
            models.CheckConstraint(
                name="report_preview_ends_after_it_begins", condition=Q(expires_at__gt=F("invited_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.report}"


class Subscriber(models.Model):
    """An address that wants to hear of releases. Until it is confirmed, it gets one mail and no more."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.GERMAN)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="subscriber_unique_email")]

    def __str__(self) -> str:
        return self.email


class ReleaseAnnouncement(models.Model):
    """That subscribers are to hear of a release or its withdrawal: noted with it, written to them later."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="announcements", verbose_name=_("report")
    )
    is_withdrawal = models.BooleanField(_("of the withdrawal"))
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)

    class Meta:
        verbose_name = _("announcement of a release")
        verbose_name_plural = _("announcements of releases")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "is_withdrawal"], name="release_announced_once")
        ]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.report}: {self.noted_at}"
