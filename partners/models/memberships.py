import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import Role, is_entitled
from partners.models.organisations import Organisation
from partners.models.versioned import versioned
from partners.querysets import InvitationQuerySet, MembershipQuerySet
from partners.triggers import confirmation_trigger, role_triggers

NOT_ENTITLED = _("This kind of organisation does not review, audit or manage data.")
INVITATION_VALID_FOR = dt.timedelta(days=14)


def default_expiry() -> dt.datetime:
    return timezone.now() + INVITATION_VALID_FOR


class Membership(models.Model):
    """A person's role in an organisation, for a time.

    Given in the portal, a role whose holders confirm one another's acts counts once another administrator has
    confirmed it. Without ``granted_by`` it was given at a shell, by those who run the portal.
    """

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
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: who let whom in must stay known
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("given by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    is_from_provider = models.BooleanField(
        _("from the sign-in service"), default=False, db_default=False, editable=False
    )
    """Claimed by the OpenID Connect provider: it goes when the provider does not claim it any more."""

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
            models.CheckConstraint(
                name="membership_confirmed_by_a_third",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_at__isnull=False, granted_by__isnull=False)
                    & ~Q(confirmed_by=F("granted_by"))
                    & ~Q(confirmed_by=F("user"))
                ),
            ),
        ]
        triggers = [
            *role_triggers(),
            confirmation_trigger(),
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

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the role does not count yet: ``MembershipQuerySet.awaiting_confirmation``, asked of one."""
        return (
            self.role in Role.confirm_one_another
            and self.granted_by_id is not None
            and self.confirmed_by_id is None
        )

    def clean(self) -> None:
        """Name the rule in a form; the database keeps it."""
        has_both = self.role in Role.values and self.organisation_id is not None
        if has_both and not is_entitled(self.organisation.kind, self.role):
            raise ValidationError({"role": NOT_ENTITLED})


@versioned(
    "InvitationVersion",
    _("step of an invitation"),
    _("steps of invitations"),
    pghistory.InsertEvent("sent"),
    pghistory.UpdateEvent(
        "accepted", condition=pghistory.Q(old__accepted_at__isnull=True, new__accepted_at__isnull=False)
    ),
    pghistory.UpdateEvent(
        "withdrawn", condition=pghistory.Q(old__revoked_at__isnull=True, new__revoked_at__isnull=False)
    ),
    fields=["email", "organisation", "role", "invited_by"],  # no hash of a token
)
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


InvitationVersion = Invitation.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
