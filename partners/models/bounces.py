from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import BounceSource


class BouncedAddress(models.Model):
    """An address to which mails cannot be delivered, until that is known to have changed."""

    email = models.EmailField(_("e-mail address"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    last_at = models.DateTimeField(_("last time"), default=timezone.now)
    source = models.CharField(_("how the portal knows"), max_length=10, choices=BounceSource)
    code = models.CharField(_("code"), max_length=20, blank=True)
    reply = models.CharField(_("reply of the mail server"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("address that mails come back from")
        verbose_name_plural = _("addresses that mails come back from")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="bounced_address_unique"),
            models.CheckConstraint(
                name="bounced_address_source_known", condition=Q(source__in=BounceSource.values)
            ),
        ]

    def __str__(self) -> str:
        return self.email
