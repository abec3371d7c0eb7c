from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.admin.forms import ReadOnlyAdmin
from partners.enums import SecurityEventKind
from partners.exceptions import InvitationSpentError, RoleNotConfirmableError
from partners.models import Invitation, Membership, User
from partners.services import invitations, roles, sessions
from partners.services.security_events import record
from partners.sign_in.events import sender_of

# allauth brings pages for these. By them a superuser alone could take or give a second factor or an address,
# unseen by the person: services do it, which need a second one, write to the person and end the sessions.
admin.site.unregister([Authenticator, EmailAddress, UserSession, SocialAccount, SocialApp, SocialToken])


class MembershipInline(admin.TabularInline):
    model = Membership
    fk_name = "user"
    extra = 0
    readonly_fields = ["granted_by", "confirmed_by"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People come in by invitation and stay for the record: their access ends by a date or the tick box."""

    list_display = ["email", "last_name", "first_name", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    search_fields = ["email", "last_name", "first_name"]
    fields = ["email", "first_name", "last_name", "is_active", "last_login", "date_joined"]
    readonly_fields = ["email", "last_login", "date_joined"]
    inlines = [MembershipInline]
    actions = ["end_sessions"]

    @admin.action(description=_("Sign the people chosen out everywhere"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For a lost computer or a suspicion. Who may not change a person does not sign them out either."""
        chosen = [user for user in queryset if self.has_change_permission(request, user)]
        for user in chosen:
            sessions.end_all(user=user)
            record(
                SecurityEventKind.ACCOUNT_CHANGED,
                sender_of(request),
                person_id=request.user.pk,
                subject_id=user.pk,
                target="sessions ended",
            )
        self.message_user(
            request,
            ngettext(
                "%(count)d person is signed out everywhere.",
                "%(count)d people are signed out everywhere.",
                len(chosen),
            )
            % {"count": len(chosen)},
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody but a superuser touches a superuser."""
        if isinstance(obj, User) and obj.is_superuser and not _is_superuser(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ConfirmationFilter(admin.SimpleListFilter):
    title = _("confirmation")
    parameter_name = "confirmation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        return queryset.awaiting_confirmation() if self.value() else queryset  # type: ignore[attr-defined]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Whoever gives a role here is noted; roles that confirm one another wait for a second administrator."""

    list_display = ["user", "organisation", "role", "valid_from", "valid_until", "granted_by", "counts"]
    list_filter = ["role", ConfirmationFilter]
    list_select_related = ["user", "organisation", "granted_by"]
    search_fields = ["user__email", "user__last_name", "organisation__code", "organisation__name_de"]
    raw_id_fields = ["user"]
    readonly_fields = ["granted_by", "confirmed_by", "confirmed_at"]
    actions = ["confirm"]

    @admin.display(description=_("confirmed"), boolean=True)
    def counts(self, membership: Membership) -> bool:
        return not membership.awaits_confirmation

    @admin.action(description=_("Confirm the roles chosen"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        done = 0
        for membership in queryset:
            try:
                roles.confirm_role(membership_id=membership.pk, actor=cast("User", request.user))
            except RoleNotConfirmableError as error:
                self.message_user(request, f"{membership}: {error}", messages.ERROR)
            else:
                done += 1
        if done:
            self.message_user(
                request,
                ngettext("%(count)d role was confirmed.", "%(count)d roles were confirmed.", done)
                % {"count": done},
            )


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations are sent from an organisation's page; here they are watched and withdrawn."""

    list_display = [
        "email",
        "organisation",
        "role",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    ]
    list_filter = ["role"]
    list_select_related = ["organisation", "invited_by"]
    search_fields = ["email", "organisation__code", "organisation__name_de"]
    actions = ["withdraw"]

    @admin.action(description=_("Withdraw the invitations chosen"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        if not request.access.manages_data:  # type: ignore[attr-defined]  # set by the middleware
            self.message_user(request, _("You may not withdraw this invitation."), messages.ERROR)
            return
        done = 0
        for invitation in queryset:
            try:
                invitations.revoke(invitation_id=invitation.pk)
            except InvitationSpentError:
                continue  # used or run out: nothing to withdraw
            done += 1
        self.message_user(
            request,
            ngettext("%(count)d invitation was withdrawn.", "%(count)d invitations were withdrawn.", done)
            % {"count": done},
        )


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
