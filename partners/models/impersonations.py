import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.security_sql import impersonation_triggers
from partners.querysets import ImpersonationQuerySet

LONGEST_REASON = 500
VALID_FOR = dt.timedelta(minutes=15)


def default_expiry() -> dt.datetime:
    return timezone.now() + VALID_FOR


class Impersonation(models.Model):
    """An administrator sees the portal as another person does, to read and for a quarter of an hour.

    The database keeps to that time, to a reason, and to people who administer nothing themselves.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability, as for all who are named here
        related_name="impersonations",
        verbose_name=_("person"),
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("seen by")
    )
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), default=default_expiry, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects = ImpersonationQuerySet.as_manager()

    class Meta:
        verbose_name = _("view as another person")
        verbose_name_plural = _("views as another person")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="impersonation_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="impersonation_of_somebody_else", condition=~Q(person=F("viewer"))),
            models.CheckConstraint(
                name="impersonation_expires_soon",
                condition=Q(expires_at__lte=F("begun_at") + VALID_FOR + dt.timedelta(seconds=1)),
            ),
            models.UniqueConstraint(
                fields=["viewer"], name="impersonation_one_at_a_time", condition=Q(ended_at=None)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="never_changes", fields=["person", "viewer", "reason", "begun_at", "expires_at"]
            ),
            pgtrigger.Protect(
                name="end_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            *impersonation_triggers(),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} → {self.person}: {self.begun_at:%Y-%m-%d %H:%M}"
