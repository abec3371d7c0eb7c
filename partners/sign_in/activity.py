from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from partners.sign_in.session_store import is_due


class ActivityMiddleware:
    """Note once a minute that a session is in use, from where and with which browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_due(request.session):
            request.session.modified = True
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
