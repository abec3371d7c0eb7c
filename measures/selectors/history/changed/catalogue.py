"""What was changed of the catalogue, and by whom, as entries of the history."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext_lazy

from measures.models import (
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    Objective,
    ObjectiveVersion,
    SeriesBreak,
    SeriesBreakVersion,
    Target,
    TargetGroup,
    TargetGroupVersion,
    TargetVersion,
)
from measures.selectors.history.changed.versions import changes_log, changes_of
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource

WHAT = {
    "indicator_insert": gettext_lazy("Indicator added"),
    "indicator_update": gettext_lazy("Indicator changed"),
    "indicator_delete": gettext_lazy("Indicator removed"),
    "target_insert": gettext_lazy("Target added"),
    "target_update": gettext_lazy("Target changed"),
    "target_delete": gettext_lazy("Target removed"),
    "break_insert": gettext_lazy("Break in the series added"),
    "break_update": gettext_lazy("Break in the series changed"),
    "break_delete": gettext_lazy("Break in the series removed"),
    "measure_insert": gettext_lazy("Measure added"),
    "measure_update": gettext_lazy("Measure changed"),
    "measure_delete": gettext_lazy("Measure removed"),
    "group_insert": gettext_lazy("Target group added"),
    "group_update": gettext_lazy("Target group changed"),
    "group_delete": gettext_lazy("Target group removed"),
    "objective_insert": gettext_lazy("Objective added"),
    "objective_update": gettext_lazy("Objective changed"),
    "objective_delete": gettext_lazy("Objective removed"),
}
_NAMED: Mapping[str, tuple[type[models.Model], type[models.Model]]] = {
    "indicator": (IndicatorVersion, Indicator),
    "measure": (MeasureVersion, Measure),
    "group": (TargetGroupVersion, TargetGroup),
    "objective": (ObjectiveVersion, Objective),
}
"""Those that have names of their own."""
_OF_INDICATORS: Mapping[str, tuple[type[models.Model], type[models.Model]]] = {
    "target": (TargetVersion, Target),
    "break": (SeriesBreakVersion, SeriesBreak),
}


def catalogue_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in nine queries at most."""
    logs = [_log(prefix, *models, ()) for prefix, models in _NAMED.items()]
    logs += [_log(prefix, *models, ("indicator",)) for prefix, models in _OF_INDICATORS.items()]
    return with_names(entries_of_logs(HistoryKind.CATALOGUE, logs, search))


def _log(prefix: str, versions: Any, of: type[models.Model], related: tuple[str, ...]) -> Log:
    return changes_log(
        versions,
        of,
        lambda version, place: _of_version(version, place, prefix, of),
        prefix=prefix,
        related=related,
    )


def _of_version(version: Any, place: int, prefix: str, of: type[models.Model]) -> HistoryEntry:
    """What is of an indicator goes by its name."""
    is_of_indicator = prefix in _OF_INDICATORS
    return HistoryEntry(
        kind=HistoryKind.CATALOGUE,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{prefix}_{version.pgh_label}"],
        title=name_of(version, "indicator", "name")
        if is_of_indicator
        else (version.name_en if get_language() == "en" else version.name_de),
        year=version.year if is_of_indicator else None,
        remark=changes_of(version, of),
        **of_context(version),
    )


SOURCE = HistorySource(HistoryKind.CATALOGUE, WHAT.items, catalogue_entries)
