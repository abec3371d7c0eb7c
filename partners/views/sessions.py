"""Where one is signed in, and signing out there and here."""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LogoutView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from partners.models import Impersonation, User
from partners.selectors.sessions import open_sessions
from partners.services import sessions

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest

MOST_VIEWS = 50

HAS_SIGNED_OUT = "has_signed_out"
"""In the session that follows: the next page has the other tabs of the browser leave theirs."""


class SignOutView(LogoutView):
    """Sign out for good: the browser forgets what it keeps of the portal, and its other tabs leave."""

    def get_redirect_url(self) -> str:
        return reverse("partners:signed_out")

    def logout(self) -> None:
        super().logout()
        self.request.session[HAS_SIGNED_OUT] = True

    def post(self, *args: Any, **kwargs: Any) -> "HttpResponse":
        response: HttpResponse = super().post(*args, **kwargs)
        # Not the cookies: the session's is worthless, those of language and known browsers are to stay.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


sign_out = login_not_required(SignOutView.as_view())


@login_not_required
@require_safe
def signed_out(request: "PortalRequest") -> "HttpResponse":
    if request.user.is_authenticated:
        return redirect("/")
    is_fresh = request.session.pop(HAS_SIGNED_OUT, False)
    return render(request, "partners/signed_out.html", {"is_fresh": is_fresh})


@require_safe
def session_list(request: "PortalRequest") -> "HttpResponse":
    found = open_sessions(_person(request), request.session.session_key)
    others = sum(not session.is_current for session in found)
    views = Impersonation.objects.filter(person=_person(request)).select_related("viewer")[:MOST_VIEWS]
    context = {"sessions": found, "others": others, "impersonations": views}
    return render(request, "partners/session_list.html", context)


@require_POST
@reauthentication_required
def session_end(request: "PortalRequest", pk: int) -> "HttpResponse":
    """End one of one's own; anybody else's is not found. The present one ends by signing out."""
    own = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    sessions.end(session=get_object_or_404(own, pk=pk))
    messages.success(request, _("You are signed out there."))
    return redirect("usersessions_list")


@require_POST
@reauthentication_required
def sessions_end_others(request: "PortalRequest") -> "HttpResponse":
    ended = sessions.end_others(user=_person(request), current_key=request.session.session_key)
    messages.success(
        request,
        ngettext(
            "You are signed out in %(count)d other place.",
            "You are signed out in %(count)d other places.",
            ended,
        )
        % {"count": ended},
    )
    return redirect("usersessions_list")


def _person(request: "PortalRequest") -> User:
    assert isinstance(request.user, User)  # noqa: S101  # for the types: the middleware lets nobody else through
    return request.user
