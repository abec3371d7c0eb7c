"""What is going on while a line is logged: the request or task, the person, the records it is about."""

import re
import uuid
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest  # noqa: TID251  # for its type

_fields: ContextVar["Mapping[str, str | int]"] = ContextVar("log_fields", default={})  # noqa: B039  # never changed in place
_request: ContextVar["HttpRequest | None"] = ContextVar("log_request", default=None)

WELL_FORMED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_NAMES_A_RECORD = re.compile(r"(?:\w+_)?(?:id|pk)|year|code")
_PLAIN = re.compile(r"[\w.-]{1,64}")


def new_id() -> str:
    return uuid.uuid4().hex


def begin(request: "HttpRequest | None" = None, **fields: str | int) -> None:
    """Forget what was going on before in this thread; from here on it is this."""
    _request.set(request)
    _fields.set(fields)


def add(**fields: str | int) -> None:
    _fields.set({**_fields.get(), **fields})


def current() -> dict[str, str | int]:
    """The fields of a line logged now. Asks no database: a person not loaded yet is not named."""
    fields = dict(_fields.get())
    request = _request.get()
    person = getattr(request, "_cached_user", None)  # where Django keeps the person once loaded
    if person is not None and person.pk is not None:
        fields["person_id"] = person.pk
    return fields


def request_id() -> str:
    return str(_fields.get().get("request_id", ""))


def keys_of(arguments: "Mapping[str, Any]") -> dict[str, str | int]:
    """Of the arguments of a view or task those that say which record it is about."""
    return {
        name: value
        for name, value in arguments.items()
        if _NAMES_A_RECORD.fullmatch(name)
        and (isinstance(value, int) or (isinstance(value, str) and _PLAIN.fullmatch(value)))
    }
