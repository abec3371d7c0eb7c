"""What views need that have something done: who asks for it, and a worker who is woken after it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.db import transaction

if TYPE_CHECKING:
    from partners.middleware import PortalRequest
    from partners.models import User


def person_of(request: "PortalRequest") -> "User":
    """The middleware lets nobody through who is not signed in."""
    return cast("User", request.user)


def send_after_commit(task: Callable[..., object], *ids: int) -> None:
    """Wake a worker. With the queue out of reach the request stands: beat hands out again what is waiting."""

    def send() -> None:  # what Django logs of a failure needs a name, which a partial has not
        task(*ids)

    transaction.on_commit(send, robust=True)
