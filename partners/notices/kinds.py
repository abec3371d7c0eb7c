"""The kinds of notices. Each app registers its own when it is ready."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class NoticeKind:
    """``sentence`` says in the reader's language what happened, from the facts that are stored.

    ``is_mandatory``: it comes by mail whatever the person prefers, because something is legally due.
    ``is_urgent``: it does not wait for the next morning, if the person has had no mail on this day.
    """

    code: str
    label: "StrOrPromise"
    sentence: Callable[[Facts], str]
    is_mandatory: bool = False
    is_urgent: bool = False


_REGISTERED: dict[str, NoticeKind] = {}


def register(kinds: Iterable[NoticeKind]) -> None:
    """Add kinds; the same code again takes the place of the former."""
    _REGISTERED.update((kind.code, kind) for kind in kinds)


def kind_of(code: str) -> NoticeKind | None:
    """The kind; None for one that has been given up since."""
    return _REGISTERED.get(code)


def all_kinds() -> list[NoticeKind]:
    """In the order in which they were registered."""
    return list(_REGISTERED.values())


def urgent_codes() -> list[str]:
    return [code for code, kind in _REGISTERED.items() if kind.is_urgent]


def switchable(codes: Iterable[str]) -> list[str]:
    """Of these kinds those whose mails a person may do without."""
    return [code for code in codes if not ((kind := kind_of(code)) and kind.is_mandatory)]
