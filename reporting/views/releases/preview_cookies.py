"""How the pages of numbers know who reads a report before its release.

The link of a number is printed in documents and the same for everybody, so it cannot say who follows it. The
person's browser does, by a cookie that goes to the numbers of these data and to no other page.
"""

from typing import TYPE_CHECKING

from django.conf import settings

from reporting.frozen.links import ID_LENGTH, numbers_path
from reporting.services.releases.previews import preview_begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from reporting.models import ProgressReport, ReportPreview

_NAME = "preview"


def _prefix() -> str:
    """Browsers take a name that begins so over HTTPS alone. ``__Host-`` would forbid the path."""
    return f"__Secure-{_NAME}-" if settings.SESSION_COOKIE_SECURE else f"{_NAME}-"


def give_cookies(response: "HttpResponse", preview: "ReportPreview", sha256: str) -> None:
    """One for each language, since a path begins with it. ``sha256``: of the report's data."""
    for language, _label in settings.LANGUAGES:
        response.set_signed_cookie(
            f"{_prefix()}{language}-{preview.pk}",
            str(preview.pk),
            salt=_NAME,
            expires=preview.expires_at,
            path=numbers_path(language, sha256),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def reports_before_release(request: "HttpRequest", snapshot: str) -> "Iterator[ProgressReport]":
    """What whoever asks may read of these data by a personal link, as long as that works."""
    for name in request.COOKIES:
        if not name.startswith(_prefix()):
            continue
        preview_id = request.get_signed_cookie(name, default="", salt=_NAME)
        found = preview_begun(int(preview_id)) if preview_id else None
        if found and found.report.snapshot and found.report.snapshot.sha256[:ID_LENGTH] == snapshot:
            yield found.report
