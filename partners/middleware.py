from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
