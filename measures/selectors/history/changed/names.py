"""What rows go by that versions refer to by their keys, which may be gone."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from measures.models import Target, TargetGroup
from partners.models import Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LABELS: Mapping[type[models.Model], Callable[[Any], str]] = {
    Organisation: lambda row: row.short_name,
    Target: lambda row: f"{row.indicator.name} {row.year}",
}
_RELATED: Mapping[type[models.Model], str] = {Target: "indicator"}


class RowNames:
    """For one search: each table is read once, when the first of its names is asked for."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[Any, str]] = {}

    def of(self, model: type[models.Model], key: Any) -> str:
        """The name of the row; its number where it is gone, and a dash for none."""
        if key is None:
            return "–"
        if model not in self._known:
            rows = model._base_manager.all()  # noqa: SLF001  # the documented way to all rows
            related = _RELATED.get(model)
            label = _LABELS.get(model, str)
            self._known[model] = {
                row.pk: label(row) for row in (rows.select_related(related) if related else rows)
            }
        return self._known[model].get(key, f"#{key}")

    def of_target_group(self, code: str) -> str:
        return self.of(TargetGroup, code).removeprefix("#")


def name_at(version: Any, key: str, names: RowNames) -> str:
    """The name of the row that a key of a version leads to."""
    field = version._meta.get_field(key)  # noqa: SLF001  # the documented way
    return names.of(field.related_model, getattr(version, field.attname))


def label_of(model: type[models.Model], field: str) -> "StrOrPromise":
    """What a field is called."""
    label: StrOrPromise = model._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # noqa: SLF001  # a field of ours
    return label
