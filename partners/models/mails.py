from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import MailProblem
from partners.models.memberships import Invitation
from partners.models.notices import NoticeDigest
from partners.querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """A mail on its way: written by a request, sent by the worker, tried again while the server is away.

    The text can hold a link that opens an account, so it is kept only until the mail has left or is given up.
    """

    recipient = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"), blank=True)
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    digest = models.ForeignKey(
        NoticeDigest, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    headers = models.JSONField(
        _("headers"), default=dict, blank=True, help_text=_("Kept as long as the text: they can hold a link.")
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now, null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    expires_at = models.DateTimeField(
        _("expires at"), null=True, editable=False, help_text=_("What it holds is of no use after this.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    problem = models.CharField(_("problem"), max_length=20, choices=MailProblem, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="outgoing_mail_problem_known",
                condition=Q(problem="") | Q(problem__in=MailProblem.values),
            ),
            models.CheckConstraint(
                name="outgoing_mail_sent_is_done",
                condition=Q(sent_at=None) | Q(next_try_at=None, problem=""),
            ),
            models.CheckConstraint(
                name="outgoing_mail_text_until_done",
                condition=Q(next_try_at__isnull=False) | Q(body="", headers={}),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="outgoing_mail_next", condition=Q(next_try_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    @property
    def is_given_up(self) -> bool:
        return self.next_try_at is None and self.sent_at is None

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class PasswordResetRequest(models.Model):
    """Somebody asked for a link to a new password. The worker looks for the account and deletes this.

    It is written for every address alike, so it may hold one that belongs to nobody here.
    """

    email = models.EmailField(_("e-mail address"))
    origin = models.CharField(_("address of the portal"), max_length=300)
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.email
