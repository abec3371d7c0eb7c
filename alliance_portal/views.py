"""The one page of the project itself: whether it is alive."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError


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
