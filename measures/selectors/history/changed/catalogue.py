"""What was changed of the catalogue, and by whom, as entries of the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import get_language, gettext_lazy

from measures.checks.wording import written
from measures.enums import ContributionRole
from measures.models import (
    FundingSource,
    Indicator,
    IndicatorAlias,
    IndicatorAliasVersion,
    IndicatorVersion,
    Measure,
    MeasureContribution,
    MeasureContributionVersion,
    MeasureFunding,
    MeasureFundingVersion,
    MeasureObjectiveVersion,
    MeasureTargetGroupVersion,
    MeasureVersion,
    Objective,
    ObjectiveVersion,
    SeriesBreak,
    SeriesBreakVersion,
    Target,
    TargetGroup,
    TargetGroupVersion,
    TargetResponsibleVersion,
    TargetVersion,
)
from measures.selectors.history.changed.names import RowNames, label_of, name_at
from measures.selectors.history.changed.versions import (
    change_of_part,
    changes_log,
    changes_of,
    days,
    links_log,
    parts_log,
)
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.enums import ASKED_KINDS
from partners.models import Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


@dataclass(frozen=True)
class _PartVersions:
    """Rows that belong to another: to the one that ``whole`` leads to, as a change of which they read."""

    versions: Any
    of: type[models.Model]
    whole: str
    text: Callable[[Any, RowNames], str]


@dataclass(frozen=True)
class _Links:
    """The links of a many-to-many field, from the one that ``whole`` leads to, to another."""

    versions: Any
    whole: str
    to: str
    label: "StrOrPromise"
    organisation: str = ""


def _contribution(version: Any, names: RowNames) -> str:
    """In which role, by whom, from when to when."""
    kinds = dict(ASKED_KINDS)
    by = names.of(Organisation, version.organisation_id) if version.organisation_id else ""
    role = str(ContributionRole(version.role).label)
    period = days(version.valid_from, version.valid_until)
    return ", ".join([role, by or str(kinds.get(version.organisation_kind, "")), period])


def _funding(version: Any, names: RowNames) -> str:
    """Of what, in which year, how much."""
    year = str(version.year or "")
    amount = f"{written(version.amount)} €" if version.amount is not None else ""
    return ", ".join(filter(None, [names.of(FundingSource, version.source_id), year, amount]))


_PARTS = [
    _PartVersions(IndicatorAliasVersion, IndicatorAlias, "indicator", lambda version, _names: version.name),
    _PartVersions(MeasureContributionVersion, MeasureContribution, "measure", _contribution),
    _PartVersions(MeasureFundingVersion, MeasureFunding, "measure", _funding),
]
_LINKS = [
    _Links(MeasureObjectiveVersion, "measure", "objective", label_of(Measure, "objectives")),
    _Links(MeasureTargetGroupVersion, "measure", "targetgroup", label_of(Measure, "target_groups")),
    _Links(
        TargetResponsibleVersion,
        "target",
        "organisation",
        label_of(Target, "responsible"),
        organisation="organisation",
    ),
]


def catalogue_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in fifteen queries at most, and one for each kind of row that they name."""
    names = RowNames()
    logs = [_log(prefix, *models, (), names) for prefix, models in _NAMED.items()]
    logs += [_log(prefix, *models, ("indicator",), names) for prefix, models in _OF_INDICATORS.items()]
    logs += [
        parts_log(
            part.versions,
            part.of,
            partial(_of_part, part=part, names=names),
            event=f"{part.whole}_update",
            organisation="organisation" if part.of is MeasureContribution else "",
        )
        for part in _PARTS
    ]
    logs += [
        links_log(
            links.versions,
            partial(_of_link, links=links, names=names),
            event=f"{links.whole}_update",
            organisation=links.organisation,
        )
        for links in _LINKS
    ]
    return with_names(entries_of_logs(HistoryKind.CATALOGUE, logs, search))


def _log(
    prefix: str, versions: Any, of: type[models.Model], related: tuple[str, ...], names: RowNames
) -> Log:
    return changes_log(
        versions,
        of,
        lambda version, place: _of_version(version, place, prefix, of, names),
        prefix=prefix,
        related=related,
    )


def _of_version(
    version: Any, place: int, prefix: str, of: type[models.Model], names: RowNames
) -> HistoryEntry:
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
        remark=changes_of(version, of, names),
        **of_context(version),
    )


def _of_part(version: Any, place: int, part: _PartVersions, names: RowNames) -> HistoryEntry:
    label = str(part.of._meta.verbose_name)  # noqa: SLF001  # the documented way
    more = changes_of(version, part.of, names)
    return _of_whole(
        version, place, part.whole, change_of_part(version, label, part.text(version, names), more), names
    )


def _of_link(version: Any, place: int, links: _Links, names: RowNames) -> HistoryEntry:
    text = name_at(version, links.to, names)
    return _of_whole(version, place, links.whole, change_of_part(version, links.label, text), names)


def _of_whole(version: Any, place: int, whole: str, remark: str, names: RowNames) -> HistoryEntry:
    """A change of something that the row belongs to."""
    return HistoryEntry(
        kind=HistoryKind.CATALOGUE,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[f"{whole}_update"],
        title=name_at(version, whole, names),
        remark=remark,
        **of_context(version),
    )


SOURCE = HistorySource(HistoryKind.CATALOGUE, WHAT.items, catalogue_entries)
