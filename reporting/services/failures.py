"""Why something could not be produced or published, in words for people."""

from django.db import IntegrityError
from django.utils.translation import gettext

from partners.files.disk_full import is_disk_full
from partners.violations import broken_rule
from reporting.exceptions import ReportError


def in_words(error: BaseException | None) -> str:
    """``error``: what was raised; None where a worker was lost each time."""
    if isinstance(error, ReportError):
        return str(error.message)
    if is_disk_full(error):
        return gettext(
            "The server has no room left for the documents. No figure was changed. Please try again later."
        )
    if error is None:
        return gettext("It was begun several times and never finished. Please ask those who run the portal.")
    return gettext(
        "It could not be produced (%(error)s). No figure was changed. Please try again; if that fails too, "
        "ask those who run the portal."
    ) % {"error": type(error).__name__}


def why_not_published(error: Exception) -> str:
    if isinstance(error, ReportError):
        return str(error.message)
    if isinstance(error, IntegrityError) and broken_rule(error) == "report_released_by_somebody_else":
        return gettext(
            "Somebody else has to release this report: whoever decided on it prepared it, or figures or "
            "texts in it. Cancel the publication, and let somebody else decide."
        )
    return gettext("An unexpected error (%(error)s). Those who run the portal find it in their log.") % {
        "error": type(error).__name__
    }
