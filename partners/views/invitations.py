"""Inviting people, and coming in by an invitation."""

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from partners.sign_in.kept_forms import filled, keeps_posted_form
from partners.tasks import send_mails_after_commit
from partners.views.links import without_referrer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest

GONE = 410
BACKEND = "partners.sign_in.authentication.PortalBackend"
TOKEN = "invitation_token"  # noqa: S105  # the name of a value in the session


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: "PortalRequest", code: str) -> "HttpResponse":
    organisation = get_object_or_404(Organisation, code=code)
    roles = invitable_roles(request.access, organisation)
    if not roles:
        raise PermissionDenied(_("You may not invite people to this organisation."))
    form = filled(request, InvitationForm(request.POST or None, roles=roles))
    if form.is_valid() and _send_invitation(request, form, organisation):
        return redirect("partners:organisation_detail", organisation.code)
    status = 422 if request.method == "POST" else 200
    crumbs = [
        (_("Partners"), reverse("partners:organisation_list")),
        (organisation.short_name, reverse("partners:organisation_detail", args=[organisation.code])),
    ]
    context = {"form": form, "organisation": organisation, "crumbs": crumbs}
    return render(request, "partners/invitation_form.html", context, status=status)


def _send_invitation(request: "PortalRequest", form: InvitationForm, organisation: Organisation) -> bool:
    """Invite and leave the mail to the worker; the organisation's page says what became of it."""
    with transaction.atomic():
        try:
            invitation, token = invitations.invite(
                email=form.cleaned_data["email"],
                organisation_id=organisation.pk,
                role=form.cleaned_data["role"],
                actor=_person(request),
            )
        except AlreadyMemberError as error:
            form.add_error("email", str(error))
            return False
        link = request.build_absolute_uri(reverse("partners:invitation_open", args=[token]))
        invitations.send(invitation=invitation, link=link)
        send_mails_after_commit()
    messages.success(
        request,
        _("The invitation to %(email)s is on its way. Whether it could be sent is shown below.")
        % {"email": invitation.email},
    )
    return True


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
@require_safe
def invitation_open(request: "PortalRequest", token: str) -> "HttpResponse":
    """Keep the token of the mail's link in the session, and go on at an address without it."""
    invitation = get_object_or_404(Invitation, token_hash=invitations.hash_of(token))
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        return without_referrer(_gone(request))
    request.session[TOKEN] = token
    return without_referrer(redirect("partners:invitation_accept"))


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: "PortalRequest") -> "HttpResponse":
    token = request.session.get(TOKEN)
    if token is None:
        raise Http404  # nobody has opened a link here
    invitation = (
        Invitation.objects.open()
        .select_related("organisation")
        .filter(token_hash=invitations.hash_of(token))
        .first()
    )
    if invitation is None:
        return _gone(request)
    try:
        if request.user.is_authenticated:
            return _accept_signed_in(request, invitation, token)
        return _accept_newcomer(request, invitation, token)
    except InvitationSpentError:  # somebody else was quicker with the same link
        return _gone(request)


def _gone(request: "PortalRequest") -> "HttpResponse":
    return render(request, "partners/invitation_gone.html", {}, status=GONE)


def _accept_signed_in(request: "PortalRequest", invitation: Invitation, token: str) -> "HttpResponse":
    if request.method == "POST":
        try:
            membership = invitations.accept_as(token=token, user=_person(request))
        except NotTheInvitedPersonError as error:
            raise PermissionDenied(str(error)) from error
        request.session.pop(TOKEN)
        # A new role ends the person's sessions; the one in which they took it goes on.
        update_session_auth_hash(request, User.objects.get(pk=_person(request).pk))
        UserSession.objects.create_from_request(request)
        if membership.awaits_confirmation:
            messages.info(request, _("Your role counts as soon as another administrator has confirmed it."))
        else:
            messages.success(request, _("You now have this role."))
        return redirect("partners:organisation_detail", invitation.organisation.code)
    is_invited = invitations.is_invited(invitation, _person(request))
    context = {"invitation": invitation, "is_invited": is_invited}
    return render(request, "partners/invitation_take.html", context)


def _accept_newcomer(request: "PortalRequest", invitation: Invitation, token: str) -> "HttpResponse":
    if User.objects.filter(email__iexact=invitation.email).exists():
        return _sign_in_first(request, invitation)
    form = NewAccountForm(request.POST or None, invitation=invitation)
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
        request.session.pop(TOKEN)
        login(request, user, backend=BACKEND)
        UserSession.objects.create_from_request(request)
        messages.success(request, _("Welcome. Your account is ready."))
        if user.memberships.awaiting_confirmation().exists():
            messages.info(request, _("Your role counts as soon as another administrator has confirmed it."))
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
