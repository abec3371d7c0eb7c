from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReportError(Exception):
    """A report cannot be made; the message is for people."""

    def __init__(self, message: "str | StrPromise") -> None:
        super().__init__(message)
        self.message = message


class SnapshotVersionError(ReportError):
    """A stored snapshot is of a schema version that this program cannot read or render."""
