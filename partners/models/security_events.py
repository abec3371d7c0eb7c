"""Who came in, who was refused, who took something away, whose rights changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import SecurityEventKind
from partners.models.memberships import Membership
from partners.models.security_sql import account_trigger, role_triggers
from partners.models.users import User

LONGEST_TARGET = 200
DAYS_NOT_DELETED = 30
"""Younger events cannot be deleted, by nobody and nothing; an installation may keep them longer."""


class SecurityEvent(models.Model):
    """Something that matters to the portal's safety. Kept for a time, never changed.

    ``person`` did it; where somebody else's rights are concerned, ``subject`` is whose. Both stay when the
    person is deleted, as a number. ``target`` says what it was about: an address of the portal or a role,
    never what was typed or searched for, but for the reason of a view as another person.
    """

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=SecurityEventKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("person concerned"),
    )
    target = models.CharField(_("what it was about"), max_length=LONGEST_TARGET, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="security_event_newest_first"),
            models.Index(fields=["kind", "-at", "-id"], name="security_event_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="security_event_kind_known", condition=Q(kind__in=SecurityEventKind.values)
            )
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept_for_a_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                    IF OLD.at > now() - interval '{DAYS_NOT_DELETED} days' THEN
                        RAISE EXCEPTION USING
                            ERRCODE = 'check_violation', CONSTRAINT = 'security_event_kept_for_a_time',
                            MESSAGE = 'violates rule security_event_kept_for_a_time';
                    END IF;
                    RETURN OLD;
                """,
            ),
            pgtrigger.Trigger(
                name="never_truncated",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="""
                    RAISE EXCEPTION USING
                        ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',
                        MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.get_kind_display()}"


pgtrigger.register(*role_triggers())(Membership)
pgtrigger.register(account_trigger())(User)
