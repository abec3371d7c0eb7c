import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.security_sql import factor_reset_triggers
from partners.querysets import FactorResetQuerySet

LONGEST_TEXT = 1000
RESET_VALID_FOR = dt.timedelta(hours=24)


def default_expiry() -> dt.datetime:
    return timezone.now() + RESET_VALID_FOR


class FactorReset(models.Model):
    """The second factors of somebody who has lost them, taken away by two administrators together.

    One asks, with the reason and how they made sure who is asking; another one confirms within a day. What
    was asked never changes, and neither does what became of it. The database keeps to that, and to two
    different people of whom neither is the person concerned.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability, as for all who are named here
        related_name="factor_resets",
        verbose_name=_("person"),
    )
    reason = models.CharField(_("reason"), max_length=LONGEST_TEXT)
    identity_check = models.CharField(_("how the identity was checked"), max_length=LONGEST_TEXT)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), default=default_expiry, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    is_confirmable = False
    """Set by the page that lists them: whether its reader may confirm this one."""

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("reset of second factors")
        verbose_name_plural = _("resets of second factors")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                name="factor_reset_one_at_a_time",
                condition=Q(confirmed_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="factor_reset_has_its_reasons", condition=~Q(reason="") & ~Q(identity_check="")
            ),
            models.CheckConstraint(
                name="factor_reset_by_two_others",
                condition=~Q(requested_by=F("person"))
                & (
                    Q(confirmed_by=None) | (~Q(confirmed_by=F("requested_by")) & ~Q(confirmed_by=F("person")))
                ),
            ),
            models.CheckConstraint(
                name="factor_reset_confirmed_has_who_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="factor_reset_withdrawn_has_who_and_when",
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="factor_reset_confirmed_or_withdrawn",
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="factor_reset_expires_within_a_day",
                condition=Q(expires_at__lte=F("requested_at") + RESET_VALID_FOR + dt.timedelta(seconds=1)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="request_never_changes",
                fields=["person", "reason", "identity_check", "requested_by", "requested_at", "expires_at"],
            ),
            pgtrigger.Protect(
                name="outcome_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False)
                | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            *factor_reset_triggers(),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
