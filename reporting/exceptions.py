from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReportError(Exception):
    """A report cannot be made or released; the message is for people."""

    def __init__(self, message: "str | StrPromise") -> None:
        super().__init__(message)
        self.message = message


class SnapshotVersionError(ReportError):
    """A stored snapshot is of a schema version that this program cannot read or render."""


class ReleaseNotPossibleError(ReportError):
    """The report is not released; ``message`` is why."""

    message: "str | StrPromise" = _(
        "Nothing was released: the report does not wait for a release, or no longer does."
    )

    def __init__(self) -> None:
        super().__init__(self.message)


class ReportNotSeenError(ReleaseNotPossibleError):
    """The person did not name the version they have seen, or it is another one by now."""

    message = _(
        "Nothing was released: what you decided on is not the report as it stands now. Please look at it and "
        "decide again."
    )


class OwnReportError(ReleaseNotPossibleError):
    """The person prepared the report or figures in it."""

    message = _(
        "Somebody else has to release this report: you asked for it, or you recorded, imported or submitted "
        "figures in it."
    )
