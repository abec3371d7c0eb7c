"""The data of an edition out of the one snapshot of its year: a pure function, as rendering is.

All editions of a year come from the same snapshot, so that they agree and small numbers are withheld over all
of them together.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.editions.types import ReportSection, ReportType, Structure
from reporting.enums import ScopeKind
from reporting.exceptions import ReportError
from reporting.frozen.schema import (
    IndicatorData,
    MeasureData,
    ObjectiveData,
    PartRow,
    ScopeData,
    SnapshotData,
    Text,
    YearFigure,
)

_FIELDS = {ScopeKind.LAND: "lands", ScopeKind.UMBRELLA: "umbrellas"}
"""Where an indicator has the parts that an edition can be about."""
_CODES = {"lands": "region", "groups": "group", "umbrellas": "umbrella"}
"""What the rows of two parts crossed call the code of each."""

_OF_REPORT = {
    ReportSection.PARTICIPATION: "participation",
    ReportSection.CONTROLS: "control_totals",
    ReportSection.STATEMENTS: "statements",
    ReportSection.RESOLUTIONS: "resolutions",
    ReportSection.SOURCES: "sources",
    ReportSection.FUNDING: "money",
    ReportSection.CHANGES: "changes",
}
_ONE_OF_REPORT = {
    ReportSection.MARKET: "market",
    ReportSection.OFFERS: "offers",
}
_OF_INDICATORS = {
    ReportSection.LAENDER: "lands",
    ReportSection.UMBRELLAS: "umbrellas",
    ReportSection.TARGET_GROUPS: "groups",
}
"""The fields in which the data hold a section."""


def derive(data: SnapshotData, report_type: ReportType, scope: str) -> SnapshotData:
    """What a report of this type shows of the snapshot, about the Alliance or the Land or umbrella named."""
    if report_type.has_scope:
        data = _of_part(data, report_type.scope, scope)
    data = _with_sections(data, report_type.sections)
    if report_type.structure is Structure.PRACTICE:
        data = _without_notes(data)
    texts = tuple(each for each in data.narratives if each.report_type == report_type.code)
    if data.report_type == report_type.code and texts == data.narratives:
        return data
    return replace(data, report_type=report_type.code, narratives=texts)


def _with_sections(data: SnapshotData, sections: frozenset[ReportSection]) -> SnapshotData:
    if sections == frozenset(ReportSection):
        return data
    emptied: dict[str, Any] = {field: () for part, field in _OF_INDICATORS.items() if part not in sections}
    emptied["crossed"] = ()
    measures = tuple(
        replace(measure, indicators=tuple(replace(each, **emptied) for each in measure.indicators))
        for measure in data.measures
    )
    left_out: dict[str, Any] = {field: () for part, field in _OF_REPORT.items() if part not in sections}
    left_out |= {field: None for part, field in _ONE_OF_REPORT.items() if part not in sections}
    return replace(data, measures=measures, **left_out)


def _without_notes(data: SnapshotData) -> SnapshotData:
    """A practice description prints values and targets, but no notes below tables."""
    measures = tuple(
        replace(measure, indicators=tuple(map(_without_notes_of_years, measure.indicators)))
        for measure in data.measures
    )
    return replace(data, measures=measures)


def _without_notes_of_years(indicator: IndicatorData) -> IndicatorData:
    return replace(indicator, years=tuple(replace(each, notes=(), remarks=()) for each in indicator.years))


def _of_part(data: SnapshotData, kind: ScopeKind, scope: str) -> SnapshotData:
    """The figures of one Land or umbrella. Promises were made for the Alliance, so none is set against them.

    What nothing was stated of there is left out: its indicator, a measure without any, an objective without
    measures.
    """
    names: list[Text] = []
    measures = tuple(
        replace(measure, indicators=indicators)
        for measure in data.measures
        if (indicators := tuple(_indicators_of(measure, kind, scope, names)))
    )
    if not measures:
        raise ReportError(_("The snapshot holds no figures of this Land or umbrella organisation."))
    there = {measure.code for measure in measures}
    objectives = tuple(
        replace(objective, measures=tuple(code for code in objective.measures if code in there))
        for objective in data.objectives
        if there.intersection(objective.measures)
    )
    return replace(
        data,
        measures=_with_objectives(measures, objectives),
        objectives=objectives,
        participation=tuple(group for group in data.participation if group.code == scope),
        practice=None,
        scope=ScopeData(kind=kind.value, code=scope, name=names[0]),
    )


def _indicators_of(
    measure: MeasureData, kind: ScopeKind, scope: str, names: list[Text]
) -> Iterator[IndicatorData]:
    for indicator in measure.indicators:
        row = next((row for row in getattr(indicator, _FIELDS[kind]) if row.code == scope), None)
        if row is None:
            continue
        names.append(row.name)
        years = tuple(
            YearFigure(year=figure.year, amount=amount, reference_date=figure.reference_date)
            for figure, amount in zip(indicator.years, row.amounts, strict=True)
        )
        parts: dict[str, Any] = {field: tuple(_crossed(indicator, kind, scope, field)) for field in _CODES}
        yield replace(indicator, years=years, **parts, crossed=())


def _crossed(indicator: IndicatorData, kind: ScopeKind, scope: str, field: str) -> Iterator[PartRow]:
    """The rows of ``field`` within the Land or umbrella: where nothing was stated there is none."""
    if field == _FIELDS[kind]:
        return
    found = {
        getattr(row, _CODES[field]): row.amounts
        for row in indicator.crossed
        if getattr(row, _CODES[_FIELDS[kind]]) == scope
    }
    for row in getattr(indicator, field):
        if row.code in found:
            yield replace(row, amounts=found[row.code])


def _with_objectives(
    measures: tuple[MeasureData, ...], objectives: tuple[ObjectiveData, ...]
) -> tuple[MeasureData, ...]:
    known = {objective.code for objective in objectives}
    return tuple(
        replace(measure, objectives=tuple(code for code in measure.objectives if code in known))
        for measure in measures
    )
