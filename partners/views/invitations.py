"""Inviting people, and coming in by an invitation."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from partners.exceptions import (
    AccountExistsError,
    AlreadyMemberError,
    InvitationSpentError,
    NotTheInvitedPersonError,
)
from partners.forms import InvitationForm, NewAccountForm
from partners.models import Invitation, Organisation, User
from partners.permissions import invitable_roles, may_revoke
from partners.services import invitations

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest

GONE = 410
MAIL_REFUSED = 502
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: "PortalRequest", code: str) -> "HttpResponse":
    organisation = get_object_or_404(Organisation, code=code)
    roles = invitable_roles(request.access, organisation)
    if not roles:
        raise PermissionDenied(_("You may not invite people to this organisation."))
    form = InvitationForm(request.POST or None, roles=roles)
    status = 200
    if form.is_valid():
        status = _send_invitation(request, form, organisation)
        if not status:
            return redirect("partners:organisation_detail", organisation.code)
    elif request.method == "POST":
        status = 422
    crumbs = [
        (_("Partners"), reverse("partners:organisation_list")),
        (organisation.short_name, reverse("partners:organisation_detail", args=[organisation.code])),
    ]
    context = {"form": form, "organisation": organisation, "crumbs": crumbs}
    return render(request, "partners/invitation_form.html", context, status=status)


def _send_invitation(request: "PortalRequest", form: InvitationForm, organisation: Organisation) -> int:
    """Invite and mail the link; 0 when done, else the status to show the form with again."""
    try:
        invitation, token = invitations.invite(
            email=form.cleaned_data["email"],
            organisation_id=organisation.pk,
            role=form.cleaned_data["role"],
            actor=_person(request),
        )
    except AlreadyMemberError as error:
        form.add_error("email", str(error))
        return 422
    link = request.build_absolute_uri(reverse("partners:invitation_accept", args=[token]))
    try:
        invitations.send(invitation=invitation, link=link)
    except OSError:
        invitations.revoke(invitation_id=invitation.pk)
        form.add_error(
            None, _("The mail could not be sent, so nobody was invited. Please try again in a few minutes.")
        )
        return MAIL_REFUSED
    messages.success(request, _("The invitation was sent to %(email)s.") % {"email": invitation.email})
    return 0


@require_POST
def invitation_revoke(request: "PortalRequest", pk: int) -> "HttpResponse":
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    if not may_revoke(request.access, invitation):
        raise Http404  # others do not even learn that there is one
    try:
        invitations.revoke(invitation_id=pk)
    except InvitationSpentError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("The invitation was withdrawn."))
    return redirect("partners:organisation_detail", invitation.organisation.code)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: "PortalRequest", token: str) -> "HttpResponse":
    invitation = get_object_or_404(
        Invitation.objects.select_related("organisation"), token_hash=invitations.hash_of(token)
    )
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        return render(request, "partners/invitation_gone.html", {}, status=GONE)
    try:
        if request.user.is_authenticated:
            return _accept_signed_in(request, invitation, token)
        return _accept_newcomer(request, invitation, token)
    except InvitationSpentError:  # somebody else was quicker with the same link
        return render(request, "partners/invitation_gone.html", {}, status=GONE)


def _accept_signed_in(request: "PortalRequest", invitation: Invitation, token: str) -> "HttpResponse":
    if request.method == "POST":
        try:
            invitations.accept_as(token=token, user=_person(request))
        except NotTheInvitedPersonError as error:
            raise PermissionDenied(str(error)) from error
        messages.success(request, _("You now have this role."))
        return redirect("partners:organisation_detail", invitation.organisation.code)
    is_invited = _person(request).email.casefold() == invitation.email.casefold()
    context = {"invitation": invitation, "is_invited": is_invited}
    return render(request, "partners/invitation_take.html", context)


def _accept_newcomer(request: "PortalRequest", invitation: Invitation, token: str) -> "HttpResponse":
    if User.objects.filter(email__iexact=invitation.email).exists():
        return _sign_in_first(request, invitation)
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        try:
            user = invitations.accept(
                token=token,
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                password=form.cleaned_data["password"],
            )
        except AccountExistsError:
            return _sign_in_first(request, invitation)
        login(request, user, backend=BACKEND)
        messages.success(request, _("Welcome. Your account is ready."))
        return redirect("/")
    context = {"form": form, "invitation": invitation}
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/invitation_accept.html", context, status=status)


def _sign_in_first(request: "PortalRequest", invitation: Invitation) -> "HttpResponse":
    """Send whoever has an account to the usual sign-in, second factor included."""
    context = {"invitation": invitation, "next": request.path}
    return render(request, "partners/invitation_sign_in.html", context)


def _person(request: "PortalRequest") -> User:
    assert isinstance(request.user, User)  # noqa: S101  # for the types: the middleware lets nobody else through
    return request.user
