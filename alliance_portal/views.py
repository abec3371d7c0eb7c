"""The pages of the project itself: whether it is alive, and what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe
from redis import RedisError

from alliance_portal.logs import context


@require_safe
@never_cache
@login_not_required
def healthz(request):
    parts = {"database": _database_answers(), "valkey": _valkey_answers()}
    return JsonResponse(
        {name: "ok" if answers else "down" for name, answers in parts.items()},
        status=200 if all(parts.values()) else 503,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _valkey_answers() -> bool:
    try:
        cache.get("healthz")
    except RedisError:
        return False
    return True


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_stores("400.html", 400)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return _without_stores("500.html", 500)


def _without_stores(template: str, status: int) -> HttpResponse:
    """A page made of nothing that may be down or is not to be trusted: no request, person or database."""
    return HttpResponse(render_to_string(template, {"request_id": context.request_id()}), status=status)
