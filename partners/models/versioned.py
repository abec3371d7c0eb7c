"""Tables whose rows leave versions that nobody changes."""

from typing import TYPE_CHECKING, Any

import pghistory
from django.utils.translation import gettext_lazy as _

from partners.triggers import never_truncated

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


def links_versioned(model_name: str) -> "Callable[[type[Any]], type[Any]]":
    """A version whenever a link of a many-to-many field is added or removed; on a proxy of its table."""
    return versioned(
        model_name,
        _("link added or removed"),
        _("links added or removed"),
        pghistory.InsertEvent("insert"),
        pghistory.DeleteEvent("delete"),
        obj_field=None,
    )


def fully_versioned(
    model_name: str, label: "StrOrPromise", labels: "StrOrPromise"
) -> "Callable[[type[Any]], type[Any]]":
    """A version whenever a row is added, changed or removed."""
    return versioned(
        model_name,
        label,
        labels,
        pghistory.InsertEvent("insert"),
        pghistory.UpdateEvent("update"),
        pghistory.DeleteEvent("delete"),
        obj_field=pghistory.ObjForeignKey(related_name="versions"),
    )
