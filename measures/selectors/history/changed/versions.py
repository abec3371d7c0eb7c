"""Versions of rows that people keep, each beside the version before: what was changed of them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.checks.wording import written
from measures.selectors.history.changed.names import RowNames
from measures.selectors.history.entries import HistoryEntry
from measures.selectors.history.logs import Log

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NOT_NAMED = {"id", "uid", "sequence", "sort_key", "changed_at"}
"""Fields that change with others, and say nothing to people."""
TAKEN_OVER = "taken_over"
"""The label of what a row said before versions of it were kept: no event, but there to be compared with."""
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
    rows = versions.objects.exclude(pgh_label=TAKEN_OVER).annotate(
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


def parts_log(  # noqa: PLR0913  # what is a part of what, and what it is called
    versions: Any,
    of: type[models.Model],
    entry: Callable[[Any, int], HistoryEntry],
    *,
    event: str,
    organisation: str = "",
    related: Iterable[str] = (),
) -> Log:
    """The versions of what belongs to a row: the event of each is that the whole was changed."""
    log = changes_log(versions, of, entry, prefix="", organisation=organisation, related=related)
    return replace(log, events={event: Q()})


def links_log(
    versions: Any,
    entry: Callable[[Any, int], HistoryEntry],
    *,
    event: str,
    organisation: str = "",
    related: Iterable[str] = (),
) -> Log:
    """The links of a many-to-many field: the event of each is that the whole was changed."""
    rows = versions.objects.prefetch_related(*related)
    log = Log.of_versions(rows, (), entry, organisation=organisation)
    return replace(log, events={event: Q()})


def changes_of(version: Any, of: type[models.Model], names: RowNames) -> str:
    """The fields changed, with what they held and hold where that is short; nothing where none is known."""
    changes = [
        _change(version, of._meta.get_field(name), names)  # noqa: SLF001  # the documented way
        for name in fields_changed(version, of) or ()
    ]
    return _changed(changes) if changes else ""


def change_of_part(version: Any, label: "StrOrPromise", text: str, more: str = "") -> str:
    """A part of a row, added, removed or changed, with what it says; ``more``: what was changed of it."""
    change = {"insert": f"– → {text}", "delete": f"{text} → –"}.get(version.pgh_label, text)
    return ". ".join(filter(None, [_changed([f"{label} ({change})"]), more]))


def days(first: dt.date, last: dt.date | None) -> str:
    """From when to when something holds."""
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") if day else "…" for day in (first, last))


def _changed(changes: Iterable[str]) -> str:
    return _("Changed: %(fields)s") % {"fields": ", ".join(changes)}


def _change(version: Any, field: Any, names: RowNames) -> str:
    name = str(field.verbose_name)
    old, new = (_in_words(state[field.name], field, names) for state in (version.state_before, version.state))
    return name if max(len(old), len(new)) > LONGEST_VALUE else f"{name} ({old} → {new})"


def _in_words(value: Any, field: Any, names: RowNames) -> str:
    """A value as JSON has it, for people; keys of other rows and codes of target groups by their names."""
    if value is None or value in ("", []):
        return "–"
    if field.is_relation:
        return names.of(field.related_model, value)
    if isinstance(value, list):
        return ", ".join(_one_of_list(each, field, names) for each in value)
    return _plain(value, field)


def _plain(value: Any, field: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DecimalField):
        return written(Decimal(str(value)))
    if field.choices:
        return _labelled(value, field)
    day = parse_date(value) if isinstance(field, models.DateField) and isinstance(value, str) else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else str(value)


def _one_of_list(value: Any, field: Any, names: RowNames) -> str:
    if field.name == "target_groups":
        return names.of_target_group(value)
    return _labelled(value, getattr(field, "base_field", field))


def _labelled(value: Any, field: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))


def _fields(of: type[models.Model]) -> list[str]:
    return [field.name for field in of._meta.concrete_fields if field.name not in _NOT_NAMED]  # noqa: SLF001  # the documented way
