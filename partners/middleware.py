from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from partners.permissions import Access, access_for


class PortalRequest(HttpRequest):
    """A request as views get it: ``access`` says what its person may see and do."""

    access: Access


class AccessMiddleware:
    """Compute a person's rights once per request, and only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        request.access = SimpleLazyObject(lambda: access_for(request.user))  # type: ignore[assignment]  # behaves as one
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask whoever is not signed in to sign in; tell a script so with 401.

    A redirect would reach htmx as the sign-in page with 200, as if all had been well.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.headers.get("HX-Request") == "true":
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return answer
