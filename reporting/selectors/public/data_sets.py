"""The data catalogue: each indicator of the last annual report, as a table.

Everything comes from the frozen data of that release: what is withheld there is withheld here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from reporting.frozen.schema import AmountState, IndicatorData, MeasureData, PartRow, SnapshotData
from reporting.renderers import wording
from reporting.renderers.writer import is_stated
from reporting.selectors.public.texts import in_language_of_page

TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """An indicator in the catalogue, in the reader's language."""

    code: str
    name: str
    unit: str
    definition: str
    source: str
    period: str
    years: tuple[int, ...]
    """Those with a number."""
    breakdowns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataGroup:
    """The indicators of one measure."""

    code: str
    name: str
    data_sets: tuple[DataSet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSetRow:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A breakdown as a table: a row for each part, a column for each year."""

    key: str
    heading: str
    note: str
    years: tuple[int, ...]
    rows: tuple[DataSetRow, ...]
    silent: tuple[str, ...] = ()
    """The parts of which nobody has stated anything; what is of no Land is none."""


def data_groups(data: SnapshotData) -> list[DataGroup]:
    return [
        DataGroup(
            code=measure.code,
            name=in_language_of_page(measure.name),
            data_sets=tuple(data_set(indicator) for indicator in measure.indicators),
        )
        for measure in data.measures
        if measure.indicators
    ]


def with_numbers(groups: Iterable[DataGroup]) -> list[DataGroup]:
    """The data sets that have a number; measures without such a data set are left out."""
    found = [
        replace(group, data_sets=tuple(each for each in group.data_sets if each.years)) for group in groups
    ]
    return [group for group in found if group.data_sets]


def without_numbers(groups: Iterable[DataGroup]) -> list[DataSet]:
    return [each for group in groups for each in group.data_sets if not each.years]


def find_indicator(data: SnapshotData, code: str) -> tuple[MeasureData, IndicatorData] | None:
    for measure in data.measures:
        for indicator in measure.indicators:
            if indicator.code == code:
                return measure, indicator
    return None


def tables(indicator: IndicatorData) -> list[DataTable]:
    """The total with its targets, then each breakdown that the release states."""
    years = tuple(figure.year for figure in indicator.years)
    total = DataSetRow(
        name=gettext("Alliance as a whole"),
        cells=tuple(wording.amount(figure.amount) for figure in indicator.years),
    )
    rows = [total]
    if any(figure.promised for figure in indicator.years):
        rows.append(
            DataSetRow(
                name=gettext("Target"),
                cells=tuple(
                    wording.target(figure.promised) if figure.promised else "–" for figure in indicator.years
                ),
            )
        )
    found = [
        DataTable(key=TOTAL, heading=gettext("Total and target"), note="", years=years, rows=tuple(rows))
    ]
    for key, heading, parts in _breakdowns(indicator):
        silent = [part for part in parts if _is_silent(part)]
        note = (
            gettext("Target groups overlap: their figures do not add up to the total.")
            if key == "group"
            else ""
        )
        found.append(
            DataTable(
                key=key,
                heading=heading,
                note=note,
                silent=tuple(
                    in_language_of_page(part.name)
                    for part in silent
                    if key != "region" or part.code.isdigit()
                ),
                years=years,
                rows=tuple(
                    DataSetRow(
                        name=in_language_of_page(part.name), cells=tuple(map(wording.amount, part.amounts))
                    )
                    for part in parts
                    if part not in silent
                ),
            )
        )
    return found


def data_set(indicator: IndicatorData) -> DataSet:
    return DataSet(
        code=indicator.code,
        name=in_language_of_page(indicator.name),
        unit=wording.unit(indicator.unit),
        definition=in_language_of_page(indicator.definition) if indicator.definition else "",
        source=in_language_of_page(indicator.source),
        period=wording.period_kind(indicator.period),
        years=_years_with_numbers(indicator),
        breakdowns=tuple(heading for _key, heading, _parts in _breakdowns(indicator)),
    )


def _is_silent(part: PartRow) -> bool:
    """Whether nobody has stated anything of it, nor why not."""
    return all(amount.state is AmountState.NOT_REPORTED for amount in part.amounts)


def _years_with_numbers(indicator: IndicatorData) -> tuple[int, ...]:
    parts = (*indicator.lands, *indicator.groups, *indicator.umbrellas)
    return tuple(
        figure.year
        for place, figure in enumerate(indicator.years)
        if is_stated(figure.amount) or any(is_stated(part.amounts[place]) for part in parts)
    )


def _breakdowns(indicator: IndicatorData) -> list[tuple[str, str, tuple[PartRow, ...]]]:
    every = (
        ("region", gettext("By Land"), indicator.lands),
        ("group", gettext("By target group"), indicator.groups),
        ("umbrella", gettext("By umbrella organisation"), indicator.umbrellas),
    )
    return [each for each in every if not all(map(_is_silent, each[2]))]
