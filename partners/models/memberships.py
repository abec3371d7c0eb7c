import datetime as dt

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import Role, is_entitled
from partners.models.organisations import Organisation
from partners.querysets import InvitationQuerySet, MembershipQuerySet
from partners.triggers import role_triggers

NOT_ENTITLED = _("This kind of organisation does not review, audit or manage data.")
INVITATION_VALID_FOR = dt.timedelta(days=14)


def default_expiry() -> dt.datetime:
    return timezone.now() + INVITATION_VALID_FOR


class Membership(models.Model):
    """A person's role in an organisation, for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__sort_key", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="membership_unique_user_organisation_role",
                violation_error_message=_("This person already has this role there."),
            ),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("A membership cannot end before it begins."),
            ),
        ]
        triggers = [
            *role_triggers(),
            pgtrigger.Trigger(
                name="change_ends_sessions",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
                        RETURN NULL;
                    END IF;
                    UPDATE partners_user SET session_version = session_version + 1
                    WHERE id IN (OLD.user_id, NEW.user_id);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"

    def clean(self) -> None:
        """Name the rule in a form; the database keeps it."""
        has_both = self.role in Role.values and self.organisation_id is not None
        if has_both and not is_entitled(self.organisation.kind, self.role):
            raise ValidationError({"role": NOT_ENTITLED})


class Invitation(models.Model):
    """The only way in: a link sent to an address, good once and for a time. Only the link's hash is kept."""

    email = models.EmailField(_("e-mail address"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: who let whom in must stay known
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), default=default_expiry)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="invitation_unique_token"),
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked", condition=Q(accepted_at=None) | Q(revoked_at=None)
            ),
        ]
        triggers = role_triggers()

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.organisation}"
