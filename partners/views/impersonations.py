"""Seeing the portal as another person does: asking for the reason and a second factor, and ending it."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.exceptions import ImpersonationNotAllowedError
from partners.forms import ImpersonationForm
from partners.models import User
from partners.permissions import may_impersonate
from partners.services import impersonations
from partners.sign_in.impersonation import begin_here, end_here, has_fresh_second_factor
from partners.sign_in.kept_forms import filled, keeps_posted_form

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def impersonation_begin(request: "PortalRequest", pk: int) -> "HttpResponse":
    if not request.access.manages_data:
        raise PermissionDenied(str(ImpersonationNotAllowedError.message))
    person = get_object_or_404(User, pk=pk)
    if not may_impersonate(request.access, person):
        raise PermissionDenied(str(ImpersonationNotAllowedError.message))
    if not has_fresh_second_factor(request):
        return _to_second_factor(request)
    form = filled(request, ImpersonationForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        try:
            begun = impersonations.begin(
                person=person, viewer=_person(request), reason=form.cleaned_data["reason"]
            )
        except ImpersonationNotAllowedError as error:  # the person has become an administrator meanwhile
            raise PermissionDenied(str(error)) from error
        begin_here(request, begun)
        return redirect("/")
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "person": person,
        "crumbs": [(_("Partners"), reverse("partners:organisation_list"))],
    }
    return render(request, "partners/impersonation_form.html", context, status=status)


@require_POST
def impersonation_end(request: "PortalRequest") -> "HttpResponse":
    end_here(request)
    return redirect("/")


def _to_second_factor(request: "PortalRequest") -> "HttpResponse":
    """To the page where it is asked for, and back here; or to where one is set up."""
    types = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    if Authenticator.Type.TOTP in types:
        page = "mfa_reauthenticate"
    elif Authenticator.Type.WEBAUTHN in types:
        page = "mfa_reauthenticate_webauthn"
    else:
        messages.error(request, _("To see the portal as another person does, set up a second factor first."))
        return redirect("mfa_index")
    return redirect(f"{reverse(page)}?{urlencode({'next': request.path})}")


def _person(request: "PortalRequest") -> User:
    if not isinstance(request.user, User):  # the middleware lets nobody else through
        raise Http404
    return request.user
