from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReportError(Exception):
    """A report cannot be made; the message is for people."""

    def __init__(self, message: "str | StrPromise") -> None:
        super().__init__(message)
        self.message = message
