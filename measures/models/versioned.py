"""Tables whose rows leave versions that nobody changes."""

from typing import TYPE_CHECKING, Any

import pghistory

from measures.triggers import never_truncated

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise


def versioned(
    model_name: str,
    label: "StrOrPromise",
    labels: "StrOrPromise",
    *labelled: pghistory.Tracker,
    **more: Any,
) -> "Callable[[type[Any]], type[Any]]":
    """A version for each event; who it was, why and in which request is in the context of each."""
    found: Callable[[type[Any]], type[Any]] = pghistory.track(
        *labelled,
        model_name=model_name,
        append_only=True,
        meta={
            "triggers": [never_truncated()],
            "verbose_name": label,
            "verbose_name_plural": labels,
            "ordering": ["pgh_id"],
        },
        **more,
    )
    return found
