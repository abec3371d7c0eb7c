"""Why nobody came in by the provider, in words."""

import logging
from enum import Enum
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from partners.enums import SecurityEventKind
from partners.services.security_events import record
from partners.sign_in.events import sender_of

logger = logging.getLogger(__name__)

METHOD = "openid"
"""What the log of security events calls this way of signing in."""


class ProviderRefusal(Enum):
    UNAVAILABLE = _(
        "The sign-in service cannot be reached at the moment. Try again later, or sign in with your password "
        "if you have one."
    )
    CANCELLED = _("You have not signed in with the sign-in service.")
    INVALID = _("The answer of the sign-in service could not be accepted. Please sign in once more.")
    UNVERIFIED = _(
        "The sign-in service does not confirm that your e-mail address is yours. Ask those who run it to "
        "confirm your address."
    )
    NOT_INVITED = _(
        "Nobody with your e-mail address has been invited to the portal. Ask those who look after your "
        "organisation here for an invitation to this address."
    )


def refused(
    request: HttpRequest, refusal: ProviderRefusal, *, status: HTTPStatus = HTTPStatus.FORBIDDEN
) -> HttpResponse:
    """The page that says so; recorded, except where nobody tried to come in."""
    logger.warning("Sign-in by the provider refused: %s", refusal.name.lower())
    if refusal not in {ProviderRefusal.UNAVAILABLE, ProviderRefusal.CANCELLED}:
        record(SecurityEventKind.SIGN_IN_FAILED, sender_of(request), target=METHOD)
    return render(request, "partners/openid_refused.html", {"reason": refusal.value}, status=status)
