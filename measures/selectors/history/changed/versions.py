"""Versions of rows that people keep, each beside the version before: what was changed of them."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.checks.wording import written
from measures.selectors.history.entries import HistoryEntry
from measures.selectors.history.logs import Log

_NOT_NAMED = {"id", "uid", "sequence", "sort_key", "changed_at"}
"""Fields that change with others, and say nothing to people."""
LONGEST_VALUE = 80


def changes_log(  # noqa: PLR0913  # the parts of a log
    versions: Any,
    of: type[models.Model],
    entry: Callable[[Any, int], HistoryEntry],
    *,
    events: Iterable[str] = ("insert", "update", "delete"),
    prefix: str,
    organisation: str = "",
    related: Iterable[str] = (),
) -> Log:
    """The versions of a model with what each had before; its events are named after the prefix.

    ``related``: keys to other rows, which may be gone, as ``name_of`` reads them.
    """
    state = JSONObject(**{name: name for name in _fields(of)})
    before = versions.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    rows = versions.objects.annotate(
        state=state,
        state_before=Subquery(before.order_by("-pgh_id").annotate(state=state).values("state")[:1]),
    )
    return Log.of_versions(
        rows.prefetch_related(*related) if related else rows,
        events,
        entry,
        organisation=organisation,
        prefix=f"{prefix}_",
    )


def fields_changed(version: Any, of: type[models.Model]) -> list[str] | None:
    """The fields that differ from the version before; None where it is no change, or none was kept."""
    before = version.state_before
    if version.pgh_label != "update" or before is None:
        return None
    return [name for name in _fields(of) if before[name] != version.state[name]]


def changes_of(version: Any, of: type[models.Model]) -> str:
    """The fields changed, with what they held and hold where that is short; nothing where none is known."""
    changes = [_change(version, of._meta.get_field(name)) for name in fields_changed(version, of) or ()]  # noqa: SLF001  # the documented way
    return _("Changed: %(fields)s") % {"fields": ", ".join(changes)} if changes else ""


def _change(version: Any, field: Any) -> str:
    name = str(field.verbose_name)
    if field.is_relation:
        return name
    old, new = (_in_words(state[field.name], field) for state in (version.state_before, version.state))
    return name if max(len(old), len(new)) > LONGEST_VALUE else f"{name} ({old} → {new})"


def _in_words(value: Any, field: Any) -> str:
    """A value as JSON has it, for people."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_labelled(each, getattr(field, "base_field", field)) for each in value)
    if isinstance(field, models.DecimalField):
        return written(Decimal(str(value)))
    if field.choices:
        return _labelled(value, field)
    day = parse_date(value) if isinstance(field, models.DateField) and isinstance(value, str) else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else str(value)


def _labelled(value: Any, field: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))


def _fields(of: type[models.Model]) -> list[str]:
    return [field.name for field in of._meta.concrete_fields if field.name not in _NOT_NAMED]  # noqa: SLF001  # the documented way
